"""Cross-validation of a study's training rows: the work, its cost, and what came of it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from regpath.choosing import validate_study
from regpath.core.progress import Progress
from regpath.core.validation.cost import cv_seconds
from regpath.core.validation.cross_validate import FITTING
from regpath.core.validation.cv_result import CVResult
from regpath.core.validation.fold_kinds import plan_folds
from regpath.core.validation.joint import may_be_together
from regpath.number_format import num
from regpath.study import Study
from regpath.ui.session.background import Job
from regpath.ui.session.keys import validation_name
from regpath.ui.session.results import StudyResults
from regpath.ui.session.state import Key
from regpath.ui.session.waiting import PATIENCE, How, visitor
from regpath.ui.session.work import Work

EXACT = 1e-9  # rounding of a share: k of n parts done means that part k + 1 has begun
UNREPEATED = ("ordered", "leave_one_out")  # kinds of folds that are dealt in one way only


def validation_of(results: StudyResults) -> CVResult:
    """The cross-validation that the recipe asks for, made at once if it is not there."""
    study = results.study
    if (known := known_validation(results)) is not None:
        return known
    cv: CVResult = results.make(
        validation_name(study.recipe),
        lambda tell: validate_study(study, progress=tell),
        How(seconds_of(study, study.recipe.folds)),
    )
    return cv


def known_validation(results: StudyResults) -> CVResult | None:
    """The same if it was made already."""
    cv: CVResult | None = results.known(validation_name(results.study.recipe))
    return cv


def validation_work(study: Study) -> Work:
    """The validation as work to be done."""
    return Work(
        what=validation_name(study.recipe),
        verb="Cross-validate",
        seconds=seconds_of(study, study.recipe.folds),
        make=lambda tell: validate_study(study, progress=tell),
        said=partial(fold_told, study),
    )


def fold_told(study: Study, share: float) -> str:
    """Which fold of how many a validation is at, where that share of it is done."""
    recipe = study.recipe
    if study.recipe.folds == "leave_one_out":
        return f"row {num(_at(share, study.train.n_obs)):,} of {num(study.train.n_obs):,} left out"
    n_all = recipe.n_folds * (1 if recipe.folds in UNREPEATED else recipe.n_repeats)
    if may_be_together(study.train, study.path, recipe.n_folds):
        at_once = f"{recipe.n_folds} folds at once, {num(share):.0%}"
        repeat = _at(share / FITTING, recipe.n_repeats)
        return at_once if n_all == recipe.n_folds else f"repeat {repeat}: {at_once}"
    if share >= FITTING:
        return f"scoring fold {_at((share - FITTING) / (1.0 - FITTING), n_all)} of {n_all}"
    return f"fold {_at(share / FITTING, n_all)} of {n_all}"


def _at(share: float, count: int) -> int:
    """Which of some equal parts, counted from 1, comes after that share of them."""
    return min(int(share * count * (1.0 + EXACT)) + 1, count)


def validation_beside(results: StudyResults) -> Job:
    """The validation in a thread of its own, begun where it is not at work; one at a time."""
    study = results.study
    key = results.key(validation_name(study.recipe))
    now: tuple[object, Job] | None = st.session_state.get(Key.JOB)
    if now is not None and now[0] == key and not now[1].was_left:
        return now[1]
    forget_job()
    what, seconds = validation_name(study.recipe), seconds_of(study, study.recipe.folds)
    who = visitor()  # a thread of its own has no session

    def make(tell: Progress) -> CVResult:
        how = How(seconds, tell, who, patience=PATIENCE, say=job.say)
        cv: CVResult = results.make(what, lambda inner: validate_study(study, progress=inner), how)
        return cv

    job = Job(make)
    st.session_state[Key.JOB] = (key, job)
    return job.start()


def forget_job() -> None:
    """Stop what is at work beside the page; it can be asked for anew."""
    now: tuple[object, Job] | None = st.session_state.pop(Key.JOB, None)
    if now is not None:
        now[1].stop()


def seconds_of(study: Study, kind: str) -> float:
    """Estimate of what a kind of folds takes."""
    recipe = study.recipe
    repeats = 1 if kind in UNREPEATED else recipe.n_repeats
    plan = plan_folds(
        study.train, kind=kind, n_folds=recipe.n_folds, n_repeats=repeats, seed=recipe.seed
    )
    return cv_seconds(study.train, study.path, plan)
