"""The strength strip: each system's number goes to exactly its model."""

import numpy as np
import pytest

import regpath
from regpath.core.conversions.parametrizations import PARAMETRIZATIONS
from regpath.ui.session.state import Key
from tests.ui.conftest import plain


def field(at, system, page="explore"):
    start = Key.GO_TO.of(f"{page}:{system}:")
    (found,) = [each for each in at.text_input if str(each.key).startswith(start)]
    return found


def shown(at, page="explore"):
    """What each field says."""
    start = Key.GO_TO.of(f"{page}:")
    fields = [each for each in at.text_input if str(each.key).startswith(start)]
    return {str(each.key).removeprefix(start).split(":")[0]: each.value for each in fields}


def unfold(page, where="explore"):
    """Open what holds the other systems' fields."""
    page.at.session_state[Key.OTHER_SYSTEMS.of(where)] = True
    page.at.run()
    return page


def mix_field(at, system, page="explore"):
    start = Key.MIX_TO.of(f"{page}:{system}:")
    (found,) = [each for each in at.text_input if str(each.key).startswith(start)]
    return found


def type_into(page, system, text, where="explore"):
    field(page.at, system, where).set_value(text).run()
    return page


def lam_of(page):
    lambdas = page.arrays["lambdas"]
    command = page.data["command"]
    return float(lambdas[page.data["index"] if command is None else command["index"]])


def test_every_system_of_the_family_has_a_field_with_its_own_number(page):
    page.release(40)
    assert set(shown(page.at)) == {"lambda", "C"}  # others only if asked
    unfold(page)
    lam = float(page.arrays["lambdas"][40])
    said = shown(page.at)
    table = regpath.parametrizations(lam, n=426, family="binomial", l1_ratio=1.0)
    assert set(said) == {n for n, f in PARAMETRIZATIONS.items() if f.serves("binomial", None)} - {
        "logistic_alpha"  # until a release of scikit-learn has it
    }
    for name, value in said.items():
        if name in table.index:
            assert float(value) == pytest.approx(table.loc[name, "value"], rel=1e-5)
        else:
            assert value == ""  # of another penalty
    text = page.html + "".join(each.value for each in page.at.caption)
    for words in ("n = 426 training rows", "standard deviation over n", "larger is weaker"):
        assert words in plain(text)


def test_a_number_is_fit_and_certified_exactly_there(page):
    page.release(3, {"axis": "norm"})
    type_into(page, "C", "1")
    assert page.fine()
    assert len(page.arrays["lambdas"]) == 101
    assert page.data["index"] == int(np.argmin(np.abs(page.arrays["lambdas"] - 1 / 426)))
    assert lam_of(page) == 1 / 426
    assert page.arrays["converged"][page.data["index"]]
    assert page.data["view"] == {"axis": "norm"}
    assert "fit and certified exactly here" in page.html
    assert shown(page.at)["C"] == "1"
    assert page.address["extra_lambdas"] == repr(1 / 426)
    type_into(page, "lambda", "0,02")
    assert (len(page.arrays["lambdas"]), lam_of(page)) == (101, 0.02)


def test_a_number_of_the_grid_only_moves_the_cursor(page):
    page.release(3)
    lambdas = page.arrays["lambdas"]
    type_into(page, "lambda", repr(float(lambdas[7])))
    assert page.data["command"] == {"n": 1, "index": 7, "heard": 0}
    assert len(page.arrays["lambdas"]) == 100
    assert "exactly here" not in page.html


@pytest.mark.parametrize(
    ("system", "text", "lam", "l1_ratio"),
    [
        ("gauss_variance", "0,1", 1 / (426 * 0.1), 0.0),
        ("weka", "0.5", 1 / 426, 0.0),
        ("laplace_variance", "0.1", np.sqrt(20) / 426, 1.0),
    ],
)
def test_a_number_of_another_penalty_opens_that_model(page, system, text, lam, l1_ratio):
    type_into(unfold(page), system, text)
    assert page.fine()
    assert lam_of(page) == pytest.approx(lam, rel=1e-12)
    assert page.at.radio(key=Key.PENALTY).value == ("L2" if l1_ratio == 0.0 else "L1")
    assert float(shown(page.at)[system]) == pytest.approx(float(text.replace(",", ".")), rel=1e-5)


