import pytest

from regpath import cli


def test_one_system_to_another(capsys):
    assert cli.main(["convert", "--from", "C=1", "--n", "400", "--to", "glmnet"]) == 0
    assert capsys.readouterr().out == "0.0025\n"


def test_all_systems_that_can_say_it(capsys):
    assert cli.main(["convert", "--from", "C=1", "--n", "400", "--l1-ratio", "0"]) == 0
    lines = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()}
    assert lines["weka"].split()[1] == "0.5"
    assert "larger is weaker" in lines["C"]
    assert "lasso2" not in lines


def test_a_prior_is_listed_with_the_mix_that_it_is(capsys):
    assert cli.main(["convert", "--from", "laplace_variance=0.1", "--n", "100"]) == 0
    out = capsys.readouterr().out
    assert "statsmodels_l1" in out
    assert "weka" not in out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--from", "C=1"], "--n ROWS"),
        (["--from", "C=one", "--n", "3"], "SYSTEM=VALUE"),
        (["--from", "C", "--n", "3"], "lacks =VALUE"),
        (["--from", "spss=1", "--n", "3"], "The system of --from must be one of"),
        (["--from", "C=1", "--n", "3", "--to", "x"], "--to must be one of"),
        (["--from", "C=1", "--to", "lambda"], "needs the number of rows: --n ..."),
        (["--from", "glmnet=1", "--n", "3", "--family", "gaussian"], "--l1-ratio ... and --sd-y"),
        (["--from", "C=inf", "--n", "3"], "C = inf is no penalty at all"),
        (["--from", "lambda=1e-320", "--n", "3"], "no number holds C"),
    ],
)
def test_what_is_missing_is_said(words, message, capsys):
    try:
        code = cli.main(["convert", *words])
    except SystemExit as exit:
        code = exit.code
    assert code == 2
    assert message in capsys.readouterr().err


def test_a_system_that_needs_the_spread_of_the_target_is_missed(capsys):
    words = ["convert", "--from", "lambda=0.1", "--n", "3", "--family", "gaussian"]
    assert cli.main([*words, "--l1-ratio", "0.5"]) == 0
    told = capsys.readouterr()
    assert "glmnet" not in told.out
    assert "glmnet is left out" in told.err
    assert cli.main([*words, "--l1-ratio", "0.5", "--sd-y", "2"]) == 0
    told = capsys.readouterr()
    assert "glmnet            0.15" in told.out
    assert "left out" not in told.err


def test_each_system_is_listed_with_its_own_mix(capsys):
    words = ["convert", "--from", "lambda=0.1", "--n", "3", "--family", "gaussian"]
    assert cli.main([*words, "--l1-ratio", "0.5", "--sd-y", "3"]) == 0
    told = capsys.readouterr()
    lines = {line.split()[0]: line for line in told.out.splitlines()}
    assert lines["glmnet"].endswith("R glmnet lambda, alpha = 0.25")
    assert lines["lasso_alpha"].endswith("alpha, l1_ratio = 0.5")
    assert lines["statsmodels"].endswith("alpha, L1_wt = 0.5")
    assert "per standard deviation (1/n)" in told.err
    assert cli.main(["convert", "--from", "weka=1", "--n", "3"]) == 0
    (weka,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("weka")]
    assert weka.endswith("Weka Logistic R")


@pytest.mark.parametrize(("source", "to"), [("lambda", "glmnet"), ("glmnet", "lasso_alpha")])
def test_another_number_of_the_mix_is_said_beside_a_value(source, to, capsys):
    words = ["convert", "--from", f"{source}=0.1", "--to", to, "--family", "gaussian"]
    assert cli.main([*words, "--l1-ratio", "0.5", "--sd-y", "3"]) == 0
    told = capsys.readouterr()
    assert float(told.out) > 0.0
    assert "R glmnet lambda is with its alpha = 0.25" in told.err
    if to == "lasso_alpha":  # which is of amounts alone
        told_by_system = [word for word in words if word not in ("--family", "gaussian")]
        assert cli.main([*told_by_system, "--l1-ratio", "0.5", "--sd-y", "3"]) == 0
        assert "with its alpha = 0.25" in capsys.readouterr().err
    assert cli.main([*words, "--l1-ratio", "1"]) == 0
    assert capsys.readouterr().err == ""
