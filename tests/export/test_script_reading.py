"""The script reads blank rows and fields as regpath does, and says when the solver fails."""

import gzip
import re

import numpy as np
import pytest

import regpath
from regpath import Recipe, run_study
from regpath.export import sklearn_script
from tests.export.scripts import run_script


def printed_by(study, lam, source):
    script = source.with_name("model.py")
    script.write_text(sklearn_script(study, lam), encoding="utf-8")
    done = run_script(script, source, FutureWarning)
    assert done.returncode == 0, done.stderr
    return done


def difference_in(text):
    return float(re.search(r"per SD: (\S+)", text)[1])


def test_blank_rows_surplus_fields_and_features_of_one_name(tmp_path):
    rng = np.random.default_rng(0)
    words = [["x_1", "2", "3"], ["1", "q", "r"]]
    rows = [
        [f"{rng.normal():.3f}", f"{rng.normal():.3f}", *map(rng.choice, words), str(y)]
        for y in rng.normal(size=60).round(3)
    ]
    # Joined by "_", as scikit-learn names them, three pairs of these features would clash.
    table = [["a", "s_q", "s", "s_x", "y"], *rows]
    lines = [",".join(row) for row in table]
    lines[7] += ",,"
    lines.insert(20, " , ,")
    source = tmp_path / "saved by a spreadsheet.csv"
    source.write_text("\n".join([",,,,", "", *lines]) + "\n")
    read = regpath.read_table(source)
    assert list(read.frame.columns) == table[0]
    assert len(read.frame) == 60
    study = run_study(read, Recipe(target="y", n_lambdas=9))
    done = printed_by(study, study.path.lambdas[5], source)
    assert difference_in(done.stdout) < 1e-6
    score = float(done.stdout.split("test score:")[1])
    assert score == pytest.approx(study.scores_of("test")["r2"].iloc[5], abs=1e-9)
    assert "s=x_1" in done.stdout


def test_where_saga_stops_early_the_script_goes_on_to_the_solution(tmp_path):
    source = tmp_path / "iris.csv"
    regpath.datasets.load("iris").frame.to_csv(source, index=False)
    study = run_study(regpath.read_table(source), Recipe(target="species", n_lambdas=20))
    done = printed_by(study, study.path.lambdas[-1], source)
    assert difference_in(done.stdout) < 1e-6
    assert done.stderr == ""


def test_where_another_model_is_fit_the_script_says_so(tmp_path):
    source = tmp_path / "iris.csv"
    regpath.datasets.load("iris").frame.to_csv(source, index=False)
    study = run_study(regpath.read_table(source), Recipe(target="species", n_lambdas=20))
    source.write_text(source.read_text().replace("5.1", "6.1"))
    done = printed_by(study, study.path.lambdas[-1], source)
    assert difference_in(done.stdout) > 1e-4
    assert "other data, a solver" in done.stdout


def test_spellings_of_0_are_read_as_such_by_a_script_and_for_new_rows(tmp_path):
    rng = np.random.default_rng(1)
    values = rng.poisson(1.5, size=80)
    cells = ["-" if value == 0 else f"{value}.50" for value in values]
    lines = [f"{k};{cell};{rng.normal():.3f}" for k, cell in enumerate(cells)]
    source = tmp_path / "visits.csv"
    source.write_text("\n".join(["n;visits;y", *lines, ""]))
    options = regpath.ReadOptions().saying("visits", zero=("-",))
    table = regpath.read_table(source, options=options)
    assert (table.frame["visits"] == 0.0).sum() == (values == 0).sum()
    study = run_study(table, Recipe(target="y", features=("visits",), n_lambdas=9))
    assert difference_in(printed_by(study, study.path.lambdas[5], source).stdout) < 1e-6
    regpath.export.model(study, study.path.lambdas[5], tmp_path / "visits.json")
    again = regpath.load_model(tmp_path / "visits.json").read(source)
    np.testing.assert_array_equal(again.frame["visits"], table.frame["visits"])


def run_on(study, source, content, tmp_path):
    """Run the script of a study on a file of other content."""
    script = tmp_path / "model.py"
    script.write_text(sklearn_script(study, study.path.lambdas[12]), encoding="utf-8")
    source.write_bytes(content)
    return run_script(script, source)


