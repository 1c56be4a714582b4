"""Which estimator fits a family in a script: of scikit-learn, or where it has none, our own.

A softmax of two classes whose columns b1, b2 both pay has b2 = -b1 at its best; so it is a logistic
regression on d = b2 - b1, which pays lambda (r |d| + (1 - r) / 4 d^2).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from regpath.core.conversions.scikit_learn import lambda_to_c, lambda_to_ridge_alpha
from regpath.core.regpath import RegPath
from regpath.export.finishing import FINISH, FINISH_IMPORTS, finish_line

NEWTON = 2000  # coefficients whose second derivatives newton-cholesky keeps: 32 MB of numbers


class Estimator(NamedTuple):
    """Lines that import it, its constructor, what nobody else has, and what follows the fit."""

    imports: str
    constructor: str
    own: str = ""
    finish: str = ""

    @property
    def step(self) -> str:
        """What `make_pipeline` calls it."""
        return self.constructor.partition("(")[0].lower()


class Paid(NamedTuple):
    """What the coefficients of a script pay: a strength, and a mix of L1 and L2."""

    lam: float
    l1_ratio: float


def is_symmetric_pair(path: RegPath) -> bool:
    """Whether it is a softmax of two classes with a column for each."""
    return path.loss.per_class and len(path.classes) == 2


def needs_own(path: RegPath) -> bool:
    """Whether features pay by factors that no division of them says.

    Divided by s, a feature pays s times more of L1 and s^2 times more of L2: not the same in an
    elastic net; and no number divides by zero.
    """
    factors = path.penalty_factor
    usual = bool((factors == 1.0).all())
    return not usual and (path.l1_ratio not in (0.0, 1.0) or bool((factors == 0.0).any()))


def estimator_of(path: RegPath, lam: float) -> Estimator:
    """The estimator that fits a point of a path in a script."""
    penalty = Paid(float(lam), path.l1_ratio)
    if is_symmetric_pair(path):
        ratio = path.l1_ratio
        penalty = Paid(penalty.lam * (1.0 + ratio) / 2.0, 2.0 * ratio / (1.0 + ratio))
    return ESTIMATORS[path.loss.script](path, penalty)


def _least_squares(path: RegPath, penalty: Paid) -> Estimator:
    lam, ratio = penalty
    if needs_own(path):
        return _own("SquaresNet", OWN_SQUARES, penalty)
    if ratio == 0.0:
        alpha = lambda_to_ridge_alpha(lam, path.n_obs)
        return Estimator("from sklearn.linear_model import Ridge", f"Ridge(alpha={alpha!r})")
    return Estimator(
        "from sklearn.linear_model import ElasticNet",
        f"ElasticNet(alpha={lam!r}, l1_ratio={ratio!r}, tol=1e-10, max_iter=1_000_000)",
    )


def _logistic(path: RegPath, penalty: Paid) -> Estimator:
    if needs_own(path):
        return _own("LogisticNet", OWN_LOGISTIC, penalty)
    C = float(lambda_to_c(penalty.lam, path.n_obs))
    imports = "from sklearn.linear_model import LogisticRegression"
    model = f"LogisticRegression(C={C!r}, l1_ratio={penalty.l1_ratio!r}, "
    if penalty.l1_ratio > 0.0:
        return Estimator(
            f"{FINISH_IMPORTS}\n{imports}",
            f'{model}solver="saga", max_iter=1000, random_state=0)',
            FINISH,
            finish_line(penalty.lam, penalty.l1_ratio),
        )
    n_coefs = len(path.feature_names) * (len(path.classes) if path.loss.per_class else 1)
    solver = "newton-cholesky" if n_coefs <= NEWTON else "lbfgs"
    return Estimator(imports, f'{model}solver="{solver}", tol=1e-10, max_iter=100_000)')


# scikit-learn has no factors of features, penalizes counts by L2 alone, and knows no exposure.
OWN_NET = '''

class Net(BaseEstimator):
    """Minimize mean(loss) + alpha sum_j factors_j (l1_ratio |b_j| + (1 - l1_ratio) / 2 b_j^2)."""

    def __init__(self, alpha, l1_ratio, factors=1.0):
        self.alpha, self.l1_ratio, self.factors = alpha, l1_ratio, factors

    def fit(self, X, y, sample_weight=None, exposure=None):
        X = np.asarray(X, float)
        w = np.ones(len(y)) if sample_weight is None else np.asarray(sample_weight, float)
        w = (w / w.sum())[:, None]
        watched = np.ones(len(y)) if exposure is None else np.asarray(exposure, float)
        Y = self.told(y)
        p, K = X.shape[1], Y.shape[1]
        pay = self.alpha * np.broadcast_to(self.factors, p)[:, None]
        l1, l2 = self.l1_ratio * pay, (1.0 - self.l1_ratio) * pay

        def objective(theta):  # of positive and negative parts, which makes it smooth
            up, down = theta[K:].reshape(2, p, K)
            b = up - down
            loss, slope = self.loss(theta[:K] + X @ b, Y, watched[:, None])
            value = (w * loss).sum() + (l1 * (up + down)).sum() + 0.5 * (l2 * b * b).sum()
            u = w * slope
            g = X.T @ u + l2 * b
            return value, np.concatenate([u.sum(axis=0), (l1 + g).ravel(), (l1 - g).ravel()])

        start = np.zeros(K + 2 * p * K)
        start[:K] = self.start((w * Y).sum(axis=0), (w[:, 0] @ watched))
        found = minimize(
            objective,
            start,
            jac=True,
            method="L-BFGS-B",
            bounds=[(None, None)] * K + [(0.0, None)] * (2 * p * K),
            options={"maxiter": 100_000, "maxfun": 200_000, "ftol": 0.0, "gtol": 1e-10},
        ).x
        up, down = found[K:].reshape(2, p, K)
        self.intercept_, self.coef_ = found[:K], (up - down).T
        return self

    def decision_function(self, X):
        eta = self.intercept_ + np.asarray(X, float) @ self.coef_.T
        return eta[:, 0] if eta.shape[1] == 1 else eta

'''
OWN_SQUARES = """
class SquaresNet(RegressorMixin, Net):
    def told(self, y):
        return np.asarray(y, float)[:, None]

    def start(self, mean, watched):
        return mean

    def loss(self, eta, Y, watched):
        return 0.5 * (eta - Y) ** 2, eta - Y

    def predict(self, X):
        return self.decision_function(X)

