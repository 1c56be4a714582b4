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
    VALIDATE = "validate"
    STUDIES = "studies"
    EXPLORER = "explorer"
    LOADED = "loaded"
    CHOICES = "choices"
    MOUNTED = "mounted"
    ORDERS = "orders"
    ON_PAGE = "on_page"
    TOLD = "told"
    GO_TO = "go_to"
    DETAILS = "details"
    RESTORED = "restored"

    def of(self, digest: str) -> str:
        """Key of a choice that belongs to one data set and must not outlive it."""
        return f"{self.value}:{digest}"


CHOICES = (
    Key.SOURCE, Key.DATASET, Key.TARGET, Key.FAMILY, Key.ONLY, Key.WITHOUT, Key.MISSING,
    Key.PENALTY, Key.L1_RATIO, Key.STANDARDIZE, Key.N_LAMBDAS, Key.MIN_RATIO, Key.TEST_SIZE,
    Key.SEED, Key.VALIDATE,
)  # fmt: skip


def hold() -> None:
    """Hold every choice; Streamlit forgets those whose widget is not drawn in a run."""
    for name in list(st.session_state):
        if str(name).split(":")[0] in CHOICES:
            st.session_state[name] = st.session_state[name]


def start(key: str, value: Any) -> None:
    """Give a widget its first value."""
    if key not in st.session_state:
        st.session_state[key] = value
