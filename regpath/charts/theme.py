"""The look as data: colours for light and dark, text, margins and what Plotly may do."""

from __future__ import annotations

from dataclasses import dataclass

import plotly.graph_objects as go

# Nothing leaves the machine: no upload button, no logo that links elsewhere.
CONFIG = {
    "displaylogo": False,
    "showSendToCloud": False,
    "scrollZoom": False,
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d", "zoom2d", "pan2d",
                               "zoomIn2d", "zoomOut2d", "resetScale2d"],
    "toImageButtonOptions": {"format": "svg"},
}  # fmt: skip
DASHES = ("solid", "dash", "dot")
FONT = "Source Sans, Source Sans Pro, system-ui, sans-serif"
TEXT_SIZE = 13


@dataclass(frozen=True)
class Look:
    """Colours of one appearance.

    Lines reach a contrast of 3:1 against `paper`, text 4.5:1 (WCAG AA), `ink` also on every
    mixture of `shades`; `lines` are told apart by dashes too, for eyes that do not tell the
    colours apart.
    """

    paper: str
    ink: str
    muted: str
    grid: str
    rest: str
    cursor: str
    warn: str
    positive: str
    negative: str
    train: str
    test: str
    shades: tuple[str, str]
    lines: tuple[str, ...]


LIGHT = Look(
    paper="#ffffff",
    ink="#1f2430",
    muted="#5b6472",
    grid="#e6e8ec",
    rest="#8b93a0",
    cursor="#1f2430",
    warn="#b3261e",
    positive="#0067a5",
    negative="#c04f00",
    train="#5b6472",
    test="#0067a5",
    shades=("#eef4f9", "#6fa9d4"),
    lines=("#0067a5", "#c04f00", "#00785a", "#a23b78", "#7d6200", "#6b3fa0", "#0b7a8a", "#8c2d19"),
)
DARK = Look(
    paper="#0e1117",
    ink="#f2f4f7",
    muted="#a9b1bd",
    grid="#2a303a",
    rest="#656e7c",
    cursor="#f2f4f7",
    warn="#ff8a80",
    positive="#5cb3f0",
    negative="#ff9b57",
    train="#a9b1bd",
    test="#5cb3f0",
    shades=("#1a2430", "#2a6592"),
    lines=("#5cb3f0", "#ff9b57", "#3fcf9f", "#f08cc0", "#e2c044", "#b9a0ff", "#5fd3e3", "#ff8a80"),
)


def dressed(figure: go.Figure, look: Look, *, height: int) -> go.Figure:
    """Give a figure the common look: one font, quiet grid, fixed axes so that touch can scroll."""
    figure.update_layout(
        height=height,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": FONT, "size": TEXT_SIZE, "color": look.ink},
        dragmode=False,
        hovermode="closest",
        hoverlabel={
            "bgcolor": look.paper,
            "bordercolor": look.muted,
            "font": {"color": look.ink, "family": FONT, "size": TEXT_SIZE},
            "namelength": -1,
        },
        showlegend=False,
    )
    axis = {
        "fixedrange": True,
        "gridcolor": look.grid,
        "zerolinecolor": look.muted,
        "linecolor": look.muted,
        "tickfont": {"color": look.muted, "size": TEXT_SIZE - 1},
        "title": {"font": {"color": look.ink, "size": TEXT_SIZE}, "standoff": 6},
    }
    figure.update_xaxes(**axis)
    figure.update_yaxes(**axis, automargin=False)
    return figure
