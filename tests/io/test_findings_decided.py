"""Every note of a reading is decided: it changes no number, is sure, or is asked where in doubt.

A new note fails here until it is listed, with what was decided and, where its doubtful case ends in
a question or a refusal, a file that shows it.
"""

import ast
from pathlib import Path
from typing import NamedTuple

import pytest

import regpath
from regpath.errors import DataError
from regpath.io import read_table
from regpath.io.columns.as_numbers import _CLAUSES
from regpath.io.columns.number_signs import REPAIRS

ROOM = Path(regpath.__file__).parent / "io"
# Where the key of a note is a variable: those of the signs around numbers.
SIGNS = {"columns/as_numbers.py", "columns/ordinary.py"}
# Where a note is made of a question that was accepted, or of parts that the methods take.
MAKERS = {"findings.py", "columns/column_result.py"}


class Decided(NamedTuple):
    """What was decided of a note.

    Attributes
    ----------
    how : {"no number", "said", "sure", "refused", "asked"}
        It changes none; a person said so; no other reading is in doubt; what is doubtful is
        refused, or asked.
    why : str
    doubtful : bytes
        A file of the doubtful case.
    question : str
        What is asked there.
    """

    how: str
    why: str
    doubtful: bytes = b""
    question: str = ""


def column(*cells, times=8):
    rows = [f"{cell};{k * 7 % 11}.5" for k, cell in enumerate(cells * times)]
    return "\n".join(["x;y", *rows, ""]).encode()


def table(header, form, n=12, end=b""):
    return header + b"\n" + b"".join(form % {b"k": k} for k in range(n)) + end


def asked(why, doubtful, question):
    return Decided("asked", why, doubtful, question)


ROWS = table(b"a,b,c", b"%(k)d.5,2.5,%(k)d.5\n")


def quoted(k, quote):
    return f'{k},{quote}Lamp {k},{k}.5,"brass, round",red'


BROKEN = "\n".join(
    ["id,item,price,text,colour", *(quoted(k, '"' if 0 < k < 11 else "") for k in range(40)), ""]
).encode()
NAMED = b"x,y\n" + b"".join(b"%d,%d.5,2\n" % (k * 3 % 12, k) for k in range(12))
MARKS = "".join(f"{k},234;{k}\n" for k in range(1, 30)).encode()
BIRTHS = "".join(f"13/05/{year % 100:02d};{year % 7}.5\n" for year in range(1922, 2000)).encode()
LEVELS = "".join(f"{('None', 'Attic', 'Loft')[k % 3]},{k}\n" for k in range(30)).encode()

