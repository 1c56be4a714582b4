"""A worker that is killed under real pages: who waited is told and served, nobody else notices."""

import contextlib
import json
import os
import re
import signal
import time
import urllib.request
from pathlib import Path

import pytest

from regpath.ui.session.waiting import AGAIN
from tests.conftest import PATIENCE
from tests.e2e.conftest import free_port, serving

# A notice goes by itself after some seconds, which a busy machine may let pass unseen.
NOTE_NOTICES = """
    window.notices = [];
    new MutationObserver(() => {
        for (const each of document.querySelectorAll('[data-testid=stToast]'))
            window.notices.push(each.textContent);
    }).observe(document, { childList: true, subtree: true, characterData: true });
"""
# What nobody has computed, by seed.
NEW = "data=digits&n_lambdas=40&seed={}&validate_quick=False&validate_slow=False"
SEEDS = range(90_000, 90_005)
pytestmark = pytest.mark.skipif(
    not Path("/proc/self/task").exists(), reason="only Linux says which processes a server has"
)


def asked(url, path):
    with urllib.request.urlopen(f"{url}/{path}", timeout=PATIENCE) as answer:
        return answer.read().decode()


def figure(url, name):
    """A figure of the server's; 0 while no worker answers."""
    found = re.findall(rf"^regpath_{name} (\S+)$", asked(url, "metrics"), re.MULTILINE)
    return float(found[0]) if found else 0.0


def workers_of(port):
    """Processes that compute for the server of a port."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            words = (stat.with_name("cmdline")).read_bytes().decode(errors="replace")
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            found[int(stat.parent.name)] = parent, words
    servers = [each for each, (_, words) in found.items() if f"server.port={port}" in words]
    return [
        each
        for each, (parent, words) in found.items()
        if parent in servers and "popen_loky" in words
    ]


def until(what):
    end = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < end
        time.sleep(0.01)


def stopped(port):
    """The workers of a server, who get no further until they are killed."""
    workers = workers_of(port)
    for each in workers:
        os.kill(each, signal.SIGSTOP)
    return workers


def is_told(tab):
    """Whether a page has said that its work begins anew; False once it is drawn and has not."""
    told = "said => window.notices.some((each) => each.includes(said))"
    drawn = tab.page.locator("[data-drawn]")
    until(lambda: tab.page.evaluate(told, AGAIN) or drawn.count())
    return tab.page.evaluate(told, AGAIN)


def test_a_worker_killed_in_mid_job_is_told_and_made_good_and_nobody_else_notices(
    open_tab, tmp_path
):
    port = free_port()
    with serving(tmp_path / "log.txt", port, REGPATH_WORKERS="1") as url:
        other, tab = open_tab(url).drawn(), open_tab(url, bare=True)
        tab.page.add_init_script(NOTE_NOTICES)
        for seed in SEEDS:
            until(lambda: json.loads(asked(url, "health"))["workers"] == "ready")
            other.wait_for_python()
            until(lambda: not (figure(url, "at_work") or figure(url, "queued")))
            workers = stopped(port)
            tab.page.goto(f"{url}/?{NEW.format(seed)}", wait_until="commit")
            until(lambda: figure(url, "at_work"))
            for key, there in (("End", other.last()), ("Home", 0)):
                other.slider.press(key)
                other.wait_for_python()  # while nothing can be computed
                other.stands_at(there)
            assert figure(url, "at_work")
            for each in workers:
                os.kill(each, signal.SIGKILL)
            if is_told(tab):  # or it was another page's work
                break
        assert is_told(tab)
        tab.drawn()
        assert figure(url, "tried_again_total") >= 1
        assert figure(url, "lost_total") == 0
        other.slider.press("End")
        other.wait_for_python()
        other.stands_at(other.last())
        assert not set(workers) & set(workers_of(port))
        assert tab.complaints == other.complaints == []
