"""What a report says is what was found, of every family, and names in it stay text."""

import re

import numpy as np
import pandas as pd
import pytest

import regpath
from regpath.export.reporting.subject import subject_of
from regpath.number_format import COMMA, writing
from tests.export.reporting.reading import Page
from tests.export.studies import bundled_study, messy_study

SECTIONS = (
    *("In short", "Question", "Data and repairs", "Flow of rows", "What the columns held", "Path"),
    *("Choice of the strength", "Scores", "Calibration", "Coefficients", "Stability", "Warnings"),
    *("The test set", "How to repeat it"),
)
HOSTILE = (
    "</style><script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "{{ 7 * 7 }}{% raw %}",
    "=cmd|' /C calc'!A0",
)


def counts_study():
    rng = np.random.default_rng(8)
    n = 160
    frame = pd.DataFrame({"age": rng.normal(40.0, 9.0, n), "city": rng.choice(["Oslo", "Rio"], n)})
    frame["years"] = rng.uniform(0.5, 4.0, n)
    rate = np.exp(0.05 * (frame["age"] - 40.0) + 0.9 * (frame["city"] == "Rio"))
    frame["events"] = rng.poisson(rate * frame["years"])
    recipe = regpath.Recipe(
        "events", family="poisson", exposure="years", n_lambdas=20, n_folds=4, rule="min"
    )
    return regpath.run_study(regpath.Table.from_frame(frame, name="events"), recipe)


STUDIES = {
    "amounts": lambda: bundled_study("diabetes", n_folds=4),
    "two classes": lambda: messy_study(n_folds=4, rule="min"),
    "several classes": lambda: bundled_study("penguins", n_folds=4),
    "counts": counts_study,
}


@pytest.mark.parametrize("kind", STUDIES)
def test_a_report_of_every_family_says_all_and_its_table_predicts(kind):
    study = STUDIES[kind]()
    lam = float(study.path.lambdas[10])
    page = Page(regpath.export.report(study, lam=lam))
    assert all(section in page.text for section in SECTIONS)
    rows = page.table(f"The {kept(study, lam)}")
    eta = predictor(study, rows)
    expected = study.path.decision_path(study.train)[..., study.path.index_of(lam)]
    spread = np.abs(expected).max()
    np.testing.assert_allclose(eta, expected, atol=1e-8 * spread)


def kept(study, lam):
    n = int(study.path.n_nonzero[study.path.index_of(lam)])
    return f"{n} feature"


def predictor(study, rows):
    """The linear predictor of the training rows, from the report's table of coefficients alone."""
    outputs = len(study.path.classes) if study.path.loss.per_class else 1
    names = list(study.path.feature_names)
    total = np.zeros((study.train.n_obs, outputs))
    for name, *cells in rows[1:]:
        coefs = np.array([float(cell) for cell in cells[:outputs]])
        X = 1.0 if name == "intercept" else study.train.X[:, [names.index(name)]]
        total += X * coefs
    if study.train.offset is not None:
        total += study.train.offset[:, None]
    return total if outputs > 1 else total[:, 0]


def test_scores_are_those_of_the_study_and_the_test_has_an_interval():
    study = bundled_study("breast_cancer", n_folds=4)
    cv = regpath.validate_study(study)
    page = Page(regpath.export.report(study, cv=cv))
    index = regpath.choose_strength(study, cv).index
    line = next(row for row in page.table("Scores at") if row[0] == "log-loss")
    assert float(line[2]) == pytest.approx(study.scores_of("train")["log_loss"][index], rel=1e-3)
    held, error = map(float, line[3].split(" ± "))
    assert held == pytest.approx(cv.mean[index], rel=1e-3)
    assert error == pytest.approx(cv.se[index], rel=0.05)
    test, _, interval = line[4].partition(" ")
    low, high = map(float, interval.strip("[]").split(", "))
    assert low < float(test) < high
    assert float(test) == pytest.approx(study.scores_of("test")["log_loss"][index], rel=1e-3)


def hostile_study():
    rng = np.random.default_rng(3)
    n = 120
    frame = pd.DataFrame(rng.normal(size=(n, 3)), columns=list(HOSTILE[:3]))
    frame["words"] = rng.choice(["<b>bold</b>", "</svg><script>alert(3)</script>", "c"], n)
    signal = frame[HOSTILE[0]] - frame[HOSTILE[1]] + rng.logistic(size=n)
    frame[HOSTILE[3]] = np.where(signal > 0, "<i>yes</i>", "<u>no</u>")
    table = regpath.Table.from_frame(frame, name="<script>alert(4)</script>.csv")
    return regpath.run_study(table, regpath.Recipe(HOSTILE[3], n_lambdas=20, n_folds=4))


