"""type_columns: from cells to typed columns, with everything there is to say about them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from regpath.io.columns.as_dates import (
    date_column,
    dates_of_numbers,
    in_order_of_time,
    no_dates_error,
    not_a_date,
)
from regpath.io.columns.as_numbers import (
    lossy,
    no_numbers_error,
    plain_column,
    trouble_question,
    with_decimal_mark,
)
from regpath.io.columns.as_words import (
    boolean_column,
    chosen_boolean,
    direction_question,
    scale_column,
    text_column,
)
from regpath.io.columns.blocks import number_block
from regpath.io.columns.cells import TEXT, DistinctCells, whole
from regpath.io.columns.check_columns import check_columns
from regpath.io.columns.column_result import ColumnResult, Draft
from regpath.io.columns.conventions import Conventions, FirstGuess
from regpath.io.columns.dates import Dates, is_compact, read_clock, read_dates
from regpath.io.columns.doubtful_levels import with_doubtful_levels
from regpath.io.columns.ids import is_headless
from regpath.io.columns.joined_levels import joined_levels, spelling_question, with_names
from regpath.io.columns.measures import measure_question, with_measures
from regpath.io.columns.missing import MISSING
from regpath.io.columns.nearly_numbers import nearly_numbers
from regpath.io.columns.numbers import Numbers, plain_numbers, read_numbers
from regpath.io.columns.ordinary import OrdinaryColumns, decimal_marks, ordinary_columns
from regpath.io.columns.roman_numerals import numeral_question
from regpath.io.columns.two_in_one import (
    duration_column,
    durations_of,
    pair_question,
    with_halves,
)
from regpath.io.columns.typed import TypedColumns
from regpath.io.columns.zero_marks import number_column_with_zeros, zero_questions
from regpath.io.grid import Grid, NumberBlock
from regpath.io.options import ColumnOptions, ReadOptions

_MOST_ODD = 50  # different words beside numbers that may be missing; more are words of their own
_DAYS = 5  # different numbers, all of them days: fewer may be chance

__all__ = ["MISSING", "TEXT", "TypedColumns", "type_columns"]


def type_columns(
    grid: Grid, options: ReadOptions | None = None, *, delimiter: str = ","
) -> TypedColumns:
    """Give each column the type that fits every value in it, or that a person chose.

    Parameters
    ----------
    grid : Grid
    options : ReadOptions, optional
    delimiter : str, default=","
        Of the file; where nothing else tells 1,234 from 1.234, files with semicolons are taken to
        have decimal commas.

    Raises
    ------
    ParameterError
        If the options name a column or a kind that does not exist.
    DataError
        If a column cannot be of the kind that was chosen.
    """
    options = options or ReadOptions()
    check_columns(options, grid.names)
    block = _block(grid, options)
    said = frozenset(options.columns)
    ordinary = ordinary_columns(block, grid, options) if block else OrdinaryColumns()
    found = dict(ordinary.results)
    parsed = _parsed(block, grid.names, said) if block else {}
    drafts = {
        j: _first_guess(grid, j, options, parsed.get(j))
        for j in range(len(grid.names))
        if j not in found
    }
    marks = decimal_marks(block, list(found)) if block else None
    conventions = Conventions.of(drafts.values(), delimiter, marks)
    found |= {j: _result_of(guess, conventions, grid.names) for j, guess in drafts.items()}
    typed = [found[j] for j in range(len(grid.names))]
    return TypedColumns(
        values={name: values for column in typed for name, values in column.values.items()},
        readings={column.report.name: column.reading for column in typed},
        reports=tuple(column.report for column in typed),
        repairs=tuple(repair for column in typed for repair in column.repairs),
        questions=(
            *(question for column in typed for question in column.questions),
            *zero_questions([column.zero_marks for column in typed], options),
        ),
        matrices=ordinary.matrices,
    )


def _block(grid: Grid, options: ReadOptions) -> NumberBlock | None:
    """The columns of plain numbers of a wide table, unless decimal marks are said."""
    if options.decimal == ",":
        return None
    return grid.block or number_block(grid.columns)


def _parsed(
    block: NumberBlock, names: Sequence[str], said: frozenset[str]
) -> dict[int, NDArray[Any]]:
    """The plain numbers of the columns of a block of which nothing is said."""
    places = enumerate(block.places.tolist())
    plain = ((k, j) for k, j in places if names[j] not in said and j not in block.notations)
    return {j: block.column(k) for k, j in plain}


def _first_guess(
    grid: Grid, j: int, options: ReadOptions, parsed: NDArray[Any] | None
) -> FirstGuess:
    name, column, rows = grid.names[j], whole(grid.columns[j]), grid.row_numbers
    said = options.of(name)
    draft = Draft(name, options, rows, column, is_first=j == 0 and not is_headless(grid.names))
    if parsed is not None:
        return FirstGuess(replace(draft, plain=parsed))
    as_it_is = said.kind in (None, "number", "date") and said.missing is None and not said.zero
    if as_it_is and said.decimal in (None, "."):
        plain = plain_numbers(column)
        if plain is not None:
            return FirstGuess(replace(draft, plain=plain))
    draft = draft.with_zeros(said.zero, draft.spells_missing)
    cells = draft.cells
    if not len(cells.texts) or said.kind in ("category", "id", "text", "ignore", "boolean"):
        return FirstGuess(draft)
    numbers = read_numbers(cells, said.decimal, draft.kept(), forced=said.kind == "number")
    flags = said.kind is None and numbers is not None and "flag" in numbers.changed
    if (_serves(numbers, said) and not flags) or said.kind == "ordinal":
        return FirstGuess(draft, numbers=numbers)
    dates = read_dates(cells, said.date_order) if said.kind in (None, "date") else None
    if said.missing is None and said.kind is None and (numbers or dates):
        draft, numbers, dates = _without_more_missing(draft, numbers, dates)
    if said.kind is None and numbers is not None and (flags or not numbers.good.all()):
        return _nearly(FirstGuess(draft, numbers, dates))
    return FirstGuess(draft, numbers, dates)


def _nearly(guess: FirstGuess) -> FirstGuess:
    """Ask about a column that is nearly one of numbers; it is none where flags decide alone."""
    assert guess.numbers is not None
    nearly = nearly_numbers(guess.draft, guess.numbers)
    if nearly is not None and nearly.taken:
        return FirstGuess(nearly.draft, nearly.numbers, asked=nearly.question, marks=nearly.marks)
    numbers = guess.numbers.without_flags() if "flag" in guess.numbers.changed else guess.numbers
    return replace(guess, numbers=numbers, asked=None if nearly is None else nearly.question)


def _serves(numbers: Numbers | None, said: ColumnOptions) -> bool:
    return numbers is not None and (bool(numbers.good.all()) or said.kind == "number")


def _without_more_missing(
    draft: Draft, numbers: Numbers | None, dates: Dates | None
) -> tuple[Draft, Numbers | None, Dates | None]:
    """Take words such as "n.a." beside numbers or dates for missing, if all others are such."""
    cells = draft.cells
    if numbers is not None:
        wrong = ~numbers.good
    else:
        assert dates is not None
        wrong = np.isnat(dates.values)
    odd = cells.texts.filter(pa.array(wrong)).to_pylist()
    if not odd or len(odd) > _MOST_ODD or not draft.may_be_missing(odd):
        return draft, numbers, dates
    cells = cells.without(frozenset(odd))
    said = draft.choices
    return (
        replace(draft, distinct=cells),
        read_numbers(cells, said.decimal, draft.kept()),
        read_dates(cells, said.date_order) if dates is not None else None,
    )


def _result_of(guess: FirstGuess, conventions: Conventions, names: Collection[str]) -> ColumnResult:
    draft = guess.draft
    said = draft.choices
    if draft.plain is not None:
        if said.kind == "date" or (said.kind is None and _are_days(draft.plain)):
            return dates_of_numbers(draft, draft.plain, names)
        return plain_column(draft, draft.plain)
    cells = draft.cells
    if said.kind == "ignore":
        left_out = draft.result(None, "ignore", 1.0, "you said so")
        return replace(left_out, values={})
    if not len(cells.texts):
        return draft.result(np.full(len(cells.rows), np.nan), "empty", 1.0, "it holds no values")
    if said.kind is not None:
        return _chosen(guess, conventions, names)
    if _serves(guess.numbers, said):
        assert guess.numbers is not None
        return _as_numbers(guess, guess.numbers, conventions)
    if guess.dates is not None and not np.isnat(guess.dates.values).any():
        return _dated(draft, guess.dates, conventions, names)
    doubt = guess.asked or not_a_date(draft, guess.dates)
    found = boolean_column(draft)
    if found is not None:
        return found
    minutes = durations_of(draft.cells)
    if minutes is not None and doubt is None:
        return duration_column(draft, minutes)
    asked = measure_question(draft) or doubt or pair_question(draft)
    if asked is not None:
        return text_column(draft, None, [asked], _partly(guess) if asked is doubt else "")
    return _words(draft, None, _partly(guess))


def _as_numbers(guess: FirstGuess, numbers: Numbers, conventions: Conventions) -> ColumnResult:
    """A column of numbers; its text where that would be lost, with the question."""
    draft = guess.draft
    if numbers.stripped.trouble:
        trouble = measure_question(draft) or trouble_question(draft, numbers)
        return text_column(_as_written(draft), questions=[trouble])
    numbers, questions = with_decimal_mark(draft, numbers, conventions)
    doubt = lossy(draft, numbers)
    if doubt is not None:
        return text_column(_as_written(draft), questions=[doubt])
    typed = number_column_with_zeros(draft, numbers)
    asked = (guess.asked,) if guess.asked else ()
    told = {draft.key_of_missing(mark) for mark in guess.marks}  # by the question
    repairs = tuple(repair for repair in typed.repairs if repair.key not in told)
    return replace(typed, repairs=repairs, questions=(*asked, *questions, *typed.questions))


def _words(draft: Draft, kind: str | None = None, also: str = "") -> ColumnResult:
    """A column of words; what may be a level of them or missing is asked about."""
    draft, questions = with_doubtful_levels(draft)
    names = joined_levels(draft)
    joined = replace(draft, distinct=draft.cells.joined(names)) if names else draft
    typed = text_column(joined, kind, also=also)
    if kind == "category" and draft.choices.levels:
        typed = with_names(typed, draft, names)
    letters = direction_question(draft) if kind is None else None
    numerals = numeral_question(draft) if kind is None else None
    found = (*typed.questions, *questions, letters or numerals or spelling_question(draft))
    return replace(typed, questions=tuple(q for q in found if q is not None))


def _partly(guess: FirstGuess) -> str:
    """Say that many cells, but not all, are numbers or dates."""
    for found, what in ((guess.numbers, "numbers"), (guess.dates, "dates")):
        if found is not None:
            return f"{found.n_good} of {found.cells.n_known} cells are {what}"
    return ""


def _are_days(plain: NDArray[Any]) -> bool:
    """Tell whether numbers such as 20240131 are days: five different ones are no accident."""
    known = plain[~np.isnan(plain)]
    return is_compact(known) and len(np.unique(known)) >= _DAYS


def _as_written(draft: Draft) -> Draft:
    """A column that stays text: "n.a." is no missing value beside words."""
    cells = DistinctCells.of(draft.name, draft.column, draft.rows, draft.spells_missing)
    return replace(draft, distinct=cells)


def _dated(
    draft: Draft, dates: Dates, conventions: Conventions, names: Collection[str]
) -> ColumnResult:
    if dates.other is None:
        return date_column(draft, dates, names=names)
    if dates.order == "ymd":
        evidence = "With the year first, the dates lie within a far shorter time."
        return date_column(draft, dates, evidence, names)
    found = in_order_of_time(dates)
    if found is None:
        sign = next(sign for sign in "./- " if sign in draft.cells.texts[0].as_py())
        order, evidence = conventions.date_order(sign)
        found = (dates if dates.order == order else dates.swapped()), evidence
    return date_column(draft, found[0], found[1], names)


def _chosen(guess: FirstGuess, conventions: Conventions, names: Collection[str]) -> ColumnResult:
    draft, numbers = guess.draft, guess.numbers
    kind = draft.choices.kind
    if kind in ("category", "id", "text"):
        typed = _words(draft, kind) if kind == "category" else text_column(draft, kind)
        return with_measures(draft, with_halves(draft, typed))
    if kind == "boolean":
        return chosen_boolean(draft)
    if kind == "date":
        if guess.dates is not None:
            return _dated(draft, guess.dates, conventions, names)
        if numbers is not None:
            return dates_of_numbers(draft, numbers.cells.expanded(numbers.values, np.nan), names)
        clock = read_clock(draft.cells)
        if clock is None:
            raise no_dates_error(draft)
        return date_column(draft, clock, names=names)
    if kind == "ordinal" and (numbers is None or not numbers.good.all() or draft.choices.levels):
        return scale_column(draft)
    if numbers is None:
        minutes = durations_of(draft.cells)
        if minutes is not None and kind == "number":
            return duration_column(draft, minutes)
        raise no_numbers_error(draft)
    numbers, questions = with_decimal_mark(draft, numbers, conventions)
    typed = number_column_with_zeros(draft, numbers)
    return replace(typed, questions=(*questions, *typed.questions))
