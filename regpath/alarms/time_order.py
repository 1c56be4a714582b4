"""A date, a year or a counter along which the target moves, while rows are split at random."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from regpath.alarms.alarm import Alarm
from regpath.alarms.case import Case
from regpath.alarms.chance import is_striking, log_chance_of_area, log_chance_of_r2
from regpath.alarms.columns import Column
from regpath.alarms.strength import areas, explained, held_out_means, squared_correlations

KIND = "time_order"
LEAST_ROWS = 50  # with a time: fewer show no trend that chance does not
LEAST_TREND = 0.05  # squared rank correlation, or (2 AUC - 1)^2
LEAST_LIKENESS = 0.2  # share of the target that rows next in time explain
EFFECT = (
    "A random split asks about days between those that were learned from; rows to come lie after "
    "them, where the score may be worse."
)


def time_order(case: Case) -> Iterator[Alarm]:
    """Find columns that tell when a row was collected, and a target that changes with them."""
    if len(case.y) < LEAST_ROWS or case.recipe.time is not None:
        return
    for name, times in case.times.items():
        told = _moves(case, times)
        if told:
            what = f"{case.target!r} changes along {name!r} ({told}), and rows are split at random."
            column = case.all_columns[name]
            change = None if column.values is None else case.split_by("time", name)
            as_date = "" if column.values is not None else f"Read {name!r} as a date: "
            remedy = f"{as_date}Split by {name!r}"
            yield Alarm(KIND, "hint", (name,), what, EFFECT, remedy, change)


def _moves(case: Case, times: np.ndarray) -> str:
    """How the target goes with time; "" if it hardly does."""
    known = ~np.isnan(times)
    if known.sum() < LEAST_ROWS:
        return ""
    ranks = pd.Series(times[known]).rank().to_numpy()[:, None]
    told = _class_trend(case, known, ranks) if case.classes else _amount_trend(case, known, ranks)
    if told:
        return told
    Y = case.one_hot[known] if case.classes else case.y[known, None]
    moments = Column.of(pd.Series(times[known]))
    likeness = float(explained(held_out_means(moments, Y), Y).max())
    if likeness < LEAST_LIKENESS:
        return ""
    return f"neighbours in it explain {likeness:.0%} of its variance"


def _class_trend(case: Case, known: np.ndarray, ranks: np.ndarray) -> str:
    Y = case.one_hot[known]
    auc = areas(ranks, Y)[0]
    k = int(np.argmax(np.abs(auc - 0.5)))
    n_in = int(Y[:, k].sum())
    chance = log_chance_of_area(n_in, len(Y) - n_in, float(auc[k]))
    if np.square(2.0 * auc[k] - 1.0) < LEAST_TREND or not is_striking(chance, len(case.used)):
        return ""
    more = "more" if auc[k] > 0.5 else "less"
    return f"{case.classes[k]!r} becomes {more} frequent, AUC {max(auc[k], 1.0 - auc[k]):.2f}"


def _amount_trend(case: Case, known: np.ndarray, ranks: np.ndarray) -> str:
    y = pd.Series(case.y[known]).rank().to_numpy()
    r2 = float(squared_correlations(ranks, y)[0])
    if r2 < LEAST_TREND or not is_striking(log_chance_of_r2(len(y), r2), len(case.used)):
        return ""
    return f"squared rank correlation {r2:.2f}"
