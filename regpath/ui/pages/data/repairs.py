"""Repairs, one by one: what was found, an example before and after, and a switch that undoes it."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from regpath.io.diagnosis import Diagnosis, Repair
from regpath.io.options import ReadOptions
from regpath.ui.messages import literal
from regpath.ui.session.changes import changes
from regpath.ui.session.overrides import Override, overrides_of, set_override, take_back
from regpath.ui.session.source import Source
from regpath.ui.session.state import Key
from regpath.wording import counted

SHOWN = 25  # repairs on the page; a switch shows the rest
LONGEST = 80  # characters of an example


def repairs_of(source: Source, diagnosis: Diagnosis) -> list[tuple[Repair, bool]]:
    """Every repair, and whether it is made; those that were undone come last."""
    accepted = diagnosis.options.accepted  # these are questions
    made = {each.key: (each, True) for each in diagnosis.repairs if each.key not in accepted}
    undone = {
        each.about.key: (each.about, False)
        for each in overrides_of(source.owner).values()
        if isinstance(each.about, Repair)
    }
    return list({**made, **undone}.values())


def show_repairs(source: Source, diagnosis: Diagnosis) -> None:
    """List the repairs; a switch reads the file again."""
    repairs = repairs_of(source, diagnosis)
    if not repairs:
        st.caption("None were needed.")
    wanted = len(repairs) <= SHOWN or st.toggle(
        f"Show all {len(repairs)}", key=Key.ALL_REPAIRS.of(source.owner)
    )
    for repair, made in repairs if wanted else repairs[:SHOWN]:
        _show(repair, made, source, diagnosis.options)


def _show(repair: Repair, made: bool, source: Source, options: ReadOptions) -> None:
    key = Key.REPAIR.of(f"{source.owner}:{repair.key}")
    st.session_state[key] = made
    stuck = repair.undo is None or source.upload is None
    st.toggle(
        literal(repair.what),
        key=key,
        disabled=stuck,
        on_change=_switch,
        args=(repair, source.owner, options, key),
        help=_why_stuck(repair, source),
    )
    example = counted(repair.cells, "cell") if repair.cells else ""
    if repair.before:
        example += f" · for example {_example(repair.before)} → {_example(repair.after)}"
    if example or not made:
        st.caption((example if made else f"Undone. {example}").removeprefix(" · "))


def _switch(repair: Repair, owner: str, options: ReadOptions, key: str) -> None:
    subject = f"repair {repair.key}"
    if st.session_state[key]:
        take_back(owner, subject)
    elif repair.undo is not None:
        kept = replace(repair, undo=options)
        set_override(
            owner, subject, Override(f"Undone: {repair.what}", changes(options, repair.undo), kept)
        )


def _why_stuck(repair: Repair, source: Source) -> str | None:
    if source.upload is None:
        return "Bundled data are read in one way only; bring the file as your own to try others."
    return None if repair.undo is not None else "The file could not be read without it."


def _example(text: str) -> str:
    text = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    return literal(text) if text.strip() else "nothing"
