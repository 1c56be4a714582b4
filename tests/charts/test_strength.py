import numpy as np
import pytest

from regpath.charts.strength import strength_axis


@pytest.mark.parametrize("lambdas", [[1.0, 0.1, 0.01], [3.0, 2.9], [5.0]])
def test_the_axis_runs_from_strong_to_weak_and_says_so(lambdas):
    axis = strength_axis(np.array(lambdas))
    left, right = axis.options["range"]
    assert left >= np.log10(lambdas[0])
    assert right <= np.log10(lambdas[-1])
    assert left > right
    assert axis.options["type"] == "log"
    assert axis.ends == ("← stronger", "weaker →")
