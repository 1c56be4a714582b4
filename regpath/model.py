"""Model: one point of a path, with all that it takes to predict rows of another file; frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from regpath.core.metrics.class_weights import shifts_probabilities
from regpath.core.regpath import RegPath
from regpath.errors import DataError, ParameterError
from regpath.io import ColumnOptions, ReadOptions, Table, read_table
from regpath.io.columns.missing import MISSING
from regpath.io.file_formats import read_grid
from regpath.io.findings import Findings
from regpath.io.limits import Limits
from regpath.io.options import KINDS, KnownColumn
from regpath.io.source import Readable, bytes_and_name
from regpath.io.table import ColumnReading, named_by_text
from regpath.shown import Shown
from regpath.study import Study
from regpath.training_column import TrainingColumn
from regpath.wording import counted

_LIMITS = Limits()
WEIGHED = (
    "Classes were weighed to count alike in the fit, so probabilities are shifted towards the "
    "rarer ones: they put rows in order, and say not how many are of a class."
)


@dataclass(frozen=True, eq=False)
class Model(Shown):
    """One certified point of a path, ready for new rows.

    Parameters
    ----------
    path : RegPath
        Of one lambda.
    threshold : float or None, default=None
        Of two classes: from which probability on the second is predicted; None means the more
        probable class.
    reading : mapping of str to ColumnOptions
        How the columns of a new file are to be read, so that they mean what they meant.
    columns : mapping of str to TrainingColumn
        What the columns held on the rows of the fit; empty for paths of arrays.
    drops_gaps : bool, default=False
        Whether rows with a gap were left out of the fit, so that none can be scored.
    facts : mapping of str to str
        Where the model comes from, for a reader: data, digest, rows, scores, versions.

    Examples
    --------
    >>> import regpath
    >>> table = regpath.datasets.load("iris")
    >>> study = regpath.run_study(table, regpath.Recipe("species", n_lambdas=20))
    >>> model = regpath.Model.from_study(study, study.path.lambdas[10])
    >>> bool(model.lam == study.path.lambdas[10]), model.needs == tuple(table.frame.columns[:4])
    (True, True)
    >>> rows = model.read(regpath.datasets.read_bytes("iris"))
    >>> model.predict(rows)[:2].tolist(), model.predict_proba(rows).shape
    (['setosa', 'setosa'], (150, 3))
    >>> regpath.Model.from_path(study.path, study.path.lambdas[10]).columns
    {}
    """

    path: RegPath
    threshold: float | None = None
    reading: Mapping[str, ColumnOptions] = field(default_factory=dict)
    columns: Mapping[str, TrainingColumn] = field(default_factory=dict)
    drops_gaps: bool = False
    facts: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if len(self.path.lambdas) != 1:
            raise ParameterError("A Model is one point of a path.", "Use Model.from_path.")
        check_class_threshold(self.threshold, self.path)

    @classmethod
    def from_path(cls, path: RegPath, lam: float, *, threshold: float | None = None) -> Model:
        """Take one point of a path; it knows nothing of the file.

        Parameters
        ----------
        path : RegPath
            What `fit_path` gave.
        lam : float
            A point of the grid.
        threshold : float, default=None
            Of two classes: from which probability on the second is predicted.

        Returns
        -------
        Model
            Of that point.

        Raises
        ------
        ParameterError
            If `lam` is not on the grid, or the threshold is none.
        """
        return cls(point_of(path, lam), threshold)

    @classmethod
    def from_study(cls, study: Study, lam: float, *, threshold: float | None = None) -> Model:
        """Take one point of a study, with how its file was read and what its rows held.

        Parameters
        ----------
        study : Study
            What `run_study` gave.
        lam : float
            A point of the grid.
        threshold : float, default=None
            Of two classes: from which probability on the second is predicted.

        Returns
        -------
        Model
            Of that point.

        Raises
        ------
        ParameterError
            If `lam` is not on the grid, or the threshold is none.
        """
        frame, encoder = study.train.frame, study.path.encoder
        columns = {}
        if frame is not None and encoder is not None:
            columns = {
                name: TrainingColumn.of_numbers(frame[name])
                if kind == "numeric"
                else TrainingColumn.of_words(encoder.coding.merged(frame[name]))
                for name, kind in encoder.kinds.items()
            }
        words: dict[str, Any] = {study.path.target: study.path.classes}
        if encoder is not None:
            words |= encoder.levels
        used = [*columns, study.path.target, study.path.exposure_name]
        return cls(
            point_of(study.path, lam),
            threshold,
            _truths(frame, columns) | _reading(used, study.table.reading.columns, words),
            columns,
            study.recipe.missing == "drop",
            facts_of(study, lam),
        )

    @property
    def lam(self) -> float:
        """The strength."""
        return float(self.path.lambdas[0])

    @property
    def needs(self) -> tuple[str, ...]:
        """The columns without which nothing can be predicted."""
        encoder, exposure = self.path.encoder, self.path.exposure_name
        columns = tuple(encoder.kinds) if encoder is not None else self.path.feature_names
        return columns if exposure in (*columns, "") else (*columns, exposure)

    def read(
        self,
        source: Readable,
        *,
        name: str | None = None,
        limits: Limits = _LIMITS,
        options: ReadOptions | None = None,
    ) -> Table:
        """Read another file as the file of the fit was read: the same kinds, gaps and dates.

        Parameters
        ----------
        source : bytes, path or binary file
            See `read_table`.
        name : str, default=None
            What the data are called.
        limits : Limits, optional
            The most to take on; by default, whatever the memory holds.
        options : ReadOptions, default=None
            What is known of this file; of a column, it counts before what the fit knew.

        Returns
        -------
        Table
            See `read_table`.

        Raises
        ------
        DataError
            If it cannot be read.
        """
        said = options or ReadOptions()
        data, name = bytes_and_name(source, name, limits)
        of_file = replace(said, columns={})
        there = read_grid(data, name, Findings(of_file), limits).grid.names
        known: dict[str, ColumnOptions] = {
            column: self._known(column) for column in self.reading if column in there
        }
        reading = replace(said, columns=known)
        for column, each in said.columns.items():
            usual = vars(ColumnOptions())
            new = {
                field: getattr(each, field)
                for field in usual
                if getattr(each, field) != usual[field]
            }
            reading = reading.saying(column, **new)
        return read_table(data, name=name, options=reading, limits=limits)

    def _known(self, column: str) -> KnownColumn:
        how, seen = self.reading[column], self.columns.get(column, TrainingColumn(0)).edges
        if how.kind == "ordinal" and not how.levels:
            how = replace(how, kind="number")  # a scale of numbers: a word among them is missing
        return KnownColumn(**vars(how), seen=(seen[0], seen[-1]) if seen else ())

    def predict_proba(self, X: Any) -> np.ndarray:
        """Probability of each class; see `RegPath.predict_proba`.

        Parameters
        ----------
        X : Table, DataFrame or array-like of shape (n, n_features)
            Raw columns as in the data of the fit, or an array of features.

        Returns
        -------
        ndarray of shape (n, n_classes)
            In the order of `path.classes`.
        """
        return self.path.predict_proba(X, self.lam)

    def predict(self, X: Any, exposure: Any = None) -> np.ndarray:
        """Predicted response, shape (n,): a number, or the label at the model's threshold.

        Parameters
        ----------
        X : Table, DataFrame or array-like of shape (n, n_features)
            Raw columns as in the data of the fit, or an array of features.
        exposure : float or array-like of shape (n,), default=None
            Of counts with exposures; see `RegPath.decision_path`.

        Returns
        -------
        ndarray of shape (n,)
            In units of the target, or labels.

        Raises
        ------
        DataError
            If a column is missing, or the number of features is another.
        """
        if self.threshold is None:
            return self.path.predict(X, self.lam, exposure)
        second = self.predict_proba(X)[:, 1] >= self.threshold
        return np.array(self.path.classes)[second.astype(int)]

    def __repr__(self) -> str:
        kept = int(self.path.n_nonzero[0])
        return (
            f"Model({self.path.family}, target {self.path.target!r}, lambda = {self.lam:.6g}, "
            f"{kept} of {len(self.path.feature_names)} features)"
        )


def frame_for(model: Model, table: Table | pd.DataFrame) -> pd.DataFrame:
    """The rows of a table, its columns named by text, with every column of the fit once."""
    frame = named_by_text(table.frame if isinstance(table, Table) else table)
    absent = [name for name in model.needs if name not in frame.columns]
    if absent:
        there = f" The file has {', '.join(map(repr, frame.columns[:8]))}"
        more = " ..." if len(frame.columns) > 8 else "."
        raise DataError(
            f"{counted(len(absent), 'column')} of the fit missing: "
            f"{', '.join(map(repr, absent[:8]))}{' ...' if len(absent) > 8 else ''}.{there}{more}",
            "Bring a file with all the columns that the model was fit on, under the same names.",
        )
    repeated = set(frame.columns[frame.columns.duplicated()])
    twice = [name for name in (*model.needs, model.path.target) if name in repeated]
    if twice:
        raise DataError(f"Two columns are called {twice[0]!r}.", "Rename one of them.")
    return frame


def point_of(path: RegPath, lam: float) -> RegPath:
    """The same path at one of its lambdas."""
    at = slice(index := path.index_of(lam), index + 1)
    names = ("lambdas", "dev_ratio", "dual_gap", "kkt_violation", "converged")
    along = {name: getattr(path, name)[at] for name in names}
    ends = {name: getattr(path, name)[..., at] for name in ("coef_path", "intercept_path")}
    return replace(path, **along, **ends)


def check_class_threshold(threshold: float | None, path: RegPath) -> None:
    """Refuse what is no threshold for these classes."""
    if threshold is None:
        return
    if len(path.classes) != 2:
        raise ParameterError("A threshold is for two classes.", "Leave it out.")
    if isinstance(threshold, bool) or not 0.0 < threshold < 1.0:
        raise ParameterError(f"A threshold lies between 0 and 1. Got {threshold!r} instead.")


def facts_of(study: Study, lam: float) -> dict[str, str]:
    """Where a model of a study comes from, in a reader's words."""
    import regpath

    index = study.path.index_of(lam)
    facts = {
        "data": study.table.name,
        "data digest": study.table.digest,
        "recipe": study.recipe.to_query(),
        "rows of the fit": str(study.train.n_obs),
        "regpath": regpath.__version__,
        "KKT violation": f"{study.path.kkt_violation[index]:.1e}",
        "relative duality gap": f"{study.path.dual_gap[index]:.1e}",
        "certified": "yes" if study.path.converged[index] else "no",
    }
    for part in study.parts:
        measure = study.path.loss.measure
        facts[f"{part} {measure}"] = f"{study.scores_of(part)[measure].iloc[index]:.6g}"
    if has_shifted_probabilities(study):
        facts["probabilities"] = WEIGHED
    if study.seal.on:
        facts["test set"] = study.seal.sentence
    return facts


