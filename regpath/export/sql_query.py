"""A model as one SQL query: any database can score its own rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from hashlib import blake2b
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
# SQLite keeps text in a column of numbers, sorts it above them all and casts it to 0. A cast on the
# other side makes it compare "12.5" as a number and leaves every other text what it is.
LARGEST = "CAST(1e308 AS DOUBLE PRECISION)"
TRUTH = {"1.0": "TRUE, 'True', 'true', 'TRUE'", "0.0": "FALSE, 'False', 'false', 'FALSE'"}
ROWS, LINEAR = "rows_to_score", "linear"
TEMPLATE = """\
-- Predictions of {target} by regpath: {family}, lambda = {lam!r}, {kept} features.
-- The table needs the columns {columns},
-- as regpath reads them: numbers as numbers, words as words, gaps as NULL.
WITH {linear} AS (
  SELECT
    {rows}.*,
    {sums}
  FROM {table} AS {rows}
)
SELECT
  {linear}.*,
  {outcome}
FROM {linear}
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
        the linear predictors (named with a mark of the model, as `linear predictor (5f3a1c)`),
        `probability of CLASS` for each class, and `prediction`.

    Raises
    ------
    ParameterError
        If `lam` is not on the grid, the family has no query, or a name holds a sign that SQL
        cannot quote.

    Notes
    -----
    Gaps are filled, levels merged and coded, and products formed as `RegPath.predict` does it.
    A row that cannot be scored (text or infinity where a number belongs, a gap where rows with gaps
    had no part in the fit, an exposure that is none) has NULL for its probabilities and prediction.
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
    sums = [
        _nested("+", _terms(path, row, constant, features))
        for row, constant in zip(coefs, constants, strict=True)
    ]
    sums[0] = f"CASE WHEN {_can_be_scored(made)} THEN {sums[0]} END"
    etas = _names_of_sums(sums)
    source = TEMPLATE.format(
        target=_comment(path.target),
        family=path.family,
        lam=made.lam,
        kept=int(path.n_nonzero[0]),
        columns=", ".join(_comment(name) for name in made.needs),
        sums=",\n    ".join(f"{s} AS {_name(eta)}" for s, eta in zip(sums, etas, strict=True)),
        table=_name(table),
        outcome=",\n  ".join(OUTCOMES[path.loss.query](made, [_cell(e, LINEAR) for e in etas])),
        linear=LINEAR,
        rows=ROWS,
    )
    if file is not None:
        Path(file).write_text(source, encoding="utf-8", newline="\n")
    return source


def _names_of_sums(sums: Sequence[str]) -> list[str]:
    """A name for each linear predictor that no column of a table has by chance.

    Of two columns of one name a database takes the first without a word, and a table that another
    model has scored has columns of this kind already.
    """
    mark = blake2b("\n".join(sums).encode(), digest_size=3).hexdigest()
    numbers = [""] if len(sums) == 1 else [f" {k + 1}" for k in range(len(sums))]
    return [f"linear predictor{number} ({mark})" for number in numbers]


def _can_be_scored(made: Model) -> str:
    """What is true of the rows that `score_rows` predicts."""
    encoder, exposure = made.path.encoder, made.path.exposure_name
    fills_gaps = encoder is not None and not made.drops_gaps
    conditions = []
    for name in made.needs:
        cell, known = _cell(name), _known(made, name)
        if name == exposure:
            known = f"({cell} > CAST(0 AS DOUBLE PRECISION) AND {cell} <= {LARGEST})"
        elif not fills_gaps:
            known = known or f"{cell} IS NOT NULL"
        elif known:
            known = f"({cell} IS NULL OR {known})"
        if known:
            conditions.append(known)
    return _nested("AND", conditions) if conditions else "1 = 1"


def _known(made: Model, name: str) -> str:
    """What is true of the numbers and truths of a column; "" where any value will do.

    Databases do not compare truth with numbers, so a column is left alone that may hold either.
    """
    encoder, cell = made.path.encoder, _cell(name)
    if encoder is None or encoder.kinds.get(name, "numeric") != "numeric":
        return ""
    if name in _booleans(made):
        return f"{_truth(cell)} IS NOT NULL"
    seen = made.columns.get(name)
    if name in made.reading or (seen is not None and not set(seen.edges) <= {0.0, 1.0}):
        return f"({cell} >= -{LARGEST} AND {cell} <= {LARGEST})"
    return ""


