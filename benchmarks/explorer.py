"""The explorer in a real browser: frames while dragging, keys, releases, starts, bytes.

Usage: python -m benchmarks.explorer [--out FILE.json]
Needs the test extras and a Chromium on the machine. Starts a server of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pandas as pd
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

ROOT = Path(__file__).parents[1]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
FEATURES = (30, 200, 500)
FRAMES = 240  # moves of one drag
PRESSES, RELEASES = 60, 40
RECORD = """() => {
    window.frames_ = [];
    const tick = now => { window.frames_.push(now); window.ticking = requestAnimationFrame(tick); };
    window.ticking = requestAnimationFrame(tick);
}"""
WATCH_KEYS = """() => {
    window.paints = [];
    addEventListener('keydown', event => {
        requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => window.paints.push(performance.now() - event.timeStamp);
            port2.postMessage(0);
        });
    }, { capture: true });
}"""
WATCH_RELEASES = """() => {
    window.heard = [];
    const note = event => { window.released = event.timeStamp; };
    addEventListener('pointerup', note, { capture: true });
    new MutationObserver(() => {
        if (window.released) window.heard.push(performance.now() - window.released);
        window.released = 0;
    }).observe(document.querySelector('.rp-chosen').closest('[data-testid=stHtml]').parentElement,
        { subtree: true, childList: true, characterData: true });
}"""


SETTLED = """() => {
    const app = document.querySelector('[data-testid=stApp]');
    return app?.dataset.testScriptState === 'notRunning';
}"""
FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


class Traffic:
    """Bytes that the page's WebSocket received."""

    def __init__(self, page: Page) -> None:
        self.received = 0
        page.on("websocket", lambda socket: socket.on("framereceived", self._count))

    def _count(self, frame: str | bytes) -> None:
        self.received += len(frame)

    def take(self) -> int:
        """Bytes since the last time."""
        received, self.received = self.received, 0
        return received


def table(n_features: int, folder: Path, n_rows: int = 400) -> Path:
    """A CSV with two classes and as many features."""
    rng = np.random.default_rng(n_features)
    X = rng.normal(size=(n_rows, n_features)) + rng.normal(size=(n_rows, 1))
    frame = pd.DataFrame(X.round(5), columns=[f"feature_{j:03d}" for j in range(n_features)])
    signal = X[:, ::3] @ rng.normal(size=X[:, ::3].shape[1])
    frame["y"] = np.where(signal + 3 * rng.normal(size=n_rows) > 0, "yes", "no")
    path = folder / f"features_{n_features}.csv"
    frame.to_csv(path, index=False)
    return path


@contextmanager
def server(checkout: Path = ROOT) -> Iterator[tuple[str, float]]:
    """The app of a checkout, and when its start was ordered."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "regpath", "--port", str(port), "--no-browser"]
    ordered = time.perf_counter()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, cwd=checkout, **quiet)
    url = f"http://127.0.0.1:{port}"
    try:
        while process.poll() is None:
            try:
                with urllib.request.urlopen(f"{url}/_stcore/health", timeout=1):
                    break
            except OSError:
                time.sleep(0.02)
        yield url, ordered
    finally:
        process.terminate()
        process.wait(20)


def opened(browser: Browser, url: str, complaints: list[str]) -> Page:
    """A new tab of a new visitor."""
    page = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
    page.add_init_script("localStorage.setItem('regpath-first-steps', 'left')")

    def listen(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(url)
    return page


def wait(page: Page, seconds: float = 0.6) -> None:
    """Until curves are drawn and nothing more happens."""
    page.locator("[data-drawn]").wait_for(timeout=120_000)
    page.wait_for_function(SETTLED)
    page.wait_for_timeout(1000 * seconds)


def starts(browser: Browser, complaints: list[str], repeats: int = 3) -> dict[str, float]:
    """Seconds from the start command, and from a reload, until curves are drawn."""
    cold, paint, drawn = [], [], []
    for _ in range(repeats):
        with server() as (url, ordered):
            page = opened(browser, url, complaints)
            page.locator("[data-drawn]").wait_for(timeout=60_000)
            cold.append(time.perf_counter() - ordered)
            wait(page)
            begun = time.perf_counter()
            page.reload()
            page.locator("[data-drawn]").wait_for(timeout=60_000)
            drawn.append(time.perf_counter() - begun)
            paint.append(page.evaluate(FIRST_PAINT) / 1000)
            page.context.close()
    return {
        "start to chart, s": median(cold),
        "reload to first paint, s": median(paint),
        "reload to chart, s": median(drawn),
    }


def drag(page: Page) -> dict[str, float]:
    """Frames and script time of a slow drag from end to end and back."""
    box = page.locator("[data-part=hit]").bounding_box()
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    y = box["y"] + 0.4 * box["height"]
    page.mouse.move(box["x"] + 2, y)
    page.mouse.down()
    page.evaluate(RECORD)
    before = script_seconds(session)
    for goal in (box["x"] + box["width"] - 2, box["x"] + 2):
        page.mouse.move(goal, y, steps=FRAMES // 2)
    script = script_seconds(session) - before
    page.evaluate("cancelAnimationFrame(window.ticking)")
    times = np.diff(page.evaluate("window.frames_"))
    page.mouse.up()
    return {
        "frames a second": round(1000 / times.mean(), 1),
        "frame p95, ms": round(float(np.quantile(times, 0.95)), 1),
        "script a frame, ms": round(1000 * script / len(times), 2),
    }


def script_seconds(session: object) -> float:
    """Seconds that the page spent in scripts, ours and all others."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(metric["value"] for metric in metrics if metric["name"] == "ScriptDuration")


