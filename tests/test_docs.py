"""The pages do what they say: code runs and prints what stands below it, commands and links hold.

A page is one script: its ```python blocks run from top to bottom in a process of their own, where
the page lies, beside the tables in docs, with warnings as errors. A ```text block right below a
python block is what that block prints; `...` there stands for anything.
"""

import contextlib
import doctest
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import regpath
from regpath import cli
from regpath.charts import LIGHT
from regpath.lessons import read_lesson
from regpath.lessons.figures import DRAWN
from regpath.lessons.presets import presets

ROOT = Path(__file__).parents[1]
DOCS = sorted((ROOT / "docs").rglob("*.md"))
PAGES = [ROOT / "README.md", *DOCS]
LINKING = [*PAGES, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", ROOT / "datasets/README.md"]
FENCE = re.compile(r"^ *```(\w*)")
MARK = "--- end of block ---"
LOOSELY = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def blocks(text: str, language: str) -> list[tuple[int, str]]:
    """The fenced blocks in one language, each with the number of its first line, from 0."""
    found, start, of = [], None, ""
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if not (fence := FENCE.match(line)):
            continue
        if start is None:
            start, of = number + 1, fence[1]
        else:
            if of == language:
                found.append((start, "\n".join(lines[start:number])))
            start = None
    assert start is None, f"the block from line {start} on has no end"
    return found


def as_script(text: str) -> str:
    """The page's Python on the lines where the page has it, with a mark printed after each block.

    So a traceback names lines of the page.
    """
    lines = [""] * (text.count("\n") + 2)
    for start, code in blocks(text, "python"):
        inner = code.split("\n")
        lines[start : start + len(inner)] = inner
        lines[start + len(inner)] = f"print({MARK!r})"
    return "\n".join(lines)


def promised(text: str) -> dict[int, str]:
    """What is said to be printed, by the position of the python block that prints it."""
    below = {start - 1: said for start, said in blocks(text, "text")}
    code = [start + block.count("\n") + 2 for start, block in blocks(text, "python")]
    gaps = [(end, end + 1) for end in code]  # right below, or after one blank line
    return {i: below[line] for i, pair in enumerate(gaps) for line in pair if line in below}


def place_of(page: Path, root: Path) -> Path:
    """The folder of a page in a copy of the repository that has the tables of docs."""
    (root / "docs").mkdir()
    for table in (ROOT / "docs").glob("*.csv"):
        shutil.copy(table, root / "docs")
    folder = root / page.parent.relative_to(ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def run(page: Path, root: Path) -> list[str]:
    """What each block of a page prints."""
    folder = place_of(page, root)
    script = folder / page.name
    script.write_text(as_script(page.read_text(encoding="utf-8")), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error", "-X", "utf8", script.name],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        timeout=600,
    )
    assert done.returncode == 0, f"{name_of(page)}:\n{done.stderr}"
    assert not done.stderr, f"{name_of(page)} complains:\n{done.stderr}"
    return done.stdout.split(f"{MARK}\n")[:-1]


with_code = [page for page in PAGES if blocks(page.read_text(encoding="utf-8"), "python")]


@pytest.mark.parametrize("page", with_code, ids=name_of)
def test_the_python_of_a_page_runs_and_prints_what_it_says(page, tmp_path):
    printed = run(page, tmp_path)
    for which, want in promised(page.read_text(encoding="utf-8")).items():
        got = printed[which]
        assert doctest.OutputChecker().check_output(f"{want}\n", got, LOOSELY), (want, got)


COMMANDS = [
    pytest.param(page, line, id=f"{name_of(page)}-{line}")
    for page in PAGES
    for _, block in blocks(page.read_text(encoding="utf-8"), "sh")
    for line in block.splitlines()
    if line.strip().startswith("regpath")
]


@pytest.mark.parametrize(("page", "line"), COMMANDS)
def test_commands_run(page, line, tmp_path, monkeypatch, capsys):
    words = shlex.split(line, comments=True)[1:]
    if not words or words[0] == "app" or words[0].startswith("-"):  # would start a server
        assert not unknown_options(" ".join(["app", *(w for w in words if w != "app")]))
        return
    monkeypatch.chdir(place_of(page, tmp_path))
    assert cli.main(words) == 0, capsys.readouterr().err


MENTIONS = [
    pytest.param(mention, id=f"{name_of(page)}-{mention}")
    for page in LINKING
    for mention in dict.fromkeys(
        re.findall(r"`regpath ([a-z][^`]*)`", page.read_text(encoding="utf-8"))
    )
]


def unknown_options(command: str) -> set[str]:
    """The options of a command that its help does not know."""
    words = command.split()
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown), pytest.raises(SystemExit) as ended:
        cli.main([words[0], "--help"])
    assert ended.value.code == 0, f"no command {words[0]!r}"
    known = set(re.findall(r"--?[a-z][a-z0-9-]*", shown.getvalue()))
    return {word.partition("=")[0] for word in words if word.startswith("-")} - known


@pytest.mark.parametrize("mention", MENTIONS)
def test_commands_that_prose_mentions_exist(mention):
    assert mention.split()[0] in cli.COMMANDS
    assert not unknown_options(mention)


def anchors(text: str) -> set[str]:
    """The names by which links reach a page's headings, as code hosts make them."""
    heads = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", LINKING, ids=name_of)
def test_links_lead_somewhere(page):
    text = page.read_text(encoding="utf-8")
    pairs = re.findall(r"\]\(([^)\s]+)\)|src=\"([^\"]+)\"", text)
    for link in ("".join(pair) for pair in pairs):
        if re.match(r"https?:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert target.is_relative_to(ROOT), link
        assert not anchor or anchor in anchors(target.read_text(encoding="utf-8")), link


IN_A_WHEEL = ("regpath/_app", "regpath/_datasets")


def test_every_page_on_extending_is_in_their_index():
    pages = {page.name for page in (ROOT / "docs/extending").glob("*.md")} - {"index.md"}
    index = (ROOT / "docs/extending/index.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\]\((\w+\.md)\)", index)) == pages


FOLDERS = r"(?:regpath|tests|docs|benchmarks|datasets|\.github|\.ci|\.streamlit)"


@pytest.mark.parametrize("page", [p for p in LINKING if p.name != "CHANGELOG.md"], ids=name_of)
def test_files_that_prose_names_exist(page):
    text = page.read_text(encoding="utf-8")
    for path in re.findall(rf"`({FOLDERS}/[\w./-]+)`", text):
        assert path in IN_A_WHEEL or (ROOT / path).exists(), path


TRIED = {
    "python": "run from top to bottom",
    "text": "compared with what is printed, or shown",
    "sh": "run where it is a command of regpath",
    "toml": "read as a course, as presets or as steps of the lesson on the same page",
    "layers": "read by test_architecture.py",
    "nginx": "read by test_deploy.py",
    "": "shown",
}


@pytest.mark.parametrize("page", LINKING, ids=name_of)
def test_a_block_is_in_a_language_that_is_tried(page):
    fences = map(FENCE.match, page.read_text(encoding="utf-8").splitlines())
    assert {fence[1] for fence in fences if fence} <= TRIED.keys()


LESSON_PAGE = ROOT / "docs/extending/lesson.md"
SETTINGS = [
    pytest.param(block, id=f"{name_of(page)}:{start}")
    for page in PAGES
    for start, block in blocks(page.read_text(encoding="utf-8"), "toml")
]


@pytest.mark.parametrize("block", SETTINGS)
def test_settings_that_a_page_shows_are_taken(block, tmp_path):
    folder = place_of(ROOT / "docs/handout.md", tmp_path)
    (kind,) = tomllib.loads(block)
    if kind == "presets":
        (folder / "presets.toml").write_text(block, encoding="utf-8")
        own = presets(folder)[len(presets()) :]
        assert own
        assert all(claim.check() for each in own for claim in each.claims)
        return
    if kind == "steps":
        (source,) = re.findall(r"r\'\'\'(.*?)\'\'\'", LESSON_PAGE.read_text("utf-8"), re.DOTALL)
        (folder / "mine.toml").write_text(source + block, encoding="utf-8")
        lesson = read_lesson(folder / "mine.toml")
        step = lesson.steps[-1]
        shown = DRAWN[step.chart](lesson.material.changed(step.recipe), step.options, LIGHT)
        assert shown.figures
        return
    (folder / "course.toml").write_text(block, encoding="utf-8")
    (folder / "relapse.md").write_text("Who comes back?", encoding="utf-8")
    pages = regpath.export.handouts(folder, tmp_path / "pages")
    assert len(pages) == block.count(f"[[{kind}]]")


@pytest.mark.parametrize("page", LINKING, ids=name_of)
def test_code_is_fenced_so_that_it_is_run(page):
    text = page.read_text(encoding="utf-8")
    fenced = {
        start + i
        for language in ("python", "text", "sh", "")
        for start, block in blocks(text, language)
        for i in range(block.count("\n") + 1)
    }
    for number, line in enumerate(text.splitlines()):
        bare = re.match(r" {4}(regpath\b|import |from \w+ import|\w+ = regpath\.)", line)
        assert number in fenced or not bare, f"{name_of(page)}:{number + 1}"
