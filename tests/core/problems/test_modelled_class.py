from itertools import permutations

import pandas as pd
import pytest

from regpath import Problem, Recipe, fit_path, make_problem, run_study, split_problem
from regpath.core.problems.modelled_class import usual_order
from regpath.core.stability_selection.complementary_pairs import deal_halves
from regpath.core.validation.folds import make_folds
from regpath.io.columns.words import PAIRS

KNOWN = """
no yes|nein ja|Nein Ja|no si|no sí|non oui|não sim|нет да|false true|aus ein|いいえ はい
benign malignant|control case|well ill|healthy sick|gesund krank|normal tumor|alive dead
negative positive|neg pos|- +|tested_negative tested_positive|ham spam|stayed churned
Existing Customer/Attrited Customer|no diabetes/diabetes|not survived/survived|non-smoker/smoker
inactive active|unsuccessful successful|kein Abschluss/Abschluss|placebo treatment
remission relapse|stable relapsed|relapse-free relapse|no relapse/relapsed|ok/local recurrence
did not relapse/relapsed|none relapse|no recurrence/distant recurrence|rezidivfrei Rezidiv
no-recurrence-events/recurrence-events|disease-free recurred|alive/death from any cause
discharged died|recovered died|censored event|kein Tod/Tod|pas de récidive/récidive
without metastasis/metastasis|no complications/complication|censored uncensored
non-default default|Fully Paid/Charged Off|paid default|current delinquent|repaid Defaulted
legit fraud|no fraud/suspicious|genuine scam|good/credit default|not fraud/fraudulent
loyal churn|has not churned/churned|completed canceled|renewed cancelled|stays quits
ok defect|OK NOK|intact defective|pass nok|normal failure|No Failure/Power Failure|ok failed
no evidence of relapse/relapse|relapse: no/relapse: yes|absence of recurrence/recurrence
on time/delayed|on time/late|i.O./Ausschuss|working broken|fehlerfrei fehlerhaft|none any
<=50K >50K|≤50K >50K|<=50K./>50K.|under 65/over 65|at most 3/more than 3
0 1|-1 1|a b|cat dog|Clinton Dole|bad good|fail pass|died survived|female male|normal rmal
failure success|fail passed|error success|death relapse|DK NO|claim denied/claim paid|lost won
fraud unlikely/likely fraud|low risk of default/other
"""
ASKED = [
    tuple(pair.split("/") if "/" in pair else pair.split(" "))
    for pair in KNOWN.strip().replace("\n", "|").split("|")
]


@pytest.mark.parametrize(("without", "asked"), ASKED)
def test_what_a_question_is_about_comes_second_whatever_its_letters(without, asked):
    assert usual_order(sorted([without, asked])) == (without, asked)


@pytest.mark.parametrize(("false", "true"), [p for p in PAIRS if p not in (("n", "o"), ("n", "s"))])
def test_every_pair_of_false_and_true_that_the_reader_knows_has_true_second(false, true):
    assert usual_order(sorted([false.title(), true.title()])) == (false.title(), true.title())


@pytest.mark.parametrize("labels", [(0, 1), (1, 2), (False, True), ("ill", "mild", "well"), ("a",)])
def test_numbers_truth_values_and_more_classes_stay_as_they_are_sorted(labels):
    assert usual_order(labels) == labels


def frame_of(labels):
    rows = range(40)
    return pd.DataFrame(
        {"x": [float((7 * i) % 11) for i in rows], "y": [labels[(i * i) % 3 % 2] for i in rows]}
    )


def test_a_table_models_the_class_in_question_and_says_otherwise_on_request():
    frame = frame_of(["well", "ill"])
    usual, other = make_problem(frame, "y"), make_problem(frame, "y", classes=["ill", "well"])
    assert usual.classes == ("well", "ill")
    assert other.classes == ("ill", "well")
    coefs = [fit_path(problem, n_lambdas=3).coef_path for problem in (usual, other)]
    assert coefs[0] == pytest.approx(-coefs[1], abs=1e-9)


def test_another_order_of_the_classes_deals_the_same_rows():
    frame = frame_of(["well", "ill"])
    problems = [make_problem(frame, "y", classes=list(c)) for c in permutations(("ill", "well"))]
    splits = [split_problem(problem, seed=3) for problem in problems]
    assert splits[0].test_rows.tolist() == splits[1].test_rows.tolist()
    folds = [make_folds(problem, n_folds=5, seed=3) for problem in problems]
    assert folds[0].tolist() == folds[1].tolist()
    pairs = [deal_halves(problem, 3, 3) for problem in problems]
    assert [[half.tolist() for half in pair] for pair in pairs[0]] == [
        [half.tolist() for half in pair] for pair in pairs[1]
    ]


def test_two_ways_to_write_one_question_give_one_path():
    paths = [
        run_study(frame_of(labels), Recipe("y", n_lambdas=5, test_size=0.0)).path
        for labels in (["nein", "ja"], ["control", "case"], [0, 1], [False, True])
    ]
    for path in paths[1:]:
        assert path.coef_path == pytest.approx(paths[0].coef_path, abs=1e-9)


def test_arrays_keep_the_order_of_scikit_learn():
    frame = frame_of(["well", "ill"])
    assert Problem.from_arrays(frame[["x"]], frame["y"]).classes == ("ill", "well")
