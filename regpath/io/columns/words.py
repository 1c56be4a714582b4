"""Words that stand for true and false, and for the steps of well-known scales."""

from __future__ import annotations

from collections.abc import Collection

_PAIRS = """
false/true no/yes f/t n/y off/on nein/ja n/j falsch/wahr aus/ein non/oui n/o
faux/vrai no/si no/sí no/sì n/s falso/verdadero falso/vero não/sim nao/sim
falso/verdadeiro nee/ja onwaar/waar nej/ja nei/ja falskt/sant usann/sann
falsk/sand ei/kyllä nie/tak fałsz/prawda ne/ano nie/áno nem/igen nu/da ne/da
όχι/ναι hayır/evet нет/да ложь/истина ні/так לא/כן لا/نعم いいえ/はい 否/是 아니요/예
"""
# False first. Two words of different pairs say neither.
PAIRS = [(false, true) for false, _, true in (pair.partition("/") for pair in _PAIRS.split())]
DIRECTIONS = (("n", "s"), ("n", "o"))  # north and south, Nord and Ost
TICKS = frozenset(("x", "✓", "✔", "☑"))

_SCALES = """
very low < low < medium < high < very high
low < moderate < high
low < middle < high
low < mid < high
l < m < h
none < low < medium < high
none < mild < moderate < severe
xs < s < m < l < xl < xxl
small < medium < large < extra large
never < rarely < sometimes < often < always
strongly disagree < disagree < neutral < agree < strongly agree
very dissatisfied < dissatisfied < neutral < satisfied < very satisfied
very poor < poor < fair < good < very good < excellent
bad < okay < good
niedrig < mittel < hoch
gering < mittel < hoch
klein < mittel < groß
nie < selten < manchmal < oft < immer
faible < moyen < élevé
bajo < medio < alto
primary < secondary < tertiary
first < second < third
"""


def false_and_true(words: Collection[str]) -> tuple[str, str] | None:
    """The words for false and for true, in lower case, if these two are such a pair.

    >>> false_and_true(["Nein", "JA"]), false_and_true(["yes", "nein"])
    (('nein', 'ja'), None)
    """
    lower = {word.lower() for word in words}
    return next((pair for pair in PAIRS if lower == set(pair)), None)


def true_beside(word: str) -> str | None:
    """The word for true that stands beside a word for false; None for any other word.

    >>> true_beside("Nein"), true_beside("yes"), true_beside("red")
    ('ja', None, None)
    """
    lower = word.lower()
    if any(lower == true for _, true in PAIRS):
        return None
    return next((true for false, true in PAIRS if lower == false), None)


def known_scale(words: Collection[str]) -> tuple[str, ...]:
    """Words in the order of a well-known scale, as they are written; () if there is none.

    >>> known_scale(["High", "low", "Medium"])
    ('low', 'Medium', 'High')
    """
    lower = {word.lower(): word for word in words}
    if len(lower) < len(words):
        return ()
    for scale in _SCALES.strip().splitlines():
        steps = scale.split(" < ")
        if set(lower) <= set(steps):
            return tuple(lower[step] for step in steps if step in lower)
    return ()
