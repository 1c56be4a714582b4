"""The address of the page holds every choice but no data, so that a reload or a link keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from regpath.core.conversions.parametrizations import ALIASES, PARAMETRIZATIONS
from regpath.core.conversions.typed import read_strength
from regpath.datasets import catalog, entry_of
from regpath.errors import ParameterError, RegpathError
from regpath.number_format import FORMATS
from regpath.recipe import FIELDS, Recipe
from regpath.study import Study
from regpath.ui.broadcast import current_broadcast
from regpath.ui.controls.source import BUNDLED
from regpath.ui.controls.strength import AskedStrength, in_link, take_later
from regpath.ui.controls.table import write_recipe
from regpath.ui.explorer import CursorChoice
from regpath.ui.link import write_link
from regpath.ui.messages import literal
from regpath.ui.session.answers import WORDS as ANSWERED
from regpath.ui.session.answers import take_answers
from regpath.ui.session.drawn import POINTS, take_drawn
from regpath.ui.session.feature_pair import PAIR, take_pair
from regpath.ui.session.link_columns import (
    WITHOUT,
    features_in_link,
    features_of_link,
    near,
    refuse_unknown_columns,
)
from regpath.ui.session.opening import opening_recipe
from regpath.ui.session.page_choices import cut_of
from regpath.ui.session.source import Source, bundled_source
from regpath.ui.session.state import Key
from regpath.ui.session.view_words import view_in_link, view_of_link
from regpath.ui.session.visitors_numbers import BY_LOCALE, NUMBERS, numbers_in_link

SIGNS = "*"  # that an address need not escape, beside those that Python leaves alone
STRENGTH, SECTION = ("lambda", "view"), "section"
THRESHOLD = "threshold"  # from which probability on the second of two classes is predicted
FOLLOW = "follow"  # join the class
ALONE, SLIDE = "only", "slide"  # view=only has no side, view=slide only the page's main chart
ROOMS = {ALONE: Key.ALONE, SLIDE: Key.SLIDE}
PRESENT = "present"  # a lecture has large type
VALIDATED = {"quick": "True", "slow": "False"}  # unless a person says otherwise


def remember(
    source: Source,
    study: Study,
    choice: CursorChoice,
    section: str = "",
    threshold: float | None = None,
    *,
    pictured: Mapping[str, str] | None = None,
) -> None:
    """Write the choices into the address; an upload's address says nothing."""
    strength = {"lambda": in_link(float(study.path.lambdas[choice.index]))}
    if choice.view:
        strength["view"] = view_in_link(choice.view)
    st.session_state[Key.STRENGTH] = (source.owner, study.recipe, strength)
    remember_recipe(source, study.recipe, section, threshold, pictured=pictured)


def remember_recipe(
    source: Source,
    recipe: Recipe,
    section: str = "",
    threshold: float | None = None,
    *,
    pictured: Mapping[str, str] | None = None,
    by: str = "link",
) -> None:
    """Write the choices into the address, with the strength if one was chosen under them.

    Parameters
    ----------
    source : Source
    recipe : Recipe
        What the set's own opening does not choose is written.
    section : str, default=""
        The part of the page that is open, if it is not the usual one.
    threshold : float, default=None
        Of two classes, on the page that predicts by it; None for the more probable class.
    pictured : mapping, optional
        The two features that a picture shows, what happens to the others, points that are drawn.
    by : str, default="link"
        Which part of the page writes it.
    """
    pairs: dict[str, Any] = {}
    if source.bundled is not None:
        pairs = _data_in_link(source, recipe) | _strength_in_link(source, recipe)
        pairs.update(_unusual_validation())
        pairs.update({SECTION: section} if section else {})
        pairs.update({} if threshold is None else {THRESHOLD: f"{threshold:g}"})
        pairs.update(pictured or {})
        pairs.update(_room(pairs))
    pairs |= _class_in_link() | numbers_in_link()
    query = urlencode(pairs, doseq=True, safe=SIGNS)
    if query != st.session_state.setdefault(Key.WRITTEN, query):
        st.session_state[Key.RESTORED] = None  # what did not fit is behind us
    write_link(query, by=by)


def beside_lesson(source: Source | None, recipe: Recipe | None) -> dict[str, Any]:
    """What a lesson's address says beside it: what other pages come back to, how all are shown.

    Parameters
    ----------
    source : Source or None
    recipe : Recipe or None
        Of the data that are open on other pages; nothing is said of what the app opens with.
    """
    pairs: dict[str, Any] = {}
    if source is not None and recipe is not None and source.bundled is not None:
        pairs = _data_in_link(source, recipe) | _strength_in_link(source, recipe)
        pairs |= _unusual_validation()
        if pairs == {"data": catalog()[0].name}:
            pairs = {}
    return pairs | _room(pairs) | numbers_in_link() | _class_in_link()


