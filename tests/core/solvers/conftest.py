"""Small problems as the solvers see them."""

from types import SimpleNamespace

import numpy as np
import pytest

from regpath.core.fit import Goal, Points
from regpath.core.in_memory import in_memory
from regpath.core.objective import certify, null_model
from regpath.core.penalty import Penalty
from regpath.core.solvers.sums import RowSums


class Setting(SimpleNamespace):
    """Data, penalty, strengths and sums over rows.

    `start` is where a path begins, the solution at lambda `before`.
    """

    @property
    def goal(self):
        return Goal(self.lambdas, self.penalty, self.targets)

    def solve(self, solver):
        """Path of `newton` or `working`."""
        with np.errstate(all="ignore"):  # as `solve_path` has it
            return solver.solve(self.sums, self.goal, self.start, self.before)

    def worst(self, intercepts, coefs):
        """Largest KKT violation or gap."""
        proof = certify(self.data, self.goal, self.null, Points(intercepts, coefs))
        return float(proof.worst.max())

    def eta(self, intercepts, coefs):
        """Predictions, shape (L, n, K)."""
        Z = self.design.columns(np.arange(self.design.p))
        return np.einsum("np,lkp->lnk", Z, coefs) + intercepts[:, None]


@pytest.fixture
def setting(make_small):
    def build(family, *, l1_ratio=0.6, factors=None, least=0.01, n_lambdas=10, **options):
        problem = make_small(family, **{"n": 50, "p": 12, **options})
        data = in_memory(problem, True)
        factors = np.ones(problem.n_features) if factors is None else np.array(factors)
        null = null_model(data, np.maximum(factors, 1e-3))
        penalty = Penalty(l1_ratio, factors)
        top = null.gradient / max(l1_ratio, 0.1)
        lambdas = top * np.geomspace(0.9, least, n_lambdas)
        return Setting(
            data=data,
            design=data.design,
            Y=data.Y,
            null=null,
            penalty=penalty,
            lambdas=lambdas,
            targets=np.full(n_lambdas, 1e-11),
            start=null.repeated(1),
            before=top,
            sums=RowSums.single(data),
        )

    return build
