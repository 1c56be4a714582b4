"""Names and values of data stay text in whatever leaves the program, one test for all of it.

Every export is made twice, of hostile data and of the same data with plain names. What runs, or
could, must be the same in both: tags and attributes of pages, names in code, formulas of sheets.
"""

import ast
import io
import json
import re
import zipfile
from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest
import skops.io

import regpath
from regpath import export
from regpath.export.chart_file import page_of
from regpath.export.fitted_pipeline import pipeline_card
from regpath.export.forms import FORMS, Leaving
from regpath.export.session_file import text_of
from regpath.export.tables import to_csv, to_parquet

NAMES = (
    "</script><script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "a\"b'c\\",
    "`id` $(id) ${alert(1)} {{7*7}}",
    "\u202egnp.exe \u2066x",
    "'); DROP TABLE t; --",
    "]]><img src=x onerror=alert(1)>",
    "%s {0} %(x)s \\n \\u0041",
    "*/ # <!-- \"\"\" ''' [x](javascript:alert(1)) | *b*",
    "+1-1@SUM(A1)",
)
PLAIN = tuple(f"column {letter}" for letter in "abcdefghij")
VALUES = ("=1+1", "<b onclick=alert(1)>", "';--")
PLAIN_VALUES = ("alfa", "beta", "gamma")
TARGET = ("</textarea><svg onload=alert(1)>", "outcome")
CLASSES = (("@ill \"'`", "</td>${1}well"), ("ill", "well"))
FILES = ('x\';"""<script>$(id).csv', "data.csv")


def study_of(hostile):
    """The same numbers under hostile names, or under plain ones."""
    which = 0 if hostile else 1
    rng = np.random.default_rng(7)
    n = 160
    names = (NAMES, PLAIN)[which]
    frame = pd.DataFrame(rng.normal(size=(n, len(names))).round(2), columns=list(names))
    words = (VALUES, PLAIN_VALUES)[which]
    frame["words"] = np.array(words, dtype=object)[rng.integers(0, 3, n)]
    signal = frame.iloc[:, :5].sum(axis=1) + (frame["words"] == words[0])
    labels = np.array(CLASSES[which], dtype=object)
    frame[TARGET[which]] = labels[(signal + rng.logistic(size=n) > 0).astype(int)]
    table = regpath.Table.from_frame(frame, name=FILES[which])
    return regpath.run_study(table, regpath.Recipe(TARGET[which], n_lambdas=12, n_folds=3))


class Subject:
    """A study with what is computed of it once."""

    def __init__(self, hostile):
        self.study = study_of(hostile)
        self.lam = float(self.study.path.lambdas[9])
        self.cv = regpath.validate_study(self.study)
        self.stability = regpath.assess_stability(self.study.train, self.study.path, n_pairs=3)
        model = regpath.Model.from_study(self.study, self.lam)
        self.rows = regpath.score_rows(model, self.study.table)


def form(name):
    return lambda s: FORMS[name].content(Leaving(s.study, s.lam, file_name=s.study.table.name))


def table(make):
    return lambda s: to_csv(make(s))


PAGES = {
    "report": lambda s: export.report(s.study, lam=s.lam, cv=s.cv, stability=s.stability),
    "report, clinical": lambda s: export.report(s.study, lam=s.lam, cv=s.cv, form="clinical"),
    "handout": lambda s: export.handout(s.study, lam=s.lam, cv=s.cv, title=NAMES[0], text=NAMES[6]),
    "score_card": form("card"),
    "chart": lambda s: page_of(s.study.path.plot(lam=s.lam), NAMES[0]),
    "chart of stability": lambda s: page_of(s.stability.plot(), NAMES[6]),
    "path in a notebook": lambda s: s.study.path._repr_html_(),
    "rows in a notebook": lambda s: s.rows._repr_html_(),
}
PYTHON = {"sklearn_script": form("script"), "python_script": form("python")}
TABLES = {
    "path_csv": lambda s: export.path_csv(s.study.path),
    "coefs_csv": lambda s: export.coefs_csv(s.study.path, s.lam),
    "scores_csv": lambda s: export.scores_csv(s.study),
    "cv_csv": lambda s: export.cv_csv(s.cv),
    "table_csv": lambda s: export.table_csv(s.study.table),
    "tidy": table(lambda s: export.tidy(s.study.path)),
    "tidy of stability": table(lambda s: export.tidy(s.stability)),
    "tidy_knots": table(lambda s: export.tidy_knots(s.study.path)),
    "augment": table(lambda s: export.augment(s.rows)),
    "predictions": table(lambda s: s.rows.predictions),
}
OTHERS = {
    "notebook": form("notebook"),
    "r_script": form("r"),
    "sql": form("sql"),
    "excel": form("excel"),
    "model": form("model"),
    "model_card": form("model-card"),
    "sklearn_pipeline": form("pipeline"),
    "session": lambda s: text_of(export.session(s.study, lam=s.lam)),
    "write_frame": lambda s: to_parquet(s.study.table.frame),
}
READERS = {"load_model", "load_session"}
# Writes hand-outs; what a card is made of; a lesson of hostile data has a test of its own
# (tests/export/handing_out/test_lesson_page.py).
OF_SEVERAL = {"handouts", "ScoreCard", "lesson_handout"}


@pytest.fixture(scope="module")
def pair():
    return Subject(hostile=True), Subject(hostile=False)


def text_of_export(made):
    return made.decode() if isinstance(made, bytes) else made


def test_every_export_is_tried():
    tried = {name.split(",")[0].split(" ")[0] for name in {**PAGES, **PYTHON, **TABLES, **OTHERS}}
    assert set(export.__all__) - READERS - OF_SEVERAL <= tried
    told = {"card": "score_card", "script": "sklearn_script", "python": "python_script"}
    told |= {"r": "r_script", "table": "table_csv", "model-card": "model_card"}
    told |= {"pipeline": "sklearn_pipeline"}
    assert {told.get(name, name) for name in FORMS} <= tried


