"""Rows of totals among the rows: left out where their numbers are sums of the rows above them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from regpath.io.findings import Findings
from regpath.io.shapes import is_absent, is_number
from regpath.io.text.sheet import Sheet
from regpath.wording import counted, shown

_WORDS = (
    r"^(?i:(?:grand |sub-?)?totals?|sums?|summe|zwischensumme|gesamt|insgesamt|somme|totale|suma|"
    r"totaal|summa|итого|всего|合計|总计|合计)\s*:?$"
)


def without_subtotals(body: Sheet, findings: Findings) -> Sheet:
    """Leave out rows that are called totals if each of their numbers is a sum of rows above."""
    if len(body.columns) < 2 or len(body) < 4 or not findings.wants("subtotals"):
        return body
    called = pc.match_substring_regex(pc.utf8_trim_whitespace(body.columns[0]), _WORDS).to_numpy()
    found = np.flatnonzero(called)
    among = len(found) and found[0] < len(body) - 1
    if not among or 3 * len(found) > len(body) or not _add_up(body, called):
        return body
    first = body.rows(int(found[0]), int(found[0]) + 1)[0]
    findings.repair(
        "subtotals",
        f"{counted(len(found), 'row of totals', 'rows of totals')} among the rows (first: "
        f"{shown(' '.join(first))}, row {body.numbers[found[0]]}) "
        f"{'was' if len(found) == 1 else 'were'} left out: they are sums of the rows above them.",
        cells=len(found) * len(first),
        before=shown(" ".join(first)),
    )
    findings.obstacle("there are rows of totals among its rows")
    return body.where(~called)


def _add_up(body: Sheet, called: NDArray[np.bool_]) -> bool:
    """Tell whether all totals are sums, of the rows since the last total or of all before."""
    found = np.flatnonzero(called).tolist()
    checked = False
    for column in body.columns[1:]:
        cells = column.to_pylist()
        totals = [cells[i] for i in found]
        if not all(is_number(cell) for cell in totals if not is_absent(cell)):
            continue
        values = np.array([_value(cell) for cell in cells])
        if np.isnan(values).all():
            continue
        for last, i in pairwise([-1, *found]):
            if is_absent(cells[i]):
                continue
            block, before = values[last + 1 : i], values[:i][~called[:i]]
            if not any(np.isclose(np.nansum(part), values[i], 1e-6) for part in (block, before)):
                return False
            checked = True
    return checked


def _value(cell: str) -> float:
    number = cell.strip()
    if "," in number and "." not in number:
        number = number.replace(",", ".")
    try:
        return float(number)
    except ValueError:
        return float("nan")
