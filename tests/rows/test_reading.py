"""What one pass learns of rows in files is what make_problem learns of the same frame."""

import numpy as np
import pandas as pd
import pytest

import regpath
from regpath.errors import DataError, NothingToFindError, ParameterError
from regpath.rows import learning
from tests.rows.stored import planted, written

ROUNDING = 1e-12  # of moments: sums of some hundred rows in another order


def same(rows, problem):
    assert rows.feature_names == problem.feature_names
    assert (rows.groups, rows.classes) == (problem.groups, problem.classes)
    assert (rows.n_obs, rows.family) == (problem.n_obs, problem.family)
    mean, scale = regpath.core.design.moments(problem.X, problem.weights)
    assert rows.x_mean == pytest.approx(mean, rel=ROUNDING, abs=ROUNDING)
    assert rows.x_scale == pytest.approx(scale, rel=ROUNDING, abs=ROUNDING)


@pytest.mark.parametrize("gaps", [False, True])
@pytest.mark.parametrize("weights", [None, "w"])
@pytest.mark.parametrize("missing", ["impute", "mean", "indicator"])
def test_rows_are_what_the_problem_of_the_same_frame_is(tmp_path, gaps, weights, missing):
    frame = planted("binomial", gaps=gaps, weights=weights is not None)
    file = written(frame, tmp_path / "t.parquet")
    rows = regpath.read_rows(file, "y", weights=weights, missing=missing)
    problem = regpath.make_problem(frame, "y", weights=weights, missing=missing)
    same(rows, problem)
    assert rows.encoder.filled == pytest.approx(problem.encoder.filled)
    assert rows.passes == 1 + (gaps and missing == "mean" and weights is not None)


@pytest.mark.parametrize("ties", [False, True])
def test_a_median_is_exact_when_the_sample_is_small(tmp_path, monkeypatch, ties):
    monkeypatch.setattr(learning, "SAMPLE_ROWS", 60)
    frame = planted("gaussian", gaps=True)
    if ties:
        frame["c0"] = frame["c0"].round()
    rows = regpath.read_rows(written(frame, tmp_path / "t.parquet"), "y")
    problem = regpath.make_problem(frame, "y")
    assert len(rows.sample) < 200
    assert rows.passes == 2
    same(rows, problem)
    assert rows.encoder.filled == problem.encoder.filled


def test_a_median_outside_of_what_the_sample_expects_is_found_all_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(learning, "SAMPLE_ROWS", 60)
    monkeypatch.setattr("regpath.rows.gap_fills.SPREAD", 1e-3)
    passes = []
    for seed in range(4):
        frame = planted("gaussian", gaps=True, seed=seed)
        rows = regpath.read_rows(written(frame, tmp_path / f"{seed}.parquet"), "y")
        assert rows.encoder.filled == regpath.make_problem(frame, "y").encoder.filled
        passes.append(rows.passes)
    assert max(passes) > 2


def test_however_a_file_is_cut_into_row_groups_and_files_the_same_is_learned(tmp_path):
    frame = planted("binomial", gaps=True)
    one = regpath.read_rows(written(frame, tmp_path / "t.parquet", rows=1000), "y")
    folder = tmp_path / "many"
    (folder / "deep").mkdir(parents=True)
    written(frame[:150], folder / "a.parquet", rows=40)
    frame[150:200].reset_index(drop=True).to_feather(folder / "b.arrow", compression="lz4")
    written(frame[200:], folder / "deep" / "c.parquet")
    (folder / "_SUCCESS").write_text("")
    two = regpath.read_rows(folder, "y")
    assert (two.n_obs, two.feature_names) == (one.n_obs, one.feature_names)
    assert two.x_mean == pytest.approx(one.x_mean, rel=ROUNDING)
    assert two.encoder.fills == pytest.approx(one.encoder.fills)


def test_rows_without_target_or_weight_do_not_count(tmp_path):
    frame = planted("gaussian", weights=True)
    frame.loc[[0, 3, 399], "y"] = np.nan
    frame.loc[[5, 6], "w"] = 0.0
    rows = regpath.read_rows(written(frame, tmp_path / "t.parquet"), "y", weights="w")
    same(rows, regpath.make_problem(frame, "y", weights="w"))
    assert "3 rows without a value of 'y': dropped." in rows.notes


def test_columns_that_cannot_serve_are_set_aside_and_said(tmp_path):
    frame = planted("binomial")
    frame["same"], frame["day"] = 1.0, pd.Timestamp("2020-01-01")
    frame["row"] = np.arange(len(frame))
    frame["name"] = [f"n{i}" for i in range(len(frame))]
    frame["none"] = np.nan
    rows = regpath.read_rows(written(frame, tmp_path / "t.parquet"), "y")
    same(rows, regpath.make_problem(frame, "y"))
    told = " ".join(rows.notes)
    assert all(repr(column) in told for column in ("same", "day", "row", "name", "none"))


