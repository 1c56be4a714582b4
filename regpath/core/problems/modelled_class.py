"""Which of two classes a model gives the probability of, where nobody says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from regpath.io.columns.words import false_and_true

# One kind of question a line: without | with what is asked for. What is asked either way, such as
# whether somebody survived or died, whether goods are good or bad, is no pair.
_OUTCOMES = """
benign, begnin, gutartig, bénin, bénigne, benigno, benigna, godartad
... | malignant, maligne, bösartig, malin, maligno, maligna, cancer, elakartad
control, healthy, well, normal, unaffected, kontrolle, gesund, témoin, sain, sano, frisk
... | case, ill, sick, disease, diseased, patient, abnormal, affected, cancer, tumor, tumour, fall,
... krank, erkrankt, cas, malade, caso, enfermo, malato, sjuk, syk, chory, zieke
alive, living, lebend, lebendig, vivant, vivo, levande | dead, deceased, died, tot, gestorben,
... verstorben, mort, décédé, muerto, morto, fallecido, död
negative, neg, neg., negativ, négatif, negativo, negatief, absent, - | positive, pos, pos., positiv,
... positif, positivo, positief, present, detected, +
ham, legitimate, legit, genuine, normal | spam, fraud, fraudulent, phishing, anomaly, attack
stayed, stay, retained, existing, active | churn, churned, left, attrited, cancelled, canceled
rejected, refused, denied, declined | accepted, admitted, approved, granted
lost, lose, loss, loser | won, win, winner
left, abandoned, browsed | bought, purchased, ordered, converted, clicked, subscribed
placebo, control, untreated | treatment, treated, verum
ok, okay, io, normal, fine, intact, running, pass | nok, ng, nio, not ok
ok, okay, io, normal, fine, intact, running | fail, failed
on time, in time, punctual, pünktlich | late, too late, overdue, verspätet
paid, fully paid, repaid, current, performing, solvent | unpaid, overdue, late
censored, stable | uncensored, progressive
"""
# What is asked for whatever stands beside it, unless that is one of these, too, or is hoped for.
_EVENTS = """
relapse, recurrence, recurrent, recur, recurred, rezidiv, rückfall, rechute, récidive, recaída,
recidiva, ricaduta, återfall, nawrót, progression, progress, progressive disease, metastasis,
metastases, metastatic, metastasen, death, dead, die, deceased, tod, tot, verstorben, gestorben,
décès, décédé, muerte, fallecido, morte, deceduto, event, complication, komplikation, readmission,
readmitted, infection, infect, sepsis, stroke, infarction, toxicity, rejection, bleeding, preterm,
default, delinquent, delinquency, charge off, charged off, write off, written off, bankrupt,
bankruptcy, insolvent, insolvency, arrears, ausfall, ausgefallen, impago, défaut, fraud,
fraudulent, betrug, fraude, frode, scam, spam, phishing, suspicious, anomaly, anomalous, attack,
intrusion, malware, malicious, bot, churn, churner, attrite, attrition, cancel, cancelled, quit,
resign, unsubscribe, gekündigt, kündigung, résilié, failure, fault, faulty, defect, defective,
breakdown, broken, scrap, outage, leak, crack, damage, defekt, fehler, fehlerhaft, ausschuss,
panne, fallo, guasto, difettoso, error, crash, accident, claim, delay
"""
_HOPED_FOR = """
success, succeed, successful, erfolg, pass, passed, bestanden, survive, survival, survivor,
überlebt, win, winner, won, correct
"""
_NO = (
    r"(?:not?|non|without|never|nicht|kein|keine|ohne|nie|sans|pas|pas de|jamais|sin|senza|geen"
    r"|ikke|inte|ej|не|без)"
)
_DENIED = re.compile(
    rf"(?:(?:has|have|had|did|does|do|was|is|were|are|hat|war|ist|wurde) )?{_NO}(?: |$)"
    rf"|{_NO}(?=\w)|(?:un|in|im|dis) ?"
)
_FREE = re.compile(r" ?(?:free|frei|los)$")
_NOTHING = {
    *("no", "not", "none", "never", "nothing", "nil", "kein", "keine", "keiner", "nichts"),
    *("non", "aucun", "aucune", "ninguno", "ninguna", "nessuno", "nessuna", "geen", "ingen", "нет"),
}
_ENDING = re.compile(r"(?<=\w\w)(?:e|es|s|d|ed|ing)$")  # relapse, relapses, relapsed
_OF_WHAT = re.compile(r" (?:of|from|by|in|within|at|on|after|before|during|due|with)\b")
_LESS = re.compile(r"(<=?|≤|below|under|unter|less than|at most) ?")
_MORE = re.compile(r"(>=?|≥|above|over|über|more than|at least) ?")
_BETWEEN_WORDS = re.compile(r"(?<=\w)[\s_-]+(?=\w)")


def sorted_labels(labels: Iterable[Any]) -> list[Any]:
    """Labels in the order in which pandas sorts them: numbers before words."""
    return sorted(labels, key=lambda label: (isinstance(label, str), label))


def usual_order(labels: Sequence[Any]) -> tuple[Any, ...]:
    """Put what a question is about second, of two classes that are known as such a pair.

    Parameters
    ----------
    labels : sequence
        Of all classes, in sorted order.

    Returns
    -------
    tuple
        The same in the order to use: binomial models the second.

    Examples
    --------
    >>> usual_order(["ja", "nein"]), usual_order(["case", "control"])
    (('nein', 'ja'), ('control', 'case'))
    >>> usual_order(["diabetes", "no diabetes"]), usual_order(["cat", "dog"])
    (('no diabetes', 'diabetes'), ('cat', 'dog'))
    """
    if len(labels) != 2 or not all(isinstance(label, str) for label in labels):
        return tuple(labels)
    first, second = (_plain(label) for label in labels)
    turned = _speaks_for(first, second) and not _speaks_for(second, first)
    return (labels[1], labels[0]) if turned else tuple(labels)


def _speaks_for(asked: str, other: str) -> bool:
    """Tell whether a label is what a question is about, beside another."""
    if false_and_true((asked, other)) == (other, asked):
        return True
    if _denies(other, asked):
        return True
    more, less = _MORE.match(asked), _LESS.match(other)
    if more and less:
        return asked[more.end() :].strip(" .") == other[less.end() :].strip(" .")
    words = _apart(other, asked)
    if any(words[0] in without and words[1] in of for without, of in _PAIRS):
        return True
    return _is_event(asked) and not _is_event(other) and _stem(other) not in _HOPES


def _denies(other: str, asked: str) -> bool:
    """Tell whether a label says that what the other one says is not so."""
    denied = _DENIED.match(other)
    if denied and _stem(other[denied.end() :]) == _stem(asked):
        return True
    free = _FREE.search(other)
    if free and _stem(other[: free.start()]) == _stem(asked):
        return True
    less, more = _apart(other, asked)
    return less in _NOTHING and more not in _NOTHING and len(more) > 2  # NO and DK are countries


def _is_event(label: str) -> bool:
    """Tell whether a label is one of the events, or a kind of one such as "local recurrence"."""
    words = _OF_WHAT.split(label)[0].split(" ")
    if any(re.fullmatch(_NO, word) for word in words):
        return False
    return _stem(label) in _HAPPENINGS or _stem(words[-1]) in _HAPPENINGS


def _stem(label: str) -> str:
    return _ENDING.sub("", label)


def _plain(label: str) -> str:
    """A label without what is only a way of writing."""
    return _BETWEEN_WORDS.sub(" ", label.strip().casefold())


def _apart(*labels: str) -> tuple[str, ...]:
    """Labels without the words that both begin or end with, such as "tested"."""
    words = [label.split(" ") for label in labels]
    for end in (0, -1):
        while min(map(len, words)) > 1 and words[0][end] == words[1][end]:
            for each in words:
                del each[end]
    return tuple(" ".join(each) for each in words)


def _pairs() -> list[tuple[frozenset[str], frozenset[str]]]:
    lines = _OUTCOMES.replace("\n...", "").strip().splitlines()
    sides = [[side.split(",") for side in line.split("|")] for line in lines]
    return [
        (frozenset(map(str.strip, without)), frozenset(map(str.strip, of))) for without, of in sides
    ]


_PAIRS = _pairs()
_HAPPENINGS, _HOPES = (
    frozenset(_stem(word.strip()) for word in words.replace("\n", " ").split(","))
    for words in (_EVENTS, _HOPED_FOR)
)
