"""How columns become features: gaps, rare levels, references, groups of levels, products."""

import numpy as np
import pandas as pd
import pytest

import regpath
from regpath import make_problem
from regpath.core.problems.coding import parse_terms, term_name


def table(n=60, seed=0):
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "age": rng.normal(50, 9, n).round(1),
            "dose": rng.gamma(2.0, 3.0, n).round(2),
            "city": rng.choice(["Oslo", "Rome", "Bern"], n),
        }
    )
    frame["y"] = frame["age"] / 10 + frame["dose"] + rng.normal(size=n)
    return frame


def column(problem, name):
    return problem.X[:, problem.feature_names.index(name)]


def test_gaps_are_filled_with_the_mean_on_request_and_learned_within_folds():
    frame = table()
    frame.loc[[3, 7], "age"] = np.nan
    problem = make_problem(frame, "y", missing="mean")
    assert column(problem, "age")[3] == pytest.approx(frame["age"].mean())
    rows = np.arange(3, 40)
    for keep in (False, True):
        some = problem.take(rows, keep_features=keep)
        assert column(some, "age")[0] == pytest.approx(frame["age"][3:40].mean())


def test_an_indicator_tells_where_a_column_was_missing():
    frame = table()
    frame.loc[[3, 7], "age"] = np.nan
    frame.loc[5, "city"] = None
    problem = make_problem(frame, "y", missing="indicator")
    cities = ("city=Bern", "city=Oslo", "city=Rome", "city missing")
    assert problem.feature_names == ("age", "age missing", "dose", *cities)
    assert problem.groups[:2] == ("age", "age")
    np.testing.assert_array_equal(column(problem, "age missing"), frame["age"].isna())
    np.testing.assert_array_equal(column(problem, "city missing"), frame["city"].isna())
    assert column(problem, "age")[3] == frame["age"].median()
    # Rows without a gap know of none, unless the features are settled.
    rows = np.arange(10, 40)
    assert "age missing" not in problem.take(rows).feature_names
    kept = problem.take(rows, keep_features=True)
    assert kept.feature_names == problem.feature_names
    assert not column(kept, "age missing").any()


def test_rare_levels_are_pooled_and_unseen_ones_with_them():
    frame = table()
    frame["city"] = ["Oslo"] * 30 + ["Rome"] * 26 + ["Bern", "Bern", "Kyiv", "Riga"]
    problem = make_problem(frame, "y", min_level_count=3, features=["city"])
    assert problem.feature_names == ("city=Oslo", "city=Rome", "city=other")
    np.testing.assert_array_equal(np.flatnonzero(column(problem, "city=other")), range(56, 60))
    assert "In 'city', 3 levels of fewer than 3 rows counted together as 'other'." in problem.notes
    new = pd.DataFrame({"city": ["Oslo", "Paris"]})
    assert problem.encode(new).tolist() == [[1, 0, 0], [0, 0, 1]]
    # What is rare is learned again from the rows at hand; settled features stay.
    rows = np.arange(28, 60)
    assert problem.take(rows).feature_names == ("city=other",)  # Rome alone is left beside it
    kept = problem.take(rows, keep_features=True)
    np.testing.assert_array_equal(kept.X, problem.X[rows])


def test_a_level_called_other_joins_the_pool():
    frame = table()
    frame["city"] = ["other"] * 20 + ["Rome"] * 20 + ["Oslo"] * 18 + ["Bern", "Kyiv"]
    problem = make_problem(frame, "y", min_level_count=3, features=["city"])
    assert problem.feature_names == ("city=Oslo", "city=Rome", "city=other")
    assert column(problem, "city=other").sum() == 22


def test_with_a_reference_the_first_level_has_no_feature():
    problem = make_problem(table(), "y", coding="reference")
    assert problem.feature_names == ("age", "dose", "city=Oslo", "city=Rome")
    frame = table()
    np.testing.assert_array_equal(column(problem, "city=Oslo"), frame["city"] == "Oslo")


def test_grouped_levels_count_as_one_for_new_rows_too():
    groups = {"city": {"north": ["Oslo", "Bern"]}}
    problem = make_problem(table(), "y", level_groups=groups, features=["city"])
    assert problem.feature_names == ("city=north",)
    np.testing.assert_array_equal(problem.X[:, 0], table()["city"] != "Rome")
    assert problem.encode(pd.DataFrame({"city": ["Oslo", "Rome"]})).tolist() == [[1], [0]]
    with pytest.raises(regpath.ParameterError, match="names a column 'town'"):
        make_problem(table(), "y", level_groups={"town": {"a": ["b"]}})


def test_products_and_powers_are_made_of_the_coded_columns():
    problem = make_problem(table(), "y", terms=["age × dose", "dose^2", "city:age"])
    frame = table()
    cities = ("age × city=Bern", "age × city=Oslo", "age × city=Rome")
    assert problem.feature_names[5:] == ("age × dose", "dose²", *cities)
    assert problem.groups[5:] == ("age × dose", "dose²", *["age × city"] * 3)
    np.testing.assert_array_equal(column(problem, "age × dose"), frame["age"] * frame["dose"])
    np.testing.assert_array_equal(column(problem, "dose²"), frame["dose"] ** 2)
    np.testing.assert_array_equal(
        column(problem, "age × city=Rome"), frame["age"] * (frame["city"] == "Rome")
    )
    assert regpath.fit_path(problem, n_lambdas=10).converged.all()


def test_products_use_what_each_fold_filled_in():
    frame = table()
    frame.loc[0, "age"] = np.nan
    problem = make_problem(frame, "y", terms=["age × dose"])
    some = problem.take(np.arange(20), keep_features=True)
    median = frame["age"][:20].median()
    assert column(some, "age × dose")[0] == median * frame["dose"][0]


