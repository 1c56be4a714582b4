"""Choosing a strength by the rule of a recipe, for every command that needs one."""

from __future__ import annotations

from typing import Any

import regpath
from regpath.cli.shared import progress_line
from regpath.core.selection import RULES, Selection
from regpath.core.validation.cv_result import CVResult
from regpath.study import Study


def choose_by_recipe(study: Study, cv: CVResult | None = None) -> Selection:
    """Validate a study, unless that was done, and choose its strength."""
    if cv is None:
        cv = regpath.validate_study(study, progress=progress_line())
    return regpath.choose_strength(study, cv, frequencies=_frequencies(study))


def _frequencies(study: Study) -> Any:
    if "frequencies" not in RULES[study.recipe.rule].needs:
        return None
    return regpath.assess_stability(
        study.weighted_train, study.path, seed=study.recipe.seed
    ).frequency
