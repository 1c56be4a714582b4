"""Makes the rows of statsmodels in strength_others.csv, to compare conversions with.

From the root of the repository, with statsmodels installed, after strength_others.R:
python tests/reference/strength_statsmodels.py
"""

from pathlib import Path

import numpy as np
import pandas as pd
import statsmodels.api as sm

HERE = Path(__file__).parent
ROWS = HERE.parents[1] / "datasets"


def scaled(name, target):
    """Features per standard deviation (1/n), with the constant that is not to be penalized."""
    table = pd.read_csv(ROWS / f"{name}.csv")
    X = table.drop(columns=target)
    return table[target], sm.add_constant((X - X.mean()) / X.std(ddof=0))


def rows(case, system, data, value, mix, estimates):
    frame = pd.DataFrame({"term": estimates.index, "estimate": estimates.to_numpy()})
    told = {"case": case, "system": system, "data": data, "value": value, "mix": mix}
    return frame[frame["term"] != "const"].assign(**told)


def penalties(X, value):
    """A scalar would penalize the constant, too."""
    return np.r_[0.0, np.full(X.shape[1] - 1, value)]


amount, X = scaled("diabetes", "progression")
how = {"cnvrg_tol": 1e-12, "maxiter": 10_000, "zero_tol": 0.0}
found = [
    rows(
        "statsmodels OLS",
        "statsmodels",
        "diabetes",
        3.0,
        0.4,
        sm.OLS(amount, X).fit_regularized(alpha=penalties(X, 3.0), L1_wt=0.4, **how).params,
    )
]
kind, Z = scaled("breast_cancer", "diagnosis")
ill = (kind == "malignant").astype(float)
glm = sm.GLM(ill, Z, family=sm.families.Binomial())
found.append(
    rows(
        "statsmodels GLM",
        "statsmodels",
        "breast_cancer",
        0.05,
        0.5,
        glm.fit_regularized(alpha=penalties(Z, 0.05), L1_wt=0.5, **how).params,
    )
)
logit = sm.Logit(ill, Z).fit_regularized(
    alpha=penalties(Z, 20.0), acc=1e-14, maxiter=10_000, trim_mode="off", disp=False
)
found.append(rows("statsmodels Logit", "statsmodels_l1", "breast_cancer", 20.0, 1.0, logit.params))

file = HERE / "strength_others.csv"
before = pd.read_csv(file)
kept = before[~before["case"].str.startswith("statsmodels")]
result = pd.concat([kept, *found], ignore_index=True)[list(before.columns)]
result.to_csv(file, index=False, float_format="%.15g", lineterminator="\n")
