"""A session as a file: what is gathered from the app, and what is put back into it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import streamlit as st

from regpath.cli.app import OPEN, OPEN_READING
from regpath.errors import DataError, RegpathError
from regpath.export import load_session, session
from regpath.export.options_json import from_json, to_json
from regpath.export.session_file import Session, digest_of, is_session
from regpath.io.diagnosis import Answer, Question, Repair
from regpath.recipe import Recipe
from regpath.study import Study
from regpath.ui import explorer
from regpath.ui.broadcast import current_broadcast
from regpath.ui.controls.source import BUNDLED, UPLOAD
from regpath.ui.controls.strength import owner_of, take_later
from regpath.ui.controls.table import write_recipe
from regpath.ui.messages import literal, user_error
from regpath.ui.session.changes import GUESSES, changes
from regpath.ui.session.overrides import Override, forget, overrides_of, set_override
from regpath.ui.session.page_choices import PERSONAL, page_choices, take_page_choices
from regpath.ui.session.pin import Pin, hold, hold_own, pinned_of
from regpath.ui.session.results import forget_results
from regpath.ui.session.seal import Envelope
from regpath.ui.session.source import Source, Upload, bundled_source, uploaded_source
from regpath.ui.session.state import Key
from regpath.ui.session.unheard import choose

SHOWN = "shown"  # of a pin in a session: by a class


def session_of(source: Source, study: Study, index: int | None, *, with_data: bool) -> Session:
    """What was chosen, asked and found about the data that are open; no index, no strength."""
    choice = explorer.choice_of(owner_of(study))
    digest = study.table.digest
    pinned = pinned_of(digest)
    app = {
        "overrides": {
            subject: _override_to_json(each)
            for subject, each in overrides_of(source.owner).items()
            if source.upload is not None
        },
        "envelopes": {
            rows: {"openings": each.openings, "open_for": sorted(each.open_for)}
            for rows, each in st.session_state.get(Key.OPENINGS, {}).items()
            if digest in rows
        },
        "seen": sorted(rows for rows in st.session_state.get(Key.SEEN, set()) if digest in rows),
        "pin": None
        if pinned is None
        else {"recipe": pinned.study.recipe.to_dict(), "lambda": pinned.lam, "title": pinned.title},
        "pages": page_choices(digest),
        "view": {} if choice is None else choice.view,
    }
    lam = None if index is None else float(study.path.lambdas[index])
    made = session(study, lam=lam, app=app)
    if made.bundled:
        return made
    content = source.content
    return replace(made, file_digest=digest_of(content), content=content if with_data else None)


def for_others(shown: Session) -> Session:
    """A session without what is a person's own: what was locked in, and was seen before a seal."""
    pages = {name: part for name, part in shown.app["pages"].items() if name not in PERSONAL}
    pinned = shown.app["pin"] and {**shown.app["pin"], SHOWN: True}
    return replace(shown, app={**shown.app, "pages": pages, "seen": [], "pin": pinned})


def open_what_was_brought() -> None:
    """Open a session that was uploaded or named by the shell; give one its data that waits."""
    _bring_what_the_shell_named()
    upload: Upload | None = st.session_state.get(Key.BROUGHT)
    if upload is None:
        return
    waiting: Session | None = st.session_state.get(Key.SESSION)
    if is_session(upload.content):
        st.session_state[Key.BROUGHT] = None
        _tried(lambda: _open(load_session(upload.content)))
    elif waiting is not None:
        st.session_state[Key.SESSION] = None
        _tried(lambda: _take_up(waiting, upload))


def open_kept(text: str) -> None:
    """Open the choices of a visit that broke off; they wait for their file."""
    _tried(lambda: _open(replace(load_session(text.encode()), content=None)))


def show_waiting() -> None:
    """Say in the middle of a page without data which file is waited for."""
    waiting: Session | None = st.session_state.get(Key.SESSION)
    if waiting is not None:
        st.info(
            f"Bring **{literal(waiting.name)}** again: what you chose waits for it. Choices were "
            "kept, the file was not.",
            icon=":material/upload_file:",
        )


def take_over(shown: Session) -> None:
    """Open what somebody shows on this server: data and choices, as a session has them."""
    st.session_state[Key.SESSION] = None
    _tried(lambda: _take_over(shown))
    if shown.app.get("pin") is None:
        hold_own()
    later = st.session_state.get(Key.LATER)
    if later is not None:  # who shows and who follows have one grid: nothing is fit beside it
        st.session_state[Key.LATER] = (*later[:2], "grid")


def _take_over(shown: Session) -> None:
    if not shown.bundled:
        _open(shown)
        return
    choose(Key.SOURCE, BUNDLED)
    choose(Key.DATASET, shown.name)
    _choose(shown, bundled_source(shown.name))


def show_session() -> None:
    """Say what became of the session that was brought."""
    waiting: Session | None = st.session_state.get(Key.SESSION)
    if waiting is not None:
        st.info(
            f"The session is about {literal(waiting.name)} and holds no data: bring that file.",
            icon=":material/upload_file:",
        )
    error: Exception | None = st.session_state.get(Key.SESSION_TOLD)
    if error is not None:
        st.warning(literal(error))


