"""The section on the model itself: every coefficient, with the intercept."""

from __future__ import annotations

import numpy as np

from regpath.core.knots import knots
from regpath.export.reporting.section import Block, Cells, Section, Text
from regpath.export.reporting.subject import Subject
from regpath.number_format import num
from regpath.wording import counted

DIGITS = 10  # of a coefficient in original units, so that it predicts to 1e-9 of a spread
MOST_ZEROS = 300  # names of features without a coefficient that are listed


def coefficients(of: Subject) -> Section:
    """Every coefficient in each unit, what is exactly zero, and what they do not mean."""
    path = of.path
    kept = np.flatnonzero(_alive(of))
    blocks: list[Block] = [Text(_formula(of)), _table(of, kept)]
    blocks += _zeros(of, np.flatnonzero(~_alive(of)))
    blocks.append(
        Text(
            "The penalty shrinks coefficients towards zero, and the rows chose which are kept: "
            "they predict, and are no estimates of effects or causes. They come without p-values "
            "because the usual ones are wrong after a selection."
        )
    )
    if path.loss.per_class:
        blocks.append(Text("Each class has a predictor of its own; only differences count."))
    return Section("coefficients", "Coefficients", tuple(blocks))


def _alive(of: Subject) -> np.ndarray:
    alive = of.point.coef_path[..., 0] != 0.0
    return np.asarray(alive.any(axis=0) if alive.ndim == 2 else alive)


def _formula(of: Subject) -> str:
    path = of.path
    exposure = f", plus the log of {path.exposure_name!r}" if path.exposure_name else ""
    mean = {
        "amount": "The prediction is the predictor itself",
        "counts": "The expected count is exp(predictor)",
        "classes": "The probability is 1 / (1 + exp(-predictor))",
    }[path.loss.kind]
    if path.loss.per_class:
        mean = "Probabilities are proportional to exp(predictor) of each class"
    return (
        f"The predictor is the intercept plus each feature times its coefficient in original units"
        f"{exposure}. {mean}."
    )


def _table(of: Subject, kept: np.ndarray) -> Cells:
    path, point = of.path, of.point
    titles = tuple(str(label) for label in path.classes) if path.loss.per_class else ("",)
    outputs = point.coef_path.reshape(len(titles), len(path.feature_names))
    spread = outputs * path.x_scale
    ratio = path.loss.ratio.replace("_", " ") if path.loss.ratio and not path.loss.per_class else ""
    head = ["feature", *(f"coefficient{_of(title)}" for title in titles)]
    head += [f"per SD{_of(title)}" for title in titles]
    head += [ratio] if ratio else []
    head += ["mean", "SD", "in from λ"]
    intercepts = np.reshape(point.intercept_path, len(titles))
    blank = [""] * (len(head) - 1 - len(titles))
    rows: list[list[object]] = [["intercept", *map(_exact, intercepts), *blank]]
    since = _since(of)
    for j in kept[np.argsort(-np.abs(spread[:, kept]).max(axis=0), kind="stable")]:
        row: list[object] = [path.feature_names[j], *map(_exact, outputs[:, j])]
        row += map(float, spread[:, j])
        row += [float(np.exp(outputs[0, j]))] if ratio else []
        rows.append([*row, float(path.x_mean[j]), float(path.x_scale[j]), since[j]])
    per = " of one unit" if ratio else ""
    caption = f"The {counted(len(kept), 'feature')} that the model keeps, the largest per SD first"
    return Cells.of(caption + (f"; {ratio}{per}" if ratio else ""), head, rows)


def _of(title: str) -> str:
    return f", {title}" if title else ""


def _exact(value: float) -> str:
    return f"{value:.{DIGITS}g}"


def _since(of: Subject) -> dict[int, str]:
    """The strength at which each feature came in for the last time, as the path is walked."""
    path = of.path
    found: dict[int, str] = {}
    events = knots(path)
    came = events[(events["kind"] == "enters") & (events["index"] <= of.index)]
    for feature, lam in zip(came["feature"], came["lambda"], strict=True):
        found[int(feature)] = f"{num(lam):.4g}"
    return {j: found.get(j, "start") for j in range(len(path.feature_names))}


def _zeros(of: Subject, zeros: np.ndarray) -> list[Block]:
    if not len(zeros):
        return []
    names = [of.path.feature_names[j] for j in zeros[:MOST_ZEROS]]
    more = f" and {num(len(zeros) - MOST_ZEROS):,} more" if len(zeros) > MOST_ZEROS else ""
    head = f"Exactly zero ({num(len(zeros)):,}): "
    return [Text(f"{head}{', '.join(names)}{more}.")]