def shown_in_link() -> dict[str, Any]:
    """How this visitor has pages shown, whatever is on them."""
    return _room({}) | numbers_in_link()


def _data_in_link(source: Source, recipe: Recipe) -> dict[str, Any]:
    return {"data": source.bundled, **_unusual_choices(source, recipe)}


def _strength_in_link(source: Source, recipe: Recipe) -> dict[str, str]:
    """The strength and the view that were chosen under a recipe; none under another."""
    *under, strength = st.session_state.get(Key.STRENGTH, (None, None, {}))
    return dict(strength) if under == [source.owner, recipe] else {}


def _class_in_link() -> dict[str, str]:
    return {FOLLOW: "True"} if st.session_state.get(Key.FOLLOWS) else {}


def _room(pairs: Mapping[str, Any]) -> dict[str, Any]:
    """How the page is shown, beside how the path is looked at."""
    state = st.session_state
    found: dict[str, Any] = {PRESENT: "True"} if state.get(Key.PRESENT) else {}
    rooms = [word for word, key in ROOMS.items() if state.get(key)]
    if rooms:
        found["view"] = [*rooms, *([pairs["view"]] if "view" in pairs else [])]
    return found


def _unusual_choices(source: Source, recipe: Recipe) -> dict[str, list[str]]:
    assert source.bundled is not None
    usual = _usual_recipe(source.bundled, recipe.target)
    own = entry_of(source.bundled).target
    words = recipe.to_words(usual if recipe.target == own else replace(usual, target=own))
    return features_in_link(words, recipe, list(source.table.frame.columns))


@cache
def _usual_recipe(name: str, target: str) -> Recipe:
    """What a set opens with: asked with every release, and always the same."""
    return opening_recipe(name, bundled_source(name).table, target)


def restore() -> None:
    """At the start of a session, take the choices from the address, if it holds any."""
    if Key.RESTORED in st.session_state:
        return
    misfit: RegpathError | None = None
    words = {name: st.query_params.get_all(name) for name in st.query_params}
    try:
        take_answers(words)
        answered = ANSWERED if "lesson" in words else set(ANSWERED) - {POINTS}
        said = {name: told for name, told in words.items() if name not in answered}
        _take(_arrange(said))
        if st.session_state[Key.FOLLOWS] and current_broadcast() is None:
            st.session_state[Key.FOLLOWS] = False
            raise ParameterError("It asks to follow a teacher, and no class is taught here now.")
        _check_numbers(words.get(NUMBERS, [BY_LOCALE])[-1])
    except RegpathError as error:
        misfit = error
    st.session_state[Key.RESTORED] = misfit  # last: a run that is broken off before takes it anew


def show_misfit() -> None:
    """Say what of the address the page could not take."""
    error = st.session_state.get(Key.RESTORED)
    if error is not None:
        st.info(f"The address holds choices that do not fit: {literal(error)}")


def _arrange(words: dict[str, list[str]]) -> dict[str, list[str]]:
    """Show the page as an address says; what else it says."""
    state, views = st.session_state, words.get("view", [])
    for word, key in ROOMS.items():
        state[key] = word in views
    state[Key.PRESENT] = words.get(PRESENT, [""])[-1] == "True"
    state[Key.FOLLOWS] = words.get(FOLLOW, [""])[-1] == "True"
    state[Key.NUMBERS] = words.get(NUMBERS, [BY_LOCALE])[-1]
    rest = [view for view in views if view not in ROOMS]
    own = ("view", PRESENT, FOLLOW, NUMBERS)
    said = {name: told for name, told in words.items() if name not in own}
    return said | ({"view": rest} if rest else {})


def _check_numbers(word: str) -> None:
    if word not in (BY_LOCALE, *FORMATS):
        raise ParameterError(
            f"{NUMBERS!r} must be one of {', '.join(map(repr, FORMATS))}. Got {word!r} instead."
        )


