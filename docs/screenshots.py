"""Take the pictures of the README and the docs from a running app.

Usage: python docs/screenshots.py http://127.0.0.1:8501 [NAME ...]
Needs the test extras and a Chromium on the machine.
"""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page, sync_playwright

IMAGES = Path(__file__).with_name("images")
SETTLED = """() => {
    const app = document.querySelector('[data-testid=stApp]');
    return app && app.dataset.testScriptState === 'notRunning'
        && app.dataset.testConnectionState === 'CONNECTED';
}"""

ABOVE = 90  # pixels: the page's own bar, and some air
BRING = f"node => {{ node.style.scrollMarginTop = '{ABOVE}px'; node.scrollIntoView(); }}"


@dataclass(frozen=True)
class Shot:
    """One picture: what the page shows, how large it is, in which look, and what is at its top."""

    name: str
    query: dict[str, Any]
    width: int = 1280
    height: int = 720
    scheme: str = "light"
    view: dict[str, Any] = field(default_factory=dict)
    side: bool = True
    page: str = ""
    press: tuple[str, ...] = ()
    file: bytes = b""
    target: str = ""
    top: str = ""

    def address(self, base: str) -> str:
        """The page's address in this state."""
        view = {"view": json.dumps(self.view)} if self.view else {}
        return f"{base}/{self.page}?{urlencode({**self.query, **view}, doseq=True)}"


def office_list() -> bytes:
    """Make a file as people have it, with all sorts of trouble."""
    lines = ["Patienten 2023;;;;;", "", "Nr;Datum;Umsatz;Note;krank;Code"]
    for i in range(80):
        ill = i * i % 7 < 3
        day = f"{i % 12 + 1:02d}/{i * 5 % 12 + 1:02d}/2023"
        sales = f"€ {i % 9 + 1}.{i * 37 % 900 + 100},{i % 90 + 10}"
        mark = f"{i * 3 % 9 + 1}.{i * 53 % 900 + 100}"
        lines.append(f"K{i:03d};{day};{sales};{mark};{'ja' if ill else 'nein'};{'BA'[ill]}")
    return "\n".join([*lines, "Summe;;€ 300.000,00;;;"]).encode("cp1252")


CANCER = {"data": "breast_cancer", "target": "diagnosis"}
DIABETES = {"data": "diabetes", "target": "progression"}
PENGUINS = {"data": "penguins", "target": "species"}
CHOOSING = {"lesson": "simple_enough"}
GUESSED = CHOOSING | {"answer": ["4.0", "0"]}
SHOTS = (
    Shot("explore-light", CANCER),
    Shot("explore-dark", PENGUINS, scheme="dark"),
    Shot("explore-phone", DIABETES, width=390, height=844),
    Shot("explore-projector", CANCER | {"present": "True"}),
    Shot(
        "explore-200-features",
        {"data": "wide_noise", "target": "label", "l1_ratio": "0.5", "lambda": "0.15"},
    ),
    Shot("explore-classes", PENGUINS, height=900, view={"class": "all"}, side=False),
    Shot("explore-many-classes", {"data": "digits"}, height=820, side=False),
    Shot("choose", CANCER, page="choose", height=800),
    Shot("choose-phone", CANCER, page="choose", width=390, height=844, scheme="dark"),
    Shot("sealed", DIABETES | {"seal": "True"}, page="choose", height=1290, side=False),
    Shot("peeking", CANCER, page="choose", height=1620, side=False, press=("Peeking", "Peek")),
    Shot("stability", CANCER, page="stability", height=1000),
    Shot("compare", CANCER, page="compare", height=800),
    Shot(
        "map",
        CANCER,
        page="compare",
        height=760,
        scheme="dark",
        press=("Validation map", "Validate seven mixes of L1 and L2"),
    ),
    Shot(
        "boundary",
        CANCER | {"l1_ratio": "0.0", "section": "Decision boundary"},
        page="compare",
        height=930,
        side=False,
    ),
    Shot("what-if", CANCER, page="after", height=800, press=("What if",)),
    Shot("data", {}, height=1080, file=office_list(), target="krank"),
    Shot("lessons", {}, page="lessons", top=".rp-head"),
    Shot("lesson-question", CHOOSING, page="lessons", top="[data-part=drawing] svg"),
    Shot(
        "lesson-revealed-phone",
        GUESSED,
        page="lessons",
        width=390,
        height=844,
        scheme="dark",
        top="[data-part=drawing] svg",
    ),
    Shot("lesson-samples", GUESSED, page="lessons", height=1000, top=".st-key-rp-step-2"),
    Shot(
        "lesson-points",
        {"lesson": "direction_or_confidence", "answer": ["0.5", "0"]},
        page="lessons",
        height=900,
        scheme="dark",
        top=".st-key-rp-step-2",
    ),
    Shot(
        "lesson-walk",
        {"lesson": "from_scratch", "answer": ["0", "0"]},
        page="lessons",
        height=900,
        top=".st-key-rp-step-0",
    ),
    Shot(
        "lesson-museum",
        {"lesson": "bug_museum", "answer": ["0.5", "0", "0"]},
        page="lessons",
        height=900,
        top=".st-key-rp-step-0",
    ),
)