def has_shifted_probabilities(study: Study) -> bool:
    """Tell whether the fit weighed classes that are not equally frequent."""
    return shifts_probabilities(study.train, study.recipe.class_weight)


def _reading(
    used: list[str], readings: Mapping[str, ColumnReading], words: Mapping[str, Any]
) -> dict[str, ColumnOptions]:
    """Options that read another file's columns as these were read.

    Decimal marks and orders of dates belong to a file, not to what a column means, so they are
    guessed anew. What was a level is no gap, and what was a gap is no level.
    """
    options = {}
    for name, how in readings.items():
        made = tuple(part for made, part in how.parts if made in used)
        if name not in used and not made:
            continue
        levels = {*how.levels, *(how.words or ()), *map(str, words.get(name, ()))}
        options[name] = ColumnOptions(
            kind=how.kind if how.kind in KINDS else None,
            missing=tuple(sorted((MISSING | set(how.missing)) - levels - set(how.zero))),
            parts=made,
            levels=how.words or how.levels,
            zero=how.zero,
        )
    return options


def _truths(frame: pd.DataFrame | None, columns: Mapping[str, Any]) -> dict[str, ColumnOptions]:
    """Options of the columns that hold truth, which a frame says and no reading."""
    if frame is None:
        return {}
    return {
        name: ColumnOptions(kind="boolean")
        for name in columns
        if pd.api.types.is_bool_dtype(frame[name])
    }
