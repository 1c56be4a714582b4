"""Material: a lesson's data under its recipe, and what the app's own functions make of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from regpath import datasets
from regpath.choosing import choose_strength, validate_study
from regpath.core.conversions.convert import convert
from regpath.core.regpath import RegPath
from regpath.core.selection import Selection
from regpath.core.validation.cv_result import CVResult
from regpath.errors import DataError, ParameterError
from regpath.io import Table, read_table
from regpath.recipe import Recipe
from regpath.study import Study, fit_recipe, run_study

PLACES = ("lam", "C", "at")  # how a strength is told: as itself, as scikit-learn's C, by a rule


@dataclass(frozen=True)
class Material:
    """Data, a recipe, and columns in other units; nothing is computed before it is asked for.

    Parameters
    ----------
    data : str
        A bundled data set, or the path of a file.
    recipe : Recipe
    scale : mapping of str to float, default={}
        What columns are multiplied by, as if they were measured in other units.
    """

    data: str
    recipe: Recipe
    scale: Mapping[str, float] = field(default_factory=dict)

    def changed(
        self, recipe: Mapping[str, Any] | None = None, scale: Mapping[str, float] | None = None
    ) -> Material:
        """The same data under other choices, or in other units."""
        if not recipe and not scale:
            return self
        key = repr((sorted((recipe or {}).items()), sorted((scale or {}).items())))
        known: dict[str, Material] = self._variants
        if key not in known:
            changed = replace(self.recipe, **as_fields(recipe or {}))
            known[key] = Material(self.data, changed, scale or self.scale)
        return known[key]

    def remember(self, what: str, work_out: Callable[[], Any]) -> Any:
        """Work something out once."""
        if what not in self._known:
            self._known[what] = work_out()
        return self._known[what]

    @cached_property
    def _known(self) -> dict[str, Any]:
        return {}

    @cached_property
    def _variants(self) -> dict[str, Material]:
        return {}

    @cached_property
    def table(self) -> Table:
        """The table, in the units that are asked for."""
        bundled = self.data in {entry.name for entry in datasets.catalog()}
        table = datasets.load(self.data) if bundled else read_table(Path(self.data))
        if not self.scale:
            return table
        frame = table.frame.copy()
        for column, factor in self.scale.items():
            if column not in frame:
                raise DataError(f"There is no column {column!r} to bring into other units.")
            frame[column] = frame[column] * factor
        return Table.from_frame(frame, name=table.name)

    @cached_property
    def study(self) -> Study:
        """The study that the app shows for these choices."""
        return run_study(self.table, self.recipe)

    @cached_property
    def validation(self) -> CVResult:
        """Its cross-validation."""
        return validate_study(self.study)

    def chosen(self, rule: str) -> Selection:
        """What a rule chooses."""
        by_rule = replace(self.study, recipe=replace(self.recipe, rule=rule))
        return choose_strength(by_rule, self.validation)

    def lam(self, place: Mapping[str, Any]) -> float:
        """The strength that a fact is asked at.

        Parameters
        ----------
        place : mapping
            One of `lam` (a number), `C` (scikit-learn's) and `at`: "strong" or "weak" for the
            ends of the path, or a rule that chooses.
        """
        if len(place) != 1:
            raise ParameterError(f"A strength is one of {', '.join(PLACES)}. Got {len(place)}.")
        ((how, value),) = place.items()
        if how == "lam":
            return float(value)
        if how == "C":
            return convert("C", float(value), to="lambda", n=self.study.train.n_obs)
        ends = {"strong": 0, "weak": -1}
        if value in ends:
            return float(self.study.path.lambdas[ends[value]])
        return self.chosen(value).lam

    def path_at(self, place: Mapping[str, Any]) -> RegPath:
        """The fit at one strength alone, exactly there.

        Raises
        ------
        DataError
            If it could not be certified.
        """
        lam = self.lam(place)
        if lam not in self._points:
            path = fit_recipe(self.study.train, self.recipe, lambdas=np.array([lam]))
            if not path.converged.all():
                raise DataError(f"The fit at lambda = {lam:.4g} is not certified.")
            self._points[lam] = path
        return self._points[lam]

    @cached_property
    def _points(self) -> dict[float, RegPath]:
        return {}


def as_fields(words: Mapping[str, Any]) -> dict[str, Any]:
    """Lists of a file as the tuples that a recipe holds."""
    return {name: tuple(v) if isinstance(v, list) else v for name, v in words.items()}
