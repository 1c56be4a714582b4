"""`regpath.explore`: the explorer in Jupyter, VS Code, marimo and Colab."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from regpath.core.validation.cv_result import CVResult
from regpath.errors import ParameterError
from regpath.io import Table
from regpath.recipe import Recipe
from regpath.study import Study, run_study
from regpath.widget.validated import validated

if TYPE_CHECKING:
    from regpath.widget.made import ExplorerWidget


def explore(
    data: Study | Table | pd.DataFrame,
    target: str | None = None,
    *,
    lam: float | None = None,
    cv: CVResult | None = None,
    **choices: Any,
) -> ExplorerWidget:
    """Show the explorer in a notebook.

    Parameters
    ----------
    data : Study, Table or DataFrame
        What is explored.
    target : str, default=None
        Column to predict; needed unless `data` is a study.
    lam : float, default=None
        Where the cursor starts; any strength is fit and proven there. None means where the app
        starts.
    cv : CVResult, default=None
        `validate_study(study)`, which is called if it is not given; where rows cannot be
        validated there is no validation curve.
    **choices
        Of `Recipe`, such as ``l1_ratio=0.5``, unless `data` is a study.

    Returns
    -------
    ExplorerWidget
        Its `lam` is the strength at the cursor: read it, set it, or `observe` its `index`. A
        strength beside the grid is fit and proven when it is set. `study` is what is shown.

    Raises
    ------
    ParameterError
        If there is no target, or anywidget is not installed (``pip install 'regpath[notebook]'``).
    DataError
        If the data cannot answer the question.

    Examples
    --------
    >>> import regpath
    >>> widget = regpath.explore(
    ...     regpath.datasets.load("iris"), "species", n_lambdas=20, n_folds=3
    ... )  # doctest: +SKIP
    >>> widget.lam = 0.0123  # doctest: +SKIP
    """
    study = _study(data, target, choices)
    widget_class = _class()
    found: ExplorerWidget = widget_class(study, validated(study) if cv is None else cv)
    if lam is not None:
        found.lam = lam
    return found


def _study(data: Any, target: str | None, choices: dict[str, Any]) -> Study:
    if isinstance(data, Study):
        if target is not None or choices:
            raise ParameterError("A study has its target and choices.", "Leave them out.")
        return data
    if target is None:
        raise ParameterError("There is no target.", "Name the column to predict: target=...")
    table = data if isinstance(data, Table) else Table.from_frame(pd.DataFrame(data))
    return run_study(table, Recipe.from_dict({"target": target, **choices}))


def _class() -> type[ExplorerWidget]:
    try:
        from regpath.widget.made import ExplorerWidget
    except ImportError as error:
        raise ParameterError(
            "The explorer in a notebook takes the package anywidget, which is not installed.",
            "pip install 'regpath[notebook]'",
        ) from error
    return ExplorerWidget
