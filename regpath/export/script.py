"""A scikit-learn script that reads the same file, fits the same model and compares."""

from __future__ import annotations

import re
from pathlib import Path
from pprint import pformat
from typing import Any

import numpy as np

from regpath.core.dialects import lambda_to_c, lambda_to_ridge_alpha
from regpath.errors import ParameterError
from regpath.export.seal_lines import with_seal
from regpath.io.missing import MISSING
from regpath.io.table import ColumnReading
from regpath.study import Study

TEMPLATE = '''\
"""A model chosen with regpath, fitted again with scikit-learn.

Usage: python {file_name} [DATA.csv]
Needs scikit-learn >= 1.8 and pandas. It reads the file, fits the model, prints its coefficients
and scores, and says how far they are from the certified coefficients of regpath.
"""

import sys

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
{imports}
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder{scaler_import}

DATA = sys.argv[1] if len(sys.argv) > 1 else {data!r}
COLUMNS = {names}
TARGET = {target!r}
NUMERIC = {numeric}
CATEGORICAL = {categorical}
MISSING = {missing}

# Read every cell as text, then turn the numeric columns into numbers.
frame = pd.read_csv(
    DATA,
    sep={sep!r},
    encoding={encoding!r},
    header=None,
    names=COLUMNS,
    usecols=range(len(COLUMNS)),
    skiprows={skip!r},
    dtype=str,
    keep_default_na=False,
    index_col=False,
)
frame = frame.apply(lambda column: column.str.strip())
frame = frame.mask(frame == "").dropna(how="all"){header}
for column, spellings in MISSING.items():
    frame[column] = frame[column].mask(frame[column].isin(spellings))
{numbers}
# The rows and the target.
frame = frame[frame[TARGET].notna()]
{drop}y = frame[TARGET]{target_kind}
X = frame[NUMERIC + CATEGORICAL].astype(object).where(frame[NUMERIC + CATEGORICAL].notna(), np.nan)
{split}
# The model. Filling, coding and scaling are learned from the training rows alone.
model = make_pipeline(
    ColumnTransformer(
        [
            ("numeric", SimpleImputer(strategy="median"), NUMERIC),
            (
                "categorical",
                make_pipeline(
                    SimpleImputer(strategy="most_frequent"),
                    OneHotEncoder(drop="if_binary", sparse_output=False{unknown}),
                ),
                CATEGORICAL,
            ),
        ]
    ),{scaler}
    {estimator},
)
model.fit(X_train, y_train)

# Coefficients per unit of each feature.
names = {features}
coefs = np.atleast_2d(model[-1].coef_){rescale}
columns = {columns}
table = pd.DataFrame(coefs.T, index=names, columns=columns)
print(table.to_string(float_format="%.6g"))

# What regpath proved: relative duality gap {gap:.1e}, KKT violation {kkt:.1e}.
CERTIFIED = {certified}
per_sd = np.std(model[0].transform(X_train).astype(float), axis=0)
difference = max(
    float(np.abs(per_sd * (table[column] - np.array(CERTIFIED[column]))).max())
    for column in columns
)
print(f"largest difference from regpath, per SD: {{difference:.2e}}")
if difference > 1e-4:
    print("scikit-learn stopped early (raise max_iter), or several models fit equally well")
{scores}'''


