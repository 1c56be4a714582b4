import pytest
from starlette.formparsers import MultiPartParser
from starlette.requests import Request
from streamlit import config

from regpath.ui.server import running
from tests.ui.server.asking import in_a_loop

MEGABYTE = 2**20
NAMED = b'Content-Disposition: form-data; name="file"; filename="big.csv"'
FORM = b"--edge\r\n" + NAMED + b"\r\n\r\n%s\r\n--edge--\r\n"


@pytest.fixture
def usual(monkeypatch):
    """What Starlette does by itself, before and after."""
    monkeypatch.setattr(MultiPartParser, "spool_max_size", MEGABYTE)


async def is_in_memory(content):
    """Whether a file of a form is in memory after it came."""

    async def receive():
        return {"type": "http.request", "body": FORM % content}

    headers = [(b"content-type", b"multipart/form-data; boundary=edge")]
    request = Request({"type": "http", "method": "PUT", "headers": headers}, receive)
    async with request.form() as form:
        file = form["file"]
        assert await file.read() == content
        return not file.file._rolled


def test_an_upload_is_in_memory_alone_up_to_the_limit(usual):
    found = []

    async def scene():
        found.append(await is_in_memory(b"x" * (MEGABYTE * 3 // 2)))
        running.keep_uploads_in_memory(3)
        sizes = (MEGABYTE * 3 // 2, MEGABYTE * 3, MEGABYTE * 4)
        found.extend([await is_in_memory(b"x" * size) for size in sizes])

    in_a_loop(scene)
    assert found == [False, True, True, True]


def test_a_server_keeps_uploads_in_memory_before_it_takes_any(usual, monkeypatch):
    begun = []

    class App:
        def __init__(self, script, *, lifespan, **_):
            self.lifespan = lifespan

        def run(self, config):
            async def serve():
                async with self.lifespan(self):
                    begun.append(MultiPartParser.spool_max_size)

            in_a_loop(serve)

    monkeypatch.setattr(running.st, "App", App)
    monkeypatch.setattr(running, "greet", lambda _: None)
    monkeypatch.setattr(running.signal, "signal", lambda *_: None)
    monkeypatch.setattr(running.sys, "argv", ["regpath"])
    limit = config.get_option("server.maxUploadSize")
    running.run("app.py", [], lambda: begun.append("ended"))
    assert begun[0] > (limit + 1) * MEGABYTE  # a form may be a megabyte more than its file
    assert begun[1:] == ["ended"]
