"""How a text is split into cells: delimiter, quote and escape, judged on the first rows."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import NamedTuple

from regpath.io.findings import Findings
from regpath.io.shapes import is_absent, is_date, is_number, is_value
from regpath.io.text.decoding import Text
from regpath.io.text.splitting import NO_DELIMITER, RUNS, Dialect, row_reader

DELIMITERS = {
    ",": "commas",
    ";": "semicolons",
    "\t": "tabs",
    "|": "bars",
    ":": "colons",
    " ": "blanks",
    "  ": "runs of blanks",
}
# What a score is multiplied by: blanks, colons and bars stand in words and times, so they must
# split better than the others. The largest weights that read the corpus and the rewritten
# bundled tables of tests/corpus/compare.py right.
_TRUST = {"|": 0.95, ":": 0.6, " ": 0.75, "  ": 0.8}
# Compared with scores of delimiters, of which two even columns with clean cells reach 0.5; set
# between lists of words and uneven tables in the corpus.
_SCORE_OF_ONE_COLUMN = 0.25
_SCORE_OF_RAGGED = 0.26  # just above: uneven rows are to be named, not read as one column
_AMBIGUOUS = 0.9  # a second score of this share of the best is asked about
_HEADER_NOT_SPLIT = 0.6  # what cleanness is multiplied by if one cell stands above the rows
_SAMPLE_LENGTH = 2**20  # letters
_HINTS_LENGTH = 2**16  # letters in which quotes are looked for
_SAMPLE_ROWS = 200
_SAMPLE_CELLS = 2000
_FOREIGN = ",;\t|"
_TWO_NUMBERS = re.compile(r"\s*[-+]?[0-9][0-9.,]*(?:[ \t]+[-+]?[0-9.,]+)+\s*")
_DECLARATION = re.compile(rb"\"?sep=([,;\t|: ])\"?(?=[\r\n])", re.IGNORECASE)
_APOSTROPHE_OPENS = re.compile(r"(?:^|[,;\t|])[ ]?'(?=[^'\r\n]*'[ ]?(?:[,;\t|]|$))", re.MULTILINE)
_QUOTE_OPENS = re.compile(r"(?:^|[,;\t|: ])\"", re.MULTILINE)
_ESCAPED = re.compile(r"\\[\"']")
_BLANK_BEFORE_QUOTE = re.compile(r"[,;\t|] +[\"']")


@dataclass(frozen=True)
class _Candidate:
    dialect: Dialect
    score: float


def find_dialect(text: Text, findings: Findings) -> tuple[Dialect, bytes]:
    r"""Find out how a text is split into cells.

    Parameters
    ----------
    text : Text
    findings : Findings
        Where what was found is noted; delimiter and quote of its options are followed.

    Returns
    -------
    dialect : Dialect
    content : bytes
        The text without the `sep=;` that Excel may write on the first line; the line itself
        stays, blank, so that line numbers hold.

    Examples
    --------
    >>> from regpath.io.options import ReadOptions
    >>> find_dialect(Text(b"a;b\n1,5;2,5\n", "utf-8"), Findings(ReadOptions()))[0].delimiter
    ';'
    """
    content, wanted = text.content, findings.options.delimiter
    declared = _DECLARATION.match(content)
    if declared:
        content = content[declared.end() :]
        wanted = wanted or declared[1].decode()
    sample = content[:_SAMPLE_LENGTH].decode(errors="ignore")
    delimiters = [wanted] if wanted else list(DELIMITERS)
    hints = _QuoteHints.of(sample[:_HINTS_LENGTH])
    candidates = [
        _Candidate(dialect, _score(dialect, sample))
        for delimiter in delimiters
        for dialect in _quotings(delimiter, hints, findings.options.quote)
    ]
    ranked = sorted(candidates, key=lambda candidate: -candidate.score)
    best = ranked[0]
    unwrapped = _unwrapped(content, sample) if best.score < _SCORE_OF_ONE_COLUMN else None
    if unwrapped is not None:
        findings.repair(
            "wrapped_lines",
            "Each line stands in quotes as a whole; the quotes were taken away.",
            undo=None,
        )
        findings.obstacle("its lines stand in quotes as a whole")
        return find_dialect(replace(text, content=unwrapped), findings)
    if not wanted and best.score < _SCORE_OF_ONE_COLUMN:
        best = _Candidate(replace(best.dialect, delimiter=NO_DELIMITER), _SCORE_OF_ONE_COLUMN)
    _note_dialect(best, ranked, findings)
    return best.dialect, content


class _QuoteHints(NamedTuple):
    """What is to be seen of quotes before anything is split."""

    spaced: bool
    escaped: bool
    apostrophes: bool

    @classmethod
    def of(cls, sample: str) -> _QuoteHints:
        if '"' not in sample and "'" not in sample:
            return cls(False, False, False)
        apostrophes = len(_APOSTROPHE_OPENS.findall(sample)) if "'" in sample else 0
        return cls(
            spaced=bool(_BLANK_BEFORE_QUOTE.search(sample)),
            escaped=bool(_ESCAPED.search(sample)),  # or it is the path C:\, in quotes
            apostrophes=apostrophes > 0 and apostrophes > len(_QUOTE_OPENS.findall(sample)),
        )


def _quotings(delimiter: str, hints: _QuoteHints, wanted: str | None) -> Iterable[Dialect]:
    quotes = ["'", '"'] if hints.apostrophes else ['"']
    spaced = hints.spaced and delimiter not in RUNS
    for quote in quotes if wanted is None else [wanted]:
        yield Dialect(delimiter, quote, "", spaced)
        if hints.escaped:
            yield Dialect(delimiter, quote, "\\", spaced)


def _score(dialect: Dialect, sample: str) -> float:
    """Multiply how even the rows are, how clean the cells, and how much the delimiter is trusted.

    Rows are judged from the first to the last of the usual width, so that neither notes above
    nor totals below count against a delimiter.
    """
    rows = _first_rows(dialect, sample)
    if not rows:  # nothing but this delimiter
        return 1.0
    block = _usual_block([len(row) for row in rows])
    if block is None:
        return 0.0
    width, first, last = block
    table = [row for row in rows[first : last + 1] if len(row) == width]
    if _one_column_of_decimals(dialect, rows, first):
        return 0.0
    if dialect.delimiter in RUNS and not any(is_number(cell) for row in table for cell in row):
        return 0.0  # words, such as first and last names
    even = len(table) / (last + 1 - first)
    covered = (1 + (last + 1 - first) / len(rows)) / 2
    clean = _cleanness(table, dialect.delimiter)
    above = rows[first - 1] if first else []
    if len(above) == 1 and (
        any(is_value(cell) or _TWO_NUMBERS.fullmatch(cell) for cell in table[0])
        or set(_FOREIGN) & set(above[0])
    ):
        clean *= _HEADER_NOT_SPLIT  # what may be the header is not split, or split by another
    score = even * covered * clean * (1 - 1 / width) * _TRUST.get(dialect.delimiter, 1.0)
    return max(score, _SCORE_OF_RAGGED) if _splits_most(dialect, rows) else score


def _splits_most(dialect: Dialect, rows: Sequence[Sequence[str]]) -> bool:
    """Tell a table of uneven rows, whose lines are to be named, from one column of words."""
    split = sum(len(row) > 1 for row in rows)
    return dialect.delimiter in _FOREIGN and len(rows[0]) > 2 and 2 * split > len(rows)


def _usual_block(widths: Sequence[int]) -> tuple[int, int, int] | None:
    """Return the usual width above one, and the first and last row that have it."""
    best, best_score = None, 0.0
    for width, count in Counter(widths).items():
        if width < 2 or (count < 2 and len(widths) > 2):
            continue
        first = widths.index(width)
        last = len(widths) - 1 - widths[::-1].index(width)
        score = count * count / (last + 1 - first) * (1 - 1 / width)
        if score > best_score:
            best, best_score = (width, first, last), score
    return best


def _cleanness(rows: Sequence[Sequence[str]], delimiter: str) -> float:
    """Return the share of cells that no other delimiter could split, numbers excepted.

    It tells `1,5;2,5` split at the semicolon (two numbers) from the same split at the commas.
    """
    cells = list(islice((cell for row in rows for cell in row), _SAMPLE_CELLS))
    foreign = re.compile(f"[{re.escape(_FOREIGN.replace(delimiter, ''))}]")
    clean = [
        not foreign.search(cell) or is_absent(cell) or is_number(cell) or is_date(cell)
        for cell in cells
    ]
    # A cell that begins with a quote or ends in another delimiter has been cut in the wrong place.
    stray = sum(
        len(cell) > 1 and (cell[0] in "\"'" or foreign.match(cell[-1]) is not None)
        for cell in cells
    )
    return (sum(clean) - stray) / len(clean)


def _one_column_of_decimals(dialect: Dialect, rows: list[list[str]], first: int) -> bool:
    """Tell one column of decimal commas below a name from two columns."""
    return (
        dialect.delimiter == ","
        and first > 0
        and all(is_number(",".join(row)) for row in rows[first:])
    )


def _first_rows(dialect: Dialect, sample: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in row_reader(sample.encode(), dialect, strict=False):
            if any(map(str.strip, row)):
                rows.append(row)
            if len(rows) == _SAMPLE_ROWS:
                return rows
    except csv.Error:  # reading in earnest will say where
        pass
    # The sample may have cut the last row in two.
    return rows[:-1] if len(sample) > _SAMPLE_LENGTH // 2 and len(rows) > 1 else rows


def _unwrapped(content: bytes, sample: str) -> bytes | None:
    """Take away quotes around whole lines that would otherwise be divided."""
    lines = sample.splitlines()[:_SAMPLE_ROWS]
    full = [line.strip() for line in lines if line.strip()]
    wrapped = [line for line in full if len(line) > 1 and line[0] == line[-1] == '"']
    if len(full) < 2 or wrapped != full or not any(set(_FOREIGN) & set(line) for line in full):
        return None
    return b"\n".join(map(_unwrapped_line, content.splitlines())) + b"\n"


def _unwrapped_line(line: bytes) -> bytes:
    row = line.strip()
    wrapped = len(row) > 1 and row.startswith(b'"') and row.endswith(b'"')
    return row[1:-1].replace(b'""', b'"') if wrapped else line


def _note_dialect(best: _Candidate, ranked: Sequence[_Candidate], findings: Findings) -> None:
    options, dialect = findings.options, best.dialect
    others = [c for c in ranked if c.dialect.delimiter != dialect.delimiter and c.score > 0]
    if dialect.quote == "'":
        findings.repair(
            "quote",
            "Text is quoted with apostrophes.",
            undo=replace(options, quote='"'),
        )
    if dialect.escape:
        findings.repair("escape", "A backslash marks quotes within quoted text.", undo=None)
    if options.delimiter:
        return
    if dialect.delimiter == NO_DELIMITER:
        what = "The file was read as one column: nothing divides its lines evenly."
    elif dialect.delimiter == ",":
        what = ""
    else:
        what = f"Columns are separated by {DELIMITERS[dialect.delimiter]}."
    if what:
        second = next((d for c in others if (d := c.dialect.delimiter) not in RUNS), ",")
        findings.repair("delimiter", what, undo=replace(options, delimiter=second))
    if others and others[0].score > _AMBIGUOUS * best.score:
        _ask_delimiter(dialect.delimiter, others[0].dialect.delimiter, findings)


def _ask_delimiter(first: str, second: str, findings: Findings) -> None:
    names = {**DELIMITERS, NO_DELIMITER: "nothing"}
    findings.question(
        "delimiter",
        f"Are columns separated by {names[first]} or by {names[second]}?",
        "Both split the first rows about equally well.",
        {names[first]: {"delimiter": first}, names[second]: {"delimiter": second}},
    )