def test_hostile_names_and_values_stay_text_and_nothing_is_loaded():
    study = hostile_study()
    text = regpath.export.report(study, lam=study.path.lambdas[9], form="clinical")
    page = Page(text)
    assert not page.tags & {"script", "img", "iframe", "object", "link rel=stylesheet", "b", "i"}
    assert all(name in page.text for name in HOSTILE)
    assert "<script>alert(4)</script>.csv" in page.text
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    places = [value for name, value in page.attributes if name in ("href", "src", "action")]
    assert all(place.startswith(("#", "data:,")) for place in places)
    assert "default-src 'none'" in text


def test_sealed_scores_are_in_no_part_and_openings_are_counted():
    study = bundled_study("breast_cancer", n_folds=4, seal=True)
    cv = regpath.validate_study(study)
    closed = Page(regpath.export.report(study, cv=cv))
    assert "has not been opened" in closed.text
    assert "in no part of this report" in closed.text
    assert not [head for head in closed.table("Scores at")[0] if head.startswith("test")]
    assert not [caption for caption in closed.tables if caption.endswith("test rows")]
    twice = regpath.run_study(study.table, study.recipe, openings=1).opened()
    assert "was opened 2 times" in Page(regpath.export.report(twice, cv=cv)).text


def test_a_strength_by_hand_is_honoured_exactly_and_told_from_the_rule():
    study = bundled_study("diabetes", n_folds=4)
    page = Page(regpath.export.report(study, lam=1.2345))
    assert "λ = 1.2345" in page.text
    assert "chosen by hand; the rule" in page.text


def test_choosing_where_the_test_is_best_is_told():
    study = bundled_study("diabetes", n_folds=4)
    cv = regpath.validate_study(study)
    best = regpath.best_on_test(study)
    page = Page(regpath.export.report(study, lam=best.lam, cv=cv))
    assert ("have helped to choose" in page.text) == (
        best.index != regpath.choose_strength(study, cv).index
    )


def test_stability_is_said_or_said_to_be_missing():
    study = bundled_study("diabetes", n_folds=4)
    assert "was not assessed" in Page(regpath.export.report(study)).text
    found = regpath.assess_stability(study.train, study.path, n_pairs=4)
    page = Page(regpath.export.report(study, stability=found))
    rows = page.table("Selected in how many of 8 halves")
    assert {row[0] for row in rows[1:]} == set(study.path.feature_names)


def test_rows_that_cannot_be_validated_are_reported_at_a_strength_that_is_said():
    study = bundled_study("four_points", test_size=0.0, n_folds=10)
    with pytest.raises(regpath.RegpathError):
        regpath.export.report(study)
    page = Page(regpath.export.report(study, lam=study.path.lambdas[5]))
    assert "There is no choice by validation" in page.text


def test_results_of_another_path_and_unknown_forms_are_refused():
    study, other = bundled_study("diabetes"), bundled_study("iris")
    with pytest.raises(regpath.ParameterError, match="of the study's own path"):
        regpath.export.report(study, cv=regpath.validate_study(other))
    with pytest.raises(regpath.ParameterError, match="form"):
        regpath.export.report(study, form="poster")


def test_what_is_given_is_not_computed_again():
    study = bundled_study("iris", n_folds=4)
    cv = regpath.validate_study(study)
    subject = subject_of(study, None, cv, None, ())
    assert subject.cv is cv
    assert subject.alarms == ()
    assert "No alarm went off" in Page(regpath.export.report(study, cv=cv, alarms=())).text


def test_a_report_is_written_to_a_file(tmp_path):
    study = bundled_study("iris", n_folds=4)
    text = regpath.export.report(study, tmp_path / "iris.html", lam=study.path.lambdas[5])
    assert (tmp_path / "iris.html").read_text(encoding="utf-8") == text


def test_a_report_with_decimal_commas_differs_by_signs_alone():
    study = bundled_study("penguins", n_folds=4)
    plain = regpath.export.report(study)
    with writing(COMMA):
        page = regpath.export.report(study)
    between = re.compile(r"(?<=\d)[.,](?=\d)")
    assert between.sub("", page) == between.sub("", plain)
    short = re.search(r"In short.*?</section>", page, re.DOTALL)[0]
    assert re.search(r"\d,\d", short)
    assert not re.search(r"\d\.\d", short)
    pictures = re.findall(r"<text[^>]*>([^<]*)</text>", page)
    assert any("," in words for words in pictures)
    assert not any(re.search(r"\d\.\d", words) for words in pictures)
    assert regpath.__version__ in page  # which is no number
