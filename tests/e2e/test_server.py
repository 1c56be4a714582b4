"""The server in a browser: what its policy forbids, what it keeps, and whom it refuses."""

import re
import socket
import urllib.error
import urllib.request
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.conftest import PATIENCE
from tests.e2e.conftest import free_port, serving
from tests.e2e.test_choosing import visit
from tests.e2e.test_lessons import walk_a_sketched_lesson
from tests.e2e.test_pictures import save

HEAR = """
    window.violations = [];
    document.addEventListener('securitypolicyviolation', (event) =>
        window.violations.push([event.effectiveDirective, event.blockedURI, event.sourceFile]));
"""
# Streamlit's arithmetic of long integers tries to compile some, and does without.
STREAMLITS = ["script-src", "wasm-eval"]
WEBSOCKET = {"subprotocols": ["streamlit"], "open_timeout": PATIENCE}
PAGES = ("Data", "Choose", "Stability", "Compare", "After", "Predict", "Lessons", "Explore")
KINDS = ("PNG", "SVG", "HTML")


@pytest.fixture
def watched(open_tab):
    """A tab whose page notes what the policy forbids."""
    tab = open_tab()
    tab.page.add_init_script(HEAR)
    with tab.rerun():
        tab.page.goto(f"{tab.address}/?data=iris")
    return tab.drawn()


def violations(page):
    """What the policy forbade, but for what Streamlit tries and does without."""
    found = page.evaluate("window.violations")
    return [each for each in found if each[:2] != STREAMLITS or "/static/js/" not in each[2]]


def test_every_page_keeps_to_the_policy(watched):
    tab = watched
    for page in PAGES:
        visit(tab, page)
    with tab.rerun():
        tab.page.get_by_role("button", name="Share").click()
    tab.page.get_by_role("img", name="QR code of the link").wait_for()
    assert violations(tab.page) == tab.complaints == tab.outside == []


def test_the_strip_pictures_downloads_and_a_lesson_keep_to_the_policy(watched, tmp_path):
    tab = watched
    tab.unfold("This strength in other systems")
    with tab.rerun():
        tab.page.get_by_role("textbox", name="Weka Logistic R", exact=True).press("Tab")
        tab.page.get_by_role("textbox", name="λ", exact=True).fill("0.05")
        tab.page.get_by_role("textbox", name="λ", exact=True).press("Enter")
    tab.drawn().wait_for_python()
    assert tab.download("Path as CSV", tmp_path).read_bytes().startswith(b"lambda")
    assert b"sklearn" in tab.download("scikit-learn script", tmp_path).read_bytes()
    tab.page.get_by_role("button", name="Picture").click()
    place = tab.page.get_by_test_id("stPopoverBody")
    assert {kind: bool(save(tab, place, kind, tmp_path)) for kind in KINDS} == dict.fromkeys(
        KINDS, True
    )
    tab.page.keyboard.press("Escape")
    walk_a_sketched_lesson(tab)
    assert violations(tab.page) == tab.complaints == tab.outside == []


def test_a_link_to_a_page_asks_for_nothing_that_is_not_there(open_tab):
    tab = open_tab(path="data", query="data=iris")
    tab.page.get_by_role("heading", level=1).wait_for()
    assert tab.complaints == tab.outside == []


def test_a_page_of_another_origin_can_neither_connect_nor_send(address):
    stream = address.replace("http", "ws", 1) + "/_stcore/stream"
    for sender in ("https://evil.example", address.replace("127.0.0.1", "localhost")):
        with pytest.raises(InvalidStatus, match="403"):
            connect(stream, origin=sender, **WEBSOCKET)
        put = urllib.request.Request(f"{address}/_stcore/upload_file/a/b", b"x", method="PUT")
        put.add_header("Origin", sender)
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(put, timeout=PATIENCE)
    put = urllib.request.Request(f"{address}/_stcore/upload_file/a/b", b"x", method="PUT")
    with pytest.raises(urllib.error.HTTPError, match="403"):  # no token of a page of ours
        urllib.request.urlopen(put, timeout=PATIENCE)
    with connect(stream, origin=address, **WEBSOCKET) as line:
        assert line.subprotocol == "streamlit"


def test_a_name_made_to_lead_to_this_machine_opens_no_connection(address):
    parts = urlsplit(address)
    page = f"evil.example:{parts.port}"

    def through(**headers):
        line = socket.create_connection((parts.hostname, parts.port), timeout=PATIENCE)
        asked = {"origin": f"http://{page}", "additional_headers": headers, "sock": line}
        return connect(f"ws://{page}/_stcore/stream", **asked, **WEBSOCKET)

    with pytest.raises(InvalidStatus, match="403"):
        through()
    with through(**{"X-Forwarded-For": "192.0.2.7"}) as passed_on:  # a proxy in front
        assert passed_on.subprotocol == "streamlit"


def reload_hearing(tab, without_cache):
    """Load the page anew: the modules of the explorer that the server sent for it."""
    sent, kept = {}, set()
    network = tab.context.new_cdp_session(tab.page)

    def came(event):
        answer = event["response"]
        if "regpath.explorer/~" in answer["url"] and not answer.get("fromDiskCache"):
            sent[event["requestId"]] = answer["url"]

    network.on("Network.requestServedFromCache", lambda event: kept.add(event["requestId"]))
    network.on("Network.responseReceived", came)
    network.send("Network.enable")
    network.send("Network.setCacheDisabled", {"cacheDisabled": without_cache})
    with tab.rerun():
        tab.page.reload()
    tab.drawn()
    network.detach()
    return [url for request, url in sent.items() if request not in kept]


def test_a_reload_asks_for_no_module_of_the_explorer_again(open_tab):
    tab = open_tab(query="data=iris").drawn()
    assert reload_hearing(tab, without_cache=False) == []
    assert len(reload_hearing(tab, without_cache=True)) > 40


@pytest.mark.parametrize("path", ["health", "metrics"])
def test_the_server_says_how_it_is(open_tab, path):
    tab = open_tab(query="data=iris").drawn()
    answer = tab.context.request.get(f"{tab.address}/{path}")
    assert answer.ok
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert ('"status":"ok"' if path == "health" else "regpath_results_found_total") in answer.text()


FAILS = """import streamlit as st

def fails():
    raise ValueError("Ada's file")

st.button("Press", on_click=fails)
if st.toggle("Draw"):
    fails()
"""


@pytest.mark.parametrize("what", ["Press", "Draw"])
def test_an_error_that_no_page_catches_is_in_the_log_under_the_number_that_is_shown(
    open_tab, tmp_path, what
):
    script, log = tmp_path / "fails.py", tmp_path / "log.txt"
    script.write_text(FAILS, encoding="utf-8")
    with serving(log, free_port(), script) as url:
        tab = open_tab(url)
        with tab.rerun():
            tab.page.get_by_text(what, exact=True).click()
        alert = tab.page.get_by_role("alert")
        expect(alert).to_contain_text("the server's log has the details under ")
        text = alert.inner_text()
    assert "Ada" not in text
    (number,) = re.findall(r"under ([0-9a-f]{6})", text)
    assert f"unforeseen error {number} in the app" in log.read_text()
    assert "ValueError: Ada's file" in log.read_text()
