"""A column that alone tells the target nearly without error."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from regpath.alarms.alarm import Alarm
from regpath.alarms.case import Case
from regpath.alarms.chance import is_striking, log_chance_of_order, log_chance_of_step
from regpath.alarms.strength import (
    areas,
    explained,
    explained_of,
    held_out_means,
    squared_correlations,
)
from regpath.wording import counted, listed

KIND = "separating_column"
ONE_CLASS = "one_class_column"
LEAST_AUC = 0.995  # of one column, out of sample
LEAST_R2 = 0.99  # share of an amount that one column explains
AT_ONCE = 4_000_000  # predictions of all columns that are held in memory
WORTH_RANKING = 0.8  # share explained below which no AUC of held-out means reaches LEAST_AUC
EFFECT = (
    "The path would lean on it alone, and its scores would be too good to be true if the column "
    "is only known after the target."
)
ONE_CLASS_EFFECT = (
    "This class needs one feature and a threshold; without a penalty its weight grows without "
    "end. Fine if the column is known before the target, a leak if not."
)


class Told(NamedTuple):
    """AUC of a column for each class, in its order and by its levels, as larger of the two."""

    name: str
    auc: np.ndarray


def lone_columns(case: Case) -> Iterator[Alarm]:
    """Find columns that alone tell all classes, one class, or the amount."""
    if not case.classes:
        yield from _of_amount(case)
        return
    marks: dict[int, list[Told]] = {}
    for told in _class_strengths(case):
        good = told.auc > LEAST_AUC
        good &= [_convinces(case, k, told.auc[k]) for k in range(len(case.classes))]
        if good.all():
            yield _alarm(case, told)
        elif good.any() and len(case.classes) > 2:
            marks.setdefault(int(np.argmax(np.where(good, told.auc, 0.0))), []).append(told)
    for k, tellers in marks.items():
        yield _one_class(case, k, tellers)


def _class_strengths(case: Case) -> Iterator[Told]:
    """The columns of numbers or words that tell some class well."""
    ordered = np.zeros((0, len(case.classes)))
    if case.numeric:
        ordered = areas(case.ranks, case.one_hot)
    auc = np.maximum(ordered, 1.0 - ordered)
    in_order = {case.numeric[j]: auc[j] for j in np.flatnonzero((auc > LEAST_AUC).any(axis=1))}
    dull = _dull(case)
    for column in case.columns.but(dull - in_order.keys()):
        name = column.name
        if name in case.times:
            continue  # rows next in time are alike: another alarm tells it
        best = in_order.get(name, np.zeros(len(case.classes)))
        if name not in dull:
            told = held_out_means(column, case.one_hot)
            worth = explained(told, case.one_hot) > WORTH_RANKING
            by_level = np.diag(areas(_ranks(told), case.one_hot))
            best = np.maximum(best, np.where(worth, by_level, 0.0))
        if (best > LEAST_AUC).any():
            yield Told(name, best)


def _dull(case: Case) -> set[str]:
    """The columns of plain numbers whose values explain too little of every class."""
    # Of two classes, what explains one explains the other.
    Y = case.one_hot[:, :1] if len(case.classes) == 2 else case.one_hot
    tells = np.any(explained_by_each(case, Y) > WORTH_RANKING, axis=1)
    return case.plain.named(np.logical_not(tells))


def explained_by_each(case: Case, Y: np.ndarray) -> np.ndarray:
    """Share of the target's columns that each column of plain numbers explains, shape (L, K)."""
    values = case.plain.values
    step = max(AT_ONCE // max(Y.size, 1), 1)
    parts = [explained_of(values[:, k : k + step], Y) for k in range(0, values.shape[1], step)]
    return np.concatenate([np.zeros((0, Y.shape[1])), *parts])


def _ranks(told: np.ndarray) -> np.ndarray:
    # Rounding must not order rows whose means are the same.
    return pd.DataFrame(np.round(told, 12)).rank().to_numpy()


def _convinces(case: Case, k: int, auc: float) -> bool:
    n_in = int(case.one_hot[:, k].sum())
    chance = log_chance_of_order(n_in, len(case.y) - n_in, float(auc))
    return is_striking(chance, len(case.used) * len(case.classes))


def _alarm(case: Case, told: Told) -> Alarm:
    what = (
        f"{told.name!r} alone tells {case.target!r}: AUC {told.auc.min():.4f} over "
        f"{counted(len(case.y), 'row')}{_edge(case, told.name)}."
    )
    return Alarm(
        KIND,
        "severe",
        (told.name,),
        what,
        EFFECT,
        f"Leave {told.name!r} out",
        case.without((told.name,)),
    )


def _edge(case: Case, name: str) -> str:
    """Where a threshold parts two classes without error, if one does."""
    if len(case.classes) != 2 or name not in case.numeric:
        return ""
    x = case.numbers[name].to_numpy()
    low, high = (0, 1) if x[case.y == 1].mean() > x[case.y == 0].mean() else (1, 0)
    top, bottom = x[case.y == low].max(), x[case.y == high].min()
    if top >= bottom:
        return ""
    return f"; {case.classes[low]!r} up to {top:g}, {case.classes[high]!r} from {bottom:g} on"


def _one_class(case: Case, k: int, tellers: list[Told]) -> Alarm:
    names = tuple(told.name for told in tellers)
    areas_of_k = [float(told.auc[k]) for told in tellers]
    each = "alone tells" if len(names) == 1 else "each tell"
    least = "" if min(areas_of_k) == max(areas_of_k) else "at least "
    what = (
        f"{listed(names)} {each} {case.target} = {case.classes[k]!r} from the rest: "
        f"AUC {least}{min(areas_of_k):.4f} over {counted(len(case.y), 'row')}."
    )
    remedy = f"Leave {listed(names)} out"
    return Alarm(ONE_CLASS, "hint", names, what, ONE_CLASS_EFFECT, remedy, case.without(names))


def _of_amount(case: Case) -> Iterator[Alarm]:
    strength = dict.fromkeys(case.used, 0.0)
    if case.numeric:
        straight = squared_correlations(case.numbers.to_numpy(), case.y)
        monotone = squared_correlations(case.ranks, case.y_ranks)
        strength |= dict(zip(case.numeric, np.maximum(straight, monotone), strict=True))
    Y = np.column_stack([case.y, case.y_ranks])  # by ranks, a few large amounts weigh no more
    shares = dict(zip(case.plain.names, explained_by_each(case, Y), strict=True))
    for name, column in case.columns.items():
        if name in case.times:
            continue
        share = shares.get(name)
        if share is None:
            share = explained(held_out_means(column, Y), Y)
        r2 = max(strength[name], float(share.max()))
        n = len(case.y)
        if r2 > LEAST_R2 and is_striking(log_chance_of_step(case.y, r2), len(case.used)):
            what = f"{name!r} alone tells {case.target!r}: R2 {r2:.4f} over {counted(n, 'row')}."
            yield Alarm(
                KIND,
                "severe",
                (name,),
                what,
                EFFECT,
                f"Leave {name!r} out",
                case.without((name,)),
            )
