import numpy as np
import pandas as pd
import pytest

from regpath import datasets
from regpath.core.problems.likely_targets import OTHERS, likely_targets, unfit
from regpath.io import read_table


def names(frame, **options):
    return [column.name for column in likely_targets(frame, **options)]


def table(**columns):
    """Columns x0, x1 of amounts around others."""
    rng = np.random.default_rng(0)
    n = len(next(iter(columns.values())))
    return pd.DataFrame({"x0": rng.normal(size=n), **columns, "x1": rng.normal(size=n)})


TELLING = """
Survived churn SalePrice sale_price median.price Überlebt diagnóstico default.payment Y
loan_status_default цена 目标 価格 Größe_Zielgröße Miete_EUR loyer visits bike_count Kaltmiete
"""


@pytest.mark.parametrize("name", TELLING.split())
def test_a_name_that_says_what_is_predicted_comes_first_in_many_languages(name):
    first, *_ = likely_targets(table(**{name: [1.5, 2.5, 3.5, 1.25] * 5}))
    assert (first.name, first.is_known) == (name, True)


@pytest.mark.parametrize("name", ["yield_sign_colour_id", "Pclass", "yes", "pricey", "classical"])
def test_a_word_inside_another_is_no_such_name(name):
    frame = table(**{name: [1.5, 2.5, 3.5, 1.25] * 5})
    (found,) = (column for column in likely_targets(frame) if column.name == name)
    assert found.is_known == (name == "yield_sign_colour_id")


def test_without_names_the_last_and_the_first_column_come_first_then_two_classes():
    frame = table(few=[1, 2, 3, 4] * 5, two=["a", "b"] * 10)
    assert names(frame) == ["x1", "x0", "two", "few"]


def test_years_come_behind_all_else_unless_their_name_says_more():
    years = [1950, 1960, 1970, 1980] * 5
    assert names(table(built=years, region=[*"abcd"] * 5)) == ["x1", "x0", "region", "built"]
    frame = pd.DataFrame({"size": [1.5, 2.5, 3.5, 1.25] * 5, "built": years})
    assert names(frame) == ["size", "built"]
    assert names(frame.rename(columns={"built": "price"}))[0] == "price"
    assert names(frame.assign(built=np.float64(years)))[-1] == "built"
    assert names(frame.assign(built=[1950, 1960] * 10))[0] == "built"  # two classes
    unbounded = frame.assign(size=[np.inf, -np.inf, 1.5, 2.5] * 5)
    assert names(unbounded)[0] == "built"


def test_what_cannot_be_predicted_is_not_offered():
    n = 60
    frame = table(
        row=np.arange(n),
        same=["a"] * n,
        none=[np.nan] * n,
        name=[f"word {i}" for i in range(n)],
        day=pd.date_range("2020-01-01", periods=n),
        pairs=[f"pair {i // 2}" for i in range(n)],
        far=[np.inf, *range(n - 1)],
    )
    assert names(frame) == ["x1", "x0"]
    assert all(unfit(frame[name]) for name in frame if name not in ("x0", "x1"))


def test_values_are_told_as_they_are():
    frame = table(grade=[*"aaaaaaaabbbbbccddef", None], cost=[*np.linspace(0, 15, 19), np.nan])
    found = {column.name: column for column in likely_targets(frame)}
    grade, cost = found["grade"], found["cost"]
    assert grade.counts == (("a", 8), ("b", 5), ("c", 2), ("d", 2), (OTHERS, 2))
    assert (grade.family, grade.n_missing, grade.histogram) == ("multinomial", 1, ())
    assert (cost.family, cost.n_missing, cost.counts) == ("gaussian", 1, ())
    assert (sum(cost.histogram), cost.range) == (19, (0.0, 15.0))


@pytest.mark.parametrize("entry", datasets.catalog(), ids=lambda entry: entry.name)
def test_the_target_of_every_bundled_set_is_among_those_offered(entry):
    frame = datasets.load(entry.name).frame
    found = {column.name: column for column in likely_targets(frame)}
    assert found[entry.target].family == entry.family


def test_a_wide_table_is_not_read_from_end_to_end():
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(rng.normal(size=(20, 3000)), columns=[f"g{j}" for j in range(3000)])
    frame.insert(1500, "relapse", [0, 1] * 10)
    assert names(frame, most=3) == ["relapse", "g2999", "g0"]


def test_classes_are_called_as_the_file_calls_them():
    rows = "".join(f"{i}.5;{'ja' if i % 3 else 'nein'}\n" for i in range(30))
    found = likely_targets(read_table(f"Alter;Rückfall\n{rows}".encode()), most=1)
    assert dict(found[0].counts) == {"ja": 20, "nein": 10}