def test_signs_for_a_missing_value_are_gaps_as_when_the_file_is_read_whole(tmp_path):
    frame = planted("gaussian")
    frame.loc[:40, "city"] = "NA"
    frame["city"] = frame["city"] + " "
    file = written(frame, tmp_path / "t.parquet")
    rows = regpath.read_rows(file, "y")
    same(rows, regpath.make_problem(regpath.read_table(file), "y"))


@pytest.mark.parametrize("family", ["gaussian", "binomial", "multinomial", "poisson"])
def test_a_family_is_guessed_and_checked_as_of_a_frame(tmp_path, family):
    frame = planted(family)
    rows = regpath.read_rows(written(frame, tmp_path / "t.parquet"), "y")
    assert rows.family == regpath.make_problem(frame, "y").family


def test_a_mapped_array_is_read_where_it_lies(tmp_path):
    frame = planted("poisson")[["c0", "c1", "c2", "y"]]
    whole = np.asfortranarray(frame.to_numpy(float))
    np.save(tmp_path / "X.npy", np.ascontiguousarray(whole[:, :3]))
    np.save(tmp_path / "y.npy", whole[:, 3])
    np.save(tmp_path / "all.npy", whole)
    one = regpath.read_rows(tmp_path / "X.npy", tmp_path / "y.npy", family="poisson")
    two = regpath.read_rows(np.load(tmp_path / "all.npy", mmap_mode="r"), "x3", family="poisson")
    three = regpath.read_rows(
        np.load(tmp_path / "X.npy", mmap_mode="r")[:], np.load(tmp_path / "y.npy", mmap_mode="r")
    )
    problem = regpath.Problem.from_arrays(whole[:, :3], whole[:, 3], family="poisson")
    for rows in (one, two):
        same(rows, problem)
    assert three.n_obs == 400
    part = np.load(tmp_path / "all.npy", mmap_mode="r")
    with pytest.raises(ParameterError, match="whole rows"):
        regpath.read_rows(part[::2], "x3")


ILL = [
    (lambda f: f.assign(y=f.y.where(f.index != 200, np.inf)), {}, "infinite in t.parquet, row gr"),
    (
        lambda f: f.assign(c1=f.c1.where(f.index != 300, -np.inf)),
        {},
        "'c1' holds infinite.*group 2",
    ),
    (lambda f: f.assign(city="1.5"), {}, "'city' holds numbers that are written as words.*group 0"),
    (lambda f: f.assign(y=-1.0 * f.index), {"family": "poisson"}, "'y' is -399 in t.parquet"),
    (lambda f: f, {"target": "z"}, "no column 'z' to predict"),
    (lambda f: f, {"features": ["y"]}, "both target and feature"),
    (lambda f: f, {"features": ["q"]}, "no column 'q'"),
    (lambda f: f.assign(w=f.index - 10.0), {"weights": "w"}, "weights in column 'w'.*group 0, 10"),
    (lambda f: f[:2], {}, "2 rows can be used"),
    (lambda f: f.assign(y=np.nan), {}, "holds no values"),
    (lambda f: f[["city", "y"]].assign(city="a"), {}, "No column can serve.*constant"),
]


@pytest.mark.parametrize(("spoil", "said", "message"), ILL)
def test_what_cannot_be_is_refused_by_column_and_block(tmp_path, spoil, said, message):
    file = written(spoil(planted("gaussian")), tmp_path / "t.parquet")
    said = {"target": "y", **said}
    with pytest.raises(DataError, match=message):
        regpath.read_rows(file, **said)


def test_nothing_to_find_is_said(tmp_path):
    file = written(planted("gaussian").assign(y=4.0), tmp_path / "t.parquet")
    with pytest.raises(NothingToFindError, match="is 4 in every row"):
        regpath.read_rows(file, "y")


def test_what_is_no_file_is_refused(tmp_path):
    for source, message in (
        (tmp_path / "no.parquet", "no file or directory"),
        ("s3://bucket/t.parquet", "files of this machine"),
        (planted("gaussian"), "takes the path of a file"),
        (tmp_path, "no Parquet or Arrow file"),
    ):
        with pytest.raises((DataError, ParameterError), match=message):
            regpath.read_rows(source, "y")
    (tmp_path / "t.csv").write_text("a,y\n1,2\n")
    with pytest.raises(DataError, match="read_table reads other files"):
        regpath.read_rows(tmp_path / "t.csv", "y")


def test_the_digest_knows_the_cells(tmp_path):
    frame = planted("gaussian")
    digests = set()
    for change in (lambda f: f, lambda f: f, lambda f: f.assign(c0=f.c0 + (f.index == 399))):
        file = written(change(frame), tmp_path / "t.parquet")
        digests.add(regpath.read_rows(file, "y").digest)
    assert len(digests) == 2
