"""Penalties side by side."""

import numpy as np
import pytest

import regpath
from regpath.core.comparison.compare import checked_ratios


@pytest.fixture(scope="module")
def comparison():
    problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    return problem, regpath.compare_paths(problem, n_lambdas=40)


@pytest.mark.parametrize("by", ["deviance", "shrinkage"])
def test_levels_are_reached_by_the_strongest_point_that_does(comparison, by):
    _, found = comparison
    levels = found.levels(17, by)
    at = found.positions(levels, by)
    assert (at >= 0).all()
    assert (np.diff(at, axis=0) >= 0).all()
    for k in range(3):
        scale = found.scale_of(k, by)
        for level, i in zip(levels, at[:, k], strict=True):
            assert scale[: i + 1].max() >= level - 1e-12
            assert i == 0 or scale[:i].max() < level


def test_scales_are_what_they_say(comparison):
    _, found = comparison
    norms = [np.sqrt((path.coefs("standardized") ** 2).sum(axis=0)) for path in found.paths]
    top = max(norm.max() for norm in norms)
    for k, path in enumerate(found.paths):
        np.testing.assert_array_equal(found.scale_of(k), path.dev_ratio)
        np.testing.assert_allclose(found.scale_of(k, "shrinkage"), norms[k] / top)


def test_frame_tells_fit_strength_and_features(comparison):
    problem, found = comparison
    frame = found.to_frame(n_levels=10, problem=problem)
    assert frame["penalty"].unique().tolist() == ["lasso", "elastic net 0.5", "ridge"]
    assert (frame["dev_ratio"] >= frame["level"] - 1e-12).all()
    np.testing.assert_allclose(frame["r2"], frame["dev_ratio"], atol=1e-9)
    assert frame["certified"].all()
    for name, part in frame.groupby("penalty"):
        path, at = found.paths[found.names.index(name)], part["index"].to_numpy()
        np.testing.assert_array_equal(part["n_nonzero"], path.n_nonzero[at])
        np.testing.assert_array_equal(part["lambda"], path.lambdas[at])


def test_coefficients_at_a_level(comparison):
    _, found = comparison
    level = found.levels(10)[6]
    table = found.coefs_at(level).set_index("feature")
    at = found.positions(level)[0]
    for name, path, i in zip(found.names, found.paths, at, strict=True):
        np.testing.assert_array_equal(table[name], path.coefs("standardized")[:, i])
    with pytest.raises(regpath.ParameterError, match=r"does not reach the level 0\.9"):
        found.coefs_at(0.9)


def test_classes_have_rows_of_their_own():
    problem = regpath.make_problem(regpath.datasets.load("iris"), "species")
    found = regpath.compare_paths(problem, l1_ratios=(1.0, 0.0), n_lambdas=10, min_ratio=0.01)
    table = found.coefs_at(0.3)
    assert list(table.columns) == ["feature", "class", "lasso", "ridge"]
    assert len(table) == 12
    frame = found.paths_frame()
    part = frame[(frame["penalty"] == "lasso") & (frame["class"] == "virginica")]
    np.testing.assert_array_equal(
        part["coefficient"].to_numpy().reshape(4, 10), found.paths[0].coefs("standardized")[2]
    )


def test_paths_over_the_common_scale(comparison):
    _, found = comparison
    frame = found.paths_frame("shrinkage")
    assert len(frame) == 3 * 10 * 40
    part = frame[(frame["penalty"] == "ridge") & (frame["feature"] == "sex")]
    j = found.paths[2].feature_names.index("sex")
    np.testing.assert_array_equal(part["coefficient"], found.paths[2].coefs("standardized")[j])
    np.testing.assert_array_equal(part["scale"], found.scale_of(2, "shrinkage"))
    np.testing.assert_array_equal(part["lambda"], found.paths[2].lambdas)


def test_each_grid_is_that_of_its_own_penalty(comparison):
    problem, found = comparison
    for ratio, path in zip((1.0, 0.5, 0.0), found.paths, strict=True):
        ends = regpath.lambda_range(problem, l1_ratio=ratio)
        np.testing.assert_allclose(path.lambdas[[0, -1]], ends)
    assert found.paths[0].n_nonzero[0] == found.paths[1].n_nonzero[0] == 0


def test_min_ratio_is_the_lassos_and_the_others_go_as_much_further(comparison):
    problem, found = comparison
    longer = regpath.compare_paths(problem, n_lambdas=5, min_ratio=1e-5)
    for path, usual in zip(longer.paths, found.paths, strict=True):
        assert path.lambdas[0] == pytest.approx(usual.lambdas[0])
        assert path.lambdas[-1] == pytest.approx(0.1 * usual.lambdas[-1])


def test_progress_and_bad_ratios(comparison):
    problem, _ = comparison
    told = []
    regpath.compare_paths(problem, l1_ratios=(1.0, 0.5), n_lambdas=3, progress=told.append)
    assert told == [0.0, 0.5, 1.0]
    with pytest.raises(regpath.ParameterError, match="must be different numbers"):
        checked_ratios((1.0, 1.0), "compare_paths")
    with pytest.raises(regpath.ParameterError, match=r"a number in \[0, 1\]"):
        checked_ratios((1.5,), "compare_paths")
    with pytest.raises(regpath.ParameterError, match=r"'by' parameter of Comparison\.scale_of"):
        regpath.compare_paths(problem, n_lambdas=3).scale_of(0, "lambda")


def test_a_strength_that_is_said_is_on_every_path_exactly(comparison):
    diabetes, _ = comparison
    compared = regpath.compare_paths(diabetes, n_lambdas=12, extra_lambdas=(1.2345, 80.0))
    for ratio, path in zip((1.0, 0.5, 0.0), compared.paths, strict=True):
        assert {1.2345, 80.0} <= set(path.lambdas)
        assert path.converged.all()
        alone = regpath.fit_path(diabetes, l1_ratio=ratio, lambdas=path.lambdas)
        np.testing.assert_array_equal(path.coef_at(80.0), alone.coef_at(80.0))


@pytest.mark.parametrize("function", [regpath.compare_paths, regpath.map_validation])
@pytest.mark.parametrize(
    "given",
    [
        {"lambdas": [0.1, 1.0]},
        {"lambdas": [-1.0]},
        {"n_lambdas": 0},
        {"min_ratio": 2.0},
        {"extra_lambdas": -1.0},
        {"l1_ratios": (0.5, 2.0)},
        {"penalty_factor": [1.0]},
    ],
    ids=str,
)
def test_what_is_refused_is_a_parameter_of_whom_was_called(function, given, comparison):
    (name,) = given
    with pytest.raises(regpath.ParameterError, match=f"'{name}' parameter of {function.__name__} "):
        function(comparison[0], **given)
