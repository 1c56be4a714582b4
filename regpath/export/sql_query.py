"""A model as one SQL query: any database can score its own rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from regpath.core.problems.encoder import OTHER, Encoder, Feature
from regpath.core.regpath import RegPath
from regpath.errors import ParameterError
from regpath.export.model_file import model
from regpath.model import Model
from regpath.study import Study

FARTHEST = 700.0  # exp of more overflows in databases that raise instead of giving infinity
TEMPLATE = """\
-- Predictions of {target} by regpath: {family}, lambda = {lam!r}, {kept} features.
-- The table needs the columns {columns},
-- as regpath reads them: numbers as numbers, words as words, gaps as NULL.
WITH linear AS (
  SELECT
    rows_to_score.*,
    {linear}
  FROM {table} AS rows_to_score
)
SELECT
  linear.*,
  {outcome}
FROM linear
"""


def sql(
    of: Study | RegPath | Model,
    lam: float | None = None,
    file: str | Path | None = None,
    *,
    table: str = "data",
    threshold: float | None = None,
) -> str:
    """Write a query that predicts every row of a table.

    Parameters
    ----------
    of : Study, RegPath or Model
        What predicts.
    lam : float, default=None
        A point of the grid; a Model has but one.
    file : str or Path, default=None
        Where to write it. None writes nothing.
    table : str, default="data"
        Name of the table, without quotes.
    threshold : float, default=None
        Of two classes: from which probability on the second is predicted.

    Returns
    -------
    str
        Standard SQL (SQLite, PostgreSQL, DuckDB and others with EXP): the columns of the table,
        `linear predictor`, `probability of CLASS` for each class, and `prediction`.

    Raises
    ------
    ParameterError
        If `lam` is not on the grid, the family has no query, or a name holds a sign that SQL
        cannot quote.

    Notes
    -----
    Gaps are filled, levels merged and coded, and products formed as `RegPath.predict` does it.
    Sums are nested in pairs, so that thousands of terms stay within the depth that SQLite allows.
    Whether text is compared with regard to case is the database's affair: regpath does regard it.

    Examples
    --------
    >>> import regpath
    >>> study = regpath.run_study(
    ...     regpath.datasets.load("iris"), regpath.Recipe("species", n_lambdas=20)
    ... )
    >>> query = regpath.export.sql(study, study.path.lambdas[9], table="flowers")
    >>> query.splitlines()[-1], query.count("probability of")
    ('FROM linear', 3)
    """
    made = model(of, lam, threshold=threshold)
    path = made.path
    if not path.loss.query:
        raise ParameterError(
            f"No query is written for the {path.family} family.", "Save the model instead."
        )
    coefs = path.coef_path[..., 0].reshape(-1, len(path.feature_names))
    constants = path.intercept_path[..., 0].reshape(-1) + coefs @ path.x_mean
    features = _features(made)
    linear = [
        f"{_sum(_terms(path, row, constant, features))} AS {_name(_eta(k, len(coefs)))}"
        for k, (row, constant) in enumerate(zip(coefs, constants, strict=True))
    ]
    source = TEMPLATE.format(
        target=_comment(path.target),
        family=path.family,
        lam=made.lam,
        kept=int(path.n_nonzero[0]),
        columns=", ".join(_comment(name) for name in made.needs),
        linear=",\n    ".join(linear),
        table=_name(table),
        outcome=",\n  ".join(OUTCOMES[path.loss.query](made)),
    )
    if file is not None:
        Path(file).write_text(source, encoding="utf-8", newline="\n")
    return source


def _eta(k: int, n_outputs: int) -> str:
    return "linear predictor" if n_outputs == 1 else f"linear predictor {k + 1}"


def _features(made: Model) -> list[str]:
    """An expression for each feature."""
    encoder = made.path.encoder
    if encoder is None:
        return [_number(name) for name in made.path.feature_names]
    booleans = {name for name, how in made.reading.items() if how.kind == "boolean"}
    base = [_base(feature, encoder, booleans) for feature in encoder.base_features]
    products = [" * ".join(base[j] for j in factors) for factors in encoder.product_factors]
    return base + products


def _base(feature: Feature, encoder: Encoder, booleans: set[str]) -> str:
    column = feature.column
    if feature.is_gap:
        return f"CASE WHEN {_name(column)} IS NULL THEN 1.0 ELSE 0.0 END"
    fill = encoder.fills[column]
    if feature.level is None:
        number = _number(column, is_boolean=column in booleans)
        return number if fill is None else f"COALESCE({number}, {_literal(float(fill))})"
    word = _merged(column, encoder)
    if fill is not None:
        word = f"COALESCE({word}, {_literal(fill)})"
    levels = encoder.levels[column]
    if column in encoder.pooled and feature.level == OTHER:
        known = ", ".join(_literal(level) for level in levels if level != OTHER)
        return f"CASE WHEN {word} IN ({known}) THEN 0.0 ELSE 1.0 END" if known else "1.0"
    return f"CASE WHEN {word} = {_literal(feature.level)} THEN 1.0 ELSE 0.0 END"


def _number(column: str, *, is_boolean: bool = False) -> str:
    if is_boolean:  # not every database casts truth to a number
        return f"CASE WHEN {_name(column)} THEN 1.0 WHEN NOT {_name(column)} THEN 0.0 END"
    return f"CAST({_name(column)} AS DOUBLE PRECISION)"


def _merged(column: str, encoder: Encoder) -> str:
    """A column of words with its grouped levels put together."""
    groups = [(new, old) for name, new, old in encoder.coding.level_groups if name == column]
    whens = "".join(
        f" WHEN {_literal(level)} THEN {_literal(new)}"
        for new, levels in groups
        for level in levels
    )
    return f"CASE {_name(column)}{whens} ELSE {_name(column)} END" if whens else _name(column)


def _terms(path: RegPath, row: np.ndarray, constant: float, features: list[str]) -> list[str]:
    """The constant, and each coefficient times its feature's distance from the mean."""
    return [_literal(float(constant))] + [
        f"{_literal(float(row[j]))} * ({features[j]} - {_literal(float(path.x_mean[j]))})"
        for j in np.flatnonzero(row)
    ]


