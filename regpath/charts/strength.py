"""The strength axis that secondary charts share; none of them carries the cursor."""

from __future__ import annotations

import numpy as np

from regpath.charts.finish import Axis
from regpath.charts.ticks import log_ticks


def strength_axis(lambdas: np.ndarray) -> Axis:
    """Log lambda from strong (left) to weak (right); words say which end is which.

    Parameters
    ----------
    lambdas : ndarray of shape (n_lambdas,)
        Decreasing.

    Returns
    -------
    Axis
    """
    strong, weak = np.log10(lambdas[[0, -1]])
    pad = 0.012 * max(strong - weak, 0.2)
    values, texts = log_ticks(*np.sort(lambdas[[0, -1]]).tolist())
    options = {
        "type": "log",
        "range": [strong + pad, weak - pad],
        "tickvals": values,
        "ticktext": texts,
        "zeroline": False,
    }
    return Axis("λ", options, ends=("← stronger", "weaker →"))
