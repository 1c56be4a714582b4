"""read_rows: from files to what is known of their rows, in one pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from os import PathLike
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import numpy as np

from regpath.core.checks import check_choice, check_count
from regpath.core.families import family_of
from regpath.core.problems.coding import Coding
from regpath.core.problems.encoder import Encoder
from regpath.core.problems.exposure import refuse_exposure
from regpath.core.problems.modelled_class import sorted_labels
from regpath.core.problems.response import Response, family_choices
from regpath.core.threads import team
from regpath.engines.engine import Engine
from regpath.engines.naming import engine_of
from regpath.errors import DataError, ParameterError
from regpath.rows.blocks import BlockSource
from regpath.rows.checkpoint import Checkpoint
from regpath.rows.choosing import choose_response, choose_row_columns
from regpath.rows.columnar_files import ENDINGS, ColumnarFiles
from regpath.rows.coordinates import learned_moments
from regpath.rows.decoding import RowCoding
from regpath.rows.gap_fills import fills_of_folds, with_fills
from regpath.rows.learning import RowRoles, RowSummary, before_blocks, learn
from regpath.rows.mapped_arrays import MappedArrays, mapped
from regpath.rows.row_data import ResponseSums
from regpath.rows.stored_rows import StoredRows
from regpath.rows.summaries import NumberSummary
from regpath.rows.taking_up import taken_up
from regpath.wording import counted

FILLINGS = ("impute", "mean", "indicator")
LEAST_ROWS = 3  # of a path: two points fit every straight line
KEPT = 256  # megabytes of coded rows that a worker keeps
NO_ARRAY = "read_rows takes the path of a file or directory, or a memory map (numpy.memmap)."


@team()
def read_rows(
    source: Any,
    target: Any,
    *,
    features: Sequence[str] | None = None,
    family: str = "auto",
    missing: str = "impute",
    classes: Sequence[Any] | None = None,
    weights: str | None = None,
    exposure: str | None = None,
    engine: Any = None,
    keep_megabytes: int = KEPT,
    checkpoint: str | PathLike[str] | None = None,
) -> StoredRows:
    """Learn what a fit has to know of rows that are read where they lie; nothing is loaded whole.

    `fit_path` and `cross_validate` take the result in place of a `Problem`, and pass over the rows
    block by block. Columns, classes, missing values and levels are treated as `make_problem` treats
    a frame, but for what docs/beyond_memory.md names.

    Parameters
    ----------
    source : path or numpy.memmap
        A Parquet or Arrow file, a directory of such files, an .npy file of an array of rows, or a
        mapped array. The columns of an array are called x0, x1, ...
    target : str, or path or numpy.memmap beside an array
        The column to predict.
    features : sequence of str, default=None
        Columns to use; None means every column that can serve.
    family : {"auto", "gaussian", "binomial", "multinomial", "poisson"}, default="auto"
        "auto" guesses from the target's values, as `make_problem` does.
    missing : {"impute", "mean", "indicator"}, default="impute"
        What stands for missing numbers: the median, the mean, or the median with a feature that
        tells where they were missing; for words the most frequent level. Medians are exact, and
        take a second pass where there are gaps.
    classes : sequence, default=None
        All classes in the order to use; see `make_problem`.
    weights, exposure : str, default=None
        Columns of the rows' weights, and of the exposures of counts.
    engine : object, default=None
        Who reads: see `fit_path`.
    keep_megabytes : int, default=256
        Coded rows that each worker keeps between passes; what is beyond is read again.
    checkpoint : path, default=None
        A file that keeps what each finished pass of a fit, a validation or halves has found, so
        that the same calls go on from there if they are stopped. One of other rows is refused.

    Returns
    -------
    StoredRows
        What `fit_path` and `cross_validate` take; its `notes` say what was found.

    Raises
    ------
    DataError
        If a file cannot be read, has other columns than the first, or a column cannot be what it
        is to be; the message names column, file and block. If the checkpoint is damaged, or of
        other rows.
    ParameterError
        If an argument is outside its range.

    Examples
    --------
    >>> import numpy as np, regpath, tempfile, pathlib
    >>> folder = tempfile.TemporaryDirectory()
    >>> X, y = pathlib.Path(folder.name, "X.npy"), pathlib.Path(folder.name, "y.npy")
    >>> np.save(X, np.arange(12.0).reshape(6, 2) ** 2)
    >>> np.save(y, np.arange(6.0))
    >>> regpath.read_rows(X, y, features=["x1"]).feature_names
    ('x1',)
    >>> folder.cleanup()
    """
    check_choice(family, "family", "read_rows", family_choices())
    check_choice(missing, "missing", "read_rows", FILLINGS)
    check_count(keep_megabytes, "keep_megabytes", "read_rows", least=0)
    kept = None if checkpoint is None else Checkpoint(Path(checkpoint))
    blocks, name = _source_of(source, target)
    asked = _asked(blocks, name, features, (weights, exposure))
    serve = [column for column in asked if blocks.kinds[column] in ("numbers", "words", "nothing")]
    helpers = [column for column in (weights, exposure) if column is not None]
    columns = tuple(dict.fromkeys([*serve, name, *helpers]))
    roles = RowRoles(columns, name, weights or "", exposure or "")
    with engine_of(engine) as opened:
        learned = learn(blocks, roles, opened)
        response, values = _response_of(learned, name, family, classes)
        refuse_exposure(family_of(response.family), exposure, "read_rows")
        kinds, notes = choose_row_columns(
            learned, blocks.kinds, asked, by_name=features is not None
        )
        rows = _assembled(blocks, roles, learned, _Asked(kinds, missing, response, values, notes))
        rows = replace(rows, _coding=replace(rows.coding, keep=keep_megabytes << 20))
        rows = _filled(rows, learned, opened)
    return rows if kept is None else taken_up(rows, kept)


class _Asked(NamedTuple):
    """What was decided on the way to the rows."""

    kinds: dict[str, str]
    missing: str
    response: Response
    values: tuple[Any, ...]
    notes: tuple[str, ...]


def _source_of(source: Any, target: Any) -> tuple[BlockSource, str]:
    """The blocks of what a caller brought, and the name of its target."""
    if isinstance(source, np.memmap):
        return _of_array(source, target)
    if not isinstance(source, str | PathLike):
        raise ParameterError(f"{NO_ARRAY} Got {type(source).__name__} instead.", "Save it first.")
    if "://" in str(source):
        raise ParameterError(
            f"read_rows reads files of this machine. Got {str(source)!r} instead.",
            "Mount the storage, or copy the files.",
        )
    path = Path(source)
    if not path.exists():
        raise DataError(f"There is no file or directory {str(source)!r}.", "Check its name.")
    if path.suffix == ".npy":
        return _of_array(mapped(path), target)
    if path.is_file() and path.suffix.lower() not in ENDINGS:
        raise DataError(
            f"{path.name!r} is no Parquet, Arrow or .npy file, as far as its name says.",
            "read_table reads other files; its frame's to_parquet writes one.",
        )
    return ColumnarFiles.at(path), str(target)


def _of_array(X: np.memmap[Any, Any], target: Any) -> tuple[BlockSource, str]:
    if isinstance(target, np.memmap):
        return MappedArrays.of(X, target), "y"
    if str(target).endswith(".npy"):
        return MappedArrays.of(X, mapped(Path(target))), "y"
    return MappedArrays.of(X), str(target)


def _asked(
    source: BlockSource,
    target: str,
    features: Sequence[str] | None,
    helpers: tuple[str | None, ...],
) -> list[str]:
    """Columns that may be features, in their order."""
    known = list(source.kinds)
    for column, role in ((target, "predict"), *((c, "weigh or watch rows by") for c in helpers)):
        if column is not None and column not in source.kinds:
            near = ", ".join(map(repr, known[:5]))
            raise DataError(f"There is no column {column!r} to {role}.", f"Choose among {near}.")
    for column in (target, *filter(None, helpers)):
        if source.kinds[column] not in ("numbers", "words"):
            raise DataError(
                f"Column {column!r} holds {source.kinds[column]}.", "Choose another column."
            )
    if features is None:
        return [column for column in known if column != target and column not in helpers]
    wanted = [features] if isinstance(features, str) else list(features)
    for column in wanted:
        if column not in source.kinds:
            raise DataError(f"There is no column {column!r}.", "Check the spelling of the feature.")
        if column == target:
            raise DataError(
                f"Column {column!r} is both target and feature.", "Leave it out of the features."
            )
    return [column for column in known if column in wanted]


def _response_of(
    learned: RowSummary, target: str, family: str, classes: Sequence[Any] | None
) -> tuple[Response, tuple[Any, ...]]:
    if learned.n_used == 0:
        raise DataError(f"Target {target!r} holds no values.", "Choose another target.")
    if learned.n_used < LEAST_ROWS:
        raise DataError(
            f"{counted(learned.n_used, 'row')} can be used; a path needs at least {LEAST_ROWS}.",
            "Bring more rows.",
        )
    return choose_response(learned, target, family, classes)


def _assembled(
    source: BlockSource, roles: RowRoles, learned: RowSummary, asked: _Asked
) -> StoredRows:
    """What is known after one pass; medians are those of the sample."""
    encoder = _encoder(learned, asked)
    coding = _coding_of(source, roles, learned, asked, encoder)
    mean, scale = learned_moments(encoder, learned)
    response, origin = _response_sums(learned, asked, roles.target)
    dropped = [
        f"{counted(learned.n_without_target, 'row')} without a value of {roles.target!r}: dropped."
    ]
    return StoredRows(
        name=source.name,
        n_obs=learned.n_used,
        family=coding.family,
        classes=coding.classes,
        feature_names=encoder.feature_names,
        groups=encoder.groups,
        target=roles.target,
        encoder=encoder,
        exposure_name=roles.exposure,
        notes=(*(dropped if learned.n_without_target else ()), *asked.notes),
        digest=learned.digest,
        passes=1,
        x_mean=mean,
        x_scale=scale,
        _coding=coding,
        _response=response,
        _mass=learned.mass,
        _origin=origin,
        _sample=learned.sample_frame,
    )


def _coding_of(
    source: BlockSource, roles: RowRoles, learned: RowSummary, asked: _Asked, encoder: Encoder
) -> RowCoding:
    classes = asked.response.classes
    labels = sorted_labels(classes)
    order = [asked.values[classes.index(label)] for label in labels]
    if classes:
        before = before_blocks(learned.strata, order)
        totals = [sum(counter[value] for counter in learned.strata) for value in order]
    else:
        before, totals = np.cumsum([0, *learned.sizes[:-1]])[:, None], [learned.n_used]
    columns = dict.fromkeys([*asked.kinds, roles.target, roles.weights, roles.exposure])
    return RowCoding(
        source=source,
        roles=replace(roles, columns=tuple(column for column in columns if column)),
        encoder=encoder,
        family=asked.response.family,
        classes=classes,
        values=asked.values,
        before=before,
        starts=np.cumsum([0, *totals[:-1]]),
        stratum=np.array([labels.index(label) for label in classes], dtype=np.intp),
        keep=0,
        token=uuid4().hex,
    )


def _encoder(learned: RowSummary, asked: _Asked) -> Encoder:
    levels: dict[str, Any] = {}
    fills: dict[str, Any] = {}
    sample = learned.sample_frame
    for column in asked.kinds:
        summary = learned.columns[column]
        if isinstance(summary, NumberSummary):
            known = sample[column].dropna().to_numpy(float)
            middle = float(np.median(known)) if len(known) else summary.mean
            fills[column] = summary.mean if asked.missing == "mean" else middle
        else:
            counts = dict(summary.counts or {})
            levels[column] = sorted(counts)
            fills[column] = min(counts, key=lambda level: (-counts[level], level))
    has_gap = [column for column in asked.kinds if learned.columns[column].n_gaps]
    coding = Coding(missing=asked.missing)
    return Encoder.from_dict(
        {
            "kinds": list(asked.kinds.items()),
            "levels": levels,
            "filled": {column: fills[column] for column in has_gap},
            "pooled": {},
            "gaps": has_gap if asked.missing == "indicator" else [],
            "fills": fills,
            "coding": {
                "missing": coding.missing,
                "min_level_count": coding.min_level_count,
                "coding": coding.coding,
                "level_groups": (),
                "terms": (),
            },
        }
    )


def _response_sums(learned: RowSummary, asked: _Asked, target: str) -> tuple[ResponseSums, float]:
    """Sums over the responses of all rows, and what they are measured from."""
    summary, loss = learned.columns[target], family_of(asked.response.family)
    if asked.response.classes:
        masses = [summary.masses[value] for value in asked.values]
        shares = np.array(masses) / sum(masses)
        share = shares if loss.per_class else shares[1:]
        return ResponseSums(share, 0.0, learned.n_used, 1.0), 0.0
    assert isinstance(summary, NumberSummary)
    origin = loss.origin(np.array([summary.mean]), np.ones(1))
    watched = learned.exposure_mass / learned.mass
    share = np.array([summary.mean - origin])
    return ResponseSums(share, watched, learned.n_used, summary.high), origin


def _filled(rows: StoredRows, learned: RowSummary, engine: Engine) -> StoredRows:
    """The rows with exact values for gaps: from another pass where the first did not tell them."""
    encoder = rows.encoder
    unsure = [c for c in encoder.filled if encoder.kinds[c] == "numeric"]
    known = len(rows.sample) == rows.n_obs
    if encoder.coding.missing == "mean":
        known = not rows.coding.roles.weights
    passes = rows.passes
    if unsure and not known:
        sample = {column: rows.sample[column].to_numpy(float) for column in unsure}
        (fills,), more = fills_of_folds(engine, rows.coding, unsure, sample)
        encoder, passes = with_fills(encoder, fills), passes + more
        mean, scale = learned_moments(encoder, learned)
        coding = replace(rows.coding, encoder=encoder, token=uuid4().hex)
        rows = replace(rows, encoder=encoder, x_mean=mean, x_scale=scale, _coding=coding)
    filled = [
        f"Missing values of {column!r} are filled with {value!r}."
        for column, value in encoder.filled.items()
    ]
    return replace(rows, passes=passes, notes=(*rows.notes, *filled))
