"""The section for clinical readers: the items of TRIPOD+AI, by code or by number for the author.

Collins, G. S. et al. (2024), TRIPOD+AI statement: updated guidance for reporting clinical
prediction models that use regression or machine learning methods, BMJ 385, e078378. Items are
named in few words; the words that count are theirs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from regpath.export.reporting.section import Cells, Section, Text
from regpath.export.reporting.subject import Subject
from regpath.export.reporting.tripod_facts import FACTS

BOTH = "D;E"
OF_DEVELOPMENT = ("9a", "12a", "12b", "12c", "15", "22", "27a", "27b")
OF_EVALUATION = ("12f", "12g", "20c", "24")


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

    @property
    def stage(self) -> str:
        """What it is asked of: development (D), evaluation (E) or both (D;E)."""
        return (
            "D" if self.number in OF_DEVELOPMENT else "E" if self.number in OF_EVALUATION else BOTH
        )


def tripod(of: Subject) -> Section:
    """The checklist, filled as far as facts go."""
    answered = [
        (item.number, item.stage, item.asks, item.facts(of), item.author or "nothing")
        for item in ITEMS
        if item.facts is not None
    ]
    left = [item for item in ITEMS if item.facts is None]
    numbers = ", ".join(item.number for item in left)
    words = (
        "TRIPOD+AI (Collins et al. 2024, BMJ 385: e078378) lists what a study of a prediction "
        f"model reports. Facts answer {len(answered)} of its items, all or in part; the other "
        f"{len(left)} only the author can: {numbers}. D is asked of the development of a model, "
        "E of its evaluation on other rows."
    )
    return Section(
        "tripod",
        "TRIPOD+AI",
        (
            Text(words),
            Cells.of(
                "Answered by facts of this report, and what is left to the author",
                ("item", "of", "asks for", "facts", "the author adds"),
                answered,
            ),
            Cells.of(
                "Left to the author",
                ("item", "of", "asks for"),
                [(item.number, item.stage, item.asks) for item in left],
            ),
        ),
    )


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
        "7",
        "preparation of data, checks of quality",
        FACTS["7"],
        "whether sociodemographic groups differ in it",
    ),
    Item("8a", "definition of the outcome, time horizon, why this one, the same for all groups"),
    Item("8b", "who assessed the outcome, if that takes judgement"),
    Item("8c", "blinding of that assessment"),
    Item("9a", "choice of predictors, selection before the model", FACTS["9a"], "why these"),
    Item("9b", "definition of predictors, when and how measured, blinding"),
    Item("9c", "who assessed the predictors, if that takes judgement"),
    Item("10", "sample size", FACTS["10"], "how it was arrived at, and whether it suffices"),
    Item("11", "missing data", FACTS["11"], "why values are missing"),
    Item("12a", "how data were used, partition", FACTS["12a"]),
    Item("12b", "how predictors were handled", FACTS["12b"], "why this form"),
    Item("12c", "type of model, steps, tuning, internal validation", FACTS["12c"], "rationale"),
    Item("12d", "heterogeneity across clusters, handled and quantified", FACTS["12d"]),
    Item("12e", "measures and plots of performance", FACTS["12e"], "rationale, clinical utility"),
    Item("12f", "model updating", _says("None was done.")),
    Item(
        "12g", "how predictions were calculated", _says("By the formula of section Coefficients.")
    ),
    Item("13", "methods against class imbalance, recalibration", FACTS["13"], "why"),
    Item("14", "fairness"),
    Item("15", "output of the model, thresholds", FACTS["15"], "thresholds of decisions, if any"),
    Item(
        "16",
        "differences between development and evaluation data",
        lambda of: (
            "No evaluation data."
            if of.study.test is None
            else "Rows of one file, so setting and definitions are the same: an internal test."
        ),
    ),
    Item("17", "ethical approval, consent or its waiver"),
    Item("18a", "funding"),
    Item("18b", "conflicts of interest"),
    Item("18c", "protocol, or that there is none"),
    Item("18d", "registration, or that there is none"),
    Item("18e", "availability of data"),
    Item("18f", "availability of code", _says("Section How to repeat it; regpath is open source.")),
    Item("19", "involvement of patients and the public, or that there was none"),
    Item("20a", "flow of participants", FACTS["20a"], "exclusions before the file was made"),
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
    Item("21", "participants and events of each analysis", FACTS["21"]),
    Item(
        "22", "the full model", _says("Section Coefficients, with the intercept."), "terms of use"
    ),
    Item("23a", "performance with intervals", FACTS["23a"], "performance in key subgroups"),
    Item("23b", "heterogeneity of performance across clusters", _says("Was not examined.")),
    Item("24", "results of updating", _says("None was done.")),
    Item("25", "interpretation, fairness"),
    Item("26", "limitations, and what they do to bias, uncertainty and generalizability"),
    Item("27a", "poor or missing input when used", FACTS["27a"], "who checks it"),
    Item("27b", "what users have to do and know"),
    Item("27c", "next steps, applicability"),
)
