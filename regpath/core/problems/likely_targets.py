"""Which columns a person may want to predict: by their names, places and values.

A guess that is offered, never taken: whoever asks for a path names the target.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from regpath.core.families import family_of
from regpath.core.problems.response import code_response, guess_family, label_of, words_back
from regpath.errors import DataError, RegpathError
from regpath.io.table import Table

LOOKED_AT = 60  # columns whose values are looked at, the likely ones first
N_BINS = 12  # of a histogram
MOST_CLASSES = 4  # whose shares are told; the others count together
YEARS = (1500, 2100)  # whole numbers in between, more than two of them, say when, not what
OTHERS = "others"

# What targets are called: the role itself, and what people predict; as `_folded` leaves them.
ROLES = """
target label labels class classes y outcome response dependent targetvariable
ziel zielvariable zielgrosse zielgroesse klasse cible classe etiquette objetivo clase etiqueta alvo
rotulo bersaglio obiettivo etichetta doel uitkomst cel klasa klass utfall цель метка класс
目标 标签 类别 目的変数 ラベル クラス 目標
"""
SUBJECTS = """
survived survival survive churn churned attrition default defaulted fraud spam diagnosis disease ill
sick relapse recurrence recurred died death dead mortality deceased readmitted conversion converted
clicked purchased bought subscribed approved accepted admitted exited result winner price cost costs
charges salary wage income revenue sales turnover score grade rating quality yield progression
species demand risk severity medv mpg consumption loanstatus rent rents visits visitors count cnt
claims accidents admissions crimes sold
uberlebt ueberlebt preis kosten gehalt einkommen umsatz ergebnis krank ruckfall rueckfall diagnose
verstorben gekundigt gekuendigt art miete kaltmiete warmmiete anzahl besuche besucher verbrauch
schaden schaeden unfalle unfaelle
survecu survie prix cout salaire revenu resultat malade maladie diagnostic deces loyer visites
sobrevivio precio costo coste salario resultado enfermedad diagnostico abandono ingresos
alquiler visitas aluguel affitto visite huur bezoeken czynsz
sobreviveu preco custo doenca receita sopravvissuto prezzo stipendio risultato malattia diagnosi
prijs overleefd resultaat ziekte salaris cena wynik przezyl choroba diagnoza
цена диагноз результат зарплата выжил доход аренда 价格 结果 诊断 收入 存活 租金 価格 結果 診断 生存
家賃
"""


@dataclass(frozen=True)
class LikelyTarget:
    """A column that can be predicted, and what its values are like.

    Attributes
    ----------
    name : str
    family : str
        What the values suggest.
    is_known : bool
        Whether its name says that it is what is predicted.
    n_missing : int
    counts : tuple of (str, int)
        Classes with their rows, the commonest first, the rare ones together as `OTHERS`; of
        amounts nothing.
    histogram : tuple of int
        Rows by equal parts of the range; of classes nothing.
    range : tuple of float or None
        The least and the largest amount.
    """

    name: str
    family: str
    is_known: bool
    n_missing: int
    counts: tuple[tuple[str, int], ...] = ()
    histogram: tuple[int, ...] = ()
    range: tuple[float, float] | None = None


def likely_targets(table: Table | pd.DataFrame, *, most: int = 6) -> tuple[LikelyTarget, ...]:
    """Columns that a person may want to predict, the likeliest first.

    Names that say so come first, then the last column and the first, where files often have it,
    then columns of two values, of several, and amounts; years come last. What cannot be predicted
    (constant columns, dates, words that are nearly all different) and what only numbers the rows is
    left out. Of wide tables the first and last columns are looked at, and those with such names.

    Parameters
    ----------
    table : Table or DataFrame
        Classes of a table are called by the words of its file.
    most : int, default=6

    Examples
    --------
    >>> frame = pd.DataFrame({"age": [30, 41, 52, 67], "Survived": [1, 0, 1, 0], "fare": [7] * 4})
    >>> [column.name for column in likely_targets(frame, most=1)]
    ['Survived']
    """
    frame = table.frame if isinstance(table, Table) else table
    names = list(frame.columns)
    ranked = sorted((_rank(n, name, len(names)), n) for n, name in enumerate(names))
    columns = [(rank, frame[names[n]]) for rank, n in ranked[:LOOKED_AT]]
    fit = [(rank, words_back(table, values)) for rank, values in columns if unfit(values) is None]
    found = []
    for (telling, place, n), values in fit:
        column = _described(values)
        found.append(((telling, _are_years(values), place, _simplicity(column), n), column))
    found.sort(key=lambda item: item[0])
    return tuple(column for _, column in found[:most])


def _are_years(values: pd.Series) -> bool:
    here = values.dropna()
    if not pd.api.types.is_numeric_dtype(here) or here.nunique() <= 2:
        return False
    numbers = here.to_numpy(float)
    first, last = YEARS
    return bool(np.all((numbers >= first) & (numbers <= last) & (numbers == np.round(numbers))))


def _simplicity(column: LikelyTarget) -> int:
    """Two classes, several, then amounts."""
    return 2 if column.range is not None else int(len(column.counts) != 2)


def unfit(values: pd.Series) -> RegpathError | None:
    """Why a column is not offered as a target; None where it is."""
    here, name = values.dropna(), str(values.name)
    try:
        response = code_response(here)
    except RegpathError as error:
        return error
    if len(response.classes) > max(2, len(here) / 3):
        return DataError(f"Column {name!r} is different in most rows.", "Choose another.")
    if _numbers_rows(here):
        return DataError(f"Column {name!r} numbers the rows.", "Choose another.")
    return None


def _numbers_rows(values: pd.Series) -> bool:
    if len(values) < 3 or not pd.api.types.is_integer_dtype(values):
        return False
    return bool(np.all(np.diff(values.to_numpy()) == 1))


def _rank(n: int, name: str, count: int) -> tuple[int, int, int]:
    place = 0 if n == count - 1 else 1 if n == 0 else 2
    return -_telling(str(name)), place, min(n, count - 1 - n)


def _telling(name: str) -> int:
    """How plainly a name says that its column is predicted: 0 not at all."""
    words = [_folded(word) for word in _words(name)]
    whole = "".join(words)
    if whole in _known(ROLES):
        return 4
    if whole in _known(SUBJECTS):
        return 3
    if words and words[-1] in _known(ROLES) | _known(SUBJECTS):
        return 2
    return int(any(word in _known(SUBJECTS) for word in words))


def _words(name: str) -> Iterable[str]:
    """The words of a name, SalePrice and sale_price alike."""
    return re.findall(r"[^\W\d_]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name))


def _folded(word: str) -> str:
    apart = unicodedata.normalize("NFKD", word.casefold())
    return unicodedata.normalize("NFC", "".join(c for c in apart if not unicodedata.combining(c)))


@cache
def _known(words: str) -> frozenset[str]:
    return frozenset(_folded(word) for word in words.split())


def _described(values: pd.Series) -> LikelyTarget:
    here = values.dropna()
    name, family = str(values.name), guess_family(here)
    known, missing = _telling(name) > 0, len(values) - len(here)
    if family_of(family).kind == "classes":
        sizes = here.value_counts()
        counts = [(str(label_of(label)), int(n)) for label, n in sizes.iloc[:MOST_CLASSES].items()]
        rest = int(sizes.iloc[MOST_CLASSES:].sum())
        others = [(OTHERS, rest)] if rest else []
        return LikelyTarget(name, family, known, missing, counts=(*counts, *others))
    numbers = here.to_numpy(float)
    histogram = tuple(int(n) for n in np.histogram(numbers, bins=N_BINS)[0])
    ends = (float(numbers.min()), float(numbers.max()))
    return LikelyTarget(name, family, known, missing, histogram=histogram, range=ends)
