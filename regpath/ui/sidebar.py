"""The controls at the side: they return plain values, a table and a recipe.

What is wrong is raised, and the page says it where everybody sees it: a phone hides the side.
"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd
import streamlit as st

from regpath import datasets
from regpath.core.response import guess_family
from regpath.errors import DataError
from regpath.io import Table
from regpath.recipe import Recipe
from regpath.study import Study
from regpath.ui import cache
from regpath.ui.state import Key, start

BUNDLED, UPLOAD = "Bundled", "Your CSV"
PENALTIES = {"L1": 1.0, "Elastic net": None, "L2": 0.0}
MIN_RATIOS = {"Auto": None, "0.1": 0.1, "0.01": 1e-2, "0.001": 1e-3, "0.0001": 1e-4, "1e-05": 1e-5}
MISSING = {"impute": "Fill in", "mean": "Mean", "indicator": "Mark", "drop": "Drop rows"}
FAMILIES = {
    "gaussian": "Linear (gaussian)",
    "binomial": "Logistic (binomial)",
    "multinomial": "Logistic (multinomial)",
}
QUICK = 5_000_000  # numbers to weigh in one pass, below which folds take no time to speak of
MAX_COLUMNS = 5000
MAX_CELLS = 1_000_000
TARGET_NAMES = ("target", "label", "class", "y", "outcome", "response", "diagnosis")


class Source(NamedTuple):
    """A table, what it is called on screen, and its name in the catalog if it is bundled."""

    table: Table
    title: str
    bundled: str | None = None


def choose_source() -> Source | None:
    """Ask for the data; None while no file has been brought."""
    start(Key.SOURCE, BUNDLED)
    kind = st.radio("Data", (BUNDLED, UPLOAD), key=Key.SOURCE, horizontal=True)
    return _bundled() if kind == BUNDLED else _uploaded()


def choose_recipe(source: Source) -> Recipe:
    """Ask for every choice except the data."""
    table = source.table
    target = _choose_target(source)
    family = _choose_family(table, target)
    l1_ratio = _choose_penalty()
    features = _choose_features(table, target)
    with st.expander("Grid, scaling and split"):
        n_lambdas, min_ratio, standardize = _choose_grid()
        test_size, seed, missing = _choose_split()
    return Recipe(
        target=target,
        features=features,
        family=family,
        missing=missing,
        l1_ratio=l1_ratio,
        standardize=standardize,
        n_lambdas=n_lambdas,
        min_ratio=min_ratio,
        test_size=test_size,
        seed=seed,
    )


def choose_validation(study: Study) -> bool:
    """Ask whether to cross-validate; unasked it is done only where that takes no time."""
    path = study.path
    work = study.train.n_obs * len(path.feature_names) * len(path.lambdas)
    quick = work * max(1, len(path.classes) - 1) <= QUICK
    key = Key.VALIDATE.of("quick" if quick else "slow")
    start(key, quick)
    return st.toggle(
        "Cross-validate" if quick else "Cross-validate (takes a while)", key=key,
        help="Ten folds of the training rows, each fit anew: the validation curve with its "
        "standard error, and the strengths that two rules choose by it.",
    )  # fmt: skip


def _bundled() -> Source:
    entries = {entry.name: entry for entry in datasets.catalog()}
    start(Key.DATASET, next(iter(entries)))
    name = st.selectbox(
        "Data set", list(entries), key=Key.DATASET, format_func=lambda name: entries[name].title
    )
    st.caption(entries[name].teaches)
    return Source(cache.bundled_table(name), entries[name].title, name)


def _uploaded() -> Source | None:
    upload = st.file_uploader(
        "CSV file", key=Key.UPLOAD,
        help="Up to 20 MB. It stays in this machine's memory and is never written to disk.",
    )  # fmt: skip
    if upload is None:
        return None
    table = cache.uploaded_table(upload.getvalue(), upload.name, upload.file_id)
    _refuse_too_large(table)
    return Source(table, table.name)


def _refuse_too_large(table: Table) -> None:
    rows, columns = table.frame.shape
    if columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
        raise DataError(
            f"{table.name!r} has {rows:,} rows and {columns:,} columns; the app takes up to "
            f"{MAX_COLUMNS:,} columns and {MAX_CELLS:,} cells.",
            "Delete the columns or rows that matter least, or compute the path in a shell: "
            "'regpath path FILE --target NAME' has no limit.",
        )


def _choose_target(source: Source) -> str:
    columns = list(source.table.frame.columns)
    key = Key.TARGET.of(source.table.digest)
    start(key, _likely_target(source, columns))
    return st.selectbox("Target", columns, key=key, help="The column to predict.")


def _likely_target(source: Source, columns: list[str]) -> str:
    if source.bundled is not None:
        return next(e.target for e in datasets.catalog() if e.name == source.bundled)
    named = [c for c in columns if c.strip().lower() in TARGET_NAMES]
    varying = [c for c in columns if source.table.frame[c].nunique() > 1]
    return [*named, *reversed(varying), *columns][0]


def _choose_family(table: Table, target: str) -> str:
    values = table.frame[target].dropna()
    if values.nunique() < 2:
        return "auto"  # the core refuses it, and says why
    guess = guess_family(values)
    number = pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)
    classes = "binomial" if values.nunique() == 2 else "multinomial"
    fitting = [family for family in ("gaussian", classes) if number or family != "gaussian"]
    key = Key.FAMILY.of(f"{table.digest}:{target}")
    start(key, guess)
    family = st.selectbox(
        "Model", fitting, key=key, format_func=FAMILIES.__getitem__,
        help="Guessed from the target's values: two values, words or a few whole numbers are "
        "classes; other numbers are amounts.",
    )  # fmt: skip
    st.caption("Guessed from the target." if family == guess else "Your choice, not the guess.")
    return family


def _choose_penalty() -> float:
    start(Key.PENALTY, "L1")
    penalty = st.radio(
        "Penalty", list(PENALTIES), key=Key.PENALTY, horizontal=True,
        help="L1 (lasso) sets coefficients to exactly zero, L2 (ridge) shrinks all of them, "
        "elastic net mixes the two.",
    )  # fmt: skip
    fixed = PENALTIES[penalty]
    if fixed is not None:
        return fixed
    start(Key.L1_RATIO, 0.5)
    return st.slider(
        "Share of L1 (l1_ratio)", 0.05, 0.95, step=0.05, key=Key.L1_RATIO,
        help="0 would be pure L2, 1 pure L1.",
    )  # fmt: skip


def _choose_features(table: Table, target: str) -> tuple[str, ...] | None:
    columns = [c for c in table.frame.columns if c != target]
    owner = f"{table.digest}:{target}"
    with st.expander("Features"):
        only = st.multiselect(
            "Use only", columns, key=Key.ONLY.of(owner), placeholder="All that can serve",
        )  # fmt: skip
        without = st.multiselect(
            "Leave out", columns, key=Key.WITHOUT.of(owner), placeholder="None",
        )  # fmt: skip
    if not only and not without:
        return None
    chosen = tuple(c for c in (only or columns) if c not in without)
    if not chosen:
        raise DataError("Every feature is left out.", "Keep at least one under 'Features'.")
    return chosen


def _choose_grid() -> tuple[int, float | None, bool]:
    start(Key.N_LAMBDAS, 100)
    start(Key.MIN_RATIO, "Auto")
    start(Key.STANDARDIZE, True)
    n_lambdas = st.number_input("Strengths on the grid", 2, 500, key=Key.N_LAMBDAS)
    ratio = st.selectbox(
        "Weakest / strongest", list(MIN_RATIOS), key=Key.MIN_RATIO,
        help="Auto: 0.0001 with more rows than features, else 0.01.",
    )  # fmt: skip
    standardize = st.toggle(
        "Standardise", key=Key.STANDARDIZE,
        help="Penalise coefficients per standard deviation, so that units do not matter.",
    )  # fmt: skip
    return int(n_lambdas), MIN_RATIOS[ratio], standardize


def _choose_split() -> tuple[float, int, str]:
    start(Key.TEST_SIZE, 25)
    start(Key.SEED, 0)
    start(Key.MISSING, "impute")
    share = st.slider(
        "Test rows, %", 0, 50, step=5, key=Key.TEST_SIZE,
        help="Kept out of the fit; filling, coding and scaling never see them.",
    )  # fmt: skip
    seed = st.number_input("Seed of the split", 0, 99_999, key=Key.SEED)
    missing = st.radio(
        "Missing values", list(MISSING), key=Key.MISSING, horizontal=True,
        format_func=lambda choice: MISSING[choice],
        help="Fill in: the median (or the mean) or the most frequent level of the training rows. "
        "Mark: fill in, and add a feature that tells where a column was missing.",
    )  # fmt: skip
    return share / 100, int(seed), missing
