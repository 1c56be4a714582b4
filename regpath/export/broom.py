"""Frames with the column names of R's broom, so that scripts made for glmnet read them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from regpath.core.knots import knots
from regpath.core.regpath import RegPath
from regpath.core.stability_selection.stability import Stability
from regpath.core.validation.cv_result import CVResult
from regpath.errors import ParameterError
from regpath.export.tables import to_csv, to_parquet
from regpath.new_rows import ScoredRows

INTERCEPT = "(Intercept)"
PROBABILITY = "probability of "  # how columns of predictions begin


def tidy(of: RegPath | CVResult | Stability) -> pd.DataFrame:
    """A path, a validation curve or a stability, one row per term or strength, in broom's names.

    Parameters
    ----------
    of : RegPath, CVResult or Stability
        What `fit_path`, `cross_validate` or `assess_stability` gave.

    Returns
    -------
    DataFrame
        Of a path, as `tidy.glmnet`: `class` (multinomial only), `term`, `step`, `estimate` (in
        original units; zeros left out, the intercept kept), `lambda`, `dev.ratio`. Of a
        validation, as `tidy.cv.glmnet`: `lambda`, `estimate`, `std.error`, `conf.low`,
        `conf.high` (one standard error around), `nzero`. Of a stability `term`, `step`, `lambda`
        and `estimate`, the share of halves that select the term there.

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
    if isinstance(of, Stability):
        return _shares(of)
    if not isinstance(of, RegPath):
        raise ParameterError(
            f"tidy takes a RegPath, a CVResult or a Stability. Got {type(of).__name__} instead."
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


def _shares(of: Stability) -> pd.DataFrame:
    n_features, n_lambdas = of.frequency.shape
    steps = np.tile(np.arange(n_lambdas), n_features)
    return pd.DataFrame(
        {
            "term": np.repeat(np.array(of.path.feature_names, dtype=object), n_lambdas),
            "step": steps + 1,
            "lambda": of.lambdas[steps],
            "estimate": of.frequency.ravel(),
        }
    )


def tidy_knots(path: RegPath) -> pd.DataFrame:
    """Where coefficients enter, leave and change sign, in broom's names.

    Parameters
    ----------
    path : RegPath

    Returns
    -------
    DataFrame
        One row per event: `class` (multinomial only), `term`, `step`, `lambda`, `event` and
        `sign` (of the coefficient from there on; 0 where it leaves).

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    >>> events = tidy_knots(regpath.fit_path(problem, n_lambdas=20))
    >>> events.loc[0, ["term", "event"]].tolist()
    ['body_mass_index', 'enters']
    """
    found = knots(path)
    frame = pd.DataFrame(
        {
            "term": found["name"],
            "step": found["index"] + 1,
            "lambda": found["lambda"],
            "event": found["kind"],
            "sign": found["sign"],
        }
    )
    if path.coef_path.ndim == 3:
        frame.insert(0, "class", [path.classes[k] for k in found["class"]])
    return frame


def augment(rows: ScoredRows) -> pd.DataFrame:
    """Predictions of new rows in broom's names.

    Parameters
    ----------
    rows : ScoredRows
        What `score_rows` gave.

    Returns
    -------
    DataFrame
        `.rownames` (the rows' numbers) and `.fitted`: an amount, or of two classes the
        probability of the second; of more a column `.fitted.CLASS` for each. With classes also
        `.class`, what is predicted.

    Examples
    --------
    >>> import regpath
    >>> table = regpath.datasets.load("diabetes")
    >>> study = regpath.run_study(table, regpath.Recipe("progression", n_lambdas=20))
    >>> model = regpath.Model.from_study(study, study.path.lambdas[10])
    >>> list(augment(regpath.score_rows(model, table)))
    ['.rownames', '.fitted']
    """
    found = rows.predictions
    frame = pd.DataFrame({".rownames": found.index})
    shares = [name for name in found if str(name).startswith(PROBABILITY)]
    if not shares:
        return frame.assign(**{".fitted": found["prediction"].to_numpy()})
    named = {f".fitted.{str(name).removeprefix(PROBABILITY)}": name for name in shares}
    if len(shares) == 2:
        named = {".fitted": shares[1]}
    for new, name in named.items():
        frame[new] = found[name].to_numpy()
    return frame.assign(**{".class": found["prediction"].to_numpy()})


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
        Path(file).write_bytes(to_parquet(frame))
    else:
        raise ParameterError(
            f"A table is written as .csv or .parquet. Got {Path(file).name!r} instead."
        )
