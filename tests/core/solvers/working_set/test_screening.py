import numpy as np
import pytest
from scipy import sparse

from regpath.core.design import design_of
from regpath.core.families import FAMILIES
from regpath.core.fit import FitData, Goal, Points
from regpath.core.penalty import Penalty
from regpath.core.solvers.model import Iterates
from regpath.core.solvers.sums import RowSums
from regpath.core.solvers.working_set import screening as module
from regpath.core.solvers.working_set.screening import (
    Extrapolation,
    WorkingColumns,
    deduplicated,
    scattered,
    strong_set,
    violators,
)

FORMS = ["rows", "columns", "far", "disk", "sparse"]


@pytest.fixture
def whole(family, tmp_path):
    """Sums over all features of data in several forms."""

    def draw(form, n=70, p=30, seed=0):
        rng = np.random.default_rng(seed)
        X = rng.normal(size=(n, p)) * rng.uniform(0.3, 3.0, p) + rng.normal(size=p)
        if form == "sparse":
            X[rng.random((n, p)) < 0.6] = 0.0
        elif form == "far":
            X[:, ::4] += 1e5
        if form == "disk":
            data = np.memmap(tmp_path / "x.dat", dtype=float, mode="w+", shape=X.shape)
            data[:] = X
        else:
            turn = {"columns": np.asfortranarray, "sparse": sparse.csr_array}
            data = turn.get(form, np.ascontiguousarray)(X)
        K = 3 if family == "multinomial" else 1
        Y = (
            np.eye(3)[rng.integers(0, 3, n)][:, :K]
            if family != "gaussian"
            else X[:, 1:2] - X[:, 2:3]
        )
        w = rng.uniform(0.2, 2.0, n)
        w /= w.sum()
        design = design_of(data, w, True)
        return RowSums.single(FitData(design, Y, w, FAMILIES[family]))

    return draw


def columns(some):
    """The features in play as a dense array in the coordinates of the penalty."""
    return some.sums.design.columns(np.arange(some.features.size))


@pytest.mark.parametrize("form", FORMS)
def test_features_keep_their_places_while_they_are_not_too_many(form, whole, monkeypatch):
    monkeypatch.setattr(module, "ROOM", 2)
    monkeypatch.setattr(module, "TALL", 1.0)
    monkeypatch.setattr(module, "WIDE", 1.0)
    sums = whole(form)
    some = WorkingColumns(sums)

    def check(expected):
        assert some.features.tolist() == expected
        everything = sums.design.columns(np.array(expected))
        assert columns(some) == pytest.approx(everything, rel=1e-12, abs=1e-12)

    assert some.gather(np.array([7, 3]))
    check([7, 3])
    assert some.gather(np.array([3, 11]))
    check([7, 3, 11])
    assert some.gather(np.array([3]))  # nobody new
    check([7, 3, 11])
    assert some.gather(np.array([0, 29, 3, 11]))
    check([7, 3, 11, 0, 29])
    assert not some.gather(np.array([2, 3]))
    check([2, 3])
    assert some.gather(np.arange(30)[::-1])
    check([2, 3, *[j for j in range(29, -1, -1) if j not in (2, 3)]])


@pytest.mark.parametrize("form", FORMS)
def test_all_gradients_are_measured_from_the_strong_set(form, whole):
    sums = whole(form)
    rng, K = np.random.default_rng(1), sums.data.n_outputs
    some = WorkingColumns(sums)
    for needed in (np.array([5]), np.array([9, 0, 28, 4]), np.arange(30)):
        some.gather(needed)
        b0, b = rng.normal(size=(3, K)), rng.normal(size=(3, K, some.features.size))
        b[1] = 0.0
        points = some.with_gradients(Points(b0, b))
        assert points.intercepts.tolist() == b0.tolist()
        full = np.zeros((3, K, 30))
        full[:, :, some.features] = b
        assert points.coefs.tolist() == full.tolist()
        z, slope = sums.gradient(b0, full, np.zeros(3, dtype=np.intp))
        digits = 1e-9 if form == "far" else 1e-12
        assert points.z == pytest.approx(z, rel=digits, abs=digits)
        assert points.slope == pytest.approx(slope, rel=digits, abs=digits)


