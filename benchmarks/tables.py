"""Rows to text, Markdown and CSV."""

from __future__ import annotations

import math

import pandas as pd

from benchmarks.contest import Row
from benchmarks.footprint import Footprint
from benchmarks.scaling import Growth

PENALTIES = {1.0: "L1", 0.0: "L2"}
HEAD = (
    f"  {'solver':34}{'threads':>9}{'seconds':>10}{'cpu':>9}{'x regpath':>10}"
    f"{'tol':>8}{'gap':>9}{'kkt':>9}"
)


def penalty_name(l1_ratio: float) -> str:
    """L1, L2 or the elastic net's mix."""
    return PENALTIES.get(l1_ratio, f"elastic net {l1_ratio:g}")


def frame(rows: list[Row]) -> pd.DataFrame:
    """All rows with the ratio to regpath in the same contest (above 1: slower than regpath)."""
    table = pd.DataFrame([vars(row) | {"accurate": row.accurate} for row in rows])
    keys = ["work", "l1_ratio", "kind"]
    ours = table[(table["peer"] == "regpath") & table["accurate"]].set_index(keys)["seconds"]
    base = pd.Series([ours.get(key, math.nan) for key in table[keys].itertuples(index=False)])
    return table.assign(ratio=table["seconds"] / base)


def line(row: Row, ours: float) -> str:
    """One line for the terminal; seconds in brackets were not at equal accuracy."""
    name = row.peer + (", CV" if "CV" in row.kind else "")
    if math.isnan(row.seconds):
        return f"  {name:34}{row.threads:>9}  {row.note}"
    seconds = f"{row.seconds:.3f}" if row.accurate else f"({row.seconds:.3f})"
    ratio = f"{row.seconds / ours:.1f}" if row.accurate else ""
    curve = "" if math.isnan(row.curve) else f"  folds {row.curve:.0e}"
    return (
        f"  {name:34}{row.threads:>9}{seconds:>10}{row.cpu:9.3f}{ratio:>10}{row.tolerance:8.0e}"
        f"{row.gap:9.0e}{row.kkt:9.0e}{curve}  {row.note}".rstrip()
    )


def markdown(table: pd.DataFrame) -> str:
    """One line per contest: regpath, then its peers from fast to slow."""
    out = _head(["work", "penalty", "task", "regpath", "peers, seconds (times regpath)"])
    for (work, l1_ratio, kind), group in table.groupby(["work", "l1_ratio", "kind"], sort=False):
        ours = group[group["peer"] == "regpath"]
        peers = group[(group["peer"] != "regpath") & group["gap"].notna()]
        cells = [
            _cell(row)
            for row in peers.sort_values(
                ["accurate", "seconds"], ascending=[False, True]
            ).itertuples()
        ]
        timed = ours["accurate"].any() and ours["seconds"].notna().any()
        head = f"{ours['seconds'].iloc[0]:.3f}" if timed else "not yet"
        name = work.partition(" seed ")[0]
        out.append(f"| {name} | {penalty_name(l1_ratio)} | {kind} | {head} | {'; '.join(cells)} |")
    return "\n".join(out) + "\n"


def _cell(row: object) -> str:
    if not row.accurate:
        return f"*{row.peer}: gap {row.gap:.0e} at best*"
    if math.isnan(row.seconds):
        return f"*{row.peer}: {row.note}*"
    ratio = "" if math.isnan(row.ratio) else f" ({row.ratio:.1f})"
    return f"{row.peer} {row.seconds:.3f}{ratio}"


def footprint_table(prints: list[Footprint]) -> str:
    """Markdown: memory in MB and start-up in seconds."""
    memory, time = ["X", "beyond X", "in arrays"], ["arrays to problem", "import", "first path"]
    out = _head(["work", *memory, *time])
    for item in prints:
        name = item.work.partition(" seed ")[0]
        sizes = f"{item.features:.1f} | {item.resident:.1f} | {item.objects:.1f}"
        out.append(f"| {name} | {sizes} | {item.make:.3f} | {item.start:.2f} | {item.first:.2f} |")
    return "\n".join(out) + "\n"


def growth_table(rows: list[Growth]) -> str:
    """Markdown: how time and memory grow, and time in reads of X from memory."""
    heads = ["family", "penalty", "grows", "sizes", "seconds", "time ~", "memory ~", "reads of X"]
    out = _head(heads)
    for row in rows:
        sizes, seconds = _spread(row.sizes, "g"), _spread(row.seconds, ".3f")
        memory = f"{row.memory_slope:.2f} ({row.memory[-1]:.0f} MB)" if row.memory else ""
        out.append(
            f"| {row.family} | {penalty_name(row.l1_ratio)} | {row.quantity} | {sizes} | {seconds} "
            f"| {row.slope:.2f} | {memory} | {row.passes[0]:.0f} to {row.passes[-1]:.0f} |"
        )
    return "\n".join(out) + "\n"


def _head(names: list[str]) -> list[str]:
    return [f"| {' | '.join(names)} |", "|" + "---|" * len(names)]


def _spread(values: tuple[float, ...], form: str) -> str:
    return ", ".join(format(value, form) for value in values)
