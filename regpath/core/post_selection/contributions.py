"""What-if: what each feature contributes to the prediction of a row, along the path."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from regpath.core.checks import check_choice
from regpath.core.problems.encoder import encode_rows
from regpath.core.problems.inputs import freeze
from regpath.core.regpath import RegPath
from regpath.errors import DataError, ParameterError
from regpath.io import Table
from regpath.shown import Drawn
from regpath.wording import counted


@dataclass(frozen=True, eq=False)
class Contributions(Drawn):
    """One row's prediction, taken apart.

    Attributes
    ----------
    path : RegPath
        Whose prediction it is.
    values : ndarray of shape (n_features,)
        The row's features, in original units.
    baseline : ndarray of shape (n_lambdas,), or (n_classes, n_lambdas) for multinomial
        Linear predictor of a row that is average in every feature.
    parts : ndarray of shape (n_features, n_lambdas), or (n_classes, n_features, n_lambdas)
        Coefficient times (value - mean of the rows of the fit). `baseline` plus the sum of the
        parts is the linear predictor.

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    >>> path = regpath.fit_path(problem, n_lambdas=20)
    >>> parts = regpath.contributions(path, problem.X[0])
    >>> parts.parts.shape, parts.total.shape, parts.column_parts.shape, len(parts.columns)
    ((10, 20), (20,), (10, 20), 10)
    >>> parts.at(path.lambdas[10])["feature"].iloc[0]
    'body_mass_index'
    >>> parts.to_frame().shape  # lambda, baseline, ten contributions, linear predictor
    (20, 13)
    """

    path: RegPath
    values: np.ndarray
    baseline: np.ndarray
    parts: np.ndarray

    def __post_init__(self) -> None:
        freeze(self)

    def _summary(self) -> str:
        count = len(self.columns)
        return f"Contributions of {counted(count, 'column')} to a prediction of {self.path.target}"

    @property
    def total(self) -> np.ndarray:
        """The row's linear predictor at every lambda, shaped as `baseline`."""
        return np.asarray(self.baseline + self.parts.sum(axis=-2))

    @property
    def columns(self) -> tuple[str, ...]:
        """Source columns of the features, in their order."""
        return tuple(dict.fromkeys(self.path.groups))

    @property
    def column_parts(self) -> np.ndarray:
        """The parts summed over the features of each column, (..., n_columns, n_lambdas)."""
        columns = self.columns
        of = np.array([columns.index(name) for name in self.path.groups])
        sums = [self.parts[..., of == k, :].sum(axis=-2) for k in range(len(columns))]
        return np.stack(sums, axis=-2)

    def at(self, lam: float, *, by: str = "feature") -> pd.DataFrame:
        """Contributions at one point of the grid, the largest first.

        Parameters
        ----------
        lam : float
            A point of the grid.
        by : {"feature", "column"}, default="feature"
            "column" sums over the features that a source column was coded to.

        Returns
        -------
        DataFrame
            `feature` (or `column`), `value` and `mean` (features only), and `contribution`, or
            for multinomial `contribution[class]`, to the linear predictor.

        Raises
        ------
        ParameterError
            If `lam` is not on the grid.
        """
        check_choice(by, "by", "Contributions.at", ("feature", "column"))
        index = self.path.index_of(lam)
        parts = (self.parts if by == "feature" else self.column_parts)[..., index]
        frame = pd.DataFrame({by: self.path.feature_names if by == "feature" else self.columns})
        if by == "feature":
            frame["value"], frame["mean"] = self.values, self.path.x_mean
        if parts.ndim == 1:
            frame["contribution"] = parts
        else:
            for label, part in zip(self.path.classes, parts, strict=True):
                frame[f"contribution[{label}]"] = part
        size = np.abs(np.atleast_2d(parts)).max(axis=0)
        return frame.iloc[np.argsort(-size, kind="stable")].reset_index(drop=True)

    def to_frame(self) -> pd.DataFrame:
        """One row per lambda: strength, baseline, each contribution, and the linear predictor.

        Returns
        -------
        DataFrame
            `lambda`, `baseline`, `contribution[name]` for each feature and `linear_predictor`; for
            multinomial each with `[class]` behind its first word.
        """
        many = self.path.loss.per_class
        labels = [f"[{label}]" for label in self.path.classes] if many else [""]
        baseline, parts, total = (
            part if many else part[None] for part in (self.baseline, self.parts, self.total)
        )
        data: dict[str, np.ndarray] = {"lambda": self.path.lambdas}
        for k, label in enumerate(labels):
            data[f"baseline{label}"] = baseline[k]
            for j, name in enumerate(self.path.feature_names):
                data[f"contribution{label}[{name}]"] = parts[k, j]
            data[f"linear_predictor{label}"] = total[k]
        return pd.DataFrame(data)


def contributions(path: RegPath, row: Any) -> Contributions:
    """Take the prediction of one row apart, at every point of a path.

    Parameters
    ----------
    path : RegPath
        Whose prediction is taken apart.
    row : Series, DataFrame or Table of one row, dict, or array-like of shape (n_features,)
        Raw columns as in the data of the fit, or features.

    Returns
    -------
    Contributions
        Counted from the mean of the rows of the fit; they sum to the linear predictor, whose
        distance from `baseline` they explain exactly. They say what the model does, not what
        would happen to a person whose features were changed. Of counts with exposures they are
        those of one unit of exposure.

    Raises
    ------
    DataError
        If the row lacks a column, or is not one row.
    ParameterError
        If `path` is no RegPath.

    Examples
    --------
    >>> import numpy as np, regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    >>> path = regpath.fit_path(problem)
    >>> parts = regpath.contributions(path, problem.X[0])
    >>> bool(np.allclose(parts.total, path.decision_path(problem.X[:1])[0]))
    True
    """
    if not isinstance(path, RegPath):
        raise ParameterError(f"contributions takes a RegPath. Got {type(path).__name__} instead.")
    values = encode_rows(_one_row(row), path.encoder, path.feature_names)
    dense = values.toarray() if sparse.issparse(values) else np.asarray(values)
    if len(dense) != 1:
        raise DataError(f"contributions takes one row. Got {len(dense)}.", "Choose one of them.")
    parts = path.coef_path * (dense[0] - path.x_mean)[:, None]
    baseline = path.intercept_path + np.einsum("...jl,j->...l", path.coef_path, path.x_mean)
    return Contributions(path, dense[0], baseline, parts)


def _one_row(row: Any) -> Any:
    """The row as a table or array of one row."""
    if isinstance(row, Table):
        return row.frame
    if isinstance(row, dict | pd.Series):
        return pd.DataFrame([dict(row)])
    if isinstance(row, pd.DataFrame) or sparse.issparse(row):
        return row
    array = np.asarray(row)
    return array[None] if array.ndim == 1 else array
