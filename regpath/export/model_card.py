"""A model card: what a reader of a saved model has to know, in Markdown, from its facts alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

import regpath
from regpath.core.regpath import RegPath
from regpath.export.model_file import model
from regpath.model import Model
from regpath.study import Study
from regpath.training_column import TrainingColumn
from regpath.wording import counted

MOST_ROWS = 50  # features, and columns, in a table that somebody reads; the file holds all
# Mitchell et al. (2019), Model cards for model reporting: what no fit can know.
FOR_THE_AUTHOR = (
    "what the model is meant for, and what it must not be used for",
    "how the rows were collected, and whom they stand for",
    "for whom errors are costly, and how it does for groups of people",
    "when it should be fit again",
)
USE = """\
```python
import regpath

model = regpath.load_model("the file beside this card")
rows = regpath.score_rows(model, model.read("new_rows.csv"))
print(rows.predictions)
```"""
NAMED = (
    "Rows with levels or values that the fit never saw are named, and so are columns that have "
    "shifted."
)


def model_card(
    of: Study | RegPath | Model,
    lam: float | None = None,
    file: str | Path | None = None,
    *,
    threshold: float | None = None,
) -> str:
    """Write the card of a model.

    Parameters
    ----------
    of : Study, RegPath or Model
        What predicts.
    lam : float, default=None
        A point of the grid; a Model has but one.
    file : str or Path, default=None
        Where to write it, such as ``"tumours.model.md"``. None writes nothing.
    threshold : float, default=None
        Of two classes: from which probability on the second is predicted.

    Returns
    -------
    str
        Markdown: what is predicted and from what, where it comes from, its scores and proof, its
        coefficients, what its columns held, how it is used, and what the author has to add.

    Raises
    ------
    ParameterError
        If `lam` is not on the grid, or the threshold is none.

    References
    ----------
    Mitchell et al. (2019), Model cards for model reporting, FAT* '19.

    Examples
    --------
    >>> import regpath
    >>> study = regpath.run_study(
    ...     regpath.datasets.load("iris"), regpath.Recipe("species", n_lambdas=20)
    ... )
    >>> print(regpath.export.model_card(study, study.path.lambdas[9]).splitlines()[0])
    # Model card: species
    """
    source = card_of(model(of, lam, threshold=threshold), USE)
    if file is not None:
        Path(file).write_text(source, encoding="utf-8", newline="\n")
    return source


def card_of(made: Model, use: str, *about: str) -> str:
    """The card of a model in a file that is used thus; `about` are paragraphs on that file."""
    parts = [
        f"# Model card: {text(made.path.target)}",
        _what(made),
        "## Where it comes from",
        _table(("fact", "value"), made.facts.items()),
        "## Coefficients",
        _coefficients(made.path),
        "## Columns of the fit",
        _columns(made),
        "## Use",
        use,
        *(about or (NAMED,)),
        "Coefficients of a penalized model are shrunk, and say nothing about causes.",
        "## For the author to add",
        "\n".join(f"- {each}" for each in FOR_THE_AUTHOR),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def text(value: Any) -> str:
    r"""Any text as text of one line: neither Markdown nor HTML.

    >>> text("a|b <i>*c*</i>")
    'a\\|b &lt;i&gt;\\*c\\*&lt;/i&gt;'
    """
    line = " ".join(str(value).split())
    escaped = re.sub(r"([\\`*_{}\[\]#|~$!])", r"\\\1", line.replace("&", "&amp;"))
    return escaped.replace("<", "&lt;").replace(">", "&gt;")


def _what(made: Model) -> str:
    path = made.path
    kept, count = int(path.n_nonzero[0]), len(path.feature_names)
    mix = {0.0: "an L2 penalty (ridge)", 1.0: "an L1 penalty (lasso)"}.get(
        path.l1_ratio, f"an elastic net (l1_ratio {path.l1_ratio:g})"
    )
    lines = [
        f"Predicts {text(path.target)} by {path.loss.model} with {mix} of strength "
        f"lambda = {made.lam!r}, fit on {counted(path.n_obs, 'row')}; it keeps {kept:,} of "
        f"{counted(count, 'feature')}."
    ]
    if path.classes:
        lines.append(f"Classes: {', '.join(map(text, path.classes))}.")
    if made.threshold is not None:
        lines.append(
            f"{text(path.classes[1])} is predicted from a probability of {made.threshold:g} on."
        )
    if path.exposure_name:
        lines.append(f"Counts are for the exposure in {text(path.exposure_name)}.")
    if made.drops_gaps:
        lines.append("Rows with a gap had no part in the fit, and are not scored.")
    lines.append(f"Written by regpath {regpath.__version__} from facts of the fit.")
    return " ".join(lines)


def _coefficients(path: RegPath) -> str:
    values = path.coef_path[..., 0].reshape(-1, len(path.feature_names))
    sizes = np.abs(values * path.x_scale).max(axis=0)
    order = [int(j) for j in np.argsort(-sizes, kind="stable") if sizes[j] > 0.0]
    heads = [str(label) for label in path.classes] if len(values) > 1 else ["coefficient"]
    rows = [["(intercept)", *(f"{value:.6g}" for value in path.intercept_path[..., 0].reshape(-1))]]
    rows += [
        [path.feature_names[j], *(f"{v:.6g}" for v in values[:, j])] for j in order[:MOST_ROWS]
    ]
    more = len(order) - MOST_ROWS
    below = f"\n\nAnd {counted(more, 'feature')} more in the file." if more > 0 else ""
    return (
        "Per unit of the feature, the largest per standard deviation first.\n\n"
        + _table(("feature", *heads), rows)
        + below
    )


def _columns(made: Model) -> str:
    if not made.columns:
        return "The model was fit on arrays; it knows no columns."
    rows = [
        (name, _held(how), f"{how.n_missing:,}")
        for name, how in list(made.columns.items())[:MOST_ROWS]
    ]
    more = len(made.columns) - MOST_ROWS
    below = f"\n\nAnd {counted(more, 'column')} more in the file." if more > 0 else ""
    return _table(("column", "held", "gaps"), rows) + below


def _held(how: TrainingColumn) -> str:
    if how.edges:
        return f"{how.edges[0]:g} to {how.edges[-1]:g}"
    counts = zip(how.levels, how.counts, strict=True)
    listed = ", ".join(f"{level} ({count:,})" for level, count in list(counts)[:8])
    return listed + (" ..." if len(how.levels) > 8 else "")


def _table(heads: Iterable[Any], rows: Iterable[Iterable[Any]]) -> str:
    lines = ["| " + " | ".join(map(text, row)) + " |" for row in (heads, *rows)]
    if len(lines) == 1:
        return ""
    lines.insert(1, "|" + " --- |" * (lines[0].count(" | ") + 1))
    return "\n".join(lines)
