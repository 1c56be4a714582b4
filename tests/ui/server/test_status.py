import os
from pathlib import Path

import pytest
from starlette.applications import Starlette

from regpath.ui.server import status
from regpath.ui.server.settings import Settings
from regpath.ui.session.store import COUNTS, Store
from regpath.ui.workers import serving
from tests.ui.server.asking import FAR, NEAR, ask


def server(**settings):
    return Starlette(routes=list(status.status_routes(Settings(**settings))))


def test_health_says_503_as_long_as_nobody_is_served():
    code, headers, body = ask(server(base="/base"), "/base/health")
    assert code == 503
    assert headers["cache-control"] == "no-store"
    assert b'"status":"starting"' in body


@pytest.mark.parametrize("base", ["", "/base"])
def test_health_answers_at_the_root_too_where_a_container_is_asked(base):
    code, _, body = ask(server(base=base), "/health")
    assert (code, b'"status":"starting"' in body) == (503, True)
    assert ask(server(base=base), "/metrics")[0] == (404 if base else 200)


def test_figures_have_a_name_and_a_number_each():
    code, headers, body = ask(server(), "/metrics")
    lines = [line for line in body.decode().splitlines() if not line.startswith("#")]
    found = {name: float(value) for name, value in map(str.split, lines)}
    assert code == 200
    assert headers["content-type"].startswith("text/plain; version=0.0.4")
    assert found["regpath_up_seconds"] > 0
    assert found["regpath_workers"] == 0


def test_figures_are_for_this_machine_unless_all_may_read_them():
    assert ask(server(), "/metrics", client=FAR)[0] == 404
    assert ask(server(), "/metrics", client=NEAR, x_forwarded_for=FAR)[0] == 404
    assert ask(server(metrics_for_all=True), "/metrics", client=FAR)[0] == 200


def test_every_figure_has_a_word_of_help_and_stays_while_no_worker_answers(monkeypatch):
    assert status.figures().keys() == status.HELP.keys()

    class Pool:
        is_ready = False

        def state(self):
            counts = {"asked": 3, "made": 2, "dropped": 0, "tried_again": 0, "lost": 0}
            return {"workers": 2, "queued": 1, "at_work": 1, **counts}

    monkeypatch.setattr(serving, "_pools", [Pool()])
    found = status.figures()
    assert found.keys() == status.HELP.keys()
    assert found["asked_total"] == 3


def test_results_are_counted_as_found_or_begun():
    before = dict(COUNTS)
    store = Store(4)
    for _ in range(3):
        store.get("key", lambda: 1)
    assert {name: COUNTS[name] - before[name] for name in COUNTS} == {
        "found": 2,
        "joined": 0,
        "begun": 1,
    }


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="only Linux tells it")
def test_memory_is_that_of_the_process():
    assert 10e6 < status.memory_of(os.getpid()) < 10e9
    assert status.memory_of(0) == 0
