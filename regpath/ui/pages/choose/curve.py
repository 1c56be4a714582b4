"""The validation curve, and the rule that reads it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import streamlit as st

from regpath.charts import fold_paths_figure, measure_name, validation_figure
from regpath.charts.curves import largest, per_sd, until
from regpath.core.selection import BY_SCORE_ALONE, RULES, Selection
from regpath.core.separation.along_path import separated_from
from regpath.core.validation.cv_result import CVResult
from regpath.export import tidy
from regpath.study import Study
from regpath.ui.controls.classes import choose_class
from regpath.ui.controls.control import Place
from regpath.ui.controls.longer_grid import offer_longer_grid
from regpath.ui.controls.rules import rule_label, rule_name, rules_frame
from regpath.ui.controls.strength import take
from regpath.ui.controls.table import CONTROLS
from regpath.ui.display import current_look, in_numbers, show_chart, show_numbers
from regpath.ui.heads import HEADS, heads_of
from regpath.ui.messages import in_words, literal
from regpath.ui.session.state import Key, settle_many
from regpath.wording import counted, number_text


def show_curve(study: Study, cv: CVResult, found: dict[str, Selection | str], index: int) -> None:
    """Draw the curve with the rules that are marked, and the chosen strength."""
    marked = dict.fromkeys([*BY_SCORE_ALONE, study.recipe.rule, *st.session_state[Key.MARKED]])
    places = {
        rule_label(rule): each.index
        for rule in marked
        if isinstance(each := found[rule], Selection)
    }
    best = cv.mean[cv.index_min]
    show_chart(
        validation_figure(cv, look=current_look(), rules=places, chosen=index),
        cv.to_frame(),
        key="validation",
        broom=lambda: tidy(cv),
        alt=f"Mean {measure_name(cv.measure)} of {counted(len(cv.folds), 'fold')} along the path "
        f"with its standard error. Best {number_text(best)} at λ = {number_text(cv.lambda_min)}; "
        f"one standard error from it at λ = {number_text(cv.lambda_1se)}.",
    )
    for note in cv.notes:
        st.caption(literal(note))


def choose_rule(place: Place, study: Study, found: dict[str, Selection | str], index: int) -> None:
    """Ask for the rule, say what it chooses and why, and let it be taken."""
    CONTROLS["rule"].draw(place, names={name: rule_name(name) for name in RULES})
    rule = CONTROLS["rule"].read(place)
    if RULES[rule].number is not None:
        CONTROLS["rule_value"].draw(replace(place, rule=rule))
    chosen = found[rule]
    if isinstance(chosen, str):
        st.info(literal(chosen))
    else:
        st.markdown(in_words(chosen.reason))
        _look_at_ends(place.owner, study, chosen, found["min"])
        taken = chosen.index == index
        st.button(
            "This is the chosen strength" if taken else f"Choose λ = {number_text(chosen.lam)}",
            key="take_rule",
            on_click=take,
            args=(study, chosen.index),
            disabled=taken,
            icon=":material/check:",
            type="primary",
            help="Moves the explorer's cursor there, too.",
        )
    st.multiselect(
        "Mark in the charts, too",
        [name for name in RULES if name not in BY_SCORE_ALONE],
        key=Key.MARKED,
        format_func=rule_label,
        placeholder=f"{' and '.join(map(rule_label, BY_SCORE_ALONE))} only",
    )


def _look_at_ends(owner: str, study: Study, chosen: Selection, best: Selection | str) -> None:
    """Offer a longer grid where the choice or the best score stands at an end of this one."""
    if chosen.at_edge:
        at_end, what = chosen, "This choice"
    elif isinstance(best, Selection) and best.at_edge:
        at_end, what = best, f"{rule_label('min')}, the best score,"
    else:
        return
    start = separated_from(study.weighted_train, study.path, quick=True)
    offer_longer_grid(study, owner, at_end, what, key="extend", come_apart=start is not None)


def prepare_marks() -> None:
    """Give the controls of the rules their first values before anything reads them."""
    settle_many(Key.MARKED, list(RULES))


def show_rules(found: dict[str, Selection | str]) -> None:
    """List every rule: what it chooses, keeps and costs."""
    frame = rules_frame(found)
    digits = {"lambda": 4, "score": 4, "score lost": 2}
    heads = heads_of(frame) | {"lambda": st.column_config.Column("λ", help=HEADS["lambda"])}
    st.dataframe(
        in_numbers(frame.drop(columns="why"), digits),
        hide_index=True,
        key="table:rules",
        column_config=heads,
    )
    show_numbers(frame, key="rules", title="All rules with their formulas")


def show_fold_paths(cv: CVResult, index: int) -> None:
    """Draw each fold's own path behind the path of all rows."""
    if not cv.fold_paths:
        st.info("Leave-one-out in closed form fits no fold, so there are no paths to show.")
        return
    k = choose_class(cv.path, "fold_paths_class")
    features = [int(j) for j in largest(until(per_sd(cv.path, k), index))]
    if not features:
        st.info("No feature enters this path.")
        return
    names = [cv.path.feature_names[j] for j in features]
    show_chart(
        fold_paths_figure(cv, features, look=current_look(), index=index, k=k, height=400),
        cv.fold_coefs(names),
        key="fold_paths",
        alt=f"Paths of the {counted(len(features), 'largest feature')} with the path of each of "
        f"{counted(len(cv.fold_paths), 'fold')} faint behind.",
    )
    kept = float(np.mean([path.n_nonzero[cv.index_1se] for path in cv.fold_paths]))
    st.caption(
        "Where the faint lines part, the coefficient depends on which rows were drawn. At λ 1se "
        f"the folds keep {number_text(kept, 3)} features on average, the path of all rows "
        f"{int(cv.path.n_nonzero[cv.index_1se])}."
    )
