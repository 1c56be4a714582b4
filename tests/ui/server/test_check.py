from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from regpath.ui.server.check import is_well


@pytest.fixture
def watched():
    """A server, by its address, that is well below one path."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200 if self.path == "/health" else 503)
            self.end_headers()

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_server_is_well_that_says_so(watched):
    assert is_well(f"{watched}/health")
    assert not is_well(f"{watched}/other")


def test_no_proxy_is_asked_how_this_machine_is(watched, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    assert is_well(f"{watched}/health")


def test_a_server_that_is_not_there_is_not_well():
    assert not is_well("http://127.0.0.1:9/health")
