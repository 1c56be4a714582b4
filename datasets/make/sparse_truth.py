"""Fifty features of which five matter, with effects that are known because they were chosen."""

from __future__ import annotations

import numpy as np
import pandas as pd
from writing import write

ROWS, FEATURES = 200, 50
TRUTH = {"x07": 3.0, "x12": -2.0, "x23": 1.5, "x31": -1.0, "x44": 0.75}
INTERCEPT, NOISE_SD = 10.0, 1.0


def make() -> pd.DataFrame:
    rng = np.random.default_rng(5)
    names = [f"x{j:02d}" for j in range(1, FEATURES + 1)]
    frame = pd.DataFrame(rng.standard_normal((ROWS, FEATURES)).round(3), columns=names)
    response = INTERCEPT + NOISE_SD * rng.standard_normal(ROWS)
    for name, effect in TRUTH.items():
        response = response + effect * frame[name].to_numpy()
    frame["response"] = response.round(3)
    return frame


if __name__ == "__main__":
    write(make(), "sparse_truth")