def sklearn_script(study: Study, lam: float, *, file_name: str = "regpath_model.py") -> str:
    """Write the script of the model at one point of the grid.

    Parameters
    ----------
    study : Study
    lam : float
        A value of `study.path.lambdas`.
    file_name : str
        What the script says it is called.

    Returns
    -------
    str
        Python source. Names from the data stand in it as quoted text only.

    Raises
    ------
    ParameterError
        If `lam` is not on the grid, or the family has no counterpart in scikit-learn.
    """
    path, reading = study.path, study.table.reading
    if path.family == "multinomial" and len(path.classes) == 2:
        raise ParameterError(
            "scikit-learn has no symmetric two-class softmax.", "Choose the binomial family."
        )
    if study.recipe.class_weight is not None:
        raise ParameterError(
            "The script does not weigh classes.", "Leave the class weights out, or use the path."
        )
    index = path.index_of(lam)
    order = _order(study)
    columns, certified = _certified(study, index, order)
    imports, estimator = _estimator(study, lam)
    kinds = study.train.encoder.kinds if study.train.encoder else {}
    source = TEMPLATE.format(
        file_name=_harmless(file_name),
        imports=imports + ("" if study.test is None else _SPLIT_IMPORT),
        scaler_import=", StandardScaler" if path.standardize else "",
        data=_file_name(study.table.name),
        target=path.target,
        numeric=_listed([c for c, kind in kinds.items() if kind == "numeric"]),
        categorical=_listed([c for c, kind in kinds.items() if kind != "numeric"]),
        missing=pformat(_missing(study), width=96, compact=True, sort_dicts=False),
        sep=reading.delimiter,
        encoding=reading.encoding,
        header=_HEADER if reading.has_header else "",
        names=_listed(study.table.frame.columns),
        skip=reading.skipped_lines,
        numbers=_numbers(study),
        drop=_dropped(study),
        target_kind=_target_kind(study),
        split=_split(study),
        unknown="" if study.test is None else ', handle_unknown="ignore"',
        scaler="\n    StandardScaler()," if path.standardize else "",
        estimator=estimator,
        rescale=" / model[1].scale_" if path.standardize else "",
        features=_listed(path.feature_names[j] for j in order),
        columns=_listed(columns),
        gap=path.dual_gap[index],
        kkt=path.kkt_violation[index],
        certified=certified,
        scores="" if study.test is None else 'print("test score:", model.score(X_test, y_test))\n',
    )
    return with_seal(source, study)


_SPLIT_IMPORT = "\nfrom sklearn.model_selection import train_test_split"
_HEADER = ".iloc[1:]  # the first row names the columns"
_DROP = "frame = frame.dropna(subset=NUMERIC + CATEGORICAL)\n"
_ONCE = "frame = frame.drop_duplicates(subset=[*NUMERIC, *CATEGORICAL, TARGET])\n"
_TRUE_FALSE = {"true": 1, "yes": 1, "t": 1, "y": 1, "false": 0, "no": 0, "f": 0, "n": 0}


def _dropped(study: Study) -> str:
    gaps = "" if study.recipe.missing == "impute" else _DROP
    return gaps + ("" if study.recipe.duplicates == "keep" else _ONCE)


def _harmless(name: str) -> str:
    """A file name that cannot end the docstring it stands in, nor escape anything there."""
    return re.sub(r"[^\w .()+-]", "_", name)


def _file_name(name: str) -> str:
    """What the data's file is called; a bundled table is named without an ending."""
    return name if Path(name).suffix else f"{name}.csv"


def _listed(values: Any) -> str:
    return pformat(list(values), width=96, compact=True)


def _estimator(study: Study, lam: float) -> tuple[str, str]:
    """Import line and constructor; what C or alpha mean is in `core.dialects`."""
    path, n = study.path, study.path.n_obs
    ratio = path.l1_ratio
    if path.family == "gaussian":
        if ratio == 0.0:
            alpha = lambda_to_ridge_alpha(lam, n)
            return "from sklearn.linear_model import Ridge", f"Ridge(alpha={alpha!r})"
        return (
            "from sklearn.linear_model import ElasticNet",
            f"ElasticNet(alpha={float(lam)!r}, l1_ratio={ratio!r}, tol=1e-10, max_iter=1_000_000)",
        )
    C = float(lambda_to_c(lam, n))
    how = (
        'solver="lbfgs", tol=1e-9, max_iter=100_000'
        if ratio == 0.0
        # saga stops where its steps are small: 1e-7 is still 3e-4 per SD off on breast_cancer.
        else 'solver="saga", tol=1e-9, max_iter=100_000, random_state=0'
    )
    return (
        "from sklearn.linear_model import LogisticRegression",
        f"LogisticRegression(C={C!r}, l1_ratio={ratio!r}, {how})",
    )


