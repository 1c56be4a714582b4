"""Rows beyond memory: passes, seconds and memory of a path with ten folds, by engine and size.

python -m benchmarks.rows [--rows 100000 1000000] [--columns 30] [--engine processes] [--pairs 20]

Writes a Parquet file of planted data for each size into a temporary directory, and says of each run
what it took to learn, to fit and to validate; the memory is the largest of this process and of any
worker. Bytes of the file are in the page cache: a cold disk adds its own time to each pass.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

import regpath
from regpath.engines.processes import usable_cores
from regpath.rows.cost import run_cost

GROUP = 100_000  # rows of a row group


def write_rows(file: Path, n: int, p: int, family: str, seed: int = 0) -> None:
    rng = np.random.default_rng(seed)
    mixed, signal = np.eye(p) + 0.3 / np.sqrt(p), rng.normal(size=p) / np.sqrt(p)
    writer = None
    for low in range(0, n, GROUP):
        X = rng.normal(size=(min(GROUP, n - low), p)) @ mixed
        eta = X @ signal
        if family == "binomial":
            y = (eta + rng.logistic(size=len(X)) > 1.0).astype(float)
        elif family == "poisson":
            y = rng.poisson(np.exp(0.5 * eta)).astype(float)
        else:
            y = eta + rng.normal(size=len(X))
        table = pa.table({**{f"c{j}": X[:, j] for j in range(p)}, "y": y})
        writer = writer or pq.ParquetWriter(file, table.schema)
        writer.write_table(table, row_group_size=GROUP)
    assert writer is not None
    writer.close()


def run(file: Path, family: str, engine: str | None, in_memory: bool, pairs: int) -> str:
    start = time.perf_counter()
    rows = regpath.read_rows(file, "y", family=family, engine=engine)
    learned = time.perf_counter()
    path = regpath.fit_path(rows, engine=engine)
    fitted = time.perf_counter()
    cv = regpath.cross_validate(rows, path, engine=engine)
    done = time.perf_counter()
    proven = path.converged.all() and all(fold.converged.all() for fold in cv.fold_paths)
    largest = max(
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    cost = run_cost(
        rows, learned - start, n_folds=10, n_pairs=pairs, workers=usable_cores() if engine else 1
    )
    told = " + ".join("{:.1f} to {:.1f}".format(*stage.seconds) for stage in cost.stages)
    halves = f"; told before {told} s"
    if pairs:
        begun = time.perf_counter()
        found = regpath.assess_stability(rows, path, n_pairs=pairs, engine=engine)
        spent = time.perf_counter() - begun
        unproven = found.selected[:, 0].size - found.n_certified
        halves += f"; {pairs} pairs of halves: {found.passes} passes, {spent:.1f} s, "
        halves += f"{unproven} points unproven"
    line = (
        f"{rows.n_obs:>10} x {rows.n_features} {family} {engine or 'here'}: "
        f"passes {rows.passes} + {path.passes} + {cv.passes}, "
        f"seconds {learned - start:.1f} + {fitted - learned:.1f} + {done - fitted:.1f}, "
        f"{largest / 1024:.0f} MB, {'all proven' if proven else 'NOT all proven'}"
    )
    line += halves
    if in_memory:
        frame = pq.read_table(file).to_pandas()
        problem = regpath.make_problem(frame, "y", family=family)
        start = time.perf_counter()
        ordinary = regpath.fit_path(problem)
        regpath.cross_validate(problem, ordinary)
        line += f"; in memory {time.perf_counter() - start:.1f} s"
        if pairs:
            start = time.perf_counter()
            regpath.assess_stability(problem, ordinary, n_pairs=pairs)
            line += f", halves {time.perf_counter() - start:.1f} s"
    return line


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--columns", type=int, default=30)
    parser.add_argument("--family", default="binomial")
    parser.add_argument("--engine", default=None)
    parser.add_argument("--in-memory", action="store_true", help="compare, where it fits")
    parser.add_argument("--pairs", type=int, default=0, help="of halves, if any")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for n in options.rows:
            file = Path(folder) / "rows.parquet"
            write_rows(file, n, options.columns, options.family)
            print(
                run(file, options.family, options.engine, options.in_memory, options.pairs),
                flush=True,
            )


if __name__ == "__main__":
    main()
