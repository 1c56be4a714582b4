"""Which cells stand for a missing value."""

from __future__ import annotations

from string import ascii_lowercase

from regpath.io.options import ColumnOptions

_ERRORS = "#DIV/0! #N/A #NAME? #NULL! #NUM! #REF! #VALUE! #WERT! #NV"
_SURE = "NA N/A n/a NaN nan NaT <NA> \\N (null) #NA 1.#QNAN -1.#IND"
_WORDS = "None missing null NULL (blank)"
_DASHES = "- -- --- \u2010 \u2011 \u2012 \u2013 \u2014 \u2015 \u2212 \uff0d"
_DOTS = "? . .. ..."
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
DASHES = frozenset(_DASHES.split())  # among numbers they may mean 0
DOUBTFUL = frozenset((*_WORDS.split(), *DASHES, *_DOTS.split(), *ERRORS)) - {"#N/A"}
MISSING = DOUBTFUL | {"", "#N/A", "#N/A N/A", *_SURE.split()}
# In lower case; they stand for a missing value beside numbers and dates, else they are words.
BESIDE_NUMBERS = frozenset((*_BESIDE_NUMBERS.split(), *_PHRASES, *_OF_STATISTICS))

# Words for nothing among numbers, in lower case; beside them 0 is offered.
_NOTHING_WORDS = """
none nil zero no nothing nought keine keiner keines kein nichts ohne null aucun aucune rien sans
zéro ninguno ninguna nada cero nenhum nenhuma nessuno nessuna niente nulla geen niets nul ingen inga
inget intet ei brak zero žádný žádné nula yok нет ноль なし 無 无 無し 零 없음
"""
NOTHING = frozenset(_NOTHING_WORDS.split())


def usual(options: ColumnOptions) -> frozenset[str]:
    """Spellings of a missing value in one column."""
    return MISSING if options.missing is None else frozenset((*options.missing, ""))
