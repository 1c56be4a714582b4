"""What a run is expected to cost follows from its rows; passes that are made lie within."""

import numpy as np
import pytest

import regpath
from regpath.rows import cost
from regpath.rows.cost import run_cost
from tests.rows.stored import planted, written


@pytest.fixture(params=["gaussian", "binomial", "poisson"])
def rows(request, tmp_path):
    frame = planted(request.param, n=20_000)
    file = written(frame, tmp_path / "t.parquet", rows=5000)
    return regpath.read_rows(file, "y", family=request.param)


def test_passes_that_are_made_lie_within_what_was_expected(rows):
    expected = run_cost(rows, 0.1, n_folds=5, n_pairs=3)
    path = regpath.fit_path(rows)
    cv = regpath.cross_validate(rows, path, n_folds=5)
    halves = regpath.assess_stability(rows, path, n_pairs=3)
    # With words whose levels all have a feature, or few rows, some more.
    for stage, made in zip(expected.stages, (path, cv, halves), strict=True):
        few, many = stage.passes
        assert few * 0.5 <= made.passes <= many * 1.5, stage
        if rows.loss.quadratic:
            assert made.passes == few == many
    assert [stage.what for stage in expected.stages] == ["the path", "5 folds", "3 pairs"]


@pytest.fixture
def timed(monkeypatch):
    """Arithmetic that takes one second for each kind of question."""
    monkeypatch.setattr(cost, "_timed", lambda rows, n: cost._Arithmetic(1.0, 1.0, 1.0, 1.0))


def test_more_work_costs_more_and_more_workers_less(rows, timed):
    few = run_cost(rows, 1.0, n_folds=5)
    more = run_cost(rows, 1.0, n_folds=10, n_pairs=4)
    assert all(one < two for one, two in zip(few.seconds, more.seconds, strict=True))
    halved = run_cost(rows, 1.0, n_folds=5, workers=2)
    assert halved.seconds == pytest.approx(np.divide(few.seconds, 2.0))


def test_reading_counts_once_for_each_pass_unless_workers_keep_the_rows(rows, timed, tmp_path):
    kept = run_cost(rows, 10.0)
    frame = planted(rows.family, n=20_000)
    file = written(frame, tmp_path / "again.parquet", rows=5000)
    lost = regpath.read_rows(file, "y", family=rows.family, keep_megabytes=0)
    anew = run_cost(lost, 10.0)
    assert kept.kept
    assert not anew.kept
    for k in (0, 1):
        assert anew.seconds[k] - kept.seconds[k] == pytest.approx(10.0 * anew.stages[0].passes[k])


def test_bytes_are_those_of_all_files(tmp_path):
    folder = tmp_path / "parts"
    folder.mkdir()
    files = [written(planted("gaussian"), folder / f"{k}.parquet", rows=90) for k in range(3)]
    rows = regpath.read_rows(folder, "y")
    assert run_cost(rows, 0.1).n_bytes == sum(file.stat().st_size for file in files)


def test_gaps_and_pairs_that_do_not_fit_together_take_passes_of_their_own(
    tmp_path, timed, monkeypatch
):
    frame = planted("binomial", gaps=True)
    rows = regpath.read_rows(written(frame, tmp_path / "t.parquet"), "y")
    plain = regpath.read_rows(written(planted("binomial"), tmp_path / "p.parquet"), "y")
    with_gaps, without = (run_cost(each, 0.1, n_folds=5, n_pairs=4) for each in (rows, plain))
    more = [
        one.passes[0] - two.passes[0]
        for one, two in zip(with_gaps.stages, without.stages, strict=True)
    ]
    assert more == [0, 1, 4]
    monkeypatch.setattr("regpath.rows.halves.HELD", 0)
    alone = run_cost(plain, 0.1, n_pairs=4).stages[1]
    assert alone.passes == (4 * cost.HALVES[0], 4 * cost.HALVES[1])


def test_arithmetic_is_timed_on_a_few_rows_of_wide_data(tmp_path):
    frame = planted("binomial", n=300, p=40)
    rows = regpath.read_rows(written(frame, tmp_path / "t.parquet"), "y")
    unit = cost._timed(rows, 20)
    assert min(unit[:3]) > 0.0
    assert unit.squares == 0.0
