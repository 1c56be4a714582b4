"""A response of any family from one signal, so that a test need not know the families."""

import numpy as np
import pandas as pd


def response_of(family, signal, cuts=(-1.0, 1.0)):
    """Responses of a family; classes change where the signal passes 0, or the `cuts`."""
    if family == "gaussian":
        return signal
    if family == "binomial":
        return (signal > 0.0).astype(int)
    if family == "multinomial":
        return np.digitize(signal, cuts)
    rate = np.exp(0.5 + 0.6 * (signal - signal.mean()) / signal.std())
    return np.random.default_rng(1).poisson(rate)


def coded_response(family, n, rng, n_classes=3):
    """Responses `Y` (n, K) without a signal; K is 1 unless there is an output for each class."""
    if family == "gaussian":
        return rng.normal(size=(n, 1))
    if family == "multinomial":
        return np.eye(n_classes)[rng.integers(0, n_classes, n)]
    return rng.integers(0, 2 if family == "binomial" else 6, (n, 1)).astype(float)


def visits(n=240, seed=0):
    """A table of counts: visits of patients who were watched for different numbers of days."""
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "age": rng.integers(20, 80, n),
            "pain": rng.normal(5.0, 2.0, n).round(2),
            "town": rng.choice(["Bergen", "Oslo", "Tromsø"], n),
            "days": rng.integers(30, 400, n),
        }
    )
    eta = 0.02 * (frame["age"] - 50) + 0.2 * (frame["pain"] - 5) + 0.4 * (frame["town"] == "Oslo")
    frame["visits"] = rng.poisson(frame["days"] / 100 * np.exp(eta))
    return frame
