import pickle

import pytest

import regpath
from regpath import DataError, ReadOptions


def test_an_option_that_answers_is_named_below_the_message():
    error = DataError("Two sheets.", "Choose one.").answered_by("sheet")
    assert (str(error), error.option, error.column) == ("Two sheets. Choose one.", "sheet", None)
    assert error.__notes__ == ["An option answers it: options=ReadOptions(sheet=...)"]
    of_column = DataError("No order.").answered_by("levels", "size")
    assert of_column.__notes__[0].endswith("options=ReadOptions().saying('size', levels=...)")
    assert DataError("Plain.").option == ""


def test_an_error_of_another_process_is_whole():
    error = pickle.loads(pickle.dumps(DataError("Two.", "One.").answered_by("sheet", "a")))
    assert (error.message, error.hint, error.option, error.column) == ("Two.", "One.", "sheet", "a")
    assert len(error.__notes__) == 1


@pytest.mark.parametrize(
    ("content", "options", "option", "column"),
    [
        (b"a,y\n1,2\n3,4\n", ReadOptions(encoding="klingon"), "encoding", None),
        ("a,y\nä,2\nö,4\n".encode("cp1252"), ReadOptions(encoding="utf-8"), "encoding", None),
        (b"a,y\nred,2\nblue,4\n", ReadOptions().saying("a", kind="number"), "kind", "a"),
        (b"a,y\nred,2\nblue,4\n", ReadOptions().saying("a", kind="date"), "kind", "a"),
        (b"a,y\nu,2\nv,4\nw,4\n", ReadOptions().saying("a", kind="boolean"), "kind", "a"),
        (b"a,y\nu,2\nv,4\nw,4\n", ReadOptions().saying("a", kind="ordinal"), "levels", "a"),
    ],
)
def test_refusals_of_a_file_name_the_option_that_answers(content, options, option, column):
    with pytest.raises(regpath.RegpathError) as refused:
        regpath.read_table(content, options=options)
    assert (refused.value.option, refused.value.column) == (option, column)
    assert f"{option}=...)" in refused.value.__notes__[0]
