"""Lines of a script that read a file and turn its text into values, as regpath read it."""

from __future__ import annotations

import textwrap
from pprint import pformat

from regpath.core.problems.response import words_back
from regpath.export.python_literals import call, given, plain
from regpath.io.columns.dates import DAY_NAMES, MONTH_NAMES
from regpath.io.columns.missing import MISSING
from regpath.io.table import ColumnReading
from regpath.study import Study

TRUE_FALSE = {"true": 1, "yes": 1, "t": 1, "y": 1, "false": 0, "no": 0, "f": 0, "n": 0}
_PANDAS_READS = ("ymd", "ends", "day word", "word day", "compact")  # layouts of dates


# What turns cells into values, and says of which column it cannot.
READ = """

def values_of(cells, how, **said):
    try:
        return how(cells, **said)
    except ValueError as error:
        sys.exit(f"Column {cells.name!r} holds what that of the fit does not. {error}")

"""
_BY_PANDAS = """\
# Read every cell as text, then turn the numeric columns into numbers.
HOW = dict(
    sep={sep!r},
    encoding={encoding!r},
    header=None,
    skiprows={skip!r},
    dtype=str,
    keep_default_na=False,
    index_col=False,
)
try:
{names}    frame = pd.read_csv(DATA, names=COLUMNS, usecols=range(len(COLUMNS)), **HOW)
except ValueError as error:
    sys.exit(f"The file cannot be read as that of the fit was. {{error}}")
{blank}frame = frame.apply(lambda column: column.str.strip())
frame = frame.mask(frame == "").dropna(how="all"){header}
for column, spellings in MISSING.items():
    frame[column] = frame[column].mask(frame[column].isin(spellings))
{numbers}"""
_HEADER = ".iloc[1:]  # the first row names the columns"
# Source that says which columns `absent` holds.
LACKS = '''f"The file lacks columns that the model needs: {', '.join(absent)}."'''
_BLANK, _NOT_READ = "frame[column].isna().all()", "column not in frame"
_NAMES = """\
there = pd.read_csv(DATA, nrows=1, **HOW).iloc[0].str.strip().tolist()
{refused}if there[: len(COLUMNS)] != COLUMNS:
    COLUMNS = there  # the same columns in another order, or further ones among them
"""
_BY_REGPATH = """\
# regpath reads the file, since plain pandas would read other cells:
{obstacles}try:
{reader}
except regpath.RegpathError as error:
    sys.exit(f"The file cannot be read as that of the fit was. {{error}}")
{refused}for column in NUMERIC:
    frame[column] = values_of(frame[column], numbers)
{lines}"""
_NUMBERS = """
def numbers(cells):
    return [np.nan if pd.isna(cell) else float(cell) for cell in cells]

"""


def reading_parts(study: Study) -> dict[str, str]:
    """Import, constants and lines that read the file: by pandas, or where it cannot by regpath."""
    found = obstacles(study)
    if found:
        return {
            "reader": "import regpath\n",
            "constants": "",
            "read": READ + _NUMBERS,
            "reading": _BY_REGPATH.format(
                obstacles="".join(f"# - {plain(each)}\n" for each in found),
                reader=_reader(study),
                refused=_refused(columns_in_use(study), _NOT_READ),
                lines=_typed_lines(study),
            ),
        }
    reading, values = study.table.reading, value_lines(study)
    missing = pformat(missing_spellings(study), width=96, compact=True, sort_dicts=False)
    names = pformat(file_columns(study), width=96, compact=True)
    return {
        "reader": "",
        "constants": f"COLUMNS = {names}\nMISSING = {missing}\n",
        "read": READ if "values_of" in values else "",
        "reading": _BY_PANDAS.format(
            sep=reading.delimiter,
            encoding=reading.encoding,
            skip=reading.skipped_lines,
            **_lacking(study),
            header=_HEADER if reading.has_header else "",
            numbers=values,
        ),
    }


def _refused(needed: list[str], lacks: str) -> str:
    """Lines that name the columns that a file lacks, which is so where the condition holds."""
    return f"{absent_line(needed, lacks)}if absent:\n    sys.exit({LACKS})\n"


