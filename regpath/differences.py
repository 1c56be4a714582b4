"""A against B: what differs between two studies, in their choices and in what came of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from regpath.core.problems.problem import Problem
from regpath.core.regpath import RATIOS, RegPath
from regpath.errors import DataError, ParameterError
from regpath.shown import Shown
from regpath.study import Study


@dataclass(frozen=True, eq=False)
class Differences(Shown):
    """Two studies beside each other, each at one strength.

    Attributes
    ----------
    choices : DataFrame
        One row per choice that differs: `choice`, `a`, `b`; strength and rows of the fit included.
    coefs : DataFrame
        One row per feature of either study (and class): `feature`, `column`, `a`, `b`,
        `difference` (b - a), and `status`: "both", "a only", "b only" or "neither". A feature that
        a study does not have is missing there.
    scores : DataFrame
        One row per part and score: `part`, `score`, `a`, `b`, `difference` (b - a).
    same_data : bool
        Whether both studies read the same table.
    same_rows : bool
        Whether they also learned from and were tested on the same rows: only then do scores on
        the test rows compare models alone.

    Examples
    --------
    >>> import regpath
    >>> table = regpath.datasets.load("diabetes")
    >>> a, b = (
    ...     regpath.run_study(table, regpath.Recipe("progression", n_lambdas=20, l1_ratio=ratio))
    ...     for ratio in (1.0, 0.5)
    ... )
    >>> found = regpath.compare_studies(a, b, a.path.lambdas[10], b.path.lambdas[10])
    >>> found.same_data, found.scores["part"].unique().tolist(), len(found.coefs)
    (True, ['train', 'test'], 10)
    >>> "body_mass_index" in found.kept("both")
    True
    """

    choices: pd.DataFrame
    coefs: pd.DataFrame
    scores: pd.DataFrame
    same_data: bool
    same_rows: bool

    def kept(self, status: str = "both") -> tuple[str, ...]:
        """Features with one status, in any class.

        Parameters
        ----------
        status : {"both", "a only", "b only", "neither"}, default="both"
            Which study gives them a coefficient.

        Returns
        -------
        tuple of str
            Their names, in the order of the features.
        """
        rows = self.coefs[self.coefs["status"] == status]
        return tuple(dict.fromkeys(rows["feature"]))

    def __repr__(self) -> str:
        counts = ", ".join(
            f"{len(self.kept(status))} {status}" for status in ("both", "a only", "b only")
        )
        return "\n".join(
            [
                f"Differences(features kept: {counts})",
                self.choices.to_string(index=False),
                self.scores.to_string(index=False),
            ]
        )


def compare_studies(
    a: Study, b: Study, lam_a: float, lam_b: float, *, units: str = "standardized"
) -> Differences:
    """Set two studies beside each other.

    Parameters
    ----------
    a, b : Study
        Of targets of the same family.
    lam_a, lam_b : float
        A point of each study's grid.
    units : {"standardized", "original", "odds_ratio", "rate_ratio"}, default="standardized"
        Of the coefficients. Per standard deviation they depend on the rows of each fit.

    Returns
    -------
    Differences
        In choices, coefficients and scores.

    Raises
    ------
    DataError
        If the studies predict different families or classes.
    ParameterError
        If a strength is not a point of its grid.

    Examples
    --------
    >>> import regpath
    >>> table = regpath.datasets.load("diabetes")
    >>> a, b = (
    ...     regpath.run_study(table, regpath.Recipe("progression", l1_ratio=ratio))
    ...     for ratio in (1.0, 0.5)
    ... )
    >>> found = regpath.compare_studies(a, b, a.path.lambdas[30], b.path.lambdas[30])
    >>> found.choices["choice"].tolist(), found.same_rows
    (['l1_ratio', 'lambda'], True)
    """
    for study, name in ((a, "a"), (b, "b")):
        if not isinstance(study, Study):
            raise ParameterError(
                f"The {name!r} parameter of compare_studies must be a Study. Got "
                f"{type(study).__name__} instead.",
                "run_study makes one.",
            )
    if (a.path.family, a.path.classes) != (b.path.family, b.path.classes):
        raise DataError(
            f"Study a predicts {_question(a)}, study b {_question(b)}: their coefficients do not "
            "mean the same.",
            "Compare studies of the same kind of target.",
        )
    same_data = a.table.digest == b.table.digest
    return Differences(
        choices=_choices(a, b, lam_a, lam_b),
        coefs=_coefs(a.path, b.path, lam_a, lam_b, units),
        scores=_scores(a, b, lam_a, lam_b),
        same_data=same_data,
        same_rows=same_data and _same_rows(a, b),
    )


def _question(study: Study) -> str:
    classes = ", ".join(map(repr, study.path.classes[:3]))
    return f"{study.path.target!r} ({study.path.family}{': ' if classes else ''}{classes})"


def _choices(a: Study, b: Study, lam_a: float, lam_b: float) -> pd.DataFrame:
    first, second = a.recipe.to_dict(), b.recipe.to_dict()
    first["lambda"] = float(a.path.lambdas[a.path.index_of(lam_a)])
    second["lambda"] = float(b.path.lambdas[b.path.index_of(lam_b)])
    first["rows of the fit"], second["rows of the fit"] = a.path.n_obs, b.path.n_obs
    if a.table.digest != b.table.digest:
        first["data"], second["data"] = a.table.name, b.table.name
    names = [name for name in first if first[name] != second.get(name)]
    rows = [(name, first[name], second.get(name)) for name in names]
    return pd.DataFrame(rows, columns=["choice", "a", "b"], dtype=object)


def _coefs(a: RegPath, b: RegPath, lam_a: float, lam_b: float, units: str) -> pd.DataFrame:
    columns = []
    for path, lam in ((a, lam_a), (b, lam_b)):
        coefs = path.coef_at(lam, units)
        columns.append(coefs.stack() if isinstance(coefs, pd.DataFrame) else coefs)
    order = list(dict.fromkeys([*a.feature_names, *b.feature_names]))
    table = pd.concat(columns, axis=1, keys=["a", "b"])
    nothing = 1.0 if units in RATIOS else 0.0
    alive = table.notna() & (table != nothing)
    table["difference"] = table["b"] - table["a"]
    table["status"] = np.select(
        [alive["a"] & alive["b"], alive["a"], alive["b"]], ["both", "a only", "b only"], "neither"
    )
    names = ["feature", "class"][: table.index.nlevels]
    table.index.names = names
    table = table.reset_index()
    groups = dict(zip(b.feature_names, b.groups, strict=True))
    groups |= dict(zip(a.feature_names, a.groups, strict=True))
    table.insert(1, "column", [groups[name] for name in table["feature"]])
    position = table["feature"].map({name: k for k, name in enumerate(order)})
    return table.iloc[np.argsort(position, kind="stable")].reset_index(drop=True)


def _scores(a: Study, b: Study, lam_a: float, lam_b: float) -> pd.DataFrame:
    rows = []
    for part in (part for part in a.parts if part in b.parts):
        first, second = (
            study.scores_of(part).drop(columns="lambda").iloc[study.path.index_of(lam)]
            for study, lam in ((a, lam_a), (b, lam_b))
        )
        rows += [
            (part, name, first[name], second[name], second[name] - first[name])
            for name in first.index
        ]
    return pd.DataFrame(rows, columns=["part", "score", "a", "b", "difference"])


def _same_rows(a: Study, b: Study) -> bool:
    """Whether both learned from the same rows of a table, and were tested on the same."""
    pairs = ((a.train, b.train), (a.test, b.test))
    return all(np.array_equal(_row_numbers(one), _row_numbers(two)) for one, two in pairs)


def _row_numbers(problem: Problem | None) -> np.ndarray:
    if problem is None or problem.frame is None:
        return np.empty(0)
    return np.asarray(problem.frame.index)
