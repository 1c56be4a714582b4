"""Which rows the charts below the choice are of, and what was told of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import streamlit as st

from regpath.core.problems.problem import Problem
from regpath.core.validation.cv_result import CVResult
from regpath.study import Study
from regpath.ui.session.state import Key

HELD_OUT, TEST = "held out", "test"


@dataclass(frozen=True)
class Predicted:
    """Rows that a fit had not seen, and its predictions.

    Attributes
    ----------
    rows : Problem
    predicted : ndarray
        Expected responses, or probabilities of the classes.
    part : str
        What these rows are called.
    """

    rows: Problem
    predicted: np.ndarray
    part: str


def choose_rows(study: Study, cv: CVResult, index: int, section: str) -> Predicted:
    """Ask for held-out or test rows; test rows only where their scores are on view."""
    lam = float(study.path.lambdas[index])
    part = HELD_OUT
    if study.test is not None and not study.seal.hides:
        key = Key.ROWS.of(section)
        part = st.pills("Rows", (HELD_OUT, TEST), default=HELD_OUT, key=key) or HELD_OUT
    if part == TEST and study.test is not None:
        predict = study.path.predict_proba if study.path.classes else study.path.predict
        return Predicted(study.test, predict(study.test, lam), "test rows")
    return Predicted(study.train, cv.out_of_fold(study.train, lam), "held-out training rows")


def said_of(told: Predicted, study: Study) -> str:
    """Where the predictions come from."""
    if told.rows is study.train:
        sealed = " Test rows stay sealed." if study.seal.hides else ""
        return f"From out-of-fold predictions of the training rows; no test row has a say.{sealed}"
    return "From the test rows, which had no part in the fit: to look here often spends them."