def absent_line(needed: list[str], lacks: str) -> str:
    """The line that finds the columns of which a condition, a piece of source, holds."""
    listed = pformat(needed, width=10_000, compact=True)
    return f"absent = [column for column in {listed} if {lacks}]\n"


def _lacking(study: Study) -> dict[str, str]:
    """Lines that find the columns by the names in the file, or say which have no cells.

    Where the file has no names, or not those of the table, columns are known by their places: of
    one that a file lacks at its end pandas reads NaN, where a blank cell is "" yet.
    """
    reading, dates = study.table.reading, _dates(study)
    used = [dates[column][0] if column in dates else column for column in columns_in_use(study)]
    needed = [column for column in dict.fromkeys(used) if column in file_columns(study)]
    if not reading.has_header or reading.renamed:
        return {"names": "", "blank": _refused(needed, _BLANK)}
    names = _NAMES.format(refused=_refused(needed, "column not in there"))
    return {"names": textwrap.indent(names, "    "), "blank": ""}


def _reader(study: Study) -> str:
    said = given(study.table.reading.options)
    options = {"options": call("regpath.ReadOptions", said)} if said else {}
    reader = call("regpath.read_table", {"": "DATA", **options}, raw=True)
    return textwrap.indent(f"frame = {reader}.frame", "    ")


def _typed_lines(study: Study) -> str:
    """Lines that turn values as regpath reads them into those that the script fits."""
    frame, target = study.table.frame, study.path.target
    lines = []
    labels = words_back(study.table, frame[target])
    if frame[target].dtype == "boolean" and labels is not frame[target]:
        how = study.table.reading.columns[target]
        false, true = how.words or ("", "")
        lines.append(
            f"frame[TARGET] = frame[TARGET].map({ {False: false or '(blank)', True: true} })"
        )
    lines += _merged_labels(study)
    return "".join(f"{line}\n" for line in lines)


def _merged_labels(study: Study) -> list[str]:
    """The line that merges levels of the target, as the recipe says."""
    new = {
        level: name
        for column, name, levels in study.recipe.level_groups
        if column == study.path.target
        for level in levels
    }
    return [f"frame[TARGET] = frame[TARGET].replace({new})"] if new else []


def columns_in_use(study: Study) -> list[str]:
    """Every column that the recipe needs, the target last."""
    recipe, encoder = study.recipe, study.train.encoder
    kinds = list(encoder.kinds) if encoder else []
    helpers = [
        c for c in (recipe.weights, recipe.group, recipe.time, recipe.exposure) if c is not None
    ]
    return list(dict.fromkeys([*kinds, *helpers, study.path.target]))


def file_columns(study: Study) -> list[str]:
    """The columns of the file, those that were left out or taken apart too."""
    return list(study.table.reading.columns or study.table.frame.columns)


def missing_spellings(study: Study) -> dict[str, list[str]]:
    """The spellings of a missing value that occur in the columns in use."""
    readings = study.table.reading.columns
    usual = tuple(sorted(MISSING))
    written = set(file_columns(study))
    found = {
        column: readings[column].missing if column in readings else usual
        for column in columns_in_use(study)
        if column in written
    }
    sources = {date: readings[date].missing for date, _ in _dates(study).values()}
    return {c: sorted(s) for c, s in {**found, **sources}.items() if set(s) - {""}}


def value_lines(study: Study) -> str:
    """Lines that turn text into values, column after column."""
    dates = _dates(study)
    lines = []
    for source in dict.fromkeys(source for source, _ in dates.values()):
        lines += _date_lines(source, study.table.reading.columns[source])
    for column in columns_in_use(study):
        if column in dates:
            lines += _part_lines(column, *dates[column])
        else:
            lines += _column_lines(study, column)
    lines += _merged_labels(study)
    encoder = study.train.encoder
    if encoder and "numeric" in encoder.kinds.values():
        lines.append("frame[NUMERIC] = frame[NUMERIC].apply(values_of, how=pd.to_numeric)")
    return "\n".join(lines) + "\n" if lines else ""


