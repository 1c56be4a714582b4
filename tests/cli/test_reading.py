"""A file as the shell reads it: every choice of Python's, and what stays open."""

import zipfile

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import regpath
from regpath import ReadOptions, RegpathError
from regpath.cli import WITH_FILE, main
from regpath.cli.arguments import Groups, Parser, flag, typed
from regpath.cli.reading import add_reading, reading_of, words_of_reading
from regpath.io.columns.missing import MISSING
from regpath.io.options import COLUMN_FIELDS, READ_FIELDS
from tests.corpus import CASES

PRICES = ("1.250", "2.500", "1.750", "3.500", "2.250")
ODD = "size;price;when;y\n" + "".join(
    f"{k % 7};{PRICES[k % 5]};0{1 + k % 9}/0{1 + k % 7}/2020;{k * k % 97}\n" for k in range(40)
)


@pytest.fixture
def odd(tmp_path):
    """A file with two questions: what the point in prices means, and what comes first in dates."""
    path = tmp_path / "odd.csv"
    path.write_text(ODD)
    return path


def parsed(words):
    parser = Parser()
    add_reading(Groups(parser))
    return reading_of(parser.parse_args(["d.csv", *words]))


columns = st.text("ab =-\\", min_size=1, max_size=4)
kept = st.text(min_size=1, max_size=5) | st.just("--")
marks = st.sampled_from([None, ".", ","])
said_of_columns = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.sampled_from(["number", "ordinal", "id"]),
        "decimal": st.sampled_from([".", ","]),
        "missing": st.lists(
            st.sampled_from(
                ["?", "usual", "\\usual", "\\\\usual", "\\N", "a=b", "usual but -", *MISSING]
            ),
            max_size=3,
        ).map(lambda words: tuple(word for word in words if word))
        | st.sampled_from(sorted(MISSING)).map(lambda word: (*sorted(MISSING - {word, ""}), "x")),
        "parts": st.lists(st.sampled_from(["year", "month"]), min_size=1, max_size=2).map(tuple),
    },
)


@given(
    st.builds(
        ReadOptions,
        encoding=st.none() | st.sampled_from(["utf-8", "cp1252"]),
        delimiter=st.sampled_from([None, ",", "\t", "  ", "\x1f", "-", "="]),
        quote=st.sampled_from([None, "", "'", '"']),
        decimal=marks,
        sheet=st.none() | st.text(min_size=1, max_size=5),
        skip_rows=st.none() | st.integers(0, 9),
        header_rows=st.none() | st.integers(0, 2),
        kept=st.frozensets(kept, max_size=2),
        accepted=st.frozensets(kept, max_size=2),
    ),
    st.dictionaries(columns, said_of_columns, max_size=2),
)
def test_what_is_said_of_a_file_is_told_in_words_and_heard_as_it_was(reading, said):
    for column, choices in said.items():
        reading = reading.saying(column, **choices) if choices else reading
    assert parsed(words_of_reading(reading)) == reading


@pytest.mark.parametrize(
    ("words", "name", "value"),
    [
        (["--column-levels", "size=S", "size=M", "size=L"], "levels", ("S", "M", "L")),
        (["--column-levels", "size=S", "--column-levels", "size=a=b"], "levels", ("S", "a=b")),
        (["--column-missing", "size=n.a.", "size=-"], "missing", ("n.a.", "-")),
        (["--column-missing", "size="], "missing", ()),
        (["--column-missing", "size=usual", "size=x"], "missing", (*sorted(MISSING - {""}), "x")),
        (
            ["--column-missing", "size=usual but -", "size=usual but NA"],
            "missing",
            (*sorted(MISSING - {"", "-", "NA"}),),
        ),
        (["--column-missing", r"size=\usual", "size=?"], "missing", ("usual", "?")),
        (["--column-date-order", "size=dmy", "size=mdy"], "date_order", "mdy"),
    ],
)
def test_several_words_of_one_column(words, name, value):
    assert getattr(parsed(words).of("size"), name) == value


@pytest.mark.parametrize("command", [*WITH_FILE, "open", "predict"])
def test_every_command_takes_every_option_of_reading(command, capsys):
    with pytest.raises(SystemExit):
        main([command, "--help"])
    shown = capsys.readouterr().out
    fields = [*READ_FIELDS.values(), *COLUMN_FIELDS.values()]
    assert not [flag(f) for f in fields if f"  {flag(f)} " not in shown]


@pytest.mark.parametrize("command", WITH_FILE)
def test_every_command_reads_as_it_is_told_and_says_what_stays_open(command, odd, capsys):
    words = [command, str(odd), "--target", "y", "--n-lambdas", "4"]
    words += ["--pairs", "3"] if command == "stability" else []
    words += ["--out", str(odd.with_suffix(".out"))]
    words = words[:-2] if command == "check" else words
    assert main(words) == 0
    err = capsys.readouterr().err
    assert err.count("question: ") == 2
    assert "  --column-decimal price=.  a point marks decimals: " in err
    assert "  --column-decimal price=,  a point marks thousands: " in err
    assert "  --column-date-order when=mdy  month before day: " in err
    answers = ["--column-decimal", "price=,", "--column-date-order", "when=dmy"]
    assert main([*words, *answers]) == 0
    assert "question: " not in capsys.readouterr().err


