"""How the training rows are validated: the choices as they stand, and their controls."""

from __future__ import annotations

import streamlit as st

from regpath.charts import measure_name
from regpath.core.metrics.measures import MEASURES, measures_of
from regpath.core.validation.cost import MOST_SECONDS
from regpath.errors import RegpathError
from regpath.study import Study
from regpath.ui.controls.control import Place
from regpath.ui.controls.table import CONTROLS
from regpath.ui.session.validation import UNREPEATED, seconds_of

KINDS = {
    "random": "At random",
    "grouped": "Groups of rows together",
    "ordered": "In order of time",
    "leave_one_out": "One row at a time",
}


def kinds_for(study: Study) -> list[str]:
    """Kinds of folds that the training rows allow; the first is what "auto" means."""
    rows = study.train
    kinds = [*(["ordered"] if rows.row_times is not None else [])]
    kinds += ["grouped"] if rows.row_groups is not None else []
    return [*kinds, "random", *(["leave_one_out"] if _cheap(study) else [])]


def _cheap(study: Study) -> bool:
    try:
        return seconds_of(study, "leave_one_out") <= MOST_SECONDS
    except RegpathError:
        return False


def choose_folds(place: Place, study: Study) -> None:
    """Show the controls; the recipe holds what they say."""
    with st.container(key="rp-folds"):
        columns = st.columns([2, 1, 1, 2], vertical_alignment="bottom")
    with columns[0]:
        kind = _choose_kind(place, study)
    with columns[1]:
        CONTROLS["n_folds"].draw(place, disabled=kind == "leave_one_out")
    with columns[2]:
        once = CONTROLS["n_repeats"].read(place) == 1
        CONTROLS["n_repeats"].draw(place, disabled=kind in UNREPEATED and once)
    with columns[3]:
        _choose_measure(place, study, kind)


def _choose_kind(place: Place, study: Study) -> str:
    """Ask who is held out together; return the kind that it comes to."""
    control, kinds = CONTROLS["folds"], kinds_for(study)
    chosen = control.read(place)
    by_name = [kind for kind in KINDS if kind == chosen and _fits(kind, study)]
    names = {kind: KINDS[kind] for kind in (*kinds[1:], *by_name)}
    control.draw(
        place,
        names={"auto": f"{KINDS[kinds[0]]} (usual)", **names},
        on_change=lambda: _repeat_once(place),
    )
    kind: str = control.read(place)
    return kinds[0] if kind == "auto" else kind


def _fits(kind: str, study: Study) -> bool:
    """Whether the rows can be dealt so."""
    rows = study.train
    needed = {"ordered": rows.row_times, "grouped": rows.row_groups}
    return kind not in needed or needed[kind] is not None


def _repeat_once(place: Place) -> None:
    """Only folds that are dealt at random can be dealt again."""
    if CONTROLS["folds"].read(place) in UNREPEATED:
        CONTROLS["n_repeats"].write(place, 1)


def _choose_measure(place: Place, study: Study, kind: str) -> None:
    """Ask for the measure; the family's usual one stays the usual one in other families."""
    family, usual = study.path.family, study.path.loss.measure
    control = CONTROLS["measure"]
    chosen = control.read(place)
    names = {
        name: measure_name(name)
        for name in measures_of(family)
        if name == chosen
        or (name != usual and (MEASURES[name].of_one_row or kind != "leave_one_out"))
    }
    said = measure_name(usual)
    control.draw(place, names={"auto": f"{said} (usual)" if usual in names else said, **names})
