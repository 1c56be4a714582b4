"""Facts: what a lesson may ask of its data, each a small named function of a `Material`.

A lesson's file names a fact with its parameters. A strength is `lam`, `C` or `at` in all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from regpath.core.conversions.convert import convert
from regpath.core.geometry.pair import FeaturePair, largest_pair
from regpath.core.geometry.priors import LOG_PRIORS, NEAR_ZERO
from regpath.core.geometry.touching import touching_point
from regpath.core.knots import knots
from regpath.core.leakage.peeking import peeking
from regpath.core.metrics.scores import score_path
from regpath.core.separation.find_separation import find_separation
from regpath.core.stability_selection.assess_stability import assess_stability
from regpath.core.uniqueness.path_uniqueness import path_uniqueness
from regpath.errors import DataError
from regpath.lessons.facts_of_code import CODE_FACTS, specimen_rows
from regpath.lessons.facts_of_samples import SAMPLE_FACTS
from regpath.lessons.material import Material

Strength = Mapping[str, Any]  # {"lam": 0.1}, {"C": 10} or {"at": "1se"}


def coefficient(on: Material, strength: Strength, feature: str, units: str = "original") -> float:
    """The coefficient of one feature."""
    return float(on.path_at(strength).coefs(units)[..., _position(on, feature), 0])


def combination(on: Material, strength: Strength, weights: Mapping[str, float]) -> float:
    """A sum of coefficients, each times a number."""
    return sum(number * coefficient(on, strength, name) for name, number in weights.items())


def kept(on: Material, strength: Strength) -> float:
    """How many features have a coefficient that is not 0."""
    return float(on.path_at(strength).n_nonzero[0])


def score(on: Material, strength: Strength, measure: str, part: str = "train") -> float:
    """A score on the training rows or the test rows."""
    rows = on.study.train if part == "train" else on.study.test
    if rows is None:
        raise DataError("No rows were kept for testing.", "Give the recipe a test_size.")
    return float(score_path(on.path_at(strength), rows)[measure].iloc[0])


def norm(on: Material, strength: Strength) -> float:
    """Length of the coefficients per standard deviation."""
    return float(np.linalg.norm(on.path_at(strength).coefs("standardized")))


def order_of_entry(on: Material) -> list[str]:
    """The features in the order in which they enter, those at the first point first."""
    path = on.study.path
    first = [path.feature_names[j] for j in np.flatnonzero(path.coef_path[..., 0])]
    events = knots(path)
    entered = events.loc[events["kind"] == "enters", "name"]
    return list(dict.fromkeys([*first, *entered]))


def entry(on: Material, feature: str) -> float:
    """The lambda at which a feature enters."""
    _position(on, feature)
    events = knots(on.study.path)
    rows = events[(events["kind"] == "enters") & (events["name"] == feature)]
    if rows.empty:
        raise DataError(f"{feature!r} does not enter on this path.")
    return float(rows["lambda"].iloc[0])


def share_with(on: Material, n_kept: int) -> float:
    """Share of the path's strengths at which exactly so many features are kept."""
    return float(np.mean(on.study.path.n_nonzero == n_kept))


def touching_gap(on: Material, strength: Strength) -> float:
    """Distance of the point where a contour touches the ball from the penalized solution."""
    path = on.path_at(strength)
    pair = FeaturePair(on.study.weighted_train, path, largest_pair(path, 0))
    touched = touching_point(pair.valley(0), pair.ball(0))
    return float(np.abs(touched - pair.coefs[:, 0]).max())


def is_separated(on: Material) -> bool:
    """Whether some plane parts the classes."""
    return bool(find_separation(on.study.problem))


def is_unique(on: Material) -> bool:
    """Whether the coefficients at the weak end are the only ones that are as good."""
    return bool(path_uniqueness(on.study.train, on.study.path)["unique"].iloc[-1])


def path_change(on: Material, scale: Mapping[str, float]) -> float:
    """How far other units move the path per standard deviation, relative to its largest value."""
    here = on.study.path
    there = on.changed(scale=scale).study.path
    before, after = here.coefs("standardized"), there.coefs("standardized")
    return float(np.abs(after - before).max() / np.abs(before).max())


def boundary_turn(on: Material, strengths: Sequence[Strength]) -> float:
    """Degrees by which the boundary of two features turns between two strengths."""
    first, second = (on.path_at(each).coef_path[:, 0] for each in strengths)
    angles = [np.degrees(np.arctan2(b[1], b[0])) for b in (first, second)]
    return float(abs((angles[1] - angles[0] + 180.0) % 360.0 - 180.0))


