"""From a problem to the data of its fit: the one place where its rows become a `RowData`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regpath.core.design import Design, design_of, in_range, out_of_range
from regpath.core.evidence import Squares, Sums, curvature_along, squares, sums_over_rows
from regpath.core.fit import FitData, Points
from regpath.core.problems.problem import Problem
from regpath.core.row_data import FoldRows, HeldOut, ModelSums, NullSums, RowData
from regpath.errors import DataError


@dataclass(frozen=True, eq=False)
class ArrayRows(FitData):
    """Rows in arrays, in sparse matrices or in files that are mapped into memory."""

    @property
    def arrays(self) -> FitData:
        """The rows themselves."""
        return self

    def null_sums(self) -> NullSums:
        """The model without features."""
        alone = self.null_eta()
        residuals = self.Y - self.family.mean(alone)
        return NullSums(
            intercept=self.null_intercept(),
            loss=float(self.weights @ self.family.loss(self.Y, alone)),
            spread=float(np.sqrt((self.weights @ np.square(residuals)).max())),
        )

    def curvature_along(self, point: Points, step: np.ndarray) -> float:
        """Second derivative of the mean loss at one point along a step (K, p)."""
        return curvature_along(self, point, step)

    def certificate_sums(
        self, penalized: np.ndarray, points: Points, known: Squares | None = None
    ) -> Sums:
        """What a proof asks, by numpy alone."""
        return sums_over_rows(self, penalized, points, known)

    def model_sums(self) -> ModelSums:
        """What solvers ask, by compiled kernels."""
        from regpath.core.solvers.sums import RowSums

        return RowSums.single(self)

    def for_folds(self, pattern: np.ndarray, kinds: np.ndarray, standardize: bool) -> FoldRows:
        """Centres, scales and sums of all folds from a few passes over the rows."""
        from regpath.core.solvers.folds import fold_designs
        from regpath.core.solvers.sums import RowSums

        designs, weighting = fold_designs(self, pattern, kinds, standardize)
        shares = weighting.shares[pattern]
        rows: list[RowData] = [
            self.weighed(each, self.weights * shares[:, m]) for m, each in enumerate(designs)
        ]
        known: list[Squares | None] = [None] * len(designs)
        if self.family.quadratic:
            parts = [squares(self, np.flatnonzero(pattern == f)) for f in range(len(kinds))]
            known = [
                Squares.mixed(parts, weighting.shares[:, m]).seen_from(self.design, each)
                for m, each in enumerate(designs)
            ]
        return FoldRows(rows, RowSums(self, weighting), known)

    def held_out(self, points: Points, rows: np.ndarray) -> HeldOut:
        """Losses of C points over some rows."""
        beta, start = self.design.raw(points.coefs)
        start += points.intercepts
        total, mass = np.zeros(len(start)), 0.0
        for block in self.design.row_blocks(start.size):
            some = np.arange(block.start, block.stop)[rows[block]]
            if some.size:
                eta = np.stack([self.design.block(some) @ b.T for b in beta], axis=1) + start
                losses = self.family.loss(self.Y[some, None], self.with_offset(eta, some))
                total += self.weights[some] @ losses
                mass += float(self.weights[some].sum())
        return HeldOut(total, mass)


def in_memory(problem: Problem, standardize: bool) -> ArrayRows:
    """The rows of a problem, in coordinates that are learned from them.

    Raises
    ------
    DataError
        If the penalty is to act on features whose squares are out of the range of numbers.
    """
    design = design_of(problem.X, problem.weights, standardize)
    if standardize:
        return in_coordinates(problem, in_range(design))
    wild = out_of_range(design)
    if wild.any():
        j = int(np.argmax(wild))
        raise DataError(
            f"Feature {problem.feature_names[j]!r} spreads over {design.scale[j]:.1e}, which "
            "arithmetic cannot square.",
            "Standardize features, or bring it in other units.",
        )
    return in_coordinates(problem, design)


def in_coordinates(problem: Problem, design: Design) -> ArrayRows:
    """The same in coordinates that are known."""
    return ArrayRows(
        design=design,
        Y=problem.Y,
        weights=problem.weights,
        family=problem.loss,
        offset=problem.offset,
        origin=problem.origin,
    )
