"""What a chart of two coefficients is drawn from: numbers only, small enough to hand over."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.interpolate import RectBivariateSpline

from regpath.core.geometry.ball import Ball
from regpath.core.geometry.pair import FeaturePair
from regpath.core.geometry.priors import Posterior, posterior_of
from regpath.core.geometry.touching import touching_point
from regpath.core.progress import Progress

SHOWN = 61  # places of the map along each side
LEAST, MOST, MOST_REFITTED = 13, 41, 21  # at which the loss is computed; a spline fills in
AFFORDED = 2e7  # losses of rows that a map may take, some 0.5 s on a common machine
EDGE = 361  # places on the edge of a ball
CURVE = 161  # places of a prior's curve
PARTS = 8  # of a map, after each of which it is told how far it is
ROOM, BALL_ROOM = 1.35, 1.08  # times as far as the path and its largest ball go, to each side
ALIKE = 4.0  # times as far as the other: up to here both axes have one scale
LOSS, SYSTEM = 2e-8, 2e-5  # seconds for the loss of a row, and for a system of one coefficient
STEPS = 6  # of Newton, counted with a try that goes too far
SOUGHT = 300  # points that are measured while the touching point and both posteriors are sought


@dataclass(frozen=True, eq=False)
class PairPicture:
    """Two coefficients at one strength.

    Attributes
    ----------
    names : (str, str)
    lam : float
    axes : (ndarray of shape (a,), ndarray of shape (b,))
    loss : ndarray of shape (b, a)
    ball : ndarray of shape (m, 2)
        Its edge.
    path : ndarray of shape (2, n_lambdas)
    solution, touching : ndarray of shape (2,)
        The penalized solution, and where a contour touches the ball, found without it.
    level, level_there : float
        The loss on the contour that touches, and at the solution: the same, unless they differ.
    posteriors : (Posterior, Posterior)
    noise : float
        Variance of the noise that they are told with: 1 where a response has none of its own.
    """

    names: tuple[str, str]
    lam: float
    axes: tuple[np.ndarray, np.ndarray]
    loss: np.ndarray
    ball: np.ndarray
    path: np.ndarray
    solution: np.ndarray
    touching: np.ndarray
    level: float
    level_there: float
    posteriors: tuple[Posterior, Posterior]
    noise: float

    @property
    def gap(self) -> float:
        """Distance of the touching point from the solution."""
        return float(np.abs(self.touching - self.solution).max())

    def to_frame(self) -> pd.DataFrame:
        """The two features, a row each."""
        return pd.DataFrame(
            {
                "feature": self.names,
                "penalized solution": self.solution,
                "touching point": self.touching,
                "top of the posterior": [each.likeliest for each in self.posteriors],
                "Gauss variance": [each.of.gauss for each in self.posteriors],
                "Laplace variance": [each.of.laplace for each in self.posteriors],
            }
        )


def picture_of(
    pair: FeaturePair,
    index: int,
    *,
    refit: bool = False,
    path: np.ndarray | None = None,
    tell: Progress | None = None,
) -> PairPicture:
    """Compute what is drawn of two coefficients at one strength.

    Parameters
    ----------
    pair : FeaturePair
    index : int
        Position of the strength.
    refit : bool, default=False
        See `FeaturePair.valley`.
    path : ndarray of shape (2, n), default=None
        The path to be drawn through; None means the pair's own.
    tell : callable, default=None
        Hears the share that is done.

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    >>> fit = regpath.fit_path(problem, l1_ratio=1.0, n_lambdas=20)
    >>> picture = picture_of(FeaturePair(problem, fit, (2, 8)), 12)
    >>> picture.loss.shape, picture.gap < 1e-4
    ((61, 61), True)
    """
    path = pair.coefs if path is None else path
    solution, ball = pair.coefs[:, index], pair.ball(index)
    held = pair.valley(index)
    valley = pair.valley(index, refit=True) if refit else held
    touching = touching_point(valley, ball)
    edge = ball.edge(np.linspace(0.0, 2.0 * np.pi, EDGE))
    reach = _reach(np.column_stack([path, solution]), ball, held.Z)
    places = [np.linspace(-each, each, _side(pair, refit)) for each in reach]
    points = np.column_stack([each.ravel() for each in np.meshgrid(*places)])
    parts = np.array_split(points, PARTS)
    loss = []
    for number, part in enumerate(parts):
        loss.append(valley.loss(part))
        if tell is not None:
            tell((number + 1) / len(parts))
    axes = (np.linspace(-reach[0], reach[0], SHOWN), np.linspace(-reach[1], reach[1], SHOWN))
    noise = 1.0
    if pair.path.loss.variance_unknown:
        noise = 2.0 * float(held.loss(solution[None])[0])
    n = pair.problem.n_obs / noise
    first, second = (
        posterior_of(held, solution, j, pair.prior(index, j, noise), n, CURVE) for j in (0, 1)
    )
    level, level_there = valley.loss(np.array([touching, solution])).tolist()
    return PairPicture(
        names=pair.names,
        lam=float(pair.path.lambdas[index]),
        axes=axes,
        loss=_filled_in(places, np.concatenate(loss), axes),
        ball=edge,
        path=path,
        solution=solution,
        touching=touching,
        level=level,
        level_there=level_there,
        posteriors=(first, second),
        noise=noise,
    )


def picture_seconds(pair: FeaturePair, refit: bool) -> float:
    """Estimate of what `picture_of` takes."""
    n, n_outputs = pair.problem.n_obs, pair.path.loss.n_outputs(len(pair.path.classes))
    free = n_outputs * (len(pair.path.feature_names) if refit else 1)
    steps = 2 if pair.path.loss.quadratic else STEPS
    points = (_side(pair, refit) ** 2 + SOUGHT) * steps
    return points * (n * n_outputs * LOSS * (1.0 + free / 8.0) + SYSTEM * free)


def _side(pair: FeaturePair, refit: bool) -> int:
    """Places along each side at which the loss is computed."""
    losses = STEPS * pair.problem.n_obs * pair.path.loss.n_outputs(len(pair.path.classes))
    side = int(np.sqrt(AFFORDED / losses))
    return int(np.clip(side, LEAST, MOST_REFITTED if refit else MOST))


def _reach(path: np.ndarray, ball: Ball, Z: np.ndarray) -> np.ndarray:
    """How far each axis goes to either side, (2,): equally far unless one would be a thread.

    The largest ball of the path (2, n) has room, so that axes rest while the strength moves.
    """
    prices = [ball.price(b) for b in path.T]
    largest = replace(ball, size=max(prices)).reach
    farthest = np.maximum(ROOM * np.abs(path).max(axis=1), BALL_ROOM * largest)
    if not farthest.any():  # neither ever leaves zero
        spread = Z.std(axis=0)
        farthest = 1.0 / np.where(spread > 0.0, spread, 1.0)
    top = float(farthest.max())
    if farthest.min() * ALIKE < top and farthest.min() > 0.0:
        return np.asarray(farthest)
    return np.full(2, top)


def _filled_in(
    places: list[np.ndarray], loss: np.ndarray, axes: tuple[np.ndarray, np.ndarray]
) -> np.ndarray:
    """The loss at the places of the map, from those at which it was computed."""
    loss = loss.reshape(len(places[1]), len(places[0]))
    if not np.isfinite(loss).all():
        loss = np.where(np.isfinite(loss), loss, loss[np.isfinite(loss)].max())
    return np.asarray(RectBivariateSpline(places[1], places[0], loss)(axes[1], axes[0]))
