"""The fast way reads what the slow way reads, and takes no more memory than that is worth."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from regpath.errors import DataError, RegpathError
from regpath.io import ReadOptions, read_table
from regpath.io import read_text as reader
from regpath.io.findings import Findings
from regpath.io.text.records import read_records
from regpath.io.text.sheet import Sheet, fast_sheet
from regpath.io.text.splitting import Dialect
from tests.corpus import CASES

WIDE = """
from regpath.io.text.sheet import fast_sheet
from regpath.io.text.splitting import Dialect

def most():
    lines = open("/proc/self/status").read().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024

fast_sheet(b"a,b\\n1,2\\n", Dialect())
before = most()
row = ",".join("7" for _ in range(50_000))
sheet = fast_sheet(f"{row}\\n{row}\\n{row}\\n".encode(), Dialect())
assert len(sheet.columns) == 50_000
print(most() - before)
"""


def cells(sheet):
    return [column.to_pylist() for column in sheet.columns]


@settings(deadline=None, max_examples=400)
@given(st.text('a1,"\n\r é', min_size=1, max_size=24))
@example('a,b\n"x","y""z"\n')
@example('a,b\n"x"y,1\n')
@example("a,b\r\n1,2\r3,4\n")
@example('"","\n')
@example('""",a\n')
def test_where_the_fast_way_is_open_it_ends_at_the_same_place(text):
    content, dialect = text.encode(), Dialect()
    fast = fast_sheet(content, dialect)
    if fast is not None:
        slow = Sheet.of(read_records(content, dialect, Findings(ReadOptions()))[0])
        assert cells(fast) == cells(slow)
        np.testing.assert_array_equal(fast.numbers, slow.numbers)


rows = st.lists(
    st.tuples(
        st.sampled_from(["x", "a b", 'say ""hi""', "5", ""]), st.floats(-9, 9), st.booleans()
    ),
    min_size=2,
    max_size=9,
)


@given(rows, st.sampled_from(",;\t|"), st.sampled_from(["\n", "\r", "\r\n"]))
def test_clean_files_take_the_fast_way(values, delimiter, end):
    lines = [["t", "x", "b"], *([f'"{t}"', str(x), str(b)] for t, x, b in values)]
    content = end.join(delimiter.join(line) for line in lines).encode()
    fast = fast_sheet(content, Dialect(delimiter))
    assert cells(fast)[0][1:] == [t.replace('""', '"') for t, _, _ in values]
    assert fast.numbers.tolist() == list(range(1, len(lines) + 1))


def outcome(case):
    try:
        table = read_table(case.content, options=case.options)
    except RegpathError as error:
        return str(error)
    frame = table.frame.astype(object).where(table.frame.notna(), None)
    return frame.to_dict("list"), list(frame.index), table.diagnosis, table.reading


@pytest.mark.parametrize("part", range(4))
def test_the_whole_corpus_is_read_alike_both_ways(part, monkeypatch):
    chosen = [case for case in CASES[part::4] if "bomb" not in case.name]
    fast = list(map(outcome, chosen))
    monkeypatch.setattr(reader, "fast_sheet", lambda *_: None)
    for case, found in zip(chosen, fast, strict=True):
        assert outcome(case) == found, case.name


def test_blank_rows_at_the_ends_are_left_out_and_numbers_stay():
    sheet = fast_sheet(b"\n,\na,b\n1,2\n,\n\n", Dialect())
    assert cells(sheet) == [["a", "1"], ["b", "2"]]
    assert sheet.numbers.tolist() == [3, 4]


@pytest.mark.parametrize(
    "text", ["a,b\n1\n", "a,b\n\n1,2\n", 'a,b\n"x\ny",1\n', 'a,b\n"x" y,1\n', 'a,b\n"x,1\n']
)
def test_doubtful_files_take_the_slow_way(text):
    assert fast_sheet(text.encode(), Dialect()) is None


def test_a_line_of_millions_of_cells_is_refused_as_one_line():
    with pytest.raises(DataError, match="one line only"):
        read_table(b"1," * 500_000)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux says the most")
def test_a_file_of_300_kilobytes_and_50_000_columns_does_not_take_half_a_gigabyte():
    done = subprocess.run([sys.executable, "-c", WIDE], capture_output=True, text=True, check=True)
    assert float(done.stdout) < 250  # 450 where each column has tables of its own