def _take(words: dict[str, list[str]]) -> None:
    """Open the data that an address names, and choose what it says; first what is certain.

    Raises
    ------
    RegpathError
        If a part does not exist or does not fit. Data that exist are open then.
    """
    chosen = {name: said for name, said in words.items() if name in FIELDS}
    if "data" not in words:
        if chosen or words.keys() & {*STRENGTH, *PARAMETRIZATIONS, *ALIASES}:
            raise ParameterError("It names no data set.", "Begin with data=, as in ?data=wine.")
        _check_names(words)
        return
    name, state = words["data"][-1], st.session_state
    source = bundled_source(name)
    state[Key.SOURCE], state[Key.DATASET] = BUNDLED, name
    left_out = {WITHOUT: words[WITHOUT]} if WITHOUT in words else {}
    recipe = _recipe_of(chosen, left_out, source)
    write_recipe(recipe, source.owner)
    strength = {part: words[part][-1] for part in STRENGTH if part in words}
    state[Key.STRENGTH] = (source.owner, recipe, strength)
    state[Key.ASKED_SECTION] = words.get(SECTION, [None])[-1]
    for part, usual in VALIDATED.items():
        state[Key.VALIDATE.of(part)] = words.get(f"validate_{part}", [usual])[-1] == "True"
    if THRESHOLD in words:
        state[Key.CUT.of(source.table.digest)] = cut_of(THRESHOLD, words[THRESHOLD][-1])
    take_pair(words, source.table.digest)
    take_drawn(words, source.table.digest)
    asked = _asked_strength(words)
    if asked is not None:
        meant = _with_penalty_of(asked, recipe, "l1_ratio" in chosen)
        write_recipe(meant, source.owner)
        state[Key.STRENGTH] = (source.owner, meant, strength)
        view = view_of_link(strength.get("view", ""))
        take_later(asked.value, view, system=asked.system, near="written")
    _check_names(words)


def _asked_strength(words: Mapping[str, list[str]]) -> AskedStrength | None:
    """The strength that an address asks for, in one system's words."""
    named = [name for name in words if ALIASES.get(name, name) in PARAMETRIZATIONS]
    if len(named) > 1:
        both = " and ".join(map(repr, named[:2]))
        raise ParameterError(f"It names two strengths, {both}.", "Leave one.")
    for name in named:
        try:
            return AskedStrength(ALIASES.get(name, name), read_strength(words[name][-1]))
        except ParameterError as error:
            raise ParameterError(
                f"{name!r} must be a number above 0. Got {words[name][-1]!r} instead.", error.hint
            ) from error
    return None


def _with_penalty_of(asked: AskedStrength, recipe: Recipe, is_said: bool) -> Recipe:
    """The recipe with the penalty nearest to its own that the system can be told."""
    form = PARAMETRIZATIONS[asked.system]
    mix = form.nearest_mix(recipe.l1_ratio)
    if is_said and mix != recipe.l1_ratio:
        raise ParameterError(
            f"{form.label} cannot say l1_ratio = {recipe.l1_ratio:g}.",
            f"It minimizes {form.minimizes}.",
        )
    return replace(recipe, l1_ratio=mix)


def _recipe_of(
    chosen: Mapping[str, list[str]], left_out: Mapping[str, list[str]], source: Source
) -> Recipe:
    """What a bundled set opens with, but for what is chosen."""
    assert source.bundled is not None
    columns = list(source.table.frame.columns)
    said = Recipe.from_words({"target": [entry_of(source.bundled).target], **chosen})
    refuse_unknown_columns(said, left_out, columns)
    opening = opening_recipe(source.bundled, source.table, said.target)
    taken = {name: getattr(said, name) for name in chosen}
    if said.family == "auto":
        taken["family"] = opening.family
    return features_of_link({**chosen, **left_out}, replace(opening, **taken), columns)


def choice_in_address(start: int) -> CursorChoice:
    """The view of the address at the start of a session; later it knows better."""
    if st.session_state.get(Key.CHOICES):
        return CursorChoice(start)
    *_, strength = st.session_state.get(Key.STRENGTH, (None, None, {}))
    # Whatever it holds, the page checks each part before it uses it.
    return CursorChoice(start, view_of_link(strength.get("view", "")))


def _unusual_validation() -> dict[str, str]:
    now = {
        name: str(st.session_state.get(Key.VALIDATE.of(name), usual))
        for name, usual in VALIDATED.items()
    }
    return {f"validate_{name}": value for name, value in now.items() if value != VALIDATED[name]}


def _check_names(words: Iterable[str]) -> None:
    strengths = (*STRENGTH, *PARAMETRIZATIONS, *ALIASES)
    known = (
        "data",
        *FIELDS,
        WITHOUT,
        *strengths,
        SECTION,
        THRESHOLD,
        *PAIR,
        POINTS,
        *(f"validate_{part}" for part in VALIDATED),
    )
    for name in words:
        if name not in known:
            raise ParameterError(
                f"There is no choice called {name!r}; the others are taken.", near(name, known)
            )