def _bring_what_the_shell_named() -> None:
    """In a visit whose address began with nothing; of a class's, in that of who leads it."""
    named, state = os.environ.get(OPEN), st.session_state
    if named is None or not state.setdefault(Key.SHELL_FILE_WAITS, not st.query_params):
        return
    if current_broadcast() is not None and not state.get(Key.LEADS):
        return
    state[Key.SHELL_FILE_WAITS] = False
    name = Path(named).name  # where it lies is not for visitors
    try:
        content = Path(named).read_bytes()
    except OSError as error:
        told = DataError(f"{name!r} cannot be read: {error.strerror}.")
        state[Key.SESSION_TOLD] = told
        return
    choose(Key.SOURCE, UPLOAD)
    upload = Upload(content, name, digest_of(content), is_foreign=False)
    state[Key.BROUGHT] = upload
    reading = os.environ.get(OPEN_READING)
    if reading is not None:
        _say(json.loads(reading), uploaded_source(upload).owner)


def _say(told: dict[str, Any], owner: str) -> None:
    """Choose what the shell said of reading, each where the Data page would change it."""
    for path, value in changes(GUESSES, from_json(told["options"])).items():
        of_column = path[0] == "columns"
        subject = f"{path[2]} {path[1]}" if of_column else " ".join(("field", *path))
        words = f"The command line said: {told['words']}"
        set_override(owner, subject, Override(words, {path: value}))


def _tried(act: Callable[[], None]) -> None:
    st.session_state[Key.SESSION_TOLD] = None
    try:
        act()
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        told = error if isinstance(error, RegpathError) else _not_ours()
        st.session_state[Key.SESSION_TOLD] = user_error(told)


def _not_ours() -> RegpathError:
    return DataError("A part of the session says what this app does not know.")


def _open(saved: Session) -> None:
    """Open the data of a session and choose what it says; without data it waits for them."""
    state = st.session_state
    if saved.bundled:
        saved.table()  # the same data as then, or an error
        choose(Key.SOURCE, BUNDLED)
        choose(Key.DATASET, saved.name)
        _choose(saved, bundled_source(saved.name))
        return
    choose(Key.SOURCE, UPLOAD)
    if saved.content is None:
        state[Key.SESSION] = saved
        return
    upload = Upload(saved.content, saved.name, digest_of(saved.content))
    state[Key.BROUGHT] = upload
    _take_up(saved, upload)


def _take_up(saved: Session, upload: Upload) -> None:
    """Choose what a session says of the file that was brought, if it is that file."""
    if saved.file_digest and digest_of(upload.content) != saved.file_digest:
        raise DataError(
            f"{upload.name!r} is not the file of the session, so its choices were left aside.",
            "Bring the session again, then its file.",
        )
    choose(Key.SOURCE, UPLOAD)
    source = uploaded_source(upload)
    forget(source.owner)
    forget_results()
    told = saved.app.get("overrides", {})
    overrides = {str(subject): _override_of(each) for subject, each in told.items()}
    for subject, each in overrides.items():
        set_override(source.owner, subject, each)
    _choose(saved, source)


def _choose(saved: Session, source: Source) -> None:
    state, app = st.session_state, saved.app
    write_recipe(saved.recipe, source.owner)
    if saved.lam is not None:
        view = app.get("view", {})
        take_later(saved.lam, view if isinstance(view, dict) else {})
    envelopes: dict[str, Envelope] = state.setdefault(Key.OPENINGS, {})
    for rows, each in app.get("envelopes", {}).items():
        now = envelopes.get(rows, Envelope())
        # Nobody gets rid of a look by opening an older session.
        openings = max(now.openings, _whole(each["openings"]))
        envelopes[rows] = Envelope(openings, now.open_for | set(map(str, each["open_for"])))
    state.setdefault(Key.SEEN, set()).update(map(str, app.get("seen", [])))
    older = {"numbers": app.get("choices", {})}  # what the first files had
    take_page_choices(app.get("pages", older), saved.digest)
    if app.get("pin") is not None:
        _pin(app["pin"], source)


def _pin(told: dict[str, Any], source: Source) -> None:
    recipe = Recipe.from_dict(told["recipe"])
    with st.spinner("Computing what was pinned …"):
        study = source.results.study(source.table, recipe)
    index = study.path.index_of(float(told["lambda"]))
    hold(Pin(study, index, str(told["title"]), is_shown=told.get(SHOWN) is True))


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise TypeError("no count")
    return value


def _override_to_json(each: Override) -> dict[str, Any]:
    about: Any = each.about
    if isinstance(about, Repair):
        undo = None if about.undo is None else to_json(about.undo)
        about = {"repair": {**vars(about), "undo": undo}}
    elif isinstance(about, Question):
        answers = [[answer.label, to_json(answer.options)] for answer in about.answers]
        about = {"question": {**vars(about), "answers": answers}}
    return {
        "text": each.text,
        "changes": [[list(path), value] for path, value in each.changes.items()],
        "about": about,
        "answer": each.answer,
    }


def _override_of(told: dict[str, Any]) -> Override:
    changes = {
        tuple(map(str, path)): tuple(value) if isinstance(value, list) else value
        for path, value in told["changes"]
    }
    about = told["about"]
    if isinstance(about, dict) and "repair" in about:
        undo = about["repair"]["undo"]
        about = Repair(**{**about["repair"], "undo": None if undo is None else from_json(undo)})
    elif isinstance(about, dict):
        of = about["question"]
        answers = tuple(Answer(str(label), from_json(options)) for label, options in of["answers"])
        about = Question(**{**of, "answers": answers})
    return Override(str(told["text"]), changes, about, _whole(told["answer"]))
