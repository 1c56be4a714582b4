"""Two overlapping clouds of points, for looking at a decision boundary."""

from __future__ import annotations

import numpy as np
import pandas as pd
from writing import write

ROWS_PER_CLASS = 200
CENTRES = {"circle": (-1.0, -0.6), "square": (1.0, 0.6)}
SPREAD = np.array([[1.0, 0.0], [0.3, 0.9]])


def make() -> pd.DataFrame:
    rng = np.random.default_rng(7)
    parts = []
    for shape, centre in CENTRES.items():
        points = centre + rng.standard_normal((ROWS_PER_CLASS, 2)) @ SPREAD.T
        parts.append(pd.DataFrame(points, columns=["across", "up"]).assign(shape=shape))
    return pd.concat(parts, ignore_index=True).round(3)


if __name__ == "__main__":
    write(make(), "blobs")
