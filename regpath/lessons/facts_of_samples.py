"""Facts of sampling stories: what is off on average, and what differs from sample to sample."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from regpath.errors import ParameterError
from regpath.lessons.material import Material
from regpath.lessons.samples import STRENGTHS, Samples, Story, draw_samples

CHOSEN = "chosen"
PLACES = ("strong", "best", "weak")  # on the strengths; best is where the error is least


def samples_bias(on: Material, place: str, noise: float = 2.0, n_rows: int = 40) -> float:
    """Squared error of the mean model of 200 samples of a planted truth."""
    return _parts(_samples(on, noise, n_rows), place)[0]


def samples_variance(on: Material, place: str, noise: float = 2.0, n_rows: int = 40) -> float:
    """Variance of the models of 200 samples around their mean."""
    return _parts(_samples(on, noise, n_rows), place)[1]


def samples_error(on: Material, place: str, noise: float = 2.0, n_rows: int = 40) -> float:
    """Squared bias and variance of the models of 200 samples, together."""
    return sum(_parts(_samples(on, noise, n_rows), place))


def samples_best(on: Material, noise: float = 2.0, n_rows: int = 40) -> float:
    """The strength at which bias squared and variance are least, together."""
    return float(STRENGTHS[int(np.argmin(_samples(on, noise, n_rows).total))])


def samples_spread(on: Material, feature: str, place: str, twin: bool = False) -> float:
    """Standard deviation of a coefficient over 200 samples, with a twin of a beside or without."""
    samples = draw_samples(Story(on.recipe.l1_ratio, twin=twin))
    names = list(samples.story.truth)
    if feature not in names:
        raise ParameterError(f"There is no feature {feature!r}.", f"There are {', '.join(names)}.")
    return float(samples.coefs[:, names.index(feature), _position(samples, place)].std())


def _samples(on: Material, noise: float, n_rows: int) -> Samples:
    return draw_samples(Story(on.recipe.l1_ratio, n_rows, noise))


def _parts(samples: Samples, place: str) -> tuple[float, float]:
    if place == CHOSEN:
        return samples.of_chosen
    at = _position(samples, place)
    return float(samples.bias[at]), float(samples.variance[at])


def _position(samples: Samples, place: str) -> int:
    places = {"strong": 0, "best": int(np.argmin(samples.total)), "weak": -1}
    if place not in places:
        raise ParameterError(f"There is no place {place!r}.", f"They are {', '.join(PLACES)}.")
    return places[place]


SAMPLE_FACTS: tuple[Callable[..., Any], ...] = (
    *(samples_bias, samples_variance, samples_error),
    *(samples_best, samples_spread),
)
