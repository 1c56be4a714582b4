"""Words that usually stand for a missing value, where they may be a level like any other."""

from __future__ import annotations

import re
from dataclasses import replace

from regpath.io.columns.cells import DistinctCells
from regpath.io.columns.column_result import Draft
from regpath.io.columns.kinds import kind_of_words
from regpath.io.columns.missing import MISSING
from regpath.io.diagnosis import Question
from regpath.wording import counted, shown

_CODE = re.compile(r"[A-Z][A-Za-z]")
_COUNTRY = re.compile(r"[A-Z]{2}")
_FEW_CODES = 3  # different ones; two, such as TV and PC, are no system of codes
_NONE = ("None", "none")
# Codes of countries (ISO 3166-1), of continents and of regions of sales.
_PLACE_CODES = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS
BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE
EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM
HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC
LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA
NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO
TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW EU UK OC AN AP
"""
_PLACES = frozenset(_PLACE_CODES.split())
_WORDS = ("missing", "null", "NULL", "(blank)")  # that say something in a language, as None does


def with_doubtful_levels(draft: Draft) -> tuple[Draft, tuple[Question, ...]]:
    """A column of words in which "None", NA among codes and - beside + are levels, and asked about.

    What else may be a level is taken for missing and asked about: a word, such as "missing"; a mark
    that is as common as any level; a sign beside blanks. Nothing is asked of IDs and free texts,
    which are no levels, nor where a person said what is missing.
    """
    cells = draft.cells
    if not cells.missing or draft.choices.missing is not None or not len(cells.texts):
        return draft, ()
    if kind_of_words(cells)[0] != "category":
        return draft, ()
    doubts = {word: why for word in cells.missing if (why := _why_level(word, cells))}
    if not doubts:
        return draft, ()
    levels = frozenset(word for word in doubts if _is_taken(word, cells))
    if levels:
        missing = draft.spells_missing - levels
        kept = DistinctCells.of(draft.name, draft.column, draft.rows, missing)
        draft = replace(draft, distinct=kept)
    return draft, tuple(
        _question(draft, word, cells.missing[word], why, word in levels)
        for word, why in doubts.items()
    )


def _why_level(word: str, cells: DistinctCells) -> str:
    """Why a mark may be a level of the column; "" if it may not."""
    texts = cells.texts.to_pylist()
    if word in (*_NONE, *_WORDS):
        return f"All other cells are words, and {word.strip('()')} is one."
    if word == "-" and "+" in texts:
        return "Other cells are '+'."
    others = [other for other in cells.missing if other != word]
    also = f" {shown(others[0] or 'a blank')} stands for missing values, too." if others else ""
    if word == "NA" and _are_codes(texts):
        return f"All others are codes of two letters, such as {shown(texts[0])}.{also}"
    if word and cells.missing[word] > cells.counts.max():
        return f"It is the most common of all.{also}"
    if word and "" in others and not any(map(str.isalnum, word)):
        return "A blank stands for missing values, too."
    return ""


def _are_codes(texts: list[str]) -> bool:
    """Tell codes of two letters; one or two only if they are known ones of places."""
    if len(texts) < _FEW_CODES:
        return set(texts) <= _PLACES
    return all(map(_CODE.fullmatch, texts))


def _is_taken(word: str, cells: DistinctCells) -> bool:
    """Tell whether a mark is taken for a level; NA among codes such as Gd only beside blanks."""
    texts = cells.texts.to_pylist()
    if word in _NONE or (word == "-" and "+" in texts):
        return True
    if word != "NA" or not _are_codes(texts):
        return False
    many = len(texts) >= _FEW_CODES and all(map(_COUNTRY.fullmatch, texts))
    return many or len(cells.missing) > 1


def _question(draft: Draft, word: str, n_cells: int, why: str, is_level: bool) -> Question:
    taken = "it is read as a level" if is_level else "they are read as missing"
    taken = taken if n_cells == 1 or not is_level else "they are read as a level"
    taken = "it is read as missing" if n_cells == 1 and not is_level else taken
    usually = sorted(MISSING | set(draft.cells.missing))
    ways = [
        ("a level", {"missing": tuple(mark for mark in usually if mark != word)}),
        ("missing", {"missing": tuple(sorted({*usually, word}))}),
    ]
    return draft.question(
        f"level:{word}",
        f"Column {draft.name!r} holds {shown(word)} in {counted(n_cells, 'cell')} among words: "
        f"{taken}.",
        why,
        *(ways if is_level else ways[::-1]),
    )
