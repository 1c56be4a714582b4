import json
import re
from threading import Event, Thread

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1.element_tree import Block

import regpath
from regpath.choosing import validate_study
from regpath.errors import RegpathError
from regpath.explorer import start_index
from regpath.ui.controls.source import SAMPLES
from regpath.ui.session import validation
from regpath.ui.session.results import StudyResults
from regpath.ui.session.state import Key
from regpath.ui.session.waiting import AS_USUAL, PATIENCE
from regpath.ui.workers.task import Task
from regpath.ui.workers.worker import End
from regpath.wording import number_text


def toy_csv(n=60, seed=0, target="ill") -> bytes:
    rng = np.random.default_rng(seed)
    a, b = rng.normal(size=(2, n))
    y = np.where(a + 0.5 * b + rng.normal(size=n) > 0, "yes", "no")
    rows = "".join(f"{i:.4f},{j:.4f},{k}\n" for i, j, k in zip(a, b, y, strict=True))
    return f"a,b,{target}\n{rows}".encode()


def test_first_screen_holds_path_scores_and_rules_without_a_click(page):
    assert page.fine()
    sent = page.payload
    assert sent["target"] == "diagnosis"
    assert sent["parts"] == ["train", "test"]
    first = [score["name"] for score in sent["scores"] if score["at_first"]]
    assert first == ["accuracy", "log_loss"]
    assert [mark["rule"] for mark in sent["marks"]] == ["1se", "min"]
    assert page.data["index"] == sent["marks"][0]["index"]
    assert page.arrays["converged"].all()


def test_a_release_chooses_the_strength_and_sends_nothing_again(page):
    study = regpath.run_study(
        regpath.datasets.load("breast_cancer"),
        regpath.Recipe(target="diagnosis", family="binomial"),
    )
    before = page.data
    for index in (0, 37, 99):
        page.release(index)
        lam = study.path.lambdas[index]
        assert f"λ = {number_text(lam)}</b>" in page.html
        assert f"C = {number_text(study.path.Cs[index])}" in page.html
        assert page.data == before
        assert page.fine()


def test_choices_change_the_recipe_and_the_strength_survives_a_rerun(page):
    page.release(11)
    page.at.run()
    assert f"λ = {number_text(page.arrays['lambdas'][11])}</b>" in page.html
    page.at.radio(key=Key.PENALTY).set_value("Elastic net").run()
    page.at.select_slider(key=Key.L1_RATIO).set_value(0.25).run()
    assert "l1_ratio 0.25" in page.html
    page.at.toggle(key=Key.STANDARDIZE).set_value(False).run()
    page.at.number_input(key=Key.N_LAMBDAS).set_value(20).run()
    assert len(page.arrays["lambdas"]) == 20
    page.find("select_slider", Key.TEST_SIZE).set_value(0).run()
    assert "no test rows" in page.html
    assert page.payload["parts"] == ["train"]
    assert page.fine()


def test_each_data_set_keeps_its_own_choice(page):
    page.release(5, {"axis": "norm"})
    page.pick("wine")
    assert page.data["index"] == page.payload["marks"][0]["index"]
    page.release(8)
    page.pick("breast_cancer")
    assert page.data["index"] == 5
    assert page.data["view"] == {"axis": "norm"}


def test_a_report_about_other_data_is_not_taken_for_this_one(page):
    page.release(5)
    before = page.html
    page.release(80, owner="somebody else")
    assert page.html == before
    page.release(10**9)
    assert page.fine()


def test_without_folds_the_rule_is_another(page):
    page.at.toggle(key=Key.VALIDATE.of("quick")).set_value(False).run()
    sent = page.payload
    assert sent["validation"] is None
    assert [mark["rule"] for mark in sent["marks"]] == ["fit90"]
    assert page.fine()


def wait_for_job(page):
    _, job = page.at.session_state[Key.JOB]
    assert job.wait(240)
    page.at.run()


@pytest.fixture
def slow(monkeypatch):
    """Every validation takes too long to wait for."""
    monkeypatch.setattr("regpath.ui.pages.explore.page.AT_ONCE", -1.0)


def place_of_explorer(page, block=None, above=()):
    """Where the explorer stands on the page, block by block; the browser knows it by that."""
    for place, each in (page.at.main if block is None else block).children.items():
        here = (*above, place)
        if isinstance(each, Block):
            if found := place_of_explorer(page, each, here):
                return found
        elif each.type == "bidi_component" and '"payload"' in each.proto.json:
            return here
    return None