def test_what_is_no_strength_gets_a_sentence_and_stays_to_be_mended(page):
    page.release(3)
    unfold(page)
    for text, words in [("strong", "strong is no number"), ("1,000", "could be"), ("0", "above 0")]:
        type_into(page, "weka", text)
        (said,) = page.errors
        assert said.startswith("Weka Logistic R:")
        assert words in said
        assert shown(page.at)["weka"] == text
        assert page.data["command"] is None
    type_into(page, "C", "inf")
    assert "Without any penalty" in page.errors[0]
    page.release(4)
    assert page.fine()
    assert shown(page.at)["weka"] == ""


def test_amounts_have_the_alphas_of_ridge_and_glmnets_own_mix(open_page):
    page = unfold(open_page(data="diabetes", l1_ratio="0"))
    type_into(page, "ridge_alpha", "50")
    assert lam_of(page) == 50 / 331
    study = regpath.run_study(
        regpath.datasets.load("diabetes"), regpath.Recipe("progression", l1_ratio=0.0)
    )
    sd = study.train.y.std()
    assert float(shown(page.at)["glmnet"]) == pytest.approx(50 / 331 * sd, rel=1e-5)
    type_into(page, "lasso2", "662")
    assert page.at.radio(key=Key.PENALTY).value == "L1"
    assert lam_of(page) == pytest.approx(1.0, rel=1e-12)


@pytest.mark.parametrize(
    ("query", "lam", "penalty"),
    [
        ({"C": "1"}, 1 / 426, "L1"),
        ({"gauss_variance": "0,1"}, 1 / 42.6, "L2"),
        ({"weka": "0.5"}, 1 / 426, "L2"),
        ({"lambda": "0.0123"}, 0.0123, "L1"),
        ({"glmnet": "0.02", "l1_ratio": "0.5"}, 0.02, "Elastic net"),
    ],
)
def test_a_link_in_another_systems_words_opens_its_model(open_page, query, lam, penalty):
    page = open_page(data="breast_cancer", **query)
    assert page.fine()
    assert not page.at.info
    assert lam_of(page) == pytest.approx(lam, rel=1e-12)
    assert page.at.radio(key=Key.PENALTY).value == penalty
    again = open_page(**page.address)
    assert lam_of(again) == lam_of(page)
    assert again.payload == page.payload


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"C": "1", "weka": "0.5"}, "two strengths, 'C' and 'weka'"),
        ({"weka": "0.5", "l1_ratio": "1"}, "Weka Logistic R cannot say l1_ratio = 1"),
        ({"C": "1", "data": "diabetes"}, "not for the family 'gaussian'"),
        ({"C": "none"}, "'C' must be a number above 0"),
        ({"lasso_alpha": "1"}, "not for the family 'binomial'"),
    ],
)
def test_a_link_that_means_no_model_says_why(open_page, query, words):
    page = open_page(**({"data": "breast_cancer"} | query))
    assert page.fine()
    (said,) = [plain(info.value) for info in page.at.info]
    assert words in said


def test_the_strip_on_choose_moves_the_same_cursor(visit):
    page = visit("choose", data="iris")
    field(page.at, "C", "choose").set_value("2").run()
    assert page.fine()
    assert f"λ = {1 / (112 * 2):.4g}" in page.text
    assert shown(page.at, "choose")["C"] == "2"


def test_a_field_of_a_cursor_that_moved_is_a_new_one_that_no_late_text_can_reach(page):
    before = field(page.at, "C").key
    page.release(40)
    moved = field(page.at, "C").key
    assert moved != before
    type_into(page, "C", "2")
    assert field(page.at, "C").key == moved  # whoever types keeps the focus
    assert field(page.at, "C").value == "2"


def test_a_field_that_a_browser_still_has_moves_nothing_unless_it_was_typed_in(page):
    fields = [field(page.at, "lambda"), field(page.at, "C"), mix_field(page.at, "lambda")]
    late = [each._widget_state for each in fields]
    page.release(40).release(60)
    page.resend(late)
    assert page.fine()
    assert len(page.arrays["lambdas"]) == 100
    assert shown(page.at)["lambda"] == f"{page.arrays['lambdas'][60]:.6g}"
    late[0].string_value = "0.05"  # but what was typed meanwhile is honoured
    page.resend(late[:1])
    assert page.fine()
    assert 0.05 in page.arrays["lambdas"]
    assert shown(page.at)["lambda"] == "0.05"