@pytest.mark.parametrize("packed", [False, True])
def test_a_file_that_lacks_a_column_is_refused_by_its_name(packed, tmp_path):
    frame = regpath.datasets.load("penguins").frame
    pack = gzip.compress if packed else bytes
    source = tmp_path / "rows.csv"
    source.write_bytes(pack(frame.to_csv(index=False).encode()))
    table = regpath.read_table(source)
    study = run_study(table, Recipe("species", n_lambdas=20, weights="year"))
    for gone in ("bill_depth_mm", "species", "year"):
        rows = frame.drop(columns=gone).to_csv(index=False).encode()
        done = run_on(study, source, pack(rows), tmp_path)
        assert done.returncode == 1
        assert done.stderr.strip() == f"The file lacks columns that the model needs: {gone}."


def test_columns_are_found_by_their_names_in_another_order_and_among_others(tmp_path):
    frame = regpath.datasets.load("penguins").frame
    source = tmp_path / "rows.csv"
    frame.to_csv(source, index=False)
    study = run_study(regpath.read_table(source), Recipe("species", n_lambdas=20, l1_ratio=0.0))
    turned = frame[frame.columns[::-1]].assign(more="x")
    turned.insert(2, "others", 1)
    done = run_on(study, source, turned.to_csv(index=False).encode(), tmp_path)
    assert done.returncode == 0, done.stderr
    assert difference_in(done.stdout) < 1e-6


@pytest.mark.parametrize("header", ["", "a,a,b,y\n"])
def test_a_file_of_columns_known_by_their_places_is_refused_where_it_lacks_one(header, tmp_path):
    rng = np.random.default_rng(0)
    rows = rng.normal(size=(80, 4)).round(3)
    source = tmp_path / "rows.csv"
    lines = [",".join(map(str, row)) for row in rows.tolist()]
    source.write_text(header + "\n".join(lines) + "\n")
    table = regpath.read_table(source)
    target = table.frame.columns[-1]
    study = run_study(table, Recipe(target, n_lambdas=20))
    assert run_on(study, source, source.read_bytes(), tmp_path).returncode == 0
    less = "\n".join(line.rsplit(",", 1)[0] for line in [*header.split(), *lines])
    done = run_on(study, source, less.encode(), tmp_path)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("The file ")


def test_a_file_that_lacks_a_column_of_which_something_is_said_is_refused_by_its_name(tmp_path):
    frame = regpath.datasets.load("penguins").frame
    source = tmp_path / "rows.csv.gz"  # read by regpath, since pandas would not unpack each kind
    source.write_bytes(gzip.compress(frame.to_csv(index=False).encode()))
    said = regpath.ReadOptions().saying("sex", kind="category")
    study = run_study(regpath.read_table(source, options=said), Recipe("species", n_lambdas=20))
    rows = frame.drop(columns="sex").to_csv(index=False).encode()
    done = run_on(study, source, gzip.compress(rows), tmp_path)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "'sex', which is not in the file" in done.stderr


def changed_rows(how, frame):
    """Other rows under the same names, and what a script is to say of them."""
    if how == "a level renamed":
        return frame.replace({"island": {"Dream": "Other"}}), "['Dream', 'Other']"
    if how == "words among numbers":
        rows = frame.astype({"bill_depth_mm": object})
        rows.iloc[5, frame.columns.get_loc("bill_depth_mm")] = "tall"
        return rows, "Column 'bill_depth_mm' holds what that of the fit does not."
    if how == "four rows":
        return frame.iloc[[0, 160, 161, 300]], ""
    if how == "one class":
        return frame[
            frame["species"] == "Gentoo"
        ], "other classes than those of the fit: ['Gentoo']"
    return frame.iloc[:0], ""


@pytest.mark.parametrize(
    "how", ["a level renamed", "words among numbers", "four rows", "one class", "no rows"]
)
@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("target", ["species", "body_mass_g"])
@pytest.mark.parametrize("choices", [{}, {"missing": "indicator", "test_size": 0.0}])
def test_rows_that_teach_other_features_are_refused_in_a_sentence(
    how, packed, target, choices, tmp_path
):
    # Coefficients are told by the names of the fit: under another level they would be false.
    frame = regpath.datasets.load("penguins").frame
    pack = gzip.compress if packed else bytes
    source = tmp_path / "rows.csv"
    source.write_bytes(pack(frame.to_csv(index=False).encode()))
    study = run_study(regpath.read_table(source), Recipe(target, n_lambdas=20, **choices))
    rows, told = changed_rows(how, frame)
    done = run_on(study, source, pack(rows.to_csv(index=False).encode()), tmp_path)
    assert "Traceback" not in done.stderr
    if (target, how) == ("body_mass_g", "four rows"):
        return  # of an amount they can be enough
    assert done.returncode == 1
    assert len(done.stderr.strip()) > 20
    if target == "species":
        assert told in done.stderr
