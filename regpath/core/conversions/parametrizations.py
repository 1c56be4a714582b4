"""How systems write the strength of a penalty, as a table: their objectives against ours.

A parametrization is how one of them writes it. All are tied to ours, the lambda of

    (1/W) sum_i w_i loss(y_i, b0 + x_i b) + lambda [ l1_ratio |b|_1 + (1 - l1_ratio)/2 |b|_2^2 ]

where W, the sum of the weights that the other system is given, is n without weights. All speak of
the same features: per standard deviation (1/n) where the path is standardized. A system that
scales by 1/(n - 1), or not at all, must be given such features.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, sqrt

from regpath.core.families import FAMILIES

OURS = "lambda"
RIDGE, LASSO, EVERY_MIX = (0.0, 0.0), (1.0, 1.0), (0.0, 1.0)  # least and largest l1_ratio
NO_PURE_RIDGE = (1e-3, 1.0)  # coordinate descent of these systems needs some L1; glmnet's floor
SCIKIT_LEARN = ("C", "lasso_alpha", "ridge_alpha", "poisson_alpha")


@dataclass(frozen=True)
class Parametrization:
    """How a system writes the strength of a penalty: as (factor * n^rows * lambda)^power.

    Attributes
    ----------
    name : str
        What `convert` calls it.
    label : str
        System and parameter, for people.
    minimizes : str
        Its objective, with its own parameter's name.
    formula : str
        Its value in terms of our lambda.
    factor : float
    rows : {0, 1}
        1 where its loss is a sum over rows, 0 where it is a mean.
    power : {1, -1, -2}
        Negative where a larger value penalizes less.
    l1_ratios : tuple of (least, most)
        The mixes of L1 and L2 that it can be told.
    scales_amounts : bool
        Whether it divides a target by its standard deviation before it fits least squares.
    mix_name : str
        What it calls our `l1_ratio`; empty where its penalty is of one kind.
    """

    name: str
    label: str
    minimizes: str
    formula: str
    factor: float = 1.0
    rows: int = 0
    power: int = 1
    l1_ratios: tuple[float, float] = EVERY_MIX
    scales_amounts: bool = False
    mix_name: str = ""

    @property
    def families(self) -> tuple[str, ...]:
        """The families that it is used for: they say so themselves (`Family.systems`)."""
        return tuple(
            name
            for name, family in FAMILIES.items()
            if self.name == OURS or self.name in family.systems
        )

    @property
    def parameter(self) -> str:
        """What the system itself calls it: the last word of the label."""
        return self.label.split()[-1]

    @property
    def larger_is(self) -> str:
        """What a larger value means: "stronger" or "weaker"."""
        return "stronger" if self.power > 0 else "weaker"

    def serves(self, family: str | None, l1_ratio: float | None) -> bool:
        """Whether the system can be told this mix for this family; None is not asked."""
        least, most = self.l1_ratios
        mixes = l1_ratio is None or least <= l1_ratio <= most
        return mixes and (family is None or family in self.families)

    def nearest_mix(self, l1_ratio: float) -> float:
        """The mix nearest to one in our terms that the system can be told."""
        least, most = self.l1_ratios
        # A floor of coordinate descent is no penalty that somebody means: pure L1 is.
        return l1_ratio if least <= l1_ratio <= most else (most if least > 0.0 else least)

    def value_of(self, lam: float, n: float) -> float:
        """Its value for our lambda on `n` rows; infinite where no number holds it."""
        return _power(self.factor * n**self.rows * lam, self.power)

    def lambda_of(self, value: float, n: float) -> float:
        """Our lambda for its value on `n` rows; infinite where no number holds it."""
        return _power(value, 1.0 / self.power) / (self.factor * n**self.rows)


def _power(base: float, power: float) -> float:
    try:
        return float(base**power)
    except (OverflowError, ZeroDivisionError):
        return inf


PARAMETRIZATIONS: dict[str, Parametrization] = {
    form.name: form
    for form in (
        Parametrization(
            OURS,
            "regpath lambda",
            "mean loss + lambda penalty",
            "lambda",
            mix_name="l1_ratio",
        ),
        Parametrization(
            "C",
            "scikit-learn LogisticRegression C",
            "C sum loss + penalty",
            "1 / (n lambda)",
            rows=1,
            power=-1,
            mix_name="l1_ratio",
        ),
        Parametrization(
            "logistic_alpha",
            "scikit-learn LogisticRegression alpha",
            "mean loss + alpha penalty (planned in place of C)",
            "lambda",
            mix_name="l1_ratio",
        ),
        Parametrization(
            "lasso_alpha",
            "scikit-learn Lasso, ElasticNet alpha",
            "RSS / (2n) + alpha penalty",
            "lambda",
            l1_ratios=NO_PURE_RIDGE,
            mix_name="l1_ratio",
        ),
        Parametrization(
            "ridge_alpha",
            "scikit-learn Ridge alpha",
            "RSS + alpha |b|^2",
            "n lambda",
            rows=1,
            l1_ratios=RIDGE,
        ),
        Parametrization(
            "poisson_alpha",
            "scikit-learn PoissonRegressor alpha",
            "mean loss + alpha/2 |b|^2",
            "lambda",
            l1_ratios=RIDGE,
        ),
        Parametrization(
            "glmnet",
            "R glmnet lambda",
            "mean loss + lambda penalty (gaussian: of y divided by its SD)",
            "lambda; gaussian with an L2 part: lambda (r + (1 - r) sd(y))",
            scales_amounts=True,
            mix_name="alpha",
        ),
        Parametrization(
            "gauss_variance",
            "Gauss prior, variance (KNIME)",
            "sum loss + |b|^2 / (2 variance)",
            "1 / (n lambda)",
            rows=1,
            power=-1,
            l1_ratios=RIDGE,
        ),
        Parametrization(
            "laplace_variance",
            "Laplace prior, variance (KNIME)",
            "sum loss + sqrt(2 / variance) |b|_1",
            "2 / (n lambda)^2",
            factor=1.0 / sqrt(2.0),
            rows=1,
            power=-2,
            l1_ratios=LASSO,
        ),
        Parametrization(
            "weka",
            "Weka Logistic R",
            "sum loss + R |b|^2",
            "n lambda / 2",
            factor=0.5,
            rows=1,
            l1_ratios=RIDGE,
        ),
        Parametrization(
            "course",
            "course notation, lambda over 2m",
            "mean loss + L/(2m) |b|^2",
            "n lambda",
            rows=1,
            l1_ratios=RIDGE,
        ),
        Parametrization(
            "lassoglm",
            "MATLAB lassoglm Lambda",
            "mean deviance + Lambda penalty",
            "2 lambda",
            factor=2.0,
            l1_ratios=NO_PURE_RIDGE,
            mix_name="Alpha",
        ),
        Parametrization(
            "matlab_lasso",
            "MATLAB lasso Lambda",
            "RSS / (2n) + Lambda penalty",
            "lambda",
            l1_ratios=NO_PURE_RIDGE,
            mix_name="Alpha",
        ),
        Parametrization(
            "lasso2",
            "Stata lassopack lasso2 lambda",
            "RSS / n + lambda/n |b|_1",
            "2 n lambda",
            factor=2.0,
            rows=1,
            l1_ratios=LASSO,
        ),
        Parametrization(
            "h2o", "H2O GLM lambda", "mean loss + lambda penalty", "lambda", mix_name="alpha"
        ),
        Parametrization(
            "statsmodels",
            "statsmodels OLS, GLM fit_regularized alpha",
            "mean loss + alpha penalty",
            "lambda",
            mix_name="L1_wt",
        ),
        Parametrization(
            "statsmodels_l1",
            "statsmodels Logit, Poisson fit_regularized alpha",
            "sum loss + alpha |b|_1",
            "n lambda",
            rows=1,
            l1_ratios=LASSO,
        ),
    )
}
ALIASES = {
    "lam": "lambda",
    "regpath": "lambda",
    "sklearn": "C",
    "gauss": "gauss_variance",
    "laplace": "laplace_variance",
}


def scikit_learn_form(family: str, l1_ratio: float) -> Parametrization | None:
    """How scikit-learn writes the strength of such a path; None where it has no such model."""
    own = (each for name, each in PARAMETRIZATIONS.items() if name in SCIKIT_LEARN)
    return next((each for each in own if each.serves(family, l1_ratio)), None)
