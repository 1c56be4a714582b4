"""A Jupyter notebook that makes the chosen model again, with its charts."""

from __future__ import annotations

import json
from pathlib import Path

import regpath
from regpath.export.model_card import text
from regpath.export.python_literals import call, given, plain
from regpath.export.python_script import table_code
from regpath.study import Study

OPENING = """\
# A model of {target}

Chosen with regpath {version} on {data}; this notebook reads the data again, fits the path with \
a proof at every strength, and goes to lambda = {lam:.6g}. Run the cells from top to bottom."""


def notebook(
    study: Study,
    lam: float,
    file: str | Path | None = None,
    *,
    threshold: float | None = None,
) -> str:
    """Write the notebook of the model at one point of the grid.

    Parameters
    ----------
    study : Study
        What `run_study` gave.
    lam : float
        A value of `study.path.lambdas`.
    file : str or Path, default=None
        Where to write it, such as ``"tumours.ipynb"``. None writes nothing.
    threshold : float, default=None
        Of two classes: from which probability on the second is predicted.

    Returns
    -------
    str
        A notebook (nbformat 4.5) without outputs: data and recipe, the path, its validation and
        the choice, stability where a penalty selects, the model and its first predictions. Names
        of the data are quoted text in code, and escaped in words.

    Raises
    ------
    ParameterError
        If `lam` is not on the grid.

    Examples
    --------
    >>> import json, regpath
    >>> study = regpath.run_study(
    ...     regpath.datasets.load("iris"), regpath.Recipe("species", n_lambdas=20)
    ... )
    >>> cells = json.loads(regpath.export.notebook(study, study.path.lambdas[9]))["cells"]
    >>> [cell["cell_type"] for cell in cells][:2], cells[2]["source"][-1]
    (['markdown', 'code'], 'study')
    """
    lam = float(study.path.lambdas[study.path.index_of(lam)])
    opening = OPENING.format(
        target=text(study.path.target),
        version=regpath.__version__,
        data=text(study.table.name),
        lam=lam,
    )
    cells = [_cell("markdown", opening, 0)]
    cells += [_cell("code", source, k) for k, source in enumerate(_code(study, lam, threshold), 1)]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    content = {
        "cells": cells,
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    source = json.dumps(content, indent=1, ensure_ascii=True) + "\n"
    if file is not None:
        Path(file).write_text(source, encoding="utf-8", newline="\n")
    return source


def _code(study: Study, lam: float, threshold: float | None) -> list[str]:
    recipe = call("regpath.Recipe", given(study.recipe))
    name = f"{plain(Path(study.table.name).stem) or 'data'}.model.json"
    cut = "" if threshold is None else f", threshold={threshold!r}"
    cells = [
        f"import regpath\n\n{table_code(study, from_shell=False)}\ntable",
        f"recipe = {recipe}\nlam = {lam!r}\n"
        "study = regpath.run_study(table, recipe).with_strength(lam)\nstudy",
        "study.path.plot(lam=lam)",
        "study.path.coef_at(lam)",
        "cv = regpath.validate_study(study)\ncv.plot(lam=lam)",
        "regpath.choose_strength(study, cv)",
    ]
    if study.recipe.l1_ratio > 0.0:
        cells.append(
            "stability = regpath.assess_stability(study.weighted_train, study.path, n_pairs=25)\n"
            "stability.plot()"
        )
    cells.append(
        f"model = regpath.export.model(study, lam, {name!r}{cut})\nregpath.score_rows(model, table)"
    )
    return cells


def _cell(kind: str, source: str, number: int) -> dict[str, object]:
    cell: dict[str, object] = {
        "cell_type": kind,
        "id": f"cell-{number}",
        "metadata": {},
        "source": source.splitlines(keepends=True),
    }
    return cell if kind == "markdown" else cell | {"execution_count": None, "outputs": []}
