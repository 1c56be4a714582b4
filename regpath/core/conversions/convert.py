"""Strengths from one system's way of writing them to another's."""

from __future__ import annotations

import warnings
from math import inf
from typing import Any

import pandas as pd

from regpath.core.checks import check_choice, check_fraction, check_positive
from regpath.core.conversions.parametrizations import (
    ALIASES,
    PARAMETRIZATIONS,
    Parametrization,
)
from regpath.core.families import FAMILIES, family_of
from regpath.errors import ParameterError


def convert(
    system: str,
    value: float,
    *,
    to: str,
    n: float | None = None,
    l1_ratio: float | None = None,
    family: str | None = None,
    sd_y: float | None = None,
) -> float:
    """Convert a strength from one system's way of writing it to another's.

    Parameters
    ----------
    system : str
        Whose value it is: "lambda" (ours), "C" and "logistic_alpha" (scikit-learn's
        LogisticRegression; the second is planned in place of the first), "lasso_alpha"
        (Lasso, ElasticNet), "ridge_alpha" (Ridge), "poisson_alpha" (PoissonRegressor), "glmnet",
        "gauss_variance" and "laplace_variance" (priors, as in KNIME), "weka", "course" (an L over
        2m), "lassoglm" and "matlab_lasso" (MATLAB), "lasso2" (Stata), "h2o", "statsmodels" (OLS
        and GLM), "statsmodels_l1" (Logit and Poisson).
    value : float
        Positive. C may be infinite: no penalty.
    to : str
        Whose value is wanted; the same names.
    n : float, default=None
        Number of rows, or the sum of the weights that the other system is given. Needed wherever
        one of both takes a sum over rows for what the other takes a mean.
    l1_ratio : float in [0, 1], default=None
        The mix of L1 and L2, in our terms. Needed for glmnet's gaussian family only; where it is
        given, systems that cannot be told it are refused.
    family : str, default=None
        Where it is given, systems that do not fit it are refused.
    sd_y : float, default=None
        Standard deviation (1/n) of the target. glmnet divides a gaussian target by it first, so
        that the strength of an L2 part depends on it; glmnet's own `alpha` is then
        `r / (r + (1 - r) sd_y)` for our l1_ratio r. It is asked for where the family is known to
        be gaussian.

    Returns
    -------
    float
        The strength as `to` writes it; infinite or 0 for no penalty.

    Raises
    ------
    ParameterError
        If there is no such system, the value is not positive, something is missing, or the two
        systems have no penalty in common (a Gauss prior is L2, a Laplace prior is L1).

    References
    ----------
    The systems' own documentation; the objectives are in `parametrizations`.

    Examples
    --------
    >>> import regpath
    >>> regpath.convert("C", 1.0, n=400, to="glmnet")
    0.0025
    >>> regpath.convert("gauss_variance", 0.1, n=100, to="C")
    0.1
    >>> round(regpath.convert("laplace_variance", 0.1, n=100, to="C"), 4)
    0.2236
    """
    source, target = _parametrization(system, "system"), _parametrization(to, "to")
    _check_common(source, target, family, l1_ratio)
    if value == inf and source.power < 0:  # no penalty, for which C has a number
        return 0.0 if target.power > 0 else inf
    check_positive(value, "value", "convert")
    family, mix = _family(source, target, family), _mix(source, target, l1_ratio)
    lam = source.lambda_of(float(value), _rows(source, target, n))
    lam /= _glmnet_share(source, family, mix, sd_y)
    lam *= _glmnet_share(target, family, mix, sd_y)
    found = target.value_of(lam, _rows(source, target, n))
    if not 0.0 < found < inf:
        raise ParameterError(
            f"{system} = {value:g} is so far from any penalty in use that no number holds {to}.",
            "Take a strength that a fit can tell from none at all.",
        )
    return found


