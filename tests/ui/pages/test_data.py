"""The Data page without a browser: what was read, what can be said of it, and what follows."""

import json

import numpy as np
import pytest

from regpath.io.options import ReadOptions
from regpath.ui.pages.data.columns import LISTED
from regpath.ui.session.state import Key
from tests.corpus import CASES

GOOD = b"a,b,y\n" + b"".join(b"%d,%d,%d\n" % (i % 7, i * i % 11, i % 2) for i in range(40))
SECTIONS = ["Alarms", "Columns", "Repairs", "First rows", "From columns to features"]


def messy():
    """A list as an office makes it, with the target in two codings."""
    rng = np.random.default_rng(0)
    lines = ["Liste 2023;;;;;", "", "nr;datum;umsatz;note;krank;code"]
    for i in range(60):
        ill = rng.random() < 0.5
        sales = f"€ {rng.integers(1, 9)}.{rng.integers(100, 999)},{rng.integers(10, 99)}"
        day = f"{rng.integers(1, 13):02d}/{rng.integers(1, 13):02d}/2023"
        mark = f"{rng.integers(1, 9)}.{rng.integers(100, 999)}"
        lines.append(f"K{i:03d};{day};{sales};{mark};{'ja' if ill else 'nein'};{'AB'[ill]}")
    lines.append("Summe;;€ 300.000,00;;;")
    return "\n".join(lines).encode("cp1252")


@pytest.fixture
def data(page):
    return page.turn_to("data")


@pytest.fixture
def opened(data):
    data.upload("messy.csv", messy())
    data.find("selectbox", Key.TARGET).set_value("krank").run()
    return data


def sections(page):
    return [header.value for header in page.at.header]


def steps(page):
    """Rows and columns at each step."""
    (html,) = (part.proto.body for part in page.at.get("html") if "<ol" in part.proto.body)
    cells = [part.split("</b>")[0] for part in html.split("<b>")[1:]]
    return [tuple(int(n.replace(",", "")) for n in cell.split(" \u00d7 ")) for cell in cells]


def remedies(page):
    return [button.label for button in page.at.button if button.key.startswith(Key.REMEDY)]


def severe(page):
    return [text.value for text in page.at.markdown if "**Severe.**" in text.value]


def test_a_bundled_data_set_shows_its_diagnosis_and_cannot_be_read_otherwise(data):
    assert sections(data) == SECTIONS
    assert steps(data)[-1] == (569, 30)
    assert list(data.columns.index)[:2] == ["mean_radius", "mean_texture"]
    assert data.columns.loc["diagnosis", "Used as"] == "target"
    fields = [box for box in data.at.selectbox if box.key.startswith(Key.FIELD)]
    assert fields
    assert all(field.disabled for field in fields)
    assert data.fine_here()


@pytest.mark.parametrize(("header", "expected"), [("a", "row"), ("row", "row (regpath)")])
def test_the_numbers_of_the_rows_have_a_head(data, header, expected):
    data.upload("rows.csv", GOOD.replace(b"a,b,y", f"{header},b,y".encode()))
    heads = [json.loads(part.proto.columns).get("_index", {}) for part in data.at.dataframe]
    assert [head["label"] for head in heads if not head.get("hidden")] == [expected]


def test_repairs_steps_and_questions_of_a_messy_file_are_told(opened):
    assert sections(opened) == ["Questions", *SECTIONS]
    assert steps(opened) == [(62, 6), (60, 6), (60, 6), (60, 3)]
    told = [toggle.label for toggle in opened.at.toggle if toggle.key.startswith(Key.REPAIR)]
    for words in ("Windows-1252", "semicolons", "above the table", "totals", "currency"):
        assert sum(words in each for each in told) == 1, words
    assert opened.columns.loc["umsatz", "Kind"] == "number"
    assert opened.columns.loc["nr", "Used as"] == "set aside"


def test_a_repair_is_undone_and_made_again(opened):
    before = opened.columns
    switch = opened.find("toggle", Key.REPAIR, "In 'umsatz', the currency")
    switch.set_value(False).run()
    assert opened.columns.loc["umsatz", "Kind"] != "number"
    switch = opened.find("toggle", Key.REPAIR, "In 'umsatz', the currency")
    assert switch.value is False
    switch.set_value(True).run()
    assert opened.columns.equals(before)


