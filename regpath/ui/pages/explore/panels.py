"""The parts of the Explore page around the explorer; each takes a study."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import streamlit as st

from regpath.charts import path_figure
from regpath.choosing import BestOnTest, best_on_test
from regpath.core.knots import knots
from regpath.errors import DataError, ParameterError
from regpath.export import path_csv, sklearn_script, tidy, tidy_knots
from regpath.export.script import refuse_script
from regpath.export.tables import path_frame
from regpath.study import Study
from regpath.ui.controls.strength import strength_texts
from regpath.ui.display import BROOM, current_look, offer_table
from regpath.ui.messages import in_words, literal
from regpath.ui.pictures import offer_picture
from regpath.ui.session.source import Source


def show_chosen(study: Study, index: int) -> None:
    """Say which strength what follows belongs to."""
    first, *rest = strength_texts(study.path, index)
    st.html(f'<p class="rp-chosen">Chosen: <b>{first}</b>, {", ".join(rest)}</p>')


def temptation(study: Study) -> BestOnTest | None:
    """Where the test curve is at its best, if that is seen."""
    if study.test is None or study.seal.on:
        return None
    with suppress(DataError):  # a measure that has no value on these rows
        return best_on_test(study, study.recipe.measure)
    return None


def peeked(best: BestOnTest | None, index: int) -> None:
    """Say kindly what it costs to choose where the test curve is at its best."""
    if best is not None and best.index == index:
        st.caption(f":material/lightbulb: {in_words(best.sentence)}")


def script(study: Study, index: int) -> None:
    """The code of the chosen model."""
    name, lam = f"{_stem(study)}_model.py", float(study.path.lambdas[index])
    try:
        refuse_script(study.path)
    except ParameterError as error:
        st.caption(literal(error))
        return
    st.download_button(
        "scikit-learn script",
        data=lambda: sklearn_script(study, lam, file_name=name).encode(),
        file_name=name,
        mime="text/x-python",
        on_click="ignore",
        icon=":material/code:",
        help="Reads the same file, fits the same model, prints how close it comes.",
    )


def downloads(study: Study, source: Source) -> None:
    """The whole path, and the data that the script reads if they are ours."""
    st.download_button(
        "Path as CSV",
        data=lambda: path_csv(study.path, seal=study.seal),
        file_name=f"{_stem(study)}_path.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/table_view:",
        help="Every strength, its proof and all coefficients, in original units.",
    )
    if source.bundled is None:
        return
    st.download_button(
        "Data as CSV",
        data=lambda: source.content,
        file_name=f"{source.bundled}.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/database:",
        help="The file that the script reads: put it beside the script.",
    )


def more_tables(study: Study) -> None:
    """The path and its knots in the forms that other programs read."""
    path, stem = study.path, _stem(study)
    with st.popover("More tables", icon=":material/table_view:", key="more_tables"):
        for title, name, make, broom in (
            ("Path", "path", lambda: path_frame(path, seal=study.seal), lambda: tidy(path)),
            (
                "Knots: where coefficients enter, leave and change sign",
                "knots",
                lambda: knots(path),
                lambda: tidy_knots(path),
            ),
        ):
            st.markdown(title)
            with st.container(horizontal=True):
                offer_table(make, key=name, stem=f"{stem}_{name}")
                offer_table(
                    broom,
                    key=f"{name}_broom",
                    stem=f"{stem}_{name}_broom",
                    beside=", broom's names",
                    help=BROOM,
                )


def offer_paths(study: Study, chosen: Callable[[], int]) -> None:
    """The paths up to the chosen strength as a file."""

    def drawn() -> Any:
        return path_figure(study.path, look=current_look(), index=chosen())

    offer_picture(drawn, key="paths", title=f"Coefficient paths: {study.path.target}")


def _stem(study: Study) -> str:
    return Path(study.table.name).stem or "data"