def _order(study: Study) -> list[int]:
    """Features as the script's own columns stand: numeric ones first."""
    path = study.path
    kinds = study.train.encoder.kinds if study.train.encoder else {}
    return sorted(
        range(len(path.feature_names)), key=lambda j: kinds.get(path.groups[j]) != "numeric"
    )


def _certified(study: Study, index: int, order: list[int]) -> tuple[list[str], str]:
    """Names of the coefficient columns (one per class), and their values as text."""
    path = study.path
    values = path.coef_path[..., index].reshape(-1, len(path.feature_names))[:, order]
    columns = [str(c) for c in path.classes] if len(values) > 1 else ["coefficient"]
    chosen = {
        column: [float(f"{value:.12g}") for value in row]
        for column, row in zip(columns, values, strict=True)
    }
    return columns, pformat(chosen, width=96, compact=True, sort_dicts=False)


def _numbers(study: Study) -> str:
    """Lines that turn text into numbers, as the file writes them."""
    frame, readings = study.table.frame, study.table.reading.columns
    kinds = study.train.encoder.kinds if study.train.encoder else {}
    used = [c for c, kind in kinds.items() if kind == "numeric"]
    target_is_number = np.issubdtype(np.asarray(study.train.y).dtype, np.floating) or (
        frame[study.path.target].dtype.kind in "if"
    )
    lines = []
    for column in [*used, *([study.path.target] if target_is_number else [])]:
        how = readings.get(column, ColumnReading("number"))
        if frame[column].dtype == "boolean":
            false, true = how.words or ("", "")
            codes = {false: 0, true: 1} if how.words else _TRUE_FALSE
            blank = ".fillna(0)" if how.blank_is_false else ""
            lines.append(f"frame[{column!r}] = frame[{column!r}].str.lower().map({codes}){blank}")
        elif how.levels:
            steps = {level: step for step, level in enumerate(how.levels, start=1)}
            lines.append(f"frame[{column!r}] = frame[{column!r}].map({steps})")
        for pattern, replacement in how.rewrites:
            lines += [
                f"frame[{column!r}] = frame[{column!r}].str.replace(",
                f"    {pattern!r}, {replacement!r}, regex=True",
                ")",
            ]
        if how.rewrites or how.chosen:  # what is no number is missing, where a person said so
            errors = ', errors="coerce"' if how.chosen else ""
            lines.append(f"frame[{column!r}] = pd.to_numeric(frame[{column!r}]{errors})")
    if target_is_number:
        lines.append("frame[TARGET] = pd.to_numeric(frame[TARGET])")
    lines.append("frame[NUMERIC] = frame[NUMERIC].apply(pd.to_numeric)")
    return "\n".join(lines) + "\n"


def _missing(study: Study) -> dict[str, list[str]]:
    """The spellings of a missing value that occur in the columns in use."""
    readings = study.table.reading.columns
    kinds = study.train.encoder.kinds if study.train.encoder else {}
    usual = tuple(sorted(MISSING))
    used = (*kinds, study.path.target)
    found = {c: readings[c].missing if c in readings else usual for c in used}
    return {c: sorted(spellings) for c, spellings in found.items() if set(spellings) - {""}}


def _target_kind(study: Study) -> str:
    frame = study.table.frame
    boolean = frame[study.path.target].dtype == "boolean"
    return ".str.lower()" if boolean else ""


def _split(study: Study) -> str:
    if study.test is None:
        return "X_train, y_train = X, y\n"
    stratify = ", stratify=y" if study.path.classes else ""
    return (
        "X_train, X_test, y_train, y_test = train_test_split(\n"
        f"    X, y, test_size={study.recipe.test_size!r}, random_state={study.recipe.seed!r}"
        f"{stratify}\n)\n"
    )
