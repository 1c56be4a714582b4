"""Several numbers in a cell are found by their form, to the right numbers."""

import numpy as np
import pytest

import regpath
from regpath.io import read_table

CENTRES = [f"{10 + k * 0.7:.1f}" for k in range(20)]
SPREADS = [f"{0.3 + k * 0.05:.2f}" for k in range(20)]


def read(cells, options=None):
    rows = ["x\ty", *(f"{cell}\t{k * 7 % 11}.5" for k, cell in enumerate(cells))]
    return read_table("\n".join(rows).encode(), options=options or regpath.ReadOptions())


def apart(cells):
    """What the answer makes of the cells that takes them apart, by place."""
    table = read(cells)
    assert table.frame["x"].dropna().isin(cells).all()
    (question,) = table.diagnosis.questions
    assert question.key == "pair:x"
    again = read(cells, question.answers[1].options)
    assert not again.diagnosis.questions
    return question, {
        name[3:-1]: values.to_numpy() for name, values in again.frame.items() if name[:2] == "x "
    }


@pytest.mark.parametrize(
    "form",
    [
        "{} ± {}",
        "{}±{}",
        "{} +/- {}",
        "{} ({})",
        "{} [{}]",
        "({} ± {})",
        "{} (± {})",
        "{} (SD {})",
        "{} (SD = {})",
        "{} (s.d. {})",
        "{} (SE={})",
        "{} SD {}",
        "M = {}, SD = {}",
        "mean {} sd {}",
        "{} ± {} mg",
        "{} mg ± {} mg",
        "{} (n={})",
        "{}% ({})",
    ],
)
@pytest.mark.parametrize("mark", [".", ","])
def test_a_measure_and_its_spread_are_two_columns(form, mark):
    cells = [form.format(*pair).replace(".", mark) for pair in zip(CENTRES, SPREADS, strict=True)]
    if mark == ",":
        cells = [cell.replace("s,d,", "s.d.").replace(",, ", ", ") for cell in cells]
    _, found = apart(cells)
    assert list(found) == ["first", "second"]
    np.testing.assert_array_equal(found["first"], np.array(CENTRES, float))
    np.testing.assert_array_equal(found["second"], np.array(SPREADS, float))


@pytest.mark.parametrize(
    "form",
    [
        "{} ({}, {})",
        "{} ({}-{})",
        "{} ({}–{})",
        "{} [{} to {}]",
        "{} [{}; {}]",
        "{} (95% CI {}-{})",
        "{} (95% CI: {}, {})",
        "{} (95%-KI {} bis {})",
        "{} (IQR {}-{})",
        "{}, 95% CI ({} to {})",
        "{} ± {} ({})",
        "{} ± {} (n = {})",
    ],
)
def test_a_measure_and_its_interval_are_three_columns(form):
    low = [f"{float(centre) - 1.5:.1f}" for centre in CENTRES]
    high = [f"{float(centre) + 1.25:.2f}" for centre in CENTRES]
    question, found = apart([form.format(*three) for three in zip(CENTRES, low, high, strict=True)])
    assert "three numbers in each cell" in question.what
    assert list(found) == ["first", "second", "third"]
    for place, right in zip(found, (CENTRES, low, high), strict=True):
        np.testing.assert_array_equal(found[place], np.array(right, float))


def test_counts_with_thousands_and_shares():
    cells = [f"{k + 1},{k * 37 % 1000:03d} ({k + 0.5}%)" for k in range(20)]
    _, found = apart(cells)
    np.testing.assert_array_equal(
        found["first"], [1000 * (k + 1) + k * 37 % 1000 for k in range(20)]
    )
    np.testing.assert_array_equal(found["second"], np.arange(20) + 0.5)


def test_one_number_alone_has_no_second_and_a_mark_has_none():
    cells = [f"{a} ± {b}" for a, b in zip(CENTRES, SPREADS, strict=True)]
    cells[3], cells[7] = "5.5", "n.d."
    question, found = apart(cells)
    assert "two numbers in 18 of 20 cells" in question.what
    assert question.answers[1].label == "two columns of numbers, and 1 cell missing"
    assert found["first"][3] == 5.5
    assert np.isnan([found["second"][3], found["first"][7], found["second"][7]]).all()
    again = read(cells, question.answers[1].options)
    assert any("1 cell that holds no number is missing" in note for note in again.notes)


