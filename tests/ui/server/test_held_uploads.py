"""How much of the memory files may take: of all visits, of one, and while they arrive."""

import pytest
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from regpath.cli.environment import UPLOADS
from regpath.ui.server import held_uploads
from regpath.ui.server.held_uploads import TOO_MANY, HeldBytes, HeldUploads
from tests.ui.server.asking import Answering, ask

PATH = "/regpath/_stcore/upload_file/session-1/file-1"
MB = 2**20
LARGEST = 20 * MB


@pytest.fixture
def held(monkeypatch):
    """What is held, of a hundred millions in all."""
    monkeypatch.setenv(UPLOADS, "100")
    return HeldBytes(0, 0)


def put(app, path=PATH, size=LARGEST, **options):
    return ask(app, path, method="PUT", content_length=str(size), **options)


def test_a_file_with_room_is_taken(held):
    inner = Answering(b"taken")
    app = HeldUploads(inner, lambda session: held)
    held.of_all, held.of_one = 100 * 10**6 - LARGEST, 3 * LARGEST
    assert put(app)[0] == 200
    assert len(inner.asked) == 1
    assert app._arriving == {}


@pytest.mark.parametrize("what", ["of_all", "of_one"])
@pytest.mark.parametrize("length", [str(LARGEST), "", "-1", "many", "9" * 30])
def test_a_file_without_room_is_refused_before_it_is_read(held, what, length):
    inner = Answering()
    app = HeldUploads(inner, lambda session: held)
    setattr(held, what, 100 * 10**6 - LARGEST + 1)
    status, _, body = ask(app, PATH, method="PUT", content_length=length)
    assert (status, body.decode()) == (507, TOO_MANY)
    assert inner.asked == []


def test_what_arrives_counts_until_it_has_come(held):
    seen = []

    async def inner(scope, receive, send):
        seen.append(dict(app._arriving))
        raise RuntimeError("the line is lost")

    app = HeldUploads(inner, lambda session: held)
    with pytest.raises(RuntimeError):
        put(app, size=MB)
    assert seen == [{"session-1": MB}]
    assert app._arriving == {}
    app._arriving["another"] = 100 * 10**6 - MB + 1
    assert put(app, size=MB)[0] == 507


@pytest.mark.parametrize(
    ("path", "method"), [(PATH, "GET"), (PATH, "DELETE"), (PATH, "OPTIONS"), ("/other", "PUT")]
)
def test_nothing_else_is_counted(held, path, method):
    held.of_all = 10**12
    inner = Answering(b"fine")
    assert ask(HeldUploads(inner, lambda session: held), path, method=method)[0] == 200


def test_what_streamlit_holds_is_counted(monkeypatch):
    manager = MemoryUploadedFileManager("/upload")
    for session, size in (("a", 10), ("a", 20), ("b", 5)):
        manager.add_file(session, UploadedFileRec(f"{session}{size}", "f.csv", "", b"x" * size))
    monkeypatch.setattr(held_uploads.Runtime, "exists", lambda: True)
    server = type("Server", (), {"uploaded_file_mgr": manager})
    monkeypatch.setattr(held_uploads.Runtime, "instance", lambda: server)
    assert held_uploads.held_by_streamlit("a") == HeldBytes(35, 30)
    assert held_uploads.held_by_streamlit("nobody") == HeldBytes(35, 0)
    assert "nobody" not in manager.file_storage
    manager.remove_session_files("a")
    assert held_uploads.held_by_streamlit("a") == HeldBytes(5, 0)
