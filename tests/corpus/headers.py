"""What stands above the rows: titles, notes, names in one line and in several, units."""

from tests.corpus.case import AGES, BASE, NAMES, SIZES, Case, csv, lines, text

N = len(NAMES)
L = lines()
S = lines(None, ";")
NUMBERS = {"a": AGES, "b": SIZES}
GROUPED = {"A x": [1, 4, 7], "A y": [2, 5, 9], "B x": [3, 6, 8], "B y": [5, 5, 7]}
LONG = {k: v * 3 for k, v in BASE.items()}


CASES = [
    Case("title.csv", "a title above", text(["Patients of 2026", *L]), BASE, keys=("notes_above",)),
    Case(
        "title and blank.csv",
        "a title and a blank line above",
        text(["Patients of 2026", "", *L]),
        BASE,
        keys=("notes_above",),
    ),
    Case(
        "notes above.csv",
        "four lines of notes above",
        text(["Hospital X", "Exported: 2026-11-25", "Contact: Dr. Who, ward 3", "", *L]),
        BASE,
        keys=("notes_above",),
    ),
    Case(
        "padded title.csv",
        "a title filled up with delimiters, as Excel exports it",
        text(["Patients of 2026,,,", ",,,", *L]),
        BASE,
        keys=("notes_above",),
    ),
    Case(
        "padded key and value.csv",
        "lines of key and value, filled up with delimiters",
        text(["Ward,three,,", "Doctor,Who,,", ",,,", *L]),
        BASE,
        keys=("notes_above",),
    ),
    Case(
        "comments above.csv",
        "comments above",
        text(["# made by x", "# on Monday", *L]),
        BASE,
        keys=("notes_above",),
    ),
    Case(
        "title, semicolon.csv",
        "a title with a comma above semicolons",
        text(["Patients, all of them", "", *S]),
        BASE,
        keys=("notes_above",),
    ),
    Case(
        "title, no header.csv",
        "a title above numbers without a header",
        text(["Some measurements", *lines(NUMBERS)[1:]]),
        {"column 1": AGES, "column 2": SIZES},
        keys=("notes_above", "no_header"),
    ),
    Case(
        "long notes.csv",
        "more notes than rows",
        text([*(f"note {i}" for i in range(8)), "", *L[:5]]),
        {k: v[:4] for k, v in BASE.items()},
        keys=("notes_above",),
    ),
    Case(
        "ARFF-like comments.csv",
        "comments behind a percent sign",
        text(["% title", "%", "% source: x", *L]),
        BASE,
        keys=("notes_above",),
    ),
    Case(
        "units.csv",
        "a row of units below the names",
        text(["name,age,size,group", ",years,m,", *L[1:]]),
        BASE,
        keys=("header_rows",),
    ),
    Case(
        "units in brackets.csv",
        "a row of units in brackets",
        text(["a,b", "(years),(m)", *lines(NUMBERS)[1:]]),
        NUMBERS,
        keys=("header_rows",),
    ),
    Case(
        "labels.csv",
        "a row of questions below the names",
        text(
            [
                "id,q1,q2,q3",
                "Respondent,How old are you?,How tall are you?,How happy are you?",
                "1,34,1.6,4",
                "2,51,1.8,2",
                "3,29,1.7,5",
            ]
        ),
        {"id": [1, 2, 3], "q1": [34, 51, 29], "q2": [1.6, 1.8, 1.7], "q3": [4, 2, 5]},
        keys=("header_rows",),
    ),
    Case(
        "two headers.csv",
        "names of groups above names",
        text(["A,,B,", "x,y,x,y", "1,2,3,5", "4,5,6,5", "7,9,8,7"]),
        GROUPED,
        keys=("header_rows",),
    ),
    Case(
        "two full headers.csv",
        "names of groups in every cell above names",
        text(["A,A,B,B", "x,y,x,y", "1,2,3,5", "4,5,6,5", "7,9,8,7"]),
        GROUPED,
        keys=("header_rows",),
    ),
    Case(
        "title, units.csv",
        "a title above, units below the names",
        text(["Patients", "", "a,b", "years,m", *lines(NUMBERS)[1:]]),
        NUMBERS,
        keys=("notes_above", "header_rows"),
    ),
    Case(
        "word for missing first.csv",
        "a first row of words for missing values",
        text(
            [
                "name,age,size",
                "Ann,unknown,NA",
                *(f"{n},{a},{s}" for n, a, s in zip(NAMES, AGES, SIZES, strict=True)),
            ]
        ),
        {"name": ["Ann", *NAMES], "age": [None, *AGES], "size": [None, *SIZES]},
    ),
    Case(
        "survey keys.csv",
        "questions and keys below the names, as Qualtrics writes them",
        text(
            [
                L[0],
                *(
                    ",".join(f'"{before}{n}{after}"' for n in BASE)
                    for before, after in (
                        ("How much, or what, is ", "?"),
                        ('{""ImportId"":""', '""}'),
                    )
                ),
                *L[1:],
            ]
        ),
        BASE,
        keys=("header_rows",),
    ),
    Case(
        "survey matrix.csv",
        "names of answers below a question, others without",
        text(
            [
                "id,age,Please rate,,",
                ",,Food,Service,Price",
                "7,30,1,5,2",
                "5,31,3,4,1",
                "9,35,2,2,3",
            ]
        ),
        {
            "id": [7, 5, 9],
            "age": [30, 31, 35],
            "Please rate Food": [1, 3, 2],
            "Please rate Service": [5, 4, 2],
            "Please rate Price": [2, 1, 3],
        },
        keys=("header_rows",),
    ),
    Case(
        "groups like units.csv",
        "names of a group's columns that might be units",
        text(["where,G,,x", ",a,b,", "N,1,2,3.5", "S,3,4,4.5", "E,6,5,9.5"]),
        {"where": ["N", "S", "E"], "G a": [1, 3, 6], "G b": [2, 4, 5], "x": [3.5, 4.5, 9.5]},
        keys=("header_rows",),
    ),
    Case(
        "mostly headers.csv",
        "the header again after every row",
        text(["a,b", "1,2.5", "a,b", "3,4.5", "a,b", "5,6.5", "a,b", "7,8.5"]),
        {"a": [1, 3, 5, 7], "b": [2.5, 4.5, 6.5, 8.5]},
        keys=("repeated_headers",),
    ),
    Case(
        "repeated header.csv",
        "the header again within",
        text([*L[:6], L[0], *L[6:]]),
        BASE,
        keys=("repeated_headers",),
    ),
    Case(
        "files after each other.csv",
        "three files after each other",
        csv() * 3,
        LONG,
        keys=("repeated_headers",),
    ),
    Case(
        "files and blanks.csv",
        "three files after each other, blank lines between",
        b"\n".join([csv()] * 3),
        LONG,
        keys=("repeated_headers",),
    ),
    Case(
        "header between commas.csv",
        "commas in the header, semicolons in the rows",
        text([L[0], *S[1:]]),
        BASE,
        keys=("header_delimiter",),
    ),
    Case(
        "bank.csv",
        "what a bank writes: key and value above, code page, decimal commas",
        text(
            [
                "Kontoauszug;;;",
                "Konto;DE12 3456;;",
                "",
                "Buchung;Zweck;Betrag;Währung",
                '02.01.2026;"REWE, Filiale; Köln";-23,45;EUR',
                "13.01.2026;Gehalt;2.345,67;EUR",
                "25.01.2026;Miete;-1.200,00;EUR",
            ],
            "\r\n",
            "cp1252",
        ),
        {
            "Buchung": ["2026-01-02", "2026-01-13", "2026-01-25"],
            "Zweck": ["REWE, Filiale; Köln", "Gehalt", "Miete"],
            "Betrag": [-23.45, 2345.67, -1200.0],
            "Währung": ["EUR"] * 3,
        },
        keys=("notes_above",),
    ),
    Case(
        "instrument.txt",
        "what an instrument writes: UTF-16, notes, units, an end line",
        text(
            [
                "Instrument: XYZ",
                "Date: 2026-11-25 10:11",
                "",
                "Sample\tAbs 1\tAbs 2",
                "\t(AU)\t(AU)",
                "S1\t0.125\t0.5",
                "S2\t0.25\t0.75",
                "S3\t0.5\t1.5",
                "",
                "-- end of run --",
            ],
            "\r\n",
            "utf-16",
        ),
        {"Sample": ["S1", "S2", "S3"], "Abs 1": [0.125, 0.25, 0.5], "Abs 2": [0.5, 0.75, 1.5]},
        keys=("notes_above", "header_rows"),
    ),
    Case(
        "qualtrics.csv",
        "three header rows of a survey",
        text(
            [
                "Start,Q1,Q2,Q3",
                '"Start Date","How old?","Rate, 1 to 5","Comments?"',
                '"{""id"":""s""}","{""id"":""QID1""}","{""id"":""QID2""}","{""id"":""QID3""}"',
                '2026-01-01 10:00:00,34,5,"Good, thanks"',
                '2026-01-02 11:00:00,41,3,"one\ntwo"',
                "2026-01-13 12:00:00,29,4,",
            ]
        ),
        {
            "Start": ["2026-01-01 10:00:00", "2026-01-02 11:00:00", "2026-01-13 12:00:00"],
            "Q1": [34, 41, 29],
            "Q2": [5, 3, 4],
            "Q3": ["Good, thanks", "one\ntwo", None],
        },
        keys=("header_rows",),
    ),
]
