"""Pollute a clean file in the ways of the Pollock benchmark, and score what readers make of it.

Usage: python -m tests.corpus.pollute [--rows 84] [--data NAME] [--only READER] [--keep FOLDER]

The kinds are those of Vitagliano, Hameed, Jiang, Reisener, Wu, Naumann: "Pollock: A Data Loading
Benchmark", PVLDB 16(8), 2023: the file as a whole (ends of lines, delimiter, quote, escape,
header, preamble, several tables) and each row (a delimiter more or less, a quote more), at every
row and column. File, pollutions and scores are written anew from that description; `--data` takes
a bundled data set for the file. A file scores
ten points: one for being loaded, and precision, recall and F1 of its header, its records and its
cells, all compared as text. `WEIGHTS` are how often the paper's survey of 3 712 public files met
a kind; a kind at many rows shares its weight among them.

Needs clevercsv and duckdb beside pandas; a reader that is not installed is left out.
"""

from __future__ import annotations

import argparse
import csv
import io
import tempfile
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import pandas as pd

from regpath import datasets
from regpath.io import Limits, ReadOptions
from regpath.io.file_formats import read_grid
from regpath.io.findings import Findings

Row = list[str]
HEADER = ["day", "hour", "units", "item", "price", "kind", "text", "page", "comment"]
# How often the survey met a kind; of the rows' kinds, all places together.
WEIGHTS = {
    "source": 1,
    "no payload": 15,
    "no final line end": 184,
    "two final line ends": 5,
    "no header": 470,
    "two header rows": 47,
    "three header rows": 47,
    "preamble": 282,
    "second table, same width": 63,
    "second table, wider": 63,
    "second table, narrower": 63,
    "header only": 3,
    "one row": 4,
    "CR": 7,
    "LF": 1691,
    "tab": 4,
    "semicolon": 834,
    "blank": 4,
    "comma and blank": 101,
    "apostrophes": 11,
    "backslash": 1,
    "no escape": 7,
    "delimiter less": 276,
    "delimiter more": 276,
    "semicolons in a row": 10,
    "quote more": 8,
}


@dataclass(frozen=True)
class Polluted:
    """A polluted file and what it says: `header` and `rows` as they were before."""

    kind: str
    place: str
    content: bytes
    header: Row
    rows: list[Row]


def clean_rows(n: int) -> list[Row]:
    """Make rows with dates, times, codes, amounts, and texts with commas, quotes, apostrophes."""
    things = ["Lamp", "Women's boots", "Chair, oak", 'Table, round 48"', "Men's hat", "Tent"]
    texts = [
        "A lamp that lasts, and lasts.",
        "Warm and dry",
        'The leg is 30" high, the seat wide.',
        "Don't wash it; brush it, gently.",
        "Light: 2 kg",
    ]
    return [
        [
            f"{1 + i % 28:02d}/{1 + i // 28:02d}/2018",
            f"{i // 4 % 24:02d}:{15 * (i % 4):02d}",
            str(i * 7 % 5),
            f"{'ABCD'[i % 4]}{'XYZ'[i % 3]}-{1000 + 37 * i}",
            f"${i * 13 % 97}.{i * 29 % 100:02d}",
            things[i % len(things)],
            texts[i % len(texts)],
            f"https://www.example.com/{1000 + 37 * i}.html",
            "" if i % 9 else "sold out",
        ]
        for i in range(n)
    ]


def written(cells: Row, delimiter: str = ",", quote: str = '"', escape: str | None = None) -> str:
    """Write one row; cells are quoted where they must be."""
    out = []
    for cell in cells:
        inner = cell.replace(quote, quote * 2 if escape is None else escape + quote)
        needs = (
            any(mark in cell for mark in (delimiter, ",", quote, "\n")) or cell + delimiter == " "
        )
        out.append(f"{quote}{inner}{quote}" if needs else cell)
    return delimiter.join(out)


def bundled_rows(name: str, n: int) -> tuple[Row, list[Row]]:
    """Return the header and the first rows of a bundled data set, as they are written."""
    lines = datasets.read_bytes(name).decode().splitlines()
    header, *rows = csv.reader(lines[: n + 1])
    return header, rows


