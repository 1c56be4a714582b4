"""What computations of a page cost, roughly, before they are begun: cheap ones go first."""

from __future__ import annotations

from regpath.core.problems.problem import Problem
from regpath.core.validation.cost import GRAM, PASSING, SOLVING, START
from regpath.io import Table
from regpath.recipe import Recipe
from regpath.study import Study

# Seconds on one core of a common machine of 2024: the bundled sets, and uploads of 20 MB.
READING = 5e-7  # for each byte
CODING = 5e-8  # for each cell of a table that becomes numbers
COLUMN = 2e-5  # for each of its columns
LOOKING = 1e-6  # for each cell that alarms look at
DRAWING = 4e-7  # for each coefficient of the explorer
LEAST = 0.02  # of anything
IN_PLAY = 0.5  # share of the features that are assumed to be in play, before any is known


def reading_seconds(n_bytes: int) -> float:
    """Estimate of what it takes to read a file."""
    return LEAST + READING * n_bytes


def coding_seconds(table: Table) -> float:
    """Estimate of what it takes to make a problem of a table."""
    return LEAST + CODING * table.frame.size + COLUMN * table.frame.shape[1]


def alarm_seconds(table: Table) -> float:
    """Estimate of what it takes to look for alarms."""
    return LEAST + LOOKING * table.frame.size


def study_seconds(problem: Problem, recipe: Recipe) -> float:
    """Estimate of what a path takes; it is not known yet how many features will be in play."""
    n, p = float(problem.n_obs), problem.n_features
    n_outputs = problem.loss.n_outputs(len(problem.classes))
    if problem.loss.quadratic:
        return LEAST + START + GRAM * n * p * min(p, n)
    alive = IN_PLAY * min(p, n)
    passing = PASSING * n * min(p, n) * n_outputs**2
    return LEAST + START + recipe.n_strengths * (passing + SOLVING * (n_outputs * alive) ** 2)


def payload_seconds(study: Study) -> float:
    """Estimate of what it takes to make what the explorer draws."""
    return LEAST + DRAWING * study.path.coef_path.size
