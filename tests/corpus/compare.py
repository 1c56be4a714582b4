"""Read the text files of the corpus with other readers, and count what each gets right.

Usage: python -m tests.corpus.compare

Needs clevercsv and duckdb beside pandas; a reader that is not installed is left out. Every reader
is given UTF-8, since not all of them guess encodings.
"""

from __future__ import annotations

import csv
import io
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pandas as pd

from regpath import datasets
from regpath.io import ReadOptions, read_table
from regpath.io.findings import Findings
from regpath.io.options import NO_DELIMITER
from regpath.io.text.decoding import decode
from regpath.io.text.dialect import find_dialect
from tests.corpus import TABLES
from tests.corpus.case import Case

Frame = tuple[list[str], int]  # names of columns, number of rows
FILES = [
    case
    for module in TABLES
    for case in module.CASES
    if case.truth is not None and case.options == ReadOptions() and case.name != "wide.csv"
]


def by_regpath(content: bytes) -> Frame:
    frame = read_table(content).frame
    return list(frame.columns), len(frame)


def by_pandas(content: bytes) -> Frame:
    frame = pd.read_csv(io.BytesIO(content))
    return list(map(str, frame.columns)), len(frame)


def by_pandas_sniffing(content: bytes) -> Frame:
    frame = pd.read_csv(io.BytesIO(content), sep=None, engine="python")
    return list(map(str, frame.columns)), len(frame)


def by_clevercsv(content: bytes) -> Frame:
    import clevercsv

    text = content.decode()
    dialect = clevercsv.Detector().detect(text)
    if dialect is None:
        raise ValueError("no dialect")
    rows = [row for row in clevercsv.reader(io.StringIO(text, newline=""), dialect) if any(row)]
    if len({len(row) for row in rows}) > 1:
        raise ValueError("uneven rows")
    return [name.strip() for name in rows[0]], len(rows) - 1


def by_duckdb(content: bytes) -> Frame:
    import duckdb

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.csv"
        path.write_bytes(content)
        with duckdb.connect() as connection:
            relation = connection.read_csv(str(path))
            return list(relation.columns), len(relation)


def delimiter_by_clevercsv(content: bytes) -> str:
    import clevercsv

    dialect = clevercsv.Detector().detect(content.decode())
    return "" if dialect is None else dialect.delimiter


def delimiter_by_duckdb(content: bytes) -> str:
    import duckdb

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.csv"
        path.write_bytes(content)
        with duckdb.connect() as connection:
            rows = connection.execute("select Delimiter from sniff_csv(?)", [str(path)])
            return str(rows.fetchone()[0])


def delimiter_by_python(content: bytes) -> str:
    return csv.Sniffer().sniff(content.decode()[:10_000]).delimiter


def delimiter_by_regpath(content: bytes) -> str:
    findings = Findings(ReadOptions())
    return find_dialect(decode(content, "", findings), findings)[0].delimiter


READERS = {
    "regpath": by_regpath,
    "pandas.read_csv(file)": by_pandas,
    'pandas.read_csv(file, sep=None, engine="python")': by_pandas_sniffing,
    "CleverCSV": by_clevercsv,
    "DuckDB": by_duckdb,
}
SNIFFERS = {
    "regpath": delimiter_by_regpath,
    "csv.Sniffer": delimiter_by_python,
    "CleverCSV": delimiter_by_clevercsv,
    "DuckDB": delimiter_by_duckdb,
}


def outcome(read: Callable[[bytes], Frame], case: Case) -> str:
    """Say whether a reader gets names and number of rows right, raises, or is silently wrong."""
    assert case.truth is not None
    try:
        names, n = read(utf_8(case))
    except ImportError:
        raise
    except Exception:
        return "raises"
    expected = len(next(iter(case.truth.values())))
    made_up = "no_header" in case.keys or {"row_names", "blank_names", "same_names"} & {*case.keys}
    right = n == expected and (
        len(names) == len(case.truth) if made_up else names == list(case.truth)
    )
    return "right" if right else "silently wrong"


def utf_8(case: Case) -> bytes:
    """Return the file in UTF-8."""
    return decode(case.content, case.name, Findings(case.options)).content


def compared(readers: dict[str, Callable], judge: Callable) -> None:
    for name, read in readers.items():
        outcomes, times = [], []
        try:
            for case in FILES:
                start = time.perf_counter()
                outcomes.append(judge(read, case))
                times.append(time.perf_counter() - start)
        except ImportError:
            print(f"| {name} | not installed |")
            continue
        shares = [
            f"{100 * outcomes.count(o) / len(FILES):.0f} %"
            for o in ("right", "silently wrong", "raises")
        ]
        print(
            f"| {name} | {' | '.join(shares)} | {1000 * median(times):.0f} ms | "
            f"{max(times):.1f} s |",
            flush=True,
        )


def delimiter_outcome(sniff: Callable[[bytes], str], case: Case) -> str:
    """Say whether a delimiter is the one that gives the truth; one column has none."""
    assert case.truth is not None
    content = utf_8(case)
    expected = delimiter_by_regpath(content)  # which the tests hold to the truth
    try:
        found = sniff(content)
    except ImportError:
        raise
    except Exception:
        return "raises"
    return "right" if _alike(found) == _alike(expected) else "silently wrong"


def _alike(delimiter: str) -> str:
    """Call one blank and many the same, and so all the ways of saying that there is none."""
    if delimiter in ("", NO_DELIMITER):
        return "none"
    return delimiter.strip(" ") or "blank"


def rewritten() -> dict[str, tuple[bytes, str]]:
    """Return the start of each bundled table in nine dialects; nothing is tuned to them."""
    files = {}
    for entry in datasets.catalog():
        frame = datasets.load(entry.name).frame.head(300)
        for delimiter in ",;\t| ":
            for decimal in ".,":
                if decimal == delimiter:
                    continue
                name = f"{entry.name} {delimiter!r} {decimal!r}"
                content = frame.to_csv(index=False, sep=delimiter, decimal=decimal).encode()
                files[name] = content, delimiter if frame.shape[1] > 1 else ""
    return files


def compared_on_rewritten() -> None:
    files = rewritten()
    print(
        f"\n{len(files)} rewritten tables\n\n| Detector | right delimiter | median | longest |\n"
        "| --- | ---: | ---: | ---: |"
    )
    for name, sniff in SNIFFERS.items():
        right, times = 0, []
        for content, delimiter in files.values():
            start = time.perf_counter()
            try:
                right += _alike(sniff(content)) == _alike(delimiter)
            except ImportError:
                break
            except Exception:
                pass
            times.append(time.perf_counter() - start)
        if times:
            print(
                f"| {name} | {100 * right / len(files):.0f} % | {1000 * median(times):.0f} ms | "
                f"{max(times):.1f} s |",
                flush=True,
            )


def main() -> None:
    """Print three tables."""
    warnings.simplefilter("ignore")
    print(
        f"{len(FILES)} files\n\n| Reader | right names and rows | silently wrong | raises | "
        "median | longest |\n| --- | ---: | ---: | ---: | ---: | ---: |"
    )
    compared(READERS, outcome)
    print(
        "\n| Detector | right delimiter | wrong | raises | median | longest |\n"
        "| --- | ---: | ---: | ---: | ---: | ---: |"
    )
    compared(SNIFFERS, delimiter_outcome)
    compared_on_rewritten()


if __name__ == "__main__":
    main()
