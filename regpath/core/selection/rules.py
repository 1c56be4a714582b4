"""RULES: every rule by its name. The one place that collects them; all others ask it."""

from __future__ import annotations

from regpath.core.selection.by_criterion import CRITERION_RULES
from regpath.core.selection.by_score import SCORE_RULES
from regpath.core.selection.by_size import K_FEATURES
from regpath.core.selection.by_stability import STABILITY
from regpath.core.selection.rule import Rule

RULES: dict[str, Rule] = {
    rule.name: rule for rule in (*SCORE_RULES, *CRITERION_RULES, K_FEATURES, STABILITY)
}
# What estimators offer and every curve marks; the first is where a cursor starts.
BY_SCORE_ALONE = tuple(rule.name for rule in RULES.values() if rule.by_score_alone)
