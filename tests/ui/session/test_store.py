import pytest

from regpath.ui.session.store import Store


def test_results_are_made_once_and_the_least_used_go_first():
    store, made = Store(2), []

    def make(name):
        return lambda: made.append(name) or name

    assert [store.get(name, make(name)) for name in "abab"] == list("abab")
    assert made == ["a", "b"]
    store.get("c", make("c"))
    assert "a" not in store
    assert "b" in store
    assert store.get("a", make("a")) == "a"
    assert made == ["a", "b", "c", "a"]


def test_what_fails_leaves_nothing():
    store = Store(2)
    with pytest.raises(ZeroDivisionError):
        store.get("a", lambda: 1 / 0)
    assert "a" not in store
