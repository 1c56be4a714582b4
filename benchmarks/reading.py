"""How long a clean CSV of 20 MB takes, beside pandas' readers; and wide ones, with their alarms.

Usage: python -m benchmarks.reading [--megabytes 20] [--rounds 5]
"""

from __future__ import annotations

import argparse
import io
import time
from collections.abc import Callable
from functools import partial
from statistics import median
from typing import Any

import numpy as np
import pandas as pd

from regpath.alarms import find_alarms
from regpath.io import read_table
from regpath.recipe import Recipe


def numbers(megabytes: float) -> bytes:
    """Twenty columns of numbers and one of words."""
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(rng.normal(size=(int(5200 * megabytes), 20)).round(6)).add_prefix("x")
    frame["word"] = rng.choice(["red", "blue", "light green"], len(frame))
    return frame.to_csv(index=False).encode()


def mixed(megabytes: float) -> bytes:
    """Integers, numbers with gaps, words in quotes, dates and truth values."""
    rng = np.random.default_rng(0)
    n = int(11_500 * megabytes)
    days = pd.Timestamp("2020-01-01") + pd.to_timedelta(rng.integers(0, 2000, n), unit="D")
    frame = pd.DataFrame(
        {
            "id": np.arange(n),
            "age": rng.integers(18, 90, n),
            "size": np.where(rng.random(n) < 0.1, np.nan, rng.normal(1.7, 0.1, n).round(3)),
            "place": rng.choice(["Rome, Italy", "Paris, France", "Oslo"], n),
            "day": days.strftime("%Y-%m-%d"),
            "ill": rng.random(n) < 0.3,
            **{f"y{j}": rng.normal(size=n).round(4) for j in range(4)},
        }
    )
    return frame.to_csv(index=False).encode()


WIDE = ((72, 7129), (60, 20_000), (200, 2000))  # rows and columns, as of gene expression


def wide(n_rows: int, n_columns: int) -> bytes:
    """Columns of numbers of one kind, and a label."""
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(rng.normal(size=(n_rows, n_columns)).round(4)).add_prefix("g")
    frame["label"] = np.where(rng.random(n_rows) < 0.5, "ALL", "AML")
    return frame.to_csv(index=False).encode()


READERS: dict[str, Callable[[bytes], Any]] = {
    'pandas, engine="pyarrow"': lambda data: pd.read_csv(io.BytesIO(data), engine="pyarrow"),
    "pandas": lambda data: pd.read_csv(io.BytesIO(data)),
    "regpath": read_table,
}


def seconds(read: Callable[[bytes], Any], data: bytes) -> float:
    """Time one reading."""
    start = time.perf_counter()
    read(data)
    return time.perf_counter() - start


def processor_seconds(work: Callable[[], Any]) -> float:
    """Time one call on all processors, whatever else the machine does."""
    start = time.process_time()
    work()
    return time.process_time() - start


def measure_wide(rounds: int) -> None:
    """Read wide tables in turn with pandas, look for their alarms, and print medians."""
    for n_rows, n_columns in WIDE:
        data = wide(n_rows, n_columns)
        table = read_table(data)
        works: dict[str, Callable[[], Any]] = {
            "pandas": partial(READERS["pandas"], data),
            "regpath": partial(read_table, data),
            "alarms": partial(find_alarms, table, Recipe("label")),
        }
        taken = [
            {name: processor_seconds(work) for name, work in works.items()} for _ in range(rounds)
        ]
        pandas, ours, alarms = (median(each[name] for each in taken) for name in works)
        print(
            f"wide {n_rows} x {n_columns}: {len(data) / 1e6:.1f} MB, allowed "
            f"{2 * pandas + 0.3:.2f} s and 1 s of the processor\n  pandas {pandas:.2f} s, regpath "
            f"{ours:.2f} s ({ours / pandas:.1f} times), alarms {alarms:.2f} s"
        )


def main() -> None:
    """Read in turn, and print the best of each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--megabytes", type=float, default=20.0)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    for make in (numbers, mixed):
        data = make(options.megabytes)
        best = dict.fromkeys(READERS, np.inf)
        for _ in range(options.rounds):
            for name, read in READERS.items():
                best[name] = min(best[name], seconds(read, data))
        allowed = 2 * next(iter(best.values())) + 0.5
        print(f"{make.__name__}: {len(data) / 1e6:.1f} MB, allowed {allowed:.2f} s")
        for name, taken in best.items():
            print(f"  {name:26} {taken:6.3f} s")
    measure_wide(options.rounds)


if __name__ == "__main__":
    main()
