import gzip
import io
import zipfile

import pytest

from regpath.io.preview import first_lines

TEXT = "naïve;b\r\n1;2\r\n"


def zipped(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_marked_and_plain_text_shows_line_by_line(encoding):
    assert first_lines(TEXT.encode(encoding)) == ("naïve;b", "1;2")


def test_a_known_encoding_is_used_and_what_does_not_fit_is_marked():
    assert first_lines(TEXT.encode("cp1252"), encoding="cp1252")[0] == "naïve;b"
    assert first_lines(TEXT.encode("cp1252"))[0] == "na\ufffdve;b"
    assert first_lines(TEXT.encode(), encoding="no such encoding")[0] == "naïve;b"


def test_packed_text_shows_what_is_packed():
    assert first_lines(gzip.compress(TEXT.encode())) == ("naïve;b", "1;2")
    assert first_lines(zipped(a=TEXT)) == ("naïve;b", "1;2")


@pytest.mark.parametrize(
    "data",
    [
        zipped(a="1", b="2"),
        gzip.compress(TEXT.encode(), mtime=0)[:12],
        b"PK\x03\x04 and nothing more",
        b"PAR1" + bytes(50),
        b"\x89PNG\r\n\x1a\n" + bytes(99),
    ],
)
def test_what_is_no_text_shows_nothing(data):
    assert first_lines(data) is None


def test_long_files_long_lines_and_control_characters_are_cut_and_shown():
    lines = first_lines(b"a\x07b\n" + b"x" * 10**6 + b"\nmore\n", n=2)
    assert lines[0] == "a\ufffdb"
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert len(lines[1]) < 400


def test_a_bomb_is_unpacked_no_further_than_it_is_looked_at():
    assert len(first_lines(gzip.compress(b"1,2\n" * 10**7), n=5)) == 5
