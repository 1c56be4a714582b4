"""Separation: what separates the classes, in original units, with its margins and its words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from regpath.core.design import Design
from regpath.core.problems.inputs import freeze
from regpath.core.problems.problem import Problem
from regpath.core.progress import Progress
from regpath.core.separation.single_columns import COLUMNS, told_by_columns
from regpath.shown import Shown
from regpath.wording import counted


@dataclass(frozen=True, eq=False)
class Separation(Shown):
    """What keeps a fit without a penalty from being finite.

    Attributes
    ----------
    kind : {"none", "quasi", "complete", "undecided"}
        "complete": some direction raises the odds of every row's own class; "quasi": of some
        rows', and lowers nobody's; "none": every direction loses somewhere, so the best fit is
        finite; "undecided": it would take too long to find out.
    direction : ndarray of shape (n_features,), or (n_classes, n_features) for multinomial
        In original units. Adding t times this, and t times `intercept`, to any coefficients
        raises the likelihood for every t > 0. Zero where there is none.
    intercept : ndarray of shape (), or (n_classes,)
        What goes with `direction`.
    margins : ndarray of shape (n_obs,)
        What one `direction` adds to the log odds of a row's class, against that other class to
        which it adds least; scaled so that the least positive gain on any class is 1. NaN for
        rows without weight.
    boundary : ndarray of bool, shape (n_obs,)
        Rows with margin zero: against some other class no direction can do more for them.
    gaining : ndarray of bool, shape (n_obs,)
        Rows whose class becomes more probable along `direction`. With two classes, those that
        are not on the boundary.
    alone : DataFrame
        Columns that separate by themselves: see `separating_columns`.
    feature_names, groups : tuple of str
        Name and source column of each feature of the problem.
    classes : tuple
        Its labels, in their order.
    reason : str
        What was found and how it was proven, in a sentence or two.

    References
    ----------
    Albert, A. and Anderson, J. A. (1984), On the existence of maximum likelihood estimates in
    logistic regression models, Biometrika 71.

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("four_points"), "y")
    >>> found = regpath.find_separation(problem)
    >>> bool(found), found.features, found.to_frame()["feature"].tolist()
    (True, ('x',), ['x'])
    >>> found.rows_frame(problem)["gaining"].tolist()
    [True, True, True, True]
    """

    kind: str
    direction: np.ndarray
    intercept: np.ndarray
    margins: np.ndarray
    boundary: np.ndarray
    gaining: np.ndarray
    alone: pd.DataFrame
    feature_names: tuple[str, ...]
    groups: tuple[str, ...]
    classes: tuple[object, ...]
    reason: str

    def __post_init__(self) -> None:
        freeze(self)

    def __bool__(self) -> bool:
        """Whether classes are separated, completely or not."""
        return self.kind in ("quasi", "complete")

    @property
    def features(self) -> tuple[str, ...]:
        """Names of the features in the direction."""
        taking = np.flatnonzero(np.atleast_2d(self.direction).any(axis=0))
        return tuple(self.feature_names[j] for j in taking)

    def to_frame(self) -> pd.DataFrame:
        """The direction, feature by feature.

        Returns
        -------
        DataFrame
            One row per feature in the direction (multinomial: and class): `feature`, `column` (its
            source), `class` (multinomial only) and `direction`, in original units.
        """
        rows, columns = np.nonzero(np.atleast_2d(self.direction))
        frame = pd.DataFrame(
            {
                "feature": [self.feature_names[j] for j in columns],
                "column": [self.groups[j] for j in columns],
                "direction": np.atleast_2d(self.direction)[rows, columns],
            }
        )
        if self.direction.ndim == 2:
            frame.insert(2, "class", [self.classes[k] for k in rows])
        return frame

    def rows_frame(self, problem: Problem) -> pd.DataFrame:
        """What the direction does for each row.

        Parameters
        ----------
        problem : Problem
            The problem that was looked at.

        Returns
        -------
        DataFrame
            `row`, the number in the file where the problem came from a table, else the position;
            `class`, `margin`, `boundary` and `gaining`.
        """
        rows = np.arange(problem.n_obs) if problem.frame is None else problem.frame.index
        return pd.DataFrame(
            {
                "row": np.asarray(rows),
                "class": [self.classes[k] for k in problem.y] if self.classes else problem.y,
                "margin": self.margins,
                "boundary": self.boundary,
                "gaining": self.gaining,
            }
        )

    def __repr__(self) -> str:
        return f"Separation({self.kind}: {self.reason})"


@dataclass(frozen=True, eq=False)
class Search:
    """Where a direction is looked for.

    Attributes
    ----------
    problem : Problem
    design : Design
        Its features, standardized.
    rows : ndarray of int, shape (n_rows,)
        Those with weight.
    alone : DataFrame
        Columns that separate by themselves.
    progress : callable, default=None
        Hears the share that is done, and may stop it.
    """

    problem: Problem
    design: Design
    rows: np.ndarray
    alone: pd.DataFrame
    progress: Progress | None = None

    @property
    def own(self) -> np.ndarray:
        """Position of each row's class."""
        return np.asarray(self.problem.y[self.rows])


