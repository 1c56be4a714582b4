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
from regpath.ui import cache
from regpath.ui.explorer import Choice
from regpath.ui.sidebar import BUNDLED, MIN_RATIOS, Source
from regpath.ui.state import Key

LONGEST_VIEW = 2000  # characters
VALIDATED = {"quick": "True", "slow": "False"}  # unless a person says otherwise


def remember(source: Source, study: Study, choice: Choice) -> None:
    """Write the choices into the address; an upload's address says nothing."""
    pairs: dict[str, Any] = {}
    if source.bundled is not None:
        recipe = parse_qsl(study.recipe.to_query(), keep_blank_values=True)
        for name, value in recipe:
            pairs.setdefault(name, []).append(value)
        pairs["data"] = source.bundled
        pairs["lambda"] = f"{study.path.lambdas[choice.index]:.6g}"
        pairs.update(_unusual_validation())
        if choice.view:
            pairs["view"] = json.dumps(choice.view, separators=(",", ":"))
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
        table = cache.bundled_table(name)
        recipe = Recipe.from_query(_recipe_query())
        _check_columns(recipe, list(table.frame.columns))
    except RegpathError as error:
        st.session_state[Key.RESTORED] = error
        return
    state = st.session_state
    state[Key.SOURCE], state[Key.DATASET] = BUNDLED, name
    for name, usual in VALIDATED.items():
        state[Key.VALIDATE.of(name)] = st.query_params.get(f"validate_{name}", usual) == "True"
    owner = f"{table.digest}:{recipe.target}"
    state[Key.TARGET.of(table.digest)] = recipe.target
    if recipe.family != "auto":
        state[Key.FAMILY.of(owner)] = recipe.family
    if recipe.features is not None:
        state[Key.ONLY.of(owner)] = list(recipe.features)
    _restore_penalty(recipe)
    _restore_grid(recipe)


def choice_in_address(study: Study, start: int) -> Choice:
    """The strength and view of the address at the start of a session; later it knows better."""
    if st.session_state.get(Key.CHOICES) or st.session_state.get(Key.RESTORED) is not None:
        return Choice(start)
    try:
        lam = float(st.query_params.get("lambda", ""))
    except ValueError:
        lam = np.nan
    index = start
    if 0.0 < lam < np.inf:
        index = int(np.argmin(np.abs(np.log(study.path.lambdas) - np.log(lam))))
    return Choice(index, _view(st.query_params.get("view", "")))


def _view(text: str) -> dict[str, Any]:
    """Whatever it holds, the page checks each part before it uses it."""
    try:
        view = json.loads(text[:LONGEST_VIEW])
    except ValueError:
        return {}
    return view if isinstance(view, dict) else {}


def _unusual_validation() -> dict[str, str]:
    now = {name: str(st.session_state.get(Key.VALIDATE.of(name), usual))
           for name, usual in VALIDATED.items()}  # fmt: skip
    return {f"validate_{name}": value for name, value in now.items() if value != VALIDATED[name]}


def _recipe_query() -> str:
    known = set(Recipe.__dataclass_fields__)
    names = [name for name in st.query_params if name in known]
    return urlencode([(name, v) for name in names for v in st.query_params.get_all(name)])


def _read(name: str, pairs: dict[str, Any]) -> Any:
    values = st.query_params.get_all(name)
    return values if isinstance(pairs.get(name), list) else values[-1]


def _check_columns(recipe: Recipe, columns: list[str]) -> None:
    missing = {recipe.target, *(recipe.features or ())} - set(columns)
    if missing:
        raise RegpathError(f"The data have no column {sorted(missing)[0]!r}.")


def _restore_penalty(recipe: Recipe) -> None:
    state = st.session_state
    named = {1.0: "L1", 0.0: "L2"}
    state[Key.PENALTY] = named.get(recipe.l1_ratio, "Elastic net")
    if recipe.l1_ratio not in named:
        state[Key.L1_RATIO] = float(np.clip(round(recipe.l1_ratio * 20) / 20, 0.05, 0.95))


def _restore_grid(recipe: Recipe) -> None:
    state = st.session_state
    ratios = {value: label for label, value in MIN_RATIOS.items()}
    state[Key.N_LAMBDAS] = int(np.clip(recipe.n_lambdas, 2, 500))
    state[Key.MIN_RATIO] = ratios.get(recipe.min_ratio, "Auto")
    state[Key.STANDARDIZE] = recipe.standardize
    state[Key.TEST_SIZE] = int(np.clip(round(recipe.test_size * 20) * 5, 0, 50))
    state[Key.SEED] = int(np.clip(recipe.seed, 0, 99_999))
    state[Key.MISSING] = recipe.missing
