"""The address of the page holds every choice but no data, so that a reload or a link keeps them."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl, urlencode

import numpy as np
import streamlit as st

from regpath.errors import RegpathError
from regpath.recipe import Recipe
from regpath.study import Study
from regpath.ui.controls.source import BUNDLED
from regpath.ui.controls.write_back import write
from regpath.ui.explorer import Choice
from regpath.ui.session.source import Source, bundled_source
from regpath.ui.session.state import Key

LONGEST_VIEW = 2000  # characters
STRENGTH = ("lambda", "view")
VALIDATED = {"quick": "True", "slow": "False"}  # unless a person says otherwise


def remember(source: Source, study: Study, choice: Choice) -> None:
    """Write the choices into the address; an upload's address says nothing."""
    strength = {"lambda": f"{study.path.lambdas[choice.index]:.6g}"}
    if choice.view:
        strength["view"] = json.dumps(choice.view, separators=(",", ":"))
    st.session_state[Key.STRENGTH] = (source.owner, study.recipe, strength)
    remember_recipe(source, study.recipe)


def remember_recipe(source: Source, recipe: Recipe) -> None:
    """Write the choices into the address, with the strength if one was chosen under them."""
    pairs: dict[str, Any] = {}
    if source.bundled is not None:
        for name, value in parse_qsl(recipe.to_query(), keep_blank_values=True):
            pairs.setdefault(name, []).append(value)
        pairs["data"] = source.bundled
        *under, strength = st.session_state.get(Key.STRENGTH, (None, None, {}))
        pairs.update(strength if under == [source.owner, recipe] else {})
        pairs.update(_unusual_validation())
    if dict(pairs) != {name: _read(name, pairs) for name in st.query_params}:
        st.query_params.from_dict(pairs)


def restore() -> None:
    """At the start of a session, take the choices from the address, if it holds any."""
    if Key.RESTORED in st.session_state:
        return
    st.session_state[Key.RESTORED] = None
    name = st.query_params.get("data")
    if name is None:
        return
    try:
        source = bundled_source(name)
        recipe = Recipe.from_query(_recipe_query())
        _check_columns(recipe, list(source.table.frame.columns))
    except RegpathError as error:
        st.session_state[Key.RESTORED] = error
        return
    state = st.session_state
    state[Key.SOURCE], state[Key.DATASET] = BUNDLED, name
    for part, usual in VALIDATED.items():
        state[Key.VALIDATE.of(part)] = st.query_params.get(f"validate_{part}", usual) == "True"
    write(recipe, source.owner)
    state[Key.STRENGTH] = (source.owner, recipe, _strength())


def choice_in_address(study: Study, start: int) -> Choice:
    """The strength and view of the address at the start of a session; later it knows better."""
    if st.session_state.get(Key.CHOICES) or st.session_state.get(Key.RESTORED) is not None:
        return Choice(start)
    strength = st.session_state.get(Key.STRENGTH, (None, None, _strength()))[-1]
    try:
        lam = float(strength.get("lambda", ""))
    except ValueError:
        lam = np.nan
    index = start
    if 0.0 < lam < np.inf:
        index = int(np.argmin(np.abs(np.log(study.path.lambdas) - np.log(lam))))
    return Choice(index, _view(strength.get("view", "")))


def _strength() -> dict[str, str]:
    return {name: st.query_params[name] for name in STRENGTH if name in st.query_params}


def _view(text: str) -> dict[str, Any]:
    """Whatever it holds, the page checks each part before it uses it."""
    try:
        view = json.loads(text[:LONGEST_VIEW])
    except ValueError:
        return {}
    return view if isinstance(view, dict) else {}


def _unusual_validation() -> dict[str, str]:
    now = {
        name: str(st.session_state.get(Key.VALIDATE.of(name), usual))
        for name, usual in VALIDATED.items()
    }
    return {f"validate_{name}": value for name, value in now.items() if value != VALIDATED[name]}


def _recipe_query() -> str:
    known = set(Recipe.__dataclass_fields__)
    names = [name for name in st.query_params if name in known]
    return urlencode([(name, v) for name in names for v in st.query_params.get_all(name)])


def _read(name: str, pairs: dict[str, Any]) -> Any:
    values = st.query_params.get_all(name)
    return values if isinstance(pairs.get(name), list) else values[-1]


def _check_columns(recipe: Recipe, columns: list[str]) -> None:
    helpers = {name for name in (recipe.weights, recipe.group, recipe.time) if name}
    missing = {recipe.target, *(recipe.features or ()), *helpers} - set(columns)
    if missing:
        raise RegpathError(f"The data have no column {sorted(missing)[0]!r}.")
