"""Studies that what leaves the program is tried on, one with every kind of repair and coding.

Exports change nothing of a study, so each is made once.
"""

from functools import cache

import numpy as np
import pandas as pd

import regpath

CITIES = ["Oslo", "O'Fallon", "Rio", "Bonn", "x"]


def messy_table():
    """Words with gaps and rare levels, amounts with gaps, truth, hostile names."""
    rng = np.random.default_rng(5)
    n = 160
    frame = pd.DataFrame(
        {
            'we"ight; DROP TABLE x--': rng.normal(70.0, 9.0, n),
            "city's": rng.choice(
                ["Oslo", "O'Fallon", "Rio", "Bonn", "x"], n, p=[0.4, 0.3, 0.2, 0.08, 0.02]
            ),
            "fever": pd.array(rng.random(n) < 0.4, dtype="boolean"),
            "<b>dose</b>": rng.integers(0, 5, n).astype(float),
            "ward": rng.choice(["north", "south"], n),
        }
    )
    signal = (
        0.1 * (frame.iloc[:, 0] - 70.0) + (frame["city's"] == "Oslo") + 0.5 * frame["<b>dose</b>"]
    )
    frame["y"] = np.where(signal + rng.logistic(size=n) > 1.4, "ill", "well")
    frame.iloc[::11, 0] = np.nan
    frame.loc[frame.index[::13], "city's"] = None
    frame.loc[frame.index[::17], "fever"] = pd.NA
    frame["city's"] = frame["city's"].astype(pd.StringDtype(na_value=np.nan))
    return regpath.Table.from_frame(frame, name="messy")


@cache
def messy_study(**choices):
    usual = {
        "missing": "indicator",
        "min_level_count": 12,
        "terms": ('we"ight; DROP TABLE x--:<b>dose</b>', "<b>dose</b>^2"),
        "level_groups": (("city's", "south", ("Rio", "Bonn")),),
        "l1_ratio": 0.5,
    }
    recipe = regpath.Recipe("y", n_lambdas=20, **{**usual, **choices})
    return regpath.run_study(messy_table(), recipe)


@cache
def bundled_study(name, **choices):
    (entry,) = [entry for entry in regpath.datasets.catalog() if entry.name == name]
    recipe = regpath.Recipe(entry.target, n_lambdas=20, **choices)
    return regpath.run_study(regpath.datasets.load(name), recipe)


BUNDLED = ("breast_cancer", "diabetes", "election_1996", "iris", "penguins", "wine")


def counts_path():
    """A frame with counts, an exposure, words and gaps, and its path."""
    rng = np.random.default_rng(8)
    n = 120
    frame = pd.DataFrame(
        {
            "age": rng.normal(40.0, 9.0, n),
            "city": rng.choice(["Oslo", "Rio", "Bonn"], n),
            "years": rng.uniform(0.5, 4.0, n),
        }
    )
    rate = np.exp(0.03 * (frame["age"] - 40.0) + 0.7 * (frame["city"] == "Rio"))
    frame["events"] = rng.poisson(rate * frame["years"])
    frame.loc[frame.index[::9], "age"] = np.nan
    problem = regpath.make_problem(
        regpath.Table.from_frame(frame), "events", family="poisson", exposure="years"
    )
    return frame, regpath.fit_path(problem, n_lambdas=20)
