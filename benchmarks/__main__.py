"""python -m benchmarks: regpath beside every peer on this machine, at equal accuracy."""

from __future__ import annotations

import argparse
import json
import os
import platform
import secrets
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from benchmarks import environments
from benchmarks.chart import figure, write_svg
from benchmarks.child import PeerError
from benchmarks.contest import Row, Terms, contest
from benchmarks.footprint import footprint
from benchmarks.machine import machine
from benchmarks.page import write_page
from benchmarks.peers import NAMES, peers
from benchmarks.prove import prove
from benchmarks.reference import reference
from benchmarks.scaling import growths
from benchmarks.tables import (
    HEAD,
    footprint_table,
    frame,
    growth_table,
    line,
    markdown,
    penalty_name,
)
from benchmarks.work import Work
from benchmarks.workloads import FOLDED, QUICK, RECIPES, penalized, work_of

PARTS = ("paths", "footprint", "scaling")


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    add = parser.add_argument
    add("--set-up", action="store_true", help="make the peers' environments first")
    add("--prove", action="store_true", help="only show that every peer solves our problem")
    add("--quick", action="store_true", help="small works, short limits, no scaling")
    add("--only", default="", metavar="NAME", help="works whose name contains this")
    add("--peers", type=_words, metavar="A,B", help=f"of {', '.join(NAMES)}; regpath always runs")
    add("--l1-ratios", type=_numbers, default=[1.0, 0.0, 0.5], metavar="R,S")
    add("--rho", type=float, default=0.0, help="correlation of neighbours in planted data")
    add("--seed", type=int, help="of data and folds; fresh and printed by default")
    add("--repeats", type=int, default=5, help="timed fits, of which the fastest counts")
    add("--limit", type=float, default=120.0, help="seconds that one fit may take")
    add("--parts", type=_words, default=list(PARTS), metavar="A,B", help=f"of {', '.join(PARTS)}")
    add("--docs", action="store_true", help="put the results into docs/benchmarks.md")
    add("--out", type=Path, default=environments.CACHE / "results", metavar="FOLDER")
    return parser.parse_args()


def _words(text: str) -> list[str]:
    return text.split(",")


def _numbers(text: str) -> list[float]:
    return [float(word) for word in text.split(",")]


def main() -> int:
    """Run what was asked for; results are written as they come."""
    options = parsed()
    if options.quick:
        options.limit, options.repeats = min(options.limit, 20.0), min(options.repeats, 3)
    names = None if options.peers is None else ["regpath", *options.peers]
    chosen = peers(names)
    if options.set_up:
        for peer in chosen:
            print(environments.set_up(peer), flush=True)
    seed = secrets.randbelow(2**31) if options.seed is None else options.seed
    if options.prove:
        return 0 if prove(chosen, seed) else 1
    options.out.mkdir(parents=True, exist_ok=True)
    facts = machine() | {"python": platform.python_version(), "seed": seed, "rho": options.rho}
    facts["load"] = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    (options.out / "facts.json").write_text(json.dumps(facts, indent=1) + "\n")
    print(", ".join(f"{key} {value}" for key, value in facts.items()))
    terms = Terms(options.repeats, options.limit)
    measure_works(options, seed, chosen, terms)
    if "scaling" in options.parts and not options.quick:
        measure_growth(seed, facts["gbytes"], terms, options.out)
    if options.docs:
        write_page(options.out)
    print(f"\nWritten to {options.out}")
    return 0


def measure_works(
    options: argparse.Namespace, seed: int, chosen: list[ModuleType], terms: Terms
) -> None:
    """Compare solvers, and weigh regpath, on every chosen work."""
    rows, prints = [], []
    for work, folder in works(options, seed):
        if "paths" in options.parts:
            rows += compared(work, folder, chosen, terms)
            write_rows(rows, options.out)
        if "footprint" in options.parts and work.l1_ratio == 1.0 and not chosen[0].refuses(work):
            prints.append(footprint(work, folder))
            (options.out / "footprint.md").write_text(footprint_table(prints))
    if prints:
        print("\n" + footprint_table(prints))


def measure_growth(seed: int, gbytes: float, terms: Terms, out: Path) -> None:
    """Print and keep how regpath's time and memory grow."""
    grown = []
    for growth in growths(seed, gbytes, terms):
        grown.append(growth)
        (out / "scaling.md").write_text(growth_table(grown))
    print("\n" + growth_table(grown))


def works(options: argparse.Namespace, seed: int) -> Iterator[tuple[Work, Path]]:
    """Every chosen work under every penalty, saved where children find it."""
    names = QUICK if options.quick and not options.only else RECIPES
    for name in names:
        if options.only not in name:
            continue
        data = work_of(name, seed, options.rho)
        for l1_ratio in options.l1_ratios:
            work = penalized(data, l1_ratio)
            with tempfile.TemporaryDirectory() as folder:
                work.save(Path(folder))
                yield work, Path(folder)


def compared(work: Work, folder: Path, chosen: list[ModuleType], terms: Terms) -> list[Row]:
    """Run one contest, and print it as it goes."""
    folded = work.name.startswith(FOLDED) and work.l1_ratio in (0.0, 1.0)
    print(f"\n{work.name}, {penalty_name(work.l1_ratio)}", flush=True)
    try:
        best = reference(work, folder)
    except PeerError as error:
        print(f"  {error}")
        return []
    print(f"  reference proven to {best.gap:.0e}\n{HEAD}", flush=True)
    rows, ours = [], {}
    for row in contest(work, chosen, folder, best, Terms(terms.repeats, terms.limit, folded)):
        rows.append(row)
        if row.peer == "regpath" and row.accurate:
            ours[row.kind] = row.seconds
        print(line(row, ours.get(row.kind, float("nan"))), flush=True)
    return rows


def write_rows(rows: list[Row], out: Path) -> None:
    """Write CSV, Markdown and chart of what there is so far."""
    if not rows:
        return
    table = frame(rows)
    table.to_csv(out / "paths.csv", index=False, float_format="%.6g")
    (out / "paths.md").write_text(markdown(table))
    if (table["accurate"] & table["seconds"].notna()).any():
        write_svg(figure(table), out / "paths.svg")


if __name__ == "__main__":
    raise SystemExit(main())
