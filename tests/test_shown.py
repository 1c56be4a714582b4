"""In a notebook every result is a few lines of HTML in which names stay text."""

import numpy as np
import pandas as pd
import pytest

import regpath

EVIL = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def shown():
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(rng.normal(size=(60, 3)), columns=["a", EVIL, "c"])
    frame["y"] = np.where(frame["a"] + rng.normal(size=60) > 0, EVIL, "no")
    table = regpath.Table.from_frame(frame, name=EVIL)
    study = regpath.run_study(table, regpath.Recipe("y", n_lambdas=8, n_folds=4))
    cv = regpath.validate_study(study)
    choice = regpath.choose_strength(study, cv)
    model = regpath.Model.from_study(study, choice.lam)
    stability = regpath.assess_stability(study.train, study.path, n_pairs=4)
    return {
        "table": table,
        "study": study,
        "path": study.path,
        "cv": cv,
        "choice": choice,
        "model": model,
        "rows": regpath.score_rows(model, table),
        "stability": stability,
        "stable": stability.stable_set(max_false=2.0),
        "threshold": regpath.choose_threshold(cv, study.train, choice.lam),
        "best": regpath.best_on_test(study),
        "separation": regpath.find_separation(study.train),
        "parts": regpath.contributions(study.path, study.train.X[0]),
        "factors": regpath.adaptive_factors(study.train),
        "session": regpath.export.session(study, lam=choice.lam),
        "card": regpath.export.score_card(study, choice.lam),
        "alarm": regpath.find_alarms(table.frame.assign(b=frame["y"]), study.recipe)[0],
    }


NAMES = (
    "table",
    "study",
    "path",
    "cv",
    "choice",
    "model",
    "rows",
    "stability",
    "stable",
    "threshold",
    "best",
    "separation",
    "parts",
    "factors",
    "session",
    "card",
    "alarm",
)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_short_and_names_stay_text(name, shown):
    html = shown[name]._repr_html_()
    assert html.startswith("<div><strong>")
    assert "<script" not in html
    assert len(html) < 12_000


def test_the_first_rows_of_the_frame_are_there(shown):
    html = shown["cv"]._repr_html_()
    assert html.count("<tr") == 6
    assert "of 8 rows" in html
