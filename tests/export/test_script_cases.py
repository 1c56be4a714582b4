"""What files do to a script: their marks, gaps, words and names; each script is run."""

import ast
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import regpath
from regpath import Recipe, run_study
from regpath.export import sklearn_script

AGREES = 1e-6
RUN = [sys.executable, "-W", "error::FutureWarning", "-W", "error::DeprecationWarning"]


def columns_of(n=60):
    """Columns of a file, as text."""
    rng = np.random.default_rng(0)
    a, b = rng.normal(size=n).round(3), rng.normal(3.0, 2.0, n).round(2)
    colour, ill = rng.choice(["red", "green", "blue"], n), rng.choice(["yes", "NO"], n)
    signal = a - 0.5 * b + (colour == "red") + 0.7 * (ill == "yes") + 0.5 * rng.normal(size=n)
    rank = np.digitize(signal, np.quantile(signal, [0.35, 0.65]))
    return {
        "a": [f"{v}" for v in a],
        "b": [f"{v}" for v in b],
        "colour": list(colour),
        "ill": list(ill),
        "amount": [f"{v:.3f}" for v in signal],
        "side": ["TRUE" if v > np.median(signal) else "False" for v in signal],
        "rank": [["low", "mid", "high"][k] for k in rank],
    }


def lines(columns, sep=","):
    table = [[cell.replace('"', '""') for cell in (name, *cells)] for name, cells in columns]
    rows = zip(*table, strict=True)
    marks = {sep, '"', "\n"}
    return "".join(
        sep.join(f'"{cell}"' if set(cell) & marks else cell for cell in row) + "\n" for row in rows
    )


def text_of(target, *, sep=",", **change):
    columns = columns_of()
    for name, cells in change.items():
        columns[name] = cells(columns[name])
    return lines([(c, columns[c]) for c in ("a", "b", "colour", "ill", target)], sep)


def gaps(*words):
    """Put one of `words` into every seventh cell."""
    return lambda cells: [words[i % len(words)] if i % 7 == 3 else c for i, c in enumerate(cells)]


def comma(cells):
    return [cell.replace(".", ",") for cell in cells]


def thousands(cells):
    return [f"{1000 * float(cell) + 12345:,.1f}" for cell in cells]


def swap(words):
    return lambda cells: [words[cell] for cell in cells]


def twice(text, n=9):
    """The same file with its first rows once more."""
    return text + "".join(text.splitlines(keepends=True)[1 : n + 1])


CASES = {
    "repeated rows": (
        twice(text_of("amount", b=gaps(""))),
        {"target": "amount", "duplicates": "drop"},
    ),
    "multinomial L1": (text_of("rank"), {"target": "rank"}),
    "numeric classes L2": (
        text_of("rank", rank=swap({"low": "2", "mid": "10", "high": "-3"})),
        {"target": "rank", "l1_ratio": 0.0, "family": "multinomial"},
    ),
    "semicolons, decimal commas, gaps": (
        text_of(
            "amount",
            sep=";",
            a=comma,
            b=lambda cells: gaps("n/a", "-", "")(comma(cells)),
            amount=comma,
            ill=gaps("", "?"),
            colour=gaps("None", ""),
        ),
        {"target": "amount"},
    ),
    "thousands, dropped rows, gaps in a target of 2 and 10": (
        text_of(
            "rank",
            b=thousands,
            ill=gaps("NA"),
            rank=lambda cells: gaps("")(swap({"low": "10", "mid": "2", "high": "10"})(cells)),
        ),
        {"target": "rank", "missing": "drop"},
    ),
    "cp1252, yes and no": (
        text_of(
            "side",
            side=swap({"TRUE": "Yes", "False": "no"}),
            colour=swap({"red": "rot", "green": "grün", "blue": "blau"}),
        )
        .replace("colour", "Größe")
        .encode("cp1252"),
        {"target": "side", "seed": 3},
    ),
    "words alone, a name twice, blanks": (
        text_of("rank").replace("colour,ill", " ill ,ill"),
        {"target": "rank", "features": ("ill", "ill (2)"), "l1_ratio": 0.0},
    ),
    "sep= line and byte order mark": (
        "\ufeffsep=;\n" + text_of("amount", sep=";").replace(";", " ; "),
        {"target": "amount", "l1_ratio": 0.5, "test_size": 0.0},
    ),
}


def run(study, folder, data, lam, name="model.py"):
    folder.mkdir()
    (folder / "data.csv").write_bytes(data)
    script = folder / "model.py"
    script.write_text(sklearn_script(study, lam, file_name=name), encoding="utf-8")
    return subprocess.run(
        [*RUN, "-X", "utf8", "model.py", "data.csv"],
        cwd=folder,
        timeout=240,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """Every case; the scripts are run side by side."""
    folder = tmp_path_factory.mktemp("scripts")
    jobs = []
    for number, (text, choices) in enumerate(CASES.values()):
        data = text.encode() if isinstance(text, str) else text
        study = run_study(regpath.read_table(data), Recipe(n_lambdas=20, **choices))
        jobs.append((study, folder / str(number), data, study.path.lambdas[9]))
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda job: run(*job), jobs))
    return {name: (job[0], job[3], one) for name, job, one in zip(CASES, jobs, done, strict=True)}


@pytest.mark.parametrize("name", CASES)
def test_the_script_agrees_with_the_certified_point(name, runs):
    study, lam, done = runs[name]
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert study.path.n_nonzero[study.path.index_of(lam)] > 0
    difference = re.search(r"largest difference from regpath, per SD: (\S+)", done.stdout)
    assert float(difference[1]) <= AGREES
    score = re.search(r"test score: (\S+)", done.stdout)
    assert (score is None) == (study.test is None)
    if score:
        kind = "r2" if study.path.family == "gaussian" else "accuracy"
        want = study.scores_of("test").set_index("lambda").loc[lam, kind]
        assert float(score[1]) == pytest.approx(want, abs=1e-9)


def test_the_names_of_data_and_files_cannot_become_code(tmp_path):
    columns = columns_of()
    code = 'x"""\nimport os; os.mkdir("pwned")\n"""'
    names = (code, "it's {y_train} {0} {{", "back\\slash\\", "\U0001f4a5 %s")
    target = "'); raise SystemExit(7) #"
    given = [
        *zip(names, (columns[c] for c in ("a", "b", "colour", "ill")), strict=True),
        (target, [f'{cell}"""\n{{x}}\\' for cell in columns["rank"]]),
    ]
    data = lines(given).encode()
    table = regpath.read_table(data, name=code + ".csv")
    study = run_study(table, Recipe(target=target, l1_ratio=0.0, n_lambdas=5))
    done = run(study, tmp_path / "run", data, study.path.lambdas[2], name=code + "\\N{x}.py")
    assert done.returncode == 0, done.stderr
    assert float(re.search(r"per SD: (\S+)", done.stdout)[1]) <= AGREES
    assert not (tmp_path / "run" / "pwned").exists()
    tree = ast.parse((tmp_path / "run" / "model.py").read_text("utf-8"))
    words = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert {code + ".csv", target, names[1], names[2], names[3]} <= words
    assert ast.get_docstring(tree).startswith("A model chosen with regpath")