def keys(page: Page) -> dict[str, float]:
    """Milliseconds from a key press until its frame is painted."""
    page.get_by_role("slider", name="Strength of the penalty").focus()
    page.evaluate(WATCH_KEYS)
    for n in range(PRESSES):
        page.keyboard.press("ArrowRight" if n % 20 < 10 else "ArrowLeft")
        page.wait_for_timeout(37)
    times = page.evaluate("window.paints")
    return {
        "key to paint p50, ms": round(median(times), 1),
        "key to paint p95, ms": quantile(times),
    }


def releases(page: Page, traffic: Traffic) -> dict[str, float]:
    """Milliseconds from a release until Python's answer is on the page, and its bytes."""
    page.wait_for_timeout(800)
    page.evaluate(WATCH_RELEASES)
    box = page.locator("[data-part=hit]").bounding_box()
    traffic.take()
    for n in range(RELEASES):
        share = 0.05 + 0.9 * ((n * 37) % RELEASES) / RELEASES
        page.mouse.click(box["x"] + share * box["width"], box["y"] + 20)
        page.wait_for_timeout(350)
    times = page.evaluate("window.heard")
    return {
        "release to Python p50, ms": round(median(times)),
        "release to Python p95, ms": quantile(times),
        "bytes a release": round(traffic.take() / RELEASES),
    }


def median(values: list[float]) -> float:
    """The middle value."""
    return round(float(np.median(values)), 2)


def quantile(values: list[float], share: float = 0.95) -> float:
    """Value that 95 % stay below."""
    return round(float(np.quantile(values, share)), 1)


def measure(browser: Browser, url: str, path: Path, complaints: list[str]) -> dict[str, float]:
    """Everything about one table."""
    page = opened(browser, url, complaints)
    traffic = Traffic(page)
    page.reload()
    wait(page)
    page.get_by_text("Your file").click()
    page.wait_for_timeout(800)
    traffic.take()
    page.locator("input[type=file]").first.set_input_files(path)
    page.get_by_role("button", name="Predict ").first.click()
    wait(page, 2.5)
    result = {"bytes to draw": traffic.take(), **drag(page), **keys(page)}
    result |= releases(page, traffic)
    page.context.close()
    return result


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, help="also write the numbers as JSON")
    options = parser.parse_args()
    complaints: list[str] = []
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as folder:
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        browser = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        result = {
            "browser": browser.version,
            "cores": os.cpu_count(),
            "load before": round(load, 2),
            "starts": starts(browser, complaints),
        }
        with server() as (url, _):
            for count in FEATURES:
                path = table(count, Path(folder))
                result[f"{count} features"] = measure(browser, url, path, complaints)
        browser.close()
    result["complaints of the console"] = len(complaints)
    print(json.dumps(result, indent=2))
    if options.out:
        options.out.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
