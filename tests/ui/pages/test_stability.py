import numpy as np

import regpath
from regpath.ui.session.state import Key

TWINS = {"data": "twins", "target": "response", "n_lambdas": "20"}


def study_of(query):
    text = "&".join(f"{k}={v}" for k, v in query.items() if k != "data")
    return regpath.run_study(regpath.datasets.load(query["data"]), regpath.Recipe.from_query(text))


def test_frequencies_bound_and_swaps_are_those_of_the_core(visit):
    page, study = visit("stability", **TWINS), study_of(TWINS)
    page.at.number_input(key=Key.N_PAIRS).set_value(10).run()
    assert page.fine()
    found = regpath.assess_stability(study.train, study.path, n_pairs=10)
    stable = found.stable_set()
    assert stable.reason.replace("lambda", "λ") in page.text
    drawn = {trace["name"] for trace in page.chart(0)["data"]}
    assert set(stable.features) <= drawn
    pairs = found.swaps()
    if len(pairs):
        assert f"**{pairs['a'].iloc[0]}** and **{pairs['b'].iloc[0]}**" in page.text
    page.press("Choose λ")
    assert page.index == stable.index


def test_the_same_seed_counts_the_same_and_another_does_not(visit):
    tables = []
    for seed in (0, 0, 1):
        page = visit("stability", **TWINS)
        page.at.number_input(key=Key.HALVES_SEED).set_value(seed).run()
        page.at.number_input(key=Key.N_PAIRS).set_value(5).run()
        tables.append(page.at.dataframe[0].value)
    assert tables[0].equals(tables[1])
    assert not np.allclose(tables[0].iloc[:, 3:], tables[2].iloc[:, 3:])


def test_ridge_is_told_that_there_is_nothing_to_count(visit):
    page = visit("stability", **TWINS, l1_ratio="0.0")
    assert page.fine()
    assert "no selection to count" in page.text


def test_counting_on_many_rows_is_asked_for(visit, monkeypatch):
    monkeypatch.setattr("regpath.ui.session.work.AT_ONCE", 0.0)
    page = visit("stability", **TWINS, seed="3")
    assert page.offers("Count selections on 100 halves")
    assert not page.at.get("plotly_chart")
