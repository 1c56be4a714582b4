from dataclasses import replace

import numpy as np
import pytest

from regpath.core.metrics.scores import confusion_at
from regpath.explorer.outcome import DOTS, LEVELS, THRESHOLDS, outcome


def test_confusion_at_half_is_the_cores_at_every_strength(study_of):
    study = study_of("binomial")
    facts, arrays = outcome(study.path, study.test)
    counts = arrays["histogram"].astype(int)
    assert facts == {"view": "threshold"}
    assert counts.shape == (2, THRESHOLDS, len(study.path.lambdas))
    for i, lam in enumerate(study.path.lambdas):
        above = counts[:, 50:, i].sum(axis=1)
        below = counts[:, :50, i].sum(axis=1)
        expected = confusion_at(study.path, study.test, lam).to_numpy()
        np.testing.assert_array_equal(np.stack([below, above], axis=1), expected)


@pytest.mark.parametrize("threshold", [1, 7, 35, 50, 80, 99])
def test_any_threshold_counts_the_rows_above_it(study_of, threshold):
    study = study_of("binomial")
    counts = outcome(study.path, study.test)[1]["histogram"].astype(int)
    proba = study.path.predict_proba(study.test.X)[:, 1]
    for k in (0, 1):
        expected = (proba[study.test.y == k] > threshold / 100).sum(axis=0)
        np.testing.assert_array_equal(counts[k, threshold:].sum(axis=0), expected)


def test_a_row_exactly_at_half_belongs_to_the_first_class(study_of):
    study = study_of("binomial")
    flat = replace(
        study.path,
        coef_path=np.zeros_like(study.path.coef_path),
        intercept_path=np.zeros_like(study.path.intercept_path),
    )
    counts = outcome(flat, study.test)[1]["histogram"]
    assert counts[:, 50:].sum() == 0
    assert counts[:, 49].sum() == study.test.n_obs * len(study.path.lambdas)


def test_several_classes(study_of):
    study = study_of("multinomial")
    facts, arrays = outcome(study.path, study.test)
    assert facts == {"view": "confusion"}
    for i, lam in enumerate(study.path.lambdas):
        expected = confusion_at(study.path, study.test, lam).to_numpy()
        np.testing.assert_array_equal(arrays["confusion"][..., i], expected)


def test_numbers_are_drawn_where_they_are(study_of):
    study = study_of("gaussian")
    facts, arrays = outcome(study.path, study.test)
    step = (facts["high"] - facts["low"]) / LEVELS
    predicted = study.path.predict(study.test.X)
    np.testing.assert_allclose(
        facts["low"] + step * arrays["predicted"], predicted, rtol=0, atol=0.51 * step
    )
    np.testing.assert_allclose(
        facts["low"] + step * arrays["observed"], study.test.y, rtol=0, atol=0.51 * step
    )


def test_many_rows_are_thinned_and_many_counts_fit(study_of):
    study = study_of("gaussian")
    many = study.test.take(np.resize(np.arange(study.test.n_obs), 4000))
    assert outcome(study.path, many)[1]["predicted"].shape == (DOTS, len(study.path.lambdas))
    binary = study_of("binomial")
    many = binary.test.take(np.resize(np.arange(binary.test.n_obs), 200_000))
    counts = outcome(binary.path, many)[1]["histogram"]
    assert counts.dtype == np.uint32
    assert counts.sum(axis=(0, 1)).tolist() == [200_000] * len(binary.path.lambdas)
