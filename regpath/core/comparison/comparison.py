"""Penalties side by side: L1, elastic net and L2 at equal fit or size, not at equal lambda."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from regpath.core.checks import check_choice, check_count
from regpath.core.metrics.scores import score_path
from regpath.core.problems.problem import Problem
from regpath.core.regpath import RegPath
from regpath.errors import ParameterError
from regpath.shown import Drawn

ROUNDING = 1e-12  # of a scale from 0 to 1: what is nearer to a level has reached it
SCALES = ("deviance", "shrinkage")


@dataclass(frozen=True, eq=False)
class Comparison(Drawn):
    """Paths of one problem under several penalties.

    A lambda means another strength under each penalty, so points are compared at equal levels of
    one of two scales: "deviance", the share of the null deviance that is explained on the rows of
    the fit; "shrinkage", the Euclidean norm of the coefficients per standard deviation over the
    largest norm on any of the paths.

    Attributes
    ----------
    paths : tuple of RegPath
        One for each `l1_ratio`.

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    >>> both = regpath.compare_paths(problem, l1_ratios=(1.0, 0.0), n_lambdas=40)
    >>> both.names
    ('lasso', 'ridge')
    >>> levels = both.levels(5)
    >>> both.positions(levels).shape, both.scale_of(0).shape
    ((5, 2), (40,))
    >>> list(both.coefs_at(levels[2]))
    ['feature', 'lasso', 'ridge']
    >>> len(both.to_frame(n_levels=5)), len(both.paths_frame())
    (10, 800)
    """

    paths: tuple[RegPath, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """What each path is called."""
        return tuple(name_of(path.l1_ratio) for path in self.paths)

    def scale_of(self, k: int, by: str = "deviance") -> np.ndarray:
        """Return the scale along one path.

        Parameters
        ----------
        k : int
            Number of the path.
        by : {"deviance", "shrinkage"}, default="deviance"
            Which scale.

        Returns
        -------
        ndarray of shape (n_lambdas,)
            From 0 to at most 1.

        Raises
        ------
        ParameterError
            If there is no such scale.
        """
        check_choice(by, "by", "Comparison.scale_of", SCALES)
        if by == "deviance":
            return self.paths[k].dev_ratio
        return _norm(self.paths[k]) / max(float(_norm(path).max()) for path in self.paths)

    def levels(self, n_levels: int = 50, by: str = "deviance") -> np.ndarray:
        """Return levels that every path reaches, evenly spaced from 0.

        Parameters
        ----------
        n_levels : int, default=50
            At least 2.
        by : {"deviance", "shrinkage"}, default="deviance"
            Of which scale.

        Returns
        -------
        ndarray of shape (n_levels,)
            The last is the highest that all paths reach.

        Raises
        ------
        ParameterError
            If an argument is outside its range.
        """
        check_count(n_levels, "n_levels", "Comparison.levels", least=2)
        ends = [float(self.scale_of(k, by).max()) for k in range(len(self.paths))]
        return np.linspace(0.0, min(ends), n_levels)

    def positions(self, levels: Any, by: str = "deviance") -> np.ndarray:
        """Find the strongest point of each path that reaches each level.

        Points of the grids are taken as they are, since what lies between them is not certified.

        Parameters
        ----------
        levels : float or array-like of shape (n_levels,)
            On the scale.
        by : {"deviance", "shrinkage"}, default="deviance"
            Which scale.

        Returns
        -------
        ndarray of int, shape (n_levels, n_paths)
            Positions in the grids; -1 where a path does not reach a level.
        """
        wanted = np.atleast_1d(np.asarray(levels, dtype=float))
        table = np.empty((len(wanted), len(self.paths)), dtype=int)
        for k in range(len(self.paths)):
            reached = np.maximum.accumulate(self.scale_of(k, by))
            found = np.searchsorted(reached, wanted - ROUNDING, side="left")
            table[:, k] = np.where(found < len(reached), found, -1)
        return table

    def to_frame(
        self, by: str = "deviance", n_levels: int = 50, problem: Problem | None = None
    ) -> pd.DataFrame:
        """One row per level and path: where the path reaches the level, and what it is there.

        Parameters
        ----------
        by : {"deviance", "shrinkage"}, default="deviance"
            Which scale.
        n_levels : int, default=50
            Evenly spaced, from 0 to the highest that all paths reach.
        problem : Problem, default=None
            Rows to score the points on (`Split.test`); adds the columns of `score_path`.

        Returns
        -------
        DataFrame
            `level`, `penalty`, `l1_ratio`, `index`, `lambda`, `dev_ratio`, `shrinkage`,
            `n_nonzero`, `certified`, and scores if wanted.
        """
        levels = self.levels(n_levels, by)
        frames = []
        for k, (path, at) in enumerate(zip(self.paths, self.positions(levels, by).T, strict=True)):
            facts = {
                "level": levels,
                "penalty": self.names[k],
                "l1_ratio": path.l1_ratio,
                "index": at,
                "lambda": path.lambdas[at],
                "dev_ratio": path.dev_ratio[at],
                "shrinkage": self.scale_of(k, "shrinkage")[at],
                "n_nonzero": path.n_nonzero[at],
                "certified": path.converged[at],
            }
            if problem is not None:
                scores = score_path(path, problem).drop(columns="lambda")
                facts |= {str(name): scores[name].to_numpy()[at] for name in scores}
            frames.append(pd.DataFrame(facts))
        table = pd.concat(frames, ignore_index=True)
        return table.sort_values("level", kind="stable", ignore_index=True)

    def paths_frame(self, by: str = "deviance", units: str = "standardized") -> pd.DataFrame:
        """List every coefficient of every path over the common scale.

        Parameters
        ----------
        by : {"deviance", "shrinkage"}, default="deviance"
            Which scale.
        units : {"standardized", "original", "odds_ratio"}, default="standardized"
            Of the coefficients.

        Returns
        -------
        DataFrame
            One row per path, class, feature and lambda: `penalty`, `l1_ratio`, `index`, `lambda`,
            `scale` (of `by`), `feature`, `class` (empty but for multinomial) and `coefficient`.
        """
        frames = []
        for k, path in enumerate(self.paths):
            values = path.coefs(units)
            values = values if values.ndim == 3 else values[None]
            labels = path.classes if path.coef_path.ndim == 3 else ("",)
            n_classes, p, n_lambdas = values.shape
            points = np.tile(np.arange(n_lambdas), n_classes * p)
            frames.append(
                pd.DataFrame(
                    {
                        "penalty": self.names[k],
                        "l1_ratio": path.l1_ratio,
                        "index": points,
                        "lambda": path.lambdas[points],
                        "scale": self.scale_of(k, by)[points],
                        "feature": np.tile(np.repeat(path.feature_names, n_lambdas), n_classes),
                        "class": [label for label in labels for _ in range(p * n_lambdas)],
                        "coefficient": values.ravel(),
                    }
                )
            )
        return pd.concat(frames, ignore_index=True)

    def coefs_at(
        self, level: float, by: str = "deviance", units: str = "standardized"
    ) -> pd.DataFrame:
        """Return the coefficients of all paths at one level.

        Parameters
        ----------
        level : float
            On the scale.
        by : {"deviance", "shrinkage"}, default="deviance"
            Which scale.
        units : {"standardized", "original", "odds_ratio"}, default="standardized"
            Of the coefficients.

        Returns
        -------
        DataFrame
            One row per feature (and class), one column per path.

        Raises
        ------
        ParameterError
            If some path does not reach the level.
        """
        at = self.positions(level, by)[0]
        if (at < 0).any():
            top = float(self.levels(2, by)[-1])
            raise ParameterError(
                f"{self.names[int(np.argmin(at))]} does not reach the level {level:.4g}.",
                f"Use one up to {top:.4g}, or weaker penalties.",
            )
        columns = []
        for path, i in zip(self.paths, at, strict=True):
            coefs = path.coef_at(path.lambdas[i], units)
            columns.append(coefs.stack() if isinstance(coefs, pd.DataFrame) else coefs)
        table = pd.concat(columns, axis=1, keys=self.names)
        if table.index.nlevels == 2:
            table.index.names = ["feature", "class"]
        return table.reset_index()

    def __repr__(self) -> str:
        first = self.paths[0]
        return "\n".join(
            [
                f"Comparison({first.family}, target {first.target!r}, {first.n_obs} rows x "
                f"{len(first.feature_names)} features)",
                *(
                    f"  {name}: deviance explained up to {path.dev_ratio.max():.3f}, "
                    f"up to {path.n_nonzero.max()} features"
                    for name, path in zip(self.names, self.paths, strict=True)
                ),
            ]
        )


def name_of(l1_ratio: float) -> str:
    """What a person calls the penalty."""
    return {0.0: "ridge", 1.0: "lasso"}.get(l1_ratio, f"elastic net {l1_ratio:g}")


def _norm(path: RegPath) -> np.ndarray:
    """Euclidean norm of the coefficients per standard deviation, shape (n_lambdas,)."""
    coefs = path.coefs("standardized")
    return np.asarray(np.sqrt(np.square(coefs).sum(axis=(0, 1) if coefs.ndim == 3 else 0)))
