"""What breaks off goes on: a reload, a second tab, a line that drops, a server that starts anew."""

import re
import socket
import threading
from contextlib import suppress

import pytest
from playwright.sync_api import expect

import regpath
from regpath.explorer import payload
from regpath.ui.explorer import ASSETS
from tests.e2e.conftest import free_port, serving
from tests.e2e.test_choosing import visit

LOST = """() => document.querySelector('[data-testid=stApp]')
    ?.dataset.testConnectionState !== 'CONNECTED'"""
BACK = LOST.replace("!==", "===")

NEWER_DATA = """async (load, [older, newer, html, act]) => {
    const { default: mount } = await load('explorer.js');
    document.body.innerHTML = `<div id="host" style="width:900px">${html}</div>`;
    const host = document.getElementById('host');
    window.told = [];
    const shown = (payload, command) => mount({
        data: { payload, command, owner: 'o', stage: 's', index: 20, view: {} },
        parentElement: host, setStateValue: (_, value) => window.told.push(value.index),
    });
    const at = () => Number(slider.getAttribute('aria-valuenow')) - 1;
    const frame = () => new Promise(requestAnimationFrame);
    shown(older, { n: 1, index: 20 });
    const slider = host.querySelector('[role=slider]');
    while (at() !== 20 || !host.querySelector('[data-drawn]')) await frame();
    const press = key => slider.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    press(act);
    const pressed = at();
    shown(newer, { n: 2, index: 50 });  // as when folds arrive, and the cursor settles
    for (let n = 0; n < 300 && !window.told.length; n++) await frame();
    return [pressed, at(), window.told];
}"""


@pytest.fixture
def own(tmp_path):
    rows = "".join(f"{i % 7},{i * i % 5},{'yes' if i % 3 else 'no'}\n" for i in range(60))
    file = tmp_path / "visits.csv"
    file.write_text(f"age,bonus,left\n{rows}")
    return file


class Cable:
    """A line between a browser and a server that can be pulled out."""

    def __init__(self, port):
        self._to, self._ends, self.is_in = port, [], True
        self._ear = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._ear.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        with suppress(OSError):
            while True:
                near, _ = self._ear.accept()
                if not self.is_in:
                    near.close()
                    continue
                far = socket.create_connection(("127.0.0.1", self._to))
                self._ends += [near, far]
                for pair in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=pair, daemon=True).start()

    @staticmethod
    def _carry(source, target):
        with suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
        with suppress(OSError):
            target.shutdown(socket.SHUT_RDWR)

    def pull(self):
        self.is_in = False
        ends, self._ends = self._ends, []
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def close(self):
        self.pull()
        self._ear.close()


@pytest.fixture
def cable(address):
    cable = Cable(int(address.rpartition(":")[2]))
    yield cable
    cable.close()


def choose_l2(tab):
    with tab.rerun():
        tab.page.get_by_text("L2", exact=True).click()
    tab.page.get_by_text("L2 (ridge)").first.wait_for()


def choose_of_own(tab, own):
    """Bring a file, choose L2 and the weakest penalty: what is told of that."""
    tab.upload(own, "left")
    tab.drawn()
    choose_l2(tab)
    tab.slider.press("End")
    tab.wait_for_python()
    return tab.chosen()


def bring_again(tab, own):
    """Read which file is missing, and bring it."""
    tab.page.get_by_text("again: what you chose waits for it").wait_for()
    expect(tab.page.get_by_text("visits.csv").first).to_be_visible()
    assert own.stem not in tab.page.url
    tab.settle()
    with tab.rerun():
        tab.page.locator("input[type=file]").last.set_input_files(own)


def test_a_line_that_drops_and_returns_finds_file_and_choices_as_they_were(open_tab, cable, own):
    tab = open_tab(cable.address)
    tab.upload(own, "left")
    tab.drawn()
    choose_l2(tab)
    cable.pull()
    tab.page.wait_for_function(LOST)
    cable.is_in = True
    tab.page.wait_for_function(BACK)
    tab.slider.press("End")
    tab.wait_for_python()
    tab.stands_at(tab.last())
    expect(tab.page.get_by_role("heading", name="visits.csv")).to_be_visible()
    expect(tab.page.get_by_text("L2 (ridge)").first).to_be_visible()


def test_a_second_tab_is_a_visit_of_its_own(open_tab):
    tab = open_tab(query="data=iris").drawn()
    with tab.context.expect_page() as opening:
        tab.page.evaluate("window.open(location.href, '_blank', 'noopener') && 0")
    other = opening.value
    other.locator("[data-drawn]").wait_for()
    tab.slider.press("Home")
    tab.wait_for_python()
    where = other.get_by_role("slider", name="Strength of the penalty")
    expect(where).to_have_attribute("aria-valuenow", re.compile(r"^(?!1$)\d+$"))


def test_a_reload_says_which_file_to_bring_again_and_then_all_is_as_it_was(open_tab, own):
    tab = open_tab()
    chosen = choose_of_own(tab, own)
    with tab.rerun():
        tab.page.reload()
    bring_again(tab, own)
    tab.drawn()
    tab.page.get_by_text("L2 (ridge)").first.wait_for()
    expect(tab.told).to_have_text([chosen])
    with tab.rerun():
        tab.page.get_by_text("Bundled").click()
    tab.drawn()
    with tab.rerun():
        tab.page.reload()
    tab.drawn()
    expect(tab.page.get_by_text("again: what you chose waits for it")).to_have_count(0)


def test_a_server_that_starts_anew_restores_the_view_of_a_link(open_tab, tmp_path):
    port = free_port()
    with serving(tmp_path / "first.txt", port) as url:
        tab = open_tab(url, query="data=iris&l1_ratio=0.0").drawn()
        tab.slider.press("End")
        tab.wait_for_python()
    tab.page.wait_for_function(LOST)
    with serving(tmp_path / "second.txt", port):
        tab.page.wait_for_function(BACK)
        tab.drawn()
        tab.slider.press("PageUp")
        tab.wait_for_python()
        tab.page.wait_for_url(lambda url: "l1_ratio=0.0" in url)


def test_a_server_that_starts_anew_says_which_file_to_bring_again(open_tab, own, tmp_path):
    port = free_port()
    with serving(tmp_path / "first.txt", port) as url:
        tab = open_tab(url)
        chosen = choose_of_own(tab, own)
        visit(tab, "Choose")  # a run of a whole page: after it the client itself asks for no other
        tab.page.locator(".js-plotly-plot .main-svg").first.wait_for()
        tab.settle()
    tab.page.wait_for_function(LOST)
    with serving(tmp_path / "second.txt", port):
        bring_again(tab, own)
        tab.page.locator(".js-plotly-plot .main-svg").first.wait_for()
        visit(tab, "Explore")
        tab.drawn()
        tab.page.get_by_text("L2 (ridge)").first.wait_for()
        tab.wait_for_python()
        expect(tab.told).to_have_text([chosen])


def test_a_key_is_told_even_if_newer_data_come_before_it_is(open_tab):
    table = regpath.datasets.load("breast_cancer")
    study = regpath.run_study(table, regpath.Recipe("diagnosis", family="binomial"))
    tab = open_tab(bare=True)
    html = (ASSETS / "explorer.html").read_text(encoding="utf-8")
    data = [payload(study), payload(study, separated_from=60), html, "ArrowRight"]
    assert tab.js(NEWER_DATA, data) == [21, 21, [21]]
