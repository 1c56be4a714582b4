"""make_problem: from the columns of a table to a Problem."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from regpath.core.checks import check_choice
from regpath.core.families import family_of
from regpath.core.problems.coding import Coding, check_level_groups, parse_terms
from regpath.core.problems.columns import Known, choose_columns
from regpath.core.problems.exposure import exposure_in, refuse_exposure
from regpath.core.problems.inputs import (
    check_column,
    check_features,
    check_frame,
    check_weights,
    spelled,
)
from regpath.core.problems.modelled_class import usual_order
from regpath.core.problems.objects import hours_in, unusable
from regpath.core.problems.problem import Formula, Problem, encoded
from regpath.core.problems.repeats import DUPLICATES_CHOICES, repeats
from regpath.core.problems.response import code_response, family_choices, guess_family, words_back
from regpath.errors import DataError, ParameterError
from regpath.io import Table
from regpath.io.columns.spellings import same_words, spelling_note
from regpath.wording import counted, listed

_AS_TEXT = ", so it is read as text"  # ends what a question says of a column that it leaves so
MIN_ROWS = 3  # of a table; two points fit every straight line


def make_problem(
    table: Table | pd.DataFrame,
    target: str,
    *,
    features: Sequence[str] | None = None,
    family: str = "auto",
    missing: str = "impute",
    min_level_count: int = 1,
    coding: str = "all",
    level_groups: Any = (),
    terms: Sequence[str] | str = (),
    classes: Sequence[Any] | None = None,
    weights: str | None = None,
    group: str | None = None,
    time: str | None = None,
    exposure: str | None = None,
    duplicates: str = "keep",
    sample_weight: Any = None,
) -> Problem:
    """Build a problem from a table: choose columns, code the target, fill or drop gaps.

    Whatever is learned from data (medians, levels, which levels are rare) is learned again from
    the rows of each fold and of each split.

    Parameters
    ----------
    table : Table or DataFrame
        What `read_table` gives, or a frame of your own.
    target : str
        Column to predict. Rows without a target are dropped.
    features : sequence of str, default=None
        Columns to use. None uses every column that can serve; constant, empty and ID-like
        columns are set aside, and a note says so.
    family : {"auto", "gaussian", "binomial", "multinomial", "poisson"}, default="auto"
        "auto" guesses from the target's values: two values, words or a few whole numbers are
        classes, other numbers are amounts. Counts ("poisson") are never guessed.
    missing : {"impute", "mean", "indicator", "drop"}, default="impute"
        Fill missing features with the median ("mean": the mean) or the most frequent level;
        "indicator" also adds a feature that tells where a column was missing; "drop" drops rows.
    min_level_count : int, default=1
        Levels of words in fewer rows than this count together as "other".
    coding : {"all", "reference"}, default="all"
        "all": a feature for each of more than two levels, so that the penalty treats all alike.
        "reference": none for the first level; the path depends on which level that is.
    level_groups : dict of str to dict of str to sequence of str, default=()
        Levels that count as one: ``{"city": {"north": ["Oslo", "Bergen"]}}``.
    terms : sequence of str, default=()
        Products and powers of columns to add, such as "age × dose" or "age^2". They multiply the
        coded columns as they are; standardization comes afterwards, as for all features.
    classes : sequence, default=None
        All classes of the target in the order to use; binomial models the second one. None
        sorts them, and puts of two the one that is asked for second, where it is known: yes,
        case, positive, dead, churned, ">50K", also in other languages.
    weights : str, default=None
        Column of non-negative weights.
    group : str, default=None
        Column that tells which rows belong together; splits and folds keep them together.
    time : str, default=None
        Column that tells in which order rows came; splits test on the last ones.
    exposure : str, default=None
        For counts: column of positive numbers that expected counts are proportional to, such as
        the time that a row was watched.
    duplicates : {"keep", "drop"}, default="keep"
        Drop rows that repeat an earlier row in every used column and in the target.
    sample_weight : array-like of shape (n_rows,), default=None
        Non-negative, one for each row of `table`; in place of `weights`.

    Returns
    -------
    Problem
        Of the rows that can be used; its `notes` say what was dropped, set aside or filled.

    Raises
    ------
    DataError
        If a column does not exist, nothing varies, or the target suits no family; the message
        names the column.
    ParameterError
        If `family`, `missing`, `coding`, `duplicates` or a term is unknown, or the family has no
        exposures.

    Notes
    -----
    The columns of `weights`, `group`, `time` and `exposure` are features only when `features`
    names them.

    Examples
    --------
    >>> import pandas as pd, regpath
    >>> frame = pd.DataFrame(
    ...     {"age": [31.0, None, 58.0, 44.0], "city": ["Oslo", "Bergen", "Oslo", "Oslo"],
    ...      "ill": ["no", "yes", "yes", "no"]}
    ... )
    >>> problem = regpath.make_problem(frame, "ill", terms=["age^2"])
    >>> problem.family, problem.feature_names, problem.classes
    ('binomial', ('age', 'city=Oslo', 'age²'), ('no', 'yes'))
    >>> problem.notes[0]
    "Missing values of 'age' are filled with 44.0."
    """
    check_choice(family, "family", "make_problem", family_choices())
    check_choice(duplicates, "duplicates", "make_problem", DUPLICATES_CHOICES)
    how = Coding(missing=missing, min_level_count=min_level_count, coding=coding)
    weights, group, time, exposure = map(spelled, (weights, group, time, exposure))
    brought = table.frame if isinstance(table, Table) else table
    frame = check_frame(table)
    target = check_column(frame, target)
    odd, durations = unusable(brought), hours_in(brought)
    if target in odd:
        raise DataError(f"Target {target!r} holds {odd[target]}.", "Choose another target.")
    how = replace(how, level_groups=check_level_groups(level_groups, frame.columns))
    weighing = _weights(frame, weights, sample_weight)
    used, notes = _rows_with_target(frame, target, weighing)
    if family == "auto" and target in durations:
        family = guess_family(frame[target], is_amount=True)
    coded = how.merged(words_back(table, frame[target]))
    how = how.without(target)
    order = usual_order if classes is None else classes
    asked = code_response(coded[used], family, order)  # what is wrong with it is said first
    refuse_exposure(family_of(asked.family), exposure, "make_problem")
    helpers = {"weights": weights, "group": group, "time": time, "exposure": exposure}
    kinds, aside = choose_columns(
        frame[used],
        target,
        check_features(features),
        coding=how,
        known=_known_of(table, helpers, odd),
    )
    notes += _duration_notes(durations, [c for c in durations if c in kinds or c == target])
    words = {c: how.merged(frame[c][used]) for c, kind in kinds.items() if kind != "numeric"}
    notes += _spelling_notes({target: coded[used]} | words)
    how = replace(how, terms=_terms(terms, kinds))
    used, dropped = _rows_to_keep(frame, kinds, target, used, drop=(missing, duplicates))
    response = code_response(coded[used], family, order)
    formula = Formula(target, kinds, how, (*notes, *dropped, *aside))
    problem = encoded(frame[used], formula, response, weighing[used])
    return replace(problem, **_row_facts(frame[used], group, time, exposure))


def _rows_with_target(
    frame: pd.DataFrame, target: str, weighing: np.ndarray
) -> tuple[np.ndarray, list[str]]:
    """Where there is a value to predict and a weight above 0, and a note on the others."""
    n_absent = int(frame[target].isna().sum())
    if n_absent == len(frame):
        raise DataError(f"Target {target!r} holds no values.", "Choose another target.")
    notes = [f"{counted(n_absent, 'row')} without a value of {target!r}: dropped."]
    used = frame[target].notna().to_numpy() & (weighing > 0.0)
    return used, notes if n_absent else []


def _rows_to_keep(
    frame: pd.DataFrame,
    kinds: dict[str, str],
    target: str,
    used: np.ndarray,
    *,
    drop: tuple[str, str],
) -> tuple[np.ndarray, list[str]]:
    """The rows that stay where those with gaps, or repeated ones, are to go; and notes on these."""
    missing, duplicates = drop
    notes = []
    if missing == "drop":
        gaps = frame[list(kinds)].isna().any(axis=1).to_numpy() & used
        used = used & ~gaps
        if gaps.any():
            notes.append(f"{counted(int(gaps.sum()), 'row')} with a missing feature: dropped.")
    if duplicates == "drop":
        again = repeats(frame, [*kinds, target], used)
        used = used & ~again
        if again.any():
            notes.append(f"{counted(int(again.sum()), 'row')} equal to an earlier row: dropped.")
    if used.sum() < MIN_ROWS:
        raise DataError(
            f"{counted(int(used.sum()), 'row')} can be used; a path needs at least {MIN_ROWS}.",
            "Add rows, or choose features and a target with fewer missing values.",
        )
    return used, notes


def _row_facts(
    frame: pd.DataFrame, group: str | None, time: str | None, exposure: str | None
) -> dict[str, Any]:
    """What columns say of the rows beside their features."""
    return {
        "row_groups": None if group is None else _whole(frame, group, "group"),
        "row_times": None if time is None else _whole(frame, time, "time"),
        "exposure": None if exposure is None else exposure_in(frame, exposure),
        "exposure_name": exposure or "",
    }


def _duration_notes(held: Mapping[str, str], columns: list[str]) -> list[str]:
    """Say which of some columns are counted in hours, by what they hold."""
    of_kind = {what: [c for c in columns if held[c] == what] for what in sorted(set(held.values()))}
    return [f"{what} in {listed(cs)} are counted in hours." for what, cs in of_kind.items() if cs]


def _spelling_notes(columns: dict[str, pd.Series]) -> list[str]:
    """Say which levels may be one word."""
    notes = []
    for column, values in columns.items():
        if pd.api.types.is_numeric_dtype(values):
            continue
        counts = {str(level): int(n) for level, n in values.value_counts().items()}
        if groups := same_words(counts):
            notes.append(spelling_note(column, groups))
    return notes


def _weights(frame: pd.DataFrame, column: str | None, sample_weight: Any) -> np.ndarray:
    if column is None:
        return check_weights(sample_weight, len(frame))
    if sample_weight is not None:
        raise ParameterError("make_problem takes 'weights' or 'sample_weight', not both.")
    _refuse_unknown(frame, column, "weights")
    if not pd.api.types.is_numeric_dtype(frame[column]):
        raise DataError(
            f"The weights in column {column!r} must be numbers.", "Choose another column."
        )
    values = frame[column].to_numpy(float, na_value=np.nan)
    wrong = ~(np.isfinite(values) & (values >= 0.0))
    if wrong.any():
        row = frame.index[int(np.argmax(wrong))]
        raise DataError(
            f"The weight in row {row} of column {column!r} is missing, negative or infinite.",
            "Weights must be numbers from 0 up; 0 leaves a row out.",
        )
    return check_weights(values, len(frame))


def _whole(frame: pd.DataFrame, column: str, role: str) -> np.ndarray:
    """The values of a column that must not have gaps."""
    _refuse_unknown(frame, column, role)
    values = frame[column]
    if values.isna().any():
        row = frame.index[int(np.argmax(values.isna()))]
        raise DataError(
            f"The {role} of row {row} is missing in column {column!r}.",
            "Fill it in, or remove the row.",
        )
    if role == "group":
        return pd.factorize(values, sort=True)[0]
    if pd.api.types.is_numeric_dtype(values) or pd.api.types.is_datetime64_any_dtype(values):
        return values.to_numpy()
    raise DataError(
        f"Column {column!r} holds words, so it cannot tell the order of time.",
        "Choose a column of dates or numbers.",
    )


def _refuse_unknown(frame: pd.DataFrame, column: str, role: str) -> None:
    if column not in frame.columns:
        raise DataError(
            f"There is no column {column!r} for '{role}'.", "Check the spelling of its name."
        )


def _terms(terms: Sequence[str] | str, kinds: dict[str, str]) -> tuple[tuple[str, ...], ...]:
    found = parse_terms(terms, list(kinds))
    for term in found:
        squared = [
            column for column in term if kinds[column] != "numeric" and term.count(column) > 1
        ]
        if squared:
            raise ParameterError(
                f"A term takes a power of {squared[0]!r}, which holds words.",
                "Powers are for columns of numbers.",
            )
    return found


def _known_of(
    table: Table | pd.DataFrame, helpers: dict[str, str | None], unusable: dict[str, str]
) -> Known:
    return Known(
        chosen=_chosen_kinds(table),
        helpers={column: role for role, column in helpers.items() if column is not None},
        unusable=unusable,
        doubts=_doubts_of(table),
    )


def _doubts_of(table: Table | pd.DataFrame) -> dict[str, str]:
    """What the columns hold that reading left as text, and asked about."""
    if not isinstance(table, Table):
        return {}
    asked = {q.column: q.what for q in table.diagnosis.questions if q.column is not None}
    return {
        name: what.removeprefix(f"Column {name!r} ").partition(_AS_TEXT)[0]
        for name, what in asked.items()
        if _AS_TEXT in what
    }


def _chosen_kinds(table: Table | pd.DataFrame) -> dict[str, str]:
    """Kinds of columns that a person chose."""
    if not isinstance(table, Table):
        return {}
    return {name: how.kind for name, how in table.reading.columns.items() if how.chosen}
