"""Presets of other courses: exactly their strengths, and what they are said to show."""

import numpy as np
import pytest

from regpath import lessons
from regpath.errors import ParameterError
from regpath.lessons.presets import presets

PRESETS = presets()
CLAIMS = [(preset, claim) for preset in PRESETS for claim in preset.claims]
TEN = np.logspace(-4, 4, 10)


@pytest.mark.parametrize(
    ("preset", "claim"), CLAIMS, ids=[f"{a.title[:20]}: {b.says[:60]}" for a, b in CLAIMS]
)
def test_what_a_preset_claims_holds_on_its_data(preset, claim):
    assert claim.check() is True


def test_each_course_is_there_with_exactly_its_strengths():
    ten, seven, caret, none = PRESETS
    for preset, values in (
        (ten, TEN),
        (seven, 10.0 ** np.arange(-3, 4)),
        (none, [1, 1e2, 1e4, 1e6, 1e8]),
    ):
        study = preset.material.study
        of_c = 1.0 / (study.train.n_obs * study.path.lambdas)
        np.testing.assert_allclose(of_c, values, rtol=1e-12)
    assert caret.material.study.path.lambdas.tolist() == [0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1]
    assert caret.material.recipe.l1_ratio == 0.5
    for preset in PRESETS:
        assert preset.material.study.path.converged.all()
        assert preset.claims


def test_ten_values_of_c_are_those_of_scikit_learn():
    from sklearn.linear_model import LogisticRegression

    study = PRESETS[0].material.study
    rows = {part: getattr(study, part) for part in ("train", "test")}
    x = {part: (rows[part].X - study.path.x_mean) / study.path.x_scale for part in rows}
    for part in rows:
        ours = study.scores_of(part)["accuracy"].to_numpy()
        for at in (0, 4, 6):
            theirs = LogisticRegression(C=TEN[at], tol=1e-10, max_iter=100_000)
            theirs.fit(x["train"], rows["train"].y)
            assert theirs.score(x[part], rows[part].y) == pytest.approx(ours[at], abs=1e-12)


OWN = """
[[presets]]
title = "Mine"
says = "Two strengths."
data = "four_points"
[presets.recipe]
target = "y"
l1_ratio = 0.0
test_size = 0.0
lambdas = [1.0, 0.1]
"""


def test_a_teachers_folder_has_presets_of_its_own_that_are_no_lesson(tmp_path):
    (tmp_path / "presets.toml").write_text(OWN, encoding="utf-8")
    found = presets(tmp_path)
    assert [each.title for each in found] == [*(each.title for each in PRESETS), "Mine"]
    assert found[-1].material.study.path.lambdas.tolist() == [1.0, 0.1]
    assert lessons.catalog(tmp_path) == lessons.catalog()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("says =", "said =", r"presets.toml: presets 1: A preset has no field 'said'"),
        ('title = "Mine"', "", r"presets 1: A preset needs 'title'"),
        ("0.1]", "-0.1]", r"presets 1: recipe: .*'lambdas'.*positive number. Got -0.1"),
        ("[presets.recipe]", "C = [1.0]\n[presets.recipe]", r"presets 1: .*either C or lambdas"),
        ("lambdas = [1.0, 0.1]", "lambdas = []", r"at least one positive number"),
        ("four_points", "five_points", r"no data 'five_points'"),
    ],
)
def test_what_is_wrong_with_a_preset_is_said_with_its_place(old, new, message, tmp_path):
    assert old in OWN
    (tmp_path / "presets.toml").write_text(OWN.replace(old, new), encoding="utf-8")
    with pytest.raises(ParameterError, match=message):
        presets(tmp_path)
