"""How well a dialect splits the first rows of a text: what its rows, cells and quotes say."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from regpath.io.shapes import is_absent, is_date, is_number, is_value, is_word
from regpath.io.text.splitting import RUNS, Dialect, row_reader

FOREIGN = ",;\t|"  # what would split a cell further
# What a score is multiplied by: blanks, colons and bars stand in words and times, so they must
# split better than the others. The largest weights that read the corpus and the rewritten
# bundled tables of tests/corpus/compare.py right.
_TRUST = {"|": 0.95, ":": 0.6, " ": 0.75, "  ": 0.8}
# The least score of uneven rows that are split: just above that of one column (0.25), since their
# lines are to be named.
_SCORE_OF_RAGGED = 0.26
# What cleanness is multiplied by if one cell stands above the rows: a name above values, names
# that another delimiter divides, or a name above lines in which blanks follow the delimiter.
_HEADER_NOT_SPLIT = 0.6
_HEADER_SPLIT_OTHERWISE = 0.5  # factor, where a header is divided by another sign
_PROSE = 0.5  # factor, where a blank follows every sign, as in sentences
# What a cell that is a list counts for, under a header that is split as its row is: less than a
# clean one, and enough to win against a delimiter that does not split the header.
_LIST = 0.97
_SAMPLE_ROWS = 200  # by which a delimiter is judged
_SAMPLE_CELLS = 2000  # of them, whose values are looked at
_CUT_LENGTH = 2**19  # letters, from which on the last row may be cut in two
_SWALLOWED = 2  # lines of the last cell, if its quote is closed
_QUOTED_WITHIN = 2**16  # letters in which quotes around a cell are looked for
_TWO_NUMBERS = re.compile(r"\s*[-+]?[0-9][0-9.,]*(?:[ \t]+[-+]?[0-9.,]+)+\s*")
_LISTS = re.compile(r"[^,;\t|]+(?P<mark>[,;|])(?:[^,;\t|]*(?P=mark))*[^,;\t|]+")
_QUOTED_ITEMS = re.compile(
    r"(?P<quote>[\"'])[^\"'\t]*(?P=quote)(?:(?:[,;|] ?| )(?P=quote)[^\"'\t]*(?P=quote))+"
)
_INCHES = re.compile(r"(?<=[0-9])[\"']+")
_QUOTED_WORDS = {
    quote: re.compile(rf"(?:^|[,;\t|: ]){quote}[^{quote}]*{quote}(?=[,;\t|: ]|$)")
    for quote in "\"'"
}
_OPEN_APOSTROPHE = re.compile(r"(?:^|.*[ \t])'[^' \t][^']*")
_TIME = re.compile(r"(?:.*\D)?[0-9]{1,2}(?::[0-5][0-9])+(?:[.,][0-9]+)?")
_HOURS, _MINUTES = re.compile(r"(?:.*\D)?[0-9]{1,2}"), re.compile(r"[0-5][0-9](?:\D.*)?")
_NAME_OF_TIME = re.compile(r"(?:h{1,2}|m{1,2}|s{1,2})(?:[.,]\w+)?|(?:.*\W)?h{1,2}", re.IGNORECASE)


@dataclass(frozen=True)
class Sample:
    """The beginning of a text.

    Parameters
    ----------
    text : str
    """

    text: str

    def score(self, dialect: Dialect) -> float:
        """Multiply how even rows are, how clean cells, and how much the delimiter is trusted.

        Rows are judged from the first to the last of the usual width, so that neither notes above
        nor totals below count against a delimiter.
        """
        rows = self._rows(dialect)
        if not rows:  # nothing but this delimiter
            return 1.0
        block = _usual_block([len(row) for row in rows])
        if block is None:
            return 0.0
        width, first, last = block
        table = [row for row in rows[first : last + 1] if len(row) == width]
        above = rows[first - 1] if first else []
        named = all(self._quoted(row[0], dialect) for row in table)
        if not named and _is_one_column(dialect, rows[:first], table):
            return 0.0
        if self._are_words(dialect, table) or self._tabs_divide(dialect, above):
            return 0.0
        even = len(table) / (last + 1 - first)
        covered = (1 + (last + 1 - first) / len(rows)) / 2
        clean = self._cleanness(table, dialect) * self._header_factor(above, table)
        score = even * covered * clean * (1 - 1 / width) * _TRUST.get(dialect.delimiter, 1.0)
        return max(score, _SCORE_OF_RAGGED) if _splits_most(dialect, rows) else score

    def split_alike(self, one: Dialect, other: Dialect) -> bool:
        """Tell whether two dialects give the same cells, as blanks and runs of them may do."""
        runs = one.delimiter in RUNS and other.delimiter in RUNS
        return runs and self._rows(one) == self._rows(other)

    def splits_into_values(self, dialect: Dialect, other: Dialect) -> bool:
        """Tell whether two dialects split all but the first row into the same numbers.

        The first may be names, which are as many as the numbers by the first dialect.
        """
        first, *rows = self._rows(dialect) or [[]]
        values = bool(rows) and all(is_value(c) or is_absent(c) for row in rows for c in row)
        return values and rows == self._rows(other)[1:] and len(first) == len(rows[0])

    def _rows(self, dialect: Dialect) -> list[list[str]]:
        rows: list[list[str]] = []
        try:
            for row in row_reader(self.text.encode(), dialect, strict=False):
                if any(map(str.strip, row)):
                    rows.append(row)
                if len(rows) == _SAMPLE_ROWS:
                    return rows
        except csv.Error:  # reading in earnest will say where
            pass
        if self._is_left_open(dialect, rows):
            lines = self.text.splitlines()[:_SAMPLE_ROWS]
            readers = (row_reader(line.encode(), dialect, strict=False) for line in lines)
            return [row for reader in readers for row in reader if any(map(str.strip, row))]
        # The sample may have cut the last row in two.
        return rows[:-1] if len(self.text) > _CUT_LENGTH and len(rows) > 1 else rows

    def _is_left_open(self, dialect: Dialect, rows: Sequence[Sequence[str]]) -> bool:
        """Tell whether a quote that nothing closes has swallowed the lines below it."""
        if not rows or not dialect.quote or self.text.count(dialect.quote) % 2 == 0:
            return False
        return len(self.text) <= _CUT_LENGTH and any(
            len(cell.splitlines()) > _SWALLOWED for cell in rows[-1]
        )

    def _are_words(self, dialect: Dialect, table: Sequence[Sequence[str]]) -> bool:
        """Tell words that blanks divide, such as first and last names, from cells in quotes."""
        if dialect.delimiter not in RUNS or any(is_value(cell) for row in table for cell in row):
            return False
        quote = re.escape(dialect.quote)
        return not quote or not re.search(rf"{quote}[ \t]+{quote}", self.text)

    def _tabs_divide(self, dialect: Dialect, above: Sequence[str]) -> bool:
        """Tell blanks within the cells of a file whose lines, its header too, tabs divide."""
        if dialect.delimiter not in RUNS or len(above) < 2:
            return False
        lines = [line for line in self.text.splitlines()[:_SAMPLE_ROWS] if line.strip()]
        return all(len(line.split("\t")) == len(above) for line in lines)

    def _cleanness(self, table: Sequence[Sequence[str]], dialect: Dialect) -> float:
        """Return the share of cells that no other delimiter could split.

        Numbers, dates and what stands in quotes are clean. It tells `1,5;2,5` split at the
        semicolon (two numbers) from the same split at the commas.
        """
        cells = list(islice((cell for row in table for cell in row), _SAMPLE_CELLS))
        foreign = re.compile(f"[{re.escape(FOREIGN.replace(dialect.delimiter, ''))}]")
        heard: bool | None = None
        clean = 0.0
        for cell in cells:
            if not foreign.search(cell):
                # Blanks between two halves of a pair of quotes divide nothing.
                if not self._is_cut(cell, dialect):
                    clean += 1
                elif dialect.delimiter in RUNS:
                    clean -= 1
            elif is_absent(cell) or is_number(cell) or is_date(cell) or self._quoted(cell, dialect):
                clean += 1
            elif self._is_cut(cell, dialect) or foreign.match(cell[-1]):
                clean -= 1
            elif _LISTS.fullmatch(cell) or _QUOTED_ITEMS.fullmatch(cell):
                heard = _is_heard(table, foreign) if heard is None else heard
                clean += _LIST if heard else 0.0
        return clean / len(cells)

    def _is_cut(self, cell: str, dialect: Dialect) -> bool:
        """Tell a cell with quotes that do not pair, or that stand between other delimiters."""
        if '"' not in cell and "'" not in cell:
            return False
        if self._quoted(cell, dialect):
            return False
        if len(cell) > 1 and cell[0] in "\"'":
            items = _QUOTED_ITEMS.fullmatch(cell)
            return items is None or items["quote"] == dialect.quote
        if _OPEN_APOSTROPHE.fullmatch(cell):
            return True
        odd = _INCHES.sub("", cell).count('"') % 2 == 1
        marks = {'"', dialect.quote} - {""}
        return odd or any(_QUOTED_WORDS[mark].search(cell) for mark in marks if mark in cell)

    def _quoted(self, cell: str, dialect: Dialect) -> bool:
        """Tell whether a cell stands in quotes in the text."""
        quote = dialect.quote
        if not quote:
            return False
        inner = cell.replace(quote, (dialect.escape or quote) + quote)
        return f"{quote}{inner}{quote}" in self.text[:_QUOTED_WITHIN]

    def _header_factor(self, above: Sequence[str], table: Sequence[Sequence[str]]) -> float:
        """Doubt a delimiter by which the header, one cell above the rows, is not split."""
        if len(above) != 1 or self._names_rows(table):
            return 1.0
        foreign = [mark for mark in FOREIGN if mark in above[0]]
        if any(len(above[0].split(mark)) == len(table[0]) for mark in foreign):
            return 1.0  # it is split by another, into as many names
        if foreign:
            return _HEADER_SPLIT_OTHERWISE
        if any(is_value(cell) or _TWO_NUMBERS.fullmatch(cell) for cell in table[0]):
            return _HEADER_NOT_SPLIT
        return _PROSE if all(cell[:1] == " " for row in table for cell in row[1:]) else 1.0

    def _names_rows(self, table: Sequence[Sequence[str]]) -> bool:
        """Tell the rows that R writes of one column: the name of a row, and its cell."""
        first = [row[0] for row in table]
        if len(table[0]) != 2 or len(set(first)) < len(first):
            return False
        if all(is_number(" ".join(row)) or is_date(" ".join(row)) for row in table):
            return False
        quoted = all(f'"{cell}"' in self.text[:_QUOTED_WITHIN] for cell in first[:_SAMPLE_ROWS])
        return quoted or all(a.isdecimal() and is_number(b) for a, b in table)


def _is_heard(table: Sequence[Sequence[str]], foreign: re.Pattern[str]) -> bool:
    """Whether the first of several rows is one of names that nothing else could split."""
    first = table[0]
    return len(table) > 1 and not any(map(foreign.search, first)) and all(map(is_word, first))


def _splits_most(dialect: Dialect, rows: Sequence[Sequence[str]]) -> bool:
    """Tell a table of uneven rows, whose lines are to be named, from one column of words."""
    split = sum(len(row) > 1 for row in rows)
    return dialect.delimiter in FOREIGN and len(rows[0]) > 2 and 2 * split > len(rows)


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


def _is_one_column(
    dialect: Dialect, above: Sequence[Sequence[str]], table: Sequence[Sequence[str]]
) -> bool:
    """Tell one column of decimal commas, or of times, from several."""
    if dialect.delimiter == "," and above and len(above[-1]) == 1:
        joined = [",".join(row) for row in table]
        return all(is_number(cell) or _TIME.fullmatch(cell.strip()) for cell in joined)
    if dialect.delimiter != ":":
        return False
    if all(any(cell.startswith("//") for cell in row[1:]) for row in table):
        return True  # addresses
    split = not above and not any(map(is_value, table[0]))
    if split and not all(map(_NAME_OF_TIME.fullmatch, table[0])):
        return False  # the header is split, and not as the name of a time is
    below = table[1:] if split else table
    return bool(below) and all(map(_cuts_times, below))


def _cuts_times(row: Sequence[str]) -> bool:
    """Tell whether each colon of a row stands between hours and minutes, or these and seconds."""
    return all(
        _HOURS.fullmatch(left.strip()) and _MINUTES.fullmatch(right.strip())
        for left, right in pairwise(row)
    )
