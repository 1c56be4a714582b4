"""The section for clinical readers: the items of TRIPOD+AI, by code or by number for the author.

Collins, G. S. et al. (2024), TRIPOD+AI statement: updated guidance for reporting clinical
prediction models that use regression or machine learning methods, BMJ 385, e078378. Items are
named in few words; the words that count are theirs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from regpath.core.metrics.measures import MEASURES, measures_of
from regpath.export.reporting.choice import penalty_in_words, validation_in_words
from regpath.export.reporting.section import Cells, Section, Text
from regpath.export.reporting.subject import Subject
from regpath.wording import counted

GAPS = {
    "impute": "filled with the median or the most frequent level of the rows of the fit",
    "mean": "filled with the mean or the most frequent level of the rows of the fit",
    "indicator": "filled as by the median, with a feature that tells where",
    "drop": "rows with a gap in a feature were left out",
}


@dataclass(frozen=True)
class Item:
    """One item of the checklist.

    Parameters
    ----------
    number : str
    asks : str
        What it asks for, in few words.
    facts : callable or None
        What the facts answer; None where only the author can.
    author : str
        What is left to the author beside the facts; "" for nothing.
    """

    number: str
    asks: str
    facts: Callable[[Subject], str] | None = None
    author: str = ""


def tripod(of: Subject) -> Section:
    """The checklist, filled as far as facts go."""
    answered = [
        (item.number, item.asks, item.facts(of), item.author or "nothing")
        for item in ITEMS
        if item.facts is not None
    ]
    left = [item for item in ITEMS if item.facts is None]
    numbers = ", ".join(item.number for item in left)
    words = (
        "TRIPOD+AI (Collins et al. 2024, BMJ 385: e078378) lists what a study of a prediction "
        f"model reports. Facts answer {len(answered)} of its items, all or in part; the other "
        f"{len(left)} only the author can: {numbers}."
    )
    return Section(
        "tripod",
        "TRIPOD+AI",
        (
            Text(words),
            Cells.of(
                "Answered by facts of this report, and what is left to the author",
                ("item", "asks for", "facts", "the author adds"),
                answered,
            ),
            Cells.of(
                "Left to the author",
                ("item", "asks for"),
                [(item.number, item.asks) for item in left],
            ),
        ),
    )


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
    train, p = of.study.train, len(of.path.feature_names)
    if not len(of.counts):
        return f"{train.n_obs:,} rows of the fit, {train.n_obs / p:.3g} per candidate feature."
    fewest = int(of.counts.min())
    return (
        f"{train.n_obs:,} rows of the fit, {fewest:,} of the rarest class: {fewest / p:.3g} per "
        "candidate feature."
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
        return f"All {study.train.n_obs:,} rows for development; none kept for evaluation."
    return (
        f"{study.train.n_obs:,} rows for development, {study.test.n_obs:,} of the same file for "
        "evaluation, split before anything was learned."
    )


def _handling(of: Subject) -> str:
    scale = "centred and scaled by the rows of the fit" if of.path.standardize else "not scaled"
    form = "products and powers as listed" if of.study.recipe.terms else "linear, no interactions"
    return f"Numbers {scale}, {form}; words as one 0/1 feature a level."


def _model(of: Subject) -> str:
    held = validation_in_words(of) if of.cv is not None else "No validation."
    how = "by the rule of its recipe" if of.by_rule else "by hand"
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
    return f"The rarest class has {rarest:.1%} of the rows; classes were {how}."


def _output(of: Subject) -> str:
    if not len(of.counts):
        return f"The expected {of.path.target!r}."
    return "Probabilities of each class; a class, where one is told, is the most probable one."


def _flow(of: Subject) -> str:
    study = of.study
    read = len(study.table.frame)
    return f"{read:,} rows read, {study.problem.n_obs:,} used: section Flow of rows."


def _analysed(of: Subject) -> str:
    parts = [f"fit {_events(of.study.train.y, of)}"]
    if of.study.test is not None:
        parts.append(f"evaluation {_events(of.study.test.y, of)}")
    return f"{'; '.join(parts)}."


def _events(y: np.ndarray, of: Subject) -> str:
    classes = of.study.train.classes
    if not classes:
        return f"{len(y):,} rows"
    counts = np.bincount(y, minlength=len(classes))
    told = [f"{count:,} {label}" for label, count in zip(classes, counts, strict=True)]
    return f"{len(y):,} rows ({', '.join(told)})"


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


def _says(words: str) -> Callable[[Subject], str]:
    return lambda of: words


ITEMS = (
    Item("1", "title: development or evaluation, population, outcome"),
    Item("2", "abstract (TRIPOD+AI for Abstracts)"),
    Item("3a", "healthcare context and rationale, existing models"),
    Item("3b", "target population, purpose, users"),
    Item("3c", "known health inequalities"),
    Item(
        "4",
        "objectives: development, evaluation or both",
        lambda of: (
            "Development with internal validation"
            + ("." if of.study.test is None else " and a test on rows of the same file.")
        ),
        "the objectives themselves",
    ),
    Item("5a", "sources of data, representativeness"),
    Item("5b", "dates of data"),
    Item("6a", "setting, number and place of centres"),
    Item("6b", "eligibility"),
    Item("6c", "treatments"),
    Item(
        "7", "preparation of data, checks of quality", _preparation, "whether groups differ in it"
    ),
    Item("8a", "definition of the outcome, horizon"),
    Item("8b", "who assessed the outcome"),
    Item("8c", "blinding of that assessment"),
    Item("9a", "choice of predictors, selection before the model", _predictors, "why these"),
    Item("9b", "definition of predictors, when and how measured"),
    Item("9c", "who assessed the predictors"),
    Item("10", "sample size", _size, "how it was arrived at, and whether it suffices"),
    Item("11", "missing data", _missing, "why values are missing"),
    Item("12a", "how data were used, partition", _use),
    Item("12b", "how predictors were handled", _handling, "why this form"),
    Item("12c", "type of model, steps, tuning, internal validation", _model, "rationale"),
    Item("12d", "heterogeneity across clusters", _clusters),
    Item("12e", "measures and plots of performance", _measures, "rationale, clinical utility"),
    Item("12f", "model updating", _says("None was done.")),
    Item(
        "12g", "how predictions were calculated", _says("By the formula of section Coefficients.")
    ),
    Item("13", "class imbalance", _imbalance, "why"),
    Item("14", "fairness"),
    Item("15", "output of the model, thresholds", _output, "thresholds of decisions, if any"),
    Item(
        "16",
        "differences between development and evaluation data",
        lambda of: (
            "No evaluation data."
            if of.study.test is None
            else "Rows of one file, so setting and definitions are the same: an internal test."
        ),
    ),
    Item("17", "ethical approval and consent"),
    Item("18a", "funding"),
    Item("18b", "conflicts of interest"),
    Item("18c", "protocol"),
    Item("18d", "registration"),
    Item("18e", "availability of data"),
    Item("18f", "availability of code", _says("Section How to repeat it; regpath is open source.")),
    Item("19", "involvement of patients and the public"),
    Item("20a", "flow of participants", _flow, "exclusions before the file was made"),
    Item(
        "20b",
        "characteristics of participants",
        _says("Section What the columns held."),
        "key dates, follow-up, differences between groups",
    ),
    Item(
        "20c",
        "evaluation against development data",
        lambda of: (
            "No evaluation data."
            if of.study.test is None
            else "Section What the columns held, both side by side."
        ),
    ),
    Item("21", "participants and events of each analysis", _analysed),
    Item(
        "22", "the full model", _says("Section Coefficients, with the intercept."), "terms of use"
    ),
    Item("23a", "performance with intervals", _performance, "performance in key subgroups"),
    Item("23b", "heterogeneity of performance across clusters", _says("Was not examined.")),
    Item("24", "results of updating", _says("None was done.")),
    Item("25", "interpretation, fairness"),
    Item("26", "limitations"),
    Item("27a", "poor or missing input when used", _new_data, "who checks it"),
    Item("27b", "what users have to do and know"),
    Item("27c", "next steps, applicability"),
)
