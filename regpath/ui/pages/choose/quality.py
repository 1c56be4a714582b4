"""How good probabilities and classes are: calibration, threshold, each class, class weights."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from regpath.charts import (
    benefit_figure,
    calibration_figure,
    classes_figure,
    gain_figure,
    measure_name,
    precision_figure,
    roc_figure,
)
from regpath.core.metrics.calibration import calibration_curve, calibration_slope
from regpath.core.metrics.class_weights import intercept_shift
from regpath.core.metrics.scores import scores_by_class
from regpath.core.selection.net_benefit import decision_curve
from regpath.core.selection.threshold import CRITERIA, Threshold, choose_threshold, threshold_curve
from regpath.core.validation.cv_result import CVResult
from regpath.number_format import localized, num
from regpath.study import Study
from regpath.ui.controls.control import EVERYWHERE
from regpath.ui.controls.table import CONTROLS
from regpath.ui.display import current_look, show_chart, show_table
from regpath.ui.messages import literal
from regpath.ui.session.state import Key
from regpath.wording import number_text

CURVES = ("Precision and recall", "ROC", "Gain", "Net benefit")
BY_CLASS = ("recall", "precision", "auc", "average_precision", "brier")


def show_calibration(study: Study, cv: CVResult, index: int) -> None:
    """Draw what was told against what happened, on rows that the fits had not seen."""
    lam = float(study.path.lambdas[index])
    told = cv.out_of_fold(study.train, lam)
    curve, slopes = calibration_curve(study.train, told), calibration_slope(study.train, told)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        show_chart(
            calibration_figure(curve, look=current_look()),
            curve,
            key="calibration",
            alt=f"Observed shares against probabilities told, in {len(curve)} bins of held-out "
            "rows, with 95 % intervals; on the diagonal both agree.",
        )
    with right:
        for label, slope, error in slopes[["class", "slope", "slope_se"]].to_numpy():
            st.markdown(_calibrated(str(label), float(slope), float(error)))
        show_table(slopes, key="calibration_slope")
        st.caption("From out-of-fold predictions of the training rows; no test row has a say.")


def _calibrated(label: str, slope: float, error: float) -> str:
    """What a slope says."""
    name = literal(label)
    if not np.isfinite(slope):
        return f"{name}: held-out rows are told apart so well that no slope is finite."
    if abs(slope - 1.0) <= 2.0 * error:
        word = "not clearly different from 1, where probabilities mean what they say"
    else:
        word = "too timid, as penalties make them" if slope > 1.0 else "too bold"
    return f"{name}: slope {num(slope):.2f} ± {num(error):.2f}, {word}."


def show_threshold(study: Study, cv: CVResult, index: int) -> None:
    """Choose a threshold on held-out rows, and show precision against recall."""
    lam = float(study.path.lambdas[index])
    criterion = st.selectbox(
        "Choose the threshold by",
        CRITERIA,
        key="criterion",
        format_func=lambda name: {"f1": "F1", "prevalence": "share of the class"}.get(
            name, measure_name(name)
        ),
    )
    chosen = choose_threshold(cv, study.train, lam, criterion=criterion)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _show_curve(study, cv, chosen)
    with right:
        st.markdown(
            f"Class **{literal(study.path.classes[1])}** from probability "
            f"**{number_text(chosen.value, 3)}** on."
        )
        st.markdown(literal(localized(chosen.reason)))
        _at_threshold(study, chosen, index)
        st.caption("Chosen on out-of-fold predictions of training rows, never on test rows.")


def _show_curve(study: Study, cv: CVResult, chosen: Threshold) -> None:
    """Draw what all thresholds do to held-out rows, the chosen one marked."""
    name = st.pills("Curve", CURVES, default=CURVES[0], key=Key.CUT_CURVE) or CURVES[0]
    curve, look = chosen.curve, current_look()
    at = _row_of(curve, chosen.value)
    recall = f"the chosen one, {number_text(chosen.value, 3)}, has recall "
    recall += f"{number_text(curve['true_positive_rate'].iloc[at], 3)}."
    if name == "Net benefit":
        benefit = decision_curve(study.train, cv.out_of_fold(study.train, chosen.lam))
        figure = benefit_figure(benefit, look=look, threshold=chosen.value)
        alt = "Net benefit of the model, of acting on everybody and on nobody, by threshold; "
        show_chart(figure, benefit, key="net_benefit", alt=f"{alt}{recall}")
        return
    if name == "ROC":
        figure, said = roc_figure(curve, look=look, at=at), "Hits against false alarms"
    elif name == "Gain":
        figure, said = gain_figure(curve, look=look, at=at), "Share found against share told"
    else:
        base = float(np.average(study.train.y == 1, weights=study.train.sample_weight))
        figure = precision_figure(curve, look=look, at=at, base=base)
        said = "Precision against recall"
    alt = f"{said} over all thresholds on held-out rows; {recall}"
    show_chart(figure, curve, key=f"thresholds:{name}", alt=alt)


def _at_threshold(study: Study, chosen: Threshold, index: int) -> None:
    """What the threshold does to held-out rows, and to the test rows if they are on view."""
    curves = {"held out": chosen.curve}
    if study.test is not None and not study.seal.hides:
        lam = float(study.path.lambdas[index])
        told = study.path.predict_proba(study.test.X, lam)
        if len(np.unique(study.test.y)) == 2:
            curves["test"] = threshold_curve(study.test, told)
    names = ["precision", "true_positive_rate", "false_positive_rate", "accuracy", "f1"]
    frame = pd.DataFrame({"score": [name.replace("_", " ") for name in names]})
    for part, curve in curves.items():
        row = curve.iloc[_row_of(curve, chosen.value)]
        frame[part] = [float(row[name]) for name in names]
    show_table(frame, key="at_threshold")


def _row_of(curve: pd.DataFrame, value: float) -> int:
    return int(np.flatnonzero(curve["threshold"].to_numpy() >= value)[-1])


def show_classes(study: Study, index: int) -> None:
    """Draw one score of every class along the path."""
    rows = study.shown
    scores = scores_by_class(study.path, rows)
    name = st.selectbox("Score", BY_CLASS, key="by_class", format_func=measure_name)
    part = "training" if rows is study.train else "test"
    show_chart(
        classes_figure(scores, name, look=current_look()),
        scores,
        key="classes",
        alt=f"{measure_name(name)} of each class against the others along the path, on "
        f"{part} rows.",
    )
    at = scores[scores["lambda"] == study.path.lambdas[index]]
    st.markdown(f"At the chosen strength, on {num(rows.n_obs):,} {part} rows:")
    show_table(at.drop(columns="lambda"), key="classes_at")


def show_weights(study: Study, index: int) -> None:
    """Show the switch that balances the classes, and what it does to the intercept."""
    CONTROLS["class_weight"].draw(EVERYWHERE)
    weight = CONTROLS["class_weight"].read(EVERYWHERE)
    shares = np.bincount(study.train.y, weights=study.train.weights) / study.train.weights.sum()
    rare = int(np.argmin(shares))
    st.markdown(
        f"**{literal(study.path.classes[rare])}** is {num(shares[rare]):.1%} of the training rows: "
        f"telling the most frequent class of everybody is right in {num(shares.max()):.1%}, so "
        "accuracy alone says little. Balanced accuracy, average precision and a threshold chosen "
        "on held-out rows say more, and so do class weights."
    )
    shift = intercept_shift(study.path, study.train, weight, float(study.path.lambdas[index]))
    if weight is not None:
        st.markdown(
            "A weight makes its class look more frequent than it is, which adds its logarithm to "
            "the intercept. Probabilities are those of a balanced world: subtract the shift before "
            "you read them as shares of this one."
        )
    show_table(shift, key="intercept_shift")
