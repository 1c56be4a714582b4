"""The clinical form has every item of TRIPOD+AI once: by facts, or by number for the author."""

import regpath
from regpath.export.reporting.tripod import ITEMS
from tests.export.reporting.reading import Page
from tests.export.studies import bundled_study

# As printed in BMJ 2024;385:e078378, table 2.
PARTS = {
    3: "abc",
    5: "ab",
    6: "abc",
    8: "abc",
    9: "abc",
    12: "abcdefg",
    18: "abcdef",
    20: "abc",
    23: "ab",
    27: "abc",
}
# D: development only, E: evaluation only; all others are asked of both.
STAGES = {
    "D": ("9a", "12a", "12b", "12c", "15", "22", "27a", "27b"),
    "E": ("12f", "12g", "20c", "24"),
}
NUMBERS = [f"{n}{part}" for n in range(1, 28) for part in PARTS.get(n, ("",))]


def test_the_items_are_those_of_the_checklist():
    assert [item.number for item in ITEMS] == NUMBERS
    assert len(NUMBERS) == 52
    for stage, numbers in STAGES.items():
        assert tuple(item.number for item in ITEMS if item.stage == stage) == numbers


def test_each_item_is_answered_or_listed_by_number_for_the_author():
    study = bundled_study("breast_cancer", n_folds=4)
    page = Page(regpath.export.report(study, lam=study.path.lambdas[9], form="clinical"))
    answered = page.table("Answered by facts")[1:]
    left = page.table("Left to the author")[1:]
    assert sorted(row[0] for row in answered + left) == sorted(NUMBERS)
    assert all(row[3].strip() for row in answered)
    told = ", ".join(item.number for item in ITEMS if item.facts is None)
    assert f"only the author can: {told}." in page.text


def test_answers_change_with_what_was_done():
    plain = bundled_study("breast_cancer", n_folds=4, test_size=0.0)
    weighed = bundled_study("breast_cancer", n_folds=4, class_weight="balanced", missing="drop")
    lines = []
    for study in (plain, weighed):
        page = Page(regpath.export.report(study, lam=study.path.lambdas[9], form="clinical"))
        lines.append({row[0]: row[3] for row in page.table("Answered by facts")[1:]})
    assert {n for n in lines[0] if lines[0][n] != lines[1][n]} >= {"11", "12a", "13", "16", "23a"}
    assert "TRIPOD" not in Page(regpath.export.report(plain, lam=plain.path.lambdas[9])).text
