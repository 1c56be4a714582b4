"""Ridge by principal components: closed form for least squares, else Newton steps by CG.

In the axes of the principal components the second derivatives are nearly diagonal, so conjugate
gradients need few products; and one product with the data serves many lambdas at once. With more
features than rows there are at most n such axes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from scipy.linalg import eigh

from regpath.core.design import LEAST_ROWS, Design, plain_design, stretches
from regpath.core.fit import FitData, Goal, NullModel, Points
from regpath.core.solvers.kernels.hessian_products import CURVING, MEANS
from regpath.core.solvers.ledger import overshot, share_to_vanish
from regpath.core.threads import shares, side_by_side, summed

FLATTEST = 1e-12  # mean curvature in a preconditioner, where predictions are certain
PIECE = 256  # features that are standardized at a time
LARGEST_TURN = 2500  # axes whose principal components are worth finding
TOGETHER = 24  # lambdas solved at once
NEWTON_STEPS = 40  # at the most; the proof judges what is reached
CG_STEPS = 300  # at the most, for one Newton step
SHORTEST = 0.1  # share of a step that is kept, at the least, where it was too far
NOTHING = 1e-13  # share of the largest variance below which an axis is rounding noise


class Axes(NamedTuple):
    """Principal components of the features, each divided by the root of its penalty factor.

    Products are taken with `design`: the features (then `turn` (p, r) leads from axes to them), or
    the scores themselves where there are fewer rows than features (`turn` is None). `variances`
    (r,) belong to the axes, and `unit` (p,) is what features are multiplied by. Where the axes are
    those of rows, `half` (n, r) and the features' own design lead back to features.
    """

    design: Design
    turn: np.ndarray | None
    variances: np.ndarray
    unit: np.ndarray
    half: np.ndarray | None = None
    own: Design | None = None

    @property
    def turned(self) -> bool:
        """Whether axes are principal components, not the features themselves."""
        return self.turn is not None or self.half is not None

    def features(self, coefs: np.ndarray) -> np.ndarray:
        """Coefficients (L, K, r) along the axes as those of the features, (L, K, p)."""
        if self.turn is not None:
            return np.asarray(coefs @ self.turn.T)
        if self.half is None or self.own is None:
            found: np.ndarray = coefs * self.unit
            return found
        design, along = self.own, coefs @ self.half.T
        result = np.empty((*coefs.shape[:2], design.p))

        def work(columns: slice) -> None:
            result[..., columns] = along @ design.columns(columns)

        side_by_side(work, list(stretches(design.p, PIECE)))
        result *= np.square(self.unit)
        return result


def principal_axes(data: FitData, factors: np.ndarray) -> Axes:
    """Axes of the features under the weights of the rows.

    Where there are too many of both rows and features, the features stay as they are.
    """
    design = data.design
    unit = 1.0 / np.sqrt(factors)
    root = np.sqrt(data.weights)
    if min(design.n, design.p) > LARGEST_TURN:
        scaled = replace(design, inverse=design.inverse * unit)
        return Axes(scaled, None, np.square(design.scale * scaled.inverse), unit)
    if design.p <= design.n:
        gram = np.zeros((design.p, design.p))
        for rows in design.row_blocks(design.p):
            Z = design.standardized(rows)
            Z *= unit
            Z *= root[rows, None]
            gram += Z.T @ Z
        variances, axes = eigh(gram, driver="evr", overwrite_a=True, check_finite=False)
        keep = variances > NOTHING * variances[-1]
        turn = unit[:, None] * axes[:, keep]
        return Axes(design, turn, variances[keep], unit)
    pieces = list(stretches(design.p, PIECE))

    def products(part: list[slice]) -> np.ndarray:
        total = np.zeros((design.n, design.n))
        for columns in part:
            Z = design.columns(columns)
            Z *= unit[columns]
            Z *= root[:, None]
            total += Z @ Z.T
        return total

    kernel = summed(products, pieces)
    variances, axes = eigh(kernel, driver="evr", overwrite_a=True, check_finite=False)
    keep = variances > NOTHING * variances[-1]
    variances, axes = variances[keep], axes[:, keep]
    back = np.divide(1.0, root, out=np.zeros_like(root), where=root > 0.0)
    scores = np.ascontiguousarray(back[:, None] * axes * np.sqrt(variances))
    half = root[:, None] * axes / np.sqrt(variances)
    return Axes(plain_design(scores), None, variances, unit, half, design)


def solve(
    data: FitData, goal: Goal, null: NullModel, told: Callable[[float], None] | None = None
) -> Points:
    """Points at each lambda, from the solution `null` at lambda = infinity."""
    axes = principal_axes(data, goal.penalty.factors)
    along = solve_along(axes, data, goal, null.intercept, told)
    return Points(along.intercepts, axes.features(along.coefs))


def solve_along(
    axes: Axes,
    data: FitData,
    goal: Goal,
    intercept: np.ndarray,
    told: Callable[[float], None] | None = None,
) -> Points:
    """Points at each lambda, with coefficients (L, K, r) along the axes."""
    lambdas, n_lambdas = goal.lambdas, len(goal.lambdas)
    if data.family.quadratic and axes.turned:
        residuals = data.Y - data.with_offset(np.tile(intercept, (data.n, 1)), slice(None))
        u = (data.weights[:, None] * residuals).T
        pull = sum(axes.design.block(rows).T @ u[0, rows] for rows in axes.design.row_blocks(1))
        pull = (pull - u.sum() * axes.design.centre) * axes.design.inverse
        pull = pull if axes.turn is None else pull @ axes.turn
        coefs = pull / (axes.variances + lambdas[:, None])
        return Points(np.tile(intercept, (n_lambdas, 1)), coefs[:, None])
    n_outputs, r = data.n_outputs, len(axes.variances)
    problem = _Problem(axes, data)
    # One axis more for the intercept, whose column of ones has no penalty.
    path = np.zeros((n_lambdas, n_outputs, r + 1))
    known_at: list[float] = []
    known: list[np.ndarray] = []
    last = np.zeros((n_outputs, r + 1))
    last[:, -1] = intercept
    for low in range(0, n_lambdas, TOGETHER):
        if told is not None:
            told(low / n_lambdas)
        here = slice(low, min(low + TOGETHER, n_lambdas))
        start = _extrapolated(np.log(lambdas[here]), known_at, known, last)
        path[here] = problem.newton(start, lambdas[here], goal.targets[here])
        known_at = list(np.log(lambdas[here])[-4:])
        known = list(path[here][-4:])
        last = path[here][-1]
    return Points(path[:, :, -1].copy(), path[:, :, :-1].copy())


def _extrapolated(
    at: np.ndarray, known_at: list[float], known: list[np.ndarray], last: np.ndarray
) -> np.ndarray:
    """The path is smooth in log lambda: a straight line through its last points, held short."""
    start = np.tile(last, (len(at), 1, 1))
    if len(known) >= 2:
        speed = (known[-1] - known[-2]) / (known_at[-1] - known_at[-2])
        ahead = np.maximum(at - known_at[-1], -1.0)
        start += ahead[:, None, None] * speed
    return start


class _Problem:
    """The loss along the axes, for many points at once; arrays are (n, K C), classes first."""

    def __init__(self, axes: Axes, data: FitData) -> None:
        self.design, self.turn, self.variances = axes.design, axes.turn, axes.variances
        self.data, self.weights = data, np.array(data.weights)
        self.curve = CURVING[data.family.kernels]
        self.means = MEANS[data.family.kernels]
        self.n_outputs = data.n_outputs

    def newton(self, b: np.ndarray, lambdas: np.ndarray, targets: np.ndarray) -> np.ndarray:
        """Minimize from `b` (C, K, r + 1) at each lambda."""
        ridge = np.ones((1, 1, b.shape[2]))
        ridge[..., -1] = 0.0
        lam = lambdas[:, None, None] * ridge
        b = b.copy()
        todo = np.arange(len(b))
        step, drop = np.zeros_like(b), np.full(len(b), np.inf)
        for _ in range(NEWTON_STEPS):
            mean, z = self.gradient(b[todo])
            gradient = lam[todo] * b[todo] - z
            size = np.abs(gradient).max(axis=(1, 2))
            # Overshooting shows in the slope along the step, since the objective is convex.
            back = -(gradient * step[todo]).sum(axis=(1, 2))
            far = overshot(drop[todo], back)
            broken = ~np.isfinite(size)  # the last step led out of the range of numbers
            b[todo[broken]] -= np.nan_to_num(step[todo[broken]])
            done = (size <= targets[todo]) | broken
            if far.any():
                some = todo[far]
                keep = share_to_vanish(drop[some], back[far], SHORTEST)
                b[some] -= (1.0 - keep)[:, None, None] * step[some]
                step[some] *= keep[:, None, None]
                drop[some] *= keep
            going = ~(done | far)
            if going.any():
                some = todo[going]
                # Superlinear: the nearer the solution, the more exact the step.
                goal = np.clip(0.1 * targets[some], 1e-3 * size[going], 0.1 * size[going])
                direction = self.conjugate_gradients(
                    self._columns(mean, going), -gradient[going], lam[some], goal
                )
                step[some] = direction
                drop[some] = -(gradient[going] * direction).sum(axis=(1, 2))
                b[some] += direction
            todo = todo[~(done & ~far)]
            if not todo.size:
                break
        return b

    def gradient(self, b: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Expected responses (n, K C) and sum_i w_i u_i a_i (C, K, r + 1)."""
        flat, offset = self._forth(b)
        n_points = len(b)
        mean = np.empty((self.design.n, flat.shape[1]))

        def work(rows: slice) -> tuple[np.ndarray, np.ndarray]:
            block = self.design.block(rows)
            mean[rows] = self.data.with_offset(block @ flat, rows)
            self.means(mean[rows], offset, self.n_outputs)
            shaped = mean[rows].reshape(-1, self.n_outputs, n_points)
            u = (self.data.Y[rows, :, None] - shaped) * self.weights[rows, None, None]
            u = u.reshape(len(shaped), -1)
            return block.T @ u, u.sum(axis=0)

        return mean, self._back(side_by_side(work, self._parts(flat.shape[1])), n_points)

    def conjugate_gradients(
        self, mean: np.ndarray, rhs: np.ndarray, lam: np.ndarray, goal: np.ndarray
    ) -> np.ndarray:
        """Solve (second derivatives + lam) x = rhs for each point, to residuals below `goal`."""
        n_points = len(rhs)
        shaped = mean.reshape(-1, self.n_outputs, n_points)
        bends = self.data.family.curvature_diagonal(shaped.transpose(0, 2, 1))
        bend = np.einsum("i,ick->ck", self.weights, bends)
        spread = np.append(self.variances, 1.0)
        scale = 1.0 / (np.maximum(bend, FLATTEST)[:, :, None] * spread + lam)
        x, residual = np.zeros_like(rhs), rhs.copy()
        scaled = scale * residual
        direction = scaled.copy()
        power = (residual * scaled).sum(axis=(1, 2))
        live = np.arange(n_points)
        for _ in range(CG_STEPS):
            moving = direction[live]
            image = self._bent(self._columns(mean, live), moving) + lam[live] * moving
            curved = (moving * image).sum(axis=(1, 2))
            length = np.divide(power[live], curved, out=np.zeros(live.size), where=curved > 0.0)
            x[live] += length[:, None, None] * moving
            residual[live] -= length[:, None, None] * image
            scaled = scale[live] * residual[live]
            new_power = (residual[live] * scaled).sum(axis=(1, 2))
            size = np.abs(residual[live]).max(axis=(1, 2))
            direction[live] = scaled + (new_power / power[live])[:, None, None] * moving
            power[live] = new_power
            live = live[(size > goal[live]) & (curved > 0.0)]
            if not live.size:
                break
        return x

    def _bent(self, mean: np.ndarray, moving: np.ndarray) -> np.ndarray:
        """Second derivatives times `moving` (C, K, r + 1)."""
        flat, offset = self._forth(moving)

        def work(rows: slice) -> tuple[np.ndarray, np.ndarray]:
            block = self.design.block(rows)
            change = np.ascontiguousarray(block @ flat)
            change += offset
            self.curve(change, mean[rows], self.weights[rows], self.n_outputs)
            return block.T @ change, np.ones(len(change)) @ change

        return self._back(side_by_side(work, self._parts(flat.shape[1])), len(moving))

    def _parts(self, width: int) -> list[slice]:
        blocks = self.design.row_blocks(width)
        return blocks if len(blocks) > 2 else shares(self.design.n, least=LEAST_ROWS)

    def _forth(self, b: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Coefficients along the axes as those of the design's blocks, and their offsets."""
        coefs = b[..., :-1] if self.turn is None else b[..., :-1] @ self.turn.T
        beta, offset = self.design.raw(coefs)
        offset += b[..., -1]
        flat = np.ascontiguousarray(beta.transpose(2, 1, 0).reshape(beta.shape[2], -1))
        return flat, np.ascontiguousarray(offset.T).ravel()

    def _back(self, found: list[tuple[np.ndarray, np.ndarray]], n_points: int) -> np.ndarray:
        """Sums over blocks as gradients along the axes, shape (C, K, r + 1)."""
        total = np.sum([total for _, total in found], axis=0)
        z = np.sum([gradient for gradient, _ in found], axis=0)
        z -= np.outer(self.design.centre, total)
        z *= self.design.inverse[:, None]
        z = z if self.turn is None else self.turn.T @ z
        full = np.vstack([z, total])
        return full.reshape(-1, self.n_outputs, n_points).transpose(2, 1, 0)

    def _columns(self, mean: np.ndarray, chosen: np.ndarray) -> np.ndarray:
        """The columns of some points."""
        shaped = mean.reshape(len(mean), self.n_outputs, -1)
        if chosen.dtype != bool and chosen.size == shaped.shape[2]:
            return mean
        return np.ascontiguousarray(shaped[:, :, chosen]).reshape(len(mean), -1)
