"""More columns than rows, two classes, and five columns out of 200 that have an effect."""

from __future__ import annotations

import numpy as np
import pandas as pd
from writing import write

ROWS, FEATURES = 60, 200
TRUTH = {"x015": 1.0, "x048": -1.0, "x090": 1.0, "x133": -1.0, "x176": 1.0}


def make() -> pd.DataFrame:
    rng = np.random.default_rng(9)
    names = [f"x{j:03d}" for j in range(1, FEATURES + 1)]
    frame = pd.DataFrame(rng.standard_normal((ROWS, FEATURES)).round(3), columns=names)
    eta = sum(effect * frame[name].to_numpy() for name, effect in TRUTH.items())
    chance = 1 / (1 + np.exp(-eta))
    frame["label"] = np.where(rng.random(ROWS) < chance, "case", "control")
    return frame


if __name__ == "__main__":
    write(make(), "wide_noise")