class Skeleton(HTMLParser):
    """What of a page a browser would do something with."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.attributes, self.addresses = set(), set(), set()
        self.scripts, self.text, self.inside = 0, "", False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses |= {v for name, v in attrs if name in ("src", "href", "action", "srcdoc")}
        self.scripts += tag == "script"
        self.inside = tag in ("script", "style")

    def handle_endtag(self, tag):
        self.inside = False

    def handle_data(self, data):
        self.text += "" if self.inside else data


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_the_same_tags_whatever_the_names(name, pair):
    hostile, plain = (Skeleton(text_of_export(PAGES[name](each))) for each in pair)
    assert hostile.tags <= plain.tags | {"small"}
    assert hostile.attributes <= plain.attributes
    assert hostile.scripts == plain.scripts
    assert not [a for a in hostile.addresses if not (a or "#").startswith(("#", "data:"))]


def names_in(source):
    """Everything that code names, calls or imports; not what it quotes."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        found |= {type(node).__name__}
        for field in ("id", "attr", "arg", "module", "name"):
            if isinstance(getattr(node, field, None), str):
                found.add(getattr(node, field))
    return found


@pytest.mark.parametrize("name", PYTHON)
def test_python_names_nothing_of_the_data(name, pair):
    hostile, plain = (names_in(text_of_export(PYTHON[name](each))) for each in pair)
    assert hostile <= plain


def test_a_notebook_names_nothing_of_the_data_and_its_texts_hold_no_tags(pair):
    found = []
    for each in pair:
        cells = json.loads(text_of_export(OTHERS["notebook"](each)))["cells"]
        code = ["".join(c["source"]) for c in cells if c["cell_type"] == "code"]
        said = "".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")
        found.append((names_in("\n".join(code)), set(re.findall(r"(?<!\\)<\w+", said))))
    assert found[0] == found[1]


def bare(source, quoted):
    """The words of code that stand outside of quotes and comments."""
    return set(re.findall(r"[A-Za-z_][\w.]*", re.sub(quoted, " ", source)))


def test_r_and_sql_name_nothing_of_the_data(pair):
    for name, quoted in (
        ("r_script", r'"(?:\\.|[^"\\])*"|#[^\n]*'),
        ("sql", r"\"(?:\"\"|[^\"])*\"|'(?:''|[^'])*'|--[^\n]*"),
    ):
        hostile, plain = (bare(text_of_export(OTHERS[name](each)), quoted) for each in pair)
        assert hostile == plain, name


@pytest.mark.parametrize("name", TABLES)
def test_no_cell_of_a_csv_is_a_formula(name, pair):
    content = text_of_export(TABLES[name](pair[0]))
    rows = pd.read_csv(io.StringIO(content), header=None, dtype=str, keep_default_na=False)
    for cell in rows.to_numpy().ravel():
        if cell[:1] in ("=", "+", "-", "@", "\t", "\r"):
            float(cell)  # a number is no formula


def test_a_workbook_has_the_formulas_of_plain_data_and_no_links(pair):
    found = []
    for each in pair:
        with zipfile.ZipFile(io.BytesIO(OTHERS["excel"](each))) as book:
            sheets = [book.read(n).decode() for n in book.namelist() if "worksheets/" in n]
            links = [n for n in book.namelist() if "externalLink" in n or "vba" in n.lower()]
        formulas = re.findall(r"<f[^>]*>([^<]*)</f>", "".join(sheets))
        assert formulas
        words = {w for f in formulas for w in re.findall(r"[A-Za-z_]{2,}", f)}
        found.append((words, links, "hyperlink" in "".join(sheets)))
    assert found[0] == found[1]


def test_files_of_models_sessions_and_rows_hold_names_as_they_are(pair):
    hostile = pair[0]
    model = json.loads(text_of_export(OTHERS["model"](hostile)))
    assert NAMES[0] in json.dumps(model, ensure_ascii=False)
    assert json.loads(text_of_export(OTHERS["session"](hostile)))
    again = pd.read_parquet(io.BytesIO(OTHERS["write_frame"](hostile)))
    assert list(again) == list(hostile.study.table.frame)


def types_in(node):
    """What the file of a pipeline names of Python."""
    inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    found = {value for each in inner for value in types_in(each)}
    named = isinstance(node, dict) and "__class__" in node
    return found | ({(node["__module__"], node["__class__"])} if named else set())


def test_a_pipeline_names_no_type_of_the_data_and_predicts_under_any_names(pair):
    found = []
    for each in pair:
        content = OTHERS["sklearn_pipeline"](each)
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            found.append(types_in(json.loads(file.read("schema.json"))))
            assert all(re.fullmatch(r"schema\.json|\d+\.npy", name) for name in file.namelist())
        pipeline = skops.io.loads(content)
        rows, path = each.study.table.frame, each.study.path
        assert pipeline.predict(rows).tolist() == path.predict(rows, each.lam).tolist()
    assert found[0] == found[1]


def card_of_a_pipeline(subject):
    return pipeline_card(regpath.Model.from_study(subject.study, subject.lam))


@pytest.mark.parametrize("made", [OTHERS["model_card"], card_of_a_pipeline])
def test_a_model_card_has_no_tag_and_no_link_of_the_data(made, pair):
    hostile, plain = (text_of_export(made(each)) for each in pair)
    for pattern in (r"(?<!\\)<\w+", r"(?<!\\)\]\("):
        assert len(re.findall(pattern, hostile)) == len(re.findall(pattern, plain))
