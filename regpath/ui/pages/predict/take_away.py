"""The chosen model as a file, as a query and as a card."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from regpath.errors import ParameterError
from regpath.export import score_card, sql
from regpath.export.model_file import to_text
from regpath.model import Model
from regpath.study import Study
from regpath.ui.messages import literal


def show_take_away(model: Model, study: Study) -> None:
    """Show a button for each form in which the model leaves."""
    stem = Path(study.table.name).stem or "data"
    with st.container(horizontal=True):
        _button(
            "Model file",
            to_text(model),
            f"{stem}.model.json",
            ":material/inventory_2:",
            "For regpath predict, regpath.load_model, and this page. JSON: nothing in it can run.",
        )
        _button(
            "SQL",
            sql(model),
            f"{stem}.sql",
            ":material/database:",
            "One query that predicts every row of a table called data.",
        )
        try:
            card = score_card(model).to_html()
        except ParameterError as error:
            st.caption(literal(error.message))
            return
        _button(
            "Score card",
            card,
            f"{stem}_card.html",
            ":material/checklist:",
            "Points for each value, to be added up by hand; print it.",
        )


def _button(label: str, text: str, file_name: str, icon: str, help: str) -> None:
    st.download_button(
        label,
        data=text.encode(),
        file_name=file_name,
        on_click="ignore",
        icon=icon,
        help=help,
    )
