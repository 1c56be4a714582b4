import numpy as np
import pytest

import regpath
from regpath import Problem, fit_path
from regpath.core.progress import Cancelled, part_of, tell


def test_shares_are_told_and_stay_between_none_and_all():
    heard = []
    tell(heard.append, 3, 4)
    tell(heard.append, 5, 4)
    tell(heard.append, 0, 0)
    tell(None, 1, 2)
    assert heard == [0.75, 1.0, 1.0]


def test_a_stage_is_a_part_of_the_whole():
    heard = []
    stage = part_of(heard.append, 0.5, 0.9)
    stage(0.0)
    stage(0.5)
    assert heard == pytest.approx([0.5, 0.7])
    assert part_of(None, 0.0, 1.0) is None


def test_a_callback_that_raises_ends_the_call():
    def stop(share):
        raise Cancelled

    with pytest.raises(regpath.RegpathError, match="Stopped before it was done"):
        tell(stop, 0.5)


@pytest.mark.parametrize(
    ("n", "p", "l1_ratio", "classes"),
    [(300, 6, 1.0, 0), (300, 6, 1.0, 2), (60, 200, 1.0, 2), (60, 200, 0.0, 2), (60, 200, 1.0, 0)],
)
def test_a_path_tells_how_many_strengths_are_solved_and_can_be_stopped(n, p, l1_ratio, classes):
    rng = np.random.RandomState(0)
    X = rng.randn(n, p)
    y = X[:, 0] + rng.randn(n)
    problem = Problem.from_arrays(X, (y > 0).astype(int) if classes else y)
    heard = []
    path = fit_path(problem, l1_ratio=l1_ratio, n_lambdas=60, progress=heard.append)
    alone = fit_path(problem, l1_ratio=l1_ratio, n_lambdas=60)
    np.testing.assert_array_equal(path.coef_path, alone.coef_path)
    assert heard == sorted(heard)
    assert heard[-1] == 1.0
    assert len(heard) > 3

    def stop(share):
        heard.append(share)
        if share > 0.3:
            raise Cancelled

    with pytest.raises(Cancelled):
        fit_path(problem, l1_ratio=l1_ratio, n_lambdas=60, progress=stop)
    assert heard[-1] < 1.0
