"""Centres and scales of features, from what is known of columns or from sums of a pass."""

from __future__ import annotations

import numpy as np

from regpath.core.design import CONSTANT, LIGHTEST
from regpath.core.problems.encoder import Encoder
from regpath.errors import DataError
from regpath.rows.learning import RowSummary
from regpath.rows.queries import Totals
from regpath.rows.subsets import RowSubset
from regpath.rows.summaries import NumberSummary

DOUBTFUL = 1e-6  # spread, relative to all rows, that sums around all rows' mean have lost


def learned_moments(encoder: Encoder, learned: RowSummary) -> tuple[np.ndarray, np.ndarray]:
    """Mean and 1/n standard deviation (p,) of the features of all rows."""
    fills, mass = encoder.fills, learned.mass
    mean, scale = np.zeros((2, len(encoder.base_features)))
    for j, feature in enumerate(encoder.base_features):
        summary = learned.columns[feature.column]
        if feature.is_gap:
            mean[j], scale[j] = _of_share(summary.gap_mass / mass)
        elif isinstance(summary, NumberSummary):
            mean[j], scale[j] = _of_numbers(summary, fills[feature.column])
        else:
            filled = feature.level == fills[feature.column]
            own = summary.masses[feature.level or ""] + (summary.gap_mass if filled else 0.0)
            mean[j], scale[j] = _of_share(own / mass)
    if not (np.isfinite(mean) & np.isfinite(scale)).all():
        j = int(np.argmin(np.isfinite(mean) & np.isfinite(scale)))
        raise DataError(
            f"The values of {encoder.feature_names[j]!r} are too large to be squared.",
            "Bring the column in larger units.",
        )
    return mean, scale


def _of_share(share: float) -> tuple[float, float]:
    """Of a feature that is 1 in a share of the rows and else 0; less than rounding is nothing."""
    variance = share * (1.0 - share)
    return share, float(np.sqrt(variance)) if variance > LIGHTEST else 0.0


def _of_numbers(summary: NumberSummary, fill: float) -> tuple[float, float]:
    total = summary.mass + summary.gap_mass
    gaps = summary.gap_mass / total
    mean = summary.mean + gaps * (fill - summary.mean)
    between = (1.0 - gaps) * (summary.mean - mean) ** 2 + gaps * (fill - mean) ** 2
    scale = float(np.sqrt(summary.squares / total + between))
    largest = max(abs(summary.low), abs(summary.high))
    return mean, scale if scale > CONSTANT * largest else 0.0


def moments_around(whole: RowSubset, sums: Totals) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Mean and scale (p,) of some rows, and which scales have to be computed afresh.

    `sums` are those of `queries.moments_of` in the coordinates of `whole`.
    """
    mass, first, second = sums.sums[0], sums.sums[3], sums.sums[4]
    unit = np.divide(
        1.0, whole.design.inverse, out=np.zeros_like(whole.mean), where=whole.design.inverse > 0.0
    )
    drift = first / mass
    spread = np.sqrt(np.maximum(second / mass - np.square(drift), 0.0))
    alive = unit > 0.0
    doubtful = alive & (spread * unit < DOUBTFUL * whole.scale)
    return whole.mean + drift * unit, np.where(alive, spread * unit, 0.0), doubtful


def moments_afresh(subset: RowSubset, sums: Totals) -> tuple[np.ndarray, np.ndarray]:
    """Mean and scale, from sums in coordinates that are all but centred on these rows."""
    mean, scale, _ = moments_around(subset, sums)
    largest = np.maximum(np.abs(subset.mean), sums.peaks[0] * subset.scale)
    return mean, np.where(scale <= CONSTANT * largest, 0.0, scale)