def test_an_answer_reads_again_survives_pages_and_is_reset(opened):
    question = opened.find("radio", Key.QUESTION, "Column 'note'")
    assert question.value == 0
    question.set_value(1).run()
    assert opened.find("radio", Key.QUESTION, "Column 'note'").value == 1
    switch = opened.find("toggle", Key.REPAIR, "1 row of totals")
    switch.set_value(False).run()
    assert steps(opened)[1] == (61, 6)
    opened.turn_to("explore").turn_to("data")
    assert opened.find("radio", Key.QUESTION, "Column 'note'").value == 1
    assert opened.find("toggle", Key.REPAIR, "1 row of totals").value is False
    opened.at.button(key=Key.RESET).click().run()
    assert opened.find("radio", Key.QUESTION, "Column 'note'").value == 0
    assert opened.find("toggle", Key.REPAIR, "1 row of totals").value is True
    assert opened.fine_here()


def test_choices_survive_a_visit_to_bundled_data(opened):
    opened.find("radio", Key.QUESTION, "Column 'note'").set_value(1).run()
    opened.at.radio(key=Key.SOURCE).set_value("Bundled").run()
    opened.at.radio(key=Key.SOURCE).set_value("Your file").run()
    assert opened.find("radio", Key.QUESTION, "Column 'note'").value == 1
    assert opened.find("selectbox", Key.TARGET).value == "krank"


def test_the_kind_of_a_column_is_changed_and_returns_to_the_guess(opened):
    place = list(opened.columns.index).index("note")
    opened.edit(place, "Kind", "text")
    assert opened.columns.loc["note", "Kind"] == "text"
    assert opened.columns.loc["note", "Because"].startswith("chosen")
    opened.edit(place, "Kind", "number")
    assert opened.columns.loc["note", "Kind"] == "number"
    assert not opened.columns.loc["note", "Because"].startswith("chosen")


def test_an_ignored_column_comes_back(opened):
    place = list(opened.columns.index).index("note")
    opened.edit(place, "Kind", "ignore")
    assert opened.columns.loc["note", "Used as"] == "left out"
    assert "note" not in opened.find("selectbox", Key.TARGET).options
    opened.edit(place, "Kind", "number")
    assert opened.columns.loc["note", "Used as"] == "feature"


def test_table_and_side_say_the_same_of_what_is_used(opened):
    place = list(opened.columns.index).index("note")
    opened.edit(place, "Used as", "left out")
    assert opened.find("multiselect", Key.WITHOUT).value == ["note"]
    opened.find("multiselect", Key.WITHOUT).set_value([]).run()
    assert opened.columns.loc["note", "Used as"] == "feature"
    opened.edit(place, "Used as", "target")
    assert opened.find("selectbox", Key.TARGET).value == "note"
    opened.find("selectbox", Key.TARGET).set_value("krank").run()
    assert opened.columns.loc["note", "Used as"] == "feature"
    opened.edit(place, "Used as", "weights")
    assert opened.find("selectbox", Key.WEIGHTS).value == "note"
    opened.find("selectbox", Key.WEIGHTS).set_value(None).run()
    assert opened.columns.loc["note", "Used as"] == "feature"
    opened.find("multiselect", Key.ONLY).set_value(["umsatz"]).run()
    assert set(opened.columns["Used as"]) == {"target", "feature", "left out"}
    opened.edit(place, "Used as", "feature")
    assert opened.find("multiselect", Key.ONLY).value == ["umsatz", "note"]
    assert opened.fine_here()


def test_leaving_a_column_out_brings_no_id_in(opened):
    opened.edit(list(opened.columns.index).index("note"), "Used as", "left out")
    opened.turn_to("explore")
    assert opened.payload["names"] == ["umsatz", "code=B"]


def test_parts_of_dates_become_features(opened):
    (parts,) = [group for group in opened.at.button_group if group.key.startswith(Key.PARTS)]
    parts.set_value(["month", "days"]).run()
    assert list(opened.columns.index)[-2:] == ["datum (days)", "datum (month)"]
    assert opened.columns.loc["datum (month)", "Used as"] == "feature"
    opened.turn_to("explore")
    assert "datum (month)=01 Jan" in opened.payload["names"]


def test_an_alarm_sounds_on_every_page_and_one_click_settles_it(opened):
    assert len(severe(opened)) == 1
    assert "'code' repeats 'krank'" in severe(opened)[0].replace("\\", "")
    opened.turn_to("explore")
    assert opened.badge.startswith("1 severe alarm, 1 hint: 'code' repeats 'krank'")
    opened.turn_to("data")
    (remedy,) = (b for b in opened.at.button if b.label == "Leave 'code' out")
    remedy.click().run()
    assert severe(opened) == []
    assert opened.columns.loc["code", "Used as"] == "left out"
    opened.turn_to("explore")
    assert "severe" not in opened.badge
    assert opened.payload["names"] == ["umsatz", "note"]


