"""Problem: features, a coded target and weights, with their names; frozen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from regpath.core.checks import check_choice
from regpath.core.families import Family, family_of
from regpath.core.problems.coding import Coding
from regpath.core.problems.columns import duplicate_notes, flat_notes
from regpath.core.problems.encoder import Encoder, encode_rows
from regpath.core.problems.exposure import check_exposure, refuse_exposure
from regpath.core.problems.frames import names_of_features, refuse_other_rows
from regpath.core.problems.inputs import (
    check_matrix,
    check_names,
    check_target,
    check_weights,
    freeze,
    rescaled,
)
from regpath.core.problems.modelled_class import sorted_labels
from regpath.core.problems.response import Response, code_response, family_choices
from regpath.errors import DataError, NothingToFindError
from regpath.io import Table
from regpath.wording import counted


@dataclass(frozen=True, eq=False)
class Problem:
    """What is to be fit.

    Attributes
    ----------
    X : ndarray or CSR array of shape (n_obs, n_features)
        Features in original units, without missing values.
    y : ndarray of shape (n_obs,)
        Response in its own units (amounts and counts), or position in `classes`.
    sample_weight : ndarray of shape (n_obs,)
        Rescaled to sum to n_obs, so that lambda keeps its meaning.
    family : {"gaussian", "binomial", "multinomial", "poisson"}
        Which loss is fit.
    classes : tuple
        Labels; binomial models the probability of the second. In sorted order where they come
        as an array; for tables see `make_problem`. () for amounts and counts.
    feature_names, groups : tuple of str
        Name and source column of each feature.
    target : str
        Name of the response.
    notes : tuple of str
        What was dropped, set aside, filled or found, one sentence each.
    encoder : Encoder or None
        How X was made from `frame`; None when it came as an array.
    frame : DataFrame or None
        The raw columns of the rows, indexed by the row numbers of a spreadsheet.
    row_groups, row_times : ndarray of shape (n_obs,) or None
        Which rows belong together (persons, places), and in which order rows came; splits and
        folds respect them.
    exposure : ndarray of shape (n_obs,) or None
        For how long or how much of each row events were counted; None if all rows are alike.
    exposure_name : str
        The column it came from; "" without one.

    Examples
    --------
    >>> import numpy as np, regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("iris"), "species")
    >>> problem.n_obs, problem.n_features, problem.classes
    (150, 4, ('setosa', 'versicolor', 'virginica'))
    >>> problem.Y.shape, problem.origin, round(float(problem.weights.sum()), 12), problem.loss.name
    ((150, 3), 0.0, 1.0, 'multinomial')
    >>> train = problem.take(np.arange(0, 150, 2))
    >>> train.n_obs, train.rows_of(problem, np.arange(1, 150, 2)).n_obs
    (75, 75)
    >>> problem.encode(problem.frame.iloc[:3]).shape
    (3, 4)
    """

    X: Any
    y: np.ndarray
    sample_weight: np.ndarray
    family: str
    classes: tuple[Any, ...]
    feature_names: tuple[str, ...]
    groups: tuple[str, ...]
    target: str = "y"
    notes: tuple[str, ...] = ()
    encoder: Encoder | None = None
    frame: pd.DataFrame | None = None
    row_groups: np.ndarray | None = None
    row_times: np.ndarray | None = None
    exposure: np.ndarray | None = None
    exposure_name: str = ""
    _chosen: tuple[str, ...] = ()  # those notes that stay true of any of the rows

    def __post_init__(self) -> None:
        freeze(self)

    @classmethod
    def from_arrays(
        cls,
        X: Any,
        y: Any,
        family: str = "auto",
        feature_names: Sequence[str] | None = None,
        sample_weight: Any = None,
        *,
        exposure: Any = None,
        copy: bool = True,
    ) -> Problem:
        """Build a problem from arrays.

        Parameters
        ----------
        X : DataFrame, array-like or sparse matrix of shape (n_obs, n_features)
            Finite numbers. Sparse X stays sparse. A frame gives its names to the features, and
            later frames are read by these names.
        y : array-like of shape (n_obs,)
            Numbers or labels.
        family : {"auto", "gaussian", "binomial", "multinomial", "poisson"}, default="auto"
            "auto" guesses from the values of y; counts ("poisson") are never guessed.
        feature_names : sequence of str, default=None
            None gives the names of a frame, else x0, x1, ...
        sample_weight : array-like of shape (n_obs,), default=None
            Non-negative; None gives every row the same weight.
        exposure : array-like of shape (n_obs,), default=None
            For counts: positive numbers that expected counts are proportional to, such as the
            time that a row was watched.
        copy : bool, default=True
            False uses an X of float64 where it lies, which may be on disk (`numpy.memmap`); then
            it must not be changed afterwards.

        Returns
        -------
        Problem
            Without an encoder: features are what they are.

        Raises
        ------
        DataError
            If shapes do not fit, values are not finite, y has nothing to predict, or y holds the
            rows of X in another order.
        ParameterError
            If `family` is unknown or has no exposures, or the names do not fit.

        Examples
        --------
        >>> Problem.from_arrays([[0.0], [1.0], [2.0]], ["no", "no", "yes"])
        Problem(binomial, target 'y', 3 rows x 1 features)
        """
        check_choice(family, "family", "Problem.from_arrays", family_choices())
        feature_names = names_of_features(X, feature_names)
        refuse_other_rows(X, y, "y")
        refuse_other_rows(X, sample_weight, "sample_weight")
        refuse_other_rows(X, exposure, "exposure")
        X = check_matrix(X, copy=copy)
        n = X.shape[0]
        response = code_response(check_target(y, n), family)
        refuse_exposure(family_of(response.family), exposure, "Problem.from_arrays")
        names = check_names(feature_names, X.shape[1])
        weights = check_weights(sample_weight, n)
        return cls(
            X=X,
            y=response.y,
            sample_weight=weights,
            family=response.family,
            classes=response.classes,
            feature_names=names,
            groups=names,
            notes=(*duplicate_notes(names, X), *flat_notes(names, X, weights)),
            exposure=None if exposure is None else check_exposure(exposure, n),
            exposure_name="" if exposure is None else "exposure",
        )._checked()

    @property
    def n_obs(self) -> int:
        """Number of rows."""
        return int(self.X.shape[0])

    @property
    def n_features(self) -> int:
        """Number of features after coding."""
        return int(self.X.shape[1])

    @property
    def weights(self) -> np.ndarray:
        """Weights that sum to one, shape (n_obs,)."""
        return self.sample_weight / self.n_obs

    @property
    def strata(self) -> np.ndarray:
        """Number of each row's class, in sorted order of the labels; zeros for amounts and counts.

        What is dealt by class goes by it, so that another order of the classes turns signs and
        nothing else.

        Examples
        --------
        >>> import regpath
        >>> rows = [[1.0], [2.0], [4.0]]
        >>> problem = regpath.Problem.from_arrays(rows, ["b", "a", "b"], family="binomial")
        >>> problem.strata.tolist()
        [1, 0, 1]
        """
        if not self.classes:
            return np.zeros(self.n_obs, dtype=np.intp)
        labels = sorted_labels(self.classes)
        place = np.array([labels.index(label) for label in self.classes], dtype=np.intp)
        return np.asarray(place[self.y])

    @property
    def loss(self) -> Family:
        """The family, which knows its mathematics."""
        return family_of(self.family)

    @property
    def Y(self) -> np.ndarray:
        """Response (n_obs, K): one-hot for multinomial, 0/1 for binomial, else `y - origin`."""
        return self.loss.coded(self.y, len(self.classes)) - self.origin

    @property
    def origin(self) -> float:
        """What `Y` is measured from: the mean of a gaussian response, else 0."""
        return self.loss.origin(self.y, self.weights)

    @property
    def offset(self) -> np.ndarray | None:
        """What is added to the linear predictor of each row: the log of its exposure.

        Examples
        --------
        >>> counts = Problem.from_arrays(
        ...     [[0.0], [1.0], [2.0]], [0, 3, 4], family="poisson", exposure=[1.0, 1.0, 2.0]
        ... )
        >>> counts.offset.round(4).tolist()
        [0.0, 0.0, 0.6931]
        """
        return None if self.exposure is None else np.log(self.exposure)

    def take(self, rows: np.ndarray, *, keep_features: bool = False) -> Problem:
        """Ask the same question of some rows; everything learned from data is learned again.

        Parameters
        ----------
        rows : ndarray of int, shape (n,), or of bool, shape (n_obs,)
            Positions of the rows, or a mask.
        keep_features : bool, default=False
            Keep levels and columns without a row among `rows` as features that are constant there,
            so that the coefficients of several such problems line up.

        Returns
        -------
        Problem
            Of these rows alone.

        Raises
        ------
        DataError
            If nothing is left to predict on these rows.
        """
        response = Response(self.y[rows], self.family, self.classes)
        weights = self.sample_weight[rows]
        if self.encoder is None or self.frame is None:
            some = replace(self, X=self.X[rows], y=response.y, sample_weight=rescaled(weights))
            return replace(some, **self._row_facts(rows))._checked()
        like = self.encoder if keep_features else None
        formula = Formula(self.target, self.encoder.kinds, self.encoder.coding, self._chosen)
        some = encoded(self.frame.iloc[rows], formula, response, weights, like)
        return replace(some, **self._row_facts(rows))

    def _row_facts(self, rows: np.ndarray) -> dict[str, Any]:
        names = ("row_groups", "row_times", "exposure")
        facts = {name: getattr(self, name) for name in names}
        known = {name: None if fact is None else fact[rows] for name, fact in facts.items()}
        return {**known, "exposure_name": self.exposure_name}

    def rows_of(self, other: Problem, rows: np.ndarray) -> Problem:
        """Code rows of `other` as this problem learned to code its own.

        Parameters
        ----------
        other : Problem
            The problem that this one was taken from.
        rows : ndarray of int, shape (n,), or of bool, shape (n_obs,)
            Positions of its rows, or a mask.

        Returns
        -------
        Problem
            With the features of this one; classes that do not occur among the rows stay classes.
        """
        X = other.X[rows]
        if self.encoder is not None and other.frame is not None:
            X = self.encoder.encode(other.frame.iloc[rows])
        return replace(
            self,
            X=X,
            y=other.y[rows],
            sample_weight=rescaled(other.sample_weight[rows]),
            frame=None if other.frame is None else other.frame.iloc[rows],
            notes=(),
            **other._row_facts(rows),
        )

    def encode(self, X: Any) -> np.ndarray:
        """Features of new rows.

        Parameters
        ----------
        X : Table, DataFrame or array-like of shape (n, n_features)
            The source columns, or features as they are. Columns of frames are found by name.

        Returns
        -------
        ndarray or CSR array of shape (n, n_features)
            Gaps are filled, and levels coded, as the rows of this problem say.

        Raises
        ------
        DataError
            If a column is missing, or the number of features is another.
        """
        frame = X.frame if isinstance(X, Table) else X
        result: np.ndarray = encode_rows(frame, self.encoder, self.feature_names)
        return result

    def _checked(self) -> Problem:
        """Return itself if there is something to predict; raise otherwise."""
        if not self.classes:
            if np.ptp(self.y[self.sample_weight > 0]) == 0.0:
                raise NothingToFindError(
                    f"Target {self.target!r} is the same in every row in use.",
                    "Use more rows or another target.",
                )
            return self
        counts = np.bincount(self.y, weights=self.sample_weight, minlength=len(self.classes))
        if not counts.all():
            raise DataError(
                f"No row in use has class {self.classes[int(np.argmin(counts))]!r} of target "
                f"{self.target!r}.",
                "Use more rows, or leave the class out.",
            )
        share = float(counts.min() / counts.sum())
        if share < np.finfo(float).eps:
            raise DataError(
                f"The rows of class {self.classes[int(np.argmin(counts))]!r} of target "
                f"{self.target!r} carry {share:.1e} of all weight: less than rounding.",
                "Leave the class out, or give weights that are nearer to each other.",
            )
        return self

    def __repr__(self) -> str:
        return (
            f"Problem({self.family}, target {self.target!r}, "
            f"{self.n_obs} rows x {self.n_features} features)"
        )


@dataclass(frozen=True)
class Formula:
    """What is asked of a table: the target, the columns that are features, and how they are coded.

    Attributes
    ----------
    target : str
    kinds : dict of str to {"numeric", "categorical"}
        Of the columns that are features.
    coding : Coding
    notes : tuple of str
        What was decided on the way here.
    """

    target: str
    kinds: dict[str, str]
    coding: Coding
    notes: tuple[str, ...]


def encoded(
    frame: pd.DataFrame,
    formula: Formula,
    response: Response,
    weights: np.ndarray,
    like: Encoder | None = None,
) -> Problem:
    """Learn filling and coding from the rows of `frame`, and code them."""
    encoder = Encoder.learn(frame, formula.kinds, formula.coding, like=like)
    if not encoder.feature_names:
        raise DataError(
            "On the rows to learn from, no feature has any value.",
            "Use features with fewer missing values, another seed, or no test rows.",
        )
    X = encoder.encode(frame)
    n, p = X.shape
    wide = [f"More features ({p}) than rows ({n}): many models fit these rows perfectly."]
    twins = duplicate_notes(encoder.feature_names, X)
    flat = flat_notes(encoder.feature_names, X, weights)
    return Problem(
        X=X,
        y=response.y,
        sample_weight=rescaled(weights),
        family=response.family,
        classes=response.classes,
        feature_names=encoder.feature_names,
        groups=encoder.groups,
        target=formula.target,
        notes=(*formula.notes, *_learned_notes(encoder), *(wide if p > n else ()), *twins, *flat),
        encoder=encoder,
        frame=frame[list(encoder.kinds)],
        _chosen=formula.notes,
    )._checked()


def _learned_notes(encoder: Encoder) -> list[str]:
    """What was learned from the rows of a fit, one sentence each."""
    filled = [
        f"Missing values of {column!r} are filled with {value!r}."
        for column, value in encoder.filled.items()
    ]
    pooled = [
        f"In {column!r}, {counted(len(rare), 'level')} of fewer than "
        f"{encoder.coding.min_level_count} rows counted together as 'other'."
        for column, rare in encoder.pooled.items()
    ]
    return filled + pooled
