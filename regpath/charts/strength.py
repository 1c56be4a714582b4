"""The strength axis that secondary charts share; none of them carries the cursor."""

from __future__ import annotations

import numpy as np

from regpath.charts.finish import Axis

TWO_DIGITS_BELOW = 1.5  # decades on the axis; on more, one tick a decade is enough


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
    options = {
        "type": "log",
        "range": [strong + pad, weak - pad],
        "tickformat": "~g",
        "dtick": 1 if strong - weak > TWO_DIGITS_BELOW else "D2",
        "zeroline": False,
    }
    return Axis("λ", options, ends=("← stronger", "weaker →"))