def _sum(terms: Sequence[str]) -> str:
    """A sum nested in halves."""
    if len(terms) == 1:
        return terms[0]
    half = len(terms) // 2
    return f"({_sum(terms[:half])} + {_sum(terms[half:])})"


def _identity(made: Model) -> list[str]:
    return [f"{_name(_eta(0, 1))} AS {_name('prediction')}"]


def _exponential(made: Model) -> list[str]:
    mean = f"EXP({_bounded(_name(_eta(0, 1)))})"
    if made.path.exposure_name:  # the linear predictor is that of one unit of it
        mean = f"{_number(made.path.exposure_name)} * {mean}"
    return [f"{mean} AS {_name('prediction')}"]


def _logistic(made: Model) -> list[str]:
    eta, (first, second) = _name(_eta(0, 1)), made.path.classes
    low, high = (f"1.0 / (1.0 + EXP({_bounded(side)}))" for side in (eta, f"(-{eta})"))
    # As RegPath.predict: of equal probabilities the first class.
    sign, at = (">", 0.5) if made.threshold is None else (">=", made.threshold)
    return [
        f"{low} AS {_name(f'probability of {first}')}",
        f"{high} AS {_name(f'probability of {second}')}",
        f"CASE WHEN {high} {sign} {at!r} THEN {_literal(second)} ELSE {_literal(first)} END "
        f"AS {_name('prediction')}",
    ]


def _softmax(made: Model) -> list[str]:
    classes = made.path.classes
    etas = [_name(_eta(k, len(classes))) for k in range(len(classes))]
    shares = []
    for eta in etas:
        others = [f"EXP({_bounded(f'({other} - {eta})')})" for other in etas if other != eta]
        shares.append(f"1.0 / {_sum(['1.0', *others])}")
    lines = [
        f"{share} AS {_name(f'probability of {label}')}"
        for share, label in zip(shares, classes, strict=True)
    ]
    wins = "".join(
        f" WHEN {' AND '.join(f'{eta} >= {other}' for other in etas if other != eta)} "
        f"THEN {_literal(label)}"
        for eta, label in zip(etas, classes, strict=True)
    )
    return [*lines, f"CASE{wins} END AS {_name('prediction')}"]


# By the `query` of a family: from linear predictors to what is told.
OUTCOMES: dict[str, Callable[[Model], list[str]]] = {
    "identity": _identity,
    "exponential": _exponential,
    "logistic": _logistic,
    "softmax": _softmax,
}


def _bounded(value: str) -> str:
    far = FARTHEST
    return (
        f"CASE WHEN {value} > {far} THEN {far} WHEN {value} < -{far} THEN -{far} ELSE {value} END"
    )


def _name(name: str) -> str:
    """A quoted name."""
    return '"' + _quotable(name).replace('"', '""') + '"'


def _literal(value: Any) -> str:
    """A quoted text, or a number in brackets if it is negative."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return repr(value) if value >= 0 else f"({value!r})"
    return "'" + _quotable(str(value)).replace("'", "''") + "'"


def _quotable(text: str) -> str:
    if "\0" in text:
        raise ParameterError(
            f"SQL cannot quote the name {text!r}, which holds a sign of code zero.",
            "Rename it in the data.",
        )
    return text


def _comment(text: str) -> str:
    """Text that cannot end the line of a comment."""
    return re.sub(r"[^\w .()+=%°/-]", "_", text)
