"""A report names every repair and question of a messy file, and its code reads it again."""

import regpath
from tests.export.reporting.reading import Page

LETTERS = "abcdefghij"


def messy_file() -> bytes:
    """A title, semicolons, decimal commas, money, percent, gaps, doubtful dates, a total."""
    lines = ["Klinik Süd, Bericht 7", "", "fall;datum;gewicht;kosten;anteil;ort;rückfall"]
    for i in range(80):
        weight = "k.A." if i % 11 == 0 else f"{60 + (i * 7) % 23},{i % 10}"
        cost = f"€ 1.{100 + (i * 37) % 800},50"
        share = f"{(i * 13) % 100} %"
        place = ("Bonn", "Köln ", "Ulm")[i % 3]
        again = "ja" if (i * 7) % 23 + (i % 5) > 13 else "nein"
        day = f"0{1 + i % 9}.0{1 + i % 7}.2023"
        cells = (f"{LETTERS[i % 10]}{i}", day, weight, cost, share, place, again)
        lines.append(";".join(cells))
        if i == 40:
            lines.append(";;;;;;")
    lines += ["Summe;;;€ 99.999,00;;;", "Quelle: Register"]
    return "\r\n".join(lines).encode("cp1252")


def test_every_repair_and_question_of_a_messy_file_is_in_the_report():
    table = regpath.read_table(messy_file(), name="klinik.csv")
    kinds = {repair.key.partition(":")[0] for repair in table.diagnosis.repairs}
    assert len(kinds) >= 6, kinds
    study = regpath.run_study(table, regpath.Recipe("rückfall", n_lambdas=20, n_folds=4))
    page = Page(regpath.export.report(study, lam=study.path.lambdas[8]))
    rows = page.table(f"{len(table.diagnosis.repairs)} repairs while reading")
    assert [row[0] for row in rows[1:]] == [repair.what for repair in table.diagnosis.repairs]
    for question in table.diagnosis.questions:
        assert question.what in page.text
        assert question.answers[0].label in page.text
    assert table.digest in page.text


def test_the_code_of_a_report_is_the_script_that_makes_the_model_again():
    options = regpath.ReadOptions().saying("ort", kind="category")
    table = regpath.read_table(messy_file(), name="klinik.csv", options=options)
    study = regpath.run_study(table, regpath.Recipe("rückfall", n_lambdas=20, n_folds=4))
    lam = float(study.path.lambdas[8])
    page = Page(regpath.export.report(study, lam=lam))
    script = regpath.export.python_script(study, lam, file_name="rückfall_again.py")
    assert script in page.text
    assert "kind='category'" in script


def test_rows_that_were_left_out_are_not_called_missing_and_what_can_be_undone_is_counted():
    table = regpath.read_table(messy_file(), name="klinik.csv")
    study = regpath.run_study(table, regpath.Recipe("rückfall", n_lambdas=20, n_folds=4))
    page = Page(regpath.export.report(study, lam=study.path.lambdas[8]))
    repairs = table.diagnosis.repairs
    n_undone = sum(repair.undo is not None for repair in repairs)
    assert 0 < n_undone < len(repairs)
    caption = f"{len(repairs)} repairs while reading, {n_undone} of which can be undone"
    examples = [row[2] for row in page.table(caption)[1:]]
    for repair, example in zip(repairs, examples, strict=True):
        cells = repair.column is not None and (repair.before or repair.after)
        assert ("→" in example) == bool(cells), repair
    by_key = dict(zip([repair.key for repair in repairs], examples, strict=True))
    assert by_key["notes_above"] == "'Klinik Süd, Bericht 7'"
    assert by_key["missing:k.A.:gewicht"] == "k.A. → missing"