NOTES = {
    # letters and names
    "encoding": Decided("no number", "digits are the same in all code pages"),
    "control_letters": Decided("no number", "they become the letters that they stand for"),
    "control_characters": Decided("no number", "a cell with one is no number any more"),
    "damaged_letters": Decided("no number", "a cell with one is no number any more"),
    "blank_names": Decided("no number", "a column gets a name"),
    "same_names": Decided("no number", "a column gets a name"),
    "invisible": Decided("no number", "nobody writes them on purpose"),
    "apostrophes": Decided("sure", "only before signs that begin a formula, and before all such"),
    # rows and columns without a value
    "blank_rows": Decided("no number", "they hold nothing"),
    "blank_columns": Decided("no number", "they hold nothing"),
    "rules": Decided("no number", "they hold dashes alone"),
    "repeated_headers": Decided("no number", "each of their cells is that of the header"),
    "formulas": Decided("sure", "the workbook holds no result"),
    "errors": Decided("sure", "an error is no value"),
    "nested_columns": Decided("sure", "no cell can hold a list; the column is named"),
    # how lines are divided
    "wrapped_lines": Decided("sure", "with the quotes each line is one cell"),
    "quote": Decided("sure", "without it fewer lines are divided evenly"),
    "escape": Decided("sure", "without it quotes do not pair"),
    "header_delimiter": Decided("sure", "divided so, it has a word for each column"),
    "delimiter": asked(
        "two may do, or none", table(b"text", b"a,b,c,d\n1,2\n3\n4,5,6\n", 6), "delimiter"
    ),
    "stray_quotes": Decided("refused", "rows are as long as the others only so", BROKEN),
    "unpaired_quotes": Decided("refused", "more than one line in ten", BROKEN),
    "cut_off": Decided("sure", "the last line alone, of a file without an end"),
    # rows that are left out
    "notes_above": Decided("sure", "sparser than the table; what parses as its rows do is kept"),
    "header_rows": Decided("sure", "words or units above columns of values"),
    "no_header": asked(
        "numbers may be names", table(b"2019,2020,2021", b"%(k)d.5,2.5,%(k)d.25\n"), "header"
    ),
    "uneven_rows": asked(
        "short rows whose cells fit may end in missing ones",
        table(b"a,b,c", b"%(k)d,x,%(k)d\n", end=b"5,x\n7,y,8\n"),
        "short_rows",
    ),
    "surplus_fields": asked(
        "the blank field may belong further left",
        table(b"id,w,n", b"%(k)d,red,%(k)d\n", end=b"5,,red,\n7,b,1\n"),
        "shifted_rows",
    ),
    "row_names": asked(
        "R's quotes tell; without them the last column may have no name",
        NAMED,
        "row_names",
    ),
    "comments": asked("rows as long as the others", ROWS + b"#5,6,7\n7.5,2,1\n", "comments"),
    "footer": asked("words where all others have numbers", ROWS + b"some,more,words\n", "footer"),
    "subtotals": asked(
        "called so, and no sum",
        table(b"r,n,m\nTotal,5,7", b"R%(k)d,1%(k)d,2%(k)d\n"),
        "totals",
    ),
    "merged_cells": asked("a number above", b"formats/test_excel.py", "merged_numbers"),
    # around and within numbers
    "minus": Decided("sure", "a dash before a digit; between two it is no number"),
    "blanks": Decided("sure", "between a sign and its number"),
    "cents": Decided("sure", "behind a mark and before nothing"),
    "infinity": asked("no model can use it", column("1.5", "\u221e", "3"), "infinite"),
    "currency": asked("some have none", column("$5", "7", "$9.5", "$3"), "currency"),
    "percent": asked("some have none", column("12 %", "0.5", "7 %", "3"), "mixed"),
    "unit": asked("some have none", column("5 kg", "7.5", "9 kg", "3.25 kg"), "unit"),
    "brackets": asked("no money", column("(5)", "7.5", "9", "3.25"), "brackets"),
    "trailing": asked("no money", column("5-", "7.5", "9", "3.25"), "trailing"),
    "flag": asked("always", column("12.3*", "45.6", "60.25", "7.5"), "flag"),
    "fraction": asked("beside whole numbers", column("1/2", "1", "2", "3"), "fraction"),
    "ordinal": asked("few may be names", column("1st", "2nd", "3rd", "4th"), "ordinal"),
    "decimal": asked("1,234 may be thousands", b"x;y\n" + MARKS, "decimal"),
    "thousands": asked("1.234 may be decimals", b"x;y\n" + MARKS.replace(b",", b"."), "decimal"),
    # words that stand for something
    "blank": asked("always", b"x,y\n" + b"x,1\n,2\nx,3\n,4\nx,5\n,6\n" * 4, "blank"),
    "missing:": asked("a level may be meant", b"x,y\n" + LEVELS, "level"),
    "zero:": Decided("said", "`zero`; what may be 0 is asked"),
    "others": Decided("said", "`kind`, `levels` or `parts`, without which they are asked about"),
    "spellings": Decided("said", "`levels`; what may be the same level is asked"),
    "century": asked("births of two centuries", b"x;y\n" + BIRTHS, "century"),
}


def written_keys():
    """The key of each note that the code of reading makes; None where it is a variable."""
    for path in sorted(ROOM.rglob("*.py")):
        where = path.relative_to(ROOM).as_posix()
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call) or not call.args:
                continue
            name = getattr(call.func, "attr", getattr(call.func, "id", ""))
            if name == "repair":
                yield where, key_of(call.args[0])
            elif name == "Repair":
                yield where, ""


def key_of(first):
    """The literal, or the one before what is added to it."""
    if isinstance(first, ast.BinOp):
        first = first.left
    if isinstance(first, ast.Name) and first.id == "_MISSING":
        return "missing:"
    return first.value if isinstance(first, ast.Constant) else None


def test_every_note_is_decided_and_none_is_gone():
    found = list(written_keys())
    assert {where for where, key in found if key is None} == SIGNS
    assert {where for where, key in found if key == ""} == MAKERS
    keys = {key for _, key in found if key}
    assert keys | {*_CLAUSES, *REPAIRS, "unit", "thousands"} == set(NOTES)


def test_whatever_is_doubtful_shows_a_file():
    for key, each in NOTES.items():
        assert each.why, key
        assert bool(each.doubtful) == (each.how in ("refused", "asked")), key
        assert bool(each.question) == (each.how == "asked"), key


@pytest.mark.parametrize("key", [key for key, each in NOTES.items() if each.how == "asked"])
def test_the_doubtful_case_ends_in_a_question(key):
    decided = NOTES[key]
    if decided.doubtful.endswith(b".py"):
        file = Path(__file__).parent / decided.doubtful.decode()
        assert decided.question in file.read_text(encoding="utf-8")
        return
    questions = read_table(decided.doubtful).diagnosis.questions
    assert decided.question in {each.key.partition(":")[0] for each in questions}


@pytest.mark.parametrize("key", [key for key, each in NOTES.items() if each.how == "refused"])
def test_the_doubtful_case_is_refused(key):
    with pytest.raises(DataError):
        read_table(NOTES[key].doubtful)
