"""Study: one recipe carried out on one table, from split to scores; frozen."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from regpath.core.building import make_problem
from regpath.core.path import fit_path
from regpath.core.problem import Problem
from regpath.core.regpath import RegPath
from regpath.core.scores import score_path
from regpath.core.split import split_problem
from regpath.io import Table
from regpath.recipe import Recipe


@dataclass(frozen=True, eq=False)
class Study:
    """What came of a recipe.

    Attributes
    ----------
    table : Table
    recipe : Recipe
    problem : Problem
        All rows in use.
    train : Problem
        The rows of the fit; everything learned from data was learned here.
    test : Problem or None
        The other rows, coded as `train` is; None when `recipe.test_size` is 0.
    path : RegPath
    scores : DataFrame
        One row per part ("train", "test") and lambda; see `score_path`.
    """

    table: Table
    recipe: Recipe
    problem: Problem
    train: Problem
    test: Problem | None
    path: RegPath
    scores: pd.DataFrame

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts that are scored: train, and test if rows were kept for it."""
        return ("train",) if self.test is None else ("train", "test")

    def scores_of(self, part: str) -> pd.DataFrame:
        """Scores of one part, one row per lambda."""
        rows = self.scores[self.scores["part"] == part]
        return rows.drop(columns="part").reset_index(drop=True)

    @property
    def notes(self) -> tuple[str, ...]:
        """What was repaired, dropped, set aside, filled or found, one sentence each."""
        return (*self.table.notes, *self.train.notes)


def run_study(table: Table, recipe: Recipe) -> Study:
    """Carry out `recipe` on `table`: split, fit, certify, score.

    Raises
    ------
    DataError
        If the data cannot answer the question; the message says why and what to do.
    """
    problem = make_problem(table, recipe.target, **recipe.of_problem)
    train, test = problem, None
    if recipe.test_size > 0.0:
        train, test, _, _ = split_problem(problem, test_size=recipe.test_size, seed=recipe.seed)
    path = fit_path(
        train,
        l1_ratio=recipe.l1_ratio,
        n_lambdas=recipe.n_lambdas,
        min_ratio=recipe.min_ratio,
        standardize=recipe.standardize,
    )
    parts = {"train": score_path(path, train)}
    if test is not None:
        parts["test"] = score_path(path, test)
    scores = pd.concat(parts, names=["part"]).reset_index("part").reset_index(drop=True)
    return Study(table, recipe, problem, train, test, path, scores)
