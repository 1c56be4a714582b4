"""A model as a fitted pipeline of scikit-learn, in a file (skops) that can run nothing."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZIP_DEFLATED

import numpy as np
import sklearn
import skops
import skops.io
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

import regpath
from regpath.core.problems.encoder import Encoder
from regpath.core.regpath import RegPath
from regpath.errors import ParameterError
from regpath.export.estimators import is_symmetric_pair
from regpath.export.fitted_coding import fitted_columns, fitted_products
from regpath.export.fitted_estimators import fitted_estimator, is_turned
from regpath.export.model_card import MOST_ROWS, card_of, text
from regpath.export.model_file import model
from regpath.model import Model
from regpath.study import Study

CARD = ".md"  # behind the name of the file
OTHERWISE = "Take the model file, the scikit-learn script or SQL instead."
USE = """\
```python
import pandas as pd
import skops.io

file = "the file beside this card"
assert not skops.io.get_untrusted_types(file=file)
pipeline = skops.io.load(file)
words = dict.fromkeys(pipeline.regpath_["words"], "str")
rows = pd.read_csv("new_rows.csv", dtype=words, keep_default_na=False, na_values=[""])
print(pipeline.predict(rows))
```"""


def sklearn_pipeline(
    of: Study | RegPath | Model,
    lam: float | None = None,
    file: str | Path | None = None,
    *,
    threshold: float | None = None,
) -> Pipeline:
    """Make a fitted scikit-learn pipeline that predicts as the model does.

    Parameters
    ----------
    of : Study, RegPath or Model
        What predicts; it knows the columns of its data.
    lam : float, default=None
        A point of the grid; a Model has but one.
    file : str or Path, default=None
        Where to write it, such as ``"tumours.skops"``; its model card is written beside it, with
        ``.md`` behind the name. None writes nothing.
    threshold : float, default=None
        Of two classes: from which probability on the second is predicted.

    Returns
    -------
    sklearn.pipeline.Pipeline
        Of scikit-learn's own objects alone. Its steps: `columns` fills, merges and codes,
        `products` multiplies (where there are terms), `scale` centres and divides, `model` holds
        the proven coefficients, per standard deviation if the fit was standardized. It takes a
        frame with the columns of the data as they were read, in any order.

    Raises
    ------
    ParameterError
        If `lam` is not on the grid, or scikit-learn's objects do not say it: paths of arrays,
        exposures, columns of more than 2,000 levels, families of somebody's own.

    Notes
    -----
    The file is skops' (a zip of JSON and numbers): ``skops.io.load(file)`` opens it without regpath
    and without trusting anything beyond what skops trusts by itself. Levels that the fit never saw
    count as for `RegPath.predict`, with a warning. Classes are sorted, as scikit-learn has them.
    Nothing was fitted by scikit-learn, so there are no iterations to tell of; calling `fit` keeps
    the coding and fits the last two steps anew, without weights of rows or classes unless it is
    told them (``scale__sample_weight`` and ``model__sample_weight``). The attribute `regpath_` says
    what the model is of: target, lambda, columns, names of the features in the order of the
    coefficients, facts.

    Examples
    --------
    >>> import regpath
    >>> table = regpath.datasets.load("iris")
    >>> study = regpath.run_study(table, regpath.Recipe("species", n_lambdas=20))
    >>> pipeline = regpath.export.sklearn_pipeline(study, study.path.lambdas[9])
    >>> list(pipeline.named_steps), pipeline.predict(table.frame)[:1].tolist()
    (['columns', 'scale', 'model'], ['setosa'])
    """
    made = model(of, lam, threshold=threshold)
    pipeline = _pipeline(made)
    if file is not None:
        Path(file).write_bytes(to_skops(pipeline))
        card = Path(f"{file}{CARD}")
        card.write_text(pipeline_card(made), encoding="utf-8", newline="\n")
    return pipeline


def to_skops(pipeline: Pipeline) -> bytes:
    """The bytes of a pipeline's file.

    Raises
    ------
    ParameterError
        If skops would not open it without being told to trust something.
    """
    content: bytes = skops.io.dumps(pipeline, compression=ZIP_DEFLATED)
    distrusted = skops.io.get_untrusted_types(data=content)
    if distrusted:
        raise ParameterError(
            f"skops {skops.__version__} does not trust {', '.join(distrusted)} of scikit-learn "
            f"{sklearn.__version__}.",
            f"Bring skops up to date. {OTHERWISE}",
        )
    return content


def pipeline_card(made: Model) -> str:
    """The card that lies beside a pipeline's file, in Markdown."""
    encoder = _encoder_of(made)
    numbers, words = (
        _listed([column for column, kind in encoder.kinds.items() if kind == each])
        for each in ("numeric", "categorical")
    )
    gaps = (
        "A row with a gap is refused, since such rows had no part in the fit."
        if made.drops_gaps
        else "Gaps (NaN or None) are filled as in the fit."
    )
    return card_of(
        made,
        USE,
        f"The file is a scikit-learn pipeline, written with scikit-learn {sklearn.__version__} "
        f"and skops {skops.__version__}; regpath is not needed. Another release of scikit-learn "
        "warns when it opens the file, and may refuse it.",
        f"It takes a pandas frame with the columns of the fit as they were read. Numbers (yes and "
        f"no as 1 and 0): {numbers}. Words: {words}. {gaps} A level that the fit never saw counts "
        "as in regpath, with a warning; words where numbers belong, infinite numbers and a missing "
        "column are refused.",
        _held_by(made),
    )


