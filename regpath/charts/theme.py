"""The look as data: colours for light and dark, text, margins and what Plotly may do.

The only home of colours. The explorer gets them in its payload, its style sheet as variables;
`.streamlit/config.toml` and the icon, which cannot import, are held equal by a test. How to
change them: docs/extending/palette.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import plotly.graph_objects as go

# Axes are fixed, so what would move them is no use.
BUTTONS = "select2d lasso2d autoScale2d zoom2d pan2d zoomIn2d zoomOut2d resetScale2d"
# Nothing leaves the machine: no upload button, no logo that links elsewhere.
CONFIG = {
    "displaylogo": False,
    "showSendToCloud": False,
    "scrollZoom": False,
    "modeBarButtonsToRemove": BUTTONS.split(),
    "toImageButtonOptions": {"format": "svg"},
}
DASHES = ("solid", "dash", "dot")
FONT = "Source Sans, Source Sans Pro, system-ui, sans-serif"
TEXT_SIZE = 13  # pixels
MARGIN = {"l": 64, "r": 12, "t": 40, "b": 48}  # room for a legend above, a title below
# As `number_text` writes them: 57,000 and not 57k.
TICKS = {"exponentformat": "power", "minexponent": 6, "separatethousands": True}
CLEAR = "rgba(0,0,0,0)"  # the page's own colour


@dataclass(frozen=True)
class Look:
    """Colours of one appearance, each as `#rrggbb`.

    Lines reach a contrast of 3:1 against `paper`, text 4.5:1 (WCAG AA), `ink` also on every
    mixture of `shades`; `lines` are told apart by dashes too, for eyes that do not tell the
    colours apart.

    Attributes
    ----------
    paper, ink, muted, grid : str
        Background, text, quieter text, grid lines.
    primary : str
        Buttons, links and the focus frame.
    rest : str
        Curves that have no colour of their own.
    cursor, warn, good : str
        The chosen strength, what asks for attention, what is proven.
    positive, negative : str
        Sides of a bar.
    train, test : str
        Scores on the rows of a part.
    shades : tuple of str
        Least and most of a count.
    scale : tuple of str
        From worst to best of a score.
    lines : tuple of str
        Curves by rank.
    """

    paper: str
    ink: str
    muted: str
    grid: str
    primary: str
    rest: str
    cursor: str
    warn: str
    good: str
    positive: str
    negative: str
    train: str
    test: str
    shades: tuple[str, str]
    scale: tuple[str, ...]
    lines: tuple[str, ...]


# Viridis (Smith, van der Walt and Firing 2015): even steps of lightness, also without colour sight.
VIRIDIS = (
    *("#440154", "#482878", "#3e4989", "#31688e", "#26828e"),
    *("#1f9e89", "#35b779", "#6ece58", "#b5de2b", "#fde725"),
)
LIGHT = Look(
    paper="#ffffff",
    ink="#1f2430",
    muted="#5b6472",
    grid="#e6e8ec",
    primary="#0067a5",
    rest="#8b93a0",
    cursor="#1f2430",
    warn="#b3261e",
    good="#1b8a5a",
    positive="#0067a5",
    negative="#c04f00",
    train="#5b6472",
    test="#0067a5",
    shades=("#eef4f9", "#6fa9d4"),
    scale=VIRIDIS,
    lines=("#0067a5", "#c04f00", "#00785a", "#a23b78", "#7d6200", "#6b3fa0", "#0b7a8a", "#8c2d19"),
)
DARK = Look(
    paper="#0e1117",
    ink="#f2f4f7",
    muted="#a9b1bd",
    grid="#2a303a",
    primary="#5cb3f0",
    rest="#656e7c",
    cursor="#f2f4f7",
    warn="#ff8a80",
    good="#1b8a5a",
    positive="#5cb3f0",
    negative="#ff9b57",
    train="#a9b1bd",
    test="#5cb3f0",
    shades=("#1a2430", "#2a6592"),
    scale=VIRIDIS,
    lines=("#5cb3f0", "#ff9b57", "#3fcf9f", "#f08cc0", "#e2c044", "#b9a0ff", "#5fd3e3", "#ff8a80"),
)


@lru_cache
def template(look: Look) -> go.layout.Template:
    """The look as Plotly's defaults: one font, a quiet grid, axes fixed so that touch can scroll.

    Parameters
    ----------
    look : Look

    Returns
    -------
    plotly.graph_objects.layout.Template

    Examples
    --------
    >>> figure = go.Figure(layout={"template": template(DARK)})
    >>> figure.layout.template.layout.font.color == DARK.ink
    True
    """
    axis = {
        "automargin": True,
        "fixedrange": True,
        "gridcolor": look.grid,
        "zerolinecolor": look.muted,
        "zerolinewidth": 2,
        "showgrid": True,
        "showline": True,
        "zeroline": True,
        "linecolor": look.muted,
        "tickfont": {"color": look.muted, "size": TEXT_SIZE - 1},
        "title": {"font": {"color": look.ink, "size": TEXT_SIZE}, "standoff": 6},
    } | TICKS
    text = {"family": FONT, "size": TEXT_SIZE, "color": look.ink}
    return go.layout.Template(
        layout={
            "paper_bgcolor": CLEAR,
            "plot_bgcolor": CLEAR,
            "colorway": look.lines,
            "font": text,
            "dragmode": False,
            "hovermode": "closest",
            "hoverlabel": _hover_label(look, text),
            "margin": MARGIN,
            "showlegend": False,
            "legend": {"orientation": "h", "x": 0, "y": 1.01, "yanchor": "bottom"},
            "xaxis": axis,
            "yaxis": axis | {"automargin": False},  # charts side by side keep their left edges
        }
    )


def _hover_label(look: Look, text: dict[str, object]) -> dict[str, object]:
    box = {"bgcolor": look.paper, "bordercolor": look.muted}
    return box | {"font": text, "align": "left", "namelength": -1}
