"""The coding of columns as fitted transformers of scikit-learn that skops trusts, and no others.

A SimpleImputer keeps a dtype, which skops does not trust, so gaps are filled by what needs none:
those of numbers by a KNNImputer that knows one row, those of words where levels are coded. What a
word counts as is asked of the encoder itself, word by word.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.decomposition import TruncatedSVD
from sklearn.frozen import FrozenEstimator
from sklearn.impute import KNNImputer, MissingIndicator
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, PolynomialFeatures

from regpath.core.problems.encoder import OTHER, Encoder
from regpath.errors import ParameterError

MOST_WORDS = 2_000  # of a column: what each counts as is a dense matrix, 32 MB
GAPS = (None, np.nan)
Part = tuple[str, object, list[str]]


def fitted_columns(encoder: Encoder) -> ColumnTransformer:
    """The step of a pipeline that makes the features of columns that are no products.

    Parameters
    ----------
    encoder : Encoder
        What the rows of the fit taught.

    Returns
    -------
    ColumnTransformer
        Fitted; it takes a frame with these columns, in any order, and gives the features in the
        order of `encoder.base_features`. Its parts are frozen, so that `fit` leaves them alone.

    Raises
    ------
    ParameterError
        If a column has more words than a matrix should hold.
    """
    words = {column: _words_of(encoder, column) for column in encoder.levels}
    coded = _encoded(encoder, words)
    steps: list[Part] = []
    for places, columns in _runs(encoder):
        where = "-".join(str(place + 1) for place in dict.fromkeys((places[0], places[-1])))
        name = f"column{'s' if len(columns) > 1 else ''} {where}"
        if encoder.kinds[columns[0]] == "numeric":
            part: object = _numbers(encoder, columns)
        else:
            part = _levels(columns[0], words[columns[0]], coded[columns[0]])
        steps.append((name, FrozenEstimator(part), columns))
    if encoder.coding.missing == "drop":
        steps += _guards(encoder)
    one_row = {column: [encoder.fills[column]] for column in encoder.kinds}
    return ColumnTransformer(steps, sparse_threshold=0.0).fit(pd.DataFrame(one_row))


def fitted_products(encoder: Encoder) -> ColumnTransformer | None:
    """The step that multiplies features, each product by itself; None where there are none."""
    factors = encoder.product_factors
    if not factors:
        return None
    n_base = len(encoder.base_features)
    steps: list[tuple[str, object, list[int]]] = [("features", "passthrough", [*range(n_base)])]
    for number, each in enumerate(factors, start=1):
        many = len(each)  # a feature that stands there twice is squared
        product = PolynomialFeatures((many, many), interaction_only=True, include_bias=False)
        steps.append((f"product {number}", product, list(each)))
    return ColumnTransformer(steps, sparse_threshold=0.0).fit(np.zeros((2, n_base)))


def _runs(encoder: Encoder) -> list[tuple[list[int], list[str]]]:
    """Columns that one transformer serves: neighbours that are numbers, or a column of words."""

    def alike(item: tuple[int, str]) -> int:
        place, column = item
        plain = encoder.kinds[column] == "numeric" and column not in encoder.gaps
        return -1 if plain else place

    runs = [list(run) for _, run in groupby(enumerate(encoder.kinds), alike)]
    return [([place for place, _ in run], [column for _, column in run]) for run in runs]


def _words_of(encoder: Encoder, column: str) -> list[str]:
    """Every word that is known of a column, as a file has it."""
    groups = [group for group in encoder.coding.level_groups if group[0] == column]
    pooled = encoder.pooled.get(column, ())
    known = {*encoder.levels[column], *pooled, *([OTHER] if pooled else ())}
    known |= {word for _, new, old in groups for word in (new, *old)}
    if len(known) > MOST_WORDS:
        raise ParameterError(
            f"The column {column!r} has {len(known):,} levels, and a pipeline holds up to "
            f"{MOST_WORDS:,} of a column.",
            "Pool rare ones (min_level_count), or take the model file, the scikit-learn script "
            "or SQL.",
        )
    return sorted(known)


def _encoded(encoder: Encoder, words: dict[str, list[str]]) -> dict[str, np.ndarray]:
    """Features of each column of words: a row for each word, each kind of gap, and a new word."""
    rows = {column: [*known, *GAPS, _new_word(known)] for column, known in words.items()}
    n_rows = max(map(len, rows.values()), default=0)
    if not n_rows:
        return {}
    frame = pd.DataFrame(
        {
            column: pd.Series(rows[column] + [None] * (n_rows - len(rows[column])), dtype=object)
            if column in rows
            else np.full(n_rows, np.nan)
            for column in encoder.kinds
        }
    )
    X = encoder.encode(frame)
    places: dict[str, list[int]] = {}
    for j, feature in enumerate(encoder.base_features):
        places.setdefault(feature.column, []).append(j)
    return {column: X[: len(rows[column]), places.get(column, [])] for column in rows}


def _new_word(known: Sequence[str]) -> str:
    word = "new"
    while word in known:
        word += "'"
    return word


def _numbers(encoder: Encoder, columns: list[str]) -> KNNImputer:
    """Fill gaps: the only neighbour is a row of what stands for them."""
    fills = [[float(encoder.fills[column]) for column in columns]]
    has_feature = columns[0] in encoder.gaps
    rows = [*fills, [np.nan]] if has_feature else fills
    known, refuses = pd.DataFrame(rows, columns=columns), encoder.coding.missing == "drop"
    imputer = KNNImputer(n_neighbors=1, add_indicator=has_feature or refuses).fit(known)
    if refuses:  # an indicator of no gap, which makes no feature
        imputer.indicator_.error_on_new = True
    return imputer


def _levels(column: str, known: list[str], coded: np.ndarray) -> Pipeline:
    """Tell words apart, then write each, and a gap, as what it counts as.

    A word that is not known counts as "infrequent" ones do, with a warning, else as zeros.
    """
    words = pd.DataFrame({column: pd.Series([*known, *GAPS], dtype=object)})
    of_new = coded[-1]
    as_new = (coded[:-1] == of_new).all(axis=1) & of_new.any()
    coder = OneHotEncoder(
        handle_unknown="warn", min_frequency=2 if as_new.any() else None, sparse_output=False
    )
    coder.fit(words.iloc[np.repeat(np.arange(len(words)), np.where(as_new, 1, 2))])
    told = coder.transform(words)
    meaning = TruncatedSVD(n_components=coded.shape[1])  # a product with a matrix
    meaning.components_ = coded[told.argmax(axis=0)].T
    meaning.n_features_in_ = told.shape[1]
    return Pipeline([("words", coder), ("levels", meaning)])


def _guards(encoder: Encoder) -> list[Part]:
    """Parts without features that refuse rows with a gap in words."""
    words = list(encoder.levels)
    if not words:
        return []
    filled = pd.DataFrame({column: [encoder.fills[column]] for column in words}, dtype=object)
    return [
        (
            f"no {sign} in words",
            FrozenEstimator(MissingIndicator(missing_values=sign).fit(filled)),
            words,
        )
        for sign in (np.nan, None)
    ]