def _listed(columns: list[str]) -> str:
    """Names that somebody reads; the file holds all."""
    shown = ", ".join(map(text, columns[:MOST_ROWS])) or "none"
    more = len(columns) - MOST_ROWS
    return f"{shown} and {more:,} more, which the file names" if more > 0 else shown


def _held_by(made: Model) -> str:
    """What of the coefficients on the card the last step holds."""
    path = made.path
    units = " times the standard deviations in its step `scale`" if path.standardize else ""
    said = f"Its step `model` holds the coefficients above{units}"
    if is_symmetric_pair(path):
        said += ", of the second class in sorted order less those of the first"
    elif is_turned(path):
        said += ", with the other sign, since scikit-learn sorts the classes"
    return f"{said}. regpath proved them, and scikit-learn fitted nothing."


def _encoder_of(made: Model) -> Encoder:
    """The coding of a model, if scikit-learn can follow it."""
    path = made.path
    if path.encoder is None:
        raise ParameterError("The model knows no columns.", "Make it of a study.")
    if path.exposure_name:
        raise ParameterError(
            f"Counts are for the exposure in the column {path.exposure_name!r}, and no estimator "
            "of scikit-learn takes one.",
            OTHERWISE,
        )
    return path.encoder


def _pipeline(made: Model) -> Pipeline:
    path, encoder = made.path, _encoder_of(made)
    values = path.coef_path[..., 0].reshape(-1, len(path.feature_names))
    constants = path.intercept_path[..., 0].reshape(-1) + values @ path.x_mean
    scale = np.where(path.x_scale > 0.0, path.x_scale, 1.0) if path.standardize else None
    coefs = values.copy() if scale is None else values * scale
    steps = [("columns", fitted_columns(encoder))]
    products = fitted_products(encoder)
    if products is not None:
        steps.append(("products", products))
    steps += [
        ("scale", _scaler(path, scale)),
        ("model", fitted_estimator(made, coefs, constants)),
    ]
    pipeline = Pipeline(steps)
    pipeline.regpath_ = {
        "version": regpath.__version__,
        "target": path.target,
        "lambda": made.lam,
        "numbers": [column for column, kind in encoder.kinds.items() if kind == "numeric"],
        "words": list(encoder.levels),
        "features": list(path.feature_names),
        "facts": dict(made.facts),
    }
    return pipeline


def _scaler(path: RegPath, scale: np.ndarray | None) -> StandardScaler:
    """Centre, and divide if the fit did: products of values far from zero would lose digits."""
    scaler = StandardScaler(with_std=scale is not None)
    scaler.mean_, scaler.scale_ = path.x_mean.copy(), scale
    scaler.var_ = None if scale is None else scale**2
    scaler.n_features_in_, scaler.n_samples_seen_ = len(path.x_mean), path.n_obs
    return scaler
