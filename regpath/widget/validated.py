"""How a widget validates: where the rows of a study allow it, without anything that draws."""

from __future__ import annotations

from regpath.choosing import validate_study
from regpath.core.validation.cv_result import CVResult
from regpath.errors import RegpathError
from regpath.study import Study


def validated(study: Study) -> CVResult | None:
    """The validation of a study, where its rows can be validated."""
    try:
        return validate_study(study)
    except RegpathError:
        return None


def validated_again(study: Study, before: CVResult | None) -> CVResult | None:
    """The validation of a study with another grid, where there was one."""
    return None if before is None else validated(study)
