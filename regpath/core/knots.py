"""knots: where along a path a coefficient enters, leaves or changes sign."""

from __future__ import annotations

import numpy as np
import pandas as pd

from regpath.core.regpath import RegPath

KINDS = ("enters", "leaves", "changes sign")


def knots(path: RegPath) -> pd.DataFrame:
    """Every event between neighbouring points of the grid, from strong to weak.

    An event stands at the first point that shows it. What is already in the model at the first
    point has not entered, so ridge has no entries.

    Parameters
    ----------
    path : RegPath

    Returns
    -------
    DataFrame
        One row per event: `index` and `lambda` of the point, `feature` (its position in
        `path.feature_names`), `name`, `class` (position in `path.classes`; 0 unless multinomial),
        `kind` ("enters", "leaves" or "changes sign") and `sign` (of the coefficient from there
        on; 0 where it leaves).

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    >>> events = knots(regpath.fit_path(problem))
    >>> events.loc[0, ["name", "kind"]].tolist()
    ['body_mass_index', 'enters']
    """
    signs = np.sign(path.coef_path).astype(int)
    signs = signs if signs.ndim == 3 else signs[None]
    before, after = signs[..., :-1], signs[..., 1:]
    index, feature, label = np.nonzero((before != after).transpose(2, 1, 0))
    old, new = before[label, feature, index], after[label, feature, index]
    kind = np.where(old == 0, 0, np.where(new == 0, 1, 2))
    return pd.DataFrame(
        {
            "index": index + 1,
            "lambda": path.lambdas[index + 1],
            "feature": feature,
            "name": [path.feature_names[j] for j in feature],
            "class": label,
            "kind": [KINDS[k] for k in kind],
            "sign": new,
        }
    )
