"""What stands in the cells: numbers in all styles, missing values, words for true, IDs."""

from tests.corpus.case import AGES, GROUPS, NAMES, SIZES, Case, text

N = len(NAMES)
INF = float("inf")


def column(name: str, wrong: str, cells: list[str], true: list, *, beside: str = ",", **more):
    """Make a case of one column beside a column of numbers."""
    rows = [f"x{beside}n", *(f"{c}{beside}{a}" for c, a in zip(cells, AGES, strict=False))]
    return Case(f"{name}.csv", wrong, text(rows), {"x": true, "n": AGES[: len(cells)]}, **more)


BILL = [1234.5, 99.25, 12.75, 8000.0, 1500.5, 20.25]
MISSING = ["1", "NA", "", "n/a", "2", "NaN", "null", "#N/A", "-", "3", "7", "4"]
KNOWN = [1, None, None, None, 2, None, None, None, None, 3, 7, 4]
IDS = [f"{i:05d}" for i in (7, 12, 420, 99, 1234, 3, 45, 678, 90, 11, 22, 33)]
HUGE = [9007199254740993 + 2 * i for i in range(6)]
SWITCH = [True, False, True, True, False, False]

CASES = [
    column(
        "thousands commas",
        "commas between thousands, in quotes",
        [f'"{v:,.2f}"' for v in BILL],
        BILL,
    ),
    column(
        "thousands points",
        "points between thousands, commas before decimals",
        [f"{v:,.2f}".translate(str.maketrans(",.", ".,")) for v in BILL],
        BILL,
        beside=";",
    ),
    column(
        "thousands apostrophes",
        "Swiss apostrophes between thousands",
        [f"{v:,.2f}".replace(",", "'") for v in BILL],
        BILL,
        beside=";",
    ),
    column("dollars", "dollar signs", [f"${v:.2f}" for v in BILL], BILL),
    column(
        "dollars, thousands",
        "dollar signs and commas between thousands",
        [f'"${v:,.2f}"' for v in BILL],
        BILL,
    ),
    column(
        "euros behind",
        "euro signs behind decimal commas",
        [f"{v:.2f} €".replace(".", ",") for v in BILL],
        BILL,
        beside=";",
    ),
    column(
        "percent",
        "percent signs",
        [f"{v}%" for v in (5, 12.5, 99, 50, 0, 1)],
        [5, 12.5, 99, 50, 0, 1],
    ),
    column(
        "negative in brackets",
        "negative numbers in brackets, as accountants write them",
        ["(5.5)", "3", "(2)", "4", "1", "(9)"],
        [-5.5, 3, -2, 4, 1, -9],
    ),
    column(
        "minus signs",
        "the minus sign of typographers",
        ["\u22125.5", "3", "\u22122", "4", "1", "7"],
        [-5.5, 3, -2, 4, 1, 7],
    ),
    column(
        "exponents",
        "exponents",
        ["1e3", "2.5E-2", "3", "4e+1", "1", "7"],
        [1000, 0.025, 3, 40, 1, 7],
    ),
    column("plus signs", "plus signs", ["+1", "+2.5", "-3", "4", "+1", "7"], [1, 2.5, -3, 4, 1, 7]),
    column(
        "bare points",
        "points without a digit before or behind",
        [".5", "5.", "-.25", "4", "1", "7"],
        [0.5, 5, -0.25, 4, 1, 7],
    ),
    column(
        "infinities",
        "infinities",
        ["1", "inf", "-inf", "Infinity", "2", "3.5"],
        [1, INF, -INF, INF, 2, 3.5],
    ),
    column("missing", "missing values in nine spellings", MISSING, KNOWN),
    column(
        "missing words",
        "words in place of missing numbers",
        [*map(str, AGES[:10]), "missing", "unknown"],
        [*AGES[:10], None, None],
    ),
    column(
        "question marks",
        "question marks in place of missing numbers",
        [*map(str, AGES[:10]), "?", "?"],
        [*AGES[:10], None, None],
    ),
    column("leading zeros", "IDs with leading zeros", IDS, IDS),
    column("huge integers", "integers beyond 2^53", list(map(str, HUGE)), list(map(str, HUGE))),
    column(
        "long digits",
        "integers of 20 digits",
        [str(10**19 + i) for i in range(6)],
        [str(10**19 + i) for i in range(6)],
    ),
    column("true false", "true and false", [str(s) for s in SWITCH], SWITCH),
    column(
        "TRUE FALSE", "TRUE and FALSE of spreadsheets", [str(s).upper() for s in SWITCH], SWITCH
    ),
    column("yes no", "yes and no", ["yes" if s else "no" for s in SWITCH], SWITCH),
    column(
        "Yes no",
        "yes and no, spelled carelessly",
        ["Yes", "no", "YES", "yes", "No", "NO"],
        [True, False, True, True, False, False],
    ),
    column("ja nein", "yes and no in German", ["ja" if s else "nein" for s in SWITCH], SWITCH),
    column("oui non", "yes and no in French", ["oui" if s else "non" for s in SWITCH], SWITCH),
    column(
        "yes no missing",
        "yes, no and nothing",
        ["yes", "no", "", "yes", "no", ""],
        [True, False, None, True, False, None],
    ),
    column("zero one", "0 and 1", list("010011"), [0, 1, 0, 0, 1, 1]),
    column("words", "words", GROUPS, GROUPS),
    column(
        "case",
        "words that differ in case",
        ["Red", "red", "RED", "blue", "Blue", "green"],
        ["Red", "red", "RED", "blue", "Blue", "green"],
    ),
    column(
        "mixed", "numbers and words", ["1", "a", "2", "b", "c", "d"], ["1", "a", "2", "b", "c", "d"]
    ),
    column("constant", "one value only", ["5"] * 6, [5] * 6, kinds={"x": "constant"}),
    column("empty", "nothing at all", [""] * 6, [None] * 6, kinds={"x": "empty"}),
    column(
        "one missing number",
        "numbers and one blank",
        ["1.5", "", "2.5", "3", "4", "5"],
        [1.5, None, 2.5, 3, 4, 5],
    ),
    column("quoted numbers", "numbers in quotes", [f'"{v}"' for v in SIZES], SIZES),
    column("ages", "integers of few values", list("123123123123"), [1, 2, 3] * 4),
    column(
        "underscores",
        "numbers with underscores, which are no numbers",
        ["1_000", "2_000", "3_000", "4_000", "5_000", "6_000"],
        ["1_000", "2_000", "3_000", "4_000", "5_000", "6_000"],
    ),
    column(
        "hex",
        "hexadecimal words, which are no numbers",
        ["0x1F", "0x2A", "0x10"] * 2,
        ["0x1F", "0x2A", "0x10"] * 2,
    ),
    column(
        "versions",
        "versions, which are no numbers",
        ["1.2.3", "1.2.4", "2.0.0"] * 2,
        ["1.2.3", "1.2.4", "2.0.0"] * 2,
    ),
    column(
        "ranges",
        "ranges, which are no numbers",
        ["10-20", "20-30", "30-40"] * 2,
        ["10-20", "20-30", "30-40"] * 2,
    ),
    column(
        "telephones",
        "telephone numbers",
        ["+49 30 1234", "+49 30 5678", "+1 555 0100"] * 2,
        ["+49 30 1234", "+49 30 5678", "+1 555 0100"] * 2,
    ),
    column(
        "arabic digits",
        "digits of another script, which float() would take",
        ["٣", "٤", "٥"] * 2,
        ["٣", "٤", "٥"] * 2,
    ),
    Case(
        "one class.csv",
        "a target of one class",
        text(["x,y", *(f"{a},yes" for a in AGES)]),
        {"x": AGES, "y": ["yes"] * N},
    ),
    Case(
        "lonely class.csv",
        "a class with one member",
        text(["x,y", *(f"{a},{'b' if i == 3 else 'a'}" for i, a in enumerate(AGES))]),
        {"x": AGES, "y": ["b" if i == 3 else "a" for i in range(N)]},
    ),
]
