"""Geometry: two features of any data, where the loss touches the ball of the penalty, and why."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import Any

import numpy as np
import streamlit as st

from regpath.charts.geometry import posterior_figure, told_of_touching, valley_figure
from regpath.core.conversions.parametrizations import PARAMETRIZATIONS
from regpath.core.geometry.pair import FeaturePair, largest_pair
from regpath.core.geometry.picture import PairPicture, picture_of, picture_seconds
from regpath.core.regpath import RegPath
from regpath.errors import DataError
from regpath.number_format import num
from regpath.study import Study
from regpath.ui.controls.classes import choose_class
from regpath.ui.controls.feature_pair import choose_pair
from regpath.ui.controls.rules import known_marks
from regpath.ui.controls.strength import ask_strength
from regpath.ui.controls.strength_strip import show_strip
from regpath.ui.controls.words import show_words
from regpath.ui.display import (
    BY_ROWS,
    current_look,
    is_presenting,
    main_chart,
    show_chart,
    show_plain_chart,
)
from regpath.ui.messages import literal
from regpath.ui.session.feature_pair import CHOICES, HELD, REFITTED, keys_of_pair, pair_in_link
from regpath.ui.session.results import StudyResults
from regpath.ui.session.source import Source
from regpath.ui.session.state import Key, settle
from regpath.ui.session.unheard import choose
from regpath.ui.session.waiting import How
from regpath.ui.session.work import Work, done
from regpath.wording import counted, number_text

SOON = 10.0  # seconds: who asks for others to be fitted again need not be asked whether he means it
MEANING = {
    HELD: "All other coefficients are held at their values on the path at this λ, and the constant "
    "is fitted again at each point. The contours move with λ, since the others do.",
    REFITTED: "At each point all other coefficients are fitted again and pay their own penalty at "
    "this λ: a contour is where the loss and what the others pay are the same together. (Fitted "
    "again without their penalty, they would lead to another valley, which does not touch the ball "
    "at the solution.)",
}
ALONE = "There are no other coefficients: the contours stay, and only the ball follows λ."
WORDS = "loss, contour, ball, prior, likelihood, posterior, variance"
LEAD = (
    "Every point is a pair of coefficients. Those in the ball cost no more than the solution, and "
    "none of them has a smaller loss."
)
PRIORS = {0.0: "Gauss", 1.0: "Laplace"}


def show_geometry(source: Source, results: StudyResults) -> tuple[int, dict[str, str]]:
    """Show two features at the chosen strength; returns its position, and theirs in the link."""
    study, path = results.study, results.study.path
    first, *_ = known_marks(results)
    slots = st.columns(5 if path.loss.per_class else 4, gap="medium")
    with slots[0]:
        index = ask_strength(study, first, "geometry")
    k = choose_class(path, "geometry_class", slots[1])
    try:
        features = _choose_pair(study, index, k, slots[-3:-1])
    except DataError as error:
        st.info(f"{literal(error.message)} {literal(error.hint)}", icon=":material/landscape:")
        return index, {}
    pair = FeaturePair(study.weighted_train, path, features, output=k)
    others = _choose_others(study, pair, slots[-1])
    picture = _picture(pair, index, others == REFITTED, results)
    chosen = pair_in_link(pair.names, _largest(path, index, k), others)
    if picture is None:
        return index, chosen
    left, right = st.columns([3, 2], gap="medium")
    with left:
        with main_chart():
            show_chart(
                _valley(picture),
                picture.to_frame(),
                key="geometry",
                alt=f"{told_of_touching(picture)} {_shape(path)}",
            )
        st.caption(literal(told_of_touching(picture)))
        st.caption(LEAD)
        st.caption(MEANING[others] if pair.n_others else ALONE)
        _offer_largest(study, index, pair)
    with right:
        _priors(picture, pair)
    show_strip(source, study, index, "geometry")
    show_words(WORDS)
    return index, chosen


def _choose_pair(study: Study, index: int, k: int, slots: Sequence[Any]) -> tuple[int, int]:
    """Ask for two features with a penalty; the largest at the strength that is met first."""
    path = study.path
    return choose_pair(
        path,
        study.table.digest,
        slots,
        names=[path.feature_names[j] for j in np.flatnonzero(path.penalty_factor > 0.0)],
        usual=_largest(path, index, k),
        where=" at this strength",
    )


def _largest(path: RegPath, index: int, k: int) -> list[str]:
    return [path.feature_names[j] for j in largest_pair(path, index, k)]


def _offer_largest(study: Study, index: int, pair: FeaturePair) -> None:
    """A button that draws the two largest at this strength, where others are drawn."""
    largest = _largest(study.path, index, pair.output)
    if set(largest) == set(pair.names):
        return
    st.button(
        f"Draw the two largest here: {literal(largest[0])} and {literal(largest[1])}",
        key="largest_pair",
        on_click=_take,
        args=(keys_of_pair(study.table.digest), largest),
        icon=":material/landscape:",
    )


def _take(keys: Sequence[str], names: Sequence[str]) -> None:
    for key, name in zip(keys, names, strict=True):
        choose(key, name)


def _choose_others(study: Study, pair: FeaturePair, slot: Any) -> str:
    """Ask what happens to all other coefficients."""
    if not pair.n_others:
        return HELD
    if not pair.can_refit:
        slot.caption(
            f"The other {num(pair.n_others):,} coefficients are held at their values on the path: "
            "they are too many to be fitted again at each point."
        )
        return HELD
    key = Key.OTHERS.of(study.table.digest)
    settle(key, CHOICES, HELD)
    chosen: str = slot.selectbox(
        f"The other {counted(pair.n_others, 'coefficient')}",
        CHOICES,
        key=key,
        help="What happens to them where the two are moved: they are held at their values on the "
        "path, or fitted again at each point, for their own penalty. Either way a contour touches "
        "the ball at the penalized solution.",
    )
    return chosen


def _picture(
    pair: FeaturePair, index: int, refit: bool, results: StudyResults
) -> PairPicture | None:
    lam = float(pair.path.lambdas[index])
    work = Work(
        what=f"geometry of {pair.features}, {pair.output} at {lam!r}, refit {refit}",
        verb="Draw the valley",
        seconds=picture_seconds(pair, refit),
        make=lambda tell: picture_of(pair, index, refit=refit, tell=tell),
    )
    if work.seconds is not None and work.seconds <= SOON:
        with st.spinner(f"{work.verb} …"):
            found: PairPicture = results.make(work.what, work.make, How(work.seconds))
            return found
    return done(work, results)


def _valley(picture: PairPicture) -> Any:
    """The map; a lecture's screen is wide and low."""
    if is_presenting():
        return valley_figure(picture, look=current_look(), height=BY_ROWS, legend_beside=True)
    return valley_figure(picture, look=current_look())


