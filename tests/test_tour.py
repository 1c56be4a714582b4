"""The notebook of the docs runs from top to bottom, and shows what it says."""

import json
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

TOUR = Path(__file__).parents[1] / "docs" / "tour.ipynb"
WIDGET = "application/vnd.jupyter.widget-view+json"
CHART = "application/vnd.plotly.v1+json"
# In a process of its own, where the warnings of kernels are none of ours.
EXECUTE = """
import sys, nbclient, nbformat
book = nbformat.read(sys.argv[1], 4)
nbclient.NotebookClient(book, timeout=240, kernel_name="python3").execute()
nbformat.write(book, sys.argv[2])
"""


@pytest.fixture(scope="module")
def tour(tmp_path_factory):
    """What each cell of code shows, by its first words: media type to content."""
    folder = tmp_path_factory.mktemp("tour")
    done = subprocess.run(
        [sys.executable, "-c", EXECUTE, str(TOUR), "run.ipynb"],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    book = nbformat.read(folder / "run.ipynb", 4)
    cells = [cell for cell in book.cells if cell.cell_type == "code"]
    for cell in cells:
        assert not [out for out in cell.outputs if out.output_type == "stream"], cell.source
    return {
        cell.source.splitlines()[-1]: {
            kind: of for out in cell.outputs for kind, of in out.data.items()
        }
        for cell in cells
    }


def test_it_is_kept_without_outputs():
    book = nbformat.read(TOUR, 4)
    nbformat.validate(book)
    for cell in book.cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
    assert TOUR.read_text(encoding="utf-8") == nbformat.writes(book) + "\n"


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("study.path.plot(lam=lam)", "λ"),
        ("cv.plot(lam=lam)", "log-loss"),
        ("stability.plot()", "halves"),
    ],
)
def test_results_are_drawn_as_charts_with_curves(cell, words, tour):
    chart = tour[cell][CHART]
    assert len(chart["data"]) > 1
    assert all(trace["type"] in ("scatter", "scattergl") for trace in chart["data"])
    assert any(trace.get("x") and trace.get("y") for trace in chart["data"])
    assert words in json.dumps(chart, ensure_ascii=False)


def test_the_explorer_is_shown_and_its_strength_is_set(tour):
    assert tour["widget"][WIDGET]["model_id"]
    assert tour["widget.lam, len(widget.study.path.lambdas)"]["text/plain"] in (
        "(0.0123, 61)",
        "(0.0123, 62)",  # where the rule's choice is a point of its own
    )


def test_strengths_are_converted_and_forms_are_written(tour):
    (convert,) = [data for line, data in tour.items() if line.startswith("regpath.convert(")]
    assert float(convert["text/plain"]) == pytest.approx(1.0 / 426)  # three of four rows
    (listed,) = [data for line, data in tour.items() if line.startswith("regpath.parametriz")]
    for system in ("glmnet", "laplace_variance", "statsmodels"):
        assert system in listed["text/plain"]
    (files,) = [data for line, data in tour.items() if line.startswith("sorted(")]
    for ending in ("html", "model.json", "py", "sql", "xlsx"):
        assert f"'tumours.{ending}'" in files["text/plain"]
    assert "569 of 569 rows predicted" in tour["rows"]["text/html"]
