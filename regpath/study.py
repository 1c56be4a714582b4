"""Study: one recipe carried out on one table, from split to scores; frozen."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd

from regpath.core.adaptive_lasso import AdaptiveFactors, adaptive_factors
from regpath.core.checks import same_strength
from regpath.core.lambdas import grid_through, put_into
from regpath.core.leakage.seal import UNSEALED, Seal
from regpath.core.metrics.base_rate import null_scores
from regpath.core.metrics.class_weights import weigh_classes
from regpath.core.metrics.scores import score_path
from regpath.core.path import fit_path
from regpath.core.problems.building import make_problem
from regpath.core.problems.problem import Problem
from regpath.core.problems.split import split_problem
from regpath.core.progress import Progress, part_of
from regpath.core.regpath import RegPath
from regpath.errors import ParameterError
from regpath.io import Table
from regpath.recipe import Recipe
from regpath.shown import Shown

# Share of the work that learning adaptive factors is: six paths of 33 strengths beside one of 100.
LEARNED = 0.6


@dataclass(frozen=True, eq=False)
class Study(Shown):
    """What came of a recipe.

    Attributes
    ----------
    table : Table
        The data, as they were read.
    recipe : Recipe
        Every choice that was made.
    problem : Problem
        All rows in use.
    train : Problem
        The rows of the fit; everything learned from data was learned here.
    test : Problem or None
        The other rows, coded as `train` is; None when `recipe.test_size` is 0.
    path : RegPath
        Fit on `weighted_train`.
    scores : DataFrame
        One row per part ("train", "test") and lambda; see `score_path`. Test scores are not there,
        nor computed, while they are sealed.
    seal : Seal
        The envelope of the test scores, and how often it was opened.

    Examples
    --------
    >>> import regpath
    >>> table = regpath.datasets.load("iris")
    >>> study = regpath.run_study(table, regpath.Recipe("species", n_lambdas=10, seal=True))
    >>> study.parts, study.shown is study.train, study.weighted_train is study.train
    (('train',), True, True)
    >>> opened = study.opened()
    >>> opened.parts, len(opened.scores_of("test")), opened.seal.openings
    (('train', 'test'), 10, 1)
    >>> opened.null_scores()["part"].tolist(), study.notes
    (['train', 'test'], ())
    >>> exact = study.with_strength(0.0123)
    >>> len(exact.path.lambdas), 0.0123 in exact.path.lambdas, bool(exact.path.converged.all())
    (11, True, True)
    """

    table: Table
    recipe: Recipe
    problem: Problem
    train: Problem
    test: Problem | None
    path: RegPath
    scores: pd.DataFrame
    seal: Seal = UNSEALED

    def _summary(self) -> str:
        rows = [f"{self.train.n_obs:,} rows of the fit"]
        if self.test is not None:
            rows.append(f"{self.test.n_obs:,} to test on")
        chosen = self.recipe.to_query().replace("&", ", ")
        return f"Study of {self.table.name}: {', '.join(rows)}\n{chosen}\n{self.path!r}"

    def _shown_frame(self) -> pd.DataFrame:
        return self.scores

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts that are scored: train, and test if there is one that is not sealed."""
        return ("train",) if self.test is None or self.seal.hides else ("train", "test")

    @property
    def shown(self) -> Problem:
        """The rows that outcomes are shown on: those of the test if there are any to be seen."""
        return self.train if self.test is None or self.seal.hides else self.test

    @property
    def weighted_train(self) -> Problem:
        """The rows of the fit with the weights that it gave them."""
        return weigh_classes(self.train, self.recipe.class_weight)

    def opened(self) -> Study:
        """Open the envelope.

        Returns
        -------
        Study
            The same with its test scores, and one opening more; itself where nothing is sealed.
        """
        if self.test is None or not self.seal.hides:
            return self
        scores = _scored(self.path, self.train, self.test)
        return replace(self, scores=scores, seal=self.seal.opened())

    def null_scores(self) -> pd.DataFrame:
        """Scores of the model without features, the base rate.

        Returns
        -------
        DataFrame
            One row per part: `part`, and each measure that can judge the family.
        """
        rows = {"train": self.train, "test": self.test}
        lines = {part: null_scores(self.train, rows[part]) for part in self.parts}
        return pd.DataFrame(lines).T.rename_axis("part").reset_index()

    def scores_of(self, part: str) -> pd.DataFrame:
        """Scores of one part.

        Parameters
        ----------
        part : {"train", "test"}
            Which rows.

        Returns
        -------
        DataFrame
            One row per lambda; see `score_path`.

        Raises
        ------
        DataError
            If they are sealed.
        """
        if part == "test":
            self.seal.check_visible()
        rows = self.scores[self.scores["part"] == part]
        return rows.drop(columns="part").reset_index(drop=True)

    def with_strength(self, lam: float) -> Study:
        """The same study with a strength on its grid, so that a value is honoured exactly.

        Parameters
        ----------
        lam : float
            Above 0, of any size.

        Returns
        -------
        Study
            Itself if the strength is on its grid; else one whose path was fit and certified there
            too.

        Raises
        ------
        ParameterError
            If it is no strength.
        """
        if isinstance(lam, bool) or not isinstance(lam, Real) or not 0.0 < lam < math.inf:
            raise ParameterError(f"A strength is a number above 0. Got {lam!r} instead.")
        if same_strength(self.path.lambdas, lam).any():
            return self
        grid = np.sort(np.append(self.path.lambdas, lam))[::-1]
        path = fit_recipe(self.train, self.recipe, lambdas=grid)
        scores = _scored(path, self.train, None if self.seal.hides else self.test)
        return replace(self, path=path, scores=scores)

    @property
    def notes(self) -> tuple[str, ...]:
        """What was repaired, dropped, set aside, filled or found, one sentence each."""
        return (*self.table.notes, *self.train.notes)


