"""What the machine can do, so that times can be read as shares of a limit.

Usage: python -m benchmarks.machine
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmarks.child import ROOT, surroundings


def machine() -> dict[str, float | str]:
    """Measure in a process of its own, on as many threads as the solvers get."""
    command = [sys.executable, "-m", "benchmarks.machine"]
    run = subprocess.run(
        command, cwd=ROOT, env=surroundings(), check=True, capture_output=True, text=True
    )
    return json.loads(run.stdout)


def _measure() -> dict[str, float | str]:
    rng = np.random.default_rng(0)
    A, B = rng.normal(size=(2000, 2000)), rng.normal(size=(2000, 2000))
    X, v = rng.normal(size=(50_000, 200)), rng.normal(size=200)
    return {
        "processor": _processor(),
        "cores": os.cpu_count() or 1,
        "gflops": round(2.0 * 2000**3 / _fastest(lambda: A @ B) / 1e9, 1),
        "gbytes": round(X.nbytes / _fastest(lambda: X @ v) / 1e9, 1),
    }


def _fastest(job: Callable[[], object], repeats: int = 7) -> float:
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        job()
        times.append(time.perf_counter() - start)
    return min(times)


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


if __name__ == "__main__":
    print(json.dumps(_measure()))
