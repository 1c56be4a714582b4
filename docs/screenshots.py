"""Take the pictures of the README from a running app.

Usage: python docs/screenshots.py http://127.0.0.1:8501
Needs the test extras and a Chromium on the machine.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

IMAGES = Path(__file__).with_name("images")
SHOTS = (
    ("explore-light", "Breast cancer", 1280, 720, "light"),
    ("explore-dark", "Palmer penguins", 1280, 720, "dark"),
    ("explore-phone", "Diabetes", 390, 844, "light"),
)
SETTLED = """() => {
    const app = document.querySelector('[data-testid=stApp]');
    return app && app.dataset.testScriptState === 'notRunning'
        && app.dataset.testConnectionState === 'CONNECTED';
}"""


def settle(page: Page) -> None:
    """Wait until the app has nothing more to do."""
    for _ in range(3):
        page.wait_for_function(SETTLED, timeout=60_000)
        page.wait_for_timeout(300)


def choose(page: Page, title: str) -> None:
    """Pick a bundled data set, on a phone by opening and closing the side."""
    narrow = (page.viewport_size or {"width": 0})["width"] < 640
    if narrow:
        page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_test_id("stSidebar").get_by_role("combobox").first.click()
    page.get_by_role("option", name=title).first.click()
    settle(page)
    if narrow:
        page.get_by_test_id("stSidebarCollapseButton").locator("button").click()
    page.mouse.move(5, 5)
    settle(page)


def main(address: str) -> None:
    """Take all pictures."""
    IMAGES.mkdir(exist_ok=True)
    browser_path = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"]
        )
        for name, title, width, height, scheme in SHOTS:
            size = {"width": width, "height": height}
            page = browser.new_page(viewport=size, color_scheme=scheme)
            page.goto(address)
            settle(page)
            choose(page, title)
            page.screenshot(path=IMAGES / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
