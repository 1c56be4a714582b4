"""A session leaves the app and comes back: data, reading, choices, strength, envelope, pin."""

import json

import numpy as np
import pytest

import regpath
from regpath import ReadOptions
from regpath.export.options_json import to_json
from regpath.export.session_file import Session, text_of
from regpath.ui.saved import OPEN, OPEN_READING, _override_of, _override_to_json
from regpath.ui.session.changes import changes
from regpath.ui.session.overrides import Override
from regpath.ui.session.seal import Envelope, rows_of, settings_of
from regpath.ui.session.state import Key

WRITE_UP = "regpath.ui.pages.predict.write_up.text_of"
QUERY = {"data": "breast_cancer", "target": "diagnosis", "n_lambdas": "15", "n_folds": "3"}


def patients(seed=1):
    rng = np.random.default_rng(seed)
    dose = rng.normal(size=70)
    ill = np.where(dose + rng.logistic(size=70) > 0, "ja", "nein")
    rows = [f"{dose[i]:.3f};{i % 7};{ill[i]}".replace(".", ",") for i in range(70)]
    return "\n".join(["dosis;tag;krank", *rows]).encode()


@pytest.fixture
def saved(monkeypatch):
    """The sessions that the page offers to save, the last one last."""
    found: list[Session] = []

    def keep(session):
        found.append(session)
        return text_of(session)

    monkeypatch.setattr(WRITE_UP, keep)
    return found


def test_a_bundled_session_comes_back_with_strength_and_choices(open_page, saved):
    page = open_page("predict", **QUERY, l1_ratio="0.5", rule="min")
    slider = page.at.select_slider[0]
    slider.set_value(4).run()
    file = text_of(saved[-1]).encode()
    assert saved[-1].bundled
    assert saved[-1].content is None
    other = open_page("predict", data="iris")
    other.upload("x.regpath", file)
    other.turn_to("predict")
    assert other.fine_here()
    assert other.at.session_state[Key.DATASET] == "breast_cancer"
    assert other.at.select_slider[0].value == 4
    again = saved[-1]
    assert again.recipe == saved[0].recipe
    assert again.lam == regpath.load_session(file).lam


def test_a_file_comes_back_with_how_it_was_read_only_if_its_data_were_asked_for(open_page, saved):
    page = open_page("predict")
    page.upload("klinik.csv", patients())
    page.turn_to("predict")
    page.at.selectbox(key=Key.TARGET.of(owner_of(page))).set_value("krank").run()
    page.turn_to("data")
    repair = next(each for each in page.at.toggle if "repair" in each.key and "decimal" in each.key)
    repair.set_value(False).run()
    page.turn_to("predict")
    assert page.fine_here()
    without = saved[-1]
    assert without.content is None
    assert without.options.kept
    page.at.checkbox(key=Key.WITH_DATA).check().run()
    assert saved[-1].content == patients()
    for session in (without, saved[-1]):
        other = open_page("explore")
        other.upload("x.regpath", text_of(session).encode())
        if session.content is None:
            told = "".join(each.value for each in other.at.info)
            assert "holds no data" in told
            assert "Choices were kept, the file was not." in told
            other.upload("renamed.csv", patients())
        other.turn_to("predict")
        assert other.fine_here()
        assert saved[-1].digest == session.digest
        assert saved[-1].recipe == session.recipe
        assert saved[-1].options == session.options


def owner_of(page):
    upload = page.at.session_state[Key.BROUGHT]
    return f"upload/{upload.file_id}"


def test_another_file_than_the_sessions_is_told_and_opened_without_its_choices(open_page, saved):
    page = open_page("predict")
    page.upload("klinik.csv", patients())
    page.turn_to("predict")
    session = saved[-1]
    other = open_page("explore")
    other.upload("x.regpath", text_of(session).encode())
    other.upload("klinik.csv", patients(seed=2))
    assert "is not the file of the session" in "".join(each.value for each in other.at.warning)


def test_looks_at_the_test_stay_counted_and_an_older_session_takes_none_back(open_page, saved):
    page = open_page("predict", **QUERY, seal="True")
    before = text_of(saved[-1]).encode()
    rows, settings = rows_and_settings()
    page.at.session_state[Key.OPENINGS] = {rows: Envelope(2, frozenset({settings}))}
    page.turn_to("predict")
    assert saved[-1].seal.openings == 2
    after = text_of(saved[-1]).encode()
    other = open_page("predict", data="iris")
    other.upload("x.regpath", after)
    other.turn_to("predict")
    assert saved[-1].seal.openings == 2
    other.at.radio(key=Key.SOURCE).set_value("Your file").run()
    other.upload("y.regpath", before)
    other.turn_to("predict")
    assert saved[-1].seal.openings == 2


def rows_and_settings():
    query = "&".join(f"{k}={v}" for k, v in QUERY.items() if k != "data")
    recipe = regpath.Recipe.from_query(f"{query}&seal=True&family=binomial")
    study = regpath.run_study(regpath.datasets.load("breast_cancer"), recipe)
    return rows_of(study), settings_of(study)


def test_what_was_pinned_is_pinned_again(open_page, saved):
    page = open_page("compare", **QUERY)
    page.at.button_group(key=Key.SECTION.of("compare")).set_value("A against B").run()
    page.at.button(key="pin").click().run()
    page.turn_to("predict")
    file = text_of(saved[-1]).encode()
    other = open_page("explore", data="iris")
    other.upload("x.regpath", file)
    assert other.fine_here()
    mine, pin = page.at.session_state[Key.PINNED], other.at.session_state[Key.PINNED]
    assert (pin.lam, pin.title) == (mine.lam, mine.title)
    assert pin.study.recipe == mine.study.recipe