def test_the_explorer_keeps_its_place_while_folds_come_and_go(page, slow, monkeypatch):
    released, validate = Event(), validation.validate_study

    def later(study, progress=None):
        assert released.wait(240)
        return validate(study, progress=progress)

    monkeypatch.setattr(validation, "validate_study", later)
    page.bring("t.csv", toy_csv(seed=61))
    page.predict()
    pending = place_of_explorer(page)
    assert pending
    assert page.find("button", "stop_job")
    released.set()
    wait_for_job(page)
    assert page.payload["validation"] is not None
    assert place_of_explorer(page) == pending
    for urgent in (True, False):
        monkeypatch.setattr("regpath.ui.pages.explore.page.may_go_on", lambda *_, u=urgent: u)
        monkeypatch.setattr("regpath.ui.pages.explore.page._show_end", lambda *_: st.text("end"))
        page.at.run()
        assert place_of_explorer(page) == pending


def test_what_takes_a_while_is_validated_beside_the_page(page, slow):
    page.bring("t.csv", toy_csv(seed=31))
    page.predict()
    assert page.fine()
    assert page.payload["validation"] is None
    wait_for_job(page)
    assert page.fine()
    assert page.payload["validation"] is not None
    (first, *_) = page.payload["marks"]
    assert first["rule"] == "1se"
    assert page.data["command"]["index"] == first["index"]  # nobody had moved the cursor


def test_whoever_moved_the_cursor_meanwhile_keeps_the_place(page, slow, monkeypatch):
    released = Event()
    validate = validation.validate_study

    def later(study, progress=None):
        assert released.wait(240)
        return validate(study, progress=progress)

    monkeypatch.setattr(validation, "validate_study", later)
    page.bring("t.csv", toy_csv(seed=32))
    page.predict()
    elsewhere = page.data["index"] + 5
    page.release(elsewhere)
    released.set()
    wait_for_job(page)
    assert page.payload["validation"] is not None
    assert page.data["command"] is None
    assert page.at.session_state[Key.CHOICES][page.data["owner"]].index == elsewhere


def test_a_validation_beside_the_page_is_stopped_and_asked_for_again(page, slow, monkeypatch):
    at_work, go_on = Event(), Event()

    def endless(study, *, progress):
        at_work.set()
        go_on.wait(240)
        progress(0.5)
        return validate_study(study)

    monkeypatch.setattr("regpath.ui.session.validation.validate_study", endless)
    page.bring("t.csv", toy_csv(seed=33))
    page.predict()
    assert at_work.wait(240)
    page.find("button", "stop_job").click().run()
    go_on.set()
    wait_for_job(page)
    assert page.fine()
    assert "The cross-validation was stopped." in page.html
    wanted = page.at.toggle(key=Key.VALIDATE.of("quick"))
    wanted.set_value(False).run()
    page.at.toggle(key=Key.VALIDATE.of("quick")).set_value(True).run()
    wait_for_job(page)
    assert page.payload["validation"] is not None


class BusyPool:
    """Workers that compute in the thread that waits for them; others queue."""

    is_ready = True

    def __init__(self, queued):
        self.queued, self.requests = queued, []

    def state(self):
        return {"queued": self.queued}

    def submit(self, request, when_done):
        self.requests.append(request)
        task = Task(request, self, when_done)
        Thread(target=self.carry_out, args=(task,), daemon=True).start()
        return task

    def carry_out(self, task):
        try:
            task.finish(End.MADE, task.request.make(None))
        except RegpathError as error:
            task.finish(End.REFUSED, error, error)

    def drop(self, task):
        pass

    def share_of(self, task):
        return 0.0


@pytest.mark.parametrize(("queued", "waits"), [(0, True), (3, False)])
def test_a_chart_waits_for_quick_folds_only_where_nobody_else_waits(
    page, monkeypatch, queued, waits
):
    pool, go_on = BusyPool(queued), Event()
    validate = validation.validate_study

    def slow(study, progress=None):
        assert waits or go_on.wait(240)
        return validate(study, progress=progress)

    for module in ("regpath.ui.session.results", "regpath.ui.pages.explore.page"):
        monkeypatch.setattr(f"{module}.working_pool", lambda: pool)
    monkeypatch.setattr("regpath.ui.pages.explore.page.LOOK", 60.0)
    monkeypatch.setattr(validation, "validate_study", slow)
    page.bring("t.csv", toy_csv(seed=35 + queued))
    page.predict()
    assert page.fine()
    assert (page.payload["validation"] is not None) == waits
    go_on.set()
    wait_for_job(page)
    assert page.payload["validation"] is not None
    patience = {request.patience for request in pool.requests}
    assert patience == {0.0, PATIENCE}


