"""Pictures of a report: names and numbers beside the curves."""

import numpy as np
import pandas as pd
import pytest

import regpath
from regpath.export.reporting.pictures import Scale


@pytest.mark.parametrize("ends", [(-1.0, 1.0), (-0.3, 1.2), (-7e-5, 3e-5), (0.0, 4.0)])
def test_zero_has_no_sign(ends):
    ticks = Scale(*ends, 0.0, 100.0).ticks()
    assert 0.0 in ticks
    assert not any(tick == 0.0 and np.signbit(tick) for tick in ticks)


def test_names_that_begin_alike_are_told_apart_beside_their_curves():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(80, 2))
    names = ["income (monthly, household, before tax)", "income (monthly, household, after tax)"]
    frame = pd.DataFrame(x, columns=names).assign(y=x @ [2.0, -1.0] + rng.normal(size=80))
    study = regpath.run_study(regpath.Table.from_frame(frame), regpath.Recipe("y", n_lambdas=10))
    picture = regpath.export.report(study).partition("<svg")[2].partition("</svg>")[0]
    assert "efore tax)" in picture
    assert "after tax)" in picture
    assert "…" in picture