def obstacles(study: Study) -> list[str]:
    """What of the reading no line of a script repeats."""
    found = list(study.table.reading.obstacles)
    for source in {source for source, _ in _dates(study).values()}:
        layout, _, order = study.table.reading.columns[source].date.partition(":")
        if layout not in _PANDAS_READS or "short" in order:
            found.append(f"the dates in {source!r} are written in a way that pandas does not read")
    used = set(columns_in_use(study))
    for source, how in study.table.reading.columns.items():
        if how.date == "duration" and source in used:
            found.append(f"the durations in {source!r} are counted in minutes")
        if not how.date and used & {name for name, _ in how.parts}:
            found.append(f"a column is made of what stands beside the numbers in {source!r}")
    return found


def _dates(study: Study) -> dict[str, tuple[str, str]]:
    """The columns in use that are made of dates: the date's column and the part, "" for all."""
    used = set(columns_in_use(study))
    found: dict[str, tuple[str, str]] = {}
    for source, how in study.table.reading.columns.items():
        if how.date:
            whole = {source: (source, "")} if source == study.recipe.time else {}
            parts = {name: (source, part) for name, part in how.parts if name in used}
            found |= whole | parts
    return found


def _date_lines(column: str, how: ColumnReading) -> list[str]:
    layout, _, order = how.date.partition(":")
    style = '"%Y%m%d"' if layout == "compact" else '"mixed"'
    first = f", dayfirst={order.startswith('dmy')}" if layout == "ends" else ""
    errors = ', errors="coerce"' if how.chosen else ""
    return [
        f"frame[{column!r}] = values_of(",
        f"    frame[{column!r}], pd.to_datetime, format={style}{first}{errors}, utc=True",
        ").dt.tz_localize(None)",
    ]


def _part_lines(column: str, source: str, part: str) -> list[str]:
    dates = f"frame[{source!r}]"
    if not part:
        return []
    value = {
        "days": f'({dates} - pd.Timestamp("2000-01-01")) / pd.Timedelta(days=1)',
        "year": f"{dates}.dt.year",
        "hour": f"({dates} - {dates}.dt.normalize()) / pd.Timedelta(hours=1)",
        "month": f"{dates}.dt.month.map({_numbered(MONTH_NAMES, 2)})",
        "weekday": f"{dates}.dt.day_of_week.map({_numbered(DAY_NAMES, 1, start=0)})",
    }[part]
    return [f"frame[{column!r}] = {value}"]


def _numbered(names: tuple[str, ...], width: int, start: int = 1) -> str:
    words = {k + start - 1: f"{k:0{width}d} {name}" for k, name in enumerate(names, start=1)}
    return pformat(words, width=10_000, sort_dicts=False)


def _column_lines(study: Study, column: str) -> list[str]:
    dtype = study.table.frame[column].dtype
    how = study.table.reading.columns.get(column, ColumnReading("number"))
    cells = f"frame[{column!r}]"
    if dtype == "boolean":
        if column == study.path.target:
            blank = '.fillna("(blank)")' if how.blank_is_false else ""
            return [f"{cells} = {cells}.str.lower(){blank}"]
        codes = dict(zip(how.words, (0, 1), strict=True)) if how.words else TRUE_FALSE
        blank = ".fillna(0)" if how.blank_is_false else ""
        return [f"{cells} = {cells}.str.lower().map({codes}){blank}"]
    lines = []
    for pattern, replacement in how.rewrites:
        lines += [
            f"{cells} = {cells}.str.replace(",
            f"    {pattern!r}, {replacement!r}, regex=True",
            ")",
        ]
    if dtype.kind not in "if":
        return lines
    if how.levels:
        steps = {level: step for step, level in enumerate(how.levels, start=1)}
        return [f"{cells} = {cells}.map({steps})"]
    # Where a person said that a column holds numbers, what is none is missing.
    errors = ', errors="coerce"' if how.chosen else ""
    return [*lines, f"{cells} = values_of({cells}, pd.to_numeric{errors})"]
