"""One work, many solvers: tune each to the same accuracy, then time it."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType

import numpy as np

from benchmarks.child import Child, PeerError, Spent
from benchmarks.folded import curve_error, fold_losses
from benchmarks.judge import judge
from benchmarks.reference import Reference
from benchmarks.work import Work

ACCURATE = 1e-6  # worst relative objective gap over the path
LONG = 10.0  # seconds after which one timed run is enough


@dataclass(frozen=True)
class Row:
    """What one solver did with one work.

    `seconds` is nan where there is no time; `note` says why. `cpu` counts all threads: on a busy
    machine it is the fairer of the two.
    """

    work: str
    l1_ratio: float
    kind: str
    peer: str
    version: str = ""
    threads: str = ""
    seconds: float = np.nan
    cpu: float = np.nan
    tolerance: float = np.nan
    gap: float = np.nan
    kkt: float = np.nan
    curve: float = np.nan
    note: str = ""

    @property
    def accurate(self) -> bool:
        """Whether it reached the accuracy that is asked of all."""
        return self.gap <= ACCURATE


@dataclass(frozen=True)
class Terms:
    """What is the same for all: repeats, seconds that one fit may take, cross-validation or not."""

    repeats: int = 5
    limit: float = 120.0
    folds: bool = False

    def for_folds(self) -> Terms:
        """Eleven fits may take longer than one."""
        return replace(self, limit=5.0 * self.limit)


def contest(
    work: Work, peers: list[ModuleType], folder: Path, best: Reference, terms: Terms
) -> Iterator[Row]:
    """One row per peer that could do this work, and one for cross-validation if asked."""
    for peer in peers:
        row = Row(work.name, work.l1_ratio, "path", peer.NAME, threads=peer.THREADS)
        refusal = peer.refuses(work)
        if refusal:
            yield replace(row, note=refusal)
            continue
        try:
            with Child(peer, folder) as child, tempfile.TemporaryDirectory() as scratch:
                row = replace(row, version=child.version)
                yield from _tuned(work, peer, child, Path(scratch), best, terms, row)
        except PeerError as error:
            yield replace(row, note=str(error))


def _tuned(
    work: Work,
    peer: ModuleType,
    child: Child,
    scratch: Path,
    best: Reference,
    terms: Terms,
    row: Row,
) -> Iterator[Row]:
    row = climb(work, peer, child, scratch, best, terms, row)
    if row.accurate:
        spent = fastest(child, "fit", row.tolerance, scratch, terms)
        row = replace(row, seconds=spent.wall, cpu=spent.cpu)
    yield row
    if not terms.folds or not hasattr(peer, "cross_validate"):
        return
    row = replace(row, kind="path + 10-fold CV", seconds=np.nan, cpu=np.nan)
    if not row.accurate:  # after a time limit the process would not even answer
        yield row
        return
    try:
        spent = fastest(child, "cv", row.tolerance, scratch, terms.for_folds())
        curve = _curve_error(work, peer, scratch)
        row = replace(row, seconds=spent.wall, cpu=spent.cpu, curve=curve)
    except PeerError as error:
        row = replace(row, note=str(error))
    yield row


def climb(
    work: Work,
    peer: ModuleType,
    child: Child,
    scratch: Path,
    best: Reference,
    terms: Terms,
    row: Row,
) -> Row:
    """Go down the ladder to the loosest tolerance that is accurate; keep the best if none is.

    The fits on the way compile, import and warm up: none of them is timed. A new rung is tried
    until their sum passes the limit.
    """
    started = time.perf_counter()
    for tolerance in peer.LADDER:
        try:
            spent = child.ask("fit", tolerance, scratch, terms.limit)
        except PeerError as error:
            return replace(row, note=f"{error} at {tolerance:.0e}")
        verdict = judge(work, np.load(scratch / "intercepts.npy"), np.load(scratch / "coefs.npy"))
        gap = verdict.worst_gap(best.objective)
        if not row.gap <= gap:
            kkt = float(verdict.kkt.max())
            row = replace(row, gap=gap, kkt=kkt, tolerance=tolerance)
            row = replace(row, seconds=spent.wall, cpu=spent.cpu)
        if row.accurate:
            break
        if time.perf_counter() - started > terms.limit:
            return replace(row, note="ladder ended by the time limit")
    return row if row.accurate else replace(row, note="does not reach the accuracy")


def fastest(child: Child, verb: str, tolerance: float, scratch: Path, terms: Terms) -> Spent:
    """Smallest of some times: what disturbs a shared machine only ever adds."""
    times: list[Spent] = []
    while len(times) < terms.repeats and sum(spent.wall for spent in times) < LONG:
        times.append(child.ask(verb, tolerance, scratch, terms.limit))
    return Spent(min(spent.wall for spent in times), min(spent.cpu for spent in times))


def _curve_error(work: Work, peer: ModuleType, scratch: Path) -> float:
    truth = fold_losses(work, getattr(peer, "RESTANDARDIZES", False))
    return curve_error(work, np.load(scratch / "curve.npy"), truth)
