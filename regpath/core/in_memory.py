"""From a problem to the data of its fit."""

from __future__ import annotations

from regpath.core.design import Design, design_of
from regpath.core.fit import FitData
from regpath.core.problems.problem import Problem


def in_memory(problem: Problem, standardize: bool) -> FitData:
    """The rows of a problem, in coordinates that are learned from them."""
    return in_coordinates(problem, design_of(problem.X, problem.weights, standardize))


def in_coordinates(problem: Problem, design: Design) -> FitData:
    """The same in coordinates that are known."""
    return FitData(
        design=design,
        Y=problem.Y,
        weights=problem.weights,
        family=problem.loss,
        offset=problem.offset,
        origin=problem.origin,
    )
