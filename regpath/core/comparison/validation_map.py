"""The validation score over l1_ratio and lambda, on the same folds for every penalty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from regpath.core.comparison.compare import checked_ratios, checked_strengths, grids_of
from regpath.core.comparison.comparison import name_of
from regpath.core.lambdas import put_into
from regpath.core.metrics.class_weights import weigh_classes
from regpath.core.path import fit_path
from regpath.core.problems.problem import Problem
from regpath.core.progress import Progress, part_of
from regpath.core.regpath import RegPath, check_problem
from regpath.core.row_path import GridChoice
from regpath.core.validation.cost import fit_seconds
from regpath.core.validation.cross_validate import cross_validate
from regpath.core.validation.cv_result import TIE, CVResult
from regpath.shown import Drawn
from regpath.wording import counted

MAP_RATIOS = (1.0, 0.9, 0.75, 0.5, 0.25, 0.1, 0.0)  # from the lasso to ridge


@dataclass(frozen=True)
class Cell:
    """One point of the map.

    Attributes
    ----------
    ratio, point : int
        Position in `l1_ratios`, and in the grid of that path.
    l1_ratio, lam : float
    mean, se : float
    n_nonzero : int
        Features kept by the path on all rows.
    """

    ratio: int
    point: int
    l1_ratio: float
    lam: float
    mean: float
    se: float
    n_nonzero: int


@dataclass(frozen=True, eq=False)
class ValidationMap(Drawn):
    """Cross-validations of several penalties on the same folds.

    Attributes
    ----------
    l1_ratios : tuple of float
    results : tuple of CVResult
        One for each ratio. Every path has a grid of its own; all grids are equally long.

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    >>> found = regpath.map_validation(problem, l1_ratios=(1.0, 0.5), n_lambdas=20, n_folds=5)
    >>> found.mean.shape == found.se.shape == found.lambdas.shape == found.n_nonzero.shape
    True
    >>> best = found.best
    >>> found.cell(best.ratio, best.point) == best, bool(found.within[best.ratio, best.point])
    (True, True)
    >>> found.measure, found.simplest.n_nonzero <= best.n_nonzero, len(found.to_frame())
    ('mse', True, 40)
    """

    l1_ratios: tuple[float, ...]
    results: tuple[CVResult, ...]

    @property
    def measure(self) -> str:
        """Name of the score."""
        return self.results[0].measure

    @property
    def lambdas(self) -> np.ndarray:
        """Strengths, shape (n_ratios, n_lambdas)."""
        return np.stack([cv.lambdas for cv in self.results])

    @property
    def mean(self) -> np.ndarray:
        """Mean score over the folds, shape (n_ratios, n_lambdas)."""
        return np.stack([cv.mean for cv in self.results])

    @property
    def se(self) -> np.ndarray:
        """Its standard error, shape (n_ratios, n_lambdas)."""
        return np.stack([cv.se for cv in self.results])

    @property
    def n_nonzero(self) -> np.ndarray:
        """Features kept by the paths on all rows, shape (n_ratios, n_lambdas)."""
        return np.stack([cv.path.n_nonzero for cv in self.results])

    @cached_property
    def best(self) -> Cell:
        """The cell with the best mean; of several, the one with the fewest features."""
        loss = self._loss
        tied = loss <= loss.min() + TIE * abs(loss.min())
        return self._first(tied)

    @cached_property
    def within(self) -> np.ndarray:
        """Cells whose mean is within one standard error of the best, (n_ratios, n_lambdas)."""
        limit = self._loss[self.best.ratio, self.best.point] + self.best.se
        return np.asarray(self._loss <= limit + TIE * abs(limit))

    @cached_property
    def simplest(self) -> Cell:
        """The cell within one standard error that keeps the fewest features; see `best`."""
        return self._first(self.within)

    @property
    def _loss(self) -> np.ndarray:
        return -self.mean if self.results[0].larger_is_better else self.mean

    def _first(self, among: np.ndarray) -> Cell:
        """Of some cells, the fewest features, then the best mean, then the larger lambda."""
        rows, points = np.nonzero(among)
        order = np.lexsort((points, self._loss[rows, points], self.n_nonzero[rows, points]))
        return self.cell(int(rows[order[0]]), int(points[order[0]]))

    def cell(self, ratio: int, point: int) -> Cell:
        """Return one cell, by its positions.

        Parameters
        ----------
        ratio : int
            Position in `l1_ratios`.
        point : int
            Position in the grid of that path.

        Returns
        -------
        Cell
            Its strength, score, error and number of features.
        """
        cv = self.results[ratio]
        return Cell(
            ratio,
            point,
            self.l1_ratios[ratio],
            float(cv.lambdas[point]),
            float(cv.mean[point]),
            float(cv.se[point]),
            int(cv.path.n_nonzero[point]),
        )

    def to_frame(self) -> pd.DataFrame:
        """List the cells.

        Returns
        -------
        DataFrame
            One row per cell: `l1_ratio`, `index`, `lambda`, `mean`, `se`, `n_nonzero`,
            `within_1se`, and `best` and `simplest`, which mark one cell each.
        """
        n_ratios, n_lambdas = self.mean.shape
        frame = pd.DataFrame(
            {
                "l1_ratio": np.repeat(self.l1_ratios, n_lambdas),
                "index": np.tile(np.arange(n_lambdas), n_ratios),
                "lambda": self.lambdas.ravel(),
                "mean": self.mean.ravel(),
                "se": self.se.ravel(),
                "n_nonzero": self.n_nonzero.ravel(),
                "within_1se": self.within.ravel(),
            }
        )
        for name, cell in (("best", self.best), ("simplest", self.simplest)):
            frame[name] = np.arange(len(frame)) == cell.ratio * n_lambdas + cell.point
        return frame

    def __repr__(self) -> str:
        folds = counted(len(self.results[0].folds), "common fold")
        lines = [f"ValidationMap({self.measure} of {len(self.l1_ratios)} penalties on {folds})"]
        for name, cell in (("best", self.best), ("simplest within 1 SE", self.simplest)):
            lines.append(
                f"  {name}: {name_of(cell.l1_ratio)} at lambda = {cell.lam:.4g}, {self.measure} "
                f"{cell.mean:.4g} +- {cell.se:.2g}, {counted(cell.n_nonzero, 'feature')}"
            )
        return "\n".join(lines)


def map_seconds(
    path: RegPath,
    *,
    n_ratios: int = len(MAP_RATIOS),
    n_lambdas: int = 50,
    n_folds: int = 10,
) -> float:
    """Estimate how long `map_validation` takes, from a path of the problem.

    Parameters
    ----------
    path : RegPath
        `fit_path(problem)`, at any penalty.
    n_ratios : int, default=7
        Number of penalties.
    n_lambdas : int, default=50
        Strengths of each.
    n_folds : int, default=10
        Folds, times repeats.

    Returns
    -------
    float
        Seconds, right within a factor of about five.

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    >>> path = regpath.fit_path(problem)
    >>> 0.0 < regpath.map_seconds(path, n_ratios=3) < regpath.map_seconds(path)
    True
    """
    share = n_lambdas / len(path.lambdas)
    return n_ratios * (n_folds + 1) * share * fit_seconds(path.n_obs, path)


def map_validation(
    problem: Problem,
    *,
    l1_ratios: Sequence[float] = MAP_RATIOS,
    n_lambdas: int = 50,
    min_ratio: float | None = None,
    lambdas: Any = None,
    extra_lambdas: Sequence[float] = (),
    standardize: bool = True,
    penalty_factor: Any = None,
    n_folds: int = 10,
    folds: Any = None,
    kind: str = "auto",
    n_repeats: int = 1,
    measure: str = "auto",
    seed: int = 0,
    class_weight: Any = None,
    progress: Progress | None = None,
) -> ValidationMap:
    """Cross-validate several penalties on the same folds.

    Parameters
    ----------
    problem : Problem
        What is fit, without weights of classes.
    l1_ratios : sequence of float in [0, 1]
        From lasso (1) to ridge (0); seven of them unless you say otherwise.
    n_lambdas : int, default=50
        Size of each grid.
    min_ratio : float in (0, 1), default=None
        Last over first lambda of the lasso's grid; the others end as many times further down, or
        less far, as it does. None means the ends that `lambda_range` gives for each penalty.
    lambdas : array-like of shape (n_lambdas,), default=None
        Strictly decreasing strengths that every penalty has in place of a grid.
    extra_lambdas : sequence of float, default=()
        Strengths that every grid has, too, exactly.
    standardize : bool, default=True
        Penalize coefficients per standard deviation.
    penalty_factor : array-like of shape (n_features,), dict or AdaptiveFactors, default=None
        What lambda is multiplied by for each feature; see `fit_path`.
    n_folds : int, default=10
        How many folds; the same ones serve every penalty, so that scores differ by the penalty
        alone.
    folds : array-like of shape (n_obs,), or iterable of (train_rows, test_rows), default=None
        Your own folds; see `cross_validate`.
    kind : {"auto", "random", "grouped", "ordered", "leave_one_out"}, default="auto"
        Who is held out together; see `plan_folds`.
    n_repeats : int, default=1
        How often folds are dealt anew.
    measure : str, default="auto"
        What folds are scored by; see `cross_validate`.
    seed : int, default=0
        Decides how the rows are dealt.
    class_weight : "balanced", dict or None, default=None
        Weights of classes for the fits, not for the scores; see `weigh_classes`.
    progress : callable, default=None
        Called with the share that is done; whatever it raises ends the call.

    Returns
    -------
    ValidationMap
        One cross-validation for each ratio, in their order.

    Raises
    ------
    ParameterError
        If an argument is outside its range.
    DataError
        If the data cannot be validated so; see `cross_validate`.

    References
    ----------
    Zou, H. and Hastie, T. (2005), Regularization and variable selection via the elastic net,
    JRSS B 67.
    Stone, M. (1974), Cross-validatory choice and assessment of statistical predictions, JRSS B 36.

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    >>> found = regpath.map_validation(problem, l1_ratios=(1.0, 0.5), n_lambdas=20, n_folds=5)
    >>> found.simplest.n_nonzero <= found.best.n_nonzero
    True
    """
    check_problem(problem, "map_validation")
    ratios = checked_ratios(l1_ratios, "map_validation")
    if isinstance(folds, Iterator):  # a splitter's pairs can be read once only
        folds = list(folds)
    how = {"standardize": standardize, "penalty_factor": penalty_factor}
    weighted = weigh_classes(problem, class_weight)
    extra = checked_strengths(extra_lambdas, "map_validation")
    choice = GridChoice(lambdas, n_lambdas, min_ratio)
    grids = grids_of(weighted, ratios, choice, how, "map_validation")
    grids = [put_into(grid, extra, always_longer=lambdas is None) for grid in grids]
    results = []
    for k, (ratio, grid) in enumerate(zip(ratios, grids, strict=True)):
        path = fit_path(weighted, l1_ratio=ratio, lambdas=grid, **how)
        results.append(
            cross_validate(
                problem,
                path,
                n_folds=n_folds,
                folds=folds,
                kind=kind,
                n_repeats=n_repeats,
                measure=measure,
                seed=seed,
                class_weight=class_weight,
                progress=part_of(progress, k / len(ratios), (k + 1) / len(ratios)),
            )
        )
    return ValidationMap(ratios, tuple(results))
