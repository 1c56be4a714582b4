"""A model as a file that holds numbers and words alone, so that opening one can run nothing."""

from __future__ import annotations

import math
from dataclasses import asdict, fields
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from regpath.core.problems.encoder import Encoder
from regpath.core.regpath import RegPath
from regpath.errors import ParameterError
from regpath.export import digested_file
from regpath.export.digested_file import Kind, body_of, opened
from regpath.export.model_checks import check_shapes, check_values
from regpath.io import ColumnOptions
from regpath.io.options import COLUMN_FIELDS
from regpath.model import Model
from regpath.study import Study
from regpath.training_column import TrainingColumn

MAX_BYTES = 200_000_000  # 10^7 coefficients; what is larger was not written here
KIND = Kind("regpath model", "model", 1, MAX_BYTES, "regpath.export.model, or the app, has")
ARRAYS = tuple(f.name for f in fields(RegPath) if f.type in ("np.ndarray", np.ndarray))
SCALARS: dict[str, type | tuple[type, ...]] = {
    **{"family": str, "target": str, "exposure_name": str, "standardize": bool},
    **{"l1_ratio": (int, float), "n_obs": int},
}
LARGEST = 2**53  # of whole numbers: beyond, floats skip some, and nothing counts as far
_LEFT_OUT = ("encoder", "learned_factors")


def model(
    of: Study | RegPath | Model,
    lam: float | None = None,
    file: str | Path | None = None,
    *,
    threshold: float | None = None,
) -> Model:
    """Save the model at one point of the grid.

    Parameters
    ----------
    of : Study, RegPath or Model
        A study also keeps how its file was read and what its columns held, which scoring new
        files takes.
    lam : float, default=None
        A point of the grid; a Model has but one.
    file : str or Path, default=None
        Where to write it, such as ``"tumours.regpath.json"``. None writes nothing.
    threshold : float, default=None
        Of two classes: from which probability on the second is predicted.

    Returns
    -------
    Model
        What `load_model` will give.

    Raises
    ------
    ParameterError
        If `lam` is not on the grid, or the threshold is none.

    Notes
    -----
    The file is JSON: coefficients with all their digits, medians, levels, decile edges and counts
    of the columns, no row of the data. It carries a digest of its content, so that a file that
    was changed by hand or on the way is refused.

    Examples
    --------
    >>> import regpath, tempfile
    >>> study = regpath.run_study(
    ...     regpath.datasets.load("iris"), regpath.Recipe("species", n_lambdas=20)
    ... )
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     saved = regpath.export.model(study, study.path.lambdas[9], f"{folder}/iris.json")
    ...     again = regpath.load_model(f"{folder}/iris.json")
    >>> bool((again.path.coef_path == saved.path.coef_path).all())
    True
    """
    made = _model(of, lam, threshold)
    if file is not None:
        Path(file).write_text(to_text(made), encoding="utf-8", newline="\n")
    return made


def load_model(file: str | Path | bytes) -> Model:
    """Open the file of a model.

    Parameters
    ----------
    file : str, Path or bytes
        What `regpath.export.model` wrote: where it is, or its bytes.

    Returns
    -------
    Model
        As it was saved.

    Raises
    ------
    DataError
        If it is no such file, was changed, or is from a newer version.

    Examples
    --------
    >>> import regpath
    >>> regpath.load_model(b"{}")
    Traceback (most recent call last):
    ...
    regpath.errors.DataError: This is not the file of a regpath model. Bring one that ...
    """
    made: Model = opened(KIND, _opened, body_of(KIND, file))
    return made


def to_text(model: Model) -> str:
    """The text of a model's file, the same for the same model."""
    path = {f.name: getattr(model.path, f.name) for f in fields(RegPath)}
    encoder = path["encoder"]
    learned = path["learned_factors"]
    facts = dict(model.facts) | ({} if learned is None else {"penalty factors": learned.name})
    body = {
        "path": {name: _plain(value) for name, value in path.items() if name not in _LEFT_OUT},
        "encoder": None if encoder is None else encoder.to_dict(),
        "threshold": model.threshold,
        "reading": {name: asdict(options) for name, options in model.reading.items()},
        "columns": {name: asdict(column) for name, column in model.columns.items()},
        "drops_gaps": model.drops_gaps,
        "facts": facts,
    }
    return digested_file.file_text(KIND, body)


def _model(of: Study | RegPath | Model, lam: float | None, threshold: float | None) -> Model:
    if isinstance(of, Model):
        if lam is not None:
            of.path.index_of(lam)
        return of
    if lam is None:
        raise ParameterError("A model is one point of the path: say its 'lam'.")
    if isinstance(of, Study):
        return Model.from_study(of, lam, threshold=threshold)
    if isinstance(of, RegPath):
        return Model.from_path(of, lam, threshold=threshold)
    raise ParameterError(f"A model is made of a Study or a RegPath. Got {type(of).__name__}.")


