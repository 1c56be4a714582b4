import numpy as np
import pytest

import regpath
from regpath.core.selection import RULES


def test_every_rule_has_a_row_of_its_own(family, make_small):
    problem = make_small(family)
    path = regpath.fit_path(problem, n_lambdas=20)
    cv = regpath.cross_validate(problem, path, n_folds=4)
    frame = regpath.compare_rules(cv, problem, values={"k_features": 2})
    assert frame["rule"].tolist() == [name for name in RULES if name != "stability"]
    for row in frame.itertuples():
        value = 2 if row.rule == "k_features" else None
        choice = regpath.select_lambda(cv, rule=row.rule, value=value, problem=problem)
        assert (row.lam, row.n_kept, row.reason) == (choice.lam, choice.n_kept, choice.reason)
        assert row.score == pytest.approx(cv.mean[choice.index])
    zeros = np.zeros((5, 20))
    assert regpath.compare_rules(cv, problem, frequencies=zeros)["rule"].iloc[-1] == "stability"


def test_a_rule_without_an_answer_says_why(make_small):
    problem = make_small("gaussian")
    path = regpath.fit_path(problem, l1_ratio=0.0, n_lambdas=5)
    cv = regpath.cross_validate(problem, path, n_folds=4)
    frame = regpath.compare_rules(cv, problem).set_index("rule")
    assert frame.loc["1se", "n_kept"] == 5
    assert frame["lam"].notna().all()  # five features are allowed, and five there are
    with pytest.raises(regpath.ParameterError, match="Ridge keeps every feature"):
        regpath.compare_rules(cv, problem, values={"k_features": 2})
    wide = make_small("gaussian", p=8)
    path = regpath.fit_path(wide, l1_ratio=0.0, n_lambdas=5)
    cv = regpath.cross_validate(wide, path, n_folds=4)
    row = regpath.compare_rules(cv, wide).set_index("rule").loc["k_features"]
    assert "Ridge keeps every feature" in row["reason"]
    assert np.isnan(row["lam"])
