"""Frames with the column names of R's broom, so that scripts made for glmnet read them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from regpath.core.regpath import RegPath
from regpath.core.validation.cv_result import CVResult
from regpath.errors import ParameterError
from regpath.export.tables import to_csv

INTERCEPT = "(Intercept)"


def tidy(of: RegPath | CVResult) -> pd.DataFrame:
    """A path or a validation curve, one row per term or strength, in broom's names.

    Parameters
    ----------
    of : RegPath or CVResult
        What `fit_path` or `cross_validate` gave.

    Returns
    -------
    DataFrame
        Of a path, as `tidy.glmnet`: `class` (multinomial only), `term`, `step`, `estimate` (in
        original units; zeros left out, the intercept kept), `lambda`, `dev.ratio`. Of a
        validation, as `tidy.cv.glmnet`: `lambda`, `estimate`, `std.error`, `conf.low`,
        `conf.high` (one standard error around), `nzero`.

    References
    ----------
    Robinson, D., broom: convert statistical objects into tidy tibbles (an R package).

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    >>> path = regpath.fit_path(problem, n_lambdas=20)
    >>> list(regpath.export.tidy(path))
    ['term', 'step', 'estimate', 'lambda', 'dev.ratio']
    """
    if isinstance(of, CVResult):
        return pd.DataFrame(
            {
                "lambda": of.lambdas,
                "estimate": of.mean,
                "std.error": of.se,
                "conf.low": of.mean - of.se,
                "conf.high": of.mean + of.se,
                "nzero": of.path.n_nonzero,
            }
        )
    if not isinstance(of, RegPath):
        raise ParameterError(
            f"tidy takes a RegPath or a CVResult. Got {type(of).__name__} instead."
        )
    n_lambdas = len(of.lambdas)
    coefs = of.coef_path.reshape(-1, len(of.feature_names), n_lambdas)
    starts = of.intercept_path.reshape(-1, 1, n_lambdas)
    values = np.concatenate([starts, coefs], axis=1)  # (K, 1 + n_features, n_lambdas)
    kept = values != 0.0
    kept[:, 0] = True
    k, term, step = np.nonzero(kept)
    names = np.array([INTERCEPT, *of.feature_names], dtype=object)
    frame = pd.DataFrame(
        {
            "term": names[term],
            "step": step + 1,
            "estimate": values[k, term, step],
            "lambda": of.lambdas[step],
            "dev.ratio": of.dev_ratio[step],
        }
    )
    if len(values) > 1:
        frame.insert(0, "class", np.array(of.classes, dtype=object)[k])
    return frame


def write_frame(frame: pd.DataFrame, file: str | Path) -> None:
    """Write a frame as CSV, safe for spreadsheets, or as Parquet.

    Parameters
    ----------
    frame : DataFrame
        Such as `path.to_frame()`, `knots(path)`, `cv.to_frame()` or `tidy(path)`.
    file : str or Path
        Its ending says which: ``.csv`` or ``.parquet``.

    Raises
    ------
    ParameterError
        If it has another ending.

    Examples
    --------
    >>> import pandas as pd, regpath, tempfile
    >>> frame = pd.DataFrame({"term": ["=a"], "estimate": [0.1]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     regpath.export.write_frame(frame, f"{folder}/a.parquet")
    ...     pd.read_parquet(f"{folder}/a.parquet")["term"].tolist()
    ['=a']
    """
    ending = Path(file).suffix.lower()
    if ending == ".csv":
        Path(file).write_bytes(to_csv(frame))
    elif ending == ".parquet":
        plain = frame.rename(columns=str)
        plain.to_parquet(file, index=False)
    else:
        raise ParameterError(
            f"A table is written as .csv or .parquet. Got {Path(file).name!r} instead."
        )
