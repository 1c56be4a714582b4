"""A length in metres with a large effect, a width in millimetres with half of it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from writing import write

ROWS = 120
MM_PER_M = 1000


def make() -> pd.DataFrame:
    rng = np.random.default_rng(4)
    length = rng.standard_normal(ROWS).round(3) + 10
    width = rng.standard_normal(ROWS).round(3) + 10
    price = 50 + length + 0.5 * width + 0.3 * rng.standard_normal(ROWS)
    frame = pd.DataFrame({"length_m": length, "width_mm": width * MM_PER_M, "price": price})
    return frame.round({"length_m": 3, "width_mm": 0, "price": 3})


if __name__ == "__main__":
    write(make(), "units")
