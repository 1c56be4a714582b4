"""What runs in a peer's process: load the data once, then fit on demand.

Usage: python -m benchmarks.runner PEER FOLDER

Each line of standard input asks for one thing, each line of standard output answers it:

    fit TOLERANCE FOLDER -> seconds WALL CPU | error WHY     writes intercepts.npy, coefs.npy
    cv TOLERANCE FOLDER  -> seconds WALL CPU | error WHY     writes curve.npy
"""

from __future__ import annotations

import importlib
import os
import sys
import time
import warnings
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import scipy.sparse as sp

from benchmarks.work import Work


def answer(peer: ModuleType, work: Work, line: str) -> str:
    """Do what one line asks for."""
    verb, tolerance, folder = line.strip().split(" ", 2)
    job = peer.fit if verb == "fit" else peer.cross_validate
    start, cpu = time.perf_counter(), time.process_time()
    try:
        outcome = job(work, float(tolerance))
    except Exception as error:
        reason = str(error).strip() or "no reason given"
        return f"error {type(error).__name__}: {reason.splitlines()[0][:120]}"
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    if verb == "fit":
        write_path(work, Path(folder), *outcome)
    else:
        np.save(Path(folder) / "curve.npy", np.asarray(outcome, dtype=float))
    return f"seconds {seconds:.6f} {cpu:.6f}"


def write_path(work: Work, folder: Path, intercepts: Any, coefs: Any) -> None:
    """Write (L, K) intercepts and (L, K, p) coefficients; peers may leave out the K of 1."""
    dense = coefs.toarray() if sp.issparse(coefs) else np.asarray(coefs)
    size = (len(work.lambdas), work.n_outputs)
    np.save(folder / "intercepts.npy", np.reshape(intercepts, size))
    np.save(folder / "coefs.npy", np.reshape(dense, (*size, work.X.shape[1])))


def main(name: str, folder: str) -> None:
    """Answer until the input ends."""
    # Libraries print too; only answers may reach the parent.
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    warnings.simplefilter("ignore")
    peer = importlib.import_module(f"benchmarks.peers.{name}")
    work = Work.load(Path(folder), peer.ORDER)
    print(f"ready {peer.version()}", file=answers)
    for line in sys.stdin:
        print(answer(peer, work, line), file=answers)


if __name__ == "__main__":
    main(*sys.argv[1:])