@pytest.mark.parametrize(
    ("term", "message"),
    [
        ("age", "is not a product or a power"),
        ("age × weight", "is not a product or a power"),
        ("city^2", "takes a power of 'city', which holds words"),
        ("age^12", "is not a product or a power"),
    ],
)
def test_terms_that_cannot_be_are_refused(term, message):
    with pytest.raises(regpath.ParameterError, match=message):
        make_problem(table(), "y", terms=[term])


def test_names_may_hold_the_signs_of_products():
    assert parse_terms("a*b × c:d", ["a*b", "c:d"]) == (("a*b", "c:d"),)
    assert parse_terms(["b*a", "a*b"], ["a", "b"]) == (("a", "b"),)
    assert parse_terms("x^2 × x", ["x"]) == (("x", "x", "x"),)
    assert term_name(["x"] * 3) == "x³"


def test_a_product_beyond_the_range_of_numbers_is_refused():
    frame = table().assign(age=np.linspace(1e200, 2e200, 60))
    with pytest.raises(regpath.DataError, match="The product 'age²' is larger than a number"):
        make_problem(frame, "y", terms=["age^2"])


def test_classes_may_be_put_in_order():
    frame = table().assign(y=np.where(table()["dose"] > 5, "ill", "well"))
    assert make_problem(frame, "y").classes == ("well", "ill")
    problem = make_problem(frame, "y", classes=["ill", "well"])
    assert problem.classes == ("ill", "well")
    np.testing.assert_array_equal(problem.y == 1, frame["y"] == "well")
    numbers = frame.assign(y=(frame["y"] == "ill").astype(int))
    assert make_problem(numbers, "y", classes=["1", "0"]).classes == (1, 0)
    with pytest.raises(regpath.ParameterError, match="must name each class of target 'y' once"):
        make_problem(frame, "y", classes=["ill", "dead"])
    with pytest.raises(regpath.ParameterError, match="target 'y' holds amounts"):
        make_problem(table(), "y", classes=["1", "2"])


def test_a_column_of_weights():
    frame = table().assign(w=np.arange(60.0))
    problem = make_problem(frame, "y", weights="w")
    expected = make_problem(table(), "y", sample_weight=np.arange(60.0))
    assert problem.feature_names == expected.feature_names
    np.testing.assert_array_equal(problem.sample_weight, expected.sample_weight)
    assert "Column 'w' is set aside: it serves as the weights of rows." in problem.notes
    assert "w" in make_problem(frame, "y", weights="w", features=["age", "w"]).feature_names
    frame.loc[4, "w"] = -1.0
    with pytest.raises(regpath.DataError, match="The weight in row 4 of column 'w'"):
        make_problem(frame, "y", weights="w")
    with pytest.raises(regpath.ParameterError, match="not both"):
        make_problem(frame, "y", weights="w", sample_weight=np.ones(60))


def test_groups_and_times_of_rows_go_with_them():
    frame = table().assign(who=np.repeat([f"p{i}" for i in range(20)], 3), year=np.arange(60) // 6)
    problem = make_problem(frame, "y", group="who", time="year")
    assert problem.feature_names == make_problem(table(), "y").feature_names
    np.testing.assert_array_equal(problem.row_groups, pd.factorize(frame["who"], sort=True)[0])
    np.testing.assert_array_equal(problem.take(np.arange(5, 50)).row_times, frame["year"][5:50])
    frame.loc[2, "who"] = None
    with pytest.raises(regpath.DataError, match="The group of row 2 is missing in column 'who'"):
        make_problem(frame, "y", group="who")
    with pytest.raises(regpath.DataError, match="'city' holds words, so it cannot tell the order"):
        make_problem(frame, "y", time="city")
    with pytest.raises(regpath.DataError, match="There is no column 'when' for 'time'"):
        make_problem(frame, "y", time="when")


def test_too_many_levels_are_set_aside_with_a_suggestion():
    frame = table()
    frame["street"] = ["main"] * 15 + ["high"] * 12 + [f"t{i}" for i in range(33)]
    problem = make_problem(frame, "y")
    note = next(note for note in problem.notes if "street" in note)
    assert "with levels of fewer than 5 rows pooled (min_level_count=5) it has 3 levels" in note
    pooled = make_problem(frame, "y", min_level_count=5)
    streets = [name for name in pooled.feature_names if "street" in name]
    assert streets == ["street=high", "street=main", "street=other"]


def test_what_a_person_said_of_a_column_counts():
    rows = "".join(f"{i % 5},{i},{'ab'[i % 2]},{i * i % 17}\n" for i in range(40))
    text = f"code,n,sex,y\n{rows}".encode()
    options = regpath.ReadOptions()
    plain = make_problem(regpath.read_table(text), "y", family="gaussian")
    assert plain.feature_names == ("code", "sex=b")
    options = options.saying("code", kind="category").saying("n", kind="number")
    options = options.saying("sex", kind="id")
    table = regpath.read_table(text, options=options)
    problem = make_problem(table, "y", family="gaussian")
    assert problem.feature_names == (*(f"code={k}" for k in range(5)), "n")
    assert "Column 'sex' is set aside: it was said to hold an ID." in problem.notes


def test_the_default_choices_change_nothing():
    plain = make_problem(table(), "y")
    spelled = make_problem(table(), "y", missing="impute", min_level_count=1, coding="all")
    assert plain.feature_names == spelled.feature_names
    np.testing.assert_array_equal(plain.X, spelled.X)
