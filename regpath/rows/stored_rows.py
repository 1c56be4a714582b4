"""StoredRows: what is known of rows that are read where they lie; frozen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from regpath.core.design import coordinates
from regpath.core.elsewhere import HalvesChoice, HalvesFound, ValidationChoice
from regpath.core.families import Family, family_of
from regpath.core.in_memory import ArrayRows
from regpath.core.problems.encoder import Encoder
from regpath.core.problems.inputs import freeze
from regpath.core.validation.cv_result import CVResult
from regpath.engines.naming import engine_of
from regpath.rows.checkpoint import Checkpoint
from regpath.rows.decoding import RowCoding
from regpath.rows.folds import Dealing
from regpath.rows.passes import RowPasses
from regpath.rows.pilot import Pilot
from regpath.rows.row_data import ResponseSums, ScannedRows
from regpath.rows.subsets import RowSubset


@dataclass(frozen=True, eq=False)
class StoredRows:
    """Rows that are read where they lie, block by block: `read_rows` makes it.

    Attributes
    ----------
    name : str
        The file or directory.
    n_obs, n_features : int
        Rows in use, and features after coding.
    family : str
        Which loss is fit.
    classes : tuple
        As `Problem.classes`.
    feature_names, groups : tuple of str
        Name and source column of each feature.
    target : str
        The column that is predicted.
    encoder : Encoder
        How columns become features.
    exposure_name : str
        The column of exposures; "" without one.
    notes : tuple of str
        What was dropped, set aside, filled or found.
    digest : str
        Of all cells that were read.
    passes : int
        Passes over the rows that it took to learn this.
    x_mean, x_scale : ndarray of shape (n_features,)
        Mean and 1/n standard deviation of each feature.

    Examples
    --------
    >>> import regpath, tempfile, pathlib
    >>> folder = tempfile.TemporaryDirectory()
    >>> file = pathlib.Path(folder.name) / "diabetes.parquet"
    >>> regpath.datasets.load("diabetes").frame.to_parquet(file)
    >>> rows = regpath.read_rows(file, target="progression")
    >>> rows
    StoredRows(gaussian, target 'progression', 442 rows x 10 features in 1 block)
    >>> path = regpath.fit_path(rows)
    >>> path.passes, rows.loss.name, rows.n_features, len(rows.sample), rows.coding.classes
    (1, 'gaussian', 10, 442, ())
    >>> rows.checkpoint is None
    True
    >>> cv = regpath.cross_validate(rows, path, n_folds=5)  # it asks rows.cross_validated
    >>> cv.passes, rows.fold_labels(5).shape, rows.whole(standardize=True).mass
    (2, (442,), 442.0)
    >>> halves = regpath.assess_stability(rows, path, n_pairs=5)  # it asks rows.selected_by_halves
    >>> halves.selected.shape, halves.passes
    ((10, 10, 100), 1)
    >>> with rows.opened(standardize=True, engine=None) as data:
    ...     data.n, data.n_passes
    (442, 0)
    >>> folder.cleanup()
    """

    name: str
    n_obs: int
    family: str
    classes: tuple[Any, ...]
    feature_names: tuple[str, ...]
    groups: tuple[str, ...]
    target: str
    encoder: Encoder
    exposure_name: str
    notes: tuple[str, ...]
    digest: str
    passes: int
    x_mean: np.ndarray
    x_scale: np.ndarray
    _coding: RowCoding = field(repr=False)
    _response: ResponseSums = field(repr=False)
    _mass: float = field(repr=False)
    _origin: float = field(repr=False)
    _sample: pd.DataFrame = field(repr=False)
    _checkpoint: Checkpoint | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        freeze(self)

    @property
    def n_features(self) -> int:
        """Number of features after coding."""
        return len(self.feature_names)

    @property
    def loss(self) -> Family:
        """The family, which knows its mathematics."""
        return family_of(self.family)

    @property
    def coding(self) -> RowCoding:
        """How workers read the rows."""
        return self._coding

    @property
    def checkpoint(self) -> Checkpoint | None:
        """What keeps the answers of passes in a file."""
        return self._checkpoint

    def whole(self, standardize: bool) -> RowSubset:
        """All rows, as a penalty sees them.

        Parameters
        ----------
        standardize : bool
            Whether the penalty acts on coefficients per standard deviation.

        Returns
        -------
        RowSubset
            Their coordinates.
        """
        return RowSubset(
            self.x_mean, self.x_scale, standardize, self.encoder.fills, self._origin, self._mass
        )

    @contextmanager
    def opened(self, standardize: bool, engine: Any) -> Iterator[ScannedRows]:
        """The rows, as a fit asks them, by an engine.

        Parameters
        ----------
        standardize : bool
            Whether the penalty acts on coefficients per standard deviation.
        engine : object
            See `fit_path`.

        Yields
        ------
        ScannedRows
            What answers as `RowData` does, and counts its passes.
        """
        subset = self.whole(standardize)
        with engine_of(engine) as opened:
            passes = RowPasses(opened, self._coding, self._checkpoint)
            near = Pilot(passes, subset, self._sampled(subset), len(self._sample) == self.n_obs)
            yield ScannedRows(passes, subset, self._response, near)

    def _sampled(self, subset: RowSubset) -> ArrayRows:
        """The rows of the sample."""
        roles, family = self._coding.roles, self.loss
        weights = np.ones(len(self._sample))
        if roles.weights:
            weights = self._sample[roles.weights].to_numpy(float)
        X = self.encoder.encode(self._sample)
        target = self._sample[roles.target]
        y = target.to_numpy(float) if not self.classes else None
        if y is None:
            y = pd.Index(self._coding.values).get_indexer(pd.Index(target))
        offset = np.log(self._sample[roles.exposure].to_numpy(float)) if roles.exposure else None
        return ArrayRows(
            coordinates(X, self.x_mean, self.x_scale, subset.standardize),
            family.coded(y, len(self.classes)) - self._origin,
            weights / weights.sum(),
            family,
            offset,
            self._origin,
        )

    def fold_labels(self, n_folds: int = 10, seed: int = 0) -> np.ndarray:
        """Fold of each row in use, as `cross_validate` deals them; all rows are read for it.

        Parameters
        ----------
        n_folds : int, default=10
            Number of folds.
        seed : int, default=0
            Decides how the rows are dealt.

        Returns
        -------
        ndarray of int, shape (n_obs,)
            From 0, in the order of the rows.
        """
        dealing = Dealing(n_folds, seed)
        return np.concatenate(
            [
                dealing.labels(piece, self._coding)
                for block in self._coding.source.blocks
                for piece in self._coding.pieces(block)
            ]
        )

    def cross_validated(self, path: Any, how: ValidationChoice, engine: Any) -> CVResult:
        """Scores of a path of these rows on rows that its fit has not seen.

        Parameters
        ----------
        path : RegPath
            Of these rows.
        how : ValidationChoice
            Folds, measure, progress.
        engine : object
            See `fit_path`.

        Returns
        -------
        CVResult
            See `cross_validate`.
        """
        from regpath.rows.validating import validate_stored_rows

        with engine_of(engine) as opened:
            return validate_stored_rows(self, path, how, opened)

    def selected_by_halves(self, path: Any, how: HalvesChoice, engine: Any) -> HalvesFound:
        """What complementary halves of these rows select along a path of them.

        Parameters
        ----------
        path : RegPath
            Of these rows.
        how : HalvesChoice
            Pairs, seed, progress.
        engine : object
            See `fit_path`.

        Returns
        -------
        HalvesFound
            See `assess_stability`.
        """
        from regpath.rows.halves import select_by_halves

        with engine_of(engine) as opened:
            return select_by_halves(self, path, how, opened)

    @property
    def sample(self) -> pd.DataFrame:
        """Some of the rows, drawn at random, or all of them if they are few: columns as read."""
        return self._sample.copy()

    def __repr__(self) -> str:
        n_blocks = len(self._coding.source.blocks)
        return (
            f"StoredRows({self.family}, target {self.target!r}, {self.n_obs} rows x "
            f"{self.n_features} features in {n_blocks} block{'s' * (n_blocks != 1)})"
        )
