"""Which point of a path to take: one rule, one function, and one sentence for its reason.

By scores on held-out rows: `min_rule`, `one_se_rule`, `within_rule`, `tolerance_rule`. By the fit
and its freedom: `aic_rule`, `aicc_rule`, `bic_rule`, `ebic_rule`. By size: `k_features_rule`. By
half-samples: `stability_rule`. Of equals the strongest penalty wins, which is the simplest model.
`RULES` collects them; `docs/extending/rule.md` adds one.
"""

from regpath.core.selection.by_criterion import aic_rule, aicc_rule, bic_rule, ebic_rule
from regpath.core.selection.by_score import min_rule, one_se_rule, tolerance_rule, within_rule
from regpath.core.selection.by_size import k_features_rule
from regpath.core.selection.by_stability import stability_rule
from regpath.core.selection.choice import Selection, chosen
from regpath.core.selection.rule import Rule, RuleNumber
from regpath.core.selection.rules import BY_SCORE_ALONE, RULES
from regpath.core.selection.select import select_lambda
from regpath.core.selection.table import compare_rules

__all__ = [
    "BY_SCORE_ALONE",
    "RULES",
    "Rule",
    "RuleNumber",
    "Selection",
    "aic_rule",
    "aicc_rule",
    "bic_rule",
    "chosen",
    "compare_rules",
    "ebic_rule",
    "k_features_rule",
    "min_rule",
    "one_se_rule",
    "select_lambda",
    "stability_rule",
    "tolerance_rule",
    "within_rule",
]
