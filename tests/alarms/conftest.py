"""Tables with one thing wrong with each."""

import numpy as np
import pandas as pd
import pytest

import regpath
from regpath.alarms import find_alarms


def table(kind="binomial", *, n=120, p=4, seed=0):
    """A target that features explain in part, and nothing to complain of."""
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(rng.normal(size=(n, p)), columns=[f"x{j}" for j in range(p)])
    signal = frame["x0"] + rng.normal(size=n)
    if kind == "binomial":
        frame["y"] = np.where(signal > 0, "sick", "well")
    elif kind == "multinomial":
        frame["y"] = np.array(["a", "b", "c"])[np.digitize(signal, [-0.6, 0.6])]
    else:
        frame["y"] = signal
    return frame


@pytest.fixture
def make_table():
    return table


@pytest.fixture
def alarms_of():
    """Alarms of one kind, or of all, for target "y"."""

    def find(frame, kind=None, recipe=None):
        found = find_alarms(frame, recipe or regpath.Recipe("y"))
        return [alarm for alarm in found if kind in (None, alarm.kind)]

    return find


@pytest.fixture
def goes(alarms_of):
    """Whether carrying out the remedy of an alarm ends it."""

    def check(frame, alarm, recipe=None):
        changed = alarm.change.apply(recipe or regpath.Recipe("y"))
        later = alarms_of(frame, alarm.kind, changed)
        return not any(set(a.columns) & set(alarm.columns) or not a.columns for a in later)

    return check
