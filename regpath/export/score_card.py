"""A model as a card to be printed: points for each value, and what their sum means."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from regpath.core.problems.encoder import encode_rows
from regpath.core.problems.exposure import without_exposure
from regpath.core.regpath import RegPath
from regpath.errors import ParameterError
from regpath.export.model_file import model
from regpath.export.nomogram import CardAxis, nomogram
from regpath.io import Table
from regpath.model import Model
from regpath.number_format import num
from regpath.shown import Shown
from regpath.study import Study

MOST_POINTS = 100.0  # of the feature that can move a prediction most
SPREADS = 2.0  # of an axis to either side of the mean, where the rows of the fit are not known
LINES = 21  # of the table of sums
STEPS = 6  # numbers on an axis, about
# Probabilities whose sums of points are told, from rare to nearly certain.
SHARES = (0.001, 0.01, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999)


@dataclass(frozen=True, eq=False)
class ScoreCard(Shown):
    """Points whose sum gives the prediction.

    Attributes
    ----------
    model : Model
    points : DataFrame
        One row per value on the card: `feature`, `value`, `points`.
    per_unit : Series
        Points of one unit of each feature that is kept.
    lowest : Series
        Value of each of these features that has no points.
    base : float
        The linear predictor at zero points.
    per_point : float
        What a point adds to the linear predictor.
    """

    model: Model
    points: pd.DataFrame
    per_unit: pd.Series
    lowest: pd.Series
    base: float
    per_point: float

    def _summary(self) -> str:
        path = self.model.path
        return (
            f"ScoreCard(target {path.target!r}, lambda {path.lambdas[0]:.4g})\n"
            f"a point adds {self.per_point:.4g} to the linear predictor, {self.base:.4g} at none"
        )

    def _shown_frame(self) -> pd.DataFrame:
        return self.points

    def total(self, X: Any) -> np.ndarray:
        """Sum the points of rows, unrounded.

        Parameters
        ----------
        X : Table, DataFrame or array-like of shape (n, n_features)
            Raw columns as in the data of the fit, or an array of features.

        Returns
        -------
        ndarray of shape (n,)
        """
        path = self.model.path
        frame = without_exposure(
            X.frame if isinstance(X, Table) else X, path.exposure_name, path.feature_names
        )
        Z = np.asarray(encode_rows(frame, path.encoder, path.feature_names))
        kept = [path.feature_names.index(name) for name in self.per_unit.index]
        return np.asarray((Z[:, kept] - self.lowest.to_numpy()) @ self.per_unit.to_numpy())

    def outcome(self, total: Any) -> np.ndarray:
        """What sums of points mean.

        Parameters
        ----------
        total : float or array-like of shape (n,)

        Returns
        -------
        ndarray of shape (n,)
            The expected response, of one unit of exposure where the fit had exposures; of two
            classes, the probability of the second.
        """
        eta = self.base + self.per_point * np.atleast_1d(np.asarray(total, float))
        return np.asarray(self.model.path.loss.mean(eta[:, None])[:, 0])

    def to_html(self) -> str:
        """A page of its own, to be printed: the nomogram and the table of points."""
        return _page(self)


def score_card(
    of: Study | RegPath | Model,
    lam: float | None = None,
    file: str | Path | None = None,
) -> ScoreCard:
    """Make a card on which a prediction is the sum of points.

    Parameters
    ----------
    of : Study, RegPath or Model
        What predicts. A study knows the range of each column.
    lam : float, default=None
        A point of the grid; a Model has but one.
    file : str or Path, default=None
        Where to write the card as a page of HTML. None writes nothing.

    Returns
    -------
    ScoreCard

    Raises
    ------
    ParameterError
        If there is one predictor for each class, so that no one sum tells all, or nothing is kept.

    Notes
    -----
    The points of a feature are proportional to its coefficient and zero where it speaks least for
    a large prediction within the range of the fit; the feature that can move the prediction most
    spans 100 points.

    References
    ----------
    Lubsen, J., Pool, J. and van der Does, E. (1978), A practical device for the application of a
    diagnostic or prognostic function, Methods of Information in Medicine 17.

    Examples
    --------
    >>> import regpath
    >>> table = regpath.datasets.load("diabetes")
    >>> study = regpath.run_study(table, regpath.Recipe("progression", n_lambdas=20))
    >>> lam = study.path.lambdas[4]
    >>> card = regpath.export.score_card(study, lam)
    >>> round(float(card.points["points"].max()), 6)
    100.0
    >>> gap = card.outcome(card.total(table)) - study.path.predict(table, lam)
    >>> bool(abs(gap).max() < 1e-9)
    True
    """
    made = model(of, lam)
    path = made.path
    if path.loss.per_class:
        raise ParameterError(
            f"A score card has one sum, and this model has one for each of "
            f"{len(path.classes)} classes.",
            "Choose a target of two classes, or take the SQL query.",
        )
    coefs = pd.Series(path.coef_path[:, 0], index=path.feature_names)
    kept = coefs[coefs != 0.0]
    if kept.empty:
        raise ParameterError(
            "At this strength no feature is kept, so there are no points to give.",
            "Choose a weaker strength.",
        )
    ranges = {name: _range(made, name) for name in kept.index}
    spans = np.array([kept[name] * (high - low) for name, (low, high) in ranges.items()])
    per_point = float(np.abs(spans).max()) / MOST_POINTS or 1.0
    lowest = pd.Series(
        [low if kept[name] > 0.0 else high for name, (low, high) in ranges.items()],
        index=kept.index,
    )
    means = pd.Series(path.x_mean, index=path.feature_names)[kept.index]
    at_mean = float(path.intercept_path[0] + coefs.to_numpy() @ path.x_mean)
    card = ScoreCard(
        model=made,
        points=_points(ranges, kept / per_point, lowest),
        per_unit=kept / per_point,
        lowest=lowest,
        base=at_mean + float((kept * (lowest - means)).sum()),
        per_point=per_point,
    )
    if file is not None:
        Path(file).write_text(card.to_html(), encoding="utf-8", newline="\n")
    return card


def _range(made: Model, name: str) -> tuple[float, float]:
    """The least and the largest value of a feature on the card."""
    path, encoder = made.path, made.path.encoder
    j = path.feature_names.index(name)
    if encoder is not None and j < len(encoder.base_features):
        feature = encoder.base_features[j]
        if feature.is_gap or feature.level is not None:
            return 0.0, 1.0
        edges = made.columns[feature.column].edges if feature.column in made.columns else ()
        if len(edges) > 1:
            return edges[0], edges[-1]
    spread = SPREADS * float(path.x_scale[j])
    return float(path.x_mean[j]) - spread, float(path.x_mean[j]) + spread


def _points(
    ranges: dict[str, tuple[float, float]], per_unit: pd.Series, lowest: pd.Series
) -> pd.DataFrame:
    rows = [
        (name, value, float(per_unit[name] * (value - lowest[name])))
        for name, (low, high) in ranges.items()
        for value in steps(low, high)
    ]
    return pd.DataFrame(rows, columns=["feature", "value", "points"])


def steps(low: float, high: float) -> list[float]:
    """Both ends of a range and the round numbers between them.

    >>> steps(0.0, 1.0), steps(17.0, 63.0)
    ([0.0, 1.0], [17.0, 20.0, 30.0, 40.0, 50.0, 60.0, 63.0])
    """
    if (low, high) == (0.0, 1.0) or high <= low:
        return sorted({low, high})
    rough = (high - low) / STEPS
    size = 10.0 ** np.floor(np.log10(rough))
    step = size * min((1.0, 2.0, 5.0, 10.0), key=lambda k: abs(np.log(k * size / rough)))
    between = np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step
    inner = [float(f"{v:.12g}") for v in between if low + step / 4 < v < high - step / 4]
    return [low, *inner, high]


def _page(card: ScoreCard) -> str:
    path = card.model.path
    biggest = float(card.points.groupby("feature", sort=False)["points"].max().sum())
    axes = [
        CardAxis("Points", tuple((v, f"{num(v):g}") for v in np.linspace(0.0, MOST_POINTS, 11)))
    ]
    for name, rows in card.points.groupby("feature", sort=False):
        marks = tuple(
            (p, f"{num(v):.4g}") for p, v in zip(rows["points"], rows["value"], strict=True)
        )
        axes.append(CardAxis(str(name), marks))
    sums = steps(0.0, biggest)
    finer = np.linspace(0.0, biggest, LINES)
    totals = [
        CardAxis("Sum of points", tuple((v, f"{num(v):.0f}") for v in sums)),
        CardAxis(_outcome_name(path), _outcome_marks(card, biggest)),
    ]
    body = "".join(
        f"<tr><td>{escape(str(row.feature))}</td><td>{num(row.value):.6g}</td>"
        f"<td>{num(row.points):.1f}</td></tr>"
        for row in card.points.itertuples()
    )
    sums_body = "".join(
        f"<tr><td>{num(total):.1f}</td><td>{num(value):.4g}</td></tr>"
        for total, value in zip(finer, card.outcome(finer), strict=True)
    )
    return PAGE.format(
        title=escape(f"Score card: {path.target}"),
        outcome=escape(_outcome_name(path)),
        picture=nomogram(axes, MOST_POINTS) + nomogram(totals, biggest),
        rows=body,
        sums=sums_body,
        base=f"{num(card.base):.6g}",
        per_point=f"{num(card.per_point):.6g}",
        source=escape(
            "; ".join(
                [f"lambda = {num(card.model.lam):.6g}"]
                + [f"{name}: {fact}" for name, fact in card.model.facts.items()]
            )
        ),
    )


def _outcome_name(path: RegPath) -> str:
    if path.loss.two_classes:
        return f"Probability of {path.classes[1]}"
    per = f" for one unit of {path.exposure_name}" if path.exposure_name else ""
    return f"Expected {path.target}{per}"


def _outcome_marks(card: ScoreCard, biggest: float) -> tuple[tuple[float, str], ...]:
    """Marks of the outcome, at round values of it that the card can reach."""
    low, high = card.outcome([0.0, biggest])
    if card.model.path.loss.two_classes:
        wanted = [share for share in SHARES if low <= share <= high]
        at = [(np.log(v / (1.0 - v)) - card.base) / card.per_point for v in wanted]
        return tuple((float(t), f"{num(v):g}") for t, v in zip(at, wanted, strict=True))
    sums = np.linspace(0.0, biggest, STEPS + 1)
    return tuple((float(t), f"{num(v):.4g}") for t, v in zip(sums, card.outcome(sums), strict=True))


PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
body {{ font: 14px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem;
  color: CanvasText; background: Canvas; }}
svg {{ width: 100%; height: auto; display: block; }}
table {{ border-collapse: collapse; margin: 1rem 0; }}
td, th {{ padding: .15rem .8rem .15rem 0; text-align: right; border-bottom: thin solid GrayText; }}
td:first-child, th:first-child {{ text-align: left; }}
.tables {{ display: flex; flex-wrap: wrap; gap: 3rem; align-items: flex-start; }}
@media print {{ body {{ margin: 0; max-width: none; }} tr, svg {{ break-inside: avoid; }} }}
</style>
<h1>{title}</h1>
<p>Find the value of each feature on its line and read its points on the topmost line above it. Add
the points up, find the sum, and read the prediction below it. A word that is a feature of its own
(such as <em>city=Oslo</em>) is 1 where it is so, else 0.</p>
{picture}
<div class="tables">
<table><thead><tr><th>Feature</th><th>Value</th><th>Points</th></tr></thead>
<tbody>{rows}</tbody></table>
<table><thead><tr><th>Sum of points</th><th>{outcome}</th></tr></thead>
<tbody>{sums}</tbody></table>
</div>
<p>Exactly: linear predictor = {base} + {per_point} x sum of points. {source}</p>
</html>
"""
