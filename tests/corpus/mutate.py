"""Damage the files of the corpus by chance, and see that nothing gives way.

Usage: python -m tests.corpus.mutate [--count 10000] [--seed 0] [--keep FOLDER]

Each mutation must end in a table or in an error of ours with a hint, within ten seconds, and so
must whatever undoes one of its repairs or answers one of its questions. Whether a table is right
nobody knows here; that is what the corpus is for. What fails is written to FOLDER, to become a
case of `damage.py`.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
import warnings
from pathlib import Path

from regpath.errors import RegpathError
from regpath.io import Limits, Table, read_table
from tests.corpus import CASES

SLOW = 10.0  # seconds of computing, so that a busy machine accuses nobody
LIMITS = Limits(n_unpacked=50_000_000, n_cells=2_000_000)
_LARGEST = 200_000  # bytes of a file that is worth damaging many times


def mutated(data: bytes, rng: random.Random) -> bytes:
    """Damage a file the way disks, networks, editors and hasty hands do."""
    for _ in range(rng.randrange(1, 4)):
        data = rng.choice(_DAMAGES)(data, rng)
    return data


def fault(data: bytes) -> str:
    """Read a file, and say what must not be; "" if all is well."""
    start = time.process_time()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            table = read_table(data, limits=LIMITS)
            found = _wrong_with(table) or _wrong_when_undone(table, data)
    except RegpathError as error:
        found = "" if error.message and error.hint else f"no hint: {error}"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    taken = time.process_time() - start
    return found or (f"{taken:.1f} s" if taken > SLOW else "")


def _wrong_with(table: Table) -> str:
    frame = table.frame
    if not len(frame) or not frame.index.is_unique or not frame.index.is_monotonic_increasing:
        return "rows are not numbered one by one"
    if not frame.columns.is_unique or not all(str(c).strip() for c in frame.columns):
        return "names are not distinct"
    if any(step.rows < 0 or step.columns < 0 for step in table.diagnosis.steps):
        return "steps are not counted"
    for name in frame.columns:
        if frame[name].dtype.kind not in "ifbMO" and frame[name].dtype != "boolean":
            return f"{name!r} is of type {frame[name].dtype}"
    return ""


def _wrong_when_undone(table: Table, data: bytes) -> str:
    """Read again with one repair undone or one question answered; which one depends on the data."""
    diagnosis = table.diagnosis
    ways = [(r.key, r.undo) for r in diagnosis.repairs if r.undo is not None]
    ways += [(q.key, answer.options) for q in diagnosis.questions for answer in q.answers]
    if not ways:
        return ""
    key, options = ways[len(data) % len(ways)]
    try:
        other = read_table(data, options=options, limits=LIMITS)
    except RegpathError as error:
        return "" if error.hint else f"no hint after {key}: {error}"
    wrong = _wrong_with(other)
    return f"after {key}: {wrong}" if wrong else ""


def _flip(data: bytes, rng: random.Random) -> bytes:
    if not data:
        return data
    i = rng.randrange(len(data))
    return data[:i] + bytes([data[i] ^ 1 << rng.randrange(8)]) + data[i + 1 :]


def _truncate(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _cut(data: bytes, rng: random.Random) -> bytes:
    i, j = sorted(rng.choices(range(len(data) + 1), k=2))
    return data[:i] + data[j:]


def _swap_delimiters(data: bytes, rng: random.Random) -> bytes:
    old, new = rng.sample([b",", b";", b"\t", b"|", b" ", b'"', b"'", b":", b"\\", b",,"], 2)
    return data.replace(old, new, rng.choice([-1, 1, 2, 5]))


def _swap_ends(data: bytes, rng: random.Random) -> bytes:
    return data.replace(
        b"\n", rng.choice([b"\r", b"\n\n", b"\r\n", b"", b'"\n']), rng.choice([-1, 3])
    )


def _splice(data: bytes, rng: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    other = rng.choice(CASES).content[:5000].splitlines(keepends=True)
    i = rng.randrange(len(lines) + 1)
    return b"".join(
        rng.choice(
            [
                lines[:i] + other[:5] + lines[i:],
                lines[i:] + lines[:i],
                lines[:i] + lines[:i],
                other[:2] + lines,
            ]
        )
    )


def _insert(data: bytes, rng: random.Random) -> bytes:
    i = rng.randrange(len(data) + 1)
    piece = rng.choice(
        [
            b"\0",
            b'"',
            b"\xff",
            b"\xef\xbb\xbf",
            b"9" * 400,
            b"e999",
            b"=1+1",
            b"#",
            b"\x1a",
            "\u2028".encode(),
            b"-",
            b"nan",
            b"'",
            b"\\",
            b"   ",
        ]
    )
    return data[:i] + piece + data[i:]


_DAMAGES = (_flip, _truncate, _cut, _swap_delimiters, _swap_ends, _splice, _insert)


def mutation(number: int, seed: int = 0) -> tuple[str, bytes]:
    """Return one mutation, and the name of the file that it was."""
    rng = random.Random(f"{seed}/{number}")
    case = rng.choice(CASES)
    content = case.content
    while len(content) > _LARGEST:
        case = rng.choice(CASES)
        content = case.content
    return case.name, mutated(content, rng)


def main() -> int:
    """Run many mutations, and report what fails."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    failures = 0
    for number in range(options.count):
        name, data = mutation(number, options.seed)
        wrong = fault(data)
        if wrong:
            failures += 1
            print(f"{number} ({name}): {wrong}", flush=True)
            if options.keep:
                options.keep.mkdir(parents=True, exist_ok=True)
                safe = re.sub(r"[^\w.-]", "_", name)
                (options.keep / f"{options.seed}-{number}-{safe}").write_bytes(data)
    print(f"{options.count} mutations, {failures} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