@pytest.mark.parametrize(
    "cells", [["12.3 (0.4)", "11.2 (0.3)", "9.9 (0.2)"], ["5.1 ± 0.2", "6.2 ± 0.1"]]
)
def test_few_different_measures_are_asked_about_too(cells):
    question, found = apart(cells * 8)
    assert "read as words" in question.what
    assert found["first"][0] == float(cells[0].split()[0])


@pytest.mark.parametrize(
    "cells",
    [
        ["1.5-2.5", "2.5-3.5", "3.5-4.5"] * 8,
        ["Gate 3", "Gate 4", "Gate 5"] * 8,
        ["10 (a)", "11 (b)", "12 (c)"] * 8,
        ["1-2-3", "1-2-4", "2-1-1", "2-1-4", "3-2-1", "5-4-3"],
        ["v1.2", "v1.3", "v2.0", "v2.1", "v3.5", "v4.2"],
    ],
)
def test_bands_and_versions_are_no_measures(cells):
    assert "pair:x" not in {each.key for each in read(cells).diagnosis.questions}


def test_a_model_takes_the_numbers_of_new_rows_apart():
    cells = [f"{a} (SD {b})" for a, b in zip(CENTRES, SPREADS, strict=True)]
    options = read(cells).diagnosis.questions[0].answers[1].options
    study = regpath.run_study(read(cells, options), regpath.Recipe("y", n_lambdas=5, test_size=0.0))
    model = regpath.Model.from_study(study, study.path.lambdas[-1])
    new = model.read(b"x\ty\n20.5 (SD 0.7)\t1\n")
    assert new.frame[["x (first)", "x (second)"]].to_numpy().tolist() == [[20.5, 0.7]]


@pytest.mark.parametrize(
    "form",
    [
        "{} x {}",
        "{}X{}",
        "{}*{}",
        '{}"x{}"',
        "from {} to {}",
        "between {} and {} mg",
        "${}-${}",
        "H{} W{}",
        "L:{} W:{}",
        "BP {}/{}",
        "{}->{}",
        "{} → {}",
        "{} > {}",
        "{}~{}",
        "{} €/{} kg",
        "[{} {}]",
        "{}°{}'",
        "entre {} y {}",
        "von {} bis {} Uhr",
    ],
)
@pytest.mark.parametrize("mark", ["", "."])
def test_two_numbers_are_found_whatever_words_all_cells_share(form, mark):
    first = [f"{13 + k * 7 % 31}{mark}{k % 7 + 1 if mark else ''}" for k in range(24)]
    second = [f"{41 + k * 11 % 37}{mark}{k % 5 + 1 if mark else ''}" for k in range(24)]
    _, found = apart([form.format(a, b) for a, b in zip(first, second, strict=True)])
    np.testing.assert_allclose(found["first"], list(map(float, first)))
    np.testing.assert_allclose(found["second"], list(map(float, second)))


@pytest.mark.parametrize(
    "form",
    [
        "{} x {} x {}",
        "{}x{}x{}",
        "{} × {} × {} cm",
        "{}cm x {}cm x {}cm",
        "{}/{}/{}",
        "{}; {}; {}",
        "{}|{}|{}",
        "rgb({},{},{})",
        "({}, {}, {})",
        "[{} {} {}]",
        "{}_{}_{}",
        "{}/{} ({})",
    ],
)
def test_three_numbers_are_three_columns(form):
    rows = [(13 + k * 7 % 31, 41 + k * 11 % 37, 101 + k * 5 % 23) for k in range(24)]
    _, found = apart([form.format(*row) for row in rows])
    for place, values in zip(("first", "second", "third"), zip(*rows, strict=True), strict=True):
        np.testing.assert_array_equal(found[place], values)


@pytest.mark.parametrize(
    "form",
    [
        "INV-2020-{c:03d}",
        "555-{b:03d}-{c:04d}",
        "({b}) {c}-{d}",
        "{b}-{a}-{d}",
        "10.0.{a}.{b}",
        "v1.{a}.{b}",
        "AB{a}-C{b}",
        "A{a}B{b}",
        "{a} {b}",
        "2019-W{c:02d}",
    ],
)
def test_parts_of_codes_and_telephone_numbers_are_not_taken_apart(form):
    rows = [form.format(a=10 + k * 7 % 31, b=300 + k * 11, c=k, d=4000 + 13 * k) for k in range(24)]
    assert "pair:x" not in {question.key for question in read(rows).diagnosis.questions}
