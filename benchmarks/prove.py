"""Whether every peer solves our problem: tight fits of small works, judged by our objective."""

from __future__ import annotations

import tempfile
from pathlib import Path
from types import ModuleType

import numpy as np
import scipy.sparse as sp

from benchmarks.child import Child, PeerError
from benchmarks.judge import Verdict, judge
from benchmarks.work import Work
from benchmarks.workloads import built, penalized

FAMILIES = ("gaussian", "binomial", "multinomial")


def prove(peers: list[ModuleType], seed: int) -> bool:
    """Print the gap of each peer to the best dual bound of all; True if all are at most 1e-6."""
    sound = True
    for family in FAMILIES:
        for sparse in (False, True):
            for l1_ratio in (1.0, 0.5, 0.0):
                work = penalized(_work(family, sparse, seed), l1_ratio)
                verdicts = _verdicts(work, peers)
                if not verdicts:
                    continue
                bound = np.max([verdict.bound for verdict in verdicts.values()], axis=0)
                kind = "sparse" if sparse else "dense"
                for name, verdict in verdicts.items():
                    gap = verdict.worst_gap(bound)
                    sound &= gap <= 1e-6
                    mark = "" if gap <= 1e-6 else "  not ours"
                    print(
                        f"{family:12} {kind:7} {l1_ratio:4} {name:30} {gap:8.0e}{mark}", flush=True
                    )
    return sound


def _work(family: str, sparse: bool, seed: int) -> Work:
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(300, 20)) * rng.uniform(0.5, 5.0, size=20) + rng.normal(size=20)
    eta = X[:, :3] @ [1.0, -1.0, 0.5] + 2.0 * rng.normal(size=300)
    y = {"gaussian": eta + 5.0, "binomial": eta > 1.0, "multinomial": np.digitize(eta, [-2, 2])}
    data = sp.csc_matrix(np.where(np.abs(X) > 3.0, X, 0.0)) if sparse else X
    return built(f"{family} seed {seed}", family, data, y[family].astype(float), seed)


def _verdicts(work: Work, peers: list[ModuleType]) -> dict[str, Verdict]:
    verdicts = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        work.save(folder)
        for peer in peers:
            if peer.refuses(work):
                continue
            try:
                with Child(peer, folder) as child:
                    # The tightest rungs of slow solvers add nothing to a proof at 1e-6.
                    tolerance = max(peer.LADDER[-1], getattr(peer, "PROOF", 0.0))
                    child.ask("fit", tolerance, folder, 120.0)
            except PeerError as error:
                print(f"{peer.NAME}: {error}")
                continue
            path = np.load(folder / "intercepts.npy"), np.load(folder / "coefs.npy")
            verdicts[peer.NAME] = judge(work, *path)
    return verdicts
