"""Rows of totals among the rows, at whatever place: left out, or asked about."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from regpath.io.findings import Findings
from regpath.io.layout.footer import valued_columns
from regpath.io.layout.group_totals import add_up, rows_called_totals
from regpath.io.layout.summary_rows import is_a_name_alone, summary_rows
from regpath.io.layout.totals import (
    agrees,
    means_of_all_others,
    numbers_of,
    sums_of_all_others,
)
from regpath.io.shapes import is_number
from regpath.io.text.sheet import Sheet
from regpath.wording import counted, shown

_SAMPLE_ROWS = 100  # that tell which columns hold values
_MOST_LABELS = 3  # columns of words in which totals may be named
_MOST_ROWS = 20_000  # of a table in which unnamed totals are looked for
_AS_CALLED = "figure that it is called"
_FEWEST_ROWS = 6  # of few rows one is easily the sum of the others


def without_subtotals(body: Sheet, findings: Findings) -> Sheet:
    """Leave out rows that are totals of others, by their numbers; ask where only a name says so."""
    if len(body.columns) < 2 or len(body) < 4:
        return body
    values = set(valued_columns(body.rows(0, _SAMPLE_ROWS)))
    labels = [j for j in range(len(body.columns)) if j not in values][:_MOST_LABELS]
    summary = summary_rows(body, labels)
    if summary.any() and findings.options.skip_footer != 0:
        if is_a_name_alone(body, summary):
            return _ask_about(body, int(np.argmax(summary)), _AS_CALLED, findings)
        return _without(body, summary, "what they are called, of all others", findings)
    plain, named, other = rows_called_totals(body, labels)
    called = plain | named
    ways = [called | other, called, other] if np.count_nonzero(other) > 1 else [called]
    for mask in (way for way in ways if way.any() and _are_few(way, body)):
        left_out = _without_said(mask, findings)
        if left_out.any() and (add_up(body, mask) or _is_sum_of_all(body, np.flatnonzero(mask))):
            return _without(body, left_out, "sums or means of other rows", findings)
    called = _without_said(called, findings)
    found = np.flatnonzero(called)
    if len(found) and _are_few(called, body):
        return _asked(body, called, findings)
    if not len(found) and _FEWEST_ROWS <= len(body) <= _MOST_ROWS:
        return _without_unnamed(body, findings)
    return body


def _trailing(called: NDArray[np.bool_]) -> int:
    """Count the last rows that are called totals, or one."""
    return max(1, int(np.argmin(called[::-1])) if not called.all() else len(called))


def _are_few(called: NDArray[np.bool_], body: Sheet) -> bool:
    return bool(3 * np.count_nonzero(called) <= len(body))


def _without_said(called: NDArray[np.bool_], findings: Findings) -> NDArray[np.bool_]:
    """Those that are called totals, but for last rows that a person keeps."""
    if findings.options.skip_footer != 0:
        return called
    said = called.copy()
    said[len(called) - _trailing(called) :] = False
    return said


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
    """Ask about the row that is the sum or the mean of all others, and may be another thing."""
    if not findings.wants("totals"):
        return body
    told = {"sum": "total", "mean": "mean"}.get(what, "line of a summary")
    findings.question(
        "totals",
        f"Row {body.numbers[i]} ({shown(' '.join(body.rows(i, i + 1)[0]))}) is the {what} of "
        f"all others: a {told} or data? Taken: no data, so it is left out.",
        "The numbers agree in all their digits.",
        {
            f"A {told}: leave it out": {},
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