def test_the_answer_changes_what_is_fit(odd, tmp_path, capsys):
    out = tmp_path / "path.csv"
    words = ["path", str(odd), "--target", "y", "--n-lambdas", "4", "--out", str(out)]
    for mark in (".", ","):
        for option in (["--decimal", mark], ["--column-decimal", f"price={mark}"]):
            assert main([*words, *option]) == 0
            table = regpath.read_table(odd, options=ReadOptions(decimal=mark))
            path = regpath.fit_path(regpath.make_problem(table, "y"), n_lambdas=4)
            written = regpath.read_table(out).frame
            np.testing.assert_allclose(
                written["coef[price]"], path.to_frame()["coef[price]"], rtol=1e-9, atol=1e-12
            )


def test_questions_are_told_where_what_follows_is_refused(odd, capsys):
    assert main(["path", str(odd), "--target", "nope"]) == 1
    err = capsys.readouterr().err
    assert err.count("question: ") == 2
    assert err.splitlines()[-1].startswith("regpath: There is no column 'nope' to predict.")


def test_a_repair_says_how_it_is_undone(tmp_path, capsys):
    file = tmp_path / "totals.csv"
    rows = [f"x{k},{k % 7},{k * k % 11}" for k in range(30)]
    sums = f"Total,{sum(k % 7 for k in range(30))},{sum(k * k % 11 for k in range(30))}"
    file.write_text("\n".join(["name,a,y", *rows, sums]))
    words = ["path", str(file), "--target", "y", "--n-lambdas", "3"]
    assert main(words) == 0
    told = next(line for line in capsys.readouterr().err.splitlines() if "otals" in line)
    undo = told.rpartition("(Undo: ")[2].removesuffix(")").split()
    assert undo
    assert main([*words, *undo]) in (0, 1)
    assert told not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "words", "told"),
    [
        ("a,y\nä,2\nö,4\n", ["--encoding", "klingon"], " Option: --encoding NAME."),
        ("a,y\nu,2\nv,4\nw,4\n", ["--column-kind", "a=ordinal"], "--column-levels a=WORD."),
        ("a b,y\nu,2\nv,4\nw,4\n", ["--column-kind", "a b=number"], "--column-kind 'a b'=KIND."),
        (
            "a,y\n1,2\n",
            ["--column-kind", "b=number"],
            "name a column 'b', which is not in the file",
        ),
        ("a,y\n1,2\n", ["--skip-rows", "-1"], "--skip-rows must be a whole number of at least 0."),
        ("a,y\n1,2\n", ["--decimal", ";"], "--decimal must be one of '.', ','. Got ';' instead."),
        (
            "a,y\n1,2\n",
            ["--column-date-order", "a=dym"],
            "--column-date-order of column 'a' must be one of 'dmy', ",
        ),
    ],
)
def test_a_refusal_names_the_option_that_answers_it(content, words, told, tmp_path, capsys):
    file = tmp_path / "d.csv"
    file.write_text(content, encoding="utf-8")
    assert main(["path", str(file), "--target", "y", *words]) in (1, 2)
    err = capsys.readouterr().err
    assert told in err
    assert err.count("regpath: ") == 1


def test_a_file_of_an_archive_is_named_by_the_option_that_the_refusal_names(tmp_path, capsys):
    archive = tmp_path / "two.zip"
    with zipfile.ZipFile(archive, "w") as files:
        for name in ("one.csv", "two.csv"):
            files.writestr(name, ODD)
    words = ["check", str(archive), "--target", "y"]
    assert main(words) == 1
    assert capsys.readouterr().err.endswith(" Option: --sheet NAME.\n")
    assert main([*words, "--sheet", "two.csv"]) == 0


def test_a_pair_without_a_sign_is_wrong_usage(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["path", "d.csv", "--target", "y", "--column-kind", "number"])
    assert ended.value.code == 2
    assert "'number' is not COLUMN=KIND" in capsys.readouterr().err


def test_every_answer_and_every_undo_of_the_corpus_can_be_typed():
    told = 0
    for case in CASES:
        try:
            found = regpath.read_table(case.content, name=case.name).diagnosis
        except RegpathError:
            continue
        ways = [answer.options for question in found.questions for answer in question.answers]
        for way in [*ways, *(repair.undo for repair in found.repairs if repair.undo)]:
            words = words_of_reading(way, found.options)
            assert alike(parsed(words)) == alike(way), (case.name, typed(words))
            assert len(words) < 10, (case.name, typed(words))
            told += 1
    assert told > 200


def alike(reading):
    """Options but for the order of spellings of missing values, of which a blank is always one."""
    for column, said in reading.columns.items():
        if said.missing is not None:
            reading = reading.saying(column, missing=tuple(sorted({*said.missing, ""})))
    return reading
