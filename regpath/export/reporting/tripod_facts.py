"""What facts answer of the items of TRIPOD+AI, one function an item; see tripod."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from regpath.core.metrics.measures import MEASURES, measures_of
from regpath.core.selection import RULES
from regpath.export.reporting.choice import penalty_in_words, validation_in_words
from regpath.export.reporting.subject import Subject
from regpath.number_format import num
from regpath.wording import counted

GAPS = {
    "impute": "filled with the median or the most frequent level of the rows of the fit",
    "mean": "filled with the mean or the most frequent level of the rows of the fit",
    "indicator": "filled as by the median, with a feature that tells where",
    "drop": "rows with a gap in a feature were left out",
}


def _preparation(of: Subject) -> str:
    diagnosis = of.study.table.diagnosis
    n_repairs, n_open = len(diagnosis.repairs), len(diagnosis.questions)
    return (
        f"{counted(n_repairs, 'repair')} while reading, {counted(n_open, 'open question')}, "
        f"{counted(len(of.alarms), 'alarm')}: sections Data and repairs, Warnings."
    )


def _predictors(of: Subject) -> str:
    recipe, encoder = of.study.recipe, of.study.train.encoder
    n = len(encoder.kinds) if encoder is not None else len(of.path.feature_names)
    how = "all that can serve" if recipe.features is None else "named beforehand"
    terms = f"; terms {', '.join(recipe.terms)}" if recipe.terms else ""
    return (
        f"{counted(n, 'column')}, {how}, as {counted(len(of.path.feature_names), 'feature')}"
        f"{terms}. The penalty alone selected among them."
    )


def _size(of: Subject) -> str:
    train, test, p = of.study.train, of.study.test, len(of.path.feature_names)
    evaluated = "" if test is None else f" Evaluation: {_events(test.y, of)}."
    if not len(of.counts):
        each = train.n_obs / p
        of_each = f"{num(each):.3g} per candidate feature"
        return f"{num(train.n_obs):,} rows of the fit, {of_each}.{evaluated}"
    fewest = int(of.counts.min())
    return (
        f"{num(train.n_obs):,} rows of the fit, {num(fewest):,} of the rarest class: "
        f"{num(fewest / p):.3g} per candidate feature.{evaluated}"
    )


def _missing(of: Subject) -> str:
    encoder = of.study.train.encoder
    if encoder is None or not encoder.filled:
        return (
            f"No gaps in the features of the rows of the fit; else {GAPS[of.study.recipe.missing]}."
        )
    return (
        f"Gaps in {counted(len(encoder.filled), 'column')} were "
        f"{GAPS[of.study.recipe.missing]}, learned in each fold anew. Not multiple imputation."
    )


def _use(of: Subject) -> str:
    study = of.study
    if study.test is None:
        return f"All {num(study.train.n_obs):,} rows for development; none kept for evaluation."
    return (
        f"{num(study.train.n_obs):,} rows for development, {num(study.test.n_obs):,} of the same "
        "file for evaluation, split before anything was learned."
    )


def _handling(of: Subject) -> str:
    scale = "centred and scaled by the rows of the fit" if of.path.standardize else "not scaled"
    form = "products and powers as listed" if of.study.recipe.terms else "linear, no interactions"
    return f"Numbers {scale}, {form}; words as one 0/1 feature a level."


def _model(of: Subject) -> str:
    held = validation_in_words(of) if of.cv is not None else "No validation."
    rule = of.rule if of.by_rule else None
    how = "by hand" if rule is None else f"by the rule “{RULES[rule.rule].title}”"
    return f"Penalized {of.path.loss.model}: {penalty_in_words(of)}. Strength chosen {how}. {held}"


def _measures(of: Subject) -> str:
    names = [MEASURES[name].label for name in measures_of(of.path.family)]
    return f"{', '.join(names)}; calibration as curve{' and slope' if len(of.counts) else ''}."


def _clusters(of: Subject) -> str:
    group = of.study.recipe.group
    if group is None:
        return "No column tells of clusters; heterogeneity was not examined."
    return f"Rows of the same {group!r} stay together in folds and split; no further model of it."


def _imbalance(of: Subject) -> str:
    if not len(of.counts):
        return "Does not apply: the outcome is no class."
    rarest = of.counts.min() / of.counts.sum()
    weighed = of.study.recipe.class_weight
    how = "weighed to count alike, so probabilities are shifted" if weighed else "left as they are"
    return f"The rarest class has {num(rarest):.1%} of the rows; classes were {how}."


def _output(of: Subject) -> str:
    if not len(of.counts):
        return f"The expected {of.path.target!r}."
    return "Probabilities of each class; a class, where one is told, is the most probable one."


def _flow(of: Subject) -> str:
    study = of.study
    read = len(study.table.frame)
    used = _events(study.problem.y, of)
    return f"{num(read):,} rows read, used {used}: section Flow of rows."


def _analyzed(of: Subject) -> str:
    parts = [f"fit {_events(of.study.train.y, of)}"]
    if of.study.test is not None:
        parts.append(f"evaluation {_events(of.study.test.y, of)}")
    return f"{'; '.join(parts)}."


def _events(y: np.ndarray, of: Subject) -> str:
    classes = of.study.train.classes
    if not classes:
        return f"{num(len(y)):,} rows"
    counts = np.bincount(y, minlength=len(classes))
    told = [f"{num(count):,} {label}" for label, count in zip(classes, counts, strict=True)]
    return f"{num(len(y)):,} rows ({', '.join(told)})"


def _performance(of: Subject) -> str:
    if of.study.test is None:
        return "Cross-validated scores with standard errors: sections Scores, Calibration."
    if of.study.seal.hides:
        return (
            "The test set is sealed; cross-validated scores with standard errors: section Scores."
        )
    return "Test scores with 95 % intervals, calibration: sections Scores, Calibration."


def _new_data(of: Subject) -> str:
    missing = of.study.recipe.missing
    gaps = "are not scored" if missing == "drop" else "are filled as in the fit"
    return f"Rows with gaps {gaps}; a level that was never seen counts as none of those known."


# By number of the item.
FACTS: dict[str, Callable[[Subject], str]] = {
    "7": _preparation,
    "9a": _predictors,
    "10": _size,
    "11": _missing,
    "12a": _use,
    "12b": _handling,
    "12c": _model,
    "12d": _clusters,
    "12e": _measures,
    "13": _imbalance,
    "15": _output,
    "20a": _flow,
    "21": _analyzed,
    "23a": _performance,
    "27a": _new_data,
}
