"""Presses and seconds until three people have seen what they came for, from an empty browser.

Usage: python -m benchmarks.insight [--checkout FOLDER] [--file FILE.csv] [--out FILE.json]
Needs the test extras and a Chromium on the machine. Starts a server of its own, of this checkout
or of an older one to compare with. A student opens the first page, drags the line and reads what
has changed; a teacher wants the wine data on a projector; an analyst brings a file and wants its
coefficients and a strength.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from playwright.sync_api import Browser, Error, Page, sync_playwright

from benchmarks.explorer import FLAGS, ROOT, server

LONGEST = 120_000  # milliseconds that anything is waited for
TRIALS = 3
# Curves are on the screen, the page rests, and the title names the data.
DRAWN = """title => {
    const root = document.querySelector('.rp') ?? [...document.querySelectorAll('*')]
        .map(node => node.shadowRoot?.querySelector('.rp')).find(Boolean);
    const app = document.querySelector('[data-testid=stApp]');
    return root?.querySelector('.main-svg') && root.ariaBusy !== 'true'
        && app.dataset.testScriptState === 'notRunning' && app.innerText.includes(title); }"""
KEPT = """() => { const root = document.querySelector('.rp') ?? [...document.querySelectorAll('*')]
        .map(node => node.shadowRoot?.querySelector('.rp')).find(Boolean);
    return root.querySelector('[data-part=tiles]').innerText; }"""


class Visit:
    """A new browser's page, and what was pressed and how long it took."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.page: Page = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
        self.page.set_default_timeout(LONGEST)
        self.presses, self.began = 0, time.perf_counter()
        self.page.goto(url)

    def press(self, role: Any, name: str | re.Pattern[str]) -> None:
        """Press what has this name."""
        self.page.get_by_role(role, name=name).first.click()
        self.presses += 1

    def drawn(self, title: str) -> None:
        """Wait for the chart of these data."""
        self.page.wait_for_function(DRAWN, arg=title)

    def told(self) -> dict[str, float]:
        """What it took."""
        seconds = time.perf_counter() - self.began
        self.page.context.close()
        return {"presses": self.presses, "seconds": round(seconds, 2)}


def student(browser: Browser, url: str, file: Path) -> dict[str, float]:
    """See the first chart, drag its line, and see other numbers."""
    visit = Visit(browser, url)
    visit.drawn("Breast cancer")
    before = visit.page.evaluate(KEPT)
    slider = visit.page.get_by_role("slider").first
    slider.focus()
    visit.page.keyboard.press("Home")
    visit.presses += 1
    visit.page.wait_for_function(f"before => ({KEPT})() !== before", arg=before)
    return visit.told()


def teacher(browser: Browser, url: str, file: Path) -> dict[str, float]:
    """See wine as a projector needs it."""
    visit = Visit(browser, url)
    visit.drawn("Breast cancer")
    visit.page.get_by_role("combobox", name=re.compile("^(Selected .*)?Data set")).first.click()
    visit.press("option", re.compile("^Wine"))
    visit.presses += 1
    visit.drawn("Wine")
    present = visit.page.get_by_role("button", name="Present")
    if present.count():
        present.click()
        visit.presses += 1
        visit.drawn("Wine")
    return visit.told()


def analyst(browser: Browser, url: str, file: Path) -> dict[str, float]:
    """See the paths of an own file, and a strength that a rule recommends."""
    visit = Visit(browser, url)
    visit.drawn("Breast cancer")
    visit.page.get_by_text("Your file").click()
    visit.page.locator("input[type=file]").first.set_input_files(file)
    visit.presses += 2  # the kind of data, and the file
    predict = visit.page.get_by_role("button", name=re.compile("^Predict ")).first
    explored = visit.page.get_by_text(re.compile("^(✓ )?proven$")).first
    try:
        predict.wait_for(timeout=LONGEST / 6)
        predict.click()
        visit.presses += 1
    except Error:  # an older app fits at once
        explored.wait_for()
    visit.drawn(file.stem)
    return visit.told()


PEOPLE: dict[str, Callable[[Browser, str, Path], dict[str, float]]] = {
    "student": student,
    "teacher": teacher,
    "analyst": analyst,
}


def some_file(folder: Path) -> Path:
    """A file as an office saves it: words, gaps, decimal commas, and who has left."""
    rng = np.random.default_rng(4)
    n = 400
    age, months = rng.normal(45, 12, n).round(1), rng.integers(1, 72, n)
    tariff = rng.choice(["basis", "plus", "pro"], n)
    left = rng.random(n) < 1 / (1 + np.exp(0.06 * (months - 24) + 0.8 * (tariff == "pro")))
    frame = pd.DataFrame({"age": age, "months": months, "tariff": tariff})
    frame["calls"] = rng.poisson(2 + 2 * left).astype(float)
    frame.loc[rng.choice(n, 20, replace=False), "calls"] = np.nan
    frame["churn"] = np.where(left, "yes", "no")
    path = folder / "customers.csv"
    frame.to_csv(path, index=False, sep=";", decimal=",")
    return path


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkout", type=Path, default=ROOT, help="of regpath to measure")
    parser.add_argument("--file", type=Path, help="CSV of the analyst; one is made without")
    parser.add_argument("--out", type=Path, help="also write the numbers as JSON")
    options = parser.parse_args()
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as folder:
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        browser = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        file = options.file or some_file(Path(folder))
        result: dict[str, Any] = {"load": round(os.getloadavg()[0], 1), "python": sys.version[:7]}
        with server(options.checkout) as (url, _):
            for name, does in PEOPLE.items():
                result[name] = [does(browser, url, file) for _ in range(TRIALS)]
        browser.close()
    print(json.dumps(result, indent=1))
    if options.out:
        options.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
