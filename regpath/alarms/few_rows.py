"""Too few rows: of a class for the folds, for a test, or beside the number of features."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from regpath.alarms.alarm import Alarm, Change
from regpath.alarms.case import Case
from regpath.errors import DataError
from regpath.wording import counted

CLASS, SPLIT, WIDE = "class_smaller_than_folds", "cannot_split", "more_features_than_rows"


def few_rows(case: Case) -> Iterator[Alarm]:
    """Find what the rows are too few for."""
    if isinstance(case.split, DataError):
        change = Change(settings=(("test_size", 0.0),))
        effect = "No test score can be computed."
        yield Alarm(SPLIT, "severe", (), case.split.message, effect, "Test on no rows", change)
    train = case.split[0] if isinstance(case.split, tuple) else np.arange(case.problem.n_obs)
    yield from _folds(case, case.problem.y[train])
    yield from _wide(case, len(train))


def _folds(case: Case, y: np.ndarray) -> Iterator[Alarm]:
    """Folds without a row of some class, or of any."""
    counts = np.bincount(y, minlength=len(case.classes)) if case.classes else np.array([len(y)])
    rare = int(counts.argmin())
    if counts[rare] >= case.recipe.n_folds or case.recipe.folds == "leave_one_out":
        return
    of = f" with {case.target} = {case.classes[rare]!r}" if case.classes else ""
    rows = counted(int(counts[rare]), "row")
    what = f"{rows} to learn from{of}, for {case.recipe.n_folds} folds of cross-validation."
    effect = (
        "Some folds hold out none of them, so their scores say nothing of this class, and AUC "
        "is undefined there."
        if case.classes
        else "There are fewer rows than folds: cross-validation is refused."
    )
    most = int(counts[rare])
    change = Change(settings=(("n_folds", most),)) if most >= 2 else None
    remedy = f"Use {most} folds" if change else "Merge or remove the class"
    yield Alarm(CLASS, "warning", (), what, effect, remedy, change)


def _wide(case: Case, n_train: int) -> Iterator[Alarm]:
    p = case.problem.n_features
    if p <= n_train:
        return
    what = (
        f"{p} features for {n_train} rows to learn from: {n_train / p:.2g} rows for each feature."
    )
    effect = (
        "Many models fit these rows perfectly: scores on the training rows mean nothing at weak "
        "strengths, and which features L1 keeps is partly luck."
    )
    remedy = "Choose the strength by cross-validation, never by the training score"
    yield Alarm(WIDE, "hint", (), what, effect, remedy)
