"""The rule that is told how many features to keep."""

from __future__ import annotations

from functools import partial

import numpy as np

from regpath.core.checks import check_count
from regpath.core.regpath import RegPath
from regpath.core.selection.choice import Selection, chosen, path_of
from regpath.core.selection.rule import Rule, RuleNumber
from regpath.core.validation.cv_result import CVResult
from regpath.errors import ParameterError
from regpath.wording import counted


def k_features_rule(result: CVResult | RegPath, k: int = 5) -> Selection:
    """Choose the weakest penalty before the path first keeps more than `k` features.

    Of all models on at most k features that the path meets on its way down, that is the one which
    is shrunk least.

    Raises
    ------
    ParameterError
        If even the strongest penalty of the grid keeps more, as ridge does everywhere.
    """
    path, cv = path_of(result, "k_features_rule")
    check_count(k, "k", "k_features_rule", least=0)
    few = path.n_nonzero <= k
    if not few[0]:
        hint = "Begin the grid at a stronger penalty, or ask for more features."
        if path.l1_ratio == 0.0:
            hint = "Ridge keeps every feature at every strength; use an l1_ratio above 0."
        raise ParameterError(
            f"No point at the strong end of the path keeps {counted(int(k), 'feature')} or fewer: "
            f"the first keeps {path.n_nonzero[0]}.",
            hint,
        )
    index = len(few) - 1 if few.all() else int(np.argmin(few)) - 1
    beyond = "the next one on the grid keeps more"
    if index == len(few) - 1:
        beyond = "the whole path keeps no more"
    more = path.n_nonzero[index] < min(k, len(path.feature_names))
    why = (
        f"lambda = {path.lambdas[index]:.4g} is the smallest before more than "
        f"{counted(int(k), 'feature')} {'is' if k == 1 else 'are'} kept ({beyond})"
    )
    return chosen(path, index, "k_features", why, cv, may_extend=more)


K_FEATURES = Rule(
    name="k_features",
    label="k features",
    title="at most so many features",
    chooses="the smallest lambda before more than `value` features are kept",
    choose=k_features_rule,
    number=RuleNumber(
        "features", "Features", "5", 1.0, 5000.0, 1.0, partial(check_count, least=0), whole=True
    ),
)