"""
OWN_LOGISTIC = """
class LogisticNet(ClassifierMixin, Net):
    def told(self, y):
        self.classes_, places = np.unique(y, return_inverse=True)
        told = np.eye(len(self.classes_))[places]
        return told[:, 1:] if len(self.classes_) == 2 else told

    def start(self, mean, watched):
        return np.log(mean / (1.0 - mean)) if len(mean) == 1 else np.log(mean)

    def loss(self, eta, Y, watched):
        if eta.shape[1] == 1:
            return np.logaddexp(0.0, eta) - Y * eta, expit(eta) - Y
        total = logsumexp(eta, axis=1, keepdims=True)
        return total - (Y * eta).sum(axis=1, keepdims=True), np.exp(eta - total) - Y

    def predict(self, X):
        eta = self.decision_function(X)
        return self.classes_[(eta > 0).astype(int) if eta.ndim == 1 else eta.argmax(axis=1)]

"""
OWN_COUNTS = """
class PoissonNet(RegressorMixin, Net):
    def told(self, y):
        return np.asarray(y, float)[:, None]

    def start(self, mean, watched):
        return np.log(mean / watched)

    def loss(self, eta, Y, watched):
        mean = watched * np.exp(np.minimum(eta, 300.0))
        return mean - Y * eta, mean - Y

    def predict(self, X, exposure=1.0):
        return exposure * np.exp(self.decision_function(X))

    def score(self, X, y, sample_weight=None, exposure=1.0):
        y, watched = np.asarray(y, float), np.ones(len(y)) * exposure
        rate = np.average(y, weights=sample_weight) / np.average(watched, weights=sample_weight)
        found, alone = (
            mean_poisson_deviance(y, each, sample_weight=sample_weight)
            for each in (self.predict(X, watched), rate * watched)
        )
        return 1.0 - found / alone

"""
OWN_IMPORTS = {
    "SquaresNet": "from sklearn.base import BaseEstimator, RegressorMixin",
    "LogisticNet": "from scipy.special import expit, logsumexp\n"
    "from sklearn.base import BaseEstimator, ClassifierMixin",
    "PoissonNet": "from sklearn.base import BaseEstimator, RegressorMixin\n"
    "from sklearn.metrics import mean_poisson_deviance",
}


def _own(name: str, lines: str, penalty: Paid, factors: str = ", factors=FACTORS") -> Estimator:
    return Estimator(
        f"from scipy.optimize import minimize\n{OWN_IMPORTS[name]}",
        f"{name}(alpha={penalty.lam!r}, l1_ratio={penalty.l1_ratio!r}{factors})",
        OWN_NET + lines,
    )


def _counts(path: RegPath, penalty: Paid) -> Estimator:
    if needs_own(path):
        return _own("PoissonNet", OWN_COUNTS, penalty)
    if path.l1_ratio == 0.0 and not path.exposure_name:
        return Estimator(
            "from sklearn.linear_model import PoissonRegressor",
            f'PoissonRegressor(alpha={penalty.lam!r}, solver="newton-cholesky", tol=1e-10)',
        )
    return _own("PoissonNet", OWN_COUNTS, penalty, factors="")


ESTIMATORS: dict[str, Callable[[RegPath, Paid], Estimator]] = {
    "least_squares": _least_squares,
    "logistic": _logistic,
    "log_linear": _counts,
}
