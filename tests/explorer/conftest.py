"""Studies that the chart tests share."""

import numpy as np
import pytest

import regpath

HOSTILE = "<b>x</b> & <a href='javascript:alert(1)'>y</a>"


@pytest.fixture(scope="session")
def study_of():
    """A function from family and test share to a small study with a hostile name in it."""

    def make(family, test_size=0.25):
        rng = np.random.default_rng(0)
        X = rng.normal(size=(80, 4))
        signal = X @ (1.5, -2.0, 0.7, 0.3) + 0.5 * rng.normal(size=80)
        rank = np.digitize(signal, np.quantile(signal, [0.3, 0.6]))
        target = {
            "gaussian": signal,
            "binomial": np.where(signal > 0.0, "<i>up</i>", "down"),
            "multinomial": np.array(["low", "<i>mid</i>", "high"])[rank],
        }[family]
        names = (HOSTILE, "b", "c", "a name that is much longer than its label")
        text = ["\t".join((*names, "y"))]
        text += ["\t".join(map(str, (*row, y))) for row, y in zip(X, target, strict=True)]
        table = regpath.read_table("\n".join(text).encode())
        recipe = regpath.Recipe("y", n_lambdas=20, test_size=test_size, family=family)
        return regpath.run_study(table, recipe)

    studies = {}

    def cached(family, test_size=0.25):
        key = (family, test_size)
        if key not in studies:
            studies[key] = make(*key)
        return studies[key]

    return cached
