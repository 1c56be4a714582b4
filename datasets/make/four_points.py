"""The smallest separable data set: four points on a line, two of each class."""

from __future__ import annotations

import pandas as pd
from writing import write


def make() -> pd.DataFrame:
    return pd.DataFrame({"x": [-2, -1, 1, 2], "y": [0, 0, 1, 1]})


if __name__ == "__main__":
    write(make(), "four_points")
