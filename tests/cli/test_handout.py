"""`regpath handout`: a file or a course in, pages out."""

import regpath
from regpath import cli

WORDS = ("--target", "species", "--n-lambdas", "20", "--n-folds", "3")


def test_a_file_becomes_a_page_with_a_teachers_text(tmp_path, capsys):
    file, out, text = tmp_path / "iris.csv", tmp_path / "iris.html", tmp_path / "text.md"
    file.write_bytes(regpath.datasets.read_bytes("iris"))
    text.write_text("# Look\n\nDrag the line.", encoding="utf-8")
    more = ("--title", "Flowers", "--text", str(text), "--lambda", "0.05", "--out", str(out))
    assert cli.main(["handout", str(file), *WORDS, *more]) == 0
    page = out.read_text(encoding="utf-8")
    assert "<h2>Look</h2>" in page
    assert "<h1>Flowers</h1>" in page


def test_a_folder_becomes_the_pages_of_its_course(tmp_path, capsys):
    course = '[[handout]]\ndata = "iris"\nn_lambdas = 20\nn_folds = 3\n'
    (tmp_path / "course.toml").write_text(course, encoding="utf-8")
    assert cli.main(["handout", str(tmp_path), "--out", str(tmp_path / "pages")]) == 0
    assert (tmp_path / "pages" / "iris.html").is_file()
    assert "1 page" in capsys.readouterr().err


def test_a_lesson_becomes_a_page_with_answers_if_they_are_asked_for(tmp_path, capsys):
    file = regpath.lessons.FOLDER / "02_runaway_weights.toml"
    for more in ((), ("--answers",)):
        assert cli.main(["handout", str(file), "--out", str(tmp_path / "x.html"), *more]) == 0
        page = (tmp_path / "x.html").read_text(encoding="utf-8")
        assert "Predict first" in page
        assert ("The data say" in page) == bool(more)
    assert cli.main(["handout", str(file), "--target", "y"]) == 2
    assert "--target decides nothing for a lesson" in capsys.readouterr().err


def test_what_decides_nothing_or_is_missing_is_said(tmp_path, capsys):
    (tmp_path / "course.toml").write_text('[[handout]]\ndata = "iris"\n', encoding="utf-8")
    for words, told in (
        ([str(tmp_path)], "--out"),
        ([str(tmp_path), "--out", "x", "--target", "y"], "--target decides nothing"),
        ([str(tmp_path), "--out", "x", "--title", "y"], "--title decides nothing"),
        ([str(tmp_path / "iris.csv")], "--target"),
        ([str(tmp_path / "iris.csv"), "--target", "species", "--answers"], "--answers decides"),
        (["lessons"], "--out"),
    ):
        assert cli.main(["handout", *words]) == 2
        assert told in capsys.readouterr().err
