import numpy as np
import pandas as pd
import pytest

import regpath
from regpath.core.problems.response import code_response, guess_family


@pytest.mark.parametrize(
    ("values", "family"),
    [
        (["no", "yes"] * 9, "binomial"),
        ([True, False] * 9, "binomial"),
        ([0, 1] * 9, "binomial"),
        ([2.5, 7.5] * 9, "binomial"),
        (["a", "b", "c"] * 9, "multinomial"),
        ([0, 1, 2, 3] * 9, "multinomial"),
        (list(range(20)), "gaussian"),
        ([1, 2, 3, 4], "gaussian"),
        ([0.5, 1.5, 2.5] * 9, "gaussian"),
    ],
)
def test_family_is_guessed_from_the_values(values, family):
    assert guess_family(pd.Series(values)) == family


def test_classes_are_sorted_and_keep_their_values():
    coded = code_response(pd.Series([10.0, 2.0, 10.0], name="y"), "binomial")
    assert coded.classes == (2, 10)
    assert coded.y.tolist() == [1, 0, 1]


@pytest.mark.parametrize(
    ("values", "family", "message"),
    [
        ([5, 5, 5], "auto", "Target 'y' is 5 in every row: there is nothing to predict."),
        ([np.nan], "auto", "Target 'y' holds no values."),
        (["a", "b", "c"], "binomial", "Target 'y' has 3 classes; the binomial family needs two."),
        (["a", "b", "c"], "gaussian", "Target 'y' holds words, which linear regression cannot"),
        ([str(i) for i in range(60)], "auto", "Target 'y' holds 60 different words; at most 50"),
        ([1.0, np.inf, 2.0], "gaussian", "Target 'y' is infinite in row 1."),
    ],
)
def test_what_cannot_be_predicted_is_refused(values, family, message):
    with pytest.raises(regpath.DataError) as refused:
        code_response(pd.Series(values, name="y"), family)
    assert message in str(refused.value)
    assert refused.value.hint


@pytest.mark.parametrize("values", [["a", "a"], [5, 5, 5], [0.1 + 0.2, 0.3]])
def test_a_target_that_does_not_vary_has_an_error_of_its_own(values):
    family = "auto" if values[0] == "a" else "gaussian"
    with pytest.raises(regpath.NothingToFindError):
        code_response(pd.Series(values, name="y"), family)


def test_dates_are_no_target():
    dates = pd.Series(pd.date_range("2020", periods=5), name="when")
    with pytest.raises(regpath.DataError, match="Target 'when' holds dates"):
        code_response(dates)