def test_a_remedy_that_changes_a_setting_changes_its_control(data):
    data.pick("four_points")
    data.find("select_slider", Key.TEST_SIZE).set_value(0.25).run()
    assert remedies(data)[0] == "Test on no rows"
    next(b for b in data.at.button if b.label == "Test on no rows").click().run()
    assert data.find("select_slider", Key.TEST_SIZE).value == 0
    assert "Test on no rows" not in remedies(data)


def test_every_choice_of_building_reaches_the_model_and_the_address(data, open_page):
    data.pick("penguins")
    data.find("selectbox", Key.MISSING).set_value("indicator").run()
    data.find("selectbox", Key.CODING).set_value("reference").run()
    data.find("number_input", Key.MIN_LEVEL_COUNT).set_value(2).run()
    data.find("multiselect", Key.TERMS).set_value(["bill_length_mm^2"]).run()
    data.find("selectbox", Key.GROUP).set_value("island").run()
    assert data.fine_here()
    address = data.address
    assert address["missing"] == "indicator"
    data.turn_to("explore")
    assert "bill_length_mm²" in data.payload["names"]
    assert not any(name.startswith("island") for name in data.payload["names"])
    again = open_page(**address)
    assert again.payload["names"] == data.payload["names"]
    again.turn_to("data")
    assert again.find("selectbox", Key.GROUP).value == "island"
    assert again.find("multiselect", Key.TERMS).value == ["bill_length_mm^2"]


def test_a_reload_of_this_page_keeps_the_strength(page, open_page):
    page.release(23, {"axis": "norm"})
    page.turn_to("data")
    address = page.address
    again = open_page("data", **address)
    assert again.address == address
    again.turn_to("explore")
    assert (again.data["index"], again.data["view"]) == (23, {"axis": "norm"})


def test_the_class_that_is_modelled_can_be_turned(data):
    box = data.find("selectbox", Key.CLASSES)
    assert (box.value, box.options) == ("malignant", ["benign", "malignant"])
    box.set_value("benign").run()
    assert data.find("selectbox", Key.CLASSES).value == "benign"
    data.turn_to("explore")
    assert data.payload["classes"] == ["malignant", "benign"]
    data.turn_to("data")
    data.find("selectbox", Key.CLASSES).set_value("malignant").run()
    assert "classes" not in data.address


def test_a_term_that_means_nothing_is_told_and_can_be_taken_out(opened):
    terms = opened.find("multiselect", Key.TERMS)
    terms.set_value(["umsatz * moon"]).run()
    assert "'umsatz * moon' is not a product" in opened.errors[0]
    assert sections(opened)[-1] == "From columns to features"
    opened.find("multiselect", Key.TERMS).set_value([]).run()
    assert opened.fine_here()


def test_what_makes_a_file_unreadable_can_be_taken_back(opened):
    opened.find("selectbox", Key.FIELD, "Encoding").set_value("utf-8").run()
    assert len(opened.errors) == 1
    assert sections(opened) == ["As written", "How it is read"]
    (back,) = (b for b in opened.at.button if b.key.startswith(Key.TAKE_BACK))
    back.click().run()
    assert sections(opened) == ["Questions", *SECTIONS]


def test_where_nothing_can_be_fit_explore_leads_here(page):
    page.upload("words.csv", b"name,y\n" + b"".join(b"n%d,%d\n" % (i, i % 2) for i in range(30)))
    assert "No column can serve" in page.errors[0]
    assert "Look at the data" in [link.proto.label for link in page.at.get("page_link")]


def test_a_file_that_cannot_be_read_as_guessed_is_read_as_said(data):
    rows = b"".join(b"%d,%d\n" % (i, i) if i % 3 else b"%d,%d,1,2\n" % (i, i) for i in range(40))
    data.upload("ragged.csv", b"a,b,c\n" + rows)
    assert "fields, but the header has 3" in data.errors[0]
    data.find("selectbox", Key.FIELD, "Delimiter").set_value("|").run()
    assert list(data.columns.index) == ["a,b,c"]


