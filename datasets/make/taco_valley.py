"""One column is twice the other, so that a whole line of coefficients fits without error."""

from __future__ import annotations

import numpy as np
import pandas as pd
from writing import write

ROWS = 100


def make() -> pd.DataFrame:
    rng = np.random.default_rng(1)
    # Whole thousandths: doubling and adding them stays exact, as the lesson needs.
    thousandths = np.rint(1000 * rng.standard_normal(ROWS)).astype(int)
    x1, x2 = 2 * thousandths, thousandths
    return pd.DataFrame({"x1": x1 / 1000, "x2": x2 / 1000, "y": (3 * x1 + 2 * x2) / 1000})


if __name__ == "__main__":
    write(make(), "taco_valley")
