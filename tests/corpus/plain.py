"""Files with nothing wrong, or hardly anything: they must pass without harm."""

from tests.corpus.case import AGES, BASE, NAMES, SIZES, Case, csv, lines, text, unnamed

N = len(NAMES)
WIDE = {f"x{j}": [j + i / 8 for i in range(3)] for j in range(3000)}
HTML = ["<script>alert(1)</script>", "**bold**", "[a](javascript:1)", "&lt;b&gt;"] * 3

CASES = [
    Case("clean.csv", "nothing", csv(), BASE),
    Case("crlf.csv", "CR LF line ends", csv(end="\r\n"), BASE),
    Case("cr.csv", "CR line ends, as an old Mac writes", csv(end="\r"), BASE),
    Case(
        "mixed ends.csv",
        "three kinds of line end",
        "".join(
            line + end for line, end in zip(lines(), ["\n", "\r\n", "\r"] * 5, strict=False)
        ).encode(),
        BASE,
    ),
    Case("no final end.csv", "no line end at the end", csv().rstrip(b"\n"), BASE),
    Case("blank end.csv", "blank lines at the end", csv() + b"\n\n\n", BASE),
    Case("blank start.csv", "blank lines at the start", b"\n\n" + csv(), BASE),
    Case("one row.csv", "a single row", b"a,b\n1,2\n", {"a": [1], "b": [2]}),
    Case("one column.csv", "a single column", b"x\n1\n2\n4\n", {"x": [1, 2, 4]}),
    Case("one cell.csv", "a single cell under a name", b"x\n1\n", {"x": [1]}),
    Case("wide.csv", "3000 columns", text(lines(WIDE)), WIDE),
    Case(
        "quoted.csv",
        "everything in quotes",
        text(",".join(f'"{c}"' for c in line.split(",")) for line in lines()),
        BASE,
    ),
    Case(
        "quoted delimiter.csv",
        "commas within quotes",
        b'a,b\n"x, y",1\n"u, v, w",2\nz,3\n',
        {"a": ["x, y", "u, v, w", "z"], "b": [1, 2, 3]},
    ),
    Case(
        "quoted newline.csv",
        "line ends within quotes",
        b'a,b\n"x\ny",1\n"u\r\nv",2\nz,3\n',
        {"a": ["x\ny", "u\r\nv", "z"], "b": [1, 2, 3]},
    ),
    Case(
        "doubled quotes.csv",
        "quotes within quotes",
        b'a,b\n"say ""hi""",1\n"""",2\nz,3\n',
        {"a": ['say "hi"', '"', "z"], "b": [1, 2, 3]},
    ),
    Case(
        "blanks around.csv",
        "blanks around cells",
        text(line.replace(",", " , ") for line in lines()),
        BASE,
    ),
    Case("no header.csv", "no header", csv(header=False), unnamed(BASE), keys=("no_header",)),
    Case(
        "no header, numbers.csv",
        "numbers without a header",
        b"5.1,3.5\n4.9,3.0\n4.7,3.2\n6.3,2.1\n",
        {"column 1": [5.1, 4.9, 4.7, 6.3], "column 2": [3.5, 3.0, 3.2, 2.1]},
        keys=("no_header",),
    ),
    Case(
        "no header, words.csv",
        "words without a header",
        b"red,small\nblue,large\nred,large\nblue,small\nred,small\nred,large\n",
        {
            "column 1": ["red", "blue", "red", "blue", "red", "red"],
            "column 2": ["small", "large", "large", "small", "small", "large"],
        },
        keys=("no_header",),
    ),
    Case(
        "years as names.csv",
        "names that are years",
        b"country,2000,2001,2002\nchad,1.5,2.5,3.5\nmali,2.5,3.5,4.5\ntogo,3.5,4.5,5.5\n",
        {
            "country": ["chad", "mali", "togo"],
            "2000": [1.5, 2.5, 3.5],
            "2001": [2.5, 3.5, 4.5],
            "2002": [3.5, 4.5, 5.5],
        },
        keys=("header",),
    ),
    Case(
        "index.csv",
        "an index without a name, as pandas writes it",
        text(
            [
                ",age,size",
                *(f"{i},{a},{s}" for i, (a, s) in enumerate(zip(AGES, SIZES, strict=True))),
            ]
        ),
        {"column 1": list(range(N)), "age": AGES, "size": SIZES},
        keys=("blank_names",),
    ),
    Case(
        "same names.csv",
        "two columns of one name",
        b"a,a,b\n1,2,3\n4,5,7\n",
        {"a": [1, 4], "a (2)": [2, 5], "b": [3, 7]},
        keys=("same_names",),
    ),
    Case(
        "blank names.csv",
        "columns without a name",
        b"a,,b,\n1,2,3,x\n4,5,7,y\n",
        {"a": [1, 4], "column 2": [2, 5], "b": [3, 7], "column 4": ["x", "y"]},
        keys=("blank_names",),
    ),
    Case(
        "long names.csv",
        "a name of 3000 letters",
        text(["x" * 3000 + ",b", "1,2", "3,5"]),
        {"x" * 3000: [1, 3], "b": [2, 5]},
    ),
    Case(
        "names with line ends.csv",
        "names of two lines",
        b'"a\n(cm)",b\n1,2\n3,5\n',
        {"a\n(cm)": [1, 3], "b": [2, 5]},
    ),
    Case(
        "html.csv",
        "HTML and Markdown in cells and names",
        text(["<b>x</b>,n", *(f"{h},{i}" for i, h in enumerate(HTML))]),
        {"<b>x</b>": HTML, "n": list(range(12))},
    ),
    Case(
        "formulas.csv",
        "cells that spreadsheets would run",
        b"t,n\n=1+1,1\n@SUM(A1),2\n=cmd|' /C calc'!A0,3\n",
        {"t": ["=1+1", "@SUM(A1)", "=cmd|' /C calc'!A0"], "n": [1, 2, 3]},
    ),
    Case(
        "neutralized.csv",
        "formulas with an apostrophe before them, as we export them",
        b"t,'=n\n'=1+1,1\n'@SUM(A1),2\n'-x,3\n",
        {"t": ["=1+1", "@SUM(A1)", "-x"], "=n": [1, 2, 3]},
        keys=("apostrophes",),
    ),
    Case(
        "emoji.csv",
        "emoji and letters from right to left",
        text(["שם,n", "שלום,1", "🙂🙃,2", "مرحبا,3"]),
        {"שם": ["שלום", "🙂🙃", "مرحبا"], "n": [1, 2, 3]},
    ),
    Case(
        "long cell.csv",
        "a cell of 300 000 letters",
        text(["t,n", "x" * 300_000 + ",1", "y,2"]),
        {"t": ["x" * 300_000, "y"], "n": [1, 2]},
    ),
    Case(
        "special names.csv",
        "names that Python knows",
        b"class,None,def\n1,2,3\n4,5,7\n",
        {"class": [1, 4], "None": [2, 5], "def": [3, 7]},
    ),
]
