"""Two features that are almost the same, eight that do nothing, one number to predict."""

from __future__ import annotations

import numpy as np
import pandas as pd
from writing import write

ROWS, NOISE_FEATURES = 100, 8
TWIN_SD, NOISE_SD = 0.07, 2.0


def make() -> pd.DataFrame:
    rng = np.random.default_rng(11)
    z = rng.standard_normal(ROWS)
    columns = {
        "twin_a": z + TWIN_SD * rng.standard_normal(ROWS),
        "twin_b": z + TWIN_SD * rng.standard_normal(ROWS),
    }
    for j in range(1, NOISE_FEATURES + 1):
        columns[f"noise_{j}"] = rng.standard_normal(ROWS)
    columns["response"] = 2 * z + NOISE_SD * rng.standard_normal(ROWS)
    return pd.DataFrame(columns).round(4)


if __name__ == "__main__":
    write(make(), "twins")
