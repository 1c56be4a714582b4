"""Delimiters, quotes, escapes: everything that does not split at plain commas."""

from tests.corpus.case import AGES, BASE, GROUPS, NAMES, SIZES, Case, csv, lines, text

N = len(NAMES)
PLACES = ["New York", "Rio de Janeiro", "Rome", "Los Angeles", "Oslo", "San Jose"] * 2
COMMAS = [f"{name}, {group}" for name, group in zip(NAMES, GROUPS, strict=True)]


def minutes(time):
    """What 12:34 is worth in its first unit."""
    first, second = time.split(":")
    return int(first) + int(second) / 60


TIMES = [f"{8 + i}:{5 * i:02d}" for i in range(N)]
PLACED = {"place": PLACES, "age": AGES, "size": SIZES}
NUMBERS = {"a": AGES, "b": SIZES}


def fixed(gap: int = 2) -> bytes:
    """Columns of a fixed width."""
    rows = [line.split(",") for line in lines(PLACED)]
    widths = [max(map(len, column)) + gap for column in zip(*rows, strict=True)]
    return text(
        "".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def markdown() -> bytes:
    rows = [f"| {line.replace(',', ' | ')} |" for line in lines()]
    return text([rows[0], "|---|---:|:--:|-----|", *rows[1:]])


CASES = [
    Case("semicolon.csv", "semicolons", csv(";"), BASE, keys=("delimiter",)),
    Case("tab.csv", "tabs", csv("\t"), BASE, keys=("delimiter",)),
    Case("bar.csv", "bars", csv("|"), BASE, keys=("delimiter",)),
    Case("colon.csv", "colons", csv(":"), BASE, keys=("delimiter",)),
    Case("blank.txt", "blanks", csv(" "), BASE, keys=("delimiter",)),
    Case(
        "numbers in blanks.dat",
        "numbers between runs of blanks",
        text("   " + line.replace(",", "   ") for line in lines(NUMBERS)),
        NUMBERS,
    ),
    Case("fixed width.txt", "columns of a fixed width, with blanks in words", fixed(), PLACED),
    Case("decimal commas.csv", "semicolons and decimal commas", csv(";", decimal=","), BASE),
    Case("decimal commas, tab.txt", "tabs and decimal commas", csv("\t", decimal=","), BASE),
    Case("decimal commas, bar.txt", "bars and decimal commas", csv("|", decimal=","), BASE),
    Case("decimal commas, blank.txt", "blanks and decimal commas", csv(" ", decimal=","), BASE),
    Case(
        "decimal commas, quoted.csv",
        "quoted decimal commas between commas",
        text(["a,b", *(f'"{s}",{a}'.replace(".", ",") for s, a in zip(SIZES, AGES, strict=True))]),
        {"a": SIZES, "b": AGES},
    ),
    Case(
        "no header, decimal commas.csv",
        "decimal commas, semicolons, no header",
        b"1,5;2,25\n3,5;4,75\n5,5;1,5\n",
        {"column 1": [1.5, 3.5, 5.5], "column 2": [2.25, 4.75, 1.5]},
    ),
    Case(
        "one column of commas.csv",
        "one column of decimal commas",
        b"x\n1,5\n2,5\n3,75\n",
        {"x": [1.5, 2.5, 3.75]},
    ),
    Case("sep.csv", "the sep= of Excel", b"sep=;\r\n" + csv(";", "\r\n"), BASE),
    Case("sep quoted.csv", 'the "sep=" of Excel, in quotes', b'"sep=|"\n' + csv("|"), BASE),
    Case(
        "sep with bom.csv",
        "a byte order mark and the sep= of Excel",
        b"\xef\xbb\xbfsep=;\r\n" + csv(";", "\r\n"),
        BASE,
    ),
    Case(
        "commas in text, semicolon.csv",
        "semicolons, and commas in the text",
        text(["t;n", *(f"{c};{a}" for c, a in zip(COMMAS, AGES, strict=True))]),
        {"t": COMMAS, "n": AGES},
    ),
    Case(
        "commas in text, tab.tsv",
        "tabs, and commas in the text",
        text(["t\tn", *(f"{c}\t{a}" for c, a in zip(COMMAS, AGES, strict=True))]),
        {"t": COMMAS, "n": AGES},
    ),
    Case(
        "commas in quotes, semicolon.csv",
        "semicolons, and quoted commas",
        text(["t;n", *(f'"{c}";{a}' for c, a in zip(COMMAS, AGES, strict=True))]),
        {"t": COMMAS, "n": AGES},
    ),
    Case(
        "semicolons in quotes.csv",
        "commas, and quoted semicolons",
        b'a,b\n"x;y;z",1\n"u;v;w",2\n"q;r;s",3\n',
        {"a": ["x;y;z", "u;v;w", "q;r;s"], "b": [1, 2, 3]},
    ),
    Case(
        "times.csv",
        "commas, and colons in times",
        text(["t,n", *(f"{t},{a}" for t, a in zip(TIMES, AGES, strict=True))]),
        {"t": [minutes(time) for time in TIMES], "n": AGES},
        keys=("duration:t",),
    ),
    Case(
        "apostrophes.csv",
        "text in apostrophes, with commas in it",
        text(["t,n", *(f"'{c}',{a}" for c, a in zip(COMMAS, AGES, strict=True))]),
        {"t": COMMAS, "n": AGES},
        keys=("quote",),
    ),
    Case(
        "apostrophes everywhere.csv",
        "everything in apostrophes",
        text(",".join(f"'{c}'" for c in line.split(",")) for line in lines()),
        BASE,
    ),
    Case(
        "apostrophes in words.csv",
        "apostrophes in words that quote nothing",
        b"t,n\nit's,1\nO'Hara,2\n'tis,3\nrock'n'roll,4\n",
        {"t": ["it's", "O'Hara", "'tis", "rock'n'roll"], "n": [1, 2, 3, 4]},
    ),
    Case(
        "backslash.csv",
        "quotes behind a backslash",
        b'a,b\n"x \\"y\\", z",1\n"u \\"v\\"",2\n"w",3\n',
        {"a": ['x "y", z', 'u "v"', "w"], "b": [1, 2, 3]},
        keys=("escape",),
    ),
    Case(
        "backslash path.csv",
        "paths of Windows in quotes",
        b'a,b\n"C:\\tmp\\",1\n"D:\\x\\",2\n"E:\\",3\n',
        {"a": ["C:\\tmp\\", "D:\\x\\", "E:\\"], "b": [1, 2, 3]},
    ),
    Case(
        "blank before quote.csv",
        "blanks between delimiter and quote",
        b'a, b, c\n1, "x, y", 2\n3, "u, v", 4\n5, "w", 7\n',
        {"a": [1, 3, 5], "b": ["x, y", "u, v", "w"], "c": [2, 4, 7]},
    ),
    Case(
        "inches.csv",
        "inch marks that are no quotes",
        b'size,n\n5" nail,1\n6" nail,2\n7" nail,3\n',
        {"size": ['5" nail', '6" nail', '7" nail'], "n": [1, 2, 3]},
    ),
    Case(
        "wrapped lines.csv",
        "each line in quotes as a whole",
        text(f'"{line}"' for line in lines()),
        BASE,
        keys=("wrapped_lines",),
    ),
    Case("markdown.md", "a table of Markdown", markdown(), BASE, keys=("rules",)),
    Case(
        "trailing delimiter.csv",
        "a delimiter at the end of every line",
        text(line + "," for line in lines()),
        BASE,
        keys=("blank_columns",),
    ),
    Case(
        "leading delimiter.csv",
        "a delimiter at the start of every line",
        text(";" + line for line in lines(None, ";")),
        BASE,
        keys=("blank_columns",),
    ),
    Case(
        "trailing semicolons.csv",
        "delimiters at the end of the rows, not of the header",
        text([lines()[0], *(line + "," for line in lines()[1:])]),
        BASE,
        keys=("surplus_fields",),
    ),
    Case(
        "r table.txt",
        "a header without a name for the names of rows, as R writes it",
        text(
            [
                '"age" "size"',
                *(
                    f'"{i}" {a} {s}'
                    for i, (a, s) in enumerate(zip(AGES, SIZES, strict=True), start=1)
                ),
            ]
        ),
        {"row names": list(range(1, N + 1)), "age": AGES, "size": SIZES},
        keys=("row_names",),
    ),
    Case(
        "r table.csv",
        "the same, between commas",
        text(["age,size", *(f"{n},{a},{s}" for n, a, s in zip(NAMES, AGES, SIZES, strict=True))]),
        {"row names": NAMES, "age": AGES, "size": SIZES},
        keys=("row_names",),
    ),
    Case(
        "savetxt.txt",
        "a header behind a #, as numpy writes it",
        text(["# a b", *lines(NUMBERS, " ")[1:]]),
        NUMBERS,
    ),
    Case(
        "hash header.csv",
        "a header that begins with #",
        text(["#" + lines()[0], *lines()[1:]]),
        BASE,
    ),
    Case(
        "blank thousands.csv",
        "blanks between thousands, semicolons",
        b"a;b\n1 234,5;2 345,25\n3 456,5;4 567,75\n",
        {"a": [1234.5, 3456.5], "b": [2345.25, 4567.75]},
    ),
    Case(
        "quotes in some.csv",
        "quotes around some cells only",
        text(line.replace("red", '"red"') for line in lines()),
        BASE,
    ),
    Case(
        "many empty.csv",
        "most cells empty",
        b"a,b,c\n1,,\n,2,\n,,3\n4,,\n",
        {"a": [1, None, None, 4], "b": [None, 2, None, None], "c": [None, None, 3, None]},
    ),
]