def chosen_lambda(on: Material, rule: str) -> float:
    """The strength that a rule chooses."""
    return on.chosen(rule).lam


def chosen_kept(on: Material, rule: str) -> float:
    """How many features are kept where a rule chooses."""
    return float(on.study.path.n_nonzero[on.chosen(rule).index])


def chosen_score(on: Material, rule: str) -> float:
    """The mean validation score where a rule chooses."""
    return float(on.validation.mean[on.chosen(rule).index])


def standard_error(on: Material, rule: str) -> float:
    """The standard error of the validation score where a rule chooses."""
    return float(on.validation.se[on.chosen(rule).index])


def wobble(on: Material, rule: str, seeds: Sequence[int]) -> float:
    """Largest over smallest lambda that a rule chooses when folds are dealt by other seeds."""
    lams = [on.changed(recipe={"seed": seed, "test_size": 0.0}).chosen(rule).lam for seed in seeds]
    return max(lams) / min(lams)


def best_place(on: Material) -> float:
    """Where on the path validation is best, from 0 (the strong end) to 1 (the weak end)."""
    return on.validation.index_min / (len(on.validation.lambdas) - 1)


def share_of_halves(
    on: Material, strength: Strength, features: Sequence[str], n_kept: int, n_pairs: int = 25
) -> float:
    """Share of half-samples that keep exactly so many of some features."""
    stability = assess_stability(on.study.train, on.study.path, n_pairs=n_pairs, seed=0)
    places = [_position(on, name) for name in features]
    near = int(np.argmin(np.abs(np.log(on.study.path.lambdas / on.lam(strength)))))
    return float(np.mean(stability.selected[:, places, near].sum(axis=1) == n_kept))


def optimism(on: Material, looks: int, rounds: int = 12) -> float:
    """Test accuracy less sealed accuracy after so many looks at pure noise, mean over rounds."""
    frame = peeking(n_looks=looks, n_rounds=rounds, seed=on.recipe.seed)
    return float(frame.loc[frame["look"] == looks, "optimism"].mean())


def converted(
    on: Material, value: float, system: str = "gauss_variance", to: str = "lambda"
) -> float:
    """A strength in another system's terms, for the rows of this fit."""
    return convert(system, value, to=to, n=on.study.train.n_obs)


def prior_gap(on: Material, prior: str, variance: float) -> float:
    """Slope of the posterior that is left at the path's point, relative to the data's largest.

    The posterior is written as KNIME does: the sum of the losses less the log of the prior.
    """
    n = on.study.train.n_obs
    lam = convert(f"{prior}_variance", variance, to="lambda", n=n)
    path = on.path_at({"lam": lam})
    rows = specimen_rows(on, lam)
    b = path.coefs("standardized")[:, 0]
    eta = path.decision_path(on.study.train)[:, 0]
    slopes = rows.Z.T @ (0.5 * (1.0 + np.tanh(eta / 2.0)) - rows.y)
    if prior == "gauss":
        left = slopes + b / variance
    else:
        pull = np.sqrt(2.0 / variance)
        alive = b != 0.0
        left = np.where(alive, slopes + pull * np.sign(b), np.maximum(np.abs(slopes) - pull, 0.0))
    start = np.abs(rows.Z.T @ (rows.y - rows.y.mean())).max()
    return float(np.abs(left).max() / start)


def density_kink(on: Material, prior: str, variance: float) -> float:
    """By how much the slope of a prior's log density jumps at 0."""
    density = LOG_PRIORS[prior]
    right, left = (density(side * NEAR_ZERO, variance) for side in (1.0, -1.0))
    middle = density(0.0, variance)
    return float(abs((right - middle) - (middle - left)) / NEAR_ZERO)


def _position(on: Material, feature: str) -> int:
    names = on.study.path.feature_names
    if feature not in names:
        raise DataError(f"There is no feature {feature!r}.", f"There are {', '.join(names[:20])}.")
    return names.index(feature)


_OWN: tuple[Callable[..., Any], ...] = (
    *(coefficient, combination, kept, score, norm, order_of_entry, entry, share_with),
    *(touching_gap, is_separated, is_unique, path_change, boundary_turn),
    *(chosen_lambda, chosen_kept, chosen_score, standard_error, wobble, best_place),
    *(share_of_halves, optimism, converted, prior_gap, density_kink),
)
FACTS = {each.__name__: each for each in (*_OWN, *CODE_FACTS, *SAMPLE_FACTS)}
