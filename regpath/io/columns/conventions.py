"""How the columns of a file write numbers and dates: what tells where one column leaves doubt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from regpath.io.columns.column_result import Draft
from regpath.io.columns.dates import Dates
from regpath.io.columns.numbers import Numbers
from regpath.io.diagnosis import Question

MANY = 20  # columns of decimal commas, and none of points: then 1,234 is no thousand


@dataclass(frozen=True, eq=False)
class FirstGuess:
    """A column at first sight: numbers, dates or neither; where unclear, the file will tell."""

    draft: Draft
    numbers: Numbers | None = None
    dates: Dates | None = None
    asked: Question | None = None  # whether these are numbers at all
    marks: tuple[str, ...] = ()  # that the question says are missing

    @property
    def clear_mark(self) -> str:
        """The decimal mark of a column that leaves no doubt; "" if it shows none."""
        plain = self.draft.plain
        if plain is not None:
            if plain.dtype.kind != "f":
                return ""
            known = plain[~np.isnan(plain)]
            return "." if (known != np.round(known)).any() else ""
        if self.numbers is None or self.numbers.other is not None:
            return ""
        shown = any(self.numbers.shows(mark) for mark in ",.")
        return self.numbers.style.decimal if shown else ""

    @property
    def clear_order(self) -> str:
        """The order of day and month in a column that leaves no doubt; "" if it has none."""
        if self.dates is None or self.dates.other is not None or self.dates.layout != "ends":
            return ""
        return self.dates.order


@dataclass(frozen=True)
class Conventions:
    """How the columns that are clear write numbers and dates.

    Attributes
    ----------
    decimals, orders : Counter of str
        How many columns have each decimal mark, and each order of day and month.
    delimiter : str
    """

    decimals: Counter[str]
    orders: Counter[str]
    delimiter: str

    @classmethod
    def of(
        cls, guesses: Collection[FirstGuess], delimiter: str, marks: Counter[str] | None = None
    ) -> Conventions:
        """Count the clear columns; `marks` are the decimal marks of further ones."""
        return cls(
            Counter(mark for guess in guesses if (mark := guess.clear_mark)) + (marks or Counter()),
            Counter(order for guess in guesses if (order := guess.clear_order)),
            delimiter,
        )

    def is_clear(self, mark: str) -> bool:
        """Tell whether a mark sets decimals apart in this file without a doubt."""
        point, comma = self.decimals["."], self.decimals[","]
        return point > comma if mark == "." else comma >= MANY and not point

    def decimal(self, mark: str, unmarked: str = "") -> tuple[str, str]:
        """The decimal mark of a column that has `mark` in a doubtful place, and the evidence.

        `unmarked` is a number in the same column, such as 1001, without a mark for thousands.
        """
        point, comma = self.decimals["."], self.decimals[","]
        if point != comma:
            taken = "." if point > comma else ","
            name = "point" if taken == "." else "comma"
            return taken, f"Other columns have a decimal {name}."
        if unmarked and (mark, self.delimiter) != (",", ","):
            return mark, f"{unmarked} in the same column has no mark between thousands."
        if mark == ".":
            return ".", "No other column tells; a point marks decimals in most files."
        if self.delimiter == ";":
            return ",", "No other column tells; files with semicolons mostly have decimal commas."
        return ".", "No other column tells; a comma before three digits mostly marks thousands."

    def date_order(self, sign: str) -> tuple[str, str]:
        """The order of day and month in a doubtful column, and the evidence."""
        dmy, mdy = self.orders["dmy"], self.orders["mdy"]
        if dmy != mdy:
            taken = "dmy" if dmy > mdy else "mdy"
            first = "day" if taken == "dmy" else "month"
            return taken, f"Other columns have the {first} first."
        if sign == "." or self.delimiter == ";" or self.decimals[","] > self.decimals["."]:
            return (
                "dmy",
                "No cell tells; dates with points, and files with semicolons or decimal "
                "commas, mostly have the day first.",
            )
        if sign == "/":
            return (
                "mdy",
                "No cell tells; dates with slashes mostly have the month first in files "
                "with decimal points.",
            )
        return "dmy", "No cell tells; most of the world puts the day first."
