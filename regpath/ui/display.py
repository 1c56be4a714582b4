"""Charts on a page, each with a sentence for those who do not see it and a table of its numbers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractContextManager, nullcontext
from copy import deepcopy
from functools import partial
from types import MappingProxyType
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from regpath.charts import CONFIG, Look
from regpath.charts.curves import names_below, spread_names
from regpath.charts.finish import enlarge
from regpath.charts.written import in_signs
from regpath.export.tables import to_csv, to_parquet
from regpath.number_format import POINT, current_format, num
from regpath.ui.heads import heads_of
from regpath.ui.messages import escaped
from regpath.ui.pictures import offer_picture, present_look
from regpath.ui.session.state import Key
from regpath.wording import number_text

# Pixels of a chart: what a lecture's screen of 720 leaves below a page's choices, and the height
# from which on a chart is a list.
ROOM, BY_ROWS = 340, 420
NAME_WIDTHS, LETTER = (120, 280), 8  # pixels of a column of names; of a letter and its margin
SLIDE_ROWS = 12  # of a table on a slide
DIGITS = 6  # that count, of a number in a table
MOST_TEXTS = 4000  # numbers of a table, whose texts take 50 ms; in more, digits are the browser's
MOST_ROWS = 1000  # that are sent to the browser; the file for download holds all
WRITERS = {"csv": ("CSV", to_csv, "text/csv"), "parquet": ("Parquet", to_parquet, None)}
COMMAS = (
    "With semicolons and decimal commas. The other CSV has commas and points, as code reads it."
)
BROOM = "With the column names of R's package broom."
Made = Callable[[], pd.DataFrame]


def current_look() -> Look:
    """The look of this visitor."""
    return present_look()


def is_presenting() -> bool:
    """Whether pages are shown as a projector needs them."""
    return bool(st.session_state.get(Key.PRESENT))


def main_chart(is_main: bool = True, *, part: bool = False) -> AbstractContextManager[Any]:
    """Where a page's main chart stands: all that a slide of the page shows.

    Parameters
    ----------
    is_main : bool, default=True
        Whether what follows is it.
    part : bool, default=False
        Whether it is of a part of the page that was opened, which goes before the page's own.
    """
    if not is_main:
        return nullcontext()
    return st.container(key="rp-part" if part else "rp-main", gap=None)


def is_phone() -> bool:
    """Whether the browser says that it is on a phone."""
    return "Mobi" in st.context.headers.get("User-Agent", "")


def is_slide() -> bool:
    """Whether of every page its main chart alone is shown."""
    return bool(st.session_state.get(Key.SLIDE))


def show_still(frame: pd.DataFrame, words: str = "") -> None:
    """What a slide shows of a page that has no chart: a sentence and a table, nothing to press.

    Parameters
    ----------
    frame : DataFrame
        Its first rows are shown, as many as a slide holds; how many more there are is said.
    words : str, default=""
    """
    more = len(frame) - SLIDE_ROWS
    head = "".join(f"<th>{escaped(name)}</th>" for name in frame.columns)
    rows = "".join(
        f"<tr>{''.join(f'<td>{escaped(cell)}</td>' for cell in row)}</tr>"
        for row in frame.head(SLIDE_ROWS).to_numpy(object).tolist()
    )
    told = f"<p>and {num(more):,} more</p>" if more > 0 else ""
    said = f"<p>{escaped(words)}</p>" if words else ""
    with main_chart():
        st.html(
            f'<div class="rp-still">{said}<table><thead><tr>{head}</tr></thead>'
            f"<tbody>{rows}</tbody></table>{told}</div>"
        )


def show_chart(
    figure: Any,
    frame: pd.DataFrame,
    *,
    key: str,
    alt: str,
    broom: Made | None = None,
    **options: Any,
) -> Any:
    """Show a chart with its picture and, folded, the same numbers with downloads."""
    figure = _in_numbers(figure)
    event = _draw(figure, config=CONFIG, key=key, alt=alt, **options)
    with st.container(horizontal=True):
        show_numbers(frame, key=key, broom=broom)
        offer_picture(lambda: figure, key=key)
    return event


def show_plain_chart(
    figure: Any, *, key: str, alt: str, leaves: bool = True, **options: Any
) -> Any:
    """Show a chart with its picture; its numbers stand in a table elsewhere on the page.

    Parameters
    ----------
    figure : Figure
    key, alt : str
    leaves : bool, default=True
        Whether it can be saved as a picture.
    **options
        More for Streamlit's chart.
    """
    config = CONFIG | {"displayModeBar": False}
    figure = _in_numbers(figure)
    event = _draw(figure, config=config, key=key, alt=alt, **options)
    if leaves:
        offer_picture(lambda: figure, key=key)
    return event


def _draw(figure: Any, *, room: int | None = ROOM, **options: Any) -> Any:
    if is_phone():
        figure = names_below(deepcopy(figure))
    if is_presenting():
        height = figure.layout.height
        figure = enlarge(deepcopy(figure))  # what leaves as a file stays as it was
        if height and room and height <= BY_ROWS:
            figure.update_layout(height=min(figure.layout.height, room))
        spread_names(figure)
    if is_slide():
        figure = deepcopy(figure).update_layout(height=None)
        options["height"] = "stretch"
    return st.plotly_chart(figure, theme=None, **options)


def _in_numbers(figure: Any) -> Any:
    """A chart that may have been drawn for everybody, with this visitor's signs."""
    if current_format() is POINT:
        return figure
    return in_signs(deepcopy(figure), current_format())


