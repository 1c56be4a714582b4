"""The numbers that the explorer draws, each in the smallest type that shows no difference."""

from __future__ import annotations

from typing import Any

import numpy as np

from regpath.core.knots import KINDS, knots
from regpath.core.metrics.measures import MEASURES, drawn_as
from regpath.core.regpath import RegPath
from regpath.core.validation.cv_result import CVResult
from regpath.explorer.outcome import outcome
from regpath.study import Study

SENT = 500  # features whose curves are sent; nobody tells more apart
EVENTS = 2000  # of the path that are sent: features that enter, leave or change sign
SMALLEST = np.finfo("f4").tiny


def drawn_arrays(
    study: Study, cv: CVResult | None, sent: np.ndarray
) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """Facts that the arrays need to be read, and the arrays that `payload` describes."""
    path = study.path
    coefs, largest = _coefs(path, sent)
    events, n_events = _events(path, sent)
    facts, outcomes = outcome(path, study.shown)
    arrays = {
        "lambdas": path.lambdas.astype("f8"),
        "x_scale": path.x_scale[sent].astype("f8"),
        "norm": _single(_norm(path)),
        "dev_ratio": _single(path.dev_ratio),
        "dual_gap": _no_less(path.dual_gap),
        "kkt_violation": _no_less(path.kkt_violation),
        "n_nonzero": path.n_nonzero.astype("u4"),
        "converged": path.converged.astype("u1"),
        "coefs": coefs,
        "scores": _scores(study),
        "events": events,
        **({} if cv is None else {"cv": _curve(cv)}),
        **outcomes,
    }
    return {"largest": largest, "n_events": n_events, "outcome": facts}, arrays


def sent_features(path: RegPath) -> np.ndarray:
    """Positions of the features that are sent, in their order: the largest, if there are many."""
    sizes = np.abs(path.coefs("standardized"))
    sizes = sizes.max(axis=(0, 2) if sizes.ndim == 3 else 1)
    return np.sort(np.argsort(-sizes, kind="stable")[:SENT])


def drawn_scores(study: Study) -> list[str]:
    """The scores of a study that the explorer draws, in order."""
    drawn = sorted((m for m in MEASURES.values() if m.drawn), key=lambda m: m.drawn)
    return [measure.name for measure in drawn if measure.name in study.scores.columns]


def _scores(study: Study) -> np.ndarray:
    scores = [[study.scores_of(part)[name] for part in study.parts] for name in drawn_scores(study)]
    return np.array(scores).astype("f4")


def _coefs(path: RegPath, sent: np.ndarray) -> tuple[np.ndarray, float]:
    values = path.coefs("standardized")
    values = (values if values.ndim == 3 else values[None])[:, sent]
    largest = float(np.abs(values).max(initial=0.0)) or 1.0
    small = values / largest
    # What is alive stays alive in single precision.
    lost = (values != 0.0) & (np.abs(small) < SMALLEST)
    return np.where(lost, np.sign(values) * SMALLEST, small).astype("f4"), largest


def _norm(path: RegPath) -> np.ndarray:
    seen = path.coefs("standardized" if path.standardize else "original")
    return np.abs(seen).sum(axis=(0, 1) if seen.ndim == 3 else 0)


def _events(path: RegPath, sent: np.ndarray) -> tuple[np.ndarray, int]:
    """The first events of features that are sent, and how many there are in all."""
    frame = knots(path)
    position = np.full(len(path.feature_names), -1)
    position[sent] = np.arange(len(sent))
    told = frame[position[frame["feature"]] >= 0].iloc[:EVENTS]
    kinds = told["kind"].map(KINDS.index)
    table = [told["index"], position[told["feature"]], told["class"], kinds]
    return np.array(table, dtype="u2").reshape(4, -1), len(frame)


def _curve(cv: CVResult) -> np.ndarray:
    """Mean score of the folds between one standard error less and more."""
    band = np.array([cv.mean - cv.se, cv.mean, cv.mean + cv.se])
    is_root = drawn_as(cv.measure).name != cv.measure
    return _single(np.sqrt(np.maximum(band, 0.0)) if is_root else band)


def _single(values: np.ndarray) -> np.ndarray:
    """Single precision; what is too large for it becomes infinite, which the page says."""
    with np.errstate(over="ignore"):
        return np.asarray(values).astype("f4")


def _no_less(values: np.ndarray) -> np.ndarray:
    """Single precision with eight bits of its mantissa, rounded up: one digit of it is shown."""
    bits = _single(values).view("u4").astype("u8")
    return ((bits + 0xFFFF) & 0xFFFF0000).astype("u4").view("f4")
