"""Memory and start-up of regpath, each measured in a fresh process.

Usage: python -m benchmarks.footprint {memory|objects|start} FOLDER
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
import tracemalloc
from dataclasses import dataclass
from pathlib import Path

from benchmarks.child import ROOT, surroundings
from benchmarks.work import Work

MB = 2.0**20


@dataclass(frozen=True)
class Footprint:
    """Memory in MB beyond X, and seconds, of one path.

    Attributes
    ----------
    features : float
        Size of X itself.
    resident : float
        Growth of the resident set from before the problem is made to its peak.
    objects : float
        Peak of what numpy and Python allocated (tracemalloc), from the same start.
    make : float
        Seconds from arrays to a problem.
    start, first : float
        Seconds of `import regpath` and of the first path in a process, numba cache warm.
    """

    work: str
    features: float
    resident: float
    objects: float
    make: float
    start: float
    first: float


def footprint(work: Work, folder: Path) -> Footprint:
    """Measure one work."""
    memory, objects = _ask("memory", folder), _ask("objects", folder)
    starts = [_ask("start", folder) for _ in range(3)]
    return Footprint(
        work=work.name,
        features=memory["features"],
        resident=memory["resident"],
        objects=objects["objects"],
        make=memory["make"],
        start=min(run["start"] for run in starts),
        first=min(run["first"] for run in starts),
    )


def resident(folder: Path) -> float:
    """Growth of the resident set in MB while the work in `folder` is done."""
    return _ask("memory", folder)["resident"]


def _ask(what: str, folder: Path) -> dict[str, float]:
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.footprint", what, str(folder)]
    run = subprocess.run(command, cwd=ROOT, env=surroundings(), capture_output=True, check=True)
    return json.loads(run.stdout)


def _start(folder: Path) -> dict[str, float]:
    begun = time.perf_counter()
    import regpath  # noqa: F401

    start = time.perf_counter() - begun
    from benchmarks.peers import regpath_

    work = Work.load(folder, "F")
    begun = time.perf_counter()
    regpath_.fit(work, regpath_.LADDER[0])
    return {"start": start, "first": time.perf_counter() - begun}


def _memory(folder: Path) -> dict[str, float]:
    from benchmarks.peers import regpath_

    _warm_up()
    work = Work.load(folder, "F")
    X = work.X.data if work.sparse else work.X
    X.sum()
    before = _peak(reset=True)
    begun = time.perf_counter()
    problem = regpath_.problem_of(work)
    make = time.perf_counter() - begun
    regpath_.path_of(work, problem, regpath_.LADDER[0])
    return {
        "features": X.nbytes / MB,
        "resident": (_peak(reset=False) - before) / MB,
        "make": make,
    }


def _objects(folder: Path) -> dict[str, float]:
    from benchmarks.peers import regpath_

    _warm_up()
    work = Work.load(folder, "F")
    tracemalloc.start()
    regpath_.fit(work, regpath_.LADDER[0])
    return {"objects": tracemalloc.get_traced_memory()[1] / MB}


def _warm_up() -> None:
    """Fit something small, so that compiled kernels and lazy imports do not count."""
    import regpath

    regpath.run_study(regpath.datasets.load("diabetes"), regpath.Recipe(target="progression"))
    for name, target in (("breast_cancer", "diagnosis"), ("penguins", "species")):
        problem = regpath.make_problem(regpath.datasets.load(name), target)
        for l1_ratio in (1.0, 0.0):
            regpath.fit_path(problem, l1_ratio=l1_ratio, n_lambdas=5)


def _peak(*, reset: bool) -> int:
    """Largest resident set in bytes since the last reset; without a reset, since the start."""
    status = Path("/proc/self/status")
    if status.exists():
        if reset:
            Path("/proc/self/clear_refs").write_text("5")
        line = next(row for row in status.read_text().splitlines() if row.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


if __name__ == "__main__":
    jobs = {"memory": _memory, "objects": _objects, "start": _start}
    print(json.dumps(jobs[sys.argv[1]](Path(sys.argv[2]))))
