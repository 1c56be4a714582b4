"""What stands below the data: totals, sources, notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from regpath.io.findings import Findings
from regpath.io.shapes import filled, is_absent, is_number, is_value, is_word
from regpath.io.text.sheet import Sheet
from regpath.wording import counted, shown

TAIL = 30
_TOTALS = re.compile(
    r"(?:grand |sub-?)?totals?|sums?|means?|averages?|avg|summe|gesamt|insgesamt|mittelwert|"
    r"durchschnitt|somme|moyenne|totale|media|promedio|suma|totaal|gemiddelde|summa|"
    r"итого|всего|合計|总计|合计|s\.?d\.?|std|median|column totals?|overall|all",
    re.IGNORECASE,
)
_NAMES_TOO = ("all", "media", "overall")  # of a row like the others, unless it is a sum or a mean
_NOTE = re.compile(
    r"(?:source|sources|quelle|fuente|notes?|footnotes?|anmerkung|remarks?|legend|copyright|©|"
    r"generated|exported|created|downloaded|last updated|updated|end of|total (?:rows|records))\b"
    r"|[*†‡#]|\([0-9]+ rows?\b|[0-9]+ rows?\b|https?://",
    re.IGNORECASE,
)


def without_footer(body: Sheet, findings: Findings) -> Sheet:
    """Leave out the last rows if they are notes or totals of the rows above them."""
    if findings.options.skip_footer is not None or len(body) < 3:
        return body
    first = max(0, len(body) - TAIL)
    rows = body.rows(first, len(body))
    above = body.rows(0, min(first, TAIL)) if first else []
    gaps = np.diff(body.numbers[first:], prepend=body.numbers[first] - 1) > 1
    end, totals = len(rows), 0
    while end > 1:
        last = rows[end - 1]
        stands_apart = gaps[end - 1] and _NOTE.match(last[0].strip())
        if not (is_note(last, [*above, *rows[: end - 1]]) or stands_apart):
            break
        end -= 1
    while (
        end > 2
        and _is_total(rows[end - 1], [*above, *rows[: end - 1]])
        and _is_no_name(body.slice(0, first + end))
    ):
        end, totals = end - 1, totals + 1
    if not totals and end > 3 and _is_unnamed_total(body.slice(0, first + end)):
        end, totals = end - 1, 1
    if end == len(rows):
        return body
    note_footer(rows[end:], totals, int(body.numbers[first + end]), findings)
    return body.slice(0, first + end)


def note_footer(
    rows: Sequence[Sequence[str]], totals: int, first_number: int, findings: Findings
) -> None:
    """Note which rows below the data were left out; totals come first among them."""
    found = [counted(totals, "row of totals", "rows of totals")] if totals else []
    notes = len(rows) - totals
    found += [counted(notes, "row of notes", "rows of notes")] if notes else []
    text = shown(" ".join(cell.strip() for cell in rows[0] if cell.strip()))
    findings.repair(
        "footer",
        f"{' and '.join(found)} below the data (first: {text}, row {first_number}) "
        f"{'was' if len(rows) == 1 else 'were'} left out.",
        cells=sum(map(filled, rows)),
        before=text,
        undo=replace(findings.options, skip_footer=0),
    )
    findings.obstacle("there are notes or totals below its rows")


def is_note(row: Sequence[str], above: Sequence[Sequence[str]]) -> bool:
    """Tell a text that stands alone, where other rows have more or their first cell is a value."""
    if filled(row) != 1 or not row[0].strip() or is_absent(row[0]):
        return False
    others = [other for other in above if len(other) > 1]
    alone = 10 * sum(filled(other) < 2 for other in others) <= len(others) + 30
    values = sum(is_value(other[0]) for other in others)
    text = row[0].strip()
    stranger = is_word(text) and 2 * values > len(others)
    sentence = is_word(text) and len(text.split()) > 3
    return alone and bool(others) and (bool(_NOTE.match(text)) or stranger or sentence)


def is_source(row: Sequence[str], above: Sequence[Sequence[str]]) -> bool:
    """Tell a note that a delimiter cuts in two: `Source: Statistics Office, 2021`."""
    text = row[0].strip()
    named = re.match(r"[^:]{3,30}: ", text) is not None and _NOTE.match(text) is not None
    return named and not any(_NOTE.match(other[0].strip()) for other in above if len(other) > 1)


def _is_total(row: Sequence[str], above: Sequence[Sequence[str]]) -> bool:
    """Tell a row that is called a total, as no row above is, and holds numbers."""
    j = next((j for j, cell in enumerate(row) if cell.strip()), 0)
    word = row[j].strip().rstrip(":").strip()
    if not _TOTALS.fullmatch(word) or not any(map(is_number, row[j + 1 :])):
        return False
    return all(other[j].strip().rstrip(":").strip() != word for other in above)


def _is_no_name(body: Sheet) -> bool:
    """Tell a total from a last row that is merely called "media" or "all"."""
    last = body.rows(len(body) - 1, len(body))[0]
    if next(cell for cell in last if cell.strip()).strip().rstrip(":").lower() not in _NAMES_TOO:
        return True
    numbers = [j for j, cell in enumerate(last) if is_number(cell)]
    return any(_sums_up(body, j, last[j], mean_too=True) for j in numbers)


def _is_unnamed_total(body: Sheet) -> bool:
    """Tell a last row without a name whose numbers are the sums of the columns."""
    last = body.rows(len(body) - 1, len(body))[0]
    if not any(not cell.strip() for cell in last) or len(body) < 4:
        return False
    numbers = [j for j, cell in enumerate(last) if cell.strip()]
    if len(numbers) < 2 or not all(is_number(last[j]) for j in numbers):
        return False
    return all(_sums_up(body, j, last[j]) for j in numbers)


def _sums_up(body: Sheet, j: int, total: str, *, mean_too: bool = False) -> bool:
    try:
        cells = body.columns[j].slice(0, len(body) - 1).to_pylist()
        values = [float(cell) for cell in cells if not is_absent(cell)]
        sums = [sum(values), sum(values) / len(values)] if mean_too else [sum(values)]
        return bool(np.isclose(sums, float(total), rtol=1e-6).any()) and len(values) > 2
    except (ValueError, ZeroDivisionError):
        return False
