"""The explorer in a real JupyterLab: run a cell, drag the cursor, read and set it from Python."""

import http.client
import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from importlib.util import find_spec

import nbformat
import pytest
from playwright.sync_api import expect

from tests.conftest import PATIENCE
from tests.e2e.conftest import free_port

SHOW = """
import regpath

widget = regpath.explore(regpath.datasets.load("iris"), "species", n_lambdas=20, n_folds=3)
widget
"""
READ = "print(f'point {widget.index}: {widget.lam == widget.study.path.lambdas[widget.index]}')"
SET = "widget.lam = 0.0123"
AGAIN = "print('strength', widget.lam, 'of', len(widget.study.path.lambdas))"
OPTIONS = (
    "--no-browser",
    "--allow-root",
    "--ServerApp.ip=127.0.0.1",
    "--ServerApp.port_retries=0",
    "--ServerApp.disable_check_xsrf=True",
    "--IdentityProvider.token=",
    "--PasswordIdentityProvider.hashed_password=",
    "--LabApp.expose_app_in_browser=True",
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
)
RUN = """number => {
    const { shell, commands } = window.jupyterapp;
    shell.currentWidget.content.activeCellIndex = number;
    return commands.execute('notebook:run-cell');
}"""
KERNEL_ANSWERS = """() => {
    const shown = window.jupyterapp?.shell.currentWidget;
    return shown?.context?.isReady && shown.sessionContext.isReady
        && shown.sessionContext.session?.kernel?.status === 'idle';
}"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Address of a JupyterLab with one notebook, `here.ipynb`; it knows nothing of the user's."""
    if find_spec("jupyterlab") is None:
        reason = "JupyterLab is not installed: pip install jupyterlab"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    home, folder, port = (
        tmp_path_factory.mktemp("home"),
        tmp_path_factory.mktemp("lab"),
        free_port(),
    )
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = nbformat.v4.new_notebook(metadata={"kernelspec": kernel})
    notebook.cells = [nbformat.v4.new_code_cell(text.strip()) for text in (SHOW, READ, SET, AGAIN)]
    nbformat.write(notebook, folder / "here.ipynb")
    own = {name: str(home / name.lower()) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR")}
    own |= {"HOME": str(home), "JUPYTER_NO_CONFIG": "1", "JUPYTERLAB_SETTINGS_DIR": str(home)}
    command = [sys.executable, "-m", "jupyterlab", *OPTIONS, f"--ServerApp.port={port}"]
    log = home / "log.txt"
    with log.open("w") as out:
        server = subprocess.Popen(
            command, cwd=folder, stdout=out, stderr=subprocess.STDOUT, env={**os.environ, **own}
        )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/api/status", server, log)
        yield address
    finally:
        with suppress(OSError):  # what it began ends first, as a person ends it
            urllib.request.urlopen(urllib.request.Request(f"{address}/api/shutdown", method="POST"))
        server.wait(PATIENCE)


def wait_for(url, server, log):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=20) as answer:
                json.load(answer)
                return
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text()[-2000:]}")


def test_a_cell_shows_it_and_python_and_the_cursor_agree(browser, lab):
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    page.set_default_timeout(1000 * PATIENCE)
    raised, asked = [], []
    page.on("pageerror", lambda error: raised.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{lab}/lab/tree/here.ipynb?reset")
    cells = page.locator(".jp-Notebook .jp-CodeCell")
    expect(cells).to_have_count(4)
    page.wait_for_function(KERNEL_ANSWERS)

    def run(number):
        is_done = page.evaluate(RUN, number)  # once the kernel has answered
        assert is_done, f"cell {number}"

    run(0)
    cursor = page.get_by_role("slider", name="Strength of the penalty")
    expect(cursor).to_be_visible()
    expect(page.locator(".rp-tile").first).to_be_visible()
    start = int(cursor.get_attribute("aria-valuenow"))
    cursor.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(cursor).to_have_attribute("aria-valuenow", str(start - 2))
    said = cells.nth(1).locator(".jp-OutputArea-output")
    end = time.monotonic() + PATIENCE
    while True:  # the browser tells of its cursor once it rests
        run(1)
        expect(said).to_have_text(re.compile(r"point \d+: True"))
        told = said.inner_text().strip()
        if told == f"point {start - 3}: True":  # positions are said from 1 on
            break
        assert time.monotonic() < end, told
    run(2)
    run(3)
    expect(cells.nth(3).locator(".jp-OutputArea-output")).to_have_text("strength 0.0123 of 21")
    expect(cursor).to_have_attribute("aria-valuemax", "21")
    expect(cursor).to_have_attribute("aria-valuetext", re.compile("^lambda 0.0123,"))
    assert raised == []
    assert [url for url in asked if not url.startswith((lab, "data:", "blob:"))] == []
    page.close()
