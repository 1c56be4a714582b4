"""Classes that some direction separates, so that no fit without a penalty is finite."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from regpath.alarms.alarm import Alarm
from regpath.alarms.case import Case
from regpath.alarms.strength import in_units
from regpath.core.progress import Progress
from regpath.core.separation.find_separation import find_separation
from regpath.core.separation.result import Separation
from regpath.wording import counted, listed

KIND, RARE_LEVEL = "separation", "rare_level_separates"
RARE = 0.1  # of the rows: a level of fewer may stand on one side of a class by chance
MOST_SHOWN = 5  # rows, and features, that are named
EFFECT = (
    "Towards the weak end of the path the penalty alone sets the size of such coefficients: odds "
    "ratios there mean nothing, and a refit without a penalty fails."
)
RARE_EFFECT = (
    "Without a penalty its weight grows without end: how large it is on the path is set by the "
    "penalty, not by these rows."
)


def separation(case: Case, progress: Progress | None = None) -> Iterator[Alarm]:
    """Find a direction along which the likelihood rises for ever."""
    if not case.classes:
        return
    found = find_separation(case.problem, progress=progress)
    if not found:
        return
    rare = found.alone
    rare = rare[~rare["complete"].astype(bool) & (rare["n_rows"] <= RARE * case.problem.n_obs)]
    if found.kind == "quasi" and len(rare):
        yield _by_rare_level(case, list(dict.fromkeys(rare["feature"])))
    else:
        yield _by_direction(case, found)


def _by_rare_level(case: Case, features: list[str]) -> Alarm:
    problem = case.problem
    sources = dict(zip(problem.feature_names, problem.groups, strict=True))
    columns = tuple(dict.fromkeys(sources[name] for name in features))
    first = problem.X[:, problem.feature_names.index(features[0])]
    usual = float(np.median(first))
    rows = np.flatnonzero(first != usual)
    label = case.classes[problem.y[rows[0]]]
    places = ", ".join(str(case.frame.index[i]) for i in rows[:MOST_SHOWN])
    more = ", ..." if len(rows) > MOST_SHOWN else ""
    also = f" Each within one class, too: {listed(features[1:])}." if len(features) > 1 else ""
    what = (
        f"{features[0]!r} is {usual:g} but in {counted(len(rows), 'row')} "
        f"({places}{more}), all with {case.target} = {label!r}.{also}"
    )
    remedy = f"Leave {listed(columns)} out"
    return Alarm(RARE_LEVEL, "warning", columns, what, RARE_EFFECT, remedy, case.without(columns))


def _by_direction(case: Case, found: Separation) -> Alarm:
    problem = case.problem
    taking = set(found.features)
    pairs = zip(problem.feature_names, problem.groups, strict=True)
    columns = tuple(dict.fromkeys(source for name, source in pairs if name in taking))
    # With more features than rows it is no news, and another alarm tells it.
    severity = "hint" if problem.n_features >= problem.n_obs - 1 else "warning"
    what = f"{found.reason} Most weight per standard deviation: {_heaviest(case, found)}."
    remedy = "Keep a penalty, chosen by cross-validation"
    return Alarm(KIND, severity, columns, what, EFFECT, remedy)


def _heaviest(case: Case, found: Separation) -> str:
    """The features that weigh most in the direction, with their signs where there is one."""
    X = np.asarray(case.problem.X)
    units = np.abs(X - X.mean(axis=0)).max(axis=0)
    weights = np.atleast_2d(found.direction) * units * in_units(X).std(axis=0)
    sizes = np.abs(weights).max(axis=0)
    order = [j for j in np.argsort(-sizes, kind="stable")[:MOST_SHOWN] if sizes[j] > 0.0]
    signs = np.sign(weights[0]) if len(weights) == 1 else np.zeros(len(sizes))
    marks = {1.0: " (+)", -1.0: " (-)", 0.0: ""}
    return ", ".join(f"{found.feature_names[j]!r}{marks[float(signs[j])]}" for j in order)