@pytest.mark.parametrize(("rows", "threads"), [(7, 1), (7, 3), (1, 2)])
@pytest.mark.parametrize("form", FORMS)
def test_blocks_and_threads_do_not_matter(form, rows, threads, whole, cut_up):
    sums = whole(form)
    rng, K = np.random.default_rng(1), sums.data.n_outputs
    some = WorkingColumns(sums)
    some.gather(np.array([9, 0, 28, 4]))
    where = Points(rng.normal(size=(3, K)), rng.normal(size=(3, K, 4)))
    one = some.with_gradients(where)
    cut_up(rows, threads)
    assert len(sums.design.row_blocks(3 * K)) > 1
    two = some.with_gradients(where)
    assert one.z == pytest.approx(two.z, rel=1e-10, abs=1e-12)
    assert one.slope == pytest.approx(two.slope, rel=1e-10, abs=1e-12)


def random_points(rng, m, K=2, p=9):
    coefs = rng.normal(size=(m, K, p)) * (rng.random((m, K, p)) < 0.6)
    return Iterates(
        rng.normal(size=(m, K)), coefs, rng.normal(size=(m, K, p)), rng.normal(size=(m, K))
    )


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("m", [1, 3])
def test_an_extrapolation_is_straight_and_changes_no_sign(seed, m):
    rng = np.random.default_rng(seed)
    first, later = random_points(rng, 1), random_points(rng, m)
    track = Extrapolation(first, 2.0)
    lambdas = np.geomspace(1.0, 0.5, m)
    track.extend(later, lambdas)
    old, was = (
        (first.at(slice(0, 1)), 2.0) if m == 1 else (later.at(slice(m - 2, m - 1)), lambdas[-2])
    )
    new, last = later.at(slice(m - 1, m)), lambdas[-1]
    goals = last * np.array([1.0, 0.9, 0.1, 1e-4])
    ahead = track.at(goals)
    for c, goal in enumerate(goals):
        share = np.log(last / goal) / np.log(was / last)
        straight = new.coefs[0] + share * (new.coefs[0] - old.coefs[0])
        stays = straight * new.coefs[0] > 0.0
        assert (ahead.coefs[c] * new.coefs[0] >= 0.0).all()
        assert ahead.coefs[c] == pytest.approx(np.where(stays, straight, 0.0))
        assert ahead.z[c] == pytest.approx(new.z[0] + share * (new.z[0] - old.z[0]))
        expected = new.intercepts[0] + share * (new.intercepts[0] - old.intercepts[0])
        assert ahead.intercepts[c] == pytest.approx(expected)


def test_an_extrapolation_of_one_point_stays_there():
    point = random_points(np.random.default_rng(0), 1)
    ahead = Extrapolation(point, 1.0).at(np.array([0.5, 0.1]))
    for part, was in zip(ahead, point, strict=True):
        assert part.tolist() == [was[0].tolist()] * 2


