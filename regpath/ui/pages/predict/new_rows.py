"""A file of new rows: read as that of the fit was, its open questions asked, its rows scored."""

from __future__ import annotations

from functools import partial

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from regpath.io import ReadOptions, Table
from regpath.io.diagnosis import Question
from regpath.model import Model
from regpath.new_rows import ScoredRows
from regpath.study import Study
from regpath.ui.controls.questions import (
    AskedFile,
    offer_take_back,
    questions_of,
    show_questions,
)
from regpath.ui.messages import show_error
from regpath.ui.pages.predict.scored import show_scored
from regpath.ui.session.computing import NewFile, compute_new_table, compute_scored_rows
from regpath.ui.session.costs import coding_seconds, reading_seconds
from regpath.ui.session.keys import TableKey
from regpath.ui.session.limits import reading_limits
from regpath.ui.session.overrides import options_of, overrides_of
from regpath.ui.session.results import own_results
from regpath.ui.session.waiting import How
from regpath.ui.workers.lending import Content
from regpath.wording import counted


def show_new_rows(upload: UploadedFile, model: Model, study: Study) -> None:
    """Read the file, ask what it leaves open, and show what the model says of its rows."""
    owner = f"new/{study.table.digest}/{upload.file_id}"
    said = tuple(overrides_of(owner).values())
    written = repr([sorted(each.changes.items()) for each in said])
    key = TableKey(owner, f"{study.recipe.of_fit.to_query()} {written}")
    file = AskedFile(owner, ReadOptions(columns=dict(model.reading)))
    try:
        with st.spinner("Reading and predicting …"):
            table = _read(upload, model, options_of(said), key)
    except Exception as error:
        show_error(error)
        offer_take_back(owner)
        return
    _ask(file, table, model)
    place = study.path.index_of(model.lam)
    with st.spinner("Reading and predicting …"):
        rows: ScoredRows = own_results().make(
            TableKey(owner, f"scored {place} {model.threshold} {key.overrides}"),
            partial(compute_scored_rows, model, table),
            How(coding_seconds(table)),
        )
    show_scored(table, rows, model)


def _read(upload: UploadedFile, model: Model, said: ReadOptions, key: TableKey) -> Table:
    new = NewFile(Content(upload.getvalue()), upload.name, said)
    how = How(reading_seconds(len(new.file.content)), is_foreign=True)
    read = partial(compute_new_table, model, new, reading_limits())
    table: Table = own_results().make(key, read, how)
    return table


def _ask(file: AskedFile, table: Table, model: Model) -> None:
    """Ask what changes predictions in the open, and what changes the table alone in a fold."""
    used = {*model.reading, *model.needs}
    asked = questions_of(file.owner, table.diagnosis)
    here = [each for each in asked if each.column is None or each.column in used]
    there = [each for each in asked if each not in here]
    n_open = len(_open(here, table))
    if n_open:
        those = "the answer that is" if n_open == 1 else "the answers that are"
        st.warning(
            f"{counted(n_open, 'open question')} about this file: until you say otherwise, the "
            f"predictions below rest on {those} marked.",
            icon=":material/help:",
        )
    show_questions(file, here)
    if there:
        with st.expander(f"{counted(len(there), 'question')} about columns the model does not use"):
            show_questions(file, there)


def _open(questions: list[Question], table: Table) -> list[Question]:
    still = {each.key for each in table.diagnosis.questions}
    return [each for each in questions if each.key in still]