def run_study(
    table: Table,
    recipe: Recipe,
    *,
    openings: int = 0,
    problem: Problem | None = None,
    progress: Progress | None = None,
) -> Study:
    """Carry out `recipe` on `table`: split, fit, certify, score.

    With `recipe.class_weight` the fit weighs the classes, and scores do not.

    Parameters
    ----------
    table : Table
        What `read_table` gives, or `Table.from_frame`.
    recipe : Recipe
        Every choice except the data.
    openings : int, default=0
        How often the envelope of these test rows was opened already, under other settings.
    problem : Problem, default=None
        What the recipe makes of the table, where that is known already.
    progress : callable, default=None
        Called with the share of the path that is solved, from 0 to 1. What it raises ends the call.

    Returns
    -------
    Study
        Problem, both parts, path and scores.

    Raises
    ------
    DataError
        If the data cannot answer the question; the message says why and what to do.
    ParameterError
        If a choice does not suit the data, such as a family.

    Examples
    --------
    >>> import regpath
    >>> table = regpath.datasets.load("diabetes")
    >>> study = regpath.run_study(table, regpath.Recipe("progression", l1_ratio=0.5, n_lambdas=20))
    >>> study.train.n_obs, study.test.n_obs, bool(study.path.converged.all())
    (331, 111, True)
    """
    problem, train, test = problems_of(table, recipe, problem=problem)
    path = fit_recipe(train, recipe, progress=progress)
    seal = Seal(on=recipe.seal, openings=openings)
    scores = _scored(path, train, None if seal.hides else test)
    return Study(table, recipe, problem, train, test, path, scores, seal)


def problems_of(
    table: Table, recipe: Recipe, *, problem: Problem | None = None
) -> tuple[Problem, Problem, Problem | None]:
    """All rows in use, those to learn from, and those to test on (None where the recipe has none).

    Parameters
    ----------
    table : Table
    recipe : Recipe
    problem : Problem or None, default=None
        What the recipe makes of the table, where that is known already.

    Raises
    ------
    DataError
        If the data cannot answer the question.
    """
    if problem is None:
        problem = make_problem(table, recipe.target, **recipe.of_problem)
    if recipe.test_size == 0.0:
        return problem, problem, None
    split = split_problem(problem, test_size=recipe.test_size, seed=recipe.seed)
    return problem, split.train, split.test


def fit_recipe(
    train: Problem, recipe: Recipe, *, lambdas: Any = None, progress: Progress | None = None
) -> RegPath:
    """The path of some rows, with the penalty, the grid and the weights of classes of a recipe.

    `lambdas` stand in place of the recipe's grid.
    """
    weighted = weigh_classes(train, recipe.class_weight)
    learned = _learned(recipe)
    penalty: dict[str, Any] = {
        "l1_ratio": recipe.l1_ratio,
        "standardize": recipe.standardize,
        "penalty_factor": factors_of(weighted, recipe, part_of(progress, 0.0, learned)),
    }
    size: dict[str, Any] = {"n_lambdas": recipe.n_lambdas, "min_ratio": recipe.min_ratio}
    if lambdas is None and recipe.lambdas is not None:
        lambdas = put_into(np.array(recipe.lambdas), recipe.extra_lambdas)
    elif lambdas is None and recipe.extra_lambdas:
        lambdas = grid_through(weighted, recipe.extra_lambdas, **size, **penalty)
    rest = part_of(progress, learned, 1.0)
    return fit_path(weighted, lambdas=lambdas, progress=rest, **size, **penalty)


def share_of_path(share: float, recipe: Recipe) -> float | None:
    """Share of the strengths that is solved, of a study that is as far as `share`.

    None while the factors of the adaptive lasso are learned.
    """
    learned = _learned(recipe)
    return None if share < learned else (share - learned) / (1.0 - learned)


def _learned(recipe: Recipe) -> float:
    return 0.0 if recipe.adaptive is None else LEARNED


def factors_of(
    weighted: Problem, recipe: Recipe, progress: Progress | None = None
) -> AdaptiveFactors | None:
    """Penalty factors that a recipe learns from the rows of the fit, weighted as the fit is."""
    if recipe.adaptive is None:
        return None
    return adaptive_factors(
        weighted, gamma=recipe.adaptive, standardize=recipe.standardize, progress=progress
    )


def _scored(path: RegPath, train: Problem, test: Problem | None) -> pd.DataFrame:
    parts = {"train": score_path(path, train)}
    if test is not None:
        parts["test"] = score_path(path, test)
    return pd.concat(parts, names=["part"]).reset_index("part").reset_index(drop=True)
