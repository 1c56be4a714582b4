"""Peeking: what choosing on the test set over and over makes its score claim, measured."""

from __future__ import annotations

import numpy as np
import pandas as pd

from regpath.core.checks import check_count, check_fraction, check_positive, check_seed
from regpath.core.metrics.measures import MEASURES
from regpath.core.path import fit_path
from regpath.core.problems.problem import Problem
from regpath.core.progress import Progress, tell
from regpath.core.regpath import RegPath

STRENGTHS = 10  # values of C that each look tries
WEAKEST = 1e-5  # of the strongest, at which ridge is all but empty


def peeking(
    *,
    n_looks: int = 12,
    n_rounds: int = 12,
    n_train: int = 60,
    n_test: int = 40,
    n_sealed: int = 2000,
    n_features: int = 20,
    signal: float = 0.0,
    share: float = 0.5,
    seed: int = 0,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Choose settings by their test accuracy again and again, and measure what that costs.

    In every round data are drawn: rows to train on, rows to test on, and many more that stay
    sealed. Each look tries a random part of the features at ten strengths, and keeps the best
    test accuracy met so far. The sealed rows tell what the kept model is worth.

    Parameters
    ----------
    n_looks, n_rounds : int, default=12
        Looks at the test rows in every round, and rounds, each with data of its own.
    n_train, n_test, n_sealed : int, default=60, 40, 2000
        Rows that are drawn in every round; at least 10 each.
    n_features : int, default=20
        All independent.
    signal : float, default=0.0
        Coefficient of the first three features; 0 is pure noise, of which nobody can tell more
        than half.
    share : float in (0, 1), default=0.5
        Of the features, that each look tries.
    seed : int, default=0
        Decides the data and which features are tried.
    progress : callable, default=None
        Called with the share that is done, from 0 to 1. What it raises ends the call.

    Returns
    -------
    DataFrame
        One row per round and look: `round`, `look` (from 1), `test_accuracy` and
        `sealed_accuracy` of the model that is kept so far, and `optimism`, their difference.

    Raises
    ------
    ParameterError
        If an argument is outside its range.

    References
    ----------
    Dwork et al. (2015), The reusable holdout: preserving validity in adaptive data analysis,
    Science 349: 636-638.

    Examples
    --------
    >>> import regpath
    >>> frame = regpath.peeking(n_rounds=5, n_looks=6)
    >>> means = frame.groupby("look")["optimism"].mean()
    >>> bool(means.iloc[-1] > means.iloc[0] > 0.0)
    True
    """
    counts = {"n_looks": n_looks, "n_rounds": n_rounds, "n_features": n_features}
    for name, value in counts.items():
        check_count(value, name, "peeking")
    for name, value in (("n_test", n_test), ("n_sealed", n_sealed)):
        check_count(value, name, "peeking", least=10)
    check_count(n_train, "n_train", "peeking", least=10)
    check_fraction(share, "share", "peeking", open_ends=True)
    check_seed(seed, "seed", "peeking")
    if signal != 0.0:
        check_positive(signal, "signal", "peeking")
    sizes = (n_train, n_test, n_sealed)
    parts = []
    for number in range(n_rounds):
        tell(progress, number, n_rounds)
        rng = np.random.default_rng([seed, number])
        drawn = [_rows(rng, n, n_features, signal) for n in sizes]
        parts.append(_looks(rng, drawn, n_looks, max(1, round(share * n_features))))
    tell(progress, 1.0)
    frame = pd.concat(parts, ignore_index=True)
    frame.insert(0, "round", np.repeat(np.arange(n_rounds), n_looks))
    return frame


def _rows(rng: np.random.Generator, n: int, p: int, signal: float) -> tuple[np.ndarray, np.ndarray]:
    X = rng.normal(size=(n, p))
    odds = signal * X[:, :3].sum(axis=1)
    y = rng.random(n) < 1.0 / (1.0 + np.exp(-odds))
    y[:2] = (False, True)  # both classes are always there
    return X, y


def _looks(
    rng: np.random.Generator,
    drawn: list[tuple[np.ndarray, np.ndarray]],
    n_looks: int,
    n_tried: int,
) -> pd.DataFrame:
    best, kept = -np.inf, (0.0, 0.0)
    found = []
    for look in range(1, n_looks + 1):
        columns = rng.choice(drawn[0][0].shape[1], n_tried, replace=False)
        problems = [_binomial(X[:, columns], y) for X, y in drawn]
        path = fit_path(problems[0], l1_ratio=0.0, n_lambdas=STRENGTHS, min_ratio=WEAKEST)
        test, sealed = (_accuracy(path, rows) for rows in problems[1:])
        at = int(np.argmax(test))
        if test[at] > best:
            best, kept = test[at], (test[at], sealed[at])
        found.append((look, *kept, kept[0] - kept[1]))
    return pd.DataFrame(found, columns=["look", "test_accuracy", "sealed_accuracy", "optimism"])


def _binomial(X: np.ndarray, y: np.ndarray) -> Problem:
    return Problem.from_arrays(X, y, family="binomial")


def _accuracy(path: RegPath, rows: Problem) -> np.ndarray:
    return MEASURES["accuracy"].of(path.decision_path(rows), rows)