def file_kinds(clean: Row, rows: list[Row]) -> Iterator[Polluted]:
    """Pollute the file as a whole."""
    width = len(clean)

    def polluted(kind: str, content: str, header: Row = clean, body: list[Row] = rows) -> Polluted:
        return Polluted(kind, "", content.encode(), header, body)

    def joined(lines: list[str], end: str = "\r\n") -> str:
        return "".join(line + end for line in lines)

    lines = [written(row) for row in [clean, *rows]]
    names = [f"{name} ({i})" for i, name in enumerate(clean)]
    yield polluted("source", joined(lines))
    yield polluted("no payload", "", [], [])
    yield polluted("no final line end", joined(lines)[:-2])
    yield polluted("two final line ends", joined(lines) + "\r\n")
    yield polluted("no header", joined(lines[1:]), [])
    upper = [name if i % 3 == 0 else "" for i, name in enumerate(["when", "", "", "what"] * width)]
    upper = upper[:width]
    yield polluted("two header rows", joined([written(upper), *lines]), [*upper, *clean])
    yield polluted(
        "three header rows",
        joined([written(upper), written(names), *lines]),
        [*upper, *names, *clean],
    )
    yield polluted("preamble", joined(["Sales of the shop, 2018", "", *lines]))
    for kind, wider in (("same width", 0), ("wider", 2), ("narrower", -3)):
        columns = range(max(width + wider, 2))
        other = [[f"{chr(97 + j)} {j}" for j in columns]]
        other += [[str((i + 1) * (j + 2)) for j in columns] for i in range(10)]
        second = [written(row) for row in other]
        yield polluted(f"second table, {kind}", joined([*lines, "", *second]))
        yield polluted(f"second table, {kind}", joined([*lines, *second]))
    yield polluted("header only", joined(lines[:1]), body=[])
    yield polluted("one row", joined(lines[:2]), body=rows[:1])
    yield polluted("CR", joined(lines, "\r"))
    yield polluted("LF", joined(lines, "\n"))
    for kind, delimiter in (("tab", "\t"), ("semicolon", ";"), ("blank", " ")):
        yield polluted(kind, joined([written(row, delimiter) for row in [clean, *rows]]))
    spaced = [written(row, ", ") for row in [clean, *rows]]
    yield polluted("comma and blank", joined(spaced))
    yield polluted("apostrophes", joined([written(row, quote="'") for row in [clean, *rows]]))
    yield polluted("backslash", joined([written(row, escape="\\") for row in [clean, *rows]]))
    yield polluted("no escape", joined([written(row, escape="") for row in [clean, *rows]]))


def row_kinds(clean: Row, rows: list[Row]) -> Iterator[Polluted]:
    """Pollute one row, the header included, at each of its places."""
    everything = [clean, *rows]
    lines = [written(row) for row in everything]
    for i, row in enumerate(everything):
        cells = [written([cell]) for cell in row]

        def polluted(kind: str, j: int, line: str, truth: Row = row, i: int = i) -> Polluted:
            content = "\r\n".join([*lines[:i], line, *lines[i + 1 :], ""]).encode()
            said = [*everything[:i], truth, *everything[i + 1 :]]
            return Polluted(kind, f"row {i}, column {j}", content, said[0], said[1:])

        for j in range(len(row)):
            if j:
                less = ",".join([*cells[: j - 1], cells[j - 1] + cells[j], *cells[j + 1 :]])
                yield polluted("delimiter less", j, less)
            yield polluted("delimiter more", j, ",".join([*cells[:j], "", *cells[j:]]))
            quoted = ",".join([*cells[:j], '"' + cells[j], *cells[j + 1 :]])
            yield polluted("quote more", j, quoted, [*row[:j], '"' + row[j], *row[j + 1 :]])
        if i % 6 == 0:
            yield polluted("semicolons in a row", 0, written(row, ";"))


def scores(header: Row, rows: list[Row], file: Polluted) -> list[float]:
    """Return the ten points of a file that was loaded."""
    said = [[cell.strip() for cell in row] for row in file.rows]
    loaded = [[cell.strip() for cell in row] for row in rows]
    return [
        1.0,
        *_points(file.header, header),
        *_points(["\0".join(row) for row in said], ["\0".join(row) for row in loaded]),
        *_points([c for row in said for c in row], [c for row in loaded for c in row]),
    ]


def _points(said: list[str], loaded: list[str]) -> tuple[float, float, float]:
    """Return precision, recall and F1; what says nothing is always right."""
    if not said:
        return 1.0, 1.0, 1.0
    both = (Counter(map(str.strip, said)) & Counter(map(str.strip, loaded))).total()
    if not both:
        return 0.0, 0.0, 0.0
    precision, recall = both / len(said), both / len(loaded)
    return precision, recall, 2 * precision * recall / (precision + recall)


