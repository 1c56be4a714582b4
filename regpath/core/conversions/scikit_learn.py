"""Strengths of scikit-learn for numbers and arrays of them."""

from __future__ import annotations

from typing import TypeVar

import numpy as np

Number = TypeVar("Number", float, np.ndarray)


def lambda_to_c(lam: Number, n: float) -> Number:
    """scikit-learn's LogisticRegression(C) for a lambda on `n` rows: C = 1 / (n lambda).

    With weights, `n` is the sum of the weights that scikit-learn is given.

    Examples
    --------
    >>> lambda_to_c(0.0025, 400)
    1.0
    """
    return 1.0 / (n * lam)


def lambda_to_ridge_alpha(lam: Number, n: float) -> Number:
    """scikit-learn's Ridge(alpha), which penalizes the residual sum of squares: n lambda."""
    return n * lam
