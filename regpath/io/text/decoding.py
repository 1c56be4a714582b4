"""Bytes to UTF-8: which encoding a text is in, by its mark or by what its bytes can be."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace

from regpath.errors import DataError, ParameterError
from regpath.io.findings import Findings
from regpath.io.formats.signatures import not_a_table, refuse_other_text
from regpath.io.text.codepages import SHOWN, code_pages
from regpath.io.text.control_letters import CONTROL_LETTER, without_control_letters
from regpath.wording import counted

# UTF-32 comes first: its little-endian mark begins with that of UTF-16.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = bytes(i for i in (*range(32), 127) if i not in (9, 10, 11, 12, 13))
_CONTROL = re.compile(f"[{re.escape(_CONTROLS.decode())}]")
_END_OF_FILE = b"\0\x1a"  # what old editors and full disks leave at the end
_ONE_CONTROL_IN = 1000  # bytes of a text that a disk or a hand has damaged; binary data have more
_FEW_CONTROLS = 3  # in a short text
_MOST_DAMAGED = 1000  # letters of UTF-8; with more it is another encoding
_SAMPLE_BYTES = 4096  # at the beginning, that tell other kinds of text
# Shares of zeros among bytes: of those that UTF-32 leaves zero, of those that UTF-16 does for ASCII
# (other letters have some there), and of those that hold the letters themselves.
_ALL_ZERO, _HALF_ZERO, _NO_ZERO = 0.99, 0.5, 0.1
_MOST_PAGES = 5  # that a question offers


@dataclass(frozen=True)
class DecodedText:
    """A text, as UTF-8 bytes without a byte order mark.

    Parameters
    ----------
    content : bytes
        Valid UTF-8.
    encoding : str
        Python's name of the encoding that it was in.
    """

    content: bytes
    encoding: str

    def start(self, n_bytes: int) -> str:
        """Return the beginning of the text."""
        return self.content[:n_bytes].decode(errors="ignore")


def decode(data: bytes, name: str, findings: Findings) -> DecodedText:
    """Turn the bytes of a file into text.

    Parameters
    ----------
    data : bytes
        The file as it is.
    name : str
        What the file is called in messages.
    findings : Findings
        Where a guess of the encoding and what was mended are noted; `findings.options.encoding`
        is followed.

    Raises
    ------
    DataError
        If there is nothing in the file, or if it is not a text file.
    """
    if not data.strip(_END_OF_FILE + b" \t\r\n"):
        raise empty_file_error(name)
    wanted = findings.options.encoding
    text = _decode_as(data, wanted, name) if wanted else _decode_guessing(data, name, findings)
    while text.content.startswith(codecs.BOM_UTF8):  # one mark is common, a second not unknown
        text = replace(text, content=text.content[len(codecs.BOM_UTF8) :])
    refuse_other_text(text.start(_SAMPLE_BYTES), name)
    text = _with_letters_for_controls(_without_controls(text, name, findings), findings)
    if not text.content.strip() or not text.start(_SAMPLE_BYTES).strip():
        raise empty_file_error(name)
    return text


def empty_file_error(name: str) -> DataError:
    """Word the error for a file that holds nothing."""
    return DataError(
        f"{name!r} is empty.", "Choose a file with a header line and at least one row of data."
    )


def line_of(text: str | bytes, position: int) -> int:
    """Return the number of the line, counted from 1, that holds a position of the text."""
    before = text[:position] if isinstance(text, bytes) else text[:position].encode()
    return 1 + before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n")


def _decode_as(data: bytes, encoding: str, name: str) -> DecodedText:
    try:
        known = codecs.lookup(encoding).name
        return DecodedText(data.decode(known).removeprefix("\ufeff").encode(), known)
    except (LookupError, ValueError) as error:
        if isinstance(error, UnicodeError):
            raise DataError(
                f"{name!r} is not {encoding} text: line {line_of(data, _position(error))} does "
                "not fit.",
                "Leave the encoding to the guess, or choose another.",
            ).answered_by("encoding") from error
        raise ParameterError(
            f"The 'encoding' option must be an encoding that Python knows. Got {encoding!r} "
            "instead.",
            "Use utf-8, cp1252 or another name of Python's list.",
        ).answered_by("encoding") from error


def _decode_guessing(data: bytes, name: str, findings: Findings) -> DecodedText:
    encoding = next((enc for bom, enc in _BYTE_ORDER_MARKS if data.startswith(bom)), "")
    encoding = encoding or _unmarked_wide_encoding(data[:_SAMPLE_BYTES]) or "utf-8"
    if encoding.startswith(("utf-16", "utf-32")):
        return _decode_wide(data, encoding, name)
    start = len(codecs.BOM_UTF8) if encoding == "utf-8-sig" else 0
    try:
        data.decode()
        return DecodedText(data[start:], encoding)
    except UnicodeDecodeError as error:
        return _decode_other(data[start:], encoding, line_of(data, error.start), findings)


def _unmarked_wide_encoding(start: bytes) -> str:
    """Tell UTF-16 and UTF-32 without a mark by their zeros: most letters of a table are ASCII."""
    n = len(start) // 4
    if n < 1 or start.count(0) < n:
        return ""
    zeros = [start[i : 4 * n : 4].count(0) / n for i in range(4)]
    high, low = min(zeros[1], zeros[3]), max(zeros[0], zeros[2])
    if min(zeros[2:]) > _ALL_ZERO and zeros[0] < _NO_ZERO:
        return "utf-32-le"
    if min(zeros[:2]) > _ALL_ZERO and zeros[3] < _NO_ZERO:
        return "utf-32-be"
    if high > _HALF_ZERO and low < _NO_ZERO:
        return "utf-16-le"
    high, low = min(zeros[0], zeros[2]), max(zeros[1], zeros[3])
    return "utf-16-be" if high > _HALF_ZERO and low < _NO_ZERO else ""


def _decode_wide(data: bytes, encoding: str, name: str) -> DecodedText:
    try:
        return DecodedText(data.decode(encoding).removeprefix("\ufeff").encode(), encoding)
    except UnicodeError as error:
        raise DataError(
            f"{name!r} starts like {encoding.upper()} text, but byte {_position(error)} does not "
            "fit that encoding.",
            "The file is damaged or cut off: save it again as CSV (UTF-8).",
        ) from error


def _position(error: UnicodeError) -> int:
    return error.start if isinstance(error, UnicodeDecodeError) else 0


def _decode_other(data: bytes, encoding: str, line: int, findings: Findings) -> DecodedText:
    """Read UTF-8 that is damaged in a few places as such, and anything else as 8-bit text."""
    mended = data.decode(errors="replace")
    bad = mended.count("\ufffd")
    good = sum(1 for letter in mended if letter > "\x7f") - bad if bad < _MOST_DAMAGED else 0
    if encoding == "utf-8-sig" or good > 4 * bad:
        findings.repair(
            "damaged_letters",
            f"{counted(bad, 'letter is', 'letters are')} damaged (first on line {line}) and "
            "shown as \ufffd.",
            cells=bad,
            undo=None,
        )
        findings.obstacle("some of its letters are damaged")
        return DecodedText(mended.encode(), encoding)
    return _decode_page(data, line, findings)


def _decode_page(data: bytes, line: int, findings: Findings) -> DecodedText:
    """Read 8-bit text in the likeliest code page; ask where its letters fit none."""
    pages = code_pages(data)
    first, *others = pages.names
    text = DecodedText(data.decode(first).encode(), first)
    if not pages.is_known:
        findings.question(
            "encoding",
            f"The file is not UTF-8 (line {line}), and the letters fit no known code page well: "
            f"in which is it? It was read as {SHOWN[first]}: check the letters beyond A to Z.",
            "Letters and signs stand where no language has them in any of these.",
            {SHOWN[page]: {"encoding": page} for page in pages.names[:_MOST_PAGES]},
        )
        return text
    second = " or ".join(SHOWN[page] for page in others[:2])
    findings.repair(
        "encoding",
        f"The file is not UTF-8 (line {line}), so it was read as {SHOWN[first]}: "
        "check the letters with accents.",
        after=f"otherwise {second}" if second else "",
        undo=replace(findings.options, encoding=others[0]) if others else None,
    )
    return text


def _with_letters_for_controls(text: DecodedText, findings: Findings) -> DecodedText:
    """Put letters in place of the invisible U+0080 to U+009F."""
    if b"\xc2" not in text.content or not findings.wants("control_letters"):
        return text
    words = text.content.decode()
    found = CONTROL_LETTER.findall(words)
    if not found:
        return text
    mended = without_control_letters(words)
    where = words.index(found[0])
    after = next(b for a, b in zip(words, mended, strict=False) if a != b)
    read = "was read as the letter it stands" if len(found) == 1 else "were read as what they stand"
    findings.repair(
        "control_letters",
        f"{counted(len(found), 'invisible letter', 'invisible letters')} (first: "
        f"U+{ord(found[0]):04X}, line {line_of(words, where)}) came of a wrong encoding and "
        f"{read} for (first: {after}).",
        cells=len(found),
        after=after,
    )
    findings.obstacle("invisible letters stand in it")
    return replace(text, content=mended.encode())


def _without_controls(text: DecodedText, name: str, findings: Findings) -> DecodedText:
    """Mark a few control characters as damage; where there are many, the file is no text."""
    content = text.content.rstrip(_END_OF_FILE)
    if len(content) < len(text.content):
        findings.obstacle("control characters stand at its end")
    found = len(content) - len(content.translate(None, _CONTROLS))
    if not found:
        return replace(text, content=content)
    words = content.decode()
    first = _CONTROL.search(words)
    assert first is not None
    line, code = line_of(words, first.start()), ord(first[0])
    if found > max(_FEW_CONTROLS, len(content) // _ONE_CONTROL_IN):
        raise DataError(
            f"{name!r} is not a text file: line {line} holds the control character 0x{code:02X}.",
            not_a_table(name, "").hint,
        )
    findings.repair(
        "control_characters",
        f"{counted(found, 'control character is', 'control characters are')} no text (first: "
        f"0x{code:02X}, line {line}) and shown as \ufffd.",
        cells=found,
        undo=None,
    )
    findings.obstacle("it has control characters")
    return replace(text, content=_CONTROL.sub("\ufffd", words).encode())
