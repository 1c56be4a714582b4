"""payload: everything the explorer draws, as one small JSON-ready dict. Pure and versioned."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from hashlib import blake2b
from typing import Any

import numpy as np

from regpath.charts.theme import DARK, DASHES, LIGHT, Look
from regpath.core.conversions.parametrizations import scikit_learn_form
from regpath.core.knots import KINDS
from regpath.core.metrics.measures import MEASURES, drawn_as
from regpath.core.regpath import RegPath
from regpath.core.separation.along_path import separated_from
from regpath.core.validation.cv_result import CVResult
from regpath.explorer.arrays import drawn_arrays, drawn_scores, sent_features
from regpath.explorer.marks import Mark, marks_of
from regpath.explorer.packing import pack
from regpath.study import Study

VERSION = 5  # of the payload; the page refuses another


def payload(
    study: Study,
    cv: CVResult | None = None,
    *,
    marks: Sequence[Mark] | None = None,
    separated_from: int | None = None,
    truth: Mapping[str, float] | None = None,
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
    truth : mapping of str to float, default=None
        Effects that were built into the data, by feature and per unit of it.

    Returns
    -------
    dict
        JSON-ready. `layout` and `blob` hold the arrays (see `packing`): `lambdas` and `x_scale`
        (float64); `norm` (L1 norm of the coefficients that the penalty sees), `dev_ratio`,
        `dual_gap`, `kkt_violation`; `n_nonzero`, `converged`; `coefs` (n_classes or 1, n_sent,
        n_lambdas) per SD and divided by `largest`; `scores` (n_scores, n_parts, n_lambdas);
        `cv` (3, n_lambdas): low, mean, high; `events` (4, n_events): index, feature, class,
        kind; and those of `outcome`. `hash` changes with any of it.
    """
    sent = sent_features(study.path)
    facts, arrays = drawn_arrays(study, cv, sent)
    content = {
        "version": VERSION,
        **_model(study.path, sent),
        **_rows(study),
        **facts,
        "scores": _scores(study),
        # Of a path whose R2 has a tile, the deviance explained is the same number.
        "explained": "r2" not in drawn_scores(study),
        "kinds": list(KINDS),
        "marks": [mark.to_dict() for mark in marks or marks_of(study.path, cv)],
        "validation": None if cv is None else _validation(cv),
        "separated_from": separated_from,
        **_truth(study.path, sent, truth or {}),
        "looks": {"light": _colours(LIGHT), "dark": _colours(DARK), "dashes": list(DASHES)},
        **pack(arrays),
    }
    text = json.dumps(content, sort_keys=True).encode()
    return {"hash": blake2b(text, digest_size=12).hexdigest(), **content}


def payload_of_study(
    study: Study,
    cv: CVResult | None = None,
    marks: Sequence[Mark] | None = None,
    truth: Mapping[str, float] | None = None,
) -> dict[str, Any]:
    """Collect what the explorer draws of a study, with the region of separated classes shaded.

    The region is what a quick look finds; `find_separation` proves it. Parameters are those of
    `payload`.
    """
    start = separated_from(study.weighted_train, study.path, quick=True)
    return payload(study, cv, marks=marks, separated_from=start, truth=truth)


def _truth(path: RegPath, sent: np.ndarray, truth: Mapping[str, float]) -> dict[str, Any]:
    """Pairs of a feature that is sent and its effect; nothing where nothing is known."""
    effects = [(p, truth.get(path.feature_names[j], 0.0)) for p, j in enumerate(sent)]
    return {"truth": [[p, effect] for p, effect in effects if effect]} if truth else {}


def _model(path: RegPath, sent: np.ndarray) -> dict[str, Any]:
    """What the coefficients are of."""
    columns = list(dict.fromkeys(path.groups[j] for j in sent))
    return {
        "family": path.family,
        "per_class": path.loss.per_class,
        "units": _units(path.loss.ratio),
        "target": path.target,
        "n_obs": path.n_obs,
        "exposure": path.exposure_name,
        "classes": [str(label) for label in path.classes],
        "other_strength": _other_strength(path),
        "n_features": len(path.feature_names),
        "names": [path.feature_names[j] for j in sent],
        "columns": columns,
        "column_of": [columns.index(path.groups[j]) for j in sent],
    }


def _other_strength(path: RegPath) -> dict[str, Any] | None:
    """How scikit-learn writes lambda: (times lambda)^power."""
    other = scikit_learn_form(path.family, path.l1_ratio)
    if other is None:
        return None
    return {
        "name": other.parameter,
        "label": other.label,
        "formula": other.formula.replace("lambda", "λ"),
        "larger_is": other.larger_is,
        "times": other.factor * path.n_obs**other.rows,
        "power": other.power,
    }


def _rows(study: Study) -> dict[str, Any]:
    """Which rows the scores are of, and the class that a model without features tells of each."""
    train = study.train
    common = np.argmax(np.bincount(train.y, train.sample_weight)) if train.classes else 0
    return {
        "common": int(common),
        "n_train": train.n_obs,
        "n_test": study.test.n_obs if study.test and "test" in study.parts else 0,
        "sealed": study.seal.hides,
        "parts": list(study.parts),
    }


def _colours(look: Look) -> dict[str, Any]:
    return {k: list(v) if isinstance(v, tuple) else v for k, v in asdict(look).items()}


def _units(ratio: str) -> list[list[str]]:
    """Units that coefficients have on this path, with their labels."""
    units = [["standardized", "per SD"], ["original", "original"]]
    return [*units, [ratio, ratio.replace("_", " ")]] if ratio else units


def _scores(study: Study) -> list[dict[str, Any]]:
    """What each score is called, and what a model without features has of it, part by part."""
    base = study.null_scores().set_index("part").to_dict("index")
    return [
        {
            "name": name,
            "label": MEASURES[name].label,
            "help": MEASURES[name].help,
            "larger_is_better": MEASURES[name].larger_is_better,
            "at_first": MEASURES[name].at_first,
            "base": [_or_none(base[part][name]) for part in study.parts],
        }
        for name in drawn_scores(study)
    ]


def _or_none(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _validation(cv: CVResult) -> dict[str, Any]:
    return {"score": drawn_as(cv.measure).name, "measure": cv.measure, "n_folds": len(cv.folds)}
