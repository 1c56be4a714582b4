"""What a careful reader doubts at once: scores that disagree, columns that number the rows."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from regpath.alarms.ids import KIND as NUMBERS_ROWS
from regpath.core.metrics.base_rate import null_eta
from regpath.core.metrics.bootstrap import redrawn
from regpath.core.metrics.measures import MEASURES
from regpath.core.problems.problem import Problem
from regpath.core.validation.fold_paths import held_out
from regpath.core.validation.one_standard_error import mean_and_error
from regpath.errors import DataError
from regpath.export.reporting.section import Text
from regpath.export.reporting.subject import Subject
from regpath.model import WEIGHED, has_shifted_probabilities
from regpath.number_format import num
from regpath.wording import counted, listed

N_BOOT = 1000  # redrawings of the test rows, as for the scores
TAILS = (0.025, 0.975)  # of these redrawings
CLEAR = 2.0  # standard errors of validation from which a signal is clear


def doubts(of: Subject) -> Iterator[Text]:
    """Say what of the results speaks against each other, or against a feature."""
    yield from _of_scores(of)
    if has_shifted_probabilities(of.study):
        yield Text(WEIGHED)
    words = _of_numbers(of)
    if words:
        yield Text(words, True)


def _of_scores(of: Subject) -> Iterator[Text]:
    """Whether validation and test tell of the same signal."""
    cv, test = of.cv, of.study.test
    if cv is None or test is None or of.study.seal.hides or of.n_kept == 0:
        return
    how = MEASURES[cv.measure]
    sign = 1.0 if how.larger_is_better else -1.0
    gain, se = _gain_in_folds(of, sign)
    low, high = _gain_on_test(of, test, sign)
    if not np.isfinite([gain, se, low, high]).all():
        return
    in_folds = (
        f"in cross-validation the features improve {how.label} by {num(gain):.2g} ± {num(se):.2g} "
        "(mean over folds and its standard error)"
    )
    on_test = (
        f"on {counted(test.n_obs, 'test row')} by {num(low):.2g} to {num(high):.2g} (95 % interval)"
    )
    if gain <= se and low > max(0.0, gain + se):
        yield Text(
            f"Validation and test disagree: {in_folds}, hardly any signal, yet {on_test}, a clear "
            f"one. Validation saw {counted(of.study.train.n_obs, 'row')}; the test may be luck of "
            "this split. Do not lean on the test score alone: see what other seeds split.",
            True,
        )
    elif gain > CLEAR * se and low <= 0.0 and high < gain - se:
        yield Text(
            f"Validation and test disagree: {in_folds}, a clear signal, yet {on_test}, far less. "
            "The test rows may be of another kind, or something leaked into the folds.",
            True,
        )
    elif gain > CLEAR * se and low <= 0.0:
        yield Text(f"The test alone is too small to confirm the signal: {in_folds}, {on_test}.")
    elif gain <= se and low <= 0.0:
        yield Text(f"Hardly any signal was found: {in_folds}, {on_test}.", True)
    else:
        yield Text(f"How much the features help: {in_folds}, {on_test}.")


def _gain_in_folds(of: Subject, sign: float) -> tuple[float, float]:
    """How much better than their own base rate the folds are at the strength, mean and error."""
    cv, train = of.cv, of.study.train
    assert cv is not None
    how = MEASURES[cv.measure]
    nulls = np.full((len(cv.folds), 1), np.nan)
    if not cv.fold_paths:  # left out in closed form: no fold has a base rate of its own
        return np.nan, np.nan
    for k in np.flatnonzero(cv.fold_weights):
        held = held_out(train, cv.fold_paths[k], cv.folds[k].test)
        nulls[k] = how.of(null_eta(train, cv.folds[k].train, held), held)
    gains = sign * (cv.fold_scores[:, [of.index]] - nulls)
    try:
        mean, se = mean_and_error(gains, cv.fold_weights, cv.repeats, how)
    except DataError:  # defined in fewer than two folds
        return np.nan, np.nan
    return float(mean[0]), float(se[0])


def _gain_on_test(of: Subject, test: Problem, sign: float) -> tuple[float, float]:
    """How much better than the base rate the model is on redrawings of the test rows."""
    assert of.cv is not None
    train = of.study.train
    alone = null_eta(train, np.arange(train.n_obs), test)
    both = np.concatenate([of.point.decision_path(test), alone], axis=-1)
    weighed = MEASURES[of.cv.measure].weighed(both, test)
    drawn = redrawn(test, N_BOOT, np.random.default_rng(0)) * test.sample_weight
    scores = np.array([weighed(weights) for weights in drawn if weights.any()])
    gains = sign * (scores[:, 0] - scores[:, 1])
    gains = gains[np.isfinite(gains)]
    if len(gains) < N_BOOT / 2:  # the measure is seldom defined on so few rows
        return np.nan, np.nan
    low, high = np.quantile(gains, TAILS)
    return float(low), float(high)


def _of_numbers(of: Subject) -> str:
    """Whether a column that numbers or names the rows is a feature."""
    encoder = of.study.train.encoder
    used = set() if encoder is None else set(encoder.kinds)
    names = [
        name
        for alarm in of.alarms
        if alarm.kind == NUMBERS_ROWS
        for name in alarm.columns
        if name in used
    ]
    if not names:
        return ""
    kept = [name for name in names if _is_kept(of, name)]
    weight = "The chosen model gives it no weight"
    if kept:
        weight = f"The chosen model leans on {listed(kept)}"
    return (
        f"{listed(names)} {'numbers' if len(names) == 1 else 'number'} or names the rows and is "
        f"used as a feature. {weight}; it says nothing of rows to come: leave it out, unless it "
        "measures something."
    )


def _is_kept(of: Subject, column: str) -> bool:
    coefs = of.point.coef_path.reshape(-1, len(of.path.feature_names))
    own = [j for j, name in enumerate(of.path.feature_names) if name == column]
    return bool(coefs[:, own].any())
