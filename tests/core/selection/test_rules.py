"""A rule has one home: whatever shows, explains or takes rules asks RULES."""

import inspect
import re
from pathlib import Path

import numpy as np
import pytest

import regpath
from regpath.core.checks import check_positive
from regpath.core.selection import RULES, Rule, RuleNumber, chosen

DOCS = Path(__file__).parents[3] / "docs" / "choosing.md"
NEEDS = {
    "cv": "folds",
    "problem": "the problem of the fit",
    "frequencies": "half-samples",
}


def strongest(cv, share=0.5):
    index = int(np.argmax(cv.lambdas <= share * cv.lambdas[0]))
    return chosen(cv.path, index, "share", f"lambda = {cv.lambdas[index]:.4g} is a share", cv)


@pytest.fixture
def share(monkeypatch):
    rule = Rule(
        name="share",
        label="share",
        title="a share of the strongest",
        chooses="the largest lambda at most `value` of the strongest",
        choose=strongest,
        needs=("cv",),
        number=RuleNumber("share", "Share", "0.5", 0.01, 1.0, 0.05, check_positive),
    )
    monkeypatch.setitem(RULES, rule.name, rule)
    return rule


@pytest.fixture
def cv(make_small):
    problem = make_small("binomial", n=90, seed=1)
    return regpath.cross_validate(problem, regpath.fit_path(problem, n_lambdas=12), n_folds=4)


def lines_of_docs():
    """The rows that docs/choosing.md should hold, one for each rule."""
    for rule in RULES.values():
        number = f"{rule.number.name}, {rule.number.usual}" if rule.number else ""
        needs = ", ".join(NEEDS[need] for need in rule.needs)
        source = f" ({rule.source})" if rule.source else ""
        yield f"| `{rule.name}` | {rule.chooses}{source} | {number} | {needs} |"


def test_docs_hold_the_table_of_rules():
    table = "\n".join(lines_of_docs())
    assert table in DOCS.read_text(encoding="utf-8"), f"put into {DOCS.name}:\n{table}"


def test_the_docstring_says_what_each_rule_chooses():
    text = re.sub(r"\s+", " ", inspect.getdoc(regpath.select_lambda))
    missing = [r.name for r in RULES.values() if f'- "{r.name}": {r.chooses}' not in text]
    assert not missing


def test_labels_and_titles_tell_rules_apart():
    for part in ("label", "title", "chooses"):
        assert len({getattr(rule, part) for rule in RULES.values()}) == len(RULES)
    assert all(name == rule.name for name, rule in RULES.items())


@pytest.mark.parametrize("rule", [r for r in RULES.values() if r.number], ids=lambda r: r.name)
def test_a_rule_takes_all_numbers_that_a_control_offers(rule):
    number = rule.number
    for value in (number.least, number.most, number.least + number.step):
        rule.check_number(value, "value", "select_lambda")
    for value in (-1.0, np.nan, "5", True):
        with pytest.raises(regpath.ParameterError, match="'value' parameter of select_lambda"):
            rule.check_number(value, "value", "select_lambda")
    assert number.of(5.0) == 5.0
    assert isinstance(number.of(5.0), int) == number.whole


def test_a_new_rule_chooses_like_any_other(share, cv, make_small):
    choice = regpath.select_lambda(cv, rule="share", value=0.25)
    assert choice == strongest(cv, 0.25)
    frame = regpath.compare_rules(cv, make_small("binomial", n=90, seed=1))
    assert frame["rule"].iloc[-1] == "share"
    with pytest.raises(regpath.ParameterError, match="'stability', 'share'"):
        regpath.select_lambda(cv, rule="2se")
    with pytest.raises(regpath.ParameterError, match="'share' takes a CVResult"):
        regpath.select_lambda(cv.path, rule="share")
    recipe = regpath.Recipe("y", rule="share", rule_value=0.25)
    assert regpath.Recipe.from_query(recipe.to_query()) == recipe
    problem = make_small("gaussian", n=90)
    assert regpath.split_intervals(problem, rule="share").rule == "share"


def test_a_new_rule_is_missed_in_docs_and_docstring(share):
    missed = [line for line in lines_of_docs() if line not in DOCS.read_text(encoding="utf-8")]
    assert missed == [
        "| `share` | the largest lambda at most `value` of the strongest | share, 0.5 | folds |"
    ]
    with pytest.raises(AssertionError, match="share"):
        test_the_docstring_says_what_each_rule_chooses()


def test_a_new_rule_is_marked_in_the_explorer(share, cv):
    from regpath.explorer import marks_of

    first = marks_of(cv.path, cv, [regpath.select_lambda(cv, rule="share")])[0]
    assert (first.rule, first.label, first.title) == ("share", share.label, share.title)


def test_a_new_rule_is_offered_by_the_shell(share, capsys):
    from regpath.cli import main

    with pytest.raises(SystemExit):
        main(["cv", "--help"])
    text = re.sub(r"\s+", " ", capsys.readouterr().out)
    assert "share (a share of the strongest)" in text
    assert "share (share; usual: 0.5)" in text


def test_a_new_rule_is_offered_by_the_pages(share):
    pytest.importorskip("streamlit")
    from regpath.ui.controls.rules import rule_label, rule_name

    assert rule_label("share") == "share"
    assert rule_name("share") == "share: a share of the strongest"