def show_numbers(
    frame: pd.DataFrame,
    *,
    key: str,
    title: str = "The same numbers as a table",
    broom: Made | None = None,
) -> None:
    """Show a folded table with downloads."""
    with st.expander(title):
        show_table(frame, key=key, broom=broom)


def show_table(frame: pd.DataFrame, *, key: str, broom: Made | None = None) -> None:
    """Show a table, the first rows of it if there are many, with downloads of all."""
    shown = frame.head(MOST_ROWS)
    st.dataframe(
        in_numbers(shown), hide_index=True, key=f"table:{key}", column_config=_heads(shown)
    )
    if len(frame) > MOST_ROWS:
        st.caption(f"The first {num(MOST_ROWS):,} of {num(len(frame)):,} rows; the files hold all.")
    with st.container(horizontal=True):
        offer_table(lambda: frame, key=key)
        if broom is not None:
            offer_table(broom, key=f"{key}_broom", beside=", broom's names", help=BROOM)


def _heads(frame: pd.DataFrame) -> dict[str, ColumnConfig]:
    """Help for the columns of a table, and room for the names in them."""
    heads = heads_of(frame)
    for name in frame.select_dtypes(["object", "string", "category"]):
        width = width_of_names([*map(str, frame[name])])
        if width > NAME_WIDTHS[0]:
            heads[str(name)] = st.column_config.Column(width=width) | heads.get(str(name), {})
    return heads


def width_of_names(names: Collection[str]) -> int:
    """Pixels of a column of names; on a phone they leave some for what is said of them."""
    least, most = NAME_WIDTHS
    longest = max(map(len, names), default=0)
    return least if is_phone() else min(max(least, LETTER * longest), most)


def in_numbers(
    frame: pd.DataFrame,
    digits: Mapping[str, int] = MappingProxyType({}),
    *,
    as_read: bool = False,
) -> Any:
    """A table as `st.dataframe` takes it, its decimals as texts have them; it still sorts.

    Parameters
    ----------
    frame : DataFrame
    digits : mapping of str to int, default={}
        That count in a column, where they are not `DIGITS`.
    as_read : bool, default=False
        Whether there are cells of a file in it, where 2019 may be a year: they get no signs but
        those that this visitor needs to read them.
    """
    floats = [name for name in frame if pd.api.types.is_float_dtype(frame[name])]
    refused = frame.size > int(pd.get_option("styler.render.max_elements"))  # by Streamlit
    slow = len(frame) * len(floats) > MOST_TEXTS
    plain = current_format() is POINT and (as_read or slow)
    if plain or refused or not floats or not frame.index.is_unique:
        return frame
    written: dict[Any, Any] = {
        name: partial(number_text, digits=digits.get(str(name), DIGITS)) for name in floats
    }
    return frame.style.format(written, na_rep="")


def offer_table(
    make: Made,
    *,
    key: str,
    stem: str = "",
    before: str = "",
    beside: str = "",
    help: str | None = None,
) -> None:
    """Buttons that save a table as CSV and as Parquet; it is made when one is pressed.

    Parameters
    ----------
    make : callable
    key : str
        Of the buttons, and the name of the files unless `stem` says another.
    stem : str, default=""
    before, beside : str, default=""
        What stands on a button around the format.
    help : str, optional
    """
    if current_format().decimal == ",":
        st.download_button(
            f"{before}CSV 0,5; …{beside}",
            data=_writing(make, partial(to_csv, decimal=",")),
            file_name=f"{stem or key}_comma.csv",
            mime="text/csv",
            key=f"comma:{key}",
            on_click="ignore",
            icon=":material/download:",
            help=COMMAS if help is None else f"{COMMAS} {help}",
        )
    for ending, (label, write, mime) in WRITERS.items():
        st.download_button(
            f"{before}{label}{beside}",
            data=_writing(make, write),
            file_name=f"{stem or key}.{ending}",
            mime=mime,
            key=f"{ending}:{key}",
            on_click="ignore",
            icon=":material/download:",
            help=help,
        )


def _writing(make: Made, write: Callable[[pd.DataFrame], bytes]) -> Callable[[], bytes]:
    return lambda: write(make())
