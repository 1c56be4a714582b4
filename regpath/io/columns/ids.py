"""Columns that name the rows, told by their names and by how their numbers count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

LEAST_ROWS = 20  # for names such as "order number", which may also be counts
MOST_RESTARTS = 1 / 3  # of the rows: what begins anew at every second row counts nothing
_FEWEST_NUMBERS = 10  # of rows that stand several times each; fewer may be groups or steps
_MOST_TIMES = 10  # that each stands on average

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z\u00df-\uffff]+|[^\W\d_]+|\d+")
_SURE_WORDS = "id ids uuid guid uid pid rowid rownum rownames rowname index idx"
_LIKELY_WORDS = """
no nr num nbr number nummer numero num\u00e9ro n\u00famero code key kennung matricule serial ssn
isbn imei iban vin barcode mrn participant respondent subject record proband teilnehmer
"""
_SURE, _LIKELY = frozenset(_SURE_WORDS.split()), frozenset(_LIKELY_WORDS.split())
_OWNERS = (
    "user|customer|cust|client|patient|person|people|member|employee|emp|staff|worker|student|pupil"
    "|teacher|subject|participant|respondent|case|record|row|obs|observation|sample|specimen|order"
    "|invoice|transaction|trans|txn|payment|account|acct|loan|policy|claim|contract|product|prod"
    "|item|sku|article|store|shop|device|sensor|machine|vehicle|car|session|visit|visitor|event"
    "|booking|ticket|passenger|flight|house|household|hh|property|listing|player|team|game|match"
    "|movie|film|book|song|track|post|tweet|message|msg|doc|document|file|image|img|job|task|run"
    "|trial|animal|plant|tree|plot|gene|cell|school|hospital|company|firm|kunden|patienten"
    "|subj|object|rec|hosp|admission|encounter|matr|pers|beleg|vertrags|rechnungs|proband(?:en)?"
    "|teilnehmer|f|g"
)
_RUN_TOGETHER = re.compile(rf"(?:{_OWNERS})s?(?:id|uid|guid|no|nr|num|number|code|key|nummer)")
_HINT = re.compile(  # one of them is in every name that may be of IDs; quick, for many columns
    "|".join(sorted({"id", "row", "idx", "index", "nummer", *_LIKELY})), re.IGNORECASE
)
_SIGNS_OF_NUMBERS = ("N\u00b0", "N\u00ba", "\u2116", "#")
_FIRST = re.compile(r"unnamed: 0|column 1|index|level_0|row ?names", re.IGNORECASE)
_BESIDE = re.compile(r"(?:unnamed: \d+|column 1|index|level_0|rownames?|row|)", re.IGNORECASE)


def words_in_name(name: str) -> list[str]:
    """Cut a name into words, in whatever style it is written.

    >>> words_in_name("CustomerId"), words_in_name("order_no.")
    (['customer', 'id'], ['order', 'no'])
    >>> words_in_name("PatientIDs"), words_in_name("HTTPKey2")
    (['patient', 'ids'], ['http', 'key', '2'])
    """
    name = re.sub(r"(?<=[a-z])IDs\b", " Ids", name)
    return [word.lower() for word in _WORD.findall(name)]


def names_an_id(name: str) -> bool:
    """Tell whether a name says that a column holds IDs.

    >>> [names_an_id(name) for name in ("PatientID", "userid", "id_customer", "covid", "paid")]
    [True, True, True, False, False]
    """
    words = words_in_name(name)
    if not words:
        return False
    if words[-1].isdigit() and len(words) > 1 and words[-2] in _SURE:
        words = words[:-1]
    run_together = any(_RUN_TOGETHER.fullmatch(word) and word.endswith("id") for word in words)
    return words[-1] in _SURE or words[0] in ("id", "uuid", "guid", "uid") or run_together


def may_name_an_id(name: str) -> bool:
    """Tell whether a name may be one of IDs: numbers, codes and keys are counts as well.

    >>> [may_name_an_id(name) for name in ("OrderNo", "Kundennummer", "No.", "number of rooms")]
    [True, True, True, False]
    """
    words = words_in_name(name)
    if names_an_id(name) or name.strip() in _SIGNS_OF_NUMBERS:
        return True
    return bool(words) and (
        words[-1] in _LIKELY
        or words[-1].endswith("nummer")
        or bool(_RUN_TOGETHER.fullmatch(words[-1]))
    )


def numbers_the_rows(name: str, values: NDArray[Any]) -> bool:
    """Tell whether numbers count the rows, or are all different in a column named like an ID.

    A column beside the table, without a name of its own, may also count again and again, as when
    tables are joined below each other, or with gaps, as when rows are left out.
    """
    if len(values) < 3 or not np.isfinite(values).all():
        return False
    steps = np.diff(values)
    if values[0] in (0.0, 1.0) and np.all(steps == 1.0):
        return True
    if _BESIDE.fullmatch(name.strip()) and _counts_again(values, steps):
        return True
    named = names_an_id(name) or (len(values) >= LEAST_ROWS and may_name_an_id(name))
    return named and bool(np.all(values == np.round(values))) and _all_differ(values)


def is_headless(names: Sequence[str]) -> bool:
    """Tell names that were given for want of a header."""
    return len(names) > 1 and all(name == f"column {j}" for j, name in enumerate(names, start=1))


def stands_beside(name: str, values: NDArray[Any]) -> bool:
    """Tell whether the first column, which has no name of its own, holds the numbers of rows.

    Rows were drawn or shuffled before they were saved: whole numbers that mostly differ, or rise
    again and again. In the first column alone, under a header: elsewhere they may measure.
    """
    if not _FIRST.fullmatch(name.strip()) or len(values) < LEAST_ROWS:
        return False
    if not np.isfinite(values).all() or not np.all(values == np.round(values)) or values.min() < 0:
        return False
    steps = np.diff(values)
    rises = np.all(steps != 0.0) and float((steps < 0.0).mean()) <= MOST_RESTARTS
    return bool(rises or 2 * len(np.unique(values)) > len(values))


def may_number_the_rows(name: str) -> bool:
    """Tell whether numbers of this name may count the rows although they do not rise by one."""
    if _BESIDE.fullmatch(name.strip()):
        return True
    hinted = _HINT.search(name) is not None or name.strip() in _SIGNS_OF_NUMBERS
    return hinted and may_name_an_id(name)


def _counts_again(values: NDArray[Any], steps: NDArray[Any]) -> bool:
    """Tell whether numbers rise by one, again and again or several times each, or throughout."""
    if not np.all(values == np.round(values)):
        return False
    if len(values) >= LEAST_ROWS and np.all(steps > 0.0):
        return True
    first = values[0] in (0.0, 1.0)
    if first and len(values) >= LEAST_ROWS and np.all((steps == 0.0) | (steps == 1.0)):
        # Rows of lists that were taken apart keep the number of their row; groups are fewer.
        return bool(values[-1] >= _FEWEST_NUMBERS and values[-1] >= len(values) / _MOST_TIMES)
    again = values[1:] == values[0]
    rare = float(again.mean()) <= MOST_RESTARTS
    return bool(first and rare and np.all((steps == 1.0) | again))


def _all_differ(values: NDArray[Any]) -> bool:
    return len(np.unique(values)) == len(values)