@dataclass(frozen=True, eq=False)
class Direction:
    """A direction in coordinates of a design; K = 1 for two classes.

    Attributes
    ----------
    coefs : ndarray of shape (K, p)
    start : ndarray of shape (K,)
        What goes with it for intercepts.
    without : ndarray of bool, shape (n_rows, n_classes)
        Classes against which a row is known to gain nothing.
    """

    coefs: np.ndarray
    start: np.ndarray
    without: np.ndarray


def reported(search: Search, found: Direction, how: str) -> Separation:
    """A direction in original units, with its margins on the rows; `how` tells of the proof."""
    problem, design, rows, without = search.problem, search.design, search.rows, found.without
    coefs, start = found.coefs, found.start
    many, own = problem.loss.per_class, search.own
    gain = design.standardized(rows) @ coefs.T + start
    gain = gain if many else np.hstack([np.zeros_like(gain), gain])
    margins = np.where(without, 0.0, gain[np.arange(len(rows)), own][:, None] - gain)
    other = np.arange(len(problem.classes)) != own[:, None]
    unit = float(margins[other & ~without].min())
    least = np.where(other, margins, np.inf).min(axis=1) / unit
    gaining, boundary = np.zeros((2, problem.n_obs), dtype=bool)
    gaining[rows], boundary[rows] = (margins > 0.0).any(axis=1), least == 0.0
    shown = np.full(problem.n_obs, np.nan)
    shown[rows] = least
    intercepts, beta = design.to_raw_units(start[None] / unit, coefs[None] / unit, 0.0)
    kind = "quasi" if boundary.any() else "complete"
    direction = beta[0] if many else beta[0, 0]
    return Separation(
        kind=kind,
        direction=direction,
        intercept=np.asarray(intercepts[0] if many else intercepts[0, 0]),
        margins=shown,
        boundary=boundary,
        gaining=gaining,
        alone=search.alone,
        feature_names=problem.feature_names,
        groups=problem.groups,
        classes=problem.classes,
        reason=_sentences(search, direction, gaining, how),
    )


def _sentences(search: Search, direction: np.ndarray, gaining: np.ndarray, how: str) -> str:
    problem, n_rows = search.problem, len(search.rows)
    taking = np.flatnonzero(np.atleast_2d(direction).any(axis=0))
    listed = ", ".join(repr(problem.feature_names[j]) for j in taking[:5])
    more = f" and {len(taking) - 5} more" if len(taking) > 5 else ""
    gained = int(gaining.sum())
    scope = f"for {counted(gained, 'row')} of {n_rows}, and lowers it for none"
    since = f"these features settle the class of {counted(gained, 'row')}"
    if gained == n_rows:
        scope, since = f"for all {n_rows} rows", "these features tell the classes apart"
    sentences = [
        f"Without a penalty some coefficients grow without end, since {since}: a direction raises "
        f"the probability of the right class {scope}, however far one goes ({listed}{more}), and "
        "no finite fit exists.",
        how,
        told_by_columns(search.alone),
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def without_direction(problem: Problem, kind: str, reason: str) -> Separation:
    """A result without a direction."""
    many = problem.loss.per_class
    shape = (len(problem.classes), problem.n_features) if many else (problem.n_features,)
    return Separation(
        kind=kind,
        direction=np.zeros(shape),
        intercept=np.zeros(shape[:-1]),
        margins=np.where(problem.sample_weight > 0.0, 0.0, np.nan),
        boundary=problem.sample_weight > 0.0,
        gaining=np.zeros(problem.n_obs, dtype=bool),
        alone=pd.DataFrame(columns=COLUMNS),
        feature_names=problem.feature_names,
        groups=problem.groups,
        classes=problem.classes,
        reason=reason,
    )
