"""The chart of a step, made of what the lesson's data give: a figure, and its numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from regpath.charts import Look, peeking_figure, validation_figure
from regpath.charts.drawn_boundary import drawn_boundary_figure
from regpath.charts.geometry import told_of_touching, valley_figure
from regpath.charts.names import measure_name
from regpath.charts.paths import path_figure
from regpath.charts.sampling import ErrorParts, bias_variance_figure, wobble_figure
from regpath.charts.teaching import (
    boundary_figure,
    cost_figure,
    priors_figure,
    share_figure,
    two_scores_figure,
    walk_figure,
)
from regpath.core.boundary.boundary_path import boundary_path
from regpath.core.geometry.pair import FeaturePair, largest_pair
from regpath.core.geometry.picture import picture_of
from regpath.core.geometry.priors import LOG_PRIORS
from regpath.core.leakage.peeking import peeking
from regpath.core.stability_selection.assess_stability import assess_stability
from regpath.lessons.descent import Walk, descend, is_diverging
from regpath.lessons.facts_of_code import specimen_rows
from regpath.lessons.label_columns import columns_that_repeat_the_label
from regpath.lessons.material import Material
from regpath.lessons.points import plane_and_points
from regpath.lessons.samples import STRENGTHS, Story, draw_samples
from regpath.lessons.specimens import (
    AGREES,
    PROVEN,
    SPECIMENS,
    gradient_error,
    slope_left,
    training_accuracy,
)
from regpath.wording import counted, number_text

GRID = 61  # points of a map along each side
LOOKS = 10  # at the test rows, and rounds of data
BY_DIFFERENCES, BY_PROOF, BY_ALARM = "finite differences", "certificate", "alarm"
MOVED = ("geometry", "boundary", "points")  # charts with a strength to move
USUAL_LAM, DECADES = 0.01, 2.5  # where it starts, and how far it moves to each side
MUSEUM_LAM = 0.01  # at which specimens are tried, unless the lesson says otherwise


class StepShown(NamedTuple):
    """A chart (or several), its numbers, and what it shows in a sentence."""

    figures: tuple[Any, ...]
    frame: pd.DataFrame
    alt: str


def strengths_around(lam: float | None, n: int) -> np.ndarray:
    """Strengths that a chart is moved through, from strong to weak, `lam` in the middle."""
    start = USUAL_LAM if lam is None else lam
    return np.asarray(start * np.logspace(DECADES, -DECADES, n))


def _nearest(material: Material, lam: float) -> int:
    return int(np.argmin(np.abs(np.log(material.study.path.lambdas / lam))))


def _three(value: float) -> str:
    return number_text(float(value), 3)


def _paths(on: Material, options: Mapping[str, Any], look: Look) -> StepShown:
    path = on.study.path
    lam = options.get("lam") or (on.chosen(options["rule"]).lam if "rule" in options else None)
    index = None if lam is None else _nearest(on, lam)
    units = "standardized" if on.recipe.standardize else "original"
    figure = path_figure(path, look=look, index=index, units=units, height=380)
    of = counted(len(path.feature_names), "feature")
    alt = f"Coefficients of {of} from a strong penalty to a weak one."
    return StepShown((figure,), path.to_frame(units), alt)


def _scores(on: Material, options: Mapping[str, Any], look: Look) -> StepShown:
    study = on.study
    measure = options.get("measure", study.path.loss.measure)
    scores = {part: study.scores_of(part)[measure].to_numpy() for part in study.parts}
    figure = two_scores_figure(study.path.lambdas, scores, measure, look=look)
    parts = " and ".join("training" if part == "train" else part for part in scores)
    alt = f"The {measure_name(measure)} of the {parts} rows along the path."
    return StepShown((figure,), study.scores, alt)


def _validation(on: Material, options: Mapping[str, Any], look: Look) -> StepShown:
    cv = on.validation
    rules = {"minimum": cv.index_min, "one standard error": cv.index_1se}
    figure = validation_figure(cv, look=look, rules=rules)
    alt = (
        f"The {measure_name(cv.measure)}, mean of the folds: least at λ = "
        f"{number_text(cv.lambda_min)}; the rule of one standard error chooses λ = "
        f"{number_text(cv.lambda_1se)}."
    )
    return StepShown((figure,), cv.to_frame(), alt)


def _rows(on: Material, options: Mapping[str, Any], look: Look) -> StepShown:
    frame = on.table.frame
    return StepShown((), frame, f"{len(frame)} rows.")


def _geometry(on: Material, options: Mapping[str, Any], look: Look) -> StepShown:
    path = on.path_at({"lam": options["lam"]})
    pair = FeaturePair(on.study.weighted_train, path, largest_pair(path, 0))
    drawn = FeaturePair(on.study.weighted_train, on.study.path, pair.features).coefs
    picture = picture_of(pair, 0, path=drawn)
    frame = picture.to_frame()[["feature", "penalized solution", "touching point"]]
    return StepShown((valley_figure(picture, look=look),), frame, told_of_touching(picture))


def _boundary(on: Material, options: Mapping[str, Any], look: Look) -> StepShown:
    train = on.study.train
    path = on.path_at({"lam": options["lam"]})
    X = np.asarray(train.X)
    low, high = X.min(axis=0), X.max(axis=0)
    pad = 0.05 * (high - low)
    axes = [np.linspace(a, b, GRID) for a, b in zip(low - pad, high + pad, strict=True)]
    points = np.column_stack([each.ravel() for each in np.meshgrid(*axes)])
    eta = points @ path.coef_path[:, 0] + path.intercept_path[0]
    probability = (0.5 * (1.0 + np.tanh(eta / 2.0))).reshape(GRID, GRID)
    names, classes = path.feature_names, path.classes
    figure = boundary_figure(
        (axes[0], axes[1]), probability, X, train.y, names=names, classes=classes, look=look
    )
    coefs = path.coef_path[:, 0]
    angle = float(np.degrees(np.arctan2(coefs[1], coefs[0])))
    length = float(np.linalg.norm(coefs))
    frame = pd.DataFrame(
        {"what": ["direction in degrees", "confidence (length)"], "value": [angle, length]}
    )
    alt = (
        f"{classes[1]} gets more probable towards {_three(angle)} degrees (0 is to the right, 90 "
        f"is up), and the boundary runs across that. Confidence, the length of the coefficients: "
        f"{_three(length)}."
    )
    return StepShown((figure,), frame, alt)


def _points(on: Material, options: Mapping[str, Any], look: Look) -> StepShown:
    """What a student begins with: on paper they are not moved."""
    plane, points = plane_and_points(on, options)
    lambdas, recipe = np.array([options["lam"]]), on.recipe
    found = boundary_path(
        points, plane, lambdas, l1_ratio=recipe.l1_ratio, standardize=recipe.standardize
    )
    figure = drawn_boundary_figure(found, 0, look=look)
    return StepShown((figure,), found.to_frame(), found.told)


def _priors(on: Material, options: Mapping[str, Any], look: Look) -> StepShown:
    variance = options.get("variance", 1.0)
    b = np.linspace(-4.0, 4.0, 401) * np.sqrt(variance)
    densities = {
        "Gauss (L2)": np.exp(LOG_PRIORS["gauss"](b, variance)),
        "Laplace (L1)": np.exp(LOG_PRIORS["laplace"](b, variance)),
    }
    figure = priors_figure(b, densities, look=look)
    frame = pd.DataFrame({"coefficient": b, **densities})
    return StepShown(
        (figure,), frame, f"Two densities of variance {variance:g}; Laplace has a tip."
    )


def _descent(on: Material, options: Mapping[str, Any], look: Look) -> StepShown:
    lam, share = options["lam"], options.get("l1_ratio", 0.0)
    rows = specimen_rows(on, lam)
    walk = Walk(
        options["rate"],
        int(options["n_steps"]),
        options.get("start", 0.0),
        options.get("tolerance", 0.0),
    )
    with np.errstate(over="ignore", invalid="ignore"):
        points, costs = descend(rows.Z, rows.y, walk, lam, share)
    goal = on.changed(recipe={"l1_ratio": share}).path_at({"lam": lam})
    certified = goal.coefs("standardized")[:, 0]
    eta = goal.decision_path(on.study.train)[:, 0]
    least = float(np.mean(np.logaddexp(0.0, eta) - rows.y * eta))
    least += lam * float(
        share * np.abs(certified).sum() + (1.0 - share) / 2.0 * (certified**2).sum()
    )
    names = goal.feature_names
    figures = (
        cost_figure(costs, least, look=look),
        walk_figure(points[:, 1:], certified, names, look=look),
    )
    columns = dict(zip(names, points[:, 1:].T, strict=True))
    frame = pd.DataFrame({"step": np.arange(len(costs)), "cost": costs, **columns})
    gap = float(np.abs(points[-1, 1:] - certified).max())
    took = len(costs) - 1
    alt = (
        f"After {counted(took, 'step')} the coefficients are {_three(gap)} from the certified ones."
    )
    if is_diverging(costs):
        alt = "It diverges: the cost goes up. Take a smaller learning rate."
    elif took < walk.n_steps:
        alt = f"It stops: none moved by {walk.tolerance:g} in the last step. {alt}"
    return StepShown(figures, frame, alt)


def _museum(on: Material, options: Mapping[str, Any], look: Look) -> StepShown:
    rows = specimen_rows(on, options.get("lam", MUSEUM_LAM))
    lines = []
    for each in SPECIMENS.values():
        apart, left = gradient_error(each, rows), slope_left(each, rows)
        copies = columns_that_repeat_the_label(each, rows)
        checks = ((BY_DIFFERENCES, apart > AGREES), (BY_PROOF, left > PROVEN), (BY_ALARM, copies))
        by = " and ".join(name for name, found in checks if found) or "nothing to find"
        lines.append(
            {
                "specimen": each.title,
                BY_DIFFERENCES: apart,
                BY_PROOF: left,
                BY_ALARM: ", ".join(copies) or "none",
                "accuracy": training_accuracy(each, rows),
                "found by": by,
            }
        )
    frame = pd.DataFrame(lines)
    return StepShown((), frame, "What the checks find in each specimen.")


def _halves(on: Material, options: Mapping[str, Any], look: Look) -> StepShown:
    study = on.study
    stability = assess_stability(study.train, study.path, n_pairs=25, seed=0)
    shares = dict(zip(study.path.feature_names, stability.frequency, strict=True))
    lam = options.get("lam")
    figure = share_figure(study.path.lambdas, shares, lam, look=look)
    frame = pd.DataFrame({"lambda": study.path.lambdas, **shares})
    return StepShown((figure,), frame, "Share of 50 half-samples that keep each feature.")


def _peeking(on: Material, options: Mapping[str, Any], look: Look) -> StepShown:
    frame = peeking(n_looks=LOOKS, n_rounds=8, seed=on.recipe.seed)
    means = frame.groupby("look")[["test_accuracy", "sealed_accuracy"]].mean().reset_index()
    last = means.iloc[-1]
    alt = (
        f"After {LOOKS} looks the test accuracy is {last['test_accuracy']:.3f}, "
        f"the sealed one {last['sealed_accuracy']:.3f}."
    )
    return StepShown((peeking_figure(frame, look=look),), means, alt)


def _samples(on: Material, options: Mapping[str, Any], look: Look) -> StepShown:
    story = Story.told(on.recipe.l1_ratio, options)
    samples = draw_samples(story)
    number = int(options.get("sample", 1))
    bias, variance = samples.of_chosen
    place = float(np.median(STRENGTHS[samples.chosen]))
    parts = ErrorParts(samples.bias, samples.variance)
    best = int(np.argmin(samples.total))
    figures = (
        wobble_figure(STRENGTHS, samples.coefs, number - 1, story.truth, story.plain, look=look),
        bias_variance_figure(STRENGTHS, parts, (place, bias + variance), look=look),
    )
    frame = pd.DataFrame(
        {
            "lambda": STRENGTHS,
            "bias squared": samples.bias,
            "variance": samples.variance,
            "both": samples.total,
        }
    )
    low, high = np.percentile(STRENGTHS[samples.chosen], (10.0, 90.0))
    alt = (
        f"Error is least at λ = {_three(STRENGTHS[best])}: bias squared "
        f"{_three(samples.bias[best])} and variance {_three(samples.variance[best])}. Sample "
        f"{number} chooses λ = {_three(STRENGTHS[samples.chosen[number - 1]])} for itself (AICc), "
        f"8 of 10 samples between {_three(low)} and {_three(high)}; the chosen models have bias "
        f"squared {_three(bias)} and variance {_three(variance)}."
    )
    return StepShown(figures, frame, alt)


DRAWN: dict[str, Callable[[Material, Mapping[str, Any], Look], StepShown]] = {
    "paths": _paths,
    "scores": _scores,
    "validation": _validation,
    "rows": _rows,
    "geometry": _geometry,
    "boundary": _boundary,
    "points": _points,
    "priors": _priors,
    "descent": _descent,
    "museum": _museum,
    "halves": _halves,
    "peeking": _peeking,
    "samples": _samples,
}
