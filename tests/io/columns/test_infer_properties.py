"""Whatever cells a column holds: repairs can be undone, answers answer, scripts read the same."""

import re

import numpy as np
import pandas as pd
from hypothesis import example, given, settings
from hypothesis import strategies as st

from regpath.io.columns.infer import type_columns
from regpath.io.grid import Grid

TEXT = """
1 2 3.5 -4 1,5 1.234 1,234 1.234.567 1,234,567 1|234 1'234 $5 €6 5|€ 7% 8|% (9) 10- −11
5|kg 6|kg 7|g 007 9007199254740993 1e5 1e400 inf -∞ NaN NA - ? . #DIV/0! n.a. yes no ja nein x X
true false да нет low high medium 03/04/2020 31/12/2020 12/31/2020 2020-01-31 2020-02-30 1.2.2020
3|Jan|2020 Jan|3,|2020 20200131 20200201 2020 12:30 2020-01-01T12:00:00Z -999 -999.00 9999 abc <b>
a|b|c|d|e|f ß １２ ınf 5E e5 1_0 --5 +5 +|5 5,- 5.- % € kg () (5 1/2 0x10 1e ١٢ 1.5.2 1,2,3
12,34,567 $-5 -$5 $(5) 5|km/h 5|m² Mar|2020 2020-03 25:00 1:05|pm 0
"""
CELLS = [cell.replace("|", " ") for cell in re.findall(r"\S+", TEXT)]
CELLS += ["", " 5 ", "\u00a05", "5\u200e", "a\nb"]
columns = st.lists(st.sampled_from(CELLS), min_size=1, max_size=5, unique=True).flatmap(
    lambda few: st.lists(st.sampled_from(few), min_size=1, max_size=30)
)


def typed(cells, other, delimiter, options=None):
    rows = [(cell, other) for cell in cells]
    grid = Grid.of_rows(["x", "y"], rows, range(2, 2 + len(rows)))
    return type_columns(grid, options, delimiter=delimiter)


@settings(max_examples=200, deadline=None, derandomize=True)
@example(["n.a.", "007"], "k", ",")
@example(["?", "1.234", "(9)", "n.a.", "(9)"], "k", ";")
@given(columns, st.sampled_from(["k", "1.5", "2,5"]), st.sampled_from(",;"))
def test_every_column(cells, other, delimiter):
    result = typed(cells, other, delimiter)
    values, how = result.values["x"], result.readings["x"]
    assert len(values) == len(cells)
    if values.dtype.kind in "if":
        for cell, value in zip(map(str.strip, cells), values, strict=True):
            if cell in ("", *how.missing):
                assert np.isnan(value)
                continue
            for pattern, replacement in how.rewrites:
                cell = re.sub(pattern, replacement, cell)
            assert float(cell) == value
    for repair in result.repairs:
        assert repair.cells > 0
        undone = typed(cells, other, delimiter, repair.undo)
        assert repair.key not in {each.key for each in undone.repairs}
    for question in result.questions:
        for answer in question.answers:
            answered = typed(cells, other, delimiter, answer.options)
            assert question.key not in {each.key for each in answered.questions}
        taken = typed(cells, other, delimiter, question.answers[0].options)
        pd.testing.assert_series_equal(pd.Series(taken.values["x"]), pd.Series(values))
