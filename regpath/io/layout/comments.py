"""Rows that begin with the sign of a comment: left out, kept, and asked about."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from regpath.io.columns.missing import BESIDE_NUMBERS, MISSING
from regpath.io.findings import Findings
from regpath.io.layout.start import COMMENT
from regpath.io.shapes import holds_values, is_value, is_word, usual_width
from regpath.io.text.records import Records
from regpath.io.text.sheet import Sheet
from regpath.wording import counted, shown

_BEFORE_ROWS = ("#", "%", "//")  # before whole rows; the first also before names of rows
_MISSING = MISSING | BESIDE_NUMBERS  # #N/A begins no comment
_SAMPLE = 200  # rows that tell what a column holds


def without_short_comments(records: Records, findings: Findings) -> Records:
    """Leave out lines such as `# measured again` among rows of another length."""
    sign = findings.options.comment
    if sign == "" or not findings.wants("comments"):
        return records
    width = usual_width(records.rows)
    signs = COMMENT if sign is None else (sign,)
    found = [
        i
        for i, row in enumerate(records.rows)
        if i > 0 and len(row) != width > 1 and _begins_so(row, signs)
    ]
    if not found:
        return records
    rows = [records.rows[i] for i in found]
    if sign is None and any(is_value(cell) for row in rows for cell in row[1:]):
        _ask(rows, records.numbers[found[0]], findings, are_comments=True)
    else:
        note_comments(rows, records.numbers[found[0]], findings)
    left_out = set(found)
    return records.take([i for i in range(len(records.rows)) if i not in left_out])


def _begins_so(row: Sequence[str], signs: tuple[str, ...]) -> bool:
    first = row[0].strip()
    return first.startswith(signs) and not is_value(first) and first not in _MISSING


def note_comments(rows: Sequence[Sequence[str]], number: int, findings: Findings) -> None:
    """Note which rows between the others were left out as comments."""
    findings.repair(
        "comments",
        f"{counted(len(rows), 'comment')} between the rows (first: "
        f"{shown(' '.join(rows[0]))}, row {number}) "
        f"{'was' if len(rows) == 1 else 'were'} left out.",
        cells=sum(map(len, rows)),
    )
    findings.obstacle("there are comments between its rows")


def is_said_data(row: Sequence[str], findings: Findings) -> bool:
    """Tell a row behind the sign of a comment where a person said that there are none."""
    return findings.options.comment == "" and row[0].lstrip().startswith("#")


def without_comments(body: Sheet, findings: Findings) -> Sheet:
    """Leave out rows that begin as comments do and are as long as the others, or ask.

    Most begin so: it is how they are written. They are taken for comments where the others begin
    with numbers or dates, or where all their cells are words unlike those of the others.
    """
    said = findings.options.comment
    if said == "" or not len(body) or not findings.wants("comments"):
        return body
    starts = pc.utf8_trim_whitespace(body.columns[0])
    for sign in _BEFORE_ROWS if said is None else (said,):
        errors = pa.array([word for word in _MISSING if word.startswith(sign)], pa.string())
        begins = pc.and_not(pc.starts_with(starts, sign), pc.is_in(starts, errors)).to_numpy()
        n_found = int(begins.sum())
        if not n_found or (said is None and 2 * n_found > len(body)):
            continue
        first = int(np.argmax(begins))
        row = body.rows(first, first + 1)[0]
        number = int(body.numbers[first])
        if said is not None:
            note_comments([row] * n_found, number, findings)
            return body.where(~begins)
        others = body.where(~begins)
        numbered = _begin_with_values(others)
        if not numbered and (len(body.columns) == 1 or sign != _BEFORE_ROWS[0]):
            continue
        comments = numbered or _are_words(body.where(begins), others)
        _ask([row] * n_found, number, findings, are_comments=comments, sign=sign)
        return others if comments else body
    return body


def _begin_with_values(others: Sheet) -> bool:
    return holds_values(others.columns[0].slice(0, _SAMPLE).to_pylist())


def _are_words(found: Sheet, others: Sheet) -> bool:
    """Tell whether the rows hold words alone, where the others do not."""
    words = all(is_word(cell) for row in found.rows(0, _SAMPLE) for cell in row)
    return words and any(holds_values(c.slice(0, _SAMPLE).to_pylist()) for c in others.columns)


def _ask(
    rows: Sequence[Sequence[str]],
    number: int,
    findings: Findings,
    *,
    are_comments: bool,
    sign: str = "",
) -> None:
    if any(question.key == "comments" for question in findings.questions):
        return  # of rows of another length it was asked, with the same answers
    sign = sign or next(s for s in COMMENT if rows[0][0].lstrip().startswith(s))
    were = "was" if len(rows) == 1 else "were"
    it = "It" if len(rows) == 1 else "They"
    ways = {"Comments, leave them out": {"comment": sign}, "Data, keep them": {"comment": ""}}
    findings.question(
        "comments",
        f"{counted(len(rows), 'row begins', 'rows begin')} with {shown(sign)} (first: "
        f"{shown(' '.join(filter(None, map(str.strip, rows[0]))))}, row {number}): "
        f"{'a comment' if len(rows) == 1 else 'comments'}, or data? {it} {were} "
        f"{'left out' if are_comments else 'kept'}.",
        "The others begin with numbers, or hold some where these hold words."
        if are_comments
        else "The other rows begin with words, too.",
        ways if are_comments else dict(reversed(ways.items())),
    )
    findings.obstacle("some of its rows begin as comments do")