def test_the_strong_rule_speaks_first_and_then_the_extrapolation():
    rng = np.random.default_rng(0)
    point, penalty = random_points(rng, 1), Penalty(0.5, rng.uniform(0.5, 2.0, 9))
    track, lambdas = Extrapolation(point, 1.0), np.array([0.9, 0.8])
    nearness = track.nearness(track.at(lambdas), penalty, lambdas)
    assert nearness == pytest.approx(np.abs(point.z[0]) / (0.5 * (2 * 0.8 - 1.0) * penalty.factors))
    track.extend(random_points(rng, 1), np.array([0.7]))
    ahead = track.at(lambdas)
    nearness = track.nearness(ahead, penalty, lambdas)
    every = [np.abs(ahead.z[c]) / (0.5 * lambdas[c] * penalty.factors) for c in range(2)]
    assert nearness == pytest.approx(np.maximum(*every))


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5, 0.0])
@pytest.mark.parametrize("seed", range(5))
def test_whoever_lives_or_is_free_is_in_the_strong_set(l1_ratio, seed, monkeypatch):
    monkeypatch.setattr(module, "ROOM", 3)
    rng = np.random.default_rng(seed)
    penalty = Penalty(l1_ratio, rng.uniform(0.5, 2.0, 60) * (rng.random(60) < 0.9))
    point = random_points(rng, 1, p=60)
    track = Extrapolation(point, 1.0)
    lambdas = np.array([0.9, 0.7])
    nearness = track.nearness(track.at(lambdas), penalty, lambdas)
    alive = rng.random(60) < 0.1
    found = strong_set(nearness, alive, penalty)
    settled = alive | (penalty.factors == 0.0) | (l1_ratio == 0.0)
    assert np.unique(found).size == found.size
    assert set(np.flatnonzero(settled)) <= set(found)
    # Of the others the nearest, as many as there is room for.
    others = np.setdiff1d(found, np.flatnonzero(settled))
    near = nearness.max(axis=0)
    close = np.flatnonzero(~settled & (near >= 1.0 - module.NEARLY_ALIVE))
    assert others.size == min(close.size, 3 + 3 * settled.sum())
    assert set(others) <= set(close)
    left = np.setdiff1d(close, others)
    if left.size:
        assert near[left].max() <= near[others].min()


def test_a_strong_set_is_never_empty():
    nearness = np.array([[0.1, 0.3, 0.2]])
    assert strong_set(nearness, np.zeros(3, dtype=bool), Penalty(1.0, np.ones(3))).tolist() == [1]


def test_violators_are_outside_and_the_worst_come_first():
    goal = Goal(np.array([1.0, 0.5]), Penalty(1.0, np.ones(9)), np.full(2, 1e-8))
    z = np.zeros((2, 2, 9))
    z[0, 1, 2], z[1, 0, 4], z[1, 1, 7], z[1, 1, 8] = 1.2, -0.9, 2.0, 0.5 + 1e-9
    points = Iterates(np.zeros((2, 2)), np.zeros((2, 2, 9)), z, np.zeros((2, 2)))
    assert violators(points, goal, np.array([7])).tolist() == [4, 2]
    assert violators(points, goal, np.array([0])).tolist() == [7, 4, 2]


def test_features_are_scattered_among_all():
    coefs = np.arange(12.0).reshape(2, 2, 3)
    full = scattered(coefs, np.array([4, 0, 2]), 5)
    assert full[:, :, [4, 0, 2]].tolist() == coefs.tolist()
    assert not full[:, :, [1, 3]].any()


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_of_copies_one_is_in_play_and_the_settled_ones_stay(sign):
    z = np.random.default_rng(0).normal(size=(3, 2, 10))
    z[:, :, 7] = sign * z[:, :, 2]
    z[:, :, [4, 9]] = z[:, :, [5]] * (1.0 + 1e-15)
    every, nobody = np.arange(10), np.zeros(10, dtype=bool)
    left = deduplicated(every, z, nobody)
    assert sum(f in left for f in (2, 7)) == 1
    assert sum(f in left for f in (4, 5, 9)) == 1
    assert set(left) >= {0, 1, 3, 6, 8}
    alive = nobody.copy()
    alive[[4, 9, 7]] = True
    assert set(deduplicated(every, z, alive)) == {0, 1, 3, 4, 6, 7, 8, 9}


@pytest.mark.parametrize("form", FORMS)
def test_so_many_features_that_they_would_fill_memory_are_not_gathered(form, whole):
    sums = whole(form)
    some = WorkingColumns(sums)
    few, most = np.array([3, 0]), np.arange(sums.p - 1)
    assert some.gather(few)
    assert not some.gather(most) or some.sparse
    if not some.sparse:
        assert some.sums is sums
        assert some.features.tolist() == list(range(sums.p))
        assert some.gather(few)
        assert some.features.size == sums.p
