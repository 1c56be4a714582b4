import pytest

from regpath.io.options import ColumnOptions, ReadOptions
from regpath.ui.session.changes import changes
from regpath.ui.session.overrides import Override, options_of

OPTIONS = [
    ReadOptions(),
    ReadOptions(skip_rows=0, delimiter=";"),
    ReadOptions().keeping("totals").keeping("currency:price"),
    ReadOptions().saying("price", decimal=",").saying("when", parts=("year", "month")),
    ReadOptions(skip_rows=2, columns={"price": ColumnOptions(kind="text")}).keeping("totals"),
]


@pytest.mark.parametrize("after", OPTIONS)
@pytest.mark.parametrize("before", OPTIONS)
def test_changes_lead_from_one_set_of_options_to_the_other(before, after):
    first = Override("", changes(ReadOptions(), before))
    second = Override("", changes(before, after))
    assert changes(options_of([first, second]), after) == {}


def test_taking_one_override_back_leaves_the_others():
    keep = Override("", {("kept", "totals"): True})
    kind = Override("", {("columns", "a", "kind"): "text"})
    decimal = Override("", {("columns", "a", "decimal"): ","})
    assert options_of([keep, kind, decimal]).of("a") == ColumnOptions(kind="text", decimal=",")
    assert options_of([keep, decimal]).of("a") == ColumnOptions(decimal=",")
    assert options_of([kind, decimal]).kept == frozenset()


def test_later_overrides_win():
    overrides = [Override("", {("skip_rows",): n}) for n in (1, 3)]
    assert options_of(overrides).skip_rows == 3
    assert options_of(
        [Override("", {("kept", "x"): True}), Override("", {("kept", "x"): False})]
    ) == (ReadOptions())


def test_overrides_of_columns_that_do_not_exist_are_left_aside():
    overrides = [Override("", {("columns", name, "kind"): "text"}) for name in "ab"]
    assert set(options_of(overrides, {"b", "c"}).columns) == {"b"}
