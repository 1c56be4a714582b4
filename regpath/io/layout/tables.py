"""Which of several tables in one file is read."""

from __future__ import annotations

from itertools import pairwise

from regpath.io.findings import Findings
from regpath.io.layout.start import HEAD, begins_table, find_start
from regpath.io.text.records import Records

_MOST_TABLES = 10  # with more, blank rows are part of one table


def choose_table(records: Records, findings: Findings) -> Records:
    """Keep the largest of several tables that blank rows divide, and ask about the others."""
    tables = _tables(records)
    if len(tables) < 2:
        return records
    first, last = max(tables, key=lambda table: (table[1] - table[0], -table[0]))
    answers = {
        f"rows {records.numbers[a]} to {records.numbers[b - 1]}": {
            "skip_rows": records.numbers[a] - 1,
            "skip_footer": len(records.rows) - b,
        }
        for a, b in sorted(tables, key=lambda table: table != (first, last))
    }
    where = " and ".join(sorted(answers, key=lambda label: int(label.split()[1])))
    findings.question(
        "tables",
        f"The file holds {len(tables)} tables ({where}): which of them is to be read? "
        f"Taken: {next(iter(answers))}.",
        "Blank rows divide them, and each has a header of its own; the one with the most rows is "
        "taken.",
        answers,
    )
    findings.obstacle("it holds several tables")
    return records.take(range(first, last))


def _tables(records: Records) -> list[tuple[int, int]]:
    """Return where tables begin and end, if there are several."""
    gaps = [i for i, (a, b) in enumerate(pairwise(records.numbers), start=1) if b - a > 1]
    if not gaps or len(gaps) > 200:
        return []
    edges = [0, *gaps, len(records.rows)]
    tables: list[tuple[int, int]] = []
    header: list[str] = []
    for a, b in pairwise(edges):
        block = records.rows[a:b]
        start = a + find_start(block[:HEAD])
        if not begins_table(records.rows[start:b]):
            if tables:
                tables[-1] = (tables[-1][0], b)
        elif tables and records.rows[start] == header:
            tables[-1] = (tables[-1][0], b)  # the same table goes on under its header again
        else:
            tables.append((start, b))
            header = records.rows[start]
    return tables if len(tables) <= _MOST_TABLES else []
