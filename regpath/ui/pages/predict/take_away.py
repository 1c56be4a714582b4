"""The chosen model in the form that a person asks for."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from regpath.errors import ParameterError
from regpath.export.forms import FORMS, Form, Leaving
from regpath.model import Model
from regpath.study import Study
from regpath.ui.messages import literal
from regpath.ui.session.state import Key


def show_take_away(model: Model, study: Study) -> None:
    """Ask for a form and show its button; only that form is made."""
    name: str | None = st.pills(
        "Take the model away as",
        list(FORMS),
        default=next(iter(FORMS)),
        format_func=lambda name: FORMS[name].label,
        key=Key.FORM,
    )
    if name is None:
        return
    form, stem = FORMS[name], Path(study.table.name).stem or "data"
    threshold = model.threshold if form.takes_threshold else None
    leaving = Leaving(study, model.lam, threshold, f"{stem}{form.ending}")
    try:
        content = form.content(leaving)
    except ParameterError as error:
        st.caption(literal(error))
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            f"Download {leaving.file_name}",
            data=content,
            file_name=leaving.file_name,
            on_click="ignore",
            icon=f":material/{form.icon}:",
            key=Key.TAKEN,
        )
        if form.beside is not None:
            st.download_button(
                "Its model card",
                data=form.beside(leaving),
                file_name=f"{leaving.file_name}.md",
                on_click="ignore",
                icon=":material/article:",
                key=Key.TAKEN_BESIDE,
            )
        st.caption(form.what + _left_to_the_reader(form, model))


def _left_to_the_reader(form: Form, model: Model) -> str:
    if model.threshold is None or form.takes_threshold:
        return ""
    return f" The threshold of {model.threshold:g} has no part in it."