def parametrizations(
    lam: float,
    *,
    n: float,
    family: str,
    l1_ratio: float = 1.0,
    sd_y: float | None = None,
) -> pd.DataFrame:
    """One strength in the form of every system that can say it.

    Parameters
    ----------
    lam : float
        Our lambda, positive.
    n : float
        Number of rows, or the sum of their weights.
    family : str
        Of the fit: only systems that are for it are listed.
    l1_ratio : float in [0, 1], default=1.0
        0 is ridge (L2), 1 is lasso (L1): only systems that can be told it are listed.
    sd_y : float, default=None
        Standard deviation (1/n) of a gaussian target; without it glmnet's value for a penalty with
        an L2 part is left out.

    Returns
    -------
    DataFrame
        Indexed by the names that `convert` takes: `label`, `value`, `larger_is` ("stronger" or
        "weaker"), `formula` and `minimizes`.

    Raises
    ------
    ParameterError
        If an argument is outside its range.

    Examples
    --------
    >>> import regpath
    >>> strengths = regpath.parametrizations(0.0025, n=400, family="binomial", l1_ratio=0.0)
    >>> float(strengths.loc["weka", "value"]), strengths.loc["C", "larger_is"]
    (0.5, 'weaker')
    """
    check_positive(lam, "lam", "parametrizations")
    check_positive(n, "n", "parametrizations")
    check_choice(family, "family", "parametrizations", tuple(FAMILIES))
    check_fraction(l1_ratio, "l1_ratio", "parametrizations")
    rows = {}
    for form in PARAMETRIZATIONS.values():
        unknown = _scales_y(form, family, l1_ratio) and sd_y is None
        if unknown or not form.serves(family, l1_ratio):
            continue
        share = _glmnet_share(form, family, l1_ratio, sd_y)
        rows[form.name] = {
            "label": form.label,
            "value": form.value_of(lam * share, n),
            "larger_is": form.larger_is,
            "formula": form.formula,
            "minimizes": form.minimizes,
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("system")


def mix_in(
    system: str, l1_ratio: float, *, family: str | None = None, sd_y: float | None = None
) -> float:
    """What a system calls the mix of L1 and L2 that is ours: glmnet's own for a gaussian target.

    Parameters
    ----------
    system : str
        See `convert`.
    l1_ratio : float in [0, 1]
        In our terms.
    family : str, default=None
        See `convert`.
    sd_y : float, default=None
        See `convert`; needed where the system divides a target by it.

    Returns
    -------
    float
        `l1_ratio`, but for glmnet and a gaussian target.

    Examples
    --------
    >>> from regpath.core.conversions.convert import mix_in
    >>> mix_in("h2o", 0.5), mix_in("glmnet", 0.5, family="gaussian", sd_y=3.0)
    (0.5, 0.25)
    """
    form = _parametrization(system, "system")
    check_fraction(l1_ratio, "l1_ratio", "mix_in")
    return l1_ratio / _glmnet_share(form, family, l1_ratio, sd_y)


def mix_from(
    system: str, mix: float, *, family: str | None = None, sd_y: float | None = None
) -> float:
    """Our `l1_ratio` for what a system calls the mix of L1 and L2: the inverse of `mix_in`.

    Parameters
    ----------
    system : str
        See `convert`.
    mix : float in [0, 1]
        In the system's terms.
    family : str, default=None
        See `convert`.
    sd_y : float, default=None
        See `convert`; needed where the system divides a target by it.

    Returns
    -------
    float

    Raises
    ------
    ParameterError
        If the system cannot be told this mix.

    Examples
    --------
    >>> from regpath.core.conversions.convert import mix_from
    >>> mix_from("h2o", 0.5), mix_from("glmnet", 0.25, family="gaussian", sd_y=3.0)
    (0.5, 0.5)
    """
    form = _parametrization(system, "system")
    check_fraction(mix, form.mix_name or "l1_ratio", "mix_from")
    l1_ratio = mix
    if 0.0 < mix < 1.0 and _scales_y(form, family, mix):
        # Its alpha is r / (r + (1 - r) sd_y).
        l1_ratio = mix * _spread(sd_y) / (1.0 - mix + mix * _spread(sd_y))
    _check_common(form, form, family, l1_ratio)
    return l1_ratio


def dialects(lam: float, **how: Any) -> pd.DataFrame:
    """The same as `parametrizations`.

    .. deprecated:: 0.1.0
        `parametrizations` is its name.
    """
    warnings.warn(
        "regpath.dialects is called regpath.parametrizations.", DeprecationWarning, stacklevel=2
    )
    return parametrizations(lam, **how)


def _parametrization(name: str, argument: str) -> Parametrization:
    known = ALIASES.get(name, name)
    check_choice(known, argument, "convert", tuple(PARAMETRIZATIONS))
    return PARAMETRIZATIONS[known]


def _check_common(
    source: Parametrization, target: Parametrization, family: str | None, l1_ratio: float | None
) -> None:
    """Refuse what one of both systems cannot be told."""
    if l1_ratio is not None:
        check_fraction(l1_ratio, "l1_ratio", "convert")
    if family is not None:
        check_choice(family, "family", "convert", tuple(FAMILIES))
    for form in (source, target):
        if not form.serves(family, None):
            raise ParameterError(
                f"{form.label} is not for the family {family!r}.",
                f"It is for {', '.join(form.families)}.",
            )
        if not form.serves(None, l1_ratio):
            raise ParameterError(
                f"{form.label} cannot say l1_ratio = {l1_ratio:g}.",
                f"It minimizes {form.minimizes}.",
            )
    if not set(source.families).intersection(target.families):
        raise ParameterError(
            f"{source.label} and {target.label} are for different kinds of targets.",
            f"{source.label} is for {', '.join(source.families)}.",
        )
    least, most = _mixes(source, target)
    if least > most:
        raise ParameterError(
            f"{source.label} and {target.label} have no penalty in common.",
            f"The first minimizes {source.minimizes}, the second {target.minimizes}.",
        )


def _family(source: Parametrization, target: Parametrization, family: str | None) -> str | None:
    """The family that is meant: as given, or the only one that both are for."""
    common = [name for name in source.families if name in target.families]
    return common[0] if family is None and len(common) == 1 else family


def _mixes(source: Parametrization, target: Parametrization) -> tuple[float, float]:
    """The least and the most of L1 that both can be told."""
    return (
        max(source.l1_ratios[0], target.l1_ratios[0]),
        min(source.l1_ratios[1], target.l1_ratios[1]),
    )


def _mix(source: Parametrization, target: Parametrization, l1_ratio: float | None) -> float | None:
    """The mix that is meant: as given, or the only one that both can be told."""
    least, most = _mixes(source, target)
    return least if l1_ratio is None and least == most else l1_ratio


def _rows(source: Parametrization, target: Parametrization, n: float | None) -> float:
    """Number of rows, where it matters."""
    if n is not None:
        check_positive(n, "n", "convert")
        return float(n)
    # Where both are alike powers of sums over the same rows, their number cancels.
    alike = source.rows == target.rows and source.power == target.power
    if not alike:
        raise ParameterError(
            f"Converting {source.label} to {target.label} needs the number of rows: n=...",
            "With weights, it is the sum of the weights that the system is given.",
        )
    return 1.0


def _scales_y(form: Parametrization, family: str | None, mix: float | None) -> bool:
    """Whether the strength depends on the spread of the target: glmnet's, with an L2 part."""
    squares = family is not None and family_of(family).quadratic
    return form.scales_amounts and squares and mix != 1.0


def _glmnet_share(
    form: Parametrization, family: str | None, mix: float | None, sd_y: float | None
) -> float:
    """Lambda of glmnet over ours: 1, but for a gaussian target with an L2 part."""
    if not _scales_y(form, family, mix):
        return 1.0
    spread = _spread(None if mix is None else sd_y)
    assert mix is not None
    return mix + (1.0 - mix) * spread


def _spread(sd_y: float | None) -> float:
    if sd_y is None:
        raise ParameterError(
            "glmnet divides a gaussian target by its standard deviation, so the strength of an L2 "
            "part depends on it.",
            "Give l1_ratio=... and sd_y=..., the standard deviation (1/n) of the target.",
        )
    check_positive(sd_y, "sd_y", "convert")
    return sd_y