def _plain(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, tuple):
        return [item.item() if isinstance(item, np.generic) else item for item in value]
    return value


def _opened(body: dict[str, Any]) -> Model:
    values = dict(body["path"])
    for name, kind in SCALARS.items():
        if name in values:
            values[name] = _checked(values[name], kind)
    for name in ARRAYS:
        values[name] = _array(values[name], bool if name == "converged" else float)
    for name in ("feature_names", "groups"):
        values[name] = _words(values[name])
    values["classes"] = tuple(_checked(c, (str, int, float, bool)) for c in values["classes"])
    encoder = None if body["encoder"] is None else _encoder(body["encoder"])
    path = RegPath(**values, encoder=encoder)
    check_shapes(path)
    check_values(path)
    model = Model(
        path,
        body["threshold"] and float(_checked(body["threshold"], float)),
        {_checked(name, str): _options(how) for name, how in body["reading"].items()},
        {_checked(name, str): _column(facts) for name, facts in body["columns"].items()},
        _checked(body["drops_gaps"], bool),
        {_checked(name, str): _checked(fact, str) for name, fact in body["facts"].items()},
    )
    if not set(model.columns) <= set(model.needs):
        raise ValueError("facts of columns that are not there")
    return model


def _encoder(body: dict[str, Any]) -> Encoder:
    kinds = {_checked(column, str): kind for column, kind in body["kinds"]}
    words = [c for c, kind in kinds.items() if kind == "categorical"]
    if set(kinds.values()) - {"numeric", "categorical"} or set(body["levels"]) != set(words):
        raise ValueError("kinds and levels do not fit")
    for levels in (*body["levels"].values(), *body["pooled"].values(), body["gaps"]):
        _words(levels)
    for column, kind in kinds.items():
        fill = body["fills"][column]
        if kind == "numeric" or fill is not None:
            _checked(fill, (int, float) if kind == "numeric" else str)
    if not set(body["pooled"]) <= set(words) or not set(body["gaps"]) <= set(kinds):
        raise ValueError("no such columns")
    of_words = {column: (*body["levels"][column], None) for column in words}
    if any(body["fills"][column] not in of_words[column] for column in words):
        raise ValueError("gaps are filled with what is no level")
    if any(body["fills"][column] != value for column, value in body["filled"].items()):
        raise ValueError("gaps are filled in two ways")
    for column, new, levels in body["coding"]["level_groups"]:
        _words([column, new, *_words(levels)])
    return Encoder.from_dict(body)


def _array(values: Any, kind: type) -> np.ndarray:
    array = np.array(values)
    if array.dtype.kind not in ("b" if kind is bool else "iuf"):
        raise ValueError("not numbers")
    array = array.astype(kind)
    if not np.isfinite(array).all():
        raise ValueError("not finite")
    return array


def _options(how: dict[str, Any]) -> ColumnOptions:
    lists = {name: how[name] for name in ("missing", "parts", "levels", "zero") if name in how}
    worded: dict[str, Any] = {
        name: None if value is None else _words(value) for name, value in lists.items()
    }
    made = ColumnOptions(**{**how, **worded})
    for name, known in COLUMN_FIELDS.items():
        known.check(getattr(made, name), "ColumnOptions")
    return made


def _column(facts: dict[str, Any]) -> TrainingColumn:
    edges = tuple(float(_checked(edge, (int, float))) for edge in facts["edges"])
    counts = tuple(_checked(count, int) for count in facts["counts"])
    column = TrainingColumn(
        _checked(facts["n_missing"], int), edges, _words(facts["levels"]), counts
    )
    expected = len(column.levels) or max(len(edges) - 1, 1 if edges else 0)
    rising = all(a < b for a, b in pairwise(edges))
    if not rising or len(counts) != expected or min((*counts, column.n_missing)) < 0:
        raise ValueError("bins do not fit")
    return column


def _words(values: Any) -> tuple[str, ...]:
    return tuple(_checked(value, str) for value in values)


def _checked(value: Any, kind: type | tuple[type, ...]) -> Any:
    kinds = kind if isinstance(kind, tuple) else (kind,)
    truth = isinstance(value, bool) and bool not in kinds  # which Python takes for a number
    if (
        truth
        or not isinstance(value, kinds)
        or (isinstance(value, float) and not math.isfinite(value))
        or (isinstance(value, int) and abs(value) > LARGEST)
    ):
        raise TypeError(f"unexpected {value!r}")
    return value
