"""From bytes to Table, and only to a Table or an error of ours."""

import hashlib
import io
import random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regpath.errors import DataError, ParameterError, RegpathError
from regpath.io import read_table

CSV = b"name,size,smoker\nann,1.5,yes\nbob,NA,no\n"


def test_a_clean_file_needs_no_notes():
    table = read_table(CSV)
    expected = pd.DataFrame(
        {
            "name": pd.array(["ann", "bob"], dtype=pd.StringDtype(na_value=np.nan)),
            "size": [1.5, np.nan],
            "smoker": pd.array([True, False], dtype="boolean"),
        },
        index=[2, 3],
    )
    pd.testing.assert_frame_equal(table.frame, expected)
    assert table.digest == hashlib.blake2b(CSV, digest_size=16).hexdigest()
    assert table.name == "upload.csv"
    assert table.notes == ()


def test_bytes_paths_and_files_give_the_same_table(tmp_path):
    path = tmp_path / "people.csv"
    path.write_bytes(CSV)
    with path.open("rb") as file:
        tables = [read_table(path), read_table(str(path)), read_table(file)]
    for table in tables:
        assert table.name == "people.csv"
        pd.testing.assert_frame_equal(table.frame, read_table(CSV).frame)
    assert read_table(io.BytesIO(CSV)).name == "upload.csv"
    assert read_table(bytearray(CSV), name="mine").name == "mine"


def test_a_missing_file_is_an_error_of_the_data(tmp_path):
    path = tmp_path / "nowhere.csv"
    with pytest.raises(DataError) as caught:
        read_table(path)
    assert caught.value.message == f"{str(path)!r} cannot be read: No such file or directory."
    assert caught.value.hint == "Check that the path leads to a file that you may open."
    assert isinstance(caught.value.__cause__, FileNotFoundError)


@pytest.mark.parametrize("path", [".", "a\0b"])
def test_a_path_that_is_no_file_is_refused(path):
    with pytest.raises(DataError, match="cannot be read"):
        read_table(path)


def test_a_file_in_text_mode_is_refused():
    with pytest.raises(ParameterError, match="Got a file that reads str instead"):
        read_table(io.StringIO("a,b\n1,2\n"))


def test_a_header_alone_is_refused():
    with pytest.raises(DataError) as caught:
        read_table(b"a,b\n\n")
    assert caught.value.message == (
        "'upload.csv' has one line only, so there is no row of data under the header."
    )


def test_messages_and_index_name_the_rows_of_a_spreadsheet():
    table = read_table(b"\na;b\n\n1,5;x\n;\n-inf;y\n")
    assert table.frame.index.tolist() == [4, 6]
    assert table.notes == (
        "Columns are separated by semicolons.",
        "2 blank rows were left out.",
        "In 'a', a comma marks decimals.",
        "Column 'a' holds 1 infinite value (first: '-inf', row 6).",
    )


def test_the_style_of_numbers_is_noted_for_all_columns_at_once():
    table = read_table(b"a;b;c;d\n1,5;2,5;1.234,5;1,234,567\n")
    assert table.frame.iloc[0].tolist() == [1.5, 2.5, 1234.5, 1234567]
    assert table.notes[1:] == (
        "In 'a', 'b', 'c', a comma marks decimals.",
        "In 'c', a point marks thousands.",
        "In 'd', a comma marks thousands.",
    )


def test_a_point_that_may_mark_thousands_is_noted():
    table = read_table(b"x;y\n1.234;2.5\n20;1.234\n")
    assert table.frame["x"].tolist() == [1.234, 20]
    assert table.notes[1:] == ()  # other columns have decimal points
    assert read_table(b"x,y\n1.234,2.5\n").notes == ()
    assert read_table(b"x,y\n1.234,2\n").notes == (
        "Column 'x' holds numbers that may mean 1234 or 1.234 (first: '1.234', row 2); "
        "they are read as 1.234.",
    )


def test_quoted_decimal_commas():
    table = read_table(b'a,b\n"1,5",x\n"2,25",y\n')
    assert table.frame["a"].tolist() == [1.5, 2.25]


