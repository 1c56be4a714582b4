"""What a person sees of the explorer, in numbers: room, scale, letters, bytes, presses of Tab.

Usage: python -m benchmarks.picture [--checkout FOLDER] [--out FILE.json]
Needs the test extras and a Chromium on the machine. Starts a server of its own, of this checkout
or of another, such as an older one to compare with.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.explorer import FLAGS, ROOT, drag, server, wait

SETS = {
    "breast_cancer, L1": "data=breast_cancer&target=diagnosis",
    "breast_cancer, L2": "data=breast_cancer&target=diagnosis&l1_ratio=0.0",
    "wine": "data=wine&target=cultivar",
    "digits": "data=digits&target=digit",
    "diabetes": "data=diabetes&target=progression",
    "more columns than rows": "data=wide_noise&target=label",
}
DRAGGED = ("breast_cancer, L1", "digits")
SCREENS = {"laptop": (1280, 720), "phone": (390, 844)}
LARGEST = 10  # coefficients
# The first panel is that of the paths. `_fullLayout` is Plotly's own: this is no test.
SEEN = """count => {
    const root = document.querySelector('[data-part=root]') ?? [...document.querySelectorAll('*')]
        .map(node => node.shadowRoot?.querySelector('[data-part=root]')).find(Boolean);
    const plot = root.querySelector('[data-part=plot]');
    const { xaxis, yaxis, _size } = plot._fullLayout;
    const box = plot.getBoundingClientRect();
    const top = box.top + _size.t + (1 - yaxis.domain[1]) * _size.h;
    const values = [...root.querySelectorAll('.rp-row:not([hidden]) .rp-row-value')].slice(0, count)
        .map(node => Number(node.textContent.replace('\\u2212', '-').replace(',', '')));
    const [low, high] = yaxis.range, area = xaxis._length * yaxis._length;
    const span = Math.max(0, ...values) - Math.min(0, ...values);
    const letters = new Set();
    for (const node of root.querySelectorAll('*')) {
        const text = [...node.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
        const size = parseFloat(getComputedStyle(node).fontSize);
        if (text && node.checkVisibility()) letters.add(size);
    }
    return {
        'paths, pixels': [Math.round(xaxis._length), Math.round(yaxis._length)],
        'paths, % of the screen': +(100 * area / innerWidth / innerHeight).toFixed(1),
        'paths begin at': Math.round(top),
        'charts, pixels high': Math.round(box.height),
        'ten largest at the choice span, pixels': +(yaxis._length * span / (high - low)).toFixed(0),
        'letters, pixels': [...letters].sort((a, b) => a - b),
    };
}"""
# Where the focus is: on the slider of strengths, on the button that hands out the script.
FOCUSED = """words => { let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return words ? at?.tagName === 'BUTTON' && at.textContent.includes(words)
        : at?.getAttribute('role') === 'slider' && at.dataset.part === 'cursor'; }"""
GOALS = {"slider": ("", "To the chart"), "script": ("scikit-learn script", "To the script")}
PRESSES = 160  # of Tab, at most


class Received:
    """Bytes that the page's WebSocket received, and those of the message with the paths."""

    def __init__(self, page: Page) -> None:
        self.all = self.paths = 0
        page.on("websocket", lambda socket: socket.on("framereceived", self._count))

    def _count(self, frame: str | bytes) -> None:
        content = frame.encode() if isinstance(frame, str) else frame
        self.all += len(content)
        if b'"blob"' in content:
            self.paths += len(content)


def seen(browser: Browser, url: str, query: str, size: tuple[int, int]) -> dict[str, Any]:
    """One set on one screen."""
    page = browser.new_context(
        viewport=dict(zip(("width", "height"), size, strict=True))
    ).new_page()
    received = Received(page)
    page.goto(f"{url}/?{query}")
    wait(page, 2.0)
    found: dict[str, Any] = {"bytes received": received.all, "of these the paths": received.paths}
    found |= page.evaluate(SEEN, LARGEST)
    for goal, (words, link) in GOALS.items():
        found[f"Tabs to the {goal}"] = tabs(page, words)
        found[f"keys to the {goal}, by a link"] = keys(page, words, link)
    page.context.close()
    return found


def tabs(page: Page, words: str) -> int | None:
    """How often Tab is pressed until the slider, or a button of these words, has the focus."""
    page.evaluate("document.activeElement.blur()")
    page.mouse.click(1, 1)
    for n in range(1, PRESSES + 1):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED, words):
            return n
    return None


def keys(page: Page, words: str, link: str) -> int | None:
    """How many keys lead there by a link at the top of the page, with the one that follows it."""
    links = page.locator(".rp-skip button:not([hidden])").all_text_contents()
    if link not in links:
        return None
    # The first Tab of a page leads to the first link; after a click it would go on from there.
    page.locator(".rp-skip button:not([hidden])").first.focus()
    presses = links.index(link) + 1
    for _ in range(presses - 1):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    return presses + 1 if page.evaluate(FOCUSED, words) else None


def frames(browser: Browser, url: str, query: str) -> dict[str, float]:
    """Frames a second while the cursor is dragged."""
    page = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
    page.goto(f"{url}/?{query}")
    wait(page, 2.0)
    found = drag(page)
    page.context.close()
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkout", type=Path, default=ROOT, help="of regpath to measure")
    parser.add_argument("--out", type=Path, help="also write the numbers as JSON")
    options = parser.parse_args()
    with sync_playwright() as driver:
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        browser = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        result: dict[str, Any] = {"load": round(os.getloadavg()[0], 1), "python": sys.version[:7]}
        with server(options.checkout) as (url, _):
            for name, query in SETS.items():
                for screen, size in SCREENS.items():
                    result[f"{name}, {screen}"] = seen(browser, url, query, size)
            for name in DRAGGED:
                result[f"{name}, drag"] = frames(browser, url, SETS[name])
        browser.close()
    print(json.dumps(result, indent=1))
    if options.out:
        options.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
