"""A strength that was asked for before its study: taken once, however often a run is broken off."""

from collections import UserDict
from itertools import count

import pytest
import streamlit as st

import regpath
from regpath.ui import address, explorer
from regpath.ui.controls import section, strength
from regpath.ui.pages.explore import page
from regpath.ui.session.source import bundled_source
from regpath.ui.session.state import Key

SOURCE = bundled_source("iris")


class BrokenOffError(BaseException):
    """What Streamlit raises where a run ends for another."""


class State(UserDict):
    """A session that ends the run at a use of it, as Streamlit's may at any; 0 for none."""

    until = 0

    def _used(self):
        self.until -= 1
        if self.until == 0:
            raise BrokenOffError

    def __getitem__(self, key):
        self._used()
        return super().__getitem__(key)

    def __setitem__(self, key, value):
        self._used()
        super().__setitem__(key, value)

    def __delitem__(self, key):
        self._used()
        super().__delitem__(key)

    def __contains__(self, key):
        self._used()
        return super().__contains__(key)


@pytest.fixture(scope="module")
def study():
    return regpath.run_study(SOURCE.table, regpath.Recipe("species", n_lambdas=8))


def run(act):
    """One run of a page; whether it came to its end or asked for another."""
    try:
        act()
    except BrokenOffError:
        return False
    return True


@pytest.fixture
def broken_off(monkeypatch):
    """Break a run off at each of its uses of the session in turn, each time let another follow."""

    def again():
        raise BrokenOffError

    monkeypatch.setattr(st, "rerun", again)

    def sessions(begin, act):
        for until in count(1):
            state = State()
            monkeypatch.setattr(st, "session_state", state)
            begin()
            state.until = until
            act_ended = run(act)
            was_broken_off = state.until <= 0 < until and not act_ended
            state.until = 0
            for _ in range(3):
                run(act)
            yield state
            if not was_broken_off:
                return

    return sessions


@pytest.mark.parametrize("shift", [1.0, 1.01], ids=["of the grid", "beside the grid"])
def test_a_strength_that_waits_is_taken_though_the_run_is_broken_off(
    monkeypatch, broken_off, study, shift
):
    lam = float(study.path.lambdas[3]) * shift
    fit_at = {}
    monkeypatch.setattr(strength, "write_choices", lambda choices, owner: fit_at.update(choices))

    def begin():
        fit_at.clear()
        strength.take_later(lam, {})

    def act():
        recipe = regpath.Recipe("species", n_lambdas=8, **fit_at)
        now = study if not fit_at else regpath.run_study(SOURCE.table, recipe)
        strength.take_now(SOURCE, now)
        act.study = now

    for n, _ in enumerate(broken_off(begin, act)):
        choice = explorer.choice_of(strength.owner_of(act.study))
        assert choice is not None, n
        assert float(act.study.path.lambdas[choice.index]) == pytest.approx(lam, rel=1e-9), n
        assert not strength.is_asked()
    assert n > 1


def test_what_no_path_has_is_said_though_the_run_is_broken_off(broken_off, study):
    def begin():
        strength.take_later(-1.0, {})

    for state in broken_off(begin, lambda: strength.take_now(SOURCE, study)):
        assert isinstance(state[Key.RESTORED], regpath.RegpathError)
        assert not strength.is_asked()


def test_an_error_that_nobody_foresaw_is_met_once(monkeypatch, study):
    def fails(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(st, "session_state", {})
    monkeypatch.setattr(strength, "_choose", fails)
    strength.take_later(float(study.path.lambdas[3]))
    with pytest.raises(ZeroDivisionError):
        strength.take_now(SOURCE, study)
    strength.take_now(SOURCE, study)


def test_an_address_is_taken_though_the_run_is_broken_off(monkeypatch, broken_off):
    query = {"data": ["wine"], "section": ["proof"]}

    class Query(dict):
        get_all = dict.__getitem__

    monkeypatch.setattr(st, "query_params", Query(query))
    for state in broken_off(lambda: None, address.restore):
        assert state[Key.DATASET] == "wine"
        assert state[Key.ASKED_SECTION] == "proof"
        assert state[Key.RESTORED] is None


def test_a_part_that_a_link_asks_for_is_opened_though_the_run_is_broken_off(
    monkeypatch, broken_off
):
    monkeypatch.setattr(st, "pills", lambda *_, key, **__: st.session_state[key])

    def begin():
        st.session_state[Key.ASKED_SECTION] = "second"

    def act():
        act.opened = section.choose_section("compare", ("first", "second"))

    for _ in broken_off(begin, act):
        assert act.opened == "second"


def test_the_rules_choice_is_gone_to_though_the_run_is_broken_off(broken_off):
    mark = type("Mark", (), {"index": 5})

    def begin():
        explorer.leave_cursor_at("owner", 0)
        st.session_state[Key.UNSETTLED] = ("owner", 0)

    for _ in broken_off(begin, lambda: page._settle_start("owner", mark, is_pending=False)):
        assert explorer.choice_of("owner").index == 5
