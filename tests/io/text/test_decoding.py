"""Bytes to UTF-8."""

import pytest

from regpath.errors import DataError, ParameterError
from regpath.io import ReadOptions, read_table
from regpath.io.findings import Findings
from regpath.io.text.decoding import decode, line_of


def decoded(data, **options):
    findings = Findings(ReadOptions(**options))
    text = decode(data, "data.csv", findings)
    return text.content.decode(), text.encoding, findings.repairs


@pytest.mark.parametrize(
    "data", [b"", b" \r\n\t\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n", b",,\n,,\n", b"\0\0\0"]
)
def test_an_empty_file_is_refused(data):
    with pytest.raises(DataError) as caught:
        read_table(data)
    assert str(caught.value) == (
        "'upload.csv' is empty. Choose a file with a header line and at least one row of data."
    )


@pytest.mark.parametrize(("byte", "shown"), [(b"\0", "0x00"), (b"\x1f", "0x1F")])
def test_many_control_characters_are_refused_with_their_line(byte, shown):
    with pytest.raises(DataError) as caught:
        decoded(b"a,b\r\n1,2\r\n3," + byte + b"4" + byte + b",\n" + byte + b"a" + byte + b"b\n")
    assert caught.value.message == (
        f"'data.csv' is not a text file: line 3 holds the control character {shown}."
    )


def test_a_few_control_characters_are_marked_as_damage_and_never_left_out():
    text, _, (repair,) = decoded(b"a,b\n1\x005,2\n")
    assert text == "a,b\n1\ufffd5,2\n"
    assert repair.cells == 1
    assert "0x00, line 2" in repair.what


def test_what_old_editors_leave_at_the_end_is_nothing():
    assert decoded(b"a,b\n1,2\n\x1a")[::2] == ("a,b\n1,2\n", [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_decoded_without_a_note(encoding):
    text, found, repairs = decoded("größe,ж,🙂\n".encode(encoding))
    assert (text, repairs) == ("größe,ж,🙂\n", [])
    assert "größe".encode(found).decode(found) == "größe"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_text_needs_no_mark(encoding):
    text = "name,größe\nann,1.5\nжук,2\n"
    assert decoded(text.encode(encoding)) == (text, encoding, [])


def test_utf_16_that_is_cut_off_is_refused():
    with pytest.raises(DataError, match="starts like UTF-16 text, but byte 8 does not fit"):
        decoded("a,b".encode("utf-16") + b"\n")


@pytest.mark.parametrize(
    ("text", "python_name", "encoding"),
    [
        ("a\n€é\n", "cp1252", "Windows-1252"),
        ("price\n5 €\n", "cp1252", "Windows-1252"),
        ("t\n20 °C\n", "cp1252", "Windows-1252"),
        ("name\nŁukasz\nGrażyna\n", "cp1250", "Windows-1250"),
        ("name\nGyőző\nErzsébet\n", "cp1250", "Windows-1250"),
        ("имя\nИван\nМария\n", "cp1251", "Windows-1251"),
        ("имя\nИван\nМария\n", "koi8-r", "KOI8-R"),
        ("имя\nИван\nМария\n", "cp866", "DOS 866"),
        ("όνομα\nΓιώργος\nΜαρία\n", "cp1253", "Windows-1253"),
        ("name\nMüller\nJosé\nRené\n", "mac-roman", "Mac Roman"),
        ("name\nMüller\nJosé\nRené\n", "cp850", "DOS 850"),
        ("name\n田中\nさとう\n", "shift-jis", "Shift JIS"),
        ("name\n张伟\n李娜\n北京\n", "gb18030", "GB 18030"),
        ("name\n김철수\n박영희\n", "euc-kr", "EUC-KR"),
        ("name\n陳大文\n林小明\n", "big5", "Big5"),
    ],
)
def test_eight_bit_text_is_decoded_with_a_note(text, python_name, encoding):
    data = text.encode(python_name)
    line = 1 + next(i for i, row in enumerate(text.splitlines()) if not row.isascii())
    found, used, (repair,) = decoded(data)
    assert found == text
    assert repair.what == (
        f"The file is not UTF-8 (line {line}), so it was read as {encoding}: "
        "check the letters with accents."
    )
    assert used == python_name
    assert repair.undo.encoding not in (None, python_name)


def test_damaged_utf_8_stays_utf_8():
    data = ("größe,naïve,café\n" * 5).encode() + b"1,\xff,2\n"
    text, encoding, (repair,) = decoded(data)
    assert encoding == "utf-8"
    assert text.count("\ufffd") == repair.cells == 1
    assert "line 6" in repair.what


def test_an_encoding_that_a_person_names_is_followed():
    assert decoded("größe\n".encode("cp850"), encoding="cp850")[0] == "größe\n"
    with pytest.raises(DataError, match="is not ascii text: line 2 does not fit"):
        decoded("a\né\n".encode(), encoding="ascii")
    with pytest.raises(ParameterError, match="'encoding' option"):
        decoded(b"a\n1\n", encoding="klingon")


@pytest.mark.parametrize("text", ["a\nb\nc", "a\rb\rc", "a\r\nb\r\nc"])
def test_lines_are_counted_whatever_ends_them(text):
    assert line_of(text, text.index("c")) == line_of(text.encode(), text.index("c")) == 3


def test_letters_that_fit_no_code_page_are_asked_about():
    findings = Findings(ReadOptions())
    decode("a,b\nα-blocker,1\nx,2\n".encode("cp1253"), "data.csv", findings)
    (question,) = findings.questions
    assert question.key == "encoding"
    assert "line 2" in question.what
    assert "fit no known code page well" in question.what
    answers = {answer.label: answer.options.encoding for answer in question.answers}
    assert len(answers) > 2
    assert answers["Windows-1252"] == "cp1252"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32-le"])
def test_invisible_letters_become_what_they_were_in_any_encoding(encoding):
    text, _, (repair,) = decoded(
        "a,b\nQueen\u0092s,1\nthe \u0093red\u0094 lamp,2\n".encode(encoding)
    )
    assert text == "a,b\nQueen’s,1\nthe “red” lamp,2\n"
    assert (repair.key, repair.cells, repair.after) == ("control_letters", 3, "’")
    assert "3 invisible letters (first: U+0092, line 2)" in repair.what


def test_invisible_letters_stay_if_a_person_wants_them():
    data = "a,b\nQueen\u0092s,1\n".encode()
    _, _, (repair,) = decoded(data)
    text, _, repairs = decoded(data, kept=repair.undo.kept)
    assert "\u0092" in text
    assert repairs == []


def test_latin_1_named_by_a_person_is_read_as_browsers_do():
    assert decoded(b"a\nQueen\x92s\n", encoding="latin-1")[0] == "a\nQueen’s\n"
