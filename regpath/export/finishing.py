"""Lines of a script that finish what saga began, scikit-learn's only solver of L1 for classes.

Saga's steps shrink long before it is there, so that no tolerance says how close it comes. What it
keeps is nearly right, though, and where signs are known the objective is smooth: Newton's method
solves that to rounding, and its gradient tells what else belongs there.
"""

from __future__ import annotations

FINISH_IMPORTS = """\
from warnings import filterwarnings
from scipy.special import logsumexp
from sklearn.exceptions import ConvergenceWarning"""
FINISH = '''
filterwarnings("ignore", category=ConvergenceWarning)  # finish goes on from where saga stops


def finish(fitted, Z, y, lam, l1_ratio, w):
    """Newton's method from where saga stopped, on the coefficients that are not zero.

    Minimizes mean(loss) + lam (l1_ratio |b|_1 + (1 - l1_ratio) / 2 |b|_2^2), as `fitted` does. A
    coefficient that would change its sign becomes zero; one that ought to be there comes in.
    """
    Z, w = np.column_stack([Z, np.ones(len(Z))]), np.asarray(w, float) / np.sum(w)
    b = np.column_stack([fitted.coef_, fitted.intercept_])  # a row for each class, or one for two
    K, p = len(b), b.shape[1] - 1
    first = np.zeros((len(Z), 1 if K == 1 else 0))  # of two classes, whose predictor is zero
    Y = (np.asarray(y)[:, None] == fitted.classes_)[:, -K:]
    pays = np.append(np.ones(p), 0.0)
    sign = np.sign(b) * pays
    free = sign != 0.0
    free[min(K - 1, 1) :, p] = True  # one constant can be added to all classes' intercepts
    l1, l2 = lam * l1_ratio, lam * (1.0 - l1_ratio) * pays

    def at(b):
        eta = np.column_stack([first, Z @ b.T])
        total, own = logsumexp(eta, axis=1), eta[:, -K:]
        P = np.exp(own - total[:, None])
        value = w @ (total - (Y * own).sum(axis=1)) + (l1 * sign * b + 0.5 * l2 * b * b).sum()
        return value, P, (w[:, None] * (P - Y)).T @ Z + l2 * b

    value, P, slope = at(b)
    entered = np.inf
    for _ in range(2000):
        k, j = np.nonzero(free)
        A, B = Z[:, j] * w[:, None], Z[:, j] * P[:, k]
        H = (k[:, None] == k) * (A.T @ B) - (w[:, None] * B).T @ B
        at_diagonal = np.diag_indices_from(H)
        H[at_diagonal] = (H[at_diagonal] + l2[j]) * (1.0 + 1e-10)
        step, steep = np.zeros_like(b), (slope + l1 * sign)[free]
        step[free] = -np.linalg.solve(H, steep)
        solved = -(steep @ step[free]) <= 1e-22 * value
        room = np.divide(-b, step, out=np.full_like(b, np.inf), where=sign * step < 0.0)
        size = min(1.0, room.min())
        while size > 1e-9 and at(b + size * step)[0] > value * (1.0 + 1e-13):
            size /= 2.0
        gone = room <= size
        b = np.where(gone, 0.0, b + size * step)
        free, sign = free & ~gone, np.where(gone, 0.0, sign)
        value, P, slope = at(b)
        if gone.any() or not solved:
            continue
        missed = np.where(free, 0.0, np.abs(slope) - l1)
        if missed.max() <= 1e-7 * l1:
            break
        # Of each feature one class at a time: together they can change without an end.
        least = (0.5 if value < entered else 1.0) * missed.max()
        come = (missed >= least) & (missed == missed.max(axis=0))
        free, sign = free | come, np.where(come, -np.sign(slope), sign)
        entered = value * (1.0 - 1e-12)
    fitted.coef_, fitted.intercept_ = b[:, :p], b[:, p] - (b[:, p].mean() if K > 1 else 0.0)

'''


def finish_line(lam: float, l1_ratio: float) -> str:
    """The call behind the fit; `{w}` are the weights of its rows."""
    return (
        "finish(\n"
        f"    model[-1], model[:-1].transform(X_train), y_train, {lam!r}, {l1_ratio!r}, {{w}}\n"
        ")\n"
    )
