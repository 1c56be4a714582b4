"""The strength strip: the chosen strength as other systems write it, each field editable.

A number in any of them goes to exactly that strength; one of a system whose penalty is another
opens that penalty. The mix of L1 and L2 has a field, too, where a system has a name for it: a
number there opens that mix at the strength that this system shows.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from inspect import signature
from typing import Literal

import streamlit as st

from regpath.core.conversions.convert import convert, mix_from, mix_in
from regpath.core.conversions.parametrizations import (
    OURS,
    PARAMETRIZATIONS,
    Parametrization,
    scikit_learn_form,
)
from regpath.core.conversions.typed import read_mix, read_strength
from regpath.core.regpath import RegPath
from regpath.errors import RegpathError
from regpath.number_format import current_format, num
from regpath.study import Study
from regpath.ui.controls.strength import AskedStrength, go_to, spread_of
from regpath.ui.controls.written_fields import Written, edition_of, keep_edition
from regpath.ui.messages import escaped, literal
from regpath.ui.session.source import Source
from regpath.ui.session.state import Key
from regpath.wording import number_text

PENALTIES = {0.0: "L2", 1.0: "L1"}


@dataclass(frozen=True)
class Mistyped:
    """What was typed that is no strength.

    Attributes
    ----------
    key : str
        Of its field.
    text : str
    message : str
    index : int
        The strength that was chosen then: what is said ends with the next choice.
    """

    key: str
    text: str
    message: str
    index: int


def show_strip(source: Source, study: Study, index: int, page: str) -> None:
    """Show the fields: ours and scikit-learn's at once, all others folded.

    Parameters
    ----------
    source : Source
    study : Study
    index : int
        Position of the chosen strength in `path.lambdas`.
    page : str
        Where the strip is: no field has two places.
    """
    wrong: Mistyped | None = st.session_state.get(Key.MISTYPED)
    if wrong is not None and wrong.index != index:
        st.session_state[Key.MISTYPED] = None
    strip = _Strip(source, study, index, page, spread_of(study), edition_of(f"strip:{page}", index))
    forms = [f for f in PARAMETRIZATIONS.values() if _is_offered(f, study.path.family)]
    first = {OURS, getattr(scikit_learn_form(study.path.family, study.path.l1_ratio), "name", "")}
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"rp-strip-{page}"):
        for form in forms:
            if form.name in first:
                strip.field(form, width=190)
        strip.mix(PARAMETRIZATIONS[OURS], width=120)
        strip.exactly()
    st.caption(strip.ends(f for f in forms if f.name in first))
    strip.mistake([f for f in forms if f.name in first])
    folded = st.expander(
        "This strength in other systems; a number there goes to it",
        key=Key.OTHER_SYSTEMS.of(page),
        on_change="rerun",  # a dozen fields cost a release as much as all else
    )
    if folded.open:
        with folded:
            strip.others([f for f in forms if f.name not in first])


def _is_offered(form: Parametrization, family: str) -> bool:
    """Whether the system fits the family, in the release that is installed."""
    return form.serves(family, None) and (form.name != "logistic_alpha" or _release_has_alpha())


def _release_has_alpha() -> bool:
    """Whether scikit-learn's LogisticRegression takes alpha; it is not loaded to find that out."""
    module = sys.modules.get("sklearn.linear_model")
    return module is not None and "alpha" in signature(module.LogisticRegression).parameters


