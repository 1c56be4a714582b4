"""A second judge, slow and in sixty digits: the optimality conditions of a path, row by row.

It knows the objective and nothing else of the package: no coordinates, no shared sums, no floats.
"""

import numpy as np
from mpmath import mp, mpf

DIGITS = 60


def worst_violations(problem, path):
    """The largest violation of each point's optimality conditions, as `kkt_violation` counts it."""
    with mp.workdps(DIGITS):
        judge = _Judge(problem, path)
        return np.array([float(judge.violation(c)) for c in range(len(path.lambdas))])


def _exactly(values):
    return np.vectorize(mpf, otypes=[object])(np.asarray(values, dtype=float))


class _Judge:
    def __init__(self, problem, path):
        self.path, self.name = path, problem.family
        w = _exactly(problem.sample_weight)
        self.w = w / w.sum()
        self.Y = self._responses(problem)
        exposure = np.ones(problem.n_obs) if problem.exposure is None else problem.exposure
        self.exposure = _exactly(exposure)[:, None]
        self.offset = np.array([[mp.log(each[0])] for each in self.exposure], dtype=object)
        X = _exactly(problem.X)
        self.X = X
        self.Z = X - self.w @ X
        squares = self.w @ (self.Z * self.Z)
        self.scale = np.array([mp.sqrt(each) for each in squares], dtype=object)
        alive = path.x_scale > 0.0
        unit = self.scale if path.standardize else _exactly(np.ones(len(alive)))
        self.unit = np.where(alive, unit, mpf(1))
        self.Z = self.Z / self.unit * alive
        null = self.Y - self._null_means()
        self.spread = max(mp.sqrt(each) for each in self.w @ (null * null))
        self.gradient = max(abs(each) for each in (self.Z.T @ (self.w[:, None] * null)).ravel())

    def _responses(self, problem):
        if problem.family == "multinomial":
            return _exactly(np.eye(len(problem.classes))[problem.y])
        return _exactly(problem.y)[:, None]

    def _null_means(self):
        if self.name != "poisson":
            return self.w @ self.Y
        return self.exposure * (self.w @ self.Y) / (self.w @ self.exposure)

    def _means(self, eta):
        if self.name == "gaussian":
            return eta
        if self.name == "binomial":
            return 1 / (1 + np.array([[mp.exp(-each[0])] for each in eta], dtype=object))
        means = np.array([[mp.exp(each) for each in row] for row in eta], dtype=object)
        return means if self.name == "poisson" else means / means.sum(axis=1, keepdims=True)

    def violation(self, c):
        """Of point c, in exact arithmetic on the numbers that were returned."""
        path, p = self.path, self.X.shape[1]
        beta = _exactly(path.coef_path[..., c]).reshape(-1, p)
        start = _exactly(path.intercept_path[..., c]).reshape(-1)
        u = self.Y - self._means(self.X @ beta.T + start + self.offset)
        weighed = self.w[:, None] * u
        slope = max(abs(each) for each in weighed.sum(axis=0)) / self.spread
        z, b, lam = (self.Z.T @ weighed).T, beta * self.unit, mpf(path.lambdas[c])
        worst = mpf(0)
        for k, j in np.ndindex(b.shape):
            factor = lam * mpf(path.penalty_factor[j])
            pull = z[k, j] - factor * (1 - mpf(path.l1_ratio)) * b[k, j]
            box = factor * mpf(path.l1_ratio)
            wrong = abs(pull - box * mp.sign(b[k, j])) if b[k, j] else max(abs(pull) - box, 0)
            worst = max(worst, wrong)
        return max(worst / self.gradient, slope)
