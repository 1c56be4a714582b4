"""L1, elastic net and L2 side by side, at equal fit or equal size."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from regpath.charts import Level, aligned_figure, aligned_scores_figure, measure_name
from regpath.core.comparison.compare import compare_paths
from regpath.core.comparison.comparison import SCALES, Comparison
from regpath.core.metrics.measures import MEASURES, measures_of
from regpath.core.validation.cost import fit_seconds
from regpath.number_format import num
from regpath.study import Study
from regpath.ui.controls.classes import choose_class
from regpath.ui.display import current_look, main_chart, show_numbers, show_plain_chart, show_table
from regpath.ui.session.results import StudyResults
from regpath.ui.session.work import Work, done
from regpath.wording import counted, number_text

RATIOS = (1.0, 0.5, 0.0)  # lasso, elastic net and ridge, beside the study's own
ALIGNED = {"deviance": "Deviance explained", "shrinkage": "Size of the coefficients"}
LEVELS = 50  # at which penalties are compared: points of the curves
SHOWN = ("log_loss", "accuracy", "auc", "poisson_deviance", "rmse", "r2")


def show_penalties(results: StudyResults) -> None:
    """Draw the paths of three penalties at equal levels, and compare them at one level."""
    study = results.study
    comparison = done(_work(study), results)
    if comparison is None:
        return
    columns = st.columns([2, 2, 3], vertical_alignment="bottom")
    by = columns[0].selectbox(
        "At equal",
        SCALES,
        key="aligned_by",
        format_func=ALIGNED.__getitem__,
        help="The same λ is another strength under each penalty, so equal λ would not be fair.",
    )
    k = choose_class(study.path, "compared_class", columns[1])
    top = float(comparison.levels(2, by)[-1])
    level = columns[2].slider(
        "Level",
        0.0,
        round(top, 3),
        round(0.8 * top, 3),
        key=f"level:{by}",
        step=0.001,
        format="%.3f",
    )
    with main_chart():
        _paths(comparison, by, min(level, top), k)
    _scores(study, comparison, by)
    st.header(f"At the level {num(level):.3f}", anchor=False)
    show_table(comparison.coefs_at(min(level, top), by), key="coefs_at_level")
    st.caption("Coefficients per standard deviation.")


def _work(study: Study) -> Work:
    recipe, path = study.recipe, study.path
    ratios = tuple(dict.fromkeys((*RATIOS, recipe.l1_ratio)))[:4]
    return Work(
        what="comparison",
        verb="Fit L1, elastic net and L2",
        seconds=3.0 * fit_seconds(study.train.n_obs, path),
        make=lambda tell: compare_paths(
            study.weighted_train,
            l1_ratios=tuple(sorted(ratios, reverse=True)),
            n_lambdas=recipe.n_lambdas,
            min_ratio=recipe.min_ratio,
            lambdas=recipe.lambdas,
            extra_lambdas=recipe.extra_lambdas,
            standardize=recipe.standardize,
            penalty_factor=path.learned_factors,
            progress=tell,
        ),
    )


def _paths(comparison: Comparison, by: str, level: float, k: int) -> None:
    at = comparison.positions([level], by)[0]
    last = len(comparison.paths) - 1
    widths = [*([3] * last), 4.3]  # the last has the names
    with st.container(key="rp-aligned"):
        slots = st.columns(widths, gap="small")
    for number, slot in enumerate(slots):
        path = comparison.paths[number]
        with slot:
            st.markdown(f"**{comparison.names[number].capitalize()}**")
            kept, lam = int(path.n_nonzero[at[number]]), path.lambdas[at[number]]
            st.caption(f"{counted(kept, 'feature')} at λ = {number_text(lam)}")
            show_plain_chart(
                aligned_figure(
                    comparison,
                    number,
                    Level(by, level),
                    look=current_look(),
                    named=number == last,
                    k=k,
                ),
                key=f"aligned:{number}",
                alt=f"Coefficients of {comparison.names[number]} over the {ALIGNED[by].lower()}; "
                f"{counted(kept, 'feature')} at the chosen level.",
            )


def _scores(study: Study, comparison: Comparison, by: str) -> None:
    """What the penalties score and keep at equal levels."""
    rows = study.shown
    frame = comparison.to_frame(by, LEVELS, rows)
    part = "training" if rows is study.train else "test"
    names = [name for name in SHOWN if name in measures_of(study.path.family)]
    left, right = st.columns(2, gap="medium")
    with left:
        name = st.selectbox("Score", names, key="aligned_score", format_func=measure_name)
        show_plain_chart(
            aligned_scores_figure(frame, name, by, look=current_look()),
            key="aligned_scores",
            alt=f"{measure_name(name)} of each penalty on {part} rows at equal "
            f"{ALIGNED[by].lower()}; best: {_best(frame, name)}.",
        )
        st.caption(f"On {num(rows.n_obs):,} {part} rows.")
    with right:
        st.markdown("**Features kept**")
        show_plain_chart(
            aligned_scores_figure(frame, "n_nonzero", by, look=current_look()),
            key="aligned_kept",
            alt=f"Features that each penalty keeps at equal {ALIGNED[by].lower()}.",
        )
    show_numbers(frame, key="comparison")


def _best(frame: pd.DataFrame, name: str) -> str:
    values = frame[name].to_numpy()
    at = int((np.nanargmax if MEASURES[name].larger_is_better else np.nanargmin)(values))
    return f"{frame['penalty'].iloc[at]}, {number_text(values[at])}"
