"""How amounts and counts differ from what was expected of them, at the chosen strength."""

from __future__ import annotations

import numpy as np
import streamlit as st

from regpath.charts import (
    counts_figure,
    groups_figure,
    quantile_figure,
    residual_figure,
)
from regpath.core.metrics.calibration import observed_by_predicted
from regpath.core.metrics.counts import count_frequencies, dispersion
from regpath.core.metrics.residuals import Residuals, residuals
from regpath.core.validation.cv_result import CVResult
from regpath.number_format import num
from regpath.study import Study
from regpath.ui.display import current_look, show_chart, show_table
from regpath.ui.messages import literal
from regpath.ui.pages.choose.rows_told import choose_rows, said_of
from regpath.wording import counted, number_text

FAR = 3.0  # spreads from zero; one in 370 of a normal distribution lies further out
OVER, UNDER = 1.25, 0.8  # mean squared Pearson residuals that are clearly not 1


def show_residuals(study: Study, cv: CVResult, index: int) -> None:
    """Draw residuals of amounts against what was expected, their quantiles and the largest."""
    told = choose_rows(study, cv, index, "residuals")
    found = residuals(told.rows, told.predicted)
    groups = observed_by_predicted(told.rows, told.predicted)
    left, right = st.columns(2, gap="medium")
    with left:
        show_chart(
            residual_figure(found, groups, look=current_look()),
            found.to_frame(),
            key="residuals",
            alt=f"Observed less expected of {counted(len(found.rows), 'row')}, against what was "
            "expected, with the mean of each tenth of the rows.",
        )
    with right:
        quantiles = found.quantiles()
        show_chart(
            quantile_figure(quantiles, look=current_look()),
            quantiles,
            key="quantiles",
            alt="Quantiles of the residuals against those of a normal distribution; a straight "
            "line where residuals are normal.",
        )
    st.markdown(_spread(found, told.part))
    _show_largest(found)
    st.caption(said_of(told, study))


def show_counts(study: Study, cv: CVResult, index: int) -> None:
    """Draw counts observed and expected: each count, and by tenths of what was expected."""
    told = choose_rows(study, cv, index, "counts")
    left, right = st.columns(2, gap="medium")
    with left:
        frame = count_frequencies(told.rows, told.predicted)
        show_chart(
            counts_figure(frame, look=current_look()),
            frame,
            key="counts",
            alt=f"How many {told.part} have each count, and how many are expected, with 95 % "
            "intervals, on a square-root scale.",
        )
    with right:
        curve = observed_by_predicted(told.rows, told.predicted)
        show_chart(
            groups_figure(curve, look=current_look(), what="mean count"),
            curve,
            key="count_groups",
            alt="Mean counts observed against those expected, by tenths of the rows, with 95 % "
            "intervals; on the diagonal both agree.",
        )
    st.markdown(_dispersed(dispersion(told.rows, told.predicted)))
    _show_largest(residuals(told.rows, told.predicted))
    st.caption(said_of(told, study))


def _show_largest(found: Residuals) -> None:
    st.markdown("**The rows that were expected least**, by their numbers in the file:")
    show_table(found.largest(10), key="largest")


def _spread(found: Residuals, part: str) -> str:
    """What the residuals are like, in words."""
    size = np.abs(found.standardized)
    far = int((size > FAR).sum())
    usual = 0.0027 * len(size)
    return (
        f"Residuals of {num(len(size)):,} {literal(part)} have a spread of "
        f"**{number_text(found.scale[0])}**; **{num(far):,}** lie more than {num(FAR):g} spreads "
        f"out, where a normal distribution has about {num(usual):.1f}."
    )


def _dispersed(value: float) -> str:
    """Whether counts vary as Poisson counts do."""
    if value > OVER:
        word = "more than Poisson counts of these means do: intervals for them are too narrow"
    elif value < UNDER:
        word = "less than Poisson counts of these means do"
    else:
        word = "about as Poisson counts of these means do"
    told = f"Mean squared Pearson residual **{number_text(value, 3)}**, where 1 is expected"
    return f"{told}: counts vary {word}."
