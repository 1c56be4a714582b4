"""The chosen model in the form that a person asks for."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import streamlit as st

from regpath.errors import ParameterError
from regpath.export.forms import FORMS, Form, Leaving
from regpath.model import Model
from regpath.number_format import current_format, num
from regpath.study import Study
from regpath.ui.messages import literal
from regpath.ui.session.results import own_results
from regpath.ui.session.state import Key


class TakenKey(NamedTuple):
    """Name of a file that leaves: what is in it follows from these alone."""

    form: str
    digest: str
    recipe: str
    lam: float
    threshold: float | None
    file_name: str  # with what the visitor calls the data
    openings: str  # of the test set's envelope
    numbers: str  # how they are written for people

    @classmethod
    def of(cls, form: Form, leaving: Leaving) -> TakenKey:
        """The name of a model in one form."""
        study = leaving.study
        return cls(
            form.name,
            study.table.digest,
            study.recipe.to_query(),
            leaving.lam,
            leaving.threshold,
            leaving.file_name,
            repr(study.seal),
            current_format().name,
        )


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
    key = TakenKey.of(form, leaving)
    try:
        content = own_results().store.get(key, lambda: form.content(leaving))
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
    return f" The threshold of {num(model.threshold):g} has no part in it."
