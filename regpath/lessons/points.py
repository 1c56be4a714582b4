"""Points of a lesson that a student moves: the plane they are drawn on, and where they begin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from regpath.core.boundary.drawn_points import MOST, DrawnPoints, plane_and_points_of
from regpath.core.boundary.plane import Plane
from regpath.errors import DataError
from regpath.lessons.material import Material


def plane_and_points(on: Material, options: Mapping[str, Any]) -> tuple[Plane, DrawnPoints]:
    """Some of a lesson's training rows as points, and the plane around them.

    Parameters
    ----------
    on : Material
        Of two features and two classes.
    options : mapping
        `n_points`: how many of the rows are points at first.

    Raises
    ------
    DataError
        If there are other numbers of features or classes.
    """
    train = on.study.train
    if train.n_features != 2 or len(train.classes) != 2:
        raise DataError(
            f"The chart 'points' takes two features and two classes. Got {train.n_features} and "
            f"{len(train.classes)}.",
            "Leave out columns by `features` in the recipe.",
        )
    X = np.asarray(train.X)
    first, second = train.feature_names
    no, yes = map(str, train.classes)
    return plane_and_points_of(
        X,
        np.asarray(train.y) == 1,
        (first, second),
        (no, yes),
        per_sd=on.recipe.standardize,
        most=int(options.get("n_points", MOST)),
    )