def test_rows_that_begin_with_a_sign_are_left_out_where_a_person_says_so(data):
    rows = b"".join(
        b"%sx%d,%d,%d\n" % (b"*" if i == 7 else b"", i, i * i % 7, i) for i in range(40)
    )
    data.upload("starred.csv", b"name,a,b\n" + rows)
    assert steps(data)[1] == (40, 3)
    box = data.find("selectbox", Key.FIELD, "Rows left out begin with")
    assert box.value is None  # guessed
    box.set_value("*").run()
    assert steps(data)[1] == (39, 3)
    assert data.fine_here()
    data.find("selectbox", Key.FIELD, "Rows left out begin with").set_value("").run()  # none
    assert steps(data)[1] == (40, 3)


def test_what_is_said_of_columns_is_left_where_they_have_other_names(opened):
    opened.edit(list(opened.columns.index).index("note"), "Kind", "text")
    opened.find("number_input", Key.FIELD, "Rows of the header").set_value(0).run()
    assert "column 4" in opened.columns.index
    assert opened.fine_here()


def test_names_and_cells_of_a_file_are_text_on_this_page_too(data):
    evil = "<img src=x onerror=alert(1)>"
    content = GOOD.replace(b"a,b,y", f"{evil},**b**,y".encode())
    data.upload(f"{evil}.csv", content)
    assert data.fine_here()
    assert "<img" not in data.html
    assert evil in data.columns.index
    for text in [*data.at.markdown, *data.at.caption]:
        assert "<img" not in text.value.replace("\\<", "")  # without what Markdown shows as it is


@pytest.mark.parametrize(("name", "most"), [("REGPATH_MAX_CELLS", 100), ("REGPATH_MAX_COLUMNS", 2)])
def test_limits_are_set_from_outside_and_told(data, monkeypatch, name, most):
    monkeypatch.setenv(name, str(most))
    data.upload("large.csv", GOOD)
    assert f"{most} c" in data.errors[0]
    assert "has no limit" in data.errors[0]


def test_too_many_features_after_coding_are_refused(data, monkeypatch):
    monkeypatch.setenv("REGPATH_MAX_COLUMNS", "6")
    rows = b"".join(b"%s,%d,%d\n" % (b"abcdefgh"[i % 8 :][:1], i % 5, i % 2) for i in range(64))
    data.upload("levels.csv", b"word,a,y\n" + rows)
    assert "become 9 features; the app takes up to 6" in data.errors[0]
    assert "'word'" in data.errors[0]
    data.find("multiselect", Key.WITHOUT).set_value(["word"]).run()
    assert data.fine_here()


def test_every_file_of_the_corpus_is_shown_or_refused_and_the_next_one_works(data):
    wrong = []
    for case in CASES:
        if case.name.startswith("wide"):  # whose alarms alone take seconds
            continue
        data.upload(case.name, case.content)
        shown, unforeseen = len(data.at.data_editor) == 1, "did not foresee" in str(data.errors)
        expected = case.truth is not None and case.options == ReadOptions()
        if data.at.exception or unforeseen or (expected and not shown):
            wrong.append((case.name, data.errors))
        if case.truth is None:
            if shown or len(data.errors) != 1 or "As written" not in sections(data):
                wrong.append((case.name, "not refused"))
            data.upload("good.csv", GOOD)
            if not data.fine_here():
                wrong.append((case.name, "the next file"))
    assert wrong == []


def test_the_table_of_columns_of_a_wide_table_shows_the_odd_ones_and_finds_others(data):
    rng = np.random.default_rng(0)
    names = [f"g{j}" for j in range(LISTED + 200)]
    cells = rng.normal(size=(12, len(names))).round(3).astype(str)
    cells[3, 1150] = ""  # a gap
    cells[:, 1160] = ["red", "blue", "green"] * 4
    lines = [",".join([*names, "y"])]
    lines += [",".join([*row, str(i % 2)]) for i, row in enumerate(cells)]
    data.upload("wide.csv", "\n".join(lines).encode())
    assert len(data.columns) == LISTED
    assert list(data.columns.index[:4]) == ["g1150", "g1160", "y", "g0"]
    assert data.columns.loc["y", "Used as"] == "target"
    data.find("text_input", f"search:{Key.EDITOR}").set_value("g119").run()
    assert list(data.columns.index) == ["g119", *(f"g119{k}" for k in range(10))]
    data.edit(10, "Used as", "left out")
    assert data.columns.loc["g1199", "Used as"] == "left out"
    assert steps(data)[-1] == (12, LISTED + 200 + 2 - 1)  # g1160 has three levels
    assert data.fine_here()