def test_the_mix_is_edited_at_the_same_strength(page):
    page.release(40)
    unfold(page)
    lam = float(page.arrays["lambdas"][40])
    mix_field(page.at, "lambda").set_value("0,3").run()
    assert page.fine()
    assert page.at.radio(key=Key.PENALTY).value == "Elastic net"
    assert (page.at.select_slider(key=Key.L1_RATIO).value, lam_of(page)) == (0.3, lam)
    assert mix_field(page.at, "glmnet").value == "0.3"
    mix_field(page.at, "h2o").set_value("0").run()
    assert page.at.radio(key=Key.PENALTY).value == "L2"
    assert lam_of(page) == lam


def test_glmnets_mix_of_amounts_keeps_glmnets_own_strength(open_page):
    page = unfold(open_page(data="diabetes", l1_ratio="0.5"))
    before = float(field(page.at, "glmnet").value)
    mix_field(page.at, "glmnet").set_value("0.25").run()
    assert page.fine()
    assert mix_field(page.at, "glmnet").value == "0.25"
    assert float(field(page.at, "glmnet").value) == pytest.approx(before, rel=1e-5)
    sd = regpath.run_study(
        regpath.datasets.load("diabetes"), regpath.Recipe("progression")
    ).train.y.std()
    ours = float(mix_field(page.at, "lambda").value)
    assert ours / (ours + (1 - ours) * sd) == pytest.approx(0.25, rel=1e-4)


def test_what_is_no_mix_gets_a_sentence_and_stays_to_be_mended(open_page):
    page = unfold(open_page(data="diabetes", l1_ratio="0.5"))
    for text, words in [("1.5", "from 0 (L2) to 1 (L1)"), ("half", "half is not")]:
        mix_field(page.at, "lambda").set_value(text).run()
        assert words in page.errors[0]
        assert mix_field(page.at, "lambda").value == text
    mix_field(page.at, "matlab_lasso").set_value("0").run()
    assert "cannot say l1_ratio = 0" in page.errors[0]
    mix_field(page.at, "matlab_lasso").set_value("1").run()
    assert page.fine()
    assert page.at.radio(key=Key.PENALTY).value == "L1"


@pytest.mark.parametrize(
    ("system", "text", "lam", "penalty"),
    [
        ("weka", "0.5", 1 / 112, "L2"),
        ("C", "2", 1 / 224, "L1"),
        ("lambda", "0.02", 0.02, "L1"),
        ("laplace_variance", "0.1", np.sqrt(20) / 112, "L1"),
    ],
)
def test_nothing_of_what_a_late_browser_has_counts_as_typed(open_page, system, text, lam, penalty):
    page = unfold(open_page(data="iris"))
    late = [each._widget_state for each in page.at.text_input]
    type_into(page, system, text)
    said = shown(page.at)
    for _ in range(2):
        page.resend(late)
        assert page.fine()
        assert (lam_of(page), shown(page.at)) == (pytest.approx(lam, rel=1e-12), said)
        assert page.at.radio(key=Key.PENALTY).value == penalty
    (own,) = [each for each in late if each.id == field(page.at, "glmnet")._widget_state.id]
    own.string_value = "0.03"  # but what was typed meanwhile is honoured
    page.resend(late)
    assert (lam_of(page), page.at.radio(key=Key.PENALTY).value) == (0.03, penalty)


def test_a_number_that_stood_there_before_may_be_typed_again(open_page):
    page = unfold(open_page(data="iris"))
    before = shown(page.at)
    type_into(page, "weka", "0.5")
    type_into(page, "laplace_variance", before["laplace_variance"])
    assert page.at.radio(key=Key.PENALTY).value == "L1"
    assert lam_of(page) == pytest.approx(float(before["lambda"]), rel=1e-5)
    type_into(page, "C", "2")
    type_into(page, "C", before["C"])
    assert lam_of(page) == pytest.approx(float(before["lambda"]), rel=1e-5)


def test_a_late_browser_moves_no_slider_back(visit):
    page = visit("choose", data="iris")
    first, late = page.slider.value, [page.slider._widget_state]
    field(page.at, "C", "choose").set_value("2").run()
    chosen = page.slider.value
    assert chosen != first
    page.resend(late)
    assert page.fine()
    assert page.slider.value == chosen
    moved = page.slider
    moved.set_value(chosen + 3).run()
    assert (page.slider.value, page.slider.key) == (chosen + 3, moved.key)  # and the focus stays
