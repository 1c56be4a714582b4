import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import regpath
from regpath import ColumnOptions, ReadOptions
from regpath.io.options import COLUMN_FIELDS, READ_FIELDS

WORDS = st.text(min_size=1, max_size=5)
ROWS = st.none() | st.integers(0, 99)
DECIMALS = st.sampled_from([None, ".", ","])
readings = st.builds(
    ReadOptions,
    encoding=st.none() | st.sampled_from(["utf-8", "cp1252"]),
    delimiter=st.sampled_from([None, ",", "\t", "  ", "\x1f"]),
    quote=st.sampled_from([None, "", "'"]),
    decimal=DECIMALS,
    sheet=st.none() | WORDS,
    comment=st.sampled_from([None, "", "#"]),
    names_at=st.sampled_from([None, "left"]),
    skip_rows=ROWS,
    header_rows=ROWS,
    skip_footer=ROWS,
    kept=st.frozensets(WORDS, max_size=3),
    accepted=st.frozensets(WORDS, max_size=3),
)
columns = st.builds(
    ColumnOptions,
    kind=st.sampled_from([None, "number", "id"]),
    decimal=DECIMALS,
    date_order=st.sampled_from([None, "dmy"]),
    missing=st.none() | st.lists(WORDS, max_size=2).map(tuple),
    parts=st.lists(st.sampled_from(["year", "month"]), max_size=2).map(tuple),
    levels=st.lists(WORDS, max_size=2).map(tuple),
    zero=st.lists(WORDS, max_size=2).map(tuple),
)


@pytest.mark.parametrize(("options", "known"), [(readings, READ_FIELDS), (columns, COLUMN_FIELDS)])
def test_every_option_is_written_as_words_and_read_back(options, known):
    @given(options)
    def holds(said):
        for name, field in known.items():
            value = getattr(said, name)
            if value is not None:
                assert field.read(field.written(value)) == value

    holds()


def test_signs_that_cannot_be_typed_have_names():
    assert READ_FIELDS["delimiter"].read([r"\t"]) == "\t"
    assert READ_FIELDS["delimiter"].written("\x1f") == ["none"]
    assert READ_FIELDS["delimiter"].read([";"]) == ";"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("skip_rows", -1),
        ("header_rows", 1.5),
        ("skip_footer", True),
        ("skip_rows", "2"),
        ("decimal", ";"),
        ("decimal", ""),
        ("delimiter", "||"),
        ("delimiter", "\n"),
        ("delimiter", 5),
        ("quote", "ab"),
        ("quote", "\0"),
        ("comment", 5),
        ("encoding", 5),
    ],
)
def test_what_no_file_can_be_read_with_is_refused_where_it_is_said(name, value):
    with pytest.raises(regpath.ParameterError, match=f"'{name}' parameter of ReadOptions must be"):
        ReadOptions(**{name: value})


def test_a_mark_for_all_columns_serves_those_that_have_none_of_their_own():
    data = b"a;b;c;word\n1,5;1.250;2.5;x\n2,5;2.250;3.5;y\n3,5;3.250;4.5;z\n"
    options = ReadOptions(decimal=",").saying("c", decimal=".")
    assert options.of("a").decimal == options.of("b").decimal == ","
    assert options.columns == {"c": ColumnOptions(decimal=".")}
    table = regpath.read_table(data, options=options)
    np.testing.assert_array_equal(table.frame["a"], [1.5, 2.5, 3.5])
    np.testing.assert_array_equal(table.frame["b"], [1250, 2250, 3250])
    np.testing.assert_array_equal(table.frame["c"], [2.5, 3.5, 4.5])
    assert table.frame["word"].tolist() == ["x", "y", "z"]
    assert not [q for q in table.diagnosis.questions if q.key.startswith("decimal")]
    as_points = regpath.read_table(data, options=ReadOptions(decimal="."))
    np.testing.assert_array_equal(as_points.frame["b"], [1.25, 2.25, 3.25])
    assert as_points.digest != regpath.read_table(data).digest


@pytest.mark.parametrize("delimiter", ["§", "¦", "é", "þ", "a", "~", "^"])
@pytest.mark.parametrize("quote", [None, "", "|", "þ", "§"])
def test_any_sign_divides_and_quotes_if_a_person_says_so(delimiter, quote):
    if delimiter == quote:
        return
    text = [f"{quote or ''}x {k}{delimiter if quote else ''}{quote or ''}" for k in range(12)]
    lines = [f"t{delimiter}n{delimiter}y"]
    lines += [f"{cell}{delimiter}{k}.5{delimiter}{k * 7 % 12}" for k, cell in enumerate(text)]
    data = "".join(line + "\n" for line in lines).encode()
    table = regpath.read_table(data, options=ReadOptions(delimiter=delimiter, quote=quote))
    assert table.frame["n"].tolist() == [k + 0.5 for k in range(12)]
    assert table.frame["t"].tolist() == [cell.strip(quote) if quote else cell for cell in text]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("skip_rows", n) for n in (12, 13, 10**25)),
        *(("skip_footer", n) for n in (12, 13, 99)),
        *(("header_rows", n) for n in (13, 99)),
    ],
)
@pytest.mark.parametrize("end", [b"\n", b""])
def test_options_that_leave_no_row_are_named(name, value, end):
    data = b"x,y\n" + b"\n".join(b"%d,%d.5" % (k, k * 7 % 5) for k in range(12)) + end
    with pytest.raises(regpath.DataError) as raised:
        regpath.read_table(data, options=ReadOptions(**{name: value}))
    assert raised.value.option == name
