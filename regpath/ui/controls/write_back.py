"""A recipe back into the controls that it came from: for links, and for remedies."""

from __future__ import annotations

from typing import Any

import numpy as np
import streamlit as st

from regpath.recipe import Recipe
from regpath.ui.controls.sidebar import MIN_RATIOS, PENALTIES
from regpath.ui.session.state import Key

OF_OWNER = {  # choices that are kept as they are, for each data set
    "target": Key.TARGET,
    "missing": Key.MISSING,
    "duplicates": Key.DUPLICATES,
    "coding": Key.CODING,
    "min_level_count": Key.MIN_LEVEL_COUNT,
    "level_groups": Key.LEVEL_GROUPS,
    "weights": Key.WEIGHTS,
    "group": Key.GROUP,
    "time": Key.TIME,
}


def write(recipe: Recipe, owner: str) -> None:
    """Set every control to what a recipe says."""
    for name, value in recipe.to_dict().items():
        write_field(name, value, owner, recipe.target)
    write_choosing(recipe)


def write_field(name: str, value: Any, owner: str, target: str) -> None:
    """Set one control."""
    state = st.session_state
    if name in OF_OWNER:
        state[OF_OWNER[name].of(owner)] = value
    elif name == "terms":
        state[Key.TERMS.of(owner)] = list(value)
    elif name == "features":
        state[Key.ONLY.of(owner)] = list(value or ())
        state[Key.WITHOUT.of(owner)] = []
    elif name == "classes":
        state[Key.CLASSES.of(f"{owner}:{target}")] = value
    elif name == "family" and value != "auto":
        state[Key.FAMILY.of(f"{owner}:{target}")] = value
    elif name == "l1_ratio":
        _write_penalty(value)
    elif name == "n_lambdas":
        state[Key.N_LAMBDAS] = int(np.clip(value, 2, 500))
    elif name == "min_ratio":
        ratios = {ratio: label for label, ratio in MIN_RATIOS.items()}
        state[Key.MIN_RATIO] = ratios.get(value, "Auto")
    elif name == "standardize":
        state[Key.STANDARDIZE] = value
    elif name == "test_size":
        state[Key.TEST_SIZE] = int(np.clip(round(value * 20) * 5, 0, 50))
    elif name == "seed":
        state[Key.SEED] = int(np.clip(value, 0, 99_999))


def write_choosing(recipe: Recipe) -> None:
    """Set the controls of the Choose page."""
    state = st.session_state
    state[Key.FOLDS] = recipe.folds
    state[Key.N_FOLDS] = int(np.clip(recipe.n_folds, 2, 50))
    state[Key.N_REPEATS] = int(np.clip(recipe.n_repeats, 1, 20))
    state[Key.MEASURE.of(recipe.family)] = recipe.measure
    state[Key.RULE] = recipe.rule
    if recipe.rule_value is not None:
        state[Key.RULE_VALUE.of(recipe.rule)] = recipe.rule_value
    state[Key.CLASS_WEIGHT] = recipe.class_weight is not None
    state[Key.SEAL] = recipe.seal


def _write_penalty(l1_ratio: float) -> None:
    state = st.session_state
    named = {ratio: label for label, ratio in PENALTIES.items() if ratio is not None}
    state[Key.PENALTY] = named.get(l1_ratio, "Elastic net")
    if l1_ratio not in named:
        state[Key.L1_RATIO] = float(np.clip(round(l1_ratio * 20) / 20, 0.05, 0.95))