def test_the_two_features_that_are_drawn_come_back(open_page, saved):
    page = open_page("compare", **QUERY, section="Geometry")
    digest = regpath.datasets.load("breast_cancer").digest
    page.at.selectbox(key=Key.UPWARDS.of(digest)).set_value("mean_area").run()
    page.at.selectbox(key=Key.OTHERS.of(digest)).set_value("Fitted again").run()
    page.turn_to("predict")
    other = open_page("explore", data="iris")
    other.upload("x.regpath", text_of(saved[-1]).encode())
    other.turn_to("compare")
    assert other.fine_here()
    for key in (Key.ACROSS, Key.UPWARDS, Key.OTHERS):
        mine = page.at.session_state[key.of(digest)]
        assert other.at.selectbox(key=key.of(digest)).value == mine
    assert other.at.selectbox(key=Key.UPWARDS.of(digest)).value == "mean_area"


@pytest.mark.parametrize("change", ["digest", "override", "pin"])
def test_a_session_that_was_changed_is_refused_with_a_sentence(open_page, saved, change):
    page = open_page("predict")
    page.upload("klinik.csv", patients())
    page.turn_to("predict")
    page.at.checkbox(key=Key.WITH_DATA).check().run()
    session = saved[-1]
    if change == "digest":
        content = json.loads(text_of(session))
        content["session"]["lambda"] = 1.0
        file = json.dumps(content).encode()
    else:
        broken = {"override": {"overrides": {"x": {"text": 1}}}, "pin": {"pin": {"recipe": 3}}}
        app = dict(session.app) | broken[change]
        file = text_of(Session(**{**vars(session), "app": app})).encode()
    other = open_page("explore")
    other.upload("x.regpath", file)
    told = "".join(each.value for each in other.at.warning)
    assert "changed after it was written" in told or "does not know" in told


def test_overrides_come_back_with_what_they_are_about():
    table = regpath.read_table(patients())
    for repair in table.diagnosis.repairs:
        undo = repair.undo or regpath.ReadOptions()
        override = Override("words", changes(regpath.ReadOptions(), undo), repair, 1)
        told = json.loads(json.dumps(_override_to_json(override)))
        assert _override_of(told) == override


def test_the_app_opens_what_the_shell_named(open_page, saved, tmp_path, monkeypatch):
    open_page("predict", **QUERY)
    file = tmp_path / "x.regpath"
    file.write_text(text_of(saved[-1]), encoding="utf-8")
    monkeypatch.setenv(OPEN, str(file))
    page = open_page("predict")
    assert page.fine_here()
    assert page.at.session_state[Key.DATASET] == "breast_cancer"
    table = tmp_path / "klinik.csv"
    table.write_bytes(patients())
    monkeypatch.setenv(OPEN, str(table))
    page = open_page("predict")
    assert page.at.session_state[Key.BROUGHT].name == "klinik.csv"
    reading = {"words": "--header-rows 0", "options": to_json(ReadOptions(header_rows=0))}
    monkeypatch.setenv(OPEN_READING, json.dumps(reading))
    page = open_page("data")
    field = page.find("number_input", Key.FIELD, "Rows of the header")
    assert field.value == 0
    assert page.columns.index.tolist() == ["column 1", "column 2", "column 3"]
    monkeypatch.delenv(OPEN_READING)
    monkeypatch.setenv(OPEN, str(tmp_path / "gone.regpath"))
    page = open_page("predict")
    assert "cannot be read" in "".join(each.value for each in page.at.warning)


def test_what_is_open_marked_and_locked_on_pages_comes_back(open_page, saved):
    page = open_page("choose", **QUERY)
    page.at.button_group(key=Key.SECTION.of("choose")).set_value("Calibration").run()
    page.at.session_state[Key.MARKED] = ["aic"]
    page.at.session_state[Key.ANSWERS] = {"twins": [0.8], "peeking": [0.1]}
    page.turn_to("predict")
    page.decimal(Key.CUT.of(saved[-1].digest)).set_value("0.2").run()
    file = text_of(saved[-1]).encode()
    other = open_page("explore", data="iris")
    other.at.session_state[Key.ANSWERS] = {"twins": [0.5, 1]}
    other.upload("x.regpath", file)
    other.turn_to("choose")
    assert other.fine_here()
    state = other.at.session_state
    assert state[Key.SECTION.of("choose")] == "Calibration"
    assert state[Key.MARKED] == ["aic"]
    # What is locked in is not taken back by an older session.
    assert state[Key.ANSWERS] == {"twins": [0.5, 1], "peeking": [0.1]}
    other.turn_to("predict")
    assert other.decimal(Key.CUT.of(saved[-1].digest)).value == "0.2"


@pytest.mark.parametrize(
    "pages",
    [
        {"numbers": {"n_pairs": "x"}},
        {"sections": [1]},
        {"cut": "x"},
        {"picture": 5},
        {"answers": 3},
        7,
    ],
)
def test_pages_that_this_app_does_not_know_are_refused_with_a_sentence(open_page, saved, pages):
    open_page("predict", **QUERY)
    app = dict(saved[-1].app) | {"pages": pages}
    file = text_of(Session(**{**vars(saved[-1]), "app": app})).encode()
    other = open_page("explore", data="iris")
    other.upload("x.regpath", file)
    assert "does not know" in "".join(each.value for each in other.at.warning)


def test_nothing_of_one_file_is_in_the_session_of_another(open_page, saved):
    page = open_page("predict")
    page.upload("klinik.csv", patients())
    page.turn_to("predict")
    page.at.radio(key=Key.SOURCE).set_value("Bundled").run()
    page.turn_to("predict")
    assert saved[-1].bundled
    assert saved[-1].app["overrides"] == {}
