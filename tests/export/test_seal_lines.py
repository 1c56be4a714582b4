import ast

import pytest

import regpath
from regpath.export import coefs_csv, cv_csv, path_csv, scores_csv, sklearn_script
from regpath.io import read_table


def study(seal):
    recipe = regpath.Recipe("progression", n_lambdas=5, seal=seal)
    return regpath.run_study(regpath.datasets.load("diabetes"), recipe)


def test_every_export_tells_how_often_the_envelope_was_opened():
    sealed = study(True)
    lam = sealed.path.lambdas[3]
    cv = regpath.validate_study(sealed)
    for state, count in ((sealed, 0), (sealed.opened(), 1)):
        seal = state.seal
        tables = [
            path_csv(state.path, seal=seal),
            coefs_csv(state.path, lam, seal=seal),
            scores_csv(state),
            cv_csv(cv, seal=seal),
        ]
        for table in tables:
            lines = table.decode().splitlines()
            assert lines[0].endswith(",test_openings")
            assert all(line.endswith(f",{count}") for line in lines[1:])
        script = sklearn_script(state, lam)
        docstring = " ".join(ast.get_docstring(ast.parse(script)).split())
        assert state.seal.sentence in docstring
        assert ('print("test score:"' in script) == (count == 1)
    assert b"test" not in scores_csv(sealed).replace(b"test_openings", b"")


def test_without_a_seal_nothing_is_said():
    open_ = study(False)
    assert b"test_openings" not in path_csv(open_.path) + scores_csv(open_)
    assert "sealed" not in sklearn_script(open_, open_.path.lambdas[2])


def test_scores_come_back_as_they_were():
    open_ = study(False)
    back = read_table(scores_csv(open_)).frame
    assert back["rmse"].to_numpy(float) == pytest.approx(open_.scores["rmse"])
