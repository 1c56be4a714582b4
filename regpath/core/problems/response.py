"""The target: which family it suggests, and how it is coded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from regpath.core.families import FAMILIES, Family, family_of
from regpath.errors import DataError, NothingToFindError, ParameterError
from regpath.io import Table

MAX_CLASSES = 50  # of a target; more are names or numbers that nobody predicts as classes
MAX_INTEGER_CLASSES = 10  # whole numbers with more distinct values than this are read as amounts
NEARLY_CONSTANT = 1e-14  # spread of a target, of its largest value: less is rounding
SMALLEST_SPREAD = 1e-100  # of a target: squares of less, or of more than its inverse, leave floats


@dataclass(frozen=True, eq=False)
class Response:
    """A coded target.

    `y` is float for amounts and counts, and the position in `classes` (intp) otherwise. For
    binomial the second class is the one whose probability is modelled.
    """

    y: np.ndarray
    family: str
    classes: tuple[Any, ...]


def family_choices() -> tuple[str, ...]:
    """What a caller may name, and "auto" for what the target suggests."""
    return ("auto", *FAMILIES)


def label_of(value: Any) -> Any:
    """Plain Python value of a class; 1.0 becomes 1, since a missing cell makes integers floats."""
    value = value.item() if isinstance(value, np.generic) else value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _is_number(target: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(target) and not pd.api.types.is_bool_dtype(target)


def guess_family(target: pd.Series, *, is_amount: bool = False) -> str:
    """Family that the values of `target` (missing ones left out) suggest.

    What is an amount anyway, such as a duration: gaussian. Two distinct values: binomial. Words,
    or at most 10 distinct whole numbers: multinomial. Other numbers: gaussian. Counts are never
    guessed: the same numbers may be measured amounts.
    """
    if is_amount:
        return "gaussian"
    values = target.dropna()
    n_distinct = values.nunique()
    if n_distinct == 2:
        return "binomial"
    if not _is_number(values):
        return "multinomial"
    numbers = values.to_numpy(float)
    whole = bool(np.all(numbers == np.round(numbers)))
    few = n_distinct <= MAX_INTEGER_CLASSES and len(numbers) >= 3 * n_distinct
    return "multinomial" if whole and few else "gaussian"


def families_for(target: pd.Series) -> list[str]:
    """Names of the families that the values of `target` (missing ones left out) allow."""
    values = target.dropna()
    two, number = values.nunique() == 2, _is_number(values)
    y = values.to_numpy(float) if number else np.empty(0)
    return [
        family.name
        for family in FAMILIES.values()
        if (
            family.two_classes == two if family.has_classes else number and family.is_offered_for(y)
        )
    ]


def code_response(
    target: pd.Series,
    family: str = "auto",
    classes: Sequence[Any] | Callable[[Sequence[Any]], Sequence[Any]] | None = None,
) -> Response:
    """Code a target without missing values.

    Its classes are in sorted order, or in that of `classes`: labels, or what puts sorted labels
    in order.

    Raises
    ------
    ParameterError
        If `classes` are not the classes of the target.
    NothingToFindError
        If it is constant.
    DataError
        If it has too many classes, does not suit `family`, or is not finite.
    """
    name = str(target.name)
    n_distinct = target.nunique()
    if n_distinct == 0:
        raise DataError(f"Target {name!r} holds no values.", "Choose another target.")
    if n_distinct == 1:
        only = label_of(target.iloc[0])
        raise NothingToFindError(
            f"Target {name!r} is {only!r} in every row: there is nothing to predict.",
            "Choose another target.",
        )
    if pd.api.types.is_datetime64_any_dtype(target):
        raise DataError(
            f"Target {name!r} holds dates.",
            "Choose a part of them, such as the days or the year, or another target.",
        )
    loss = family_of(guess_family(target) if family == "auto" else family)
    if not loss.has_classes:
        if classes is not None and not callable(classes):
            raise ParameterError(
                f"The 'classes' parameter is for classes, and target {name!r} holds "
                f"{loss.responses}.",
                "Choose the binomial or multinomial family, or leave it out.",
            )
        return _code_numbers(target, loss)
    response = _code_classes(target, loss)
    wanted = classes(response.classes) if callable(classes) else classes
    return response if wanted is None else _in_order(response, wanted, name)


def _code_numbers(target: pd.Series, family: Family) -> Response:
    name = str(target.name)
    if not _is_number(target):
        raise DataError(
            f"Target {name!r} holds words, which {family.model} cannot predict.",
            "Choose the binomial or multinomial family, or a numeric target.",
        )
    y = target.to_numpy(float)
    if not np.isfinite(y).all():
        row = target.index[int(np.argmin(np.isfinite(y)))]
        raise DataError(
            f"Target {name!r} is infinite in row {row}.", "Correct the value or remove the row."
        )
    wrong = family.cannot_be(y)
    if wrong.any():
        place = int(np.argmax(wrong))
        raise DataError(
            f"Target {name!r} is {label_of(y[place])!r} in row {target.index[place]}, and "
            f"{family.demand}.",
            "Correct the value or remove the row, or choose the gaussian family.",
        )
    spread, largest = float(np.ptp(y)), float(np.abs(y).max())
    if spread <= NEARLY_CONSTANT * largest:
        raise NothingToFindError(
            f"Target {name!r} is the same in every row but for rounding: there is nothing to "
            "predict.",
            "Choose another target.",
        )
    if not SMALLEST_SPREAD < spread < 1.0 / SMALLEST_SPREAD:
        raise DataError(
            f"Target {name!r} spreads over {spread:.1e}, which arithmetic cannot square.",
            "Bring it in larger or smaller units.",
        )
    return Response(y, family.name, ())


def _code_classes(target: pd.Series, family: Family) -> Response:
    name = str(target.name)
    codes, levels = pd.factorize(target, sort=True)
    classes = tuple(label_of(level) for level in levels)
    if family.two_classes and len(classes) != 2:
        raise DataError(
            f"Target {name!r} has {len(classes)} classes; the {family.name} family needs two.",
            "Choose the multinomial family or another target.",
        )
    if len(classes) > MAX_CLASSES:
        kind = "different numbers" if _is_number(target) else "different words"
        raise DataError(
            f"Target {name!r} holds {len(classes)} {kind}; at most {MAX_CLASSES} classes "
            "can be told apart.",
            "Choose the gaussian family if it is an amount, or another target.",
        )
    return Response(codes.astype(np.intp), family.name, classes)


def _in_order(response: Response, classes: Sequence[Any], name: str) -> Response:
    """The same target with its classes in another order; a label may be given as its text."""
    labels = [str(label) for label in response.classes]
    wanted = [str(label_of(label)) for label in classes]
    if sorted(wanted) != sorted(labels):
        raise ParameterError(
            f"The 'classes' parameter must name each class of target {name!r} once: "
            f"{', '.join(map(repr, labels))}. Got {', '.join(map(repr, wanted))} instead."
        )
    position = np.array([wanted.index(label) for label in labels])
    ordered = tuple(response.classes[labels.index(label)] for label in wanted)
    return Response(position[response.y], response.family, ordered)


def words_back(table: Table | pd.DataFrame, target: pd.Series) -> pd.Series:
    """The target with the words that the file has for false and true."""
    how = table.reading.columns.get(str(target.name)) if isinstance(table, Table) else None
    if how is None or how.words is None:
        return target
    false, true = how.words
    return target.map({False: false or "(blank)", True: true})
