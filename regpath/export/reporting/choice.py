"""The sections on the path and on the strength that was chosen, by whom and why."""

from __future__ import annotations

from regpath.choosing import best_on_test
from regpath.core.conversions.parametrizations import scikit_learn_form
from regpath.core.metrics.measures import MEASURES
from regpath.core.selection import RULES, compare_rules
from regpath.errors import RegpathError
from regpath.export.reporting.pictures import path_picture
from regpath.export.reporting.section import Block, Cells, Items, Section, Text
from regpath.export.reporting.subject import Subject
from regpath.number_format import localized, num
from regpath.wording import counted

FOLDS = {  # how rows were dealt, completing "Rows were held out ..."
    "random": "at random",
    "grouped": "group by group",
    "ordered": "in order of time",
    "leave_one_out": "one at a time",
    "given": "as the caller said",
}


def penalty_in_words(of: Subject) -> str:
    """The penalty, on what it acts, and how its factors came about."""
    path = of.path
    name = {0.0: "L2 (ridge)", 1.0: "L1 (lasso)"}.get(
        path.l1_ratio, f"elastic net with l1_ratio {num(path.l1_ratio):g}"
    )
    learned = path.learned_factors
    on = "per standard deviation" if path.standardize else "in original units"
    factors = f"; factors of an {learned.name}" if learned is not None else ""
    weighed = "; classes weighed to count alike" if of.study.recipe.class_weight else ""
    return f"{name} on coefficients {on}{factors}{weighed}"


def path_section(of: Subject) -> Section:
    """The whole path as a picture, and its proof."""
    path = of.path
    proven = int(path.converged.sum())
    words = (
        f"Penalty: {penalty_in_words(of)}. {counted(len(path.lambdas), 'strength')} from λ = "
        f"{num(path.lambdas[0]):.4g}, where the model is empty if the penalty can empty it, to "
        f"{num(path.lambdas[-1]):.4g}. {proven} of {len(path.lambdas)} points are proven: both the "
        f"violation of the optimality conditions (largest {num(path.kkt_violation.max()):.1e}) and "
        f"the relative duality gap (largest {num(path.dual_gap.max()):.1e}) are at most 1e-6."
    )
    blocks: list[Block] = [Text(words), path_picture(of)]
    if proven < len(path.lambdas):
        missed = len(path.lambdas) - proven
        blocks.insert(1, Text(f"{counted(missed, 'point is', 'points are')} not proven.", True))
    return Section("path", "Path", tuple(blocks))


def choice(of: Subject) -> Section:
    """Which strength, why this one, and what the rules would choose."""
    path, lam = of.path, of.lam
    other = scikit_learn_form(path.family, path.l1_ratio)
    beside = (
        "" if other is None else f" ({other.label} = {num(other.value_of(lam, path.n_obs)):.6g})"
    )
    head = (
        f"Chosen: λ = {num(lam):.6g}{beside}, point {of.index + 1} of {len(path.lambdas)}. It "
        f"keeps {of.n_kept} of {counted(len(path.feature_names), 'feature')}."
    )
    blocks: list[Block] = [Text(head), Text(_why(of))]
    if of.no_cv:
        blocks.append(Text(f"There is no choice by validation: {of.no_cv}", True))
    blocks += _on_test(of)
    if of.cv is not None:
        blocks += [Text(validation_in_words(of)), _rules(of)]
        if of.cv.notes:
            blocks.append(Items(of.cv.notes))
    return Section("choice", "Choice of the strength", tuple(blocks))


def validation_in_words(of: Subject) -> str:
    """How rows were held out."""
    cv, recipe = of.cv, of.study.recipe
    assert cv is not None
    repeats = f", dealt {recipe.n_repeats} times" if int(cv.repeats.max(initial=0)) else ""
    return (
        f"Cross-validation of the rows of the fit, held out {FOLDS[cv.kind]} in "
        f"{counted(len(cv.folds), 'fold')}{repeats} (seed {recipe.seed}) and scored by "
        f"{MEASURES[cv.measure].label}. Each fold learned medians, levels, means and spreads from "
        "its own rows."
    )


def _why(of: Subject) -> str:
    rule = of.rule
    if rule is None:
        return "It was chosen by hand."
    title = RULES[rule.rule].title
    if of.by_rule:
        more = f" {rule.suggestion}" if rule.suggestion else ""
        return f"It is the choice of the rule “{title}”: {localized(rule.reason)}{more}"
    return f"It was chosen by hand; the rule “{title}” chooses another: {localized(rule.reason)}"


def _on_test(of: Subject) -> list[Block]:
    study = of.study
    if study.test is None or study.seal.hides:
        return []
    try:
        best = best_on_test(study, study.recipe.measure)
    except RegpathError:  # a measure that has no value on these rows
        return []
    if best.index != of.index or of.by_rule:
        return []
    return [Text(best.sentence, True)]


def _rules(of: Subject) -> Cells:
    assert of.cv is not None
    frequencies = None if of.stability is None else of.stability.frequency
    frame = compare_rules(of.cv, of.study.weighted_train, frequencies=frequencies)
    rows = []
    for row in frame.to_dict("records"):
        title, has_one = RULES[row["rule"]].title, row["lam"] == row["lam"]
        answer = (row["lam"], int(row["n_kept"]), row["score"]) if has_one else (None, None, None)
        rows.append((title, *answer))
    caption = "What each rule would choose; — where a rule has no answer"
    head = ("rule", "λ", "features kept", f"mean {MEASURES[of.cv.measure].label}")
    return Cells.of(caption, head, rows)