def _booleans(made: Model) -> set[str]:
    return {name for name, how in made.reading.items() if how.kind == "boolean"}


def _features(made: Model) -> list[str]:
    """An expression for each feature."""
    encoder = made.path.encoder
    if encoder is None:
        return [_number(name) for name in made.path.feature_names]
    booleans = _booleans(made)
    base = [_base(feature, encoder, booleans) for feature in encoder.base_features]
    products = [" * ".join(base[j] for j in factors) for factors in encoder.product_factors]
    return base + products


def _base(feature: Feature, encoder: Encoder, booleans: set[str]) -> str:
    column = feature.column
    if feature.is_gap:
        return f"CASE WHEN {_cell(column)} IS NULL THEN 1.0 ELSE 0.0 END"
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


def _cell(column: str, rows: str = ROWS) -> str:
    """A column of the table, by the table: SQLite takes a quoted name alone for a text."""
    return f"{rows}.{_name(column)}"


def _number(column: str, *, is_boolean: bool = False, rows: str = ROWS) -> str:
    cell = _cell(column, rows)
    return _truth(cell) if is_boolean else f"CAST({cell} AS DOUBLE PRECISION)"


def _truth(cell: str) -> str:
    """Truth as a number, which not every database casts it to; SQLite may hold it as a text."""
    whens = "".join(f" WHEN {cell} IN ({words}) THEN {number}" for number, words in TRUTH.items())
    return f"CASE{whens} END"


def _merged(column: str, encoder: Encoder) -> str:
    """A column of words with its grouped levels put together."""
    groups = [(new, old) for name, new, old in encoder.coding.level_groups if name == column]
    whens = "".join(
        f" WHEN {_literal(level)} THEN {_literal(new)}"
        for new, levels in groups
        for level in levels
    )
    cell = _cell(column)
    return f"CASE {cell}{whens} ELSE {cell} END" if whens else cell


def _terms(path: RegPath, row: np.ndarray, constant: float, features: list[str]) -> list[str]:
    """The constant, and each coefficient times its feature's distance from the mean."""
    return [_literal(float(constant))] + [
        f"{_literal(float(row[j]))} * ({features[j]} - {_literal(float(path.x_mean[j]))})"
        for j in np.flatnonzero(row)
    ]


def _nested(sign: str, terms: Sequence[str]) -> str:
    """Terms joined in halves, since a chain of a thousand is too deep for SQLite."""
    if len(terms) == 1:
        return terms[0]
    half = len(terms) // 2
    return f"({_nested(sign, terms[:half])} {sign} {_nested(sign, terms[half:])})"


def _identity(made: Model, etas: Sequence[str]) -> list[str]:
    return [f"{etas[0]} AS {_name('prediction')}"]


def _exponential(made: Model, etas: Sequence[str]) -> list[str]:
    mean = f"EXP({_bounded(etas[0])})"
    if made.path.exposure_name:  # the linear predictor is that of one unit of it
        mean = f"{_number(made.path.exposure_name, rows=LINEAR)} * {mean}"
    return [f"{mean} AS {_name('prediction')}"]


def _logistic(made: Model, etas: Sequence[str]) -> list[str]:
    (eta,), (first, second) = etas, made.path.classes
    low, high = (f"1.0 / (1.0 + EXP({_bounded(side)}))" for side in (eta, f"(-{eta})"))
    # As RegPath.predict: of equal probabilities the first class.
    sign, at = (">", 0.5) if made.threshold is None else (">=", made.threshold)
    return [
        f"{low} AS {_name(f'probability of {first}')}",
        f"{high} AS {_name(f'probability of {second}')}",
        f"CASE WHEN {high} {sign} {at!r} THEN {_literal(second)} "
        f"WHEN {high} IS NOT NULL THEN {_literal(first)} END AS {_name('prediction')}",
    ]


def _softmax(made: Model, etas: Sequence[str]) -> list[str]:
    classes = made.path.classes
    shares = []
    for eta in etas:
        others = [f"EXP({_bounded(f'({other} - {eta})')})" for other in etas if other != eta]
        shares.append(f"1.0 / {_nested('+', ['1.0', *others])}")
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
OUTCOMES: dict[str, Callable[[Model, Sequence[str]], list[str]]] = {
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
