"""Rows that are not like the others, blank rows and columns, several tables."""

from regpath.io import ReadOptions
from tests.corpus.case import AGES, BASE, GROUPS, NAMES, SIZES, Case, csv, lines, text

L = lines()


def without(*rows: int) -> dict[str, list]:
    """Return the basic table without some rows."""
    return {k: [v for i, v in enumerate(c) if i not in rows] for k, c in BASE.items()}


CASES = [
    Case(
        "blank rows.csv",
        "blank rows between rows",
        text([*L[:4], "", *L[4:9], ",,,", *L[9:]]),
        BASE,
        keys=("blank_rows",),
    ),
    Case(
        "every second blank.csv",
        "every second row blank",
        text(line + "\n" for line in L),
        BASE,
        keys=("blank_rows",),
    ),
    Case(
        "blank columns.csv",
        "blank columns on both sides and between",
        text("," + line.replace(",", ",,", 1) + ",," for line in L),
        BASE,
        keys=("blank_columns",),
    ),
    Case(
        "comments between.csv",
        "comments between rows",
        text([*L[:4], "# measured again, twice, on Monday, by X", *L[4:]]),
        BASE,
        keys=("comments",),
    ),
    Case(
        "two tables.csv",
        "a second table below",
        text([*L, "", "drug,dose", "a,1", "b,2", "c,5"]),
        BASE,
        keys=("tables",),
    ),
    Case(
        "two tables, second larger.csv",
        "a larger second table below",
        text(["drug,dose", "a,1", "b,2", "c,5", "", *L]),
        BASE,
        keys=("tables",),
    ),
    Case(
        "two titled tables.csv",
        "two tables with titles",
        text(["Patients", *L, "", "Drugs", "drug,dose", "a,1", "b,2", "c,5"]),
        BASE,
        keys=("tables",),
    ),
    Case(
        "the other table.csv",
        "the second of two tables, as a person chose",
        text([*L, "", "drug,dose", "a,1", "b,2", "c,5"]),
        {"drug": ["a", "b", "c"], "dose": [1, 2, 5]},
        options=ReadOptions(skip_rows=14, skip_footer=0),
    ),
    Case(
        "short row.csv",
        "one row without its last cell",
        text([*L[:5], "Dan,42,1.914", *L[6:]]),
        {
            **BASE,
            "name": [*NAMES[:4], "Dan", *NAMES[5:]],
            "age": [*AGES[:4], 42, *AGES[5:]],
            "size": [*SIZES[:4], 1.914, *SIZES[5:]],
            "group": [*GROUPS[:4], None, *GROUPS[5:]],
        },
        keys=("short_rows",),
    ),
    Case(
        "short row, middle.csv",
        "one row without a cell in its middle",
        text([*L[:5], "Dan,1.914,red", *L[6:]]),
        without(4),
        keys=("uneven_rows",),
    ),
    Case(
        "long row.csv",
        "one row with a comma too many",
        text([*L[:5], "Dan, Jr.,42,1.9,red", *L[6:]]),
        without(4),
        keys=("uneven_rows",),
    ),
    Case(
        "cut off.csv",
        "cut off within the last row",
        csv()[:-14],
        {k: v[:-1] for k, v in BASE.items()},
        keys=("cut_off",),
    ),
    Case(
        "cut off in quotes.csv",
        "cut off within a quoted text",
        b'a,b,c\n1,2,"x"\n3,5,"y"\n4,7,"z z',
        {"a": [1, 3], "b": [2, 5], "c": ["x", "y"]},
        keys=("cut_off",),
    ),
    Case(
        "colours.csv",
        "cells that begin with #, but are no comments",
        text(["colour,x", "#ff0000,2", "#00ff00,3", "#0000ff,4"]),
        {"colour": ["#ff0000", "#00ff00", "#0000ff"], "x": [2, 3, 4]},
    ),
    Case(
        "json cells.csv",
        "JSON in cells",
        b'id,meta\n1,"{""a"": 1, ""b"": [1,2]}"\n2,"{""a"": 2}"\n3,"{}"\n',
        {"id": [1, 2, 3], "meta": ['{"a": 1, "b": [1,2]}', '{"a": 2}', "{}"]},
    ),
    Case(
        "many ragged.csv",
        "rows of all lengths",
        b"a,b,c\n1,2\n3,4,5,6\n7\n8,9,1\n2,3,4,5,6\n",
        None,
        message="but the header has",
    ),
    Case(
        "commas undone.csv",
        "decimal commas between commas, without quotes",
        b"a,b\n1,5,2,5\n3,5,4,5\n5,5,6,5\n",
        None,
        message="Line 2 has 4 fields",
    ),
    Case(
        "header too long.csv",
        "more names than cells",
        b"a,b,c,d\n1,2,3\n4,5,6\n7,8,9\n",
        {"a": [1, 4, 7], "b": [2, 5, 8], "c": [3, 6, 9], "d": [None] * 3},
        keys=("surplus_names",),
    ),
    Case(
        "header too short.csv",
        "fewer names than cells",
        b"a,b\n1,2,3\n4,5,6\n7,8,9\n2,3,5\n8,8,8\n5,6,1\n",
        {"row names": [1, 4, 7, 2, 8, 5], "a": [2, 5, 8, 3, 8, 6], "b": [3, 6, 9, 5, 8, 1]},
        keys=("row_names",),
    ),
    Case(
        "one name less, numbers.csv",
        "a name less than cells, and no names of rows",
        b"a,b\n1.5,2,3\n4.5,5,6\n7.5,8,9\n",
        {"row names": [1.5, 4.5, 7.5], "a": [2, 5, 8], "b": [3, 6, 9]},
        keys=("row_names",),
    ),
    Case(
        "one name less, halves.csv",
        "a name less than cells, which may be decimal commas",
        b"a,b\n1,5,2\n4,25,5\n1,75,8\n",
        None,
        message="Line 2 has 3 fields",
    ),
    Case(
        "swallowed rows.csv",
        "a quote that is closed three rows later",
        b'a,b,c\n1,2,"x\n4,5,y\n7,8,z\n9,9,w"\n2,3,"v"\n',
        None,
        message="look like rows",
    ),
    Case(
        "open quote.csv",
        "a quote that is never closed",
        b'a,b,c\n1,2,3\n4,"x, y,6\n7,8,9\n1,1,1\n',
        None,
        message="never closed",
    ),
    Case("no data.csv", "a header and nothing else", b"a,b,c\n", None, message="one line only"),
    Case(
        "no data, blanks.csv",
        "a header and blank rows",
        b"a,b\n,\n,\n",
        None,
        message="one line only",
    ),
    Case("title only.csv", "a title and a header", b"Report\n\na,b,c\n", None, message="no row"),
]
