"""What stands below the rows: totals, means, sources, notes."""

from tests.corpus.case import AGES, BASE, NAMES, SIZES, Case, csv, lines, text

N = len(NAMES)
L = lines()
S = lines(None, ";")


CASES = [
    Case(
        "total.csv",
        "a row of totals below",
        text([*L, f"Total,{sum(AGES)},{sum(SIZES):.3f},"]),
        BASE,
        keys=("footer",),
    ),
    Case(
        "total and mean.csv",
        "rows of totals and means below",
        text([*L, f"Total,{sum(AGES)},{sum(SIZES):.3f},", f"Mean,{sum(AGES) / N:.2f},1.74,"]),
        BASE,
        keys=("footer",),
    ),
    Case(
        "summe.csv",
        "a row of totals in German",
        text([*S, f"Summe;{sum(AGES)};{sum(SIZES):.3f};"]),
        BASE,
        keys=("footer",),
    ),
    Case(
        "unnamed total.csv",
        "sums below without a word",
        text([*L, f",{sum(AGES)},{sum(SIZES):.3f},"]),
        BASE,
        keys=("footer",),
    ),
    Case(
        "total is a group.csv",
        "a group that is called total",
        text(["kind,n", "total,1", "partial,2", "total,3", "partial,5", "total,4"]),
        {"kind": ["total", "partial", "total", "partial", "total"], "n": [1, 2, 3, 5, 4]},
    ),
    Case(
        "source below.csv",
        "a source below",
        text([*L, "", "Source: ward 3"]),
        BASE,
        keys=("footer",),
    ),
    Case(
        "source with commas.csv",
        "a source with commas below",
        text([*L, "", "Source: wards 1, 2, 3 and 4, but not 5"]),
        BASE,
    ),
    Case(
        "padded source.csv",
        "a source below, filled up with delimiters",
        text([*L, ",,,", "Source: ward 3,,,"]),
        BASE,
        keys=("footer",),
    ),
    Case(
        "rows affected.csv",
        "what a database says below",
        text([*L, "", "(12 rows affected)"]),
        BASE,
        keys=("footer",),
    ),
    Case(
        "legend below.csv",
        "two lines of legend below",
        text([*L, "", "* measured twice", "** estimated by the nurse"]),
        BASE,
        keys=("footer",),
    ),
    Case(
        "title, total, source.csv",
        "a title above, totals and a source below",
        text(["Patients", "", *L, f"Total,{sum(AGES)},{sum(SIZES):.3f},", "", "Source: ward 3"]),
        BASE,
        keys=("notes_above", "footer"),
    ),
    Case(
        "media.csv",
        "a last row that is called as a mean is in Spanish",
        text(["sector,x", "retail,4", "bank,5", "farm,7", "media,12"]),
        {"sector": ["retail", "bank", "farm", "media"], "x": [4, 5, 7, 12]},
    ),
    Case(
        "all.csv",
        "the sum of all below",
        text(["sector,x", "b,4", "c,5", "d,7", "All,16"]),
        {"sector": ["b", "c", "d"], "x": [4, 5, 7]},
        keys=("footer",),
    ),
    Case(
        "source, cut.csv",
        "a source below with a delimiter in it, below a total",
        text(
            [
                "Region,Male,Female,Both",
                '"North","1,234","1,300","2,534"',
                '"South","2,234","2,300","4,534"',
                '"East","987","1,025","2,012"',
                '"Total","4,455","4,625","9,080"',
                "",
                "(a) All but the islands.",
                "Source: Statistics Office, 2021",
            ]
        ),
        {
            "Region": ["North", "South", "East"],
            "Male": [1234, 2234, 987],
            "Female": [1300, 2300, 1025],
            "Both": [2534, 4534, 2012],
        },
        keys=("footer",),
    ),
    Case(
        "console.txt",
        "what the console of a database prints",
        text(
            [
                " id | size  ",
                "----+-------",
                "  1 |   1.5 ",
                "  2 |   2.5 ",
                "  3 |       ",
                "(3 rows)",
                "",
            ]
        ),
        {"id": [1, 2, 3], "size": [1.5, 2.5, None]},
        keys=("footer",),
    ),
    Case(
        "lines around.txt",
        "lines of dashes around totals",
        text(
            [
                "name   qty  price",
                "-----  ---  -----",
                "apple  3    1.50",
                "pear   4    2.25",
                "plum   5    2.50",
                "-----  ---  -----",
                "total  12   6.25",
            ]
        ),
        {"name": ["apple", "pear", "plum"], "qty": [3, 4, 5], "price": [1.5, 2.25, 2.5]},
        keys=("rules", "footer"),
    ),
    Case("blank tail.csv", "a thousand blank rows below", csv() + b",,,\n" * 1000, BASE),
    Case(
        "subtotals.csv",
        "totals of two blocks among the rows",
        text(
            ["region,n,x", "N,1,1.5", "S,2,2.5", "Total,3,4.0", "E,4,0.5", "W,5,1.5", "Total,9,2.0"]
        ),
        {"region": list("NSEW"), "n": [1, 2, 4, 5], "x": [1.5, 2.5, 0.5, 1.5]},
        keys=("subtotals",),
    ),
    Case(
        "no subtotals.csv",
        "rows that are called total, but are no sums",
        text(["region,n", "N,1", "S,2", "total,7", "E,4", "W,5", "total,8", "X,1", "Y,2", "Z,3"]),
        {
            "region": ["N", "S", "total", "E", "W", "total", "X", "Y", "Z"],
            "n": [1, 2, 7, 4, 5, 8, 1, 2, 3],
        },
    ),
]
