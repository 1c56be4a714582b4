"""Many rows, four features that all matter and little noise: a penalty can only hurt."""

from __future__ import annotations

import numpy as np
import pandas as pd
from writing import write

ROWS = 300
EFFECTS = {"light": 2.0, "shade": -1.5, "water": 1.0, "wind": -1.0}
NOISE_SD = 0.1


def make() -> pd.DataFrame:
    rng = np.random.default_rng(14)
    frame = pd.DataFrame(rng.standard_normal((ROWS, len(EFFECTS))).round(3), columns=[*EFFECTS])
    response = NOISE_SD * rng.standard_normal(ROWS)
    for name, effect in EFFECTS.items():
        response = response + effect * frame[name].to_numpy()
    return frame.assign(growth=response.round(3))


if __name__ == "__main__":
    write(make(), "no_help_needed")
