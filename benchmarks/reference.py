"""The smallest objective at every lambda, with a proof of how small it is; kept between runs."""

from __future__ import annotations

import tempfile
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.child import Child, PeerError
from benchmarks.environments import CACHE
from benchmarks.judge import judge
from benchmarks.peers import peers
from benchmarks.work import Work

SOLVERS = (("regpath_", 1e-10), ("glmnet_r", 1e-21), ("adelie_", 1e-16))
PROVEN = 1e-8
LIMIT = 900.0


@dataclass(frozen=True, eq=False)
class Reference:
    """Optimum P* of each lambda, and the worst relative gap left between it and the dual."""

    objective: np.ndarray
    gap: float


def reference(work: Work, folder: Path) -> Reference:
    """The best of some tight fits: the first one whose duality gap proves it ends the search.

    The proof is the judge's own, so it does not matter who found the point.
    """
    kept = CACHE / "references" / f"{fingerprint(work)}.npz"
    if kept.exists():
        stored = np.load(kept)
        return Reference(stored["objective"], float(stored["gap"]))
    best, bound = np.full(len(work.lambdas), np.inf), np.full(len(work.lambdas), -np.inf)
    gap = np.inf
    for name, tolerance in SOLVERS:
        found = _fit(name, tolerance, work, folder)
        if found is None:
            continue
        verdict = judge(work, *found)
        best = np.fmin(best, verdict.objective)
        bound = np.fmax(bound, verdict.bound)
        gap = float(((best - bound) / best).max())
        if gap <= PROVEN:
            break
    if not np.isfinite(gap):
        raise PeerError("no solver at hand finds a reference")
    kept.parent.mkdir(parents=True, exist_ok=True)
    np.savez(kept, objective=best, gap=gap)
    return Reference(best, gap)


def _fit(
    name: str, tolerance: float, work: Work, folder: Path
) -> tuple[np.ndarray, np.ndarray] | None:
    peer = peers([name])[0]
    if peer.refuses(work):
        return None
    with tempfile.TemporaryDirectory() as scratch:
        try:
            with Child(peer, folder) as child:
                child.ask("fit", tolerance, Path(scratch), LIMIT)
        except PeerError:
            return None
        return np.load(Path(scratch, "intercepts.npy")), np.load(Path(scratch, "coefs.npy"))


def fingerprint(work: Work) -> str:
    """Name under which answers about these data and this penalty are kept."""
    X = work.X.data if work.sparse else np.asfortranarray(work.X).ravel(order="K")
    sums = [zlib.crc32(np.ascontiguousarray(part)) for part in (X, work.y, work.lambdas)]
    return "-".join(f"{part:08x}" for part in sums) + f"-{work.l1_ratio}"
