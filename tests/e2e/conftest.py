"""A real server and a real, headless Chromium; skipped with a reason where there is none."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from regpath.ui.explorer import ASSETS

APP = Path(__file__).parents[2] / "app.py"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SETTLED = """() => {
    const app = document.querySelector('[data-testid=stApp]');
    return app && app.dataset.testScriptState === 'notRunning'
        && app.dataset.testConnectionState === 'CONNECTED';
}"""


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser():
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        reason = f"no browser found under the names {', '.join(BROWSERS)}"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=found, args=list(FLAGS))
        yield running
        running.close()


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    log = tmp_path_factory.mktemp("server") / "log.txt"
    command = [
        sys.executable,
        "-m",
        "regpath.ui.serve",
        str(APP),
        f"--server.port={port}",
        "--server.address=127.0.0.1",
        "--server.headless=true",
    ]
    with log.open("w") as out:
        server = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
        try:
            wait_for(url, server, log)
            yield url
        finally:
            server.terminate()
            server.wait(20)


def wait_for(url, server, log):
    end = time.monotonic() + 60
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2):
                return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.1)
    pytest.fail(f"the server did not start:\n{log.read_text()[-2000:]}")


RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹\u2212", "-0123456789-")


def number(text):
    """What a number as the explorer writes it is worth."""
    factor, _, power = text.translate(RAISED).replace(",", "").partition("×10")
    return float(f"{factor}e{power or 0}")


ALONE = """async (load, [payload, html, css, index, style, view]) => {
    const { Explorer } = await load('app.js');
    const { readModel } = await load('model.js');
    const { loadPlotly } = await load('plotly.js');
    document.body.innerHTML = `<div id="alone" style="${style}"></div>`;
    const host = document.getElementById('alone');
    host.innerHTML = `<style>${css}</style>${html}`;
    const root = host.querySelector('[data-part=root]');
    window.told = [];
    window.explorer = new Explorer(root, await readModel(payload), await loadPlotly(),
        { index, view, report: chosen => window.told.push(chosen) });
    await window.explorer.ready;
    for (let n = 0; n < 3; n++) await new Promise(requestAnimationFrame);  // sizes have settled
}"""
PAINTED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


class Tab:
    """One browser tab on the app, with what its console and its requests said."""

    def __init__(
        self, browser, address, *, width=1280, height=720, scheme="light", query="", **options
    ):
        self.context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            accept_downloads=True,
            **options,
        )
        self.page = self.context.new_page()
        self.address, self.complaints, self.outside = address, [], []
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._watch)
        self.page.goto(f"{address}/?{query}" if query else address)
        self.settle()

    def _listen(self, message):
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def _watch(self, request):
        local = (self.address, self.address.replace("http", "ws", 1), "data:", "blob:")
        if not request.url.startswith(local):
            self.outside.append(request.url)

    def settle(self):
        for _ in range(2):  # a rerun starts a tick after the event that causes it
            self.page.wait_for_function(SETTLED, timeout=60_000)
            self.page.wait_for_timeout(150)

    def open_sidebar(self):
        button = self.page.get_by_test_id("stExpandSidebarButton")
        if button.count() and button.is_visible():
            button.click()

    def close_sidebar(self):
        self.page.get_by_test_id("stSidebarCollapseButton").locator("button").click()
        self.page.wait_for_timeout(400)

    def upload(self, path):
        self.open_sidebar()
        self.page.get_by_text("Your file").click()
        self.settle()
        self.page.locator("input[type=file]").set_input_files(path)
        self.page.get_by_text(path.name).first.wait_for()
        self.settle()

    def download(self, label, folder):
        with self.page.expect_download() as waiting:
            self.page.get_by_role("button", name=label).click()
        target = folder / waiting.value.suggested_filename
        waiting.value.save_as(target)
        return target

    def part(self, name):
        """A part of the explorer; Playwright looks into its shadow root."""
        return self.page.locator(f"[data-part={name}]")

    def drawn(self):
        """Wait until the explorer has drawn its curves."""
        self.page.locator("[data-drawn]").wait_for()
        return self

    @property
    def slider(self):
        return self.page.get_by_role("slider", name="Strength of the penalty")

    def position(self):
        """Where the cursor is: 0 at the strong end."""
        return int(self.slider.get_attribute("aria-valuenow")) - 1

    def last(self):
        return int(self.slider.get_attribute("aria-valuemax")) - 1

    def tile(self, number=0):
        return self.page.locator(".rp-tile strong").nth(number).inner_text()

    def chosen(self):
        """The strength that Python was told of."""
        return self.page.locator(".rp-chosen b").inner_text()

    def wait_for_python(self):
        """Wait until Python says the strength that the explorer shows."""
        self.page.evaluate(PAINTED)  # a key shows with the next frame
        self.page.wait_for_function(
            "text => document.querySelector('.rp-chosen b')?.textContent.slice(4) === text",
            arg=f"{self.lam():.4g}",
        )
        self.settle()

    def lam(self):
        return number(self.tile())

    def inside(self, script, arg=None):
        """Run a function of (root, arg) in the page, where root is the explorer's root."""
        return self.part("root").evaluate(script, arg)

    def js(self, script, arg=None):
        """Run an async function of (load, arg), where load imports one of our modules."""
        base = f"{self.address}/_stcore/bidi-components/regpath.explorer/"
        return self.page.evaluate(
            f"async arg => ({script})(name => import('{base}' + name), arg)", arg
        )

    def mount(self, payload, *, index=5, style="width:900px", view=None):
        """Put an explorer of its own on the page, as `window.explorer`."""
        parts = [
            (ASSETS / f"explorer.{kind}").read_text(encoding="utf-8") for kind in ("html", "css")
        ]
        self.js(ALONE, [payload, *parts, index, style, view or {}])

    def overflow(self):
        return self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )


@pytest.fixture
def open_tab(browser, address):
    tabs = []

    def opened(**options):
        tabs.append(Tab(browser, address, **options))
        return tabs[-1]

    yield opened
    for tab in tabs:
        tab.context.close()


@pytest.fixture(scope="module")
def shared_tab(browser, address):
    """One tab for tests that leave it as it was."""
    tab = Tab(browser, address)
    yield tab.drawn()
    tab.context.close()
