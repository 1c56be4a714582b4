import pytest

import regpath
from regpath import Recipe, run_study


def test_a_study_is_the_line_of_public_functions():
    table = regpath.datasets.load("penguins")
    study = run_study(table, Recipe(target="species", l1_ratio=0.5, test_size=0.3, seed=4))
    problem = regpath.make_problem(table, "species")
    split = regpath.split_problem(problem, test_size=0.3, seed=4)
    path = regpath.fit_path(split.train, l1_ratio=0.5)
    assert study.path.coef_path.tolist() == path.coef_path.tolist()
    assert study.parts == ("train", "test")
    for part, rows in (("train", split.train), ("test", split.test)):
        assert study.scores_of(part).equals(regpath.score_path(path, rows))


def test_the_same_recipe_gives_the_same_bytes():
    table = regpath.datasets.load("election_1996")
    recipe = Recipe(
        target=next(e for e in regpath.datasets.catalog() if e.name == table.name).target
    )
    one, two = run_study(table, recipe), run_study(table, recipe)
    assert one.path.coef_path.tobytes() == two.path.coef_path.tobytes()
    assert one.scores.equals(two.scores)


def test_notes_tell_each_step_once():
    study = run_study(regpath.datasets.load("penguins"), Recipe(target="species"))
    assert len(set(study.notes)) == len(study.notes) == 5


@pytest.mark.parametrize("entry", regpath.datasets.catalog(), ids=lambda e: e.name)
@pytest.mark.parametrize("l1_ratio", [1.0, 0.5, 0.0])
def test_every_point_of_every_bundled_set_is_certified(entry, l1_ratio):
    """The product's promise; digits with a coarser grid, since its default one takes seconds."""
    problem = regpath.make_problem(regpath.datasets.load(entry.name), entry.target)
    n_lambdas = 25 if entry.name == "digits" else 100
    path = regpath.fit_path(problem, l1_ratio=l1_ratio, n_lambdas=n_lambdas)
    assert path.family == entry.family
    assert path.converged.all()
    assert path.kkt_violation.max() <= 1e-6
    assert path.dual_gap.max() <= 1e-6
    if l1_ratio > 0.0:
        assert path.n_nonzero[0] == 0
        assert path.n_nonzero[1] > 0
