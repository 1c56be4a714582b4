"""Subject: a study at one strength with all that was computed of it; what a report is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from regpath.alarms import Alarm, find_alarms
from regpath.choosing import choose_strength, validate_study
from regpath.core.regpath import RegPath
from regpath.core.selection import RULES, Selection
from regpath.core.stability_selection.assess_stability import assess_stability
from regpath.core.stability_selection.stability import Stability
from regpath.core.validation.cv_result import CVResult
from regpath.errors import DataError, ParameterError
from regpath.model import point_of
from regpath.study import Study


@dataclass(frozen=True, eq=False)
class Subject:
    """A study at one strength.

    Parameters
    ----------
    study : Study
    lam : float
        A point of its grid.
    cv : CVResult or None
        None where the rows cannot be validated; `no_cv` says why.
    rule : Selection or None
        What the rule of the recipe chooses.
    stability : Stability or None
    alarms : tuple of Alarm
    no_cv : str
    """

    study: Study
    lam: float
    cv: CVResult | None = None
    rule: Selection | None = None
    stability: Stability | None = None
    alarms: tuple[Alarm, ...] = field(default_factory=tuple)
    no_cv: str = ""

    @property
    def path(self) -> RegPath:
        """The whole path."""
        return self.study.path

    @property
    def index(self) -> int:
        """Position of the strength on the grid."""
        return self.path.index_of(self.lam)

    @cached_property
    def point(self) -> RegPath:
        """The path at the strength alone."""
        return point_of(self.path, self.lam)

    @cached_property
    def without_features(self) -> dict[str, float]:
        """Scores of the base rate on the test rows, or on those of the fit, by measure."""
        last = self.study.null_scores().to_dict("records")[-1]
        return {str(name): value for name, value in last.items() if name != "part"}

    @property
    def by_rule(self) -> bool:
        """Whether the strength is the one that the rule chooses."""
        return self.rule is not None and self.rule.index == self.index

    @property
    def n_kept(self) -> int:
        """Features with a coefficient."""
        return int(self.path.n_nonzero[self.index])

    @property
    def counts(self) -> np.ndarray:
        """Rows of the fit in each class; empty where there are none."""
        train = self.study.train
        return np.bincount(train.y, minlength=len(train.classes)) if train.classes else np.zeros(0)


def subject_of(
    study: Study,
    lam: float | None,
    cv: CVResult | None,
    stability: Stability | None,
    alarms: Sequence[Alarm] | None,
) -> Subject:
    """Complete what is told of a study: strength, validation and alarms are computed if need be.

    Raises
    ------
    ParameterError
        If the validation or the stability is of another path, or the strength none.
    DataError
        If there is neither a strength nor a validation that could choose one.
    """
    if lam is not None and cv is None and stability is None:
        study = study.with_strength(lam)
    for result in (cv, stability):
        if result is not None and not np.array_equal(result.lambdas, study.path.lambdas):
            raise ParameterError(
                "The validation and the stability of a report must be of the study's own path.",
                "Compute them of this study, or leave them out.",
            )
    cv, refused = (cv, None) if cv is not None else _validated(study)
    if "frequencies" in RULES[study.recipe.rule].needs and stability is None:
        stability = assess_stability(study.weighted_train, study.path, seed=study.recipe.seed)
    rule = None
    if cv is not None:
        try:
            frequencies = None if stability is None else stability.frequency
            rule = choose_strength(study, cv, frequencies=frequencies)
        except (DataError, ParameterError) as error:
            refused = error
    if lam is None:
        if rule is None:
            assert refused is not None
            raise refused
        lam = rule.lam
    study.path.index_of(lam)
    found = find_alarms(study) if alarms is None else tuple(alarms)
    return Subject(study, lam, cv, rule, stability, found, "" if refused is None else str(refused))


def _validated(study: Study) -> tuple[CVResult | None, DataError | ParameterError | None]:
    try:
        return validate_study(study), None
    except (DataError, ParameterError) as error:
        return None, error
