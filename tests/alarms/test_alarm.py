"""Alarms, changes and their frame."""

import regpath
from regpath.alarms import Alarm, Change, alarms_frame
from regpath.alarms.alarm import by_severity

RECIPE = regpath.Recipe("y")


def test_changes_follow_one_another():
    used = ("a", "b", "c")
    first, second = (Change(leave_out=(name,), used=used) for name in ("a", "c"))
    assert second.apply(first.apply(RECIPE)).features == ("b",)
    assert first.apply(regpath.Recipe("y", features=("a", "b"))).features == ("b",)


def test_settings_change_and_nothing_else():
    changed = Change(settings=(("test_size", 0.0),)).apply(regpath.Recipe("y", seed=3))
    assert changed == regpath.Recipe("y", seed=3, test_size=0.0)


def test_terms_go_with_their_columns():
    recipe = regpath.Recipe("y", terms=("a × b", "c^2"))
    changed = Change(leave_out=("a",), used=("a", "b", "c")).apply(recipe)
    assert (changed.features, changed.terms) == (("b", "c"), ("c^2",))


def alarm(severity, columns=()):
    return Alarm("kind", severity, columns, "What.", "Effect.", "Remedy")


def test_severe_first_else_as_found():
    found = [alarm("hint"), alarm("warning", ("a",)), alarm("severe"), alarm("warning", ("b",))]
    assert by_severity(found) == (found[2], found[1], found[3], found[0])


def test_frame():
    frame = alarms_frame([alarm("hint", ("a", "b")), alarm("severe")])
    assert frame["columns"].tolist() == ["a, b", ""]
    assert frame["severity"].tolist() == ["hint", "severe"]
    assert not frame["one_click"].any()
    assert list(alarms_frame([]).columns) == list(frame.columns)
