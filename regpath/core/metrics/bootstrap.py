"""How uncertain the score of some rows is: the same score on rows drawn again from them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from regpath.core.checks import check_count, check_fraction, check_seed
from regpath.core.metrics.measures import check_measure
from regpath.core.problems.problem import Problem
from regpath.core.progress import Progress, tell
from regpath.core.regpath import RegPath, check_match
from regpath.errors import DataError

AT_ONCE = 50  # redrawings between two words of progress
FEWEST = 2  # redrawings with a score, for a band


def bootstrap_band(
    path: RegPath,
    problem: Problem,
    *,
    measure: str = "auto",
    n_boot: int = 200,
    level: float = 0.9,
    seed: int = 0,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Score of every point on some rows, with a band of what other rows might have given.

    Rows are drawn with replacement, the same ones at every lambda; the model stays as it is. So
    the band tells how far the score may be from that on many new rows, not how far another
    training set would move it. Groups of rows are drawn whole.

    Parameters
    ----------
    path : RegPath
        What is scored.
    problem : Problem
        Rows that the fit has not seen, such as `Split.test`.
    measure : str, default="auto"
        See `cross_validate`.
    n_boot : int, default=200
        Redrawings, two at least.
    level : float in (0, 1), default=0.9
        Share of the redrawings between `low` and `high`.
    seed : int, default=0
        Decides which rows are drawn.
    progress : callable, default=None
        Called with the share that is done, from 0 to 1. What it raises ends the call.

    Returns
    -------
    DataFrame
        One row per lambda: `lambda`, `score`, `low`, `high`, `se` (standard deviation of the
        redrawings) and `n_scored` (redrawings on which the measure is defined).

    Raises
    ------
    ParameterError
        If an argument is outside its range, or the measure does not suit the family.
    DataError
        If the rows are coded otherwise, or the measure is defined on fewer than two redrawings.

    References
    ----------
    Efron, B. and Tibshirani, R. J. (1993), An introduction to the bootstrap, chapter 13.

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    >>> train, test, _, _ = regpath.split_problem(problem)
    >>> band = bootstrap_band(regpath.fit_path(train, n_lambdas=5), test, measure="rmse")
    >>> bool((band["low"] < band["score"]).all() and (band["score"] < band["high"]).all())
    True
    """
    check_match(path, problem, "bootstrap_band")
    check_count(n_boot, "n_boot", "bootstrap_band", least=FEWEST)
    check_fraction(level, "level", "bootstrap_band", open_ends=True)
    check_seed(seed, "seed", "bootstrap_band")
    how = check_measure(measure, path.family, "bootstrap_band")
    weighed = how.weighed(path.decision_path(problem), problem)
    rng, parts = np.random.default_rng(seed), []
    for low in range(0, n_boot, AT_ONCE):
        tell(progress, low, n_boot)
        weights = redrawn(problem, min(AT_ONCE, n_boot - low), rng) * problem.sample_weight
        weights = weights[weights.any(axis=1)]
        parts.append(weighed(weights) if how.of_one_row else np.array([*map(weighed, weights)]))
    tell(progress, 1.0)
    scores = np.concatenate([part for part in parts if len(part)])
    scores = scores[np.isfinite(scores).all(axis=1)]
    if len(scores) < FEWEST:
        raise DataError(
            f"{how.name} is defined on {len(scores)} of {n_boot} redrawings: {how.undefined}.",
            "Bring more rows, or use another measure.",
        )
    tail = 0.5 * (1.0 - level)
    bounds = np.quantile(scores, [tail, 1.0 - tail], axis=0)
    return pd.DataFrame(
        {
            "lambda": path.lambdas,
            "score": weighed(problem.sample_weight),
            "low": bounds[0],
            "high": bounds[1],
            "se": scores.std(axis=0, ddof=1),
            "n_scored": len(scores),
        }
    )


def redrawn(problem: Problem, times: int, rng: np.random.Generator) -> np.ndarray:
    """How often each row is drawn, (times, n_obs), rows of a group together."""
    codes = np.arange(problem.n_obs)
    if problem.row_groups is not None:
        codes = pd.factorize(problem.row_groups, use_na_sentinel=False)[0]
    n_units = int(codes.max()) + 1
    return rng.multinomial(n_units, np.full(n_units, 1.0 / n_units), size=times)[:, codes]
