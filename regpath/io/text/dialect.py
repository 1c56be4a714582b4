"""How a text is split into cells: delimiter, quote and escape, judged on the first rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from regpath.io.findings import Findings
from regpath.io.options import NO_DELIMITER
from regpath.io.text.decoding import DecodedText
from regpath.io.text.scoring import FOREIGN, Sample
from regpath.io.text.splitting import RUNS, Dialect

DELIMITERS = {
    ",": "commas",
    ";": "semicolons",
    "\t": "tabs",
    "|": "bars",
    ":": "colons",
    " ": "blanks",
    "  ": "runs of blanks",
}
# Compared with scores of delimiters, of which two even columns with clean cells reach 0.5; set
# between lists of words and uneven tables in the corpus.
_SCORE_OF_ONE_COLUMN = 0.25
_AMBIGUOUS = 0.9  # a second score of this share of the best is asked about
_SAMPLE_LENGTH = 2**20  # letters
_HINTS_LENGTH = 2**16  # letters in which quotes are looked for
_SAMPLE_ROWS = 200  # lines that are looked at
_DECLARATION = re.compile(rb"\"?sep=([,;\t|: ])\"?(?=[\r\n])", re.IGNORECASE)
_APOSTROPHE_OPENS = re.compile(r"(?:^|[,;\t|])[ ]?'(?=[^'\r\n]*'[ ]?(?:[,;\t|]|$))", re.MULTILINE)
_APOSTROPHE_OPENS_BEHIND_BLANK = re.compile(
    r"(?:^|[ \t])'(?=[^'\r\n]*'(?:[ \t]|\r?$))", re.MULTILINE
)
_QUOTE_OPENS = re.compile(r"(?:^|[,;\t|: ])\"", re.MULTILINE)
_ESCAPED = re.compile(r"\\[\"']")
_BLANK_BEFORE_QUOTE = re.compile(r"[,;\t|] +[\"']")


@dataclass(frozen=True)
class _Candidate:
    dialect: Dialect
    score: float


def find_dialect(text: DecodedText, findings: Findings) -> tuple[Dialect, bytes]:
    r"""Find out how a text is split into cells.

    Parameters
    ----------
    text : DecodedText
    findings : Findings
        Where what was found is noted; delimiter and quote of its options are followed.

    Returns
    -------
    dialect : Dialect
    content : bytes
        The text without the `sep=;` that Excel may write on the first line; the line itself
        stays, blank, so that line numbers hold.

    Examples
    --------
    >>> from regpath.io.options import ReadOptions
    >>> find_dialect(DecodedText(b"a;b\n1,5;2,5\n", "utf-8"), Findings(ReadOptions()))[0].delimiter
    ';'
    """
    content, wanted = text.content, findings.options.delimiter
    declared = _DECLARATION.match(content)
    if declared:
        content = content[declared.end() :]
        wanted = wanted or declared[1].decode()
    sample = content[:_SAMPLE_LENGTH].decode(errors="ignore")
    looked_at = Sample(sample)
    delimiters = [wanted] if wanted else list(DELIMITERS)
    hints = _QuoteHints.of(sample[:_HINTS_LENGTH])
    candidates = [
        _Candidate(dialect, looked_at.score(dialect))
        for delimiter in delimiters
        for dialect in _quotings(delimiter, hints, findings.options.quote)
    ]
    ranked = sorted(candidates, key=lambda candidate: -candidate.score)
    ranked = _with_single_blanks(ranked, looked_at)
    best = ranked[0]
    unwrapped = _unwrapped(content, sample) if best.score < _SCORE_OF_ONE_COLUMN else None
    if unwrapped is not None:
        findings.repair(
            "wrapped_lines",
            "Each line stands in quotes as a whole; the quotes were taken away.",
            undo=None,
        )
        findings.obstacle("its lines stand in quotes as a whole")
        return find_dialect(replace(text, content=unwrapped), findings)
    if not wanted and best.score < _SCORE_OF_ONE_COLUMN:
        best = _Candidate(replace(best.dialect, delimiter=NO_DELIMITER), _SCORE_OF_ONE_COLUMN)
    others = [c for c in ranked if not looked_at.split_alike(best.dialect, c.dialect)]
    _note_dialect(best, others, findings, sample)
    return best.dialect, content


class _QuoteHints(NamedTuple):
    """What is to be seen of quotes before anything is split."""

    spaced: bool
    escaped: bool
    apostrophes: bool
    apostrophes_between_blanks: bool

    @classmethod
    def of(cls, sample: str) -> _QuoteHints:
        if '"' not in sample and "'" not in sample:
            return cls(False, False, False, False)
        apostrophes = len(_APOSTROPHE_OPENS.findall(sample)) if "'" in sample else 0
        behind = len(_APOSTROPHE_OPENS_BEHIND_BLANK.findall(sample)) if "'" in sample else 0
        quotes = len(_QUOTE_OPENS.findall(sample))
        return cls(
            spaced=bool(_BLANK_BEFORE_QUOTE.search(sample)),
            escaped=bool(_ESCAPED.search(sample)),  # or it is the path C:\, in quotes
            apostrophes=apostrophes > quotes,
            apostrophes_between_blanks=behind > quotes,
        )


def _quotings(delimiter: str, hints: _QuoteHints, wanted: str | None) -> Iterable[Dialect]:
    by_runs = delimiter in RUNS
    apostrophes = hints.apostrophes_between_blanks if by_runs else hints.apostrophes
    quotes = ["'", '"'] if apostrophes else ['"']
    spaced = hints.spaced and not by_runs
    for quote in quotes if wanted is None else [wanted]:
        yield Dialect(delimiter, quote, "", spaced)
        if hints.escaped:
            yield Dialect(delimiter, quote, "\\", spaced)


def _with_single_blanks(ranked: list[_Candidate], sample: Sample) -> list[_Candidate]:
    """Put single blanks before runs of them where both split into the same numbers.

    Further down two numbers may be only one blank apart, and so may two names.
    """
    best = ranked[0]
    single = replace(best.dialect, delimiter=" ")
    if best.dialect.delimiter != "  " or not sample.splits_into_values(single, best.dialect):
        return ranked
    return [_Candidate(single, best.score), *ranked]


def _unwrapped(content: bytes, sample: str) -> bytes | None:
    """Take away quotes around whole lines that would otherwise be divided."""
    lines = sample.splitlines()[:_SAMPLE_ROWS]
    full = [line.strip() for line in lines if line.strip()]
    wrapped = [line for line in full if len(line) > 1 and line[0] == line[-1] == '"']
    if len(full) < 2 or wrapped != full or not any(set(FOREIGN) & set(line) for line in full):
        return None
    return b"\n".join(map(_unwrapped_line, content.splitlines())) + b"\n"


def _unwrapped_line(line: bytes) -> bytes:
    row = line.strip()
    wrapped = len(row) > 1 and row.startswith(b'"') and row.endswith(b'"')
    return row[1:-1].replace(b'""', b'"') if wrapped else line


def _note_dialect(
    best: _Candidate, ranked: Sequence[_Candidate], findings: Findings, sample: str
) -> None:
    options, dialect = findings.options, best.dialect
    others = [c for c in ranked if c.dialect.delimiter != dialect.delimiter and c.score > 0]
    if dialect.quote == "'":
        findings.repair(
            "quote",
            "Text is quoted with apostrophes.",
            undo=replace(options, quote='"'),
        )
    if dialect.escape:
        findings.repair("escape", "A backslash marks quotes within quoted text.", undo=None)
    if options.delimiter:
        return
    if dialect.delimiter == NO_DELIMITER:
        uneven = _uneven_sign(sample)
        if uneven:
            _ask_of_one_column(uneven, findings)
            return
        what = "The file was read as one column: nothing divides its lines evenly."
    elif dialect.delimiter == ",":
        what = ""
    else:
        what = f"Columns are separated by {DELIMITERS[dialect.delimiter]}."
    if what:
        second = next((d for c in others if (d := c.dialect.delimiter) not in RUNS), ",")
        findings.repair("delimiter", what, undo=replace(options, delimiter=second))
    if others and others[0].score > _AMBIGUOUS * best.score:
        _ask_delimiter(dialect.delimiter, others[0].dialect.delimiter, findings)


def _uneven_sign(sample: str) -> str:
    """The sign that stands in most lines of one column, several times in some; "" if none does."""
    lines = [line for line in sample.splitlines()[:_SAMPLE_ROWS] if line.strip()]
    for sign in FOREIGN:
        counts = [line.count(sign) for line in lines]
        divided = sum(1 for count in counts if count)
        if 2 * divided > len(lines) and len(set(counts)) > 2 and max(counts) > 1:
            return sign
    return ""


def _ask_of_one_column(sign: str, findings: Findings) -> None:
    findings.question(
        "delimiter",
        f"Nothing divides the lines evenly, though most hold {DELIMITERS[sign]}, some of them "
        "several: is it one column of texts? Taken: one column.",
        "Where rows have the same number of fields, the lines would be divided evenly.",
        {
            "One column of texts": {"delimiter": NO_DELIMITER},
            f"Columns, separated by {DELIMITERS[sign]}": {"delimiter": sign},
        },
    )


def _ask_delimiter(first: str, second: str, findings: Findings) -> None:
    names = {**DELIMITERS, NO_DELIMITER: "nothing"}
    findings.question(
        "delimiter",
        f"Are columns separated by {names[first]} or by {names[second]}?",
        "Both split the first rows about equally well.",
        {names[first]: {"delimiter": first}, names[second]: {"delimiter": second}},
    )
