"""A path that takes a while says how far it is, and is stopped and asked for again."""

import pytest

from regpath.recipe import Recipe
from regpath.study import LEARNED, run_study
from regpath.ui.controls import waiting_for_path
from regpath.ui.session.state import Key
from tests.ui.conftest import Page

ROWS = "a,b,ill\n" + "".join(f"{i % 7},{i * i % 11},{(i * 3 + i % 5) % 2}\n" for i in range(60))


@pytest.fixture
def heard(monkeypatch):
    """What is said of a path, whose every word is shown; and the keys under which it is stopped."""
    said, stopped = [], []
    say, ask = waiting_for_path._progress_text, waiting_for_path.path_told

    def told(table, recipe, *, problem, progress):
        return run_study(table, recipe, problem=problem, progress=progress)

    monkeypatch.setattr(waiting_for_path, "AT_ONCE", -1.0)
    monkeypatch.setattr(
        waiting_for_path, "_progress_text", lambda *at: said.append(say(*at)) or said[-1]
    )
    monkeypatch.setattr("regpath.ui.session.computing.run_study", told)
    monkeypatch.setattr(
        "regpath.ui.workspace.path_told",
        lambda key, recipe: stopped.append(key) or ask(key, recipe),
    )
    return said, stopped


def test_a_path_says_which_strength_of_how_many_it_is_at(page, heard):
    said, _ = heard
    page.bring("slow.csv", ROWS.encode())
    page.predict("ill")
    assert page.fine()
    n = page.at.session_state[Key.N_LAMBDAS]
    numbers = [int(words.split()[2]) for words in said if words.startswith("Path: strength")]
    assert len(numbers) > 3
    assert numbers == sorted(numbers)
    assert all(words.endswith(f"of {n}") for words in said if words.startswith("Path"))
    assert not _has(page, "stop_path")


def test_a_path_that_was_stopped_is_computed_when_it_is_asked_for(heard):
    _, keys = heard
    page = Page(data="iris", target="species")
    shown = page.data["owner"]
    page.at.session_state[Key.STOPPED] = keys[-1]
    page.at.run()
    assert page.fine_here()
    assert "The path was stopped before it was computed." in [each.value for each in page.at.info]
    page.at.button(key="compute_path").click().run()
    assert page.fine()
    assert page.data["owner"] == shown


def test_what_was_stopped_stops_no_other_path(heard):
    _, keys = heard
    page = Page(data="iris", target="species")
    page.at.session_state[Key.STOPPED] = keys[-1]
    page.at.number_input(key=Key.SEED).set_value(5).run()
    assert page.fine()


def test_words_say_what_is_at_work():
    recipe = Recipe("ill")
    words = [waiting_for_path._progress_text(share, recipe) for share in (0.0, 0.335, 1.0)]
    assert words[1] == "Path: strength 34 of 100"
    assert len(set(words)) == 3


def test_factors_that_are_learned_first_count_as_no_strength():
    recipe = Recipe("ill", adaptive=1.0)
    shares = (0.0, 0.2, 0.5, LEARNED, (1.0 + LEARNED) / 2.0, 0.9999, 1.0)
    words = [waiting_for_path._progress_text(share, recipe) for share in shares]
    assert words[1] == words[2] == "Learning the factors of the adaptive lasso …"
    assert words[3:6] == [f"Path: strength {k} of 100" for k in (1, 51, 100)]
    assert words[0] == "Preparing the columns …"


def _has(page, key):
    return any(button.key == key for button in page.at.button)
