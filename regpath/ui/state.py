"""Names of everything that the session remembers, and the recipe that it adds up to."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import streamlit as st


class Key(StrEnum):
    """Key of a widget or value in the session; tests find widgets by it."""

    SOURCE = "source"
    DATASET = "dataset"
    UPLOAD = "upload"
    TARGET = "target"
    FAMILY = "family"
    ONLY = "only"
    WITHOUT = "without"
    MISSING = "missing"
    PENALTY = "penalty"
    L1_RATIO = "l1_ratio"
    STANDARDIZE = "standardize"
    N_LAMBDAS = "n_lambdas"
    MIN_RATIO = "min_ratio"
    TEST_SIZE = "test_size"
    SEED = "seed"
    STRENGTH = "strength"
    UNITS = "units"
    CLASS = "class"
    STUDIES = "studies"

    def of(self, digest: str) -> str:
        """Key of a choice that belongs to one data set and must not outlive it."""
        return f"{self.value}:{digest}"


def keep(key: str, default: Any) -> None:
    """Give a widget its first value, and keep its value while it is not on screen."""
    st.session_state[key] = st.session_state.get(key, default)