@dataclass(frozen=True)
class _Strip:
    source: Source
    study: Study
    index: int
    page: str
    sd_y: float | None
    edition: int

    @property
    def path(self) -> RegPath:
        return self.study.path

    @property
    def lam(self) -> float:
        return float(self.path.lambdas[self.index])

    def fields(self, forms: list[Parametrization]) -> None:
        """A field for each, as many beside each other as there is room for."""
        with st.container(horizontal=True, key=f"rp-strip-{self.page}-{forms[0].name}"):
            for form in forms:
                with st.container(width=260, gap=None):
                    self.field(form)
                    if form.mix_name and form.serves(None, self.path.l1_ratio):
                        self.mix(form)
                    st.caption(literal(self.described(form)))

    def others(self, forms: list[Parametrization]) -> None:
        """The systems that fit this penalty, what their numbers stand for, and the rest."""
        self.fields([f for f in forms if f.serves(None, self.path.l1_ratio)])
        st.html(f'<p class="rp-said">{" ".join(self.notes())}</p>')
        of_another = [f for f in forms if not f.serves(None, self.path.l1_ratio)]
        if of_another:
            st.markdown("**Of another penalty:** a number opens that model.")
            self.fields(of_another)
        self.mistake(forms)

    def field(self, form: Parametrization, width: int | Literal["stretch"] = "stretch") -> None:
        """One system's form of the strength."""
        key = self.key(form)
        text = self.mistyped(key) or self.shown(form)
        is_ours = form.name == OURS
        st.text_input(
            "λ" if is_ours else form.label,
            key=key,
            placeholder=f"opens {self.penalty(form)}",
            help=None if width == "stretch" else f"{self.described(form)}. A number goes there.",
            on_change=_typed,
            args=(self, form, Written(form.label, key, text, self.page).write()),
            width=width,
        )

    def mix(self, form: Parametrization, width: int | Literal["stretch"] = "stretch") -> None:
        """The mix of L1 and L2 as one system writes it."""
        key = self.mix_key(form)
        text = self.mistyped(key) or current_format().typed(self.mix_shown(form), 6)
        label = f"{_system(form)} {form.mix_name}"
        st.text_input(
            form.mix_name if form.name == OURS else label,
            key=key,
            help=f"The mix of both penalties: 1 is L1, 0 is L2, between them lies an elastic net. "
            f"A number opens that mix at the same {self.called(form)}.",
            on_change=_typed_mix,
            args=(self, form, Written(label, key, text, self.page).write()),
            width=width,
        )

    def mistyped(self, key: str) -> str:
        """What was typed into a field that is no number, as long as the cursor stays."""
        wrong: Mistyped | None = st.session_state.get(Key.MISTYPED)
        is_wrong = wrong is not None and (wrong.key, wrong.index) == (key, self.index)
        return wrong.text if wrong is not None and is_wrong else ""

    def ends(self, forms: Iterable[Parametrization]) -> str:
        """The n that joins these forms, and which way each is stronger."""
        told = [f"a larger {self.called(f)} is {f.larger_is}" for f in forms]
        return f"n = {num(self.path.n_obs):,}; {', '.join(told)}."

    def called(self, form: Parametrization) -> str:
        """The parameter in a word."""
        return "λ" if form.name == OURS else form.parameter

    def described(self, form: Parametrization) -> str:
        """What it minimizes, with which mix, and what more of it means."""
        mix = ""
        if form.mix_name and form.serves(None, self.path.l1_ratio):
            mix = f", {form.mix_name} = {number_text(self.mix_shown(form), 6)}"
        return f"minimizes {form.minimizes}{mix}; larger is {form.larger_is}"

    def shown(self, form: Parametrization) -> str:
        """Its value at the chosen strength, where its penalty is the path's."""
        return (
            current_format().typed(self.value(form), 6)
            if form.serves(None, self.path.l1_ratio)
            else ""
        )

    def value(self, form: Parametrization) -> float:
        """The chosen strength as a system writes it that has the path's penalty."""
        how = {"n": self.path.n_obs, "l1_ratio": self.path.l1_ratio, "sd_y": self.sd_y}
        return convert(OURS, self.lam, to=form.name, family=self.path.family, **how)

    def mix_shown(self, form: Parametrization) -> float:
        """The path's mix as a system writes it."""
        return mix_in(form.name, self.path.l1_ratio, family=self.path.family, sd_y=self.sd_y)

    def penalty(self, form: Parametrization) -> str:
        """The penalty that a number in its field opens."""
        mix = form.nearest_mix(self.path.l1_ratio)
        return PENALTIES.get(mix, f"l1_ratio {num(mix):g}")

    def notes(self) -> list[str]:
        """What the numbers stand for, and what they are worth elsewhere only if it is the same."""
        path = self.path
        told = [f"n = {num(path.n_obs):,} training rows."]
        if self.study.recipe.weights is not None or self.study.recipe.class_weight is not None:
            told.append(
                "Weights count as shares of n here: a system that is given others takes their sum "
                "in place of n."
            )
        if path.standardize:
            told.append(
                "Features are scaled by their standard deviation over n; a system that divides by "
                "n - 1, or does not scale, must be given features scaled so."
            )
        else:
            told.append("Features are not scaled: a system that scales must be told not to.")
        if path.learned_factors is not None:
            told.append("Each feature has a penalty factor of its own; glmnet makes their mean 1.")
        told.append("liblinear, and alpha of statsmodels as one number, penalize the constant too.")
        if path.loss.per_class:
            told.append("Each class has coefficients here; Weka leaves those of one class out.")
        return [escaped(each) for each in told]

    def exactly(self) -> None:
        """Say that the point is not of the grid but as it was typed, and how to leave it."""
        extra = self.study.recipe.extra_lambdas
        if not any(self.lam == lam for lam in extra):
            return
        proven = "certified" if self.path.converged[self.index] else "not certified"
        st.html(f'<p class="rp-exactly">fit and {proven} exactly here</p>')

    def key(self, form: Parametrization) -> str:
        """Of its field."""
        return Key.GO_TO.of(f"{self.page}:{form.name}:{self.edition}")

    def mix_key(self, form: Parametrization) -> str:
        """Of the field of its mix."""
        return Key.MIX_TO.of(f"{self.page}:{form.name}:{self.edition}")

    def mistake(self, forms: list[Parametrization]) -> None:
        """Say what is wrong with what was typed into one of these fields, until another choice."""
        wrong: Mistyped | None = st.session_state.get(Key.MISTYPED)
        own = {*map(self.key, forms), *map(self.mix_key, forms)}
        if wrong is not None and wrong.index == self.index and wrong.key in own:
            st.error(literal(wrong.message), icon=":material/error:")


