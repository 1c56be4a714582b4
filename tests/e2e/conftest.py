"""A real server and a real, headless Chromium; skipped with a reason where there is none."""

import http.client
import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import PATIENCE
from tests.e2e.tab import Tab

APP = Path(__file__).parents[2] / "app.py"


def pytest_collection_modifyitems(items):
    """Mark browser tests, and let them go first: a long module at the end leaves a core idle."""

    def is_browser(item):
        return Path(__file__).parent in item.path.parents

    for item in filter(is_browser, items):
        item.add_marker("browser")
    items.sort(key=lambda item: not is_browser(item))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(log, port, script=APP, **environment):
    """A server of its own, until the end: its address."""
    url = f"http://127.0.0.1:{port}"
    command = [
        sys.executable,
        "-m",
        "regpath.ui.serve",
        str(script),
        f"--server.port={port}",
        "--server.address=127.0.0.1",
        "--server.headless=true",
    ]
    with log.open("a") as out:
        server = subprocess.Popen(
            command, stdout=out, stderr=subprocess.STDOUT, env={**os.environ, **environment}
        )
        try:
            wait_for(url, server, log)
            yield url
        finally:
            server.terminate()
            server.wait(PATIENCE)


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    log = tmp_path_factory.mktemp("server") / "log.txt"
    with serving(log, free_port()) as url:
        yield url


def wait_for(url, server, log):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=20):
                return
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
    pytest.fail(f"the server did not start:\n{log.read_text()[-2000:]}")


@pytest.fixture
def open_tab(browser, request):
    tabs = []

    def opened(at=None, **options):
        url = at or request.getfixturevalue("address")
        tabs.append(Tab(browser, url, **options))
        return tabs[-1]

    yield opened
    for tab in tabs:
        tab.close()


@pytest.fixture(scope="module")
def shared_tab(browser, address):
    """One tab, without the app, for tests that leave it as it was."""
    tab = Tab(browser, address, bare=True)
    yield tab
    tab.close()