def _shape(path: RegPath) -> str:
    shapes = {0.0: "a circle (L2)", 1.0: "a diamond (L1)"}
    return f"The ball is {shapes.get(path.l1_ratio, 'a rounded diamond (elastic net)')}."


def _priors(picture: PairPicture, pair: FeaturePair) -> None:
    """The same as a belief: of each coefficient the prior, what the data say, and both."""
    st.markdown("**The same as a belief**")
    for number, (name, told) in enumerate(zip(picture.names, picture.posteriors, strict=True)):
        show_plain_chart(
            posterior_figure(told, name, look=current_look()),
            key=f"prior:{number}",
            alt=f"Prior of {name}, {told.of.name}, what the data say, and both together; their top "
            f"is at {number_text(told.likeliest)}, the path's point "
            f"{number_text(float(picture.solution[number]))}.",
        )
    st.caption(_in_words(picture, pair))


def _in_words(picture: PairPicture, pair: FeaturePair) -> str:
    """Which prior the penalty is, and what KNIME would be told."""
    first, second = (each.of for each in picture.posteriors)
    names = [literal(name) for name in picture.names]

    def written(variance: float, other: float) -> str:
        if variance == other:
            return number_text(variance)
        both = zip(names, (variance, other), strict=True)
        return ", ".join(f"{number_text(each)} for {name}" for name, each in both)

    parts = [
        f"{kind} of variance {written(one, two)}"
        for kind, one, two in (
            ("Gauss", first.gauss, second.gauss),
            ("Laplace", first.laplace, second.laplace),
        )
        if one < inf
    ]
    told = [
        f"A penalty is a belief about each coefficient before seeing data. At this λ it is "
        f"{' times '.join(parts)}; the top of belief and data together (MAP) is the path's point, "
        "the other coefficients held."
    ]
    if pair.path.loss.variance_unknown:
        told.append(f"The variance of the noise is taken as {number_text(picture.noise)}.")
    told.append(_in_knime(picture, pair))
    return " ".join(each for each in told if each)


def _in_knime(picture: PairPicture, pair: FeaturePair) -> str:
    path = pair.path
    prior = PRIORS.get(path.l1_ratio)
    if prior is None or not (pair.factors == 1.0).all():
        return ""
    form = PARAMETRIZATIONS[f"{prior.lower()}_variance"]
    if not form.serves(path.family, path.l1_ratio):
        return ""
    value = form.value_of(picture.lam, path.n_obs)
    return f"In KNIME: prior {prior}, variance {number_text(value)}."
