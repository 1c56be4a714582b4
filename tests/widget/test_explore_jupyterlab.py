"""The widget in a real JupyterLab: shown, dragged by keys, read and set by cells, in a browser."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import expect

from tests.conftest import PATIENCE
from tests.e2e.conftest import free_port, wait_for

jupyterlab = pytest.importorskip("jupyterlab")
pytest.importorskip("anywidget")
SHARE = Path(jupyterlab.__file__).parents[4] / "share" / "jupyter"  # its pages and extensions
CELLS = (
    "import ipywidgets, regpath, traitlets\n"
    "widget = regpath.explore(regpath.datasets.load('iris'), 'species', n_lambdas=20, n_folds=3)\n"
    "widget.index = 9\n"
    "heard = ipywidgets.IntText(description='heard')  # shows what Python was told\n"
    "traitlets.dlink((widget, 'index'), (heard, 'value'))\n"
    "display(heard, widget)",
    "print('read', widget.index, widget.lam == widget.study.path.lambdas[widget.index])",
    "widget.lam = 0.0123\n"
    "print('set', widget.lam, len(widget.study.path.lambdas), widget.study.path.converged.all())",
)
QUIET = """{"@jupyterlab/apputils-extension:notification":
{"fetchNews": "false", "checkForUpdates": false, "doNotDisturbMode": true}}"""


@pytest.fixture
def lab(tmp_path):
    """The address of a JupyterLab of its own, in a folder with the notebook."""
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
    book.metadata["kernelspec"] = {"display_name": "Python 3", "name": "python3"}
    folder, config = tmp_path / "notebooks", tmp_path / "config" / "labconfig"
    folder.mkdir()
    config.mkdir(parents=True)
    nbformat.write(book, folder / "book.ipynb")
    (config / "default_setting_overrides.json").write_text(QUIET, encoding="utf-8")
    own = {"JUPYTER_CONFIG_DIR": "config", "JUPYTER_RUNTIME_DIR": "run", "IPYTHONDIR": "ipython"}
    own |= {"JUPYTERLAB_SETTINGS_DIR": "settings", "JUPYTERLAB_WORKSPACES_DIR": "workspaces"}
    places = {name: str(tmp_path / place) for name, place in own.items()}
    port = free_port()
    log = tmp_path / "log.txt"
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
    command += ["--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0"]
    command += [f"--app-dir={SHARE / 'lab'}", f"--ServerApp.root_dir={folder}"]
    command += ["--IdentityProvider.token=", "--ServerApp.password="]
    with log.open("a") as out:
        server = subprocess.Popen(
            command,
            cwd=folder,
            stdout=out,
            stderr=subprocess.STDOUT,
            env={**os.environ, **places, "JUPYTER_PATH": str(SHARE)},
        )
        try:
            wait_for(f"http://127.0.0.1:{port}", server, log, "/api")
            yield f"http://127.0.0.1:{port}/lab/tree/book.ipynb"
        finally:
            server.terminate()
            server.wait(PATIENCE)


@pytest.mark.browser
def test_cells_read_and_set_the_strength_that_is_dragged_in_jupyterlab(browser, lab):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(1000 * PATIENCE)
    said = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(lab)
    page.locator(".jp-Notebook-ExecutionIndicator[data-status='idle']").wait_for()
    cells = page.locator(".jp-Notebook .jp-CodeCell")

    def run(position):
        cells.nth(position).locator(".cm-content").click()
        page.keyboard.press("Control+Enter")

    def told(position):
        return cells.nth(position).locator(".jp-OutputArea-output")

    run(0)
    page.locator(".rp-widget[data-ready]").wait_for()
    cursor = page.get_by_role("slider", name="Strength of the penalty")
    expect(cursor).to_have_attribute("aria-valuenow", "10")
    cursor.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(cursor).to_have_attribute("aria-valuenow", "13")
    expect(page.get_by_label("heard")).to_have_value("12")
    run(1)
    expect(told(1)).to_have_text("read 12 True")
    run(2)
    expect(told(2)).to_have_text("set 0.0123 21 True")
    expect(cursor).to_have_attribute("aria-valuemax", "21")
    expect(page.locator(".rp-widget [role=alert]")).to_have_count(0)
    assert said == []
    page.close()