def by_regpath(content: bytes) -> list[Row]:
    grid = read_grid(content, "file.csv", Findings(ReadOptions()), Limits()).grid
    columns = [column.to_pylist() for column in grid.columns]
    return [list(grid.names), *map(list, zip(*columns, strict=True))]


def by_pandas(content: bytes) -> list[Row]:
    frame = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)
    frame = frame.reset_index() if not isinstance(frame.index, pd.RangeIndex) else frame
    return [list(map(str, frame.columns)), *frame.to_numpy().tolist()]


def by_clevercsv(content: bytes) -> list[Row]:
    import clevercsv

    text = content.decode()
    dialect = clevercsv.Detector().detect(text)
    return [row for row in clevercsv.reader(io.StringIO(text, newline=""), dialect) if row]


def by_duckdb(content: bytes) -> list[Row]:
    return _by_duckdb(content, all_varchar=True)


def by_duckdb_padding(content: bytes) -> list[Row]:
    return _by_duckdb(content, all_varchar=True, null_padding=True, strict_mode=False)


def _by_duckdb(content: bytes, **options: bool) -> list[Row]:
    import duckdb

    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        path = Path(folder) / "file.csv"
        path.write_bytes(content)
        relation = connection.read_csv(str(path), **options)
        rows = [["" if cell is None else str(cell) for cell in row] for row in relation.fetchall()]
        return [list(relation.columns), *rows]


READERS: dict[str, Callable[[bytes], list[Row]]] = {
    "regpath": by_regpath,
    "pandas.read_csv(file)": by_pandas,
    "CleverCSV": by_clevercsv,
    "DuckDB": by_duckdb,
    "DuckDB, not strict, padding": by_duckdb_padding,
}


def judged(read: Callable[[bytes], list[Row]], file: Polluted) -> tuple[list[float], str]:
    """Score what a reader makes of a file; an error, and no header, are no points."""
    try:
        header, *rows = read(file.content)
    except ImportError:
        raise
    except Exception as error:
        return [0.0] * 10, str(error)
    return scores(header, rows, file), ""


def report(files: list[Polluted], readers: list[str], keep: Path | None) -> None:
    """Print the simple and the weighted score of each reader, and ours for each kind."""
    share = Counter(file.kind for file in files)
    total = sum(WEIGHTS[kind] for kind in share)
    for name in readers:
        read = READERS[name]
        try:
            found = [judged(read, file) for file in files]
        except ImportError:
            print(f"| {name} | not installed |")
            continue
        points = [sum(scored) for scored, _ in found]
        weighted = sum(
            p * WEIGHTS[file.kind] / share[file.kind] for p, file in zip(points, files, strict=True)
        )
        refused = sum(error != "" for _, error in found)
        print(f"| {name} | {mean(points):.3f} | {weighted / total:.3f} | {refused} |", flush=True)
        if name == "regpath":
            _report_kinds(files, points, [error for _, error in found], keep)


def _report_kinds(
    files: list[Polluted], points: list[float], errors: list[str], keep: Path | None
) -> None:
    for kind in dict.fromkeys(file.kind for file in files):
        mine = [i for i, file in enumerate(files) if file.kind == kind]
        worst = min(mine, key=lambda i: points[i])
        refused = sum(errors[i] != "" for i in mine)
        print(
            f"    {kind}: {mean(points[i] for i in mine):.2f} ({len(mine)} files, {refused} "
            f"refused); worst {points[worst]:.2f}: {files[worst].place} {errors[worst][:120]}"
        )
        if keep is not None:
            keep.mkdir(parents=True, exist_ok=True)
            (keep / f"{kind}.csv").write_bytes(files[worst].content)


def main() -> None:
    """Print a table of scores."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=84)
    parser.add_argument("--data", help="a bundled data set instead of our own file")
    parser.add_argument("--only", choices=READERS, help="one reader instead of all")
    parser.add_argument("--keep", type=Path, help="a folder for the worst file of each kind")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    csv.field_size_limit(2**27)
    header, rows = HEADER, clean_rows(options.rows)
    if options.data:
        header, rows = bundled_rows(options.data, options.rows)
    files = [*file_kinds(header, rows), *row_kinds(header, rows)]
    print(
        f"{len(files)} files\n\n| Reader | simple | weighted | refused |\n"
        "| --- | ---: | ---: | ---: |"
    )
    readers = [options.only] if options.only else list(READERS)
    report(files, readers, options.keep)


if __name__ == "__main__":
    main()
