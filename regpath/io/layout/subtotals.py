"""Rows of totals among the rows, at whatever place: left out, or asked about."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from regpath.io.findings import Findings
from regpath.io.layout.footer import valued_columns
from regpath.io.layout.totals import (
    agrees,
    called_totals,
    means_of_all_others,
    numbers_of,
    sums_of_all_others,
)
from regpath.io.shapes import is_absent, is_number
from regpath.io.text.sheet import Sheet
from regpath.wording import counted, shown

_PRINTED = 1e-6  # relative: sums that a program wrote with seven digits agree so far
_SAMPLE_ROWS = 100  # that tell which columns hold values
_MOST_LABELS = 3  # columns of words in which totals may be named
_MOST_ROWS = 20_000  # of a table in which unnamed totals are looked for
_FEWEST_ROWS = 6  # of few rows one is easily the sum of the others


def without_subtotals(body: Sheet, findings: Findings) -> Sheet:
    """Leave out rows that are totals of others, by their numbers; ask where only a name says so."""
    if len(body.columns) < 2 or len(body) < 4:
        return body
    called = _called(body)
    if findings.options.skip_footer == 0:  # a person has said that the last rows are data
        called[len(body) - _trailing(called) :] = False
    found = np.flatnonzero(called)
    if len(found) and 3 * len(found) <= len(body):
        if _add_up(body, called) or _is_sum_of_all(body, found):
            return _without(body, called, "sums or means of other rows", findings)
        return _asked(body, called, findings)
    if not len(found) and _FEWEST_ROWS <= len(body) <= _MOST_ROWS:
        return _without_unnamed(body, findings)
    return body


def _trailing(called: NDArray[np.bool_]) -> int:
    """Count the last rows that are called totals, or one."""
    return max(1, int(np.argmin(called[::-1])) if not called.all() else len(called))


def _called(body: Sheet) -> NDArray[np.bool_]:
    """Tell which rows are called totals in one of their first columns of words."""
    values = set(valued_columns(body.rows(0, _SAMPLE_ROWS)))
    labels = [j for j in range(len(body.columns)) if j not in values][:_MOST_LABELS]
    called = np.zeros(len(body), dtype=bool)
    for j in labels:
        called |= called_totals(body.columns[j])
    return called


def _without(body: Sheet, mask: NDArray[np.bool_], what: str, findings: Findings) -> Sheet:
    if not findings.wants("subtotals"):
        return body
    found = np.flatnonzero(mask)
    first = body.rows(int(found[0]), int(found[0]) + 1)[0]
    findings.repair(
        "subtotals",
        f"{counted(len(found), 'row of totals', 'rows of totals')} among the rows (first: "
        f"{shown(' '.join(first))}, row {body.numbers[found[0]]}) "
        f"{'was' if len(found) == 1 else 'were'} left out: they are {what}.",
        cells=len(found) * len(first),
        before=shown(" ".join(first)),
    )
    findings.obstacle("there are rows of totals among its rows")
    return body.where(~mask)


def _asked(body: Sheet, called: NDArray[np.bool_], findings: Findings) -> Sheet:
    """Ask about rows that are called totals but do not add up; one alone is rather a total."""
    if not findings.wants("totals"):
        return body
    if not findings.wants("no_totals"):
        return _without(body, called, "what they are called", findings)
    found = np.flatnonzero(called)
    first = body.rows(int(found[0]), int(found[0]) + 1)[0]
    alone = len(found) == 1
    kept = findings.options.kept
    answers: dict[str, dict[str, Any]] = {
        "Totals: leave out": {} if alone else {"kept": kept | {"no_totals"}},
        "Data: keep": {"kept": kept | {"totals"}} if alone else {},
    }
    if not alone:
        answers = dict(reversed(answers.items()))
    rows = counted(len(found), "row is", "rows are")
    findings.question(
        "totals",
        f"{rows} called totals (first: {shown(' '.join(first))}, row {body.numbers[found[0]]}), "
        f"but {'is no sum' if alone else 'are no sums'} of other rows: totals or data? Taken: "
        f"{'totals, which are left out' if alone else 'data'}.",
        "The name stands in one row only." if alone else "The name stands in several rows.",
        answers,
    )
    if not alone:
        return body
    findings.obstacle("there are rows of totals among its rows")
    return body.where(~called)


def _without_unnamed(body: Sheet, findings: Findings) -> Sheet:
    """Leave out the row that is the sum of all others in two or more columns of numbers."""
    rows = body.rows(0, _SAMPLE_ROWS)
    columns = [j for j in valued_columns(rows) if any(is_number(row[j]) for row in rows)]
    if not columns:
        return body
    means = means_of_all_others(body, columns)
    if len(means) == 1 and not (findings.options.skip_footer == 0 and len(body) - 1 in means):
        return _ask_about(body, means[0], "mean", findings)
    found = sums_of_all_others(body, columns)
    kept = findings.options.skip_footer == 0 and len(body) - 1 in found
    if len(found) != 1 or kept:
        return body
    mask = np.zeros(len(body), dtype=bool)
    mask[found] = True
    if len(columns) > 1:
        return _without(body, mask, "the sums of all others", findings)
    values = numbers_of(body.columns[columns[0]])
    if np.count_nonzero(np.nan_to_num(values)) <= _FEWEST_ROWS:
        return body
    return _ask_about(body, int(found[0]), "sum", findings)


def _ask_about(body: Sheet, i: int, what: str, findings: Findings) -> Sheet:
    """Ask about the row that is the sum or the mean of all others, and is not called so."""
    if not findings.wants("totals"):
        return body
    findings.question(
        "totals",
        f"Row {body.numbers[i]} ({shown(' '.join(body.rows(i, i + 1)[0]))}) is the {what} of "
        f"all others: a {'total' if what == 'sum' else 'mean'} or data? Taken: no data, so it is "
        "left out.",
        f"The {what}s agree in all their digits.",
        {
            f"A {'total' if what == 'sum' else 'mean'}: leave it out": {},
            "Data: keep it": {"kept": findings.options.kept | {"totals"}},
        },
    )
    findings.obstacle("there are rows of totals among its rows")
    return body.where(np.arange(len(body)) != i)


def _is_sum_of_all(body: Sheet, found: NDArray[np.int64]) -> bool:
    """Tell whether the only total is the sum or the mean of all other rows, above and below."""
    if len(found) != 1:
        return False
    i = int(found[0])
    row = body.rows(i, i + 1)[0]
    numbers = [j for j, cell in enumerate(row) if is_number(cell)]
    values = (numbers_of(body.columns[j]) for j in numbers)
    return bool(numbers) and all(agrees(column, i, means=True) for column in values)


def _add_up(body: Sheet, called: NDArray[np.bool_]) -> bool:
    """Tell whether all totals are sums, of the rows since the last total or of all before."""
    found = np.flatnonzero(called).tolist()
    checked = False
    for column in body.columns[1:]:
        cells = column.to_pylist()
        totals = [cells[i] for i in found]
        if not all(is_number(cell) for cell in totals if not is_absent(cell)):
            continue
        values = numbers_of(column)
        if np.isnan(values).all():
            continue
        for last, i in pairwise([-1, *found]):
            if is_absent(cells[i]):
                continue
            block, before = values[last + 1 : i], values[:i][~called[:i]]
            if not any(_is_total_of(part, values[i]) for part in (block, before)):
                return False
            checked = True
    return checked


def _is_total_of(rows: NDArray[np.float64], total: float) -> bool:
    present = rows[~np.isnan(rows)]
    if not len(present):
        return total == 0
    with np.errstate(over="ignore", invalid="ignore"):
        sums = [present.sum(), present.mean()]
    return bool(np.isclose(sums, total, rtol=_PRINTED).any())