def _system(form: Parametrization) -> str:
    """Who writes it so: the label without the parameter, its last word."""
    return form.label.rpartition(" ")[0]


def _typed(strip: _Strip, form: Parametrization, field: Written) -> None:
    """Go to the strength that was typed, if it is one."""

    def asked(text: str) -> AskedStrength:
        return AskedStrength(
            form.name, read_strength(text, current_format()), form.nearest_mix(strip.path.l1_ratio)
        )

    _go(strip, field, asked)


def _typed_mix(strip: _Strip, form: Parametrization, field: Written) -> None:
    """Open the mix that was typed, at the strength that this system shows."""

    def asked(text: str) -> AskedStrength:
        mix = read_mix(text)
        l1_ratio = mix_from(form.name, mix, family=strip.path.family, sd_y=strip.sd_y)
        return AskedStrength(form.name, strip.value(form), l1_ratio)

    _go(strip, field, asked)


def _go(strip: _Strip, field: Written, asked: Callable[[str], AskedStrength]) -> None:
    state, text = st.session_state, st.session_state[field.key]
    if not field.was_typed_in():
        return
    state[Key.MISTYPED] = None
    keep_edition(f"strip:{strip.page}")
    if not text.strip():
        return
    try:
        go_to(strip.source, strip.study, asked(text))
    except RegpathError as error:
        state[Key.MISTYPED] = Mistyped(
            field.key, text, f"{field.label}: {error.message} {error.hint}", strip.index
        )