def settle(page: Page) -> None:
    """Wait until curves are drawn and the app has nothing more to do."""
    page.locator("[data-drawn]").wait_for(timeout=60_000)
    rest(page)
    page.locator(".st-key-rp-job").wait_for(state="detached", timeout=60_000)  # folds beside it
    rest(page)


def rest(page: Page) -> None:
    """Wait until the app has nothing more to do."""
    for _ in range(3):
        page.wait_for_function(SETTLED, timeout=60_000)
        page.wait_for_timeout(300)


def bring(page: Page, shot: Shot) -> None:
    """Bring the file of a picture, choose its target, and turn to the Data page."""
    page.get_by_text("Your file").click()
    rest(page)
    page.locator("input[type=file]").first.set_input_files(
        {"name": "patients.csv", "mimeType": "text/csv", "buffer": shot.file}
    )
    page.get_by_role("button", name=f"Predict {shot.target}").click()
    settle(page)
    page.get_by_role("link", name="Data", exact=True).click()
    page.get_by_text("First rows").wait_for()
    rest(page)


def press(page: Page, name: str) -> None:
    """Press a button of the page, if it is there: what is known already is not asked for."""
    buttons = page.get_by_test_id("stMain").get_by_role("button", name=name, exact=True)
    pills = page.get_by_test_id("stMain").get_by_role("radio", name=name, exact=True)
    if buttons.or_(pills).count():
        buttons.or_(pills).first.click()
        page.wait_for_timeout(500)
        rest(page)


def take(browser: Browser, base: str, shot: Shot) -> None:
    """Take one picture."""
    size = {"width": shot.width, "height": shot.height}
    page = browser.new_page(viewport=size, color_scheme=shot.scheme)
    page.add_init_script("localStorage.setItem('regpath-first-steps', 'left')")
    page.goto(shot.address(base))
    if shot.top:
        page.locator(shot.top).first.wait_for(timeout=60_000)
        rest(page)
    elif shot.page:
        page.locator(".js-plotly-plot .main-svg, [data-part=plane]").first.wait_for(timeout=60_000)
        rest(page)
    else:
        settle(page)
    for name in shot.press:
        press(page, name)
    if shot.file:
        bring(page, shot)
    if not shot.side:
        page.get_by_test_id("stSidebar").hover()
        page.get_by_test_id("stSidebarCollapseButton").locator("button").click()
        rest(page)
    if shot.top:
        page.locator(shot.top).first.evaluate(BRING)
        rest(page)
    page.mouse.move(5, 5)
    page.wait_for_timeout(500)
    page.screenshot(path=IMAGES / f"{shot.name}.png")
    page.close()


def main(address: str, *names: str) -> None:
    """Take all pictures, or those that are named."""
    IMAGES.mkdir(exist_ok=True)
    browser_path = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"]
        )
        for shot in SHOTS:
            if names and shot.name not in names:
                continue
            take(browser, address.rstrip("/"), shot)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