def test_words_that_were_taken_for_missing_are_noted_and_asked_about_among_words():
    table = read_table(b"cellar,size\nnull,?\nbrick,3\nnull,NA\n")
    assert table.notes == (
        "In 'cellar', 'null' (2 cells) is read as missing.",
        "In 'size', '?' (1 cell) is read as missing.",
        "Column 'cellar' holds 'null' in 2 cells among words: they are read as missing.",
    )
    assert [question.column for question in table.diagnosis.questions] == ["cellar"]


def test_one_column():
    table = read_table(b"x\n1,5\n2,5\n")
    assert table.frame["x"].tolist() == [1.5, 2.5]
    assert table.notes[0].startswith("The file was read as one column")


def test_text_is_kept_as_it_is():
    cells = ["=1+1", "<script>", "**a**", "שלום 🙂"]
    table = read_table(("t,u\n" + "".join(f"{cell},1\n" for cell in cells)).encode())
    assert table.frame["t"].tolist() == cells


def test_ten_thousand_columns():
    values = np.random.default_rng(0).normal(size=(3, 10_000))
    frame = pd.DataFrame(values).add_prefix("g")
    table = read_table(frame.to_csv(index=False).encode())
    np.testing.assert_array_equal(table.frame.to_numpy(), values)


words = st.text(st.characters(exclude_categories=["C", "Z"]) | st.sampled_from(' \n,;|\t"'))
rows = st.tuples(st.floats(allow_nan=False), words.map("t{}t".format), st.integers(-9, 9))


@settings(deadline=None)
@given(st.lists(rows, min_size=1, max_size=8))
def test_what_pandas_writes_is_read_back(values):
    frame = pd.DataFrame(values, columns=["x", "word", "n"])
    table = read_table(frame.to_csv(index=False, lineterminator="\n").encode())
    np.testing.assert_array_equal(table.frame["x"], frame["x"])
    assert table.frame["word"].tolist() == frame["word"].tolist()
    assert table.frame["n"].tolist() == frame["n"].tolist()


def mutated(data: bytes, rng: random.Random) -> bytes:
    """Damage a file the way disks, editors and hasty hands do."""
    i, j = sorted(rng.choices(range(len(data)), k=2))
    lines = data.splitlines(keepends=True)
    return rng.choice(
        [
            lambda: data[:i] + bytes([data[i] ^ 1 << rng.randrange(8)]) + data[i + 1 :],
            lambda: data[:i],
            lambda: data[:i] + data[j:],
            lambda: data.replace(b",", rng.choice([b";", b"\t", b"|", b" ", b'"', b",,"])),
            lambda: data.replace(b",", rng.choice([b";", b'"', b""]), rng.randrange(1, 9)),
            lambda: b"".join(rng.sample(lines, len(lines))) + lines[0][: rng.randrange(9)],
            lambda: data.replace(b"\n", rng.choice([b"\r", b"\n\n", b"", b'"\n'])),
        ]
    )()


@pytest.mark.parametrize("seed", range(200))
def test_damage_ends_in_a_table_or_in_an_error_of_ours(seed):
    rng = random.Random(seed)
    data = 'name,size,"note, long",zip\nann,1.5,"a ""b""",007\nbé,NA,"x\ny",123\n,-3e5,,\n'.encode()
    for _ in range(rng.randrange(1, 4)):
        data = mutated(data, rng) or b"a"
    try:
        table = read_table(data)
    except RegpathError as error:
        outcome = error
    else:
        outcome = table.frame
    if isinstance(outcome, RegpathError):
        assert outcome.message
        assert outcome.hint
    else:
        assert outcome.columns.is_unique
        assert len(outcome) == outcome.index.nunique() > 0


def test_formulas_with_and_without_an_apostrophe_in_one_column_stay_two_levels():
    """Whoever protects formulas protects them all, so these apostrophes are the file's own."""
    levels = ("Ash", "'=1", "=1", "Elm", "@x")
    rows = "".join(
        f"{k + 1},{levels[k % 5]},{('Oak', repr('+a')[:-1])[k % 7 == 3]}\n" for k in range(70)
    )
    frame = read_table(f"n,level,code\n{rows}".encode()).frame
    assert sorted(frame["level"].unique()) == ["'=1", "=1", "@x", "Ash", "Elm"]
    assert sorted(frame["code"].unique()) == ["+a", "Oak"]  # no formula without stands there
    names = read_table(b"=a,'=a,y\n1,2,3\n4,5,7\n").frame.columns.tolist()
    assert names == ["=a", "'=a", "y"]
