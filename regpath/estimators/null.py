"""The path of a model without features, where the data allow no other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from regpath.core.design import moments
from regpath.core.families import family_of
from regpath.core.regpath import RegPath


@dataclass(frozen=True, eq=False)
class Rows:
    """What an estimator is fit on.

    Parameters
    ----------
    X : ndarray or CSR array of shape (n, p)
    y : ndarray of shape (n,)
        Response, or label.
    weights : ndarray of shape (n,)
    exposure : ndarray of shape (n,) or None
    """

    X: Any
    y: np.ndarray
    weights: np.ndarray
    exposure: np.ndarray | None

    def with_weight(self) -> Rows:
        """Those that count: a row of weight zero says nothing, not even which classes there are."""
        used = self.weights > 0.0
        if used.all():
            return self
        watched = None if self.exposure is None else self.exposure[used]
        return Rows(self.X[used], self.y[used], self.weights[used], watched)


def null_path(
    rows: Rows,
    family: str,
    classes: tuple[Any, ...],
    feature_names: tuple[str, ...],
    *,
    lam: float,
    l1_ratio: float,
    standardize: bool,
) -> RegPath:
    """One point: the intercept alone, which is optimal at every strength.

    The gradient of the loss is zero for each feature, so zero is the best coefficient under any
    penalty: violation and gap are zero.

    Parameters
    ----------
    rows : Rows
    family, classes, feature_names, l1_ratio, standardize
        As in `RegPath`.
    lam : float
        The strength to report.
    """
    (n, p), y, exposure = rows.X.shape, rows.y, rows.exposure
    weights = rows.weights / rows.weights.sum()
    loss = family_of(family)
    coded = (y[:, None] == np.array(classes)).argmax(axis=1) if classes else y
    offset = None if exposure is None else np.log(exposure)
    with np.errstate(divide="ignore"):  # where nothing was counted, nothing is expected
        intercept = loss.null_intercept(loss.coded(coded, len(classes)), weights, offset)
    many = loss.per_class
    mean, scale = moments(rows.X, weights)
    return RegPath(
        lambdas=np.array([lam]),
        coef_path=np.zeros((len(classes), p, 1) if many else (p, 1)),
        intercept_path=intercept[:, None].copy() if many else intercept.copy(),
        dev_ratio=np.zeros(1),
        dual_gap=np.zeros(1),
        kkt_violation=np.zeros(1),
        converged=np.ones(1, dtype=bool),
        feature_names=feature_names,
        groups=feature_names,
        family=family,
        classes=classes,
        target="y",
        l1_ratio=float(l1_ratio),
        standardize=bool(standardize),
        penalty_factor=np.ones(p),
        x_mean=mean,
        x_scale=scale,
        n_obs=n,
        exposure_name="" if exposure is None else "exposure",
    )
