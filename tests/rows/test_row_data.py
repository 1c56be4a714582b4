"""Rows that are passed over answer all that `RowData` asks, with the sums of rows in memory."""

from functools import partial

import numpy as np
import pytest

import regpath
from regpath.core.fit import Points
from regpath.core.in_memory import in_memory
from regpath.core.row_data import ModelSums, RowData, SplittableRows
from regpath.rows import learning
from tests.rows.stored import planted, written

FAMILIES = ("gaussian", "binomial", "multinomial", "poisson")


def asked_of(protocol):
    return {name for base in protocol.__mro__ for name in vars(base) if not name.startswith("_")}


@pytest.fixture(params=FAMILIES)
def both(request, tmp_path):
    frame = planted(request.param)
    rows = regpath.read_rows(written(frame, tmp_path / "t.parquet"), "y", family=request.param)
    problem = regpath.make_problem(frame, "y", family=request.param)
    with rows.opened(standardize=True, engine=None) as there:
        yield in_memory(problem, standardize=True), there


def points_of(rows, count=3):
    rng = np.random.default_rng(1)
    coefs = 0.3 * rng.normal(size=(count, rows.n_outputs, rows.p))
    return Points(0.1 * rng.normal(size=(count, rows.n_outputs)), coefs)


def test_each_answer_is_the_sum_of_the_rows_in_memory(both):
    here, there = both
    points, every = points_of(here), np.ones(here.p, dtype=bool)
    for one, two in zip(here.null_sums(), there.null_sums(), strict=True):
        assert two == pytest.approx(one, rel=1e-9)
    along = [rows.curvature_along(points.at([0]), points.coefs[1]) for rows in both]
    assert along[1] == pytest.approx(along[0], rel=1e-9)
    proofs = (rows.certificate_sums(every, points) for rows in both)
    for one, two in zip(*proofs, strict=True):
        assert two == pytest.approx(one, rel=1e-9, abs=1e-11)


def test_solvers_are_answered_as_in_memory(both):
    points, one = points_of(both[0]), np.zeros(3, dtype=np.intp)
    beta = np.full((1, both[0].n_outputs, both[0].p), 0.02)
    intercept = np.full((1, both[0].n_outputs), 0.1)
    answers = []
    for rows in both:
        sums = rows.model_sums()
        answers.append(
            [
                *sums.gradient(*points, one),
                *sums.gradients_by_model(intercept, beta),
                sums.curvature(points.intercepts[0], points.coefs[0], 0),
                sums.curvatures(*points, one),
                sums.curvatures_by_model(intercept[0], beta[0]),
            ]
        )
    for first, second in zip(*answers, strict=True):
        assert second == pytest.approx(first, rel=1e-9, abs=1e-11)


def test_who_is_asked_has_all_that_its_protocol_names_and_no_more(both):
    here, there = both
    assert all(hasattr(there, name) for name in asked_of(RowData))
    assert all(hasattr(here, name) for name in asked_of(SplittableRows))
    assert not any(hasattr(there, name) for name in asked_of(SplittableRows) - asked_of(RowData))
    for rows in both:
        assert all(hasattr(rows.model_sums(), name) for name in asked_of(ModelSums))


@pytest.mark.parametrize("family", ["binomial", "poisson"])
def test_paths_and_folds_tell_after_each_round_and_stop_there(family, tmp_path, monkeypatch):
    monkeypatch.setattr(learning, "SAMPLE_ROWS", 500)
    rows = regpath.read_rows(
        written(planted(family, n=8000), tmp_path / "t.parquet", rows=2000), "y", family=family
    )
    path = regpath.fit_path(rows)
    for call, found in (
        (partial(regpath.fit_path, rows), lambda path: path.coefs()),
        (partial(regpath.cross_validate, rows, path, n_folds=4), lambda cv: cv.fold_scores),
    ):
        told, heard = [], []
        first = found(call(progress=told.append))
        assert len(set(told)) > 4
        assert told == sorted(told)
        assert told[-1] == 1.0

        def stop(share, heard=heard):
            heard.append(share)
            if 0.2 < share < 1.0:
                raise regpath.Cancelled

        with pytest.raises(regpath.Cancelled):
            call(progress=stop)
        assert heard == told[: len(heard)]
        assert (found(call()) == first).all()
