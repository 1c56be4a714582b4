"""A scikit-learn script that reads the same file, fits the same model and compares."""

from __future__ import annotations

from pathlib import Path
from pprint import pformat
from typing import Any

from regpath.core.problems.modelled_class import sorted_labels
from regpath.core.regpath import RegPath
from regpath.errors import ParameterError
from regpath.export.coding_lines import (
    coder_parts,
    is_usual,
    learned_lines,
    split_parts,
    weight_parts,
)
from regpath.export.estimators import estimator_of, is_symmetric_pair
from regpath.export.factor_lines import factor_parts
from regpath.export.python_literals import plain
from regpath.export.reading_lines import reading_parts
from regpath.export.seal_lines import with_seal
from regpath.study import Study

TEMPLATE = '''\
"""A model chosen with regpath, fitted again with scikit-learn.

Usage: python {file_name} [DATA.csv]
Needs scikit-learn >= 1.8 and pandas. It reads the file, fits the model, prints its coefficients
and scores, and says how far they are from the certified coefficients of regpath.
"""

import sys
{itertools}
import numpy as np
import pandas as pd
{reader}{coder_imports}
{imports}{split_import}
from sklearn.pipeline import make_pipeline{preprocessing}

DATA = sys.argv[1] if len(sys.argv) > 1 else {data!r}
{constants}TARGET = {target!r}
NUMERIC = {numeric}
CATEGORICAL = {categorical}
{coder}{own}{read}
{reading}
# The rows and the target.
frame = frame[frame[TARGET].notna()]
{weigh}{drop}{classes}y = frame[TARGET]{target_kind}
{w}USED = {used}
X = frame[USED].astype(object).where(frame[USED].notna(), np.nan)
{split}{factors}
# The model. Filling, coding and scaling are learned from the training rows alone.
model = make_pipeline(
{coding}{scaler}{payer}
    {estimator},
)
{fit}
names = {features}
{levels}{finish}
# Coefficients per unit of each feature.
coefs = np.atleast_2d(model[-1].coef_){rescale}{columns_said}
columns = {columns}
table = pd.DataFrame(coefs.T, index=names, columns=columns)
print(table.to_string(float_format="%.6g"))

# What regpath proved: relative duality gap {gap:.1e}, KKT violation {kkt:.1e}.
CERTIFIED = {certified}
per_sd = np.std(model[0].transform(X_train).astype(float), axis=0)
difference = max(
    float(np.abs(per_sd * (table[column] - np.array(CERTIFIED[column]))).max())
    for column in columns
){unit}
print(f"largest difference from regpath, per SD: {{difference:.2e}}")
if difference > 1e-6:
    print("other data, a solver that stopped early (raise max_iter), or models that fit alike")
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
        If `lam` is not on the grid, or nobody has written a script for the family.
    """
    path = study.path
    refuse_script(path)
    index = path.index_of(lam)
    order = _order(study)
    columns, certified = _certified(study, index, order)
    estimator = estimator_of(path, lam)
    kinds = study.train.encoder.kinds if study.train.encoder else {}
    numeric = [c for c, kind in kinds.items() if kind == "numeric"]
    categorical = [c for c, kind in kinds.items() if kind != "numeric"]
    coder, weights = coder_parts(study), weight_parts(study, estimator.step)
    payer = factor_parts(path, order)
    steps = (payer.pop("tool"), coder.pop("onehot"), path.standardize and "StandardScaler")
    tools = [name for name in steps if name]
    score = f'print("test score:", {weights.pop("score")})\n'
    # Over 40 lines: an argument for each blank of the template, and nowhere to go for half of them.
    source = TEMPLATE.format(
        file_name=plain(file_name),
        imports=estimator.imports,
        own=estimator.own,
        finish=estimator.finish.format(w=weights.pop("weights")),
        unit=_IN_SDS if path.loss.quadratic else "",
        preprocessing=f"\nfrom sklearn.preprocessing import {', '.join(tools)}" if tools else "",
        data=_file_name(study.table.name),
        target=path.target,
        numeric=_listed(numeric),
        categorical=_listed(categorical),
        used="NUMERIC + CATEGORICAL" if is_usual(study) else _listed(kinds),
        drop=_dropped(study),
        target_kind=_target_kind(study),
        classes=_class_lines(study),
        levels=learned_lines(study),
        scaler="\n    StandardScaler()," if path.standardize else "",
        estimator=estimator.constructor,
        rescale=payer.pop("rescale") + (" / model[1].scale_" if path.standardize else ""),
        features=_listed(path.feature_names[j] for j in order),
        columns=_listed(columns),
        gap=path.dual_gap[index],
        kkt=path.kkt_violation[index],
        certified=certified,
        scores=score if "test" in study.parts else "",
        columns_said=_DIFFERENCE if is_symmetric_pair(path) else "",
        **reading_parts(study),
        **payer,
        **coder,
        **weights,
        **split_parts(study),
    )
    return with_seal(source, study)


def refuse_script(path: RegPath) -> None:
    """Refuse a path that scikit-learn cannot fit.

    Raises
    ------
    ParameterError
        If its family has no counterpart there.
    """
    if not path.loss.script:
        raise ParameterError(
            f"No script is written for the {path.family} family.", "Save the model instead."
        )


# The columns of a symmetric softmax of two classes are the halves of one logistic regression's.
_DIFFERENCE = "  # of the second class beside the first"
_IN_SDS = " / float(np.std(y_train.to_numpy(float)))  # amounts: in SDs of the target, too"
_CLASSES = """\
told = set({told})
if told != set({known}):
    classes = frame[TARGET].unique().tolist()
    sys.exit(f"The rows of {{TARGET!r}} have other classes than those of the fit: {{classes}}.")
"""
_DROP = "frame = frame.dropna(subset=NUMERIC + CATEGORICAL)\n"
_ONCE = "frame = frame.drop_duplicates(subset=[*NUMERIC, *CATEGORICAL, TARGET])\n"


def _dropped(study: Study) -> str:
    gaps = _DROP if study.recipe.missing == "drop" else ""
    return gaps + ("" if study.recipe.duplicates == "keep" else _ONCE)


def _file_name(name: str) -> str:
    """What the data's file is called; a bundled table is named without an ending."""
    return name if Path(name).suffix else f"{name}.csv"


def _listed(values: Any) -> str:
    return pformat(list(values), width=96, compact=True)


def _order(study: Study) -> list[int]:
    """Features as the script's own columns stand: numeric ones first, but for a coder of ours."""
    path = study.path
    kinds = study.train.encoder.kinds if study.train.encoder else {}
    features = range(len(path.feature_names))
    if not is_usual(study):
        return list(features)
    return sorted(features, key=lambda j: kinds.get(path.groups[j]) != "numeric")


def _certified(study: Study, index: int, order: list[int]) -> tuple[list[str], str]:
    """Names of the coefficient columns (one per class), and their values as text."""
    path = study.path
    values = path.coef_path[..., index].reshape(-1, len(path.feature_names))[:, order]
    if is_symmetric_pair(path):
        values = values[1:] - values[:1]
    columns = [str(c) for c in path.classes] if len(values) > 1 else ["coefficient"]
    chosen = {
        column: [float(f"{value:.12g}") for value in row]
        for column, row in zip(columns, values, strict=True)
    }
    return columns, pformat(chosen, width=96, compact=True, sort_dicts=False)


def _class_lines(study: Study) -> str:
    """Lines that refuse a target without rows, or of other classes than that of the fit."""
    classes = [str(label) for label in study.path.classes]
    if not classes:
        return 'if frame.empty:\n    sys.exit(f"No row has a value of {TARGET!r}.")\n'
    try:
        known = _listed(sorted(float(label) for label in classes))
    except ValueError:
        known = _listed(sorted(label.lower() for label in classes))
        return _CLASSES.format(known=known, told="frame[TARGET].astype(str).str.lower()")
    return _CLASSES.format(known=known, told='pd.to_numeric(frame[TARGET], errors="coerce")')


def _target_kind(study: Study) -> str:
    """The place of each class, where they are in another order than scikit-learn sorts them in."""
    if list(study.path.classes) == sorted_labels(study.path.classes):
        return ""
    return f".map({ {label: k for k, label in enumerate(study.path.classes)}!r})"