def test_what_a_background_job_has_to_say_is_told_on_the_page(page, slow, monkeypatch):
    said, go_on, made = Event(), Event(), StudyResults.make

    def make(results, what, work, how=AS_USUAL):
        if how.say is not None:
            how.say("It is computed again.")
            said.set()
            assert go_on.wait(240)
        return made(results, what, work, how)

    monkeypatch.setattr(StudyResults, "make", make)
    page.bring("t.csv", toy_csv(seed=48))
    page.predict()
    told = [each.value for each in page.at.toast]
    assert said.wait(240)
    page.at.run()
    told += [each.value for each in page.at.toast]
    go_on.set()
    wait_for_job(page)
    assert told == ["It is computed again."]


def test_where_folds_cannot_be_made_a_note_says_why(page):
    rows = b"".join(
        b"%d,%d,%s\n" % (i % 3, i * i % 7, b"no" if i < 28 else b"yes") for i in range(30)
    )
    page.upload("rare.csv", b"a,b,ill\n" + rows)
    assert page.fine()
    assert page.payload["validation"] is None
    assert "No cross-validation:" in page.html


def test_secondary_charts_come_on_request_and_carry_no_cursor(page):
    assert not page.at.get("plotly_chart")
    page.at.toggle(key=Key.DETAILS).set_value(True).run()
    page.release(7)
    before = [chart.proto.spec for chart in page.at.get("plotly_chart")]
    assert len(before) == 2
    page.release(70)
    assert [chart.proto.spec for chart in page.at.get("plotly_chart")] == before
    assert all(json.loads(spec)["layout"]["template"] is not None for spec in before)


def test_choices_stay_when_data_or_penalty_go_and_come_back(page):
    page.at.radio(key=Key.PENALTY).set_value("Elastic net").run()
    page.at.select_slider(key=Key.L1_RATIO).set_value(0.75).run()
    page.at.radio(key=Key.PENALTY).set_value("L1").run()
    page.at.radio(key=Key.PENALTY).set_value("Elastic net").run()
    assert page.at.select_slider(key=Key.L1_RATIO).value == 0.75


@pytest.mark.parametrize(
    ("name", "view"),
    [("diabetes", "scatter"), ("penguins", "confusion"), ("four_points", "threshold")],
)
def test_each_family_has_its_own_outcome(page, name, view):
    page.pick(name)
    assert page.fine()
    assert page.payload["outcome"]["view"] == view


def test_another_file_never_shows_the_old_result(page):
    page.upload("one.csv", toy_csv(seed=1))
    first = page.payload["hash"]
    page.at.toggle(key=Key.VALIDATE.of("quick")).set_value(False).run()
    page.release(3)
    page.upload("one.csv", toy_csv(seed=2))
    assert page.fine()
    assert page.payload["hash"] != first
    study = regpath.run_study(
        regpath.read_table(toy_csv(seed=2)), regpath.Recipe(target="ill", family="binomial")
    )
    assert page.data["index"] == start_index(study.path)


def test_nothing_is_fit_to_a_file_before_it_is_said_what_is_predicted(page):
    page.bring("t.csv", toy_csv().replace(b"ill\n", b"ill,\n").replace(b"no\n", b"no,\n"))
    assert "What do you want to predict?" in page.html
    assert page.offers[0] == "Predict ill"
    assert not page.sent
    assert not page.errors
    page.find("button", Key.PREDICT, "Predict ill").click().run()
    assert page.fine()
    assert page.find("selectbox", Key.TARGET).value == "ill"
    assert "What do you want to predict?" not in page.html


def test_a_target_is_also_chosen_at_the_side_or_by_its_name(page):
    page.bring("t.csv", toy_csv())
    page.find("selectbox", Key.TARGET).set_value("b").run()
    assert page.fine()
    assert "target <b>b</b>" in page.html
    page.upload("u.csv", toy_csv(seed=2), "a")
    assert page.fine()
    assert "target <b>a</b>" in page.html


def test_a_target_with_a_telling_name_is_offered_first(page):
    content = b"label,x,z\n" + b"".join(b"%d,%d,%d\n" % (i % 2, i % 7, i % 5) for i in range(40))
    page.bring("t.csv", content)
    assert page.offers[0] == "Predict label"
    assert "50 %" in page.html


def test_where_no_column_can_be_predicted_it_says_what_was_found(page):
    page.bring("t.csv", b"a,b\n" + b"".join(b"%d,word %d\n" % (i, i) for i in range(30)))
    assert not page.offers
    (warning,) = page.at.warning
    assert "Column 'a' numbers the rows. Column 'b' is different in most rows." in warning.value


