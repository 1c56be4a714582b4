"""Whatever bytes are brought: an error of ours or a table, soon, and the next good file is read.

Each case says what is right: what a refusal says, or the table and the keys of what is told of it.
"""

import contextlib
import functools
import gzip
import time
from typing import Any, NamedTuple

import pytest

import regpath
from regpath.errors import DataError, RegpathError
from regpath.io import Limits, read_table
from tests.corpus.containers import ROWS, parquet, workbook, zipped

GOOD = b"y,x,z\n" + b"".join(
    b"%d,%d.5,%d.25\n" % (k % 7, k * 3 % 11, k * 5 % 13) for k in range(30)
)
NUMBERS = [(k, k * 3 % 7, k * 5 % 11) for k in range(30)]
MEGA = 10**6
AS_GOOD = ["y", "x", "z"]
LIMITS = Limits(n_bytes=50 * MEGA, n_unpacked=150 * MEGA, n_cells=5 * MEGA, n_columns=50_000)
SECONDS = 10.0  # of one processor: so long may a bad file take at most
BOOK, PACKED = workbook({"s": ROWS}), gzip.compress(GOOD * 50)


class Nasty(NamedTuple):
    """Some bytes, and what is right: what is said, or the columns, and their kinds where told."""

    data: bytes
    said: str = ""
    names: list[str] | None = None
    kinds: str = ""
    keys: tuple[str, ...] = ()


def csv(head: str, rows: list[Any]) -> bytes:
    lines = (row if isinstance(row, str) else ",".join(map(str, row)) for row in rows)
    return "\n".join([head, *lines, ""]).encode()


def table(data: bytes, names: list[str], kinds: str = "", *keys: str) -> Nasty:
    return Nasty(data, "", names, kinds, keys)


