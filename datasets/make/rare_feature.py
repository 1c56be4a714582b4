"""A yes/no column that is 1 in four rows of 200, all of one class, beside an honest feature."""

from __future__ import annotations

import numpy as np
import pandas as pd
from writing import write

ROWS, RARE_ROWS = 200, 4


def make() -> pd.DataFrame:
    rng = np.random.default_rng(6)
    honest = rng.standard_normal(ROWS).round(3)
    positive = rng.random(ROWS) < 1 / (1 + np.exp(-honest))
    rare = np.zeros(ROWS, dtype=int)
    rare[rng.choice(np.flatnonzero(positive), RARE_ROWS, replace=False)] = 1
    outcome = np.where(positive, "bought", "left")
    return pd.DataFrame({"honest": honest, "rare": rare, "outcome": outcome})


if __name__ == "__main__":
    write(make(), "rare_feature")
