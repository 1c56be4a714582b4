"""Two classes that a straight line separates without one error: weights run away."""

from __future__ import annotations

import numpy as np
import pandas as pd
from writing import write

ROWS_PER_CLASS = 30
DIRECTION = np.array([2.0, 1.0, 0.0]) / np.sqrt(5.0)
GAP = 0.5


def make() -> pd.DataFrame:
    rng = np.random.default_rng(2)
    draws = rng.standard_normal((2000, DIRECTION.size)).round(3)
    side = draws @ DIRECTION
    below = draws[side < -GAP / 2][:ROWS_PER_CLASS]
    above = draws[side > GAP / 2][:ROWS_PER_CLASS]
    frame = pd.DataFrame(np.vstack([below, above]), columns=["dose", "exposure", "bystander"])
    frame["outcome"] = ["well"] * ROWS_PER_CLASS + ["ill"] * ROWS_PER_CLASS
    return frame.iloc[rng.permutation(len(frame))]


if __name__ == "__main__":
    write(make(), "separable")
