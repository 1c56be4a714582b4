"""Stability selection of rows elsewhere: complementary halves, many of which share each pass.

A pair of halves is a dealing into two folds: what is outside one is the other. So its fits are
those of a validation with two folds, and several pairs go on together.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from regpath.core.elsewhere import HalvesChoice, HalvesFound
from regpath.core.progress import tell
from regpath.core.regpath import RegPath
from regpath.core.row_data import ANCHORS
from regpath.core.threads import team
from regpath.engines.engine import Engine
from regpath.errors import NothingToFindError
from regpath.rows.folds import Dealing
from regpath.rows.passes import RowPasses
from regpath.rows.stored_folds import StoredFolds, refuse_other
from regpath.rows.stored_rows import StoredRows

HELD = 256 << 20  # bytes of second derivatives of all pairs that share passes
COPIES = 3  # of them, for each half: as summed up, as turned, as blended
MOST_PAIRS = 25  # threads of two halves each


@team()
def select_by_halves(
    rows: StoredRows, path: RegPath, how: HalvesChoice, engine: Engine
) -> HalvesFound:
    """What each half selects, and how much of it is proven."""
    refuse_other(rows, path, "assess_stability")
    passes = RowPasses(engine, rows.coding, rows.checkpoint)
    shape = (2 * how.n_pairs, len(path.feature_names), len(path.lambdas))
    selected, n_certified, more = np.zeros(shape, dtype=bool), 0, 0
    # Other numbers than those of folds: a validation with the same seed deals by itself.
    seeds = np.random.SeedSequence(how.seed).generate_state(how.n_pairs, np.uint64).tolist()
    step = pairs_at_a_time(rows)
    tell(how.progress, 0.0)
    for low in range(0, how.n_pairs, step):
        pairs = [
            StoredFolds(
                rows,
                path,
                Dealing(2, seed),
                passes,
                called="A half of the rows",
                advice="Use another seed or more rows",
            )
            for seed in seeds[low : low + step]
        ]
        passes.together([pair.learn for pair in pairs])
        found = passes.together([partial(_selected, pair, m) for pair in pairs for m in (0, 1)])
        for k, (alive, proven) in enumerate(found, start=2 * low):
            selected[k] = alive
            n_certified += proven
        more += sum(pair.more_passes for pair in pairs)
        tell(how.progress, low + len(pairs), how.n_pairs)
    return HalvesFound(selected, n_certified, passes.count + more)


def pairs_at_a_time(rows: StoredRows) -> int:
    """How many pairs share passes, as far as memory goes."""
    size = rows.coding.n_outputs * (rows.n_features + 1)
    each = 2 * COPIES * ANCHORS * 8 * size**2
    return max(1, min(MOST_PAIRS, HELD // each))


def _selected(pair: StoredFolds, m: int) -> tuple[np.ndarray, int]:
    """Features that a half keeps at each strength, (p, L), and how many points are proven."""
    try:
        fit = pair.path_of(m, pair.fit(m))
    except NothingToFindError:  # the model without features is the answer, and needs no proof
        n_lambdas = len(pair.path.lambdas)
        return np.zeros((len(pair.path.feature_names), n_lambdas), dtype=bool), n_lambdas
    alive = fit.coef_path != 0.0
    return (alive.any(axis=0) if alive.ndim == 3 else alive), int(fit.converged.sum())
