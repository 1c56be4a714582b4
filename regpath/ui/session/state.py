"""Names of everything that the session remembers, and the recipe that it adds up to."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import Any

import streamlit as st


class Key(StrEnum):
    """Key of a widget or value in the session; tests find widgets by it."""

    SOURCE = "source"
    DATASET = "dataset"
    UPLOAD = "upload"
    DROP = "drop"
    BROUGHT = "brought"
    OVERRIDES = "overrides"
    FIELD = "field"
    REPAIR = "repair"
    QUESTION = "question"
    EDITOR = "editor"
    EDITIONS = "editions"
    REMEDY = "remedy"
    PARTS = "parts"
    TAKE_BACK = "take_back"
    RESET = "reset"
    ALL_REPAIRS = "all_repairs"
    TARGET = "target"
    PREDICT = "predict"
    OTHER_TARGET = "other_target"
    SAMPLE = "sample"
    REMOVE = "remove"
    FAMILY = "family"
    ONLY = "only"
    WITHOUT = "without"
    MISSING = "missing"
    DUPLICATES = "duplicates"
    CODING = "coding"
    MIN_LEVEL_COUNT = "min_level_count"
    TERMS = "terms"
    CLASSES = "classes"
    LEVEL_GROUPS = "level_groups"
    WEIGHTS = "weights"
    GROUP = "group"
    TIME = "time"
    EXPOSURE = "exposure"
    PENALTY = "penalty"
    L1_RATIO = "l1_ratio"
    ADAPTIVE = "adaptive"
    STANDARDIZE = "standardize"
    N_LAMBDAS = "n_lambdas"
    MIN_RATIO = "min_ratio"
    LAMBDAS = "lambdas"
    TEST_SIZE = "test_size"
    SEED = "seed"
    VALIDATE = "validate"
    JOB = "job"
    STOPPED = "stopped"
    UNSETTLED = "unsettled"
    NUMBERS = "numbers"
    PRESENT = "present"
    ALONE = "alone"
    SLIDE = "slide"
    EXPLORER = "explorer"
    LOADED = "loaded"
    CHOICES = "choices"
    MOUNTED = "mounted"
    ORDERS = "orders"
    ON_PAGE = "on_page"
    TOLD = "told"
    GO_TO = "go_to"
    MIX_TO = "mix_to"
    DETAILS = "details"
    RESTORED = "restored"
    WRITTEN = "written"
    STRENGTH = "strength"
    STANDS = "stands"
    EXTRA_LAMBDAS = "extra_lambdas"
    MISTYPED = "mistyped"
    EDITION = "edition"
    FORMER_TEXTS = "former_texts"
    OTHER_SYSTEMS = "other_systems"
    # Choosing: how strengths are validated and chosen, and what was asked for on its pages.
    FOLDS = "folds"
    N_FOLDS = "n_folds"
    N_REPEATS = "n_repeats"
    MEASURE = "measure"
    RULE = "rule"
    RULE_VALUE = "rule_value"
    MARKED = "marked"
    CLASS_WEIGHT = "class_weight"
    SEAL = "seal"
    OPENINGS = "openings"
    SEEN = "seen"
    SECTION = "section"
    CUT_CURVE = "cut_curve"
    ASKED_SECTION = "asked_section"
    PINNED = "pinned"
    OWN_PIN = "own_pin"
    # Two features as a picture, and what happens to the others.
    ACROSS = "across"
    UPWARDS = "upwards"
    OTHERS = "others"
    # Points that are drawn, and the noise that is added to them.
    DRAWN = "drawn"
    DRAWN_BROUGHT = "drawn_brought"
    NOISE = "noise"
    N_PAIRS = "n_pairs"
    HALVES_SEED = "halves_seed"
    THRESHOLD = "threshold"
    MAX_FALSE = "max_false"
    CELL = "cell"
    CELL_HEARD = "cell_heard"
    LATER = "later"
    # A session that was saved: opened, or waiting for its data.
    SESSION = "session"
    SESSION_TOLD = "session_told"
    SHELL_FILE_WAITS = "shell_file_waits"
    VISIT = "visit_id"
    WITH_DATA = "with_data"
    # What code chose for widgets, and how much of it the browser has heard of.
    CHOSEN_BY_CODE = "chosen_by_code"
    UNHEARD = "unheard"
    HEARD = "heard"
    RESULTS = "results"
    HELD = "held"
    WANTED = "wanted"
    UNWANTED = "unwanted"
    # Lessons: the one that is open, what was locked in, and the fields of its questions.
    LESSON = "lesson"
    ANSWERS = "answers"
    STUDENT = "student"
    STUDENT_TYPED = "student_typed"
    DEALT_FOR = "dealt_for"
    POLLED = "polled"
    PREDICTION = "prediction"
    # A class: who leads it, who follows, and what was taken over.
    LEADS = "leads"
    REFUSED = "refused"
    FOLLOWS = "follows"
    STRAYED = "strayed"
    TAKEN_OVER = "taken_over"
    FOLLOWED_TO = "followed_to"
    LED_AS = "led_as"
    LENT = "lent"
    # New rows for the chosen model, and the form in which it leaves.
    FORM = "form"
    TAKEN = "taken"
    TAKEN_BESIDE = "taken_beside"
    NEW_ROWS = "new_rows"
    CUT = "cut"
    # Rows beside the choice: which they are, and the column that divides them.
    ROWS = "rows"
    SUBGROUP = "subgroup"

    def of(self, owner: str) -> str:
        """Key of a choice that belongs to one data set and must not outlive it."""
        return f"{self.value}:{owner}"


def start(key: str, value: Any) -> None:
    """Give a widget its first value."""
    if key not in st.session_state:
        st.session_state[key] = value


def settle(key: str, options: Collection[Any], value: Any) -> None:
    """Give a widget a value that is among its options: its own if it is, else `value`."""
    if st.session_state.get(key, value) not in options:
        st.session_state[key] = value
    start(key, value)


def settle_written(key: str, options: Collection[Any], value: Any) -> None:
    """Settle a choice whose options hold numbers in the visitor's signs.

    A browser keeps and sends an option as it was written, so it is told anew in each run.
    """
    settle(key, options, value)
    st.session_state[key] = st.session_state[key]


def settle_many(key: str, options: Collection[Any]) -> None:
    """Take from a widget of several values those that are no longer among its options."""
    st.session_state[key] = [item for item in st.session_state.get(key, ()) if item in options]