@functools.cache
def cases() -> dict[str, Nasty]:
    half = len(BOOK) // 2
    text = GOOD.decode()
    return {
        "nothing": Nasty(b"", "is empty"),
        "one cell": Nasty(b"7", "has one line only"),
        "one word": Nasty(b"word\n", "has one line only"),
        "marks of UTF-8 and UTF-16 alone": Nasty(b"\xef\xbb\xbf", "is empty"),
        "a mark of UTF-16 alone": Nasty(b"\xff\xfe", "is empty"),
        "NULs": Nasty(bytes(MEGA), "is empty"),
        "a NUL in each cell": Nasty(GOOD.replace(b",", b",\0"), "control character 0x00"),
        "a line of a million letters": Nasty(b"x" * MEGA, "has one line only"),
        "a cell of a million letters": table(
            b"a,b\n1,2\n3," + b"x" * MEGA + b"\n5,6\n", ["a", "b"], "number text"
        ),
        "a million digits": table(
            b"a,b\n1,2\n3," + b"1" * MEGA + b"\n5,6\n", ["a", "b"], "number text", "digits:b"
        ),
        "quotes": Nasty(b'"' * 100_001, "has one line only"),
        "a quote a line": Nasty(b'"\n' * 999, "never closed"),
        "a quote that none closes": table(
            csv("a,b", ['1,"2', *["3,4"] * 5000]), ["a", "b"], "", "stray_quotes"
        ),
        "doubled quotes without end": Nasty(b'"a""b' * 100_000, "has one line only"),
        "UTF-16 without a mark": table(text.encode("utf-16-le"), AS_GOOD, "ordinal number number"),
        "UTF-16 the other way": table(text.encode("utf-16-be"), AS_GOOD, "ordinal number number"),
        "UTF-16 that is cut": Nasty(text.encode("utf-16")[:-1], "damaged or cut off"),
        "a zip of names that lead out": table(zipped({"../../etc/x.csv": GOOD}), AS_GOOD),
        "a zip of a name for a screen": table(zipped({"\x1b[2J<b>.csv": GOOD}), AS_GOOD),
        "a zip that is a bomb": Nasty(zipped({"x.csv": bytes(100 * MEGA)}), "200 times its size"),
        "a zip in a zip": Nasty(zipped({"a.zip": zipped({"a.csv": GOOD})}), "lies within"),
        "a zip that is cut": Nasty(zipped({"a.csv": GOOD})[:60], "cannot be opened"),
        "a gzip that is cut": Nasty(PACKED[:-30], "cannot be unpacked"),
        "a gzip of a wrong sum": Nasty(PACKED[:-8] + bytes(8), "cannot be unpacked"),
        "a workbook that is cut": Nasty(BOOK[:half], "cannot be opened"),
        "a workbook with a hole": Nasty(
            BOOK[: half // 2] + bytes(200) + BOOK[half // 2 + 200 :], "."
        ),
        "Parquet that is cut": Nasty(parquet({"a": [1, 2, 3]})[:-10], "is not a text file"),
        "constant columns": table(csv("a,b,c", ["1,2,x"] * 30), ["a", "b", "c"], "constant " * 3),
        "equal rows": table(csv("a,b", ["1.5,2.5"] * 3000), ["a", "b"], "constant constant"),
        "equal rows but one": table(csv("a,b", ["7,8", *["3,4"] * 5000]), ["a", "b"]),
        "names that are the same": table(
            csv("a,a,a", NUMBERS), ["a", "a (2)", "a (3)"], "", "same_names"
        ),
        "names that are HTML": table(
            csv("<script>alert(1)</script>,<img src=x onerror=alert(1)>,&amp;", NUMBERS),
            ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "&amp;"],
        ),
        "names that are formulas": table(
            csv("=cmd|'/c calc'!A1,@SUM(A1),+1+1", NUMBERS),
            ["=cmd|'/c calc'!A1", "@SUM(A1)", "+1+1"],
        ),
        "names that nobody sees": table(
            csv("\u200b,\u202e,x", NUMBERS), ["column 1", "column 2", "x"], "", "blank_names"
        ),
        "a name of 100 000 letters": table(
            csv("a" * 100_000 + ",b,c", NUMBERS), ["a" * 100_000, "b", "c"]
        ),
        "10 MB of commas": Nasty(b"," * 10 * MEGA, "10,000,001 columns"),
        "4 MB of lines of commas": Nasty((b"," * 99 + b"\n") * 40_000, "is empty"),
        "10 MB of five delimiters": Nasty(b",;\t|:" * 2 * MEGA, "columns"),
        "10 MB of blanks": Nasty(b" " * 10 * MEGA, "is empty"),
        "10 MB of line ends": Nasty(b"\n" * 10 * MEGA, "is empty"),
        "rows that grow": table(
            csv("1", [",".join("1" * (k + 1)) for k in range(1, 300)]), ["1"], "", "header"
        ),
        "numbers too large": table(
            csv("a,b", [f"1e{300 + k},{k}" for k in range(30)]), ["a", "b"], "", "digits:a"
        ),
        "infinite numbers": table(
            csv("a,b", [f"{'inf' if k % 2 else k},{k * 3 % 7}" for k in range(30)]),
            ["a", "b"],
            "",
            "infinite:a",
        ),
        "an escape for a screen": table(
            csv("\x1b[31ma,b,c", NUMBERS), ["\ufffd[31ma", "b", "c"], "", "control_characters"
        ),
        "a letter with 100 000 accents": table(
            csv("a,b", ["e" + "\u0301" * 100_000 + ",1", "f,2", "g,3"]), ["a", "b"]
        ),
        "noise": Nasty(bytes((k * 89 + k * k) % 256 for k in range(200_000)), "control character"),
    }


@pytest.fixture(scope="module")
def good():
    return read_table(GOOD).frame


@pytest.mark.parametrize("name", list(cases()))
def test_bad_bytes_are_refused_in_words_or_read_and_the_next_file_is_read(name, good):
    nasty = cases()[name]
    start = time.process_time()
    if nasty.names is None:
        with pytest.raises(DataError, match=nasty.said) as caught:
            read_table(nasty.data, name="x.csv", limits=LIMITS)
        assert caught.value.hint
    else:
        _is_read(nasty)
    assert time.process_time() - start < SECONDS
    assert read_table(GOOD).frame.equals(good)


def _is_read(nasty: Nasty) -> None:
    """It is the table that is meant, and a path of it is fitted or refused in words."""
    found = read_table(nasty.data, name="x.csv", limits=LIMITS)
    diagnosis = found.diagnosis
    assert list(found.frame.columns) == nasty.names
    if nasty.kinds:
        assert [c.kind for c in diagnosis.columns] == nasty.kinds.split()
    told = {each.key for each in (*diagnosis.repairs, *diagnosis.questions)}
    assert told >= set(nasty.keys)
    with contextlib.suppress(RegpathError):
        regpath.run_study(found, regpath.Recipe(nasty.names[-1], n_lambdas=3))


def test_all_of_them_are_thirty_and_more():
    assert len(cases()) >= 30
