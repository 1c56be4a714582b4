"""A score card: points that add up to the prediction."""

import re
from html.parser import HTMLParser

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import regpath
from regpath.export.score_card import MOST_POINTS, steps
from regpath.number_format import COMMA, writing
from tests.export.studies import bundled_study, counts_path, messy_study


@pytest.mark.parametrize("name", ["breast_cancer", "diabetes", "election_1996"])
@pytest.mark.parametrize("index", [5, 12, 19])
def test_points_add_up_to_the_prediction(name, index):
    study = bundled_study(name)
    lam = study.path.lambdas[index]
    card = regpath.export.score_card(study, lam)
    told = card.outcome(card.total(study.table))
    eta = study.path.predict_proba(study.table, lam)[:, 1] if study.path.classes else None
    expected = study.path.predict(study.table, lam) if eta is None else eta
    np.testing.assert_allclose(told, expected, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("choices", [{}, {"coding": "reference"}, {"missing": "impute"}])
def test_codings_and_products_are_kept(choices):
    study = messy_study(**choices)
    card = regpath.export.score_card(study, study.path.lambdas[15])
    told = card.outcome(card.total(study.table))
    expected = study.path.predict_proba(study.table, study.path.lambdas[15])[:, 1]
    np.testing.assert_allclose(told, expected, rtol=1e-9, atol=1e-12)


def test_a_card_is_written_in_the_signs_of_its_reader():
    study = bundled_study("diabetes")
    card = regpath.export.score_card(study, study.path.lambdas[8])
    with writing(COMMA):
        german = card.to_html()
    cells = [re.findall(r"<td>([^<]*)</td>", page) for page in (card.to_html(), german)]
    marks = [re.findall(r"<text[^>]*>([^<]*)</text>", page) for page in (card.to_html(), german)]
    for english, ours in (cells, marks):
        assert ours == [re.sub(r"(?<=\d)\.(?=\d)", ",", word) for word in english]
        assert ours != english


def test_points_on_the_card_are_those_of_its_rows():
    study = bundled_study("diabetes")
    card = regpath.export.score_card(study, study.path.lambdas[8])
    assert card.points["points"].min() == 0.0
    assert card.points["points"].max() == pytest.approx(MOST_POINTS)
    for feature, rows in card.points.groupby("feature"):
        slope = card.per_unit[feature]
        np.testing.assert_allclose(
            np.diff(rows["points"]), slope * np.diff(rows["value"]), rtol=1e-9, atol=1e-9
        )


def test_many_classes_have_no_single_sum():
    study = bundled_study("iris")
    with pytest.raises(regpath.ParameterError, match="each of 3 classes"):
        regpath.export.score_card(study, study.path.lambdas[9])


def test_without_a_feature_there_are_no_points():
    study = bundled_study("diabetes")
    with pytest.raises(regpath.ParameterError, match="no feature is kept"):
        regpath.export.score_card(study, study.path.lambdas[0])


class Tags(HTMLParser):
    """The tags that a browser would see."""

    def __init__(self):
        super().__init__()
        self.seen = set()
        self.links = []

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        self.links += [value for name, value in attrs if name in ("src", "href")]


def test_hostile_names_stay_text_and_nothing_is_fetched(tmp_path):
    study = messy_study(l1_ratio=0.0)
    regpath.export.score_card(study, study.path.lambdas[15], tmp_path / "card.html")
    page = (tmp_path / "card.html").read_text(encoding="utf-8")
    tags = Tags()
    tags.feed(page)
    assert "&lt;b&gt;dose" in page
    assert not tags.seen & {"b", "script", "link", "img", "iframe"}
    assert tags.links == []
    assert not re.search(r"https?://(?!www\.w3\.org)", page)


ends = st.floats(-1e6, 1e6, allow_subnormal=False)


@given(ends, ends)
def test_steps_go_from_end_to_end(a, b):
    low, high = sorted((a, b))
    found = steps(low, high)
    assert found[0] == low
    assert found[-1] == high
    assert found == sorted(found)
    assert len(found) <= 16


def test_counts_are_told_for_one_unit_of_exposure():
    frame, path = counts_path()
    card = regpath.export.score_card(path, path.lambdas[12])
    told = card.outcome(card.total(frame.drop(columns="events")))
    expected = path.predict(frame.drop(columns="events"), path.lambdas[12], exposure=1.0)
    np.testing.assert_allclose(told, expected, rtol=1e-9)
    assert "for one unit of years" in card.to_html()
