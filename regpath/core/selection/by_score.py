"""Rules that compare mean scores on held-out rows."""

from __future__ import annotations

from regpath.core.checks import check_positive
from regpath.core.metrics.measures import MEASURES
from regpath.core.selection.choice import Selection, chosen, mean_of
from regpath.core.selection.rule import Rule, RuleNumber
from regpath.core.validation.cv_result import CVResult, check_cv
from regpath.core.validation.one_standard_error import first_at_most

SMALL = 0.01  # of the base rate's score, or of 1 where a measure has no units


def min_rule(cv: CVResult) -> Selection:
    """Choose the best mean score; of equals, the largest lambda."""
    check_cv(cv, "min_rule")
    order = "largest" if cv.larger_is_better else "smallest"
    why = (
        f"lambda = {cv.lambda_min:.4g} has the {order} {mean_of(cv)} over the folds, "
        f"{cv.mean[cv.index_min]:.4g}"
    )
    return chosen(cv.path, cv.index_min, "min", why, cv)


def one_se_rule(cv: CVResult) -> Selection:
    """Choose the largest lambda whose mean score is within one standard error of the best.

    The simplest model that the folds cannot tell from the best one. It is never a weaker penalty
    than that of `min_rule`.
    """
    check_cv(cv, "one_se_rule")
    best, se = cv.mean[cv.index_min], cv.se[cv.index_min]
    sign = "-" if cv.larger_is_better else "+"
    limit = best - se if cv.larger_is_better else best + se
    why = (
        f"lambda = {cv.lambda_1se:.4g} is the largest with {mean_of(cv)} at {_word(cv)} "
        f"{limit:.4g} = {best:.4g} {sign} {se:.3g}, the best mean {sign} its standard error: it "
        f"has {cv.mean[cv.index_1se]:.4g}"
    )
    return chosen(cv.path, cv.index_1se, "1se", why, cv)


def within_rule(cv: CVResult, percent: float = 5.0) -> Selection:
    """Choose the largest lambda whose mean score is within some percent of the best.

    Percent of the size of the best mean itself: a log-loss of 0.2 may rise to 0.21 with 5, an
    accuracy of 0.9 may fall to 0.855.
    """
    check_cv(cv, "within_rule")
    check_positive(percent, "percent", "within_rule")
    best = cv.mean[cv.index_min]
    slack = abs(best) * percent / 100.0
    index, limit = _within(cv, slack)
    why = (
        f"lambda = {cv.lambdas[index]:.4g} is the largest with {mean_of(cv)} at {_word(cv)} "
        f"{limit:.4g}, within {percent:g} % of the best, {best:.4g}: it has {cv.mean[index]:.4g}"
    )
    return chosen(cv.path, index, "within", why, cv)


def tolerance_rule(cv: CVResult, tolerance: float | None = None) -> Selection:
    """Choose the largest lambda whose mean score is at most `tolerance` worse than the best.

    In the unit of the score: a tolerance of 0.01 is one percentage point of accuracy. None means
    0.01, or for errors in units of the response a hundredth of the base rate's.
    """
    check_cv(cv, "tolerance_rule")
    if tolerance is None:
        tolerance = SMALL * (abs(cv.null_score) if MEASURES[cv.measure].in_units else 1.0)
    check_positive(tolerance, "tolerance", "tolerance_rule")
    best = cv.mean[cv.index_min]
    index, limit = _within(cv, tolerance)
    sign = "-" if cv.larger_is_better else "+"
    why = (
        f"lambda = {cv.lambdas[index]:.4g} is the largest with {mean_of(cv)} at {_word(cv)} "
        f"{limit:.4g} = {best:.4g} {sign} {tolerance:.3g}, the best mean {sign} the tolerance: it "
        f"has {cv.mean[index]:.4g}"
    )
    return chosen(cv.path, index, "tolerance", why, cv)


def _within(cv: CVResult, slack: float) -> tuple[int, float]:
    """Position of the largest lambda within `slack` of the best mean, and the limit itself."""
    loss = -cv.mean if cv.larger_is_better else cv.mean
    limit = float(loss[cv.index_min] + slack)
    return first_at_most(loss, limit), -limit if cv.larger_is_better else limit


def _word(cv: CVResult) -> str:
    return "least" if cv.larger_is_better else "most"


SCORE_RULES = (
    Rule(
        name="1se",
        label="λ 1se",
        title="one standard error",
        chooses="the largest lambda with a mean within one standard error of the best (the "
        "standard error there): the simplest model that the folds cannot tell from it",
        choose=one_se_rule,
        needs=("cv",),
        source="Breiman, Friedman, Olshen and Stone 1984",
    ),
    Rule(
        name="min",
        label="λ min",
        title="best mean score of the folds",
        chooses="the best mean score; of several, the largest lambda",
        choose=min_rule,
        needs=("cv",),
    ),
    Rule(
        name="within",
        label="within %",
        title="within some percent of the best",
        chooses="the largest lambda with a mean within `value` percent of the best",
        choose=within_rule,
        needs=("cv",),
        number=RuleNumber("percent", "Percent", "5", 0.1, 100.0, 1.0, check_positive),
    ),
    Rule(
        name="tolerance",
        label="tolerance",
        title="within a tolerance of the best",
        chooses="the largest lambda with a mean within `value` of the best, in units of the score",
        choose=tolerance_rule,
        needs=("cv",),
        number=RuleNumber(
            "tolerance",
            "Tolerance, in units of the score",
            "0.01; for errors in units of the response a hundredth of the base rate's",
            1e-6,
            1e6,
            0.01,
            check_positive,
        ),
    ),
)
