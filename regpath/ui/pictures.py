"""Charts that leave the app: as a page of HTML, or as a picture that the browser draws.

The server draws no picture: that would take a browser beside it for every click of a class.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from functools import cache
from typing import Any

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from regpath.charts import DARK, LIGHT, Look
from regpath.export.chart_file import SIZES, laid_out, page_of

NAME = "regpath.pictures"  # distribution and component, as in regpath/pyproject.toml
ASKED = "asked"
KINDS = ("png", "svg")  # that the browser draws
FONT = "system-ui, sans-serif"  # a picture has none of the page's, and would be laid out for it
LABELS = {"page": "Screen", "print": "Print", "slide": "Slide"}
HELP = {
    "page": "900 pixels wide",
    "print": "6.5 inches wide at 300 dots an inch",
    "slide": "1920 x 1080, in large letters",
}
BUTTONS = "".join(f'<button type="button" data-kind="{kind}"></button>' for kind in KINDS)
HTML = f'<div class="row">{BUTTONS}</div><p data-part="told" role="status"></p>'
CSS = """\
button {
  font: inherit; font-size: 0.875rem; line-height: 1.5; padding: 0.35rem 0.75rem;
  min-height: 2.5rem;
  color: var(--st-text-color); background: var(--st-background-color); cursor: pointer;
  border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius);
}
button:hover { border-color: var(--st-primary-color); color: var(--st-primary-color); }
button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 1px; }
.row { display: flex; gap: 0.5rem; }
p { margin: 0.3rem 0 0; min-height: 1.4em; font-size: 0.875rem; }
"""


@st.fragment
def offer_picture(make: Callable[[], Any], *, key: str, title: str = "") -> None:
    """Offer a chart as a file, in the present theme; a click runs nothing else of the page.

    Parameters
    ----------
    make : callable
        Draws the figure; called when a file is asked for.
    key : str
        Of the chart on its page, and the name of the file.
    title : str, default=""
        Of the page of HTML; "" takes the key.
    """
    with st.popover("Picture", icon=":material/image:", key=f"picture:{key}"):
        size: str = st.radio(
            "Size",
            list(SIZES),
            format_func=LABELS.__getitem__,
            captions=list(HELP.values()),
            key=f"picture_size:{key}",
        )
        with st.container(horizontal=True, vertical_alignment="top"):
            _draw_in_browser(make, key, size)
            st.download_button(
                "HTML",
                data=lambda: page_of(leaving(make(), size), title or key).encode(),
                file_name=f"{key}_{size}.html",
                mime="text/html",
                key=f"picture_html:{key}",
                on_click="ignore",
                help="A page that can be pointed at and zoomed, and loads nothing.",
            )


def _draw_in_browser(make: Callable[[], Any], key: str, size: str) -> None:
    name = f"drawn:{key}"
    asked = (st.session_state.get(name) or {}).get(ASKED)
    picture = None
    if isinstance(asked, dict) and asked.get("kind") in KINDS:
        kind = asked["kind"]
        picture = {
            "figure": leaving(make(), size).to_json(),
            "kind": kind,
            "number": asked.get("number"),
            "name": f"{key}_{size}.{kind}",
            **SIZES[size]._asdict(),
        }
    data = {"size": LABELS[size], "picture": picture}
    _component()(key=name, data=data, width="content", on_asked_change=_hear)


def _hear() -> None:
    """The browser asks for a figure; the run that follows has it."""


def present_look() -> Look:
    """The look of this visitor."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def leaving(figure: Any, size: str) -> Any:
    """A copy in its size, on a ground of its own, since the page stays behind."""
    look = present_look()
    alone = laid_out(deepcopy(figure), size)
    ground = {"paper_bgcolor": look.paper, "plot_bgcolor": look.paper}
    return alone.update_layout(font_family=FONT, legend_font_family=FONT, **ground)


@cache
def _component() -> ComponentRenderer:
    return st.components.v2.component(NAME, html=HTML, css=CSS, js="pictured.js")
