"""payload: everything the explorer draws, as one small JSON-ready dict. Pure and versioned."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from hashlib import blake2b
from typing import Any

import numpy as np

from regpath.charts.theme import DARK, DASHES, LIGHT, Look
from regpath.core.knots import KINDS, knots
from regpath.core.metrics.measures import MEASURES
from regpath.core.regpath import RegPath
from regpath.core.validation.cross_validate import CVResult
from regpath.explorer.marks import Mark, marks_of
from regpath.explorer.outcome import outcome
from regpath.explorer.packing import pack
from regpath.study import Study

VERSION = 1
SENT = 500  # features whose curves are sent; nobody tells more apart
EVENTS = 2000
SCORE_LABELS = {
    "accuracy": "accuracy",
    "log_loss": "log-loss",
    "auc": "AUC",
    "r2": "R²",
    "rmse": "RMSE",
}
AT_FIRST = ("accuracy", "log_loss", "r2", "rmse")  # on screen without a click
SMALLEST = np.finfo("f4").tiny


def payload(
    study: Study,
    cv: CVResult | None = None,
    *,
    marks: Sequence[Mark] | None = None,
    separated_from: int | None = None,
) -> dict[str, Any]:
    """Collect what the explorer draws of a study.

    Parameters
    ----------
    study : Study
    cv : CVResult, default=None
        Cross-validation of `study.path`; adds the validation curve and the rules that read it.
    marks : sequence of Mark, default=None
        Strengths to mark, the first where the cursor starts; None means those of `marks_of`.
    separated_from : int, default=None
        First position in `lambdas` from which coefficients only grow because classes are
        separated; the region is shaded.

    Returns
    -------
    dict
        JSON-ready. `layout` and `blob` hold the arrays (see `packing`): `lambdas` and `x_scale`
        (float64); `C`, `norm` (L1 norm of the coefficients that the penalty sees), `dev_ratio`,
        `dual_gap`, `kkt_violation`; `n_nonzero`, `converged`; `coefs` (n_classes or 1, n_sent,
        n_lambdas) per SD and divided by `largest`; `scores` (n_scores, n_parts, n_lambdas);
        `cv` (3, n_lambdas): low, mean, high; `events` (4, n_events): index, feature, class,
        kind; and those of `outcome`. `hash` changes with any of it.
    """
    path = study.path
    sent = _sent(path)
    coefs, largest = _coefs(path, sent)
    events, n_events = _events(path, sent)
    rows = study.shown
    facts, shown = outcome(path, rows)
    names = [name for name in SCORE_LABELS if name in study.scores.columns]
    columns = list(dict.fromkeys(path.groups[j] for j in sent))
    arrays = {
        "lambdas": path.lambdas.astype("f8"),
        "x_scale": path.x_scale[sent].astype("f8"),
        "C": _single(path.Cs),
        "norm": _single(_norm(path)),
        "dev_ratio": _single(path.dev_ratio),
        "dual_gap": _single(path.dual_gap),
        "kkt_violation": _single(path.kkt_violation),
        "n_nonzero": path.n_nonzero.astype("u4"),
        "converged": path.converged.astype("u1"),
        "coefs": coefs,
        "scores": np.array(
            [[study.scores_of(part)[name] for part in study.parts] for name in names]
        ).astype("f4"),
        "events": events,
        **({} if cv is None else {"cv": _curve(cv)}),
        **shown,
    }
    content = {
        "version": VERSION,
        "family": path.family,
        "target": path.target,
        "classes": [str(label) for label in path.classes],
        "l1_ratio": path.l1_ratio,
        "n_train": study.train.n_obs,
        "n_test": study.test.n_obs if study.test and "test" in study.parts else 0,
        "sealed": study.seal.hides,
        "n_features": len(path.feature_names),
        "names": [path.feature_names[j] for j in sent],
        "columns": columns,
        "column_of": [columns.index(path.groups[j]) for j in sent],
        "largest": largest,
        "scores": [_score(name) for name in names],
        "parts": list(study.parts),
        "kinds": list(KINDS),
        "n_events": n_events,
        "marks": [mark.to_dict() for mark in marks or marks_of(path, cv)],
        "validation": None if cv is None else _validation(cv),
        "separated_from": separated_from,
        "outcome": facts,
        "looks": {"light": _colours(LIGHT), "dark": _colours(DARK), "dashes": list(DASHES)},
        **pack(arrays),
    }
    text = json.dumps(content, sort_keys=True).encode()
    return {"hash": blake2b(text, digest_size=12).hexdigest(), **content}


def _colours(look: Look) -> dict[str, Any]:
    return {k: list(v) if isinstance(v, tuple) else v for k, v in asdict(look).items()}


def _sent(path: RegPath) -> np.ndarray:
    """Positions of the features that are sent, in their order: the largest, if there are many."""
    sizes = np.abs(path.coefs("standardized"))
    sizes = sizes.max(axis=(0, 2) if sizes.ndim == 3 else 1)
    return np.sort(np.argsort(-sizes, kind="stable")[:SENT])


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
    place = np.full(len(path.feature_names), -1)
    place[sent] = np.arange(len(sent))
    told = frame[place[frame["feature"]] >= 0].iloc[:EVENTS]
    kinds = told["kind"].map(KINDS.index)
    table = [told["index"], place[told["feature"]], told["class"], kinds]
    return np.array(table, dtype="u2").reshape(4, -1), len(frame)


def _score(name: str) -> dict[str, Any]:
    return {
        "name": name,
        "label": SCORE_LABELS[name],
        "larger_is_better": MEASURES[name].larger_is_better,
        "at_first": name in AT_FIRST,
    }


def _curve(cv: CVResult) -> np.ndarray:
    """Mean score of the folds between one standard error less and more."""
    band = np.array([cv.mean - cv.se, cv.mean, cv.mean + cv.se])
    # The panel shows the root, in units of the response.
    return _single(np.sqrt(np.maximum(band, 0.0)) if cv.measure == "mse" else band)


def _validation(cv: CVResult) -> dict[str, Any]:
    score = "rmse" if cv.measure == "mse" else cv.measure
    return {"score": score, "measure": cv.measure, "n_folds": len(cv.folds)}


def _single(values: np.ndarray) -> np.ndarray:
    """Single precision; what is too large for it becomes infinite, which the page says."""
    with np.errstate(over="ignore"):
        return np.asarray(values).astype("f4")
