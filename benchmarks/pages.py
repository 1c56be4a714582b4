"""Six real pages of Chromium at once: until the chart is drawn, and until a key is answered.

Before that, one page: from the command that starts the server to the first chart, and the memory of
a server at rest.

Usage: python -m benchmarks.pages [--pages 6] [--chromium /usr/bin/chromium]

The browser shares the machine with the server, so these seconds are an upper bound for a class.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import time
from typing import Any

from playwright.sync_api import Page, sync_playwright

from benchmarks.room import print_memory, server

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WARM = 20.0  # seconds until workers answer
LONGEST = 120_000  # milliseconds that a page is waited for
KEYS = 5  # pressed on every page
DRAWN = """() => { const found = document.querySelector('[data-testid=stApp]');
    const inside = [...document.querySelectorAll('*')].filter(e => e.shadowRoot);
    return found && inside.some(e => e.shadowRoot.querySelector('[data-drawn]')); }"""


def first_page(browser: Any, port: int, begun: float) -> None:
    """Open the first page of a server that was started at a moment."""
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(f"http://127.0.0.1:{port}/", wait_until="commit")
    page.wait_for_function(DRAWN, timeout=LONGEST)
    print(f"start command to first chart: {time.perf_counter() - begun:.1f} s", flush=True)
    page.close()


def measure(browser: Any, port: int, count: int, query: str) -> None:
    """Open pages at once, and press keys on each in turn."""
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    pages = [context.new_page() for _ in range(count)]
    errors: list[str] = []
    begun = time.perf_counter()
    for page in pages:
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"http://127.0.0.1:{port}/?{query}", wait_until="commit")
    charts = []
    for page in pages:
        page.wait_for_function(DRAWN, timeout=LONGEST)
        charts.append(time.perf_counter() - begun)
    answers = sorted(seconds for page in pages for seconds in _pressed(page))
    print(
        f"{count} pages of Chromium, {query or 'first page'}: all drawn after {charts[-1]:.1f} s "
        f"(first {charts[0]:.1f} s); key to answer median "
        f"{1e3 * statistics.median(answers):.0f} ms, "
        f"p95 {1e3 * statistics.quantiles(answers, n=20)[-1]:.0f} ms; {len(errors)} errors",
        flush=True,
    )
    context.close()


def _pressed(page: Page) -> list[float]:
    """Seconds from a key to what Python says of the new strength."""
    slider = page.get_by_role("slider", name="Strength of the penalty")
    slider.focus()
    taken = []
    for _ in range(KEYS):
        before = page.locator(".rp-chosen b").inner_text()
        begun = time.perf_counter()
        slider.press("ArrowLeft")
        page.wait_for_function(
            "before => document.querySelector('.rp-chosen b').textContent !== before",
            arg=before,
            timeout=LONGEST,
        )
        taken.append(time.perf_counter() - begun)
    return taken


def main() -> None:
    """Start a server and a browser."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=6)
    parser.add_argument("--chromium", default=shutil.which("chromium"))
    options = parser.parse_args()
    print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores", flush=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=options.chromium, args=list(FLAGS))
        begun = time.perf_counter()
        with server() as (port, process):
            first_page(browser, port, begun)
            time.sleep(WARM)
            print_memory(process)
            for query in ("", "data=wine", "data=breast_cancer&seed=606"):
                measure(browser, port, options.pages, query)
            browser.close()


if __name__ == "__main__":
    main()
