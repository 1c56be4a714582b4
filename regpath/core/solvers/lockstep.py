"""Many models on the same small data march down their paths side by side.

Where second derivatives at many points come from one short product (`RowSums.cheap`), what a fit
costs is the number of calls. So the models share them: a group of lambdas of all models is one
batch of Newton steps, from the last solution of each.
"""

from __future__ import annotations

import numpy as np

from regpath.core.penalty import Penalty
from regpath.core.solvers import newton
from regpath.core.solvers.model import Anchors, Models, Points
from regpath.core.solvers.sums import RowSums


def solve(
    sums: RowSums,
    penalty: Penalty,
    intercepts: np.ndarray,
    coefs: np.ndarray,
    lambdas: np.ndarray,
    targets: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Solve every model of `sums` at each lambda.

    Parameters
    ----------
    sums : RowSums
        Of M models.
    penalty : Penalty
    intercepts, coefs : ndarray of shape (M, K), (M, K, p)
        Where each path begins: its model without penalized features.
    lambdas : ndarray of shape (L,)
    targets : ndarray of shape (M, L)

    Returns
    -------
    intercepts, coefs : ndarray of shape (M, L, K), (M, L, K, p)
    """
    n_models, n_outputs, p = coefs.shape
    every = np.arange(n_models)
    all_intercepts = np.empty((n_models, len(lambdas), n_outputs))
    all_coefs = np.empty((n_models, len(lambdas), n_outputs, p))
    place = Points(intercepts, coefs, *sums.gradient(intercepts, coefs, every))
    anchors = Anchors.of(sums.curvatures(intercepts, coefs, every))
    low, group = 0, newton.GROUP
    while low < len(lambdas):
        here = slice(low, min(low + group, len(lambdas)))
        batch = _ahead(penalty, place, anchors, lambdas[here], targets[:, here])
        points, rounds = newton.refine(sums, penalty, batch)
        count = here.stop - low
        all_intercepts[:, here] = batch.intercepts.reshape(n_models, count, n_outputs)
        all_coefs[:, here] = batch.coefs.reshape(n_models, count, n_outputs, p)
        last = count * (every + 1) - 1
        place = points.at(last)
        anchors = batch.models.anchors.only(batch.models.ends[last, 0])
        low, group = here.stop, newton.next_group(group, rounds)
    return all_intercepts, all_coefs


def _ahead(
    penalty: Penalty, place: Points, anchors: Anchors, lambdas: np.ndarray, targets: np.ndarray
) -> newton.Batch:
    """A batch of all models at some lambdas, predicted from the place of each."""
    n_models, count = targets.shape
    which = np.repeat(np.arange(n_models), count)
    old = place.at(which)
    models = Models(
        anchors,
        np.repeat(which[:, None], 3, axis=1).astype(np.int64),
        np.tile([1.0, 0.0, 0.0], (len(which), 1)),
    )
    lams = np.tile(lambdas, n_models)
    every = np.arange(len(which))
    shift, change = models.steps(every, old, penalty, lams, newton.ROUGH * lams)
    return newton.Batch(
        which,
        lams,
        targets.ravel(),
        old.intercepts + shift,
        old.coefs + change,
        models,
        old,
    )
