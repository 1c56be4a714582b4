"""Which cells stand for a missing value."""

from __future__ import annotations

from string import ascii_lowercase

from regpath.io.options import ColumnOptions

_ERRORS = "#DIV/0! #N/A #NAME? #NULL! #NUM! #REF! #VALUE! #WERT! #NV"
_SURE = "NA N/A n/a NaN nan NaT <NA> \\N (null) #NA 1.#QNAN -1.#IND"
_WORDS = "None missing null NULL (blank)"
_SIGNS = "- ? . -- --- \N{EN DASH} \N{EM DASH} .. ..."
_BESIDE_NUMBERS = """
na n.a. null missing unknown unbekannt inconnu desconocido k.a. n.d. nd nr n.r. nodata tbd
undefined #n/d #error error err 0000-00-00
"""
_PHRASES = (
    *("n. a.", "k. a.", "keine angabe", "not available", "not applicable", "no data", "no answer"),
    "0000-00-00 00:00:00",
)
_OF_STATISTICS = ("._", *(f".{letter}" for letter in ascii_lowercase))  # SAS and Stata

ERRORS = tuple(_ERRORS.split())
# A person may have meant the word or the sign itself, so a note counts them.
DOUBTFUL = frozenset((*_WORDS.split(), *_SIGNS.split(), *ERRORS)) - {"#N/A"}
MISSING = DOUBTFUL | {"", "#N/A", "#N/A N/A", *_SURE.split()}
# In lower case; they stand for a missing value beside numbers and dates, else they are words.
BESIDE_NUMBERS = frozenset((*_BESIDE_NUMBERS.split(), *_PHRASES, *_OF_STATISTICS))


def usual(options: ColumnOptions) -> frozenset[str]:
    """Spellings of a missing value in one column."""
    return MISSING if options.missing is None else frozenset((*options.missing, ""))
