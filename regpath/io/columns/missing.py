"""Which cells stand for a missing value."""

from __future__ import annotations

from string import ascii_lowercase

from regpath.io.options import ColumnOptions

ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#WERT!", "#NV")
MISSING = frozenset(
    (
        "", "NA", "N/A", "n/a", "NaN", "nan", "NaT", "<NA>", "null", "NULL", "None", "missing",
        "-", "?", ".", "--", "---", "\N{EN DASH}", "\N{EM DASH}", "..", "...", "\\N", "(null)",
        "(blank)", "#NA", "#N/A N/A", "1.#QNAN", "-1.#IND", *ERRORS,
    )
)  # fmt: skip

# A person may have meant the word or the sign itself, so a note counts them.
DOUBTFUL = frozenset(
    (
        "None", "missing", "null", "NULL", "-", "?", ".", "--", "---", "\N{EN DASH}",
        "\N{EM DASH}", "..", "...", "(blank)", *ERRORS,
    )
) - {"#N/A"}  # fmt: skip

# In lower case; they stand for a missing value beside numbers and dates, else they are words.
BESIDE_NUMBERS = frozenset(
    (
        "na", "n.a.", "n. a.", "null", "missing", "unknown", "unbekannt", "inconnu", "desconocido",
        "k.a.", "k. a.", "keine angabe", "n.d.", "nd", "nr", "n.r.", "not available",
        "not applicable", "no data", "nodata", "no answer", "tbd", "undefined", "#n/d", "#error",
        "error", "err", "0000-00-00", "0000-00-00 00:00:00",
        "._", *(f".{letter}" for letter in ascii_lowercase),  # of SAS and Stata
    )
)  # fmt: skip


def usual(options: ColumnOptions) -> frozenset[str]:
    """Spellings of a missing value in one column."""
    return MISSING if options.missing is None else frozenset((*options.missing, ""))