def test_a_file_of_one_column_says_so_before_anything_is_fit(page):
    page.bring("t.csv", b"score\n" + b"".join(b"%d\n" % (i * i % 17) for i in range(40)))
    (warning,) = page.at.warning
    assert "Only one column was found, 'score'" in warning.value
    assert not page.offers
    assert not page.errors


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_brought_as_a_file_of_ones_own(page, name):
    page.at.radio(key=Key.SOURCE).set_value("Your file").run()
    assert "stays private" in page.html
    page.find("button", Key.SAMPLE.of(name)).click().run()
    page.predict()
    assert page.fine()
    assert f"{name}.csv" in page.html
    assert page.address == {}


def test_warnings_and_hints_are_told_in_words_beside_the_title(page):
    page.pick("wine")
    assert page.badge == "1 warning, 1 hint: Without a penalty some coefficients grow without end"
    page.pick("units")
    assert page.badge == ""


def test_an_unforeseen_error_is_a_sentence_with_a_number_that_the_log_has_too(
    page, monkeypatch, caplog
):
    def broken(*args, **kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr("regpath.ui.session.computing.run_study", broken)
    page.upload("t.csv", toy_csv())
    assert not page.at.exception
    assert "did not foresee (ZeroDivisionError)" in page.errors[0]
    number = re.search(r"details under ([0-9a-f]{6})", page.errors[0])[1]
    assert f"unforeseen error {number}" in caplog.text
    assert "ZeroDivisionError" in caplog.text
    assert "Traceback" not in page.errors[0]


BAD = {
    "empty.csv": (b"", "'empty.csv' is empty."),
    "picture.csv": (b"\x89PNG\r\n\x1a\n" + bytes(50), "'picture.csv' is a PNG image"),
    "words.csv": (
        b"name,y\n" + b"".join(b"n%d,%d\n" % (i, i % 2) for i in range(30)),
        "No column can serve as a feature",
    ),
    "one_class.csv": (
        b"a,y\n" + b"".join(b"%d,yes\n" % i for i in range(30)),
        "'yes' in every row",
    ),
    "no_target.csv": (
        b"a,y\n" + b"".join(b"%d,\n" % i for i in range(30)),
        "Target 'y' holds no values.",
    ),
    "two_rows.csv": (b"a,b,y\n1,2,0\n2,1,1\n", "2 rows can be used"),
    "constant.csv": (b"a,y\n" + b"".join(b"%d,5\n" % i for i in range(30)), "5 in every row"),
    "infinite.csv": (
        b"a,b,y\ninf,3,1\n" + b"".join(b"%d,%d,%d\n" % (i % 7, i % 5, i % 2) for i in range(30)),
        "Column 'a' holds an infinite value (first: row 2).",
    ),
    "rare.csv": (
        b"a,y\n"
        + b"".join(b"%d,%s\n" % (i % 7, b"z" if i == 3 else b"xy"[i % 2 :][:1]) for i in range(30)),
        "Class 'z' of target 'y' has only one row",
    ),
    "huge.csv": (
        b"a,y\n" + b"".join(b"%d,%d.5e200\n" % (i * i % 17, i) for i in range(40)),
        "which arithmetic cannot square",
    ),
    "wide.csv": (
        b",".join(b"c%d" % j for j in range(60_002)) + b"\n" + b",".join([b"1"] * 60_002) + b"\n",
        "60,002 columns",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_get_a_sentence_and_the_next_file_works(page, name):
    content, sentence = BAD[name]
    page.upload(name, content, content.partition(b"\n")[0].decode(errors="replace").split(",")[-1])
    assert not page.at.exception
    assert len(page.errors) == 1
    assert sentence in page.errors[0]
    assert "\n\n" in page.errors[0].strip()  # and a second sentence: what to do next
    page.upload("good.csv", toy_csv())
    assert page.fine()


def test_wide_and_duplicate_columns_work_and_are_noted(page):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(30, 60))
    X[:, 1] = X[:, 0]
    names = ",".join([*(f"c{j}" for j in range(60)), "y"])
    rows = "\n".join(",".join([*map(repr, row.tolist()), str(i % 2)]) for i, row in enumerate(X))
    page.upload("wide.csv", f"{names}\n{rows}\n".encode())
    assert page.fine()
    assert "More features (60) than rows (22)" in page.html
    assert "&#x27;c1&#x27; equals &#x27;c0&#x27;" in page.html


def test_names_from_a_file_are_text_wherever_they_appear(page):
    evil = "<img src=x onerror=alert(1)>"
    page.upload(f"{evil}.csv", toy_csv(target=evil))
    assert page.fine()
    assert "<img" not in page.html
    assert "&lt;img" in page.html
    page.upload("x.csv", toy_csv().replace(b"a,b", f"{evil},b".encode()))
    assert page.fine()
    assert evil in page.payload["names"]  # as data; the page shows it as text
    assert "<img" not in page.html


def test_leaving_every_feature_out_is_refused_kindly(page):
    page.upload("a.csv", toy_csv())
    (key,) = [m.key for m in page.at.multiselect if m.key.startswith(Key.WITHOUT)]
    page.at.multiselect(key=key).set_value(["a", "b"]).run()
    assert page.errors == ["Every feature is left out.\n\nKeep at least one under 'Features'."]
    page.at.multiselect(key=key).set_value(["b"]).run()
    assert page.fine()
    assert "· 1 feature</p>" in page.html


def test_a_best_score_at_an_end_of_the_grid_is_told_and_the_grid_extended(open_page):
    page = open_page(data="diabetes", target="progression", min_ratio="0.1")
    (warning,) = page.at.warning
    assert "is the weakest strength of the grid" in warning.value
    page.at.button(key="extend").click().run()
    assert page.fine()
    assert page.address["min_ratio"] == "0.01"
    assert page.arrays["lambdas"][-1] == pytest.approx(0.01 * page.arrays["lambdas"][0], rel=1e-5)


def test_a_list_of_strengths_is_taken_exactly_said_in_the_link_and_extended(open_page):
    page = open_page(
        data="election_1996", l1_ratio="0.5", rule="min", lambdas=["0.1", "0.7", "0.3"]
    )
    assert page.fine()
    assert page.arrays["lambdas"] == pytest.approx([0.7, 0.3, 0.1], rel=1e-6)
    (key,) = [m.key for m in page.at.text_input if str(m.key).startswith(Key.LAMBDAS)]
    assert page.at.text_input(key=key).value == "0.7 0.3 0.1"
    assert page.at.number_input(key=Key.N_LAMBDAS).disabled
    assert page.address["lambdas"] == ["0.7", "0.3", "0.1"]
    (warning,) = page.at.warning
    assert "is the weakest strength of the grid" in warning.value
    page.at.button(key="extend").click().run()
    assert page.fine()
    assert len(page.arrays["lambdas"]) == 8
    assert page.arrays["lambdas"][-1] == pytest.approx(0.01, rel=1e-6)
    page.at.text_input(key=key).set_value("0,5; 0,05").run()
    assert page.fine()
    assert page.address["lambdas"] == ["0.5", "0.05"]
    page.at.text_input(key=key).set_value("0.5 -0.05").run()
    assert "A strength is above 0; -0.05 is not." in page.errors[0]
    page.at.text_input(key=key).set_value("").run()
    assert page.fine()
    assert len(page.arrays["lambdas"]) == 100
    assert not page.at.number_input(key=Key.N_LAMBDAS).disabled
    assert "lambdas" not in page.address


def test_words_above_the_charts_say_what_they_mean_and_no_clause_is_cut_amid(open_page):
    page = open_page(data="rare_feature")
    assert page.badge == "1 warning: 'rare' is 0 but in 4 rows"
    assert '<span title="logistic regression">binomial</span>' in page.html
    assert 'title="L1 sets coefficients to exactly zero' in page.html


def test_what_becomes_a_slide_is_not_seen_before_it_is_one(open_page):
    veil = "html:not([data-rp-slide]) .stApp { opacity: 0"
    assert veil in open_page(data="four_points", view="slide").html
    assert veil not in open_page(data="four_points").html


def test_years_of_a_column_to_predict_have_no_thousands(page):
    rows = "".join(f"{1960 + i * 37 % 59},{30_000 + 7 * i}\n" for i in range(80))
    page.bring("a.csv", f"year,price\n{rows}".encode())
    assert "<span>1960</span><span>2018</span>" in page.html
    assert "<span>30,000</span><span>30,553</span>" in page.html


def test_where_no_penalty_is_the_best_one_nobody_is_asked_for_a_longer_grid(open_page):
    page = open_page(data="no_help_needed", target="growth")
    assert any("these rows need no penalty" in each.value for each in page.at.caption)
    assert not page.at.warning


def test_where_classes_come_apart_nobody_is_asked_for_a_longer_grid(open_page):
    page = open_page(data="separable", target="outcome")
    assert any("the classes come apart" in each.value for each in page.at.caption)
    assert not page.at.warning


def test_ridge_has_its_best_score_inside_the_grid(open_page):
    page = open_page(data="breast_cancer", target="diagnosis", l1_ratio="0.0")
    assert not page.at.warning
    assert page.fine()
