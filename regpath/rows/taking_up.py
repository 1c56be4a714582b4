"""Rows whose passes are kept in a file, or were: they go on where a run was stopped."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

import numpy as np

import regpath
from regpath.rows.checkpoint import Checkpoint, exact_digest
from regpath.rows.folds import Dealing
from regpath.rows.gap_fills import fills_of_folds, with_fills
from regpath.rows.passes import RowPasses
from regpath.rows.queries import Totals
from regpath.rows.row_data import ResponseSums
from regpath.rows.stored_rows import StoredRows


def taken_up(rows: StoredRows, checkpoint: Checkpoint) -> StoredRows:
    """The rows with the moments that a run before has learned, if there was one.

    Sums in another order, such as by another number of workers, differ in their last digit, and so
    would all that is asked after them.

    Raises
    ------
    DataError
        If the checkpoint is of other rows, or they are read in another way.
    """
    checkpoint.belong(_identity(rows))
    rows = replace(rows, _checkpoint=checkpoint)
    known = checkpoint.learned()
    if known is None:
        checkpoint.keep_learned(_learned(rows))
        return rows
    fills, mean, scale, mass, origin, share, watched, n, largest = known.sums
    numbers = dict(zip(_numeric(rows), fills.tolist(), strict=True))
    encoder = with_fills(rows.encoder, {**rows.encoder.fills, **numbers})
    return replace(
        rows,
        encoder=encoder,
        x_mean=mean,
        x_scale=scale,
        _coding=replace(rows.coding, encoder=encoder, token=uuid4().hex),
        _mass=float(mass),
        _origin=float(origin),
        _response=ResponseSums(share, float(watched), int(n), float(largest)),
    )


def fills_taken_up(
    passes: RowPasses, gaps: tuple[str, ...], sample: dict[str, np.ndarray], dealing: Dealing
) -> tuple[list[dict[str, Any]], int]:
    """What `fills_of_folds` gives, from a run before if it got so far."""
    kept, asked = passes.checkpoint, ("fills", gaps, dealing)
    known = None if kept is None else kept.recall(asked)
    if known is not None:
        *columns, more = known[0].sums
        by_fold = zip(*(values.tolist() for values in columns), strict=True)
        usual = passes.coding.encoder.fills
        return [{**usual, **dict(zip(gaps, own, strict=True))} for own in by_fold], int(more)
    fills, more = fills_of_folds(passes.engine, passes.coding, gaps, sample, dealing)
    if kept is not None:
        columns = [np.array([own[column] for own in fills]) for column in gaps]
        kept.keep(asked, [Totals((*columns, more))])
    return fills, more


def _learned(rows: StoredRows) -> Totals:
    fills = np.array([rows.encoder.fills[column] for column in _numeric(rows)], dtype=float)
    moments = (rows.x_mean, rows.x_scale, rows._mass, rows._origin)
    return Totals((fills, *moments, *rows._response))


def _numeric(rows: StoredRows) -> list[str]:
    return [column for column, kind in rows.encoder.kinds.items() if kind == "numeric"]


def _identity(rows: StoredRows) -> str:
    """The cells that were read, where their blocks begin, and what is made of them."""
    coding, encoder = rows.coding, rows.encoder.to_dict()
    made = {name: value for name, value in encoder.items() if name not in ("fills", "filled")}
    return exact_digest(
        regpath.__version__,
        rows.digest,
        [block.n for block in coding.source.blocks],
        coding.roles,
        made,
        (coding.family, coding.classes, coding.values),
    )
