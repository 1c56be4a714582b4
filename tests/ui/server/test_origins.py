import pytest
from streamlit import config

from regpath.cli.jupyter import server_proxy
from regpath.ui.server.address import is_for_here
from regpath.ui.server.origins import CLOSED, OwnOrigin
from tests.ui.server.asking import Answering, ask

OWN = "http://class.example:8501"
ODD = ("https://evil.example", "http://localhost:8501", "http://class.example", "null", "http://[")


@pytest.mark.parametrize("sender", ODD)
@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "OPTIONS"])
def test_what_a_page_of_another_origin_sends_is_refused(sender, method):
    inner = Answering()
    status, _, body = ask(OwnOrigin(inner), method=method, origin=sender, host="class.example:8501")
    assert status == 403
    assert inner.asked == []
    assert sender.encode() not in body


@pytest.mark.parametrize("sender", ODD)
def test_a_page_of_another_origin_opens_no_connection(sender):
    inner = Answering()
    code, *_ = ask(OwnOrigin(inner), kind="websocket", origin=sender, host="class.example:8501")
    assert code == CLOSED
    assert inner.asked == []


@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_the_app_itself_programs_and_who_is_trusted_are_let_in(kind):
    inner = Answering()
    app = OwnOrigin(inner, ("https://hub.example",))
    for sender in (OWN, "http://CLASS.example:8501", "https://hub.example"):
        ask(app, kind=kind, method="POST", origin=sender, host="class.example:8501")
    ask(app, kind=kind, method="POST", host="class.example:8501")
    assert len(inner.asked) == 4


def test_links_from_anywhere_lead_here():
    inner = Answering()
    status, *_ = ask(OwnOrigin(inner), origin="https://other.example", host="class.example")
    assert status == 200


def let_in(kind, host, **headers):
    """Whether a server for this machine alone lets a page in that came from the host it asks."""
    inner = Answering()
    app = OwnOrigin(inner, ("https://hub.example",), is_for_here=lambda: True)
    sender = headers.pop("origin", f"http://{host}")
    ask(app, kind=kind, method="PUT", host=host, origin=sender, **headers)
    return bool(inner.asked)


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    "host",
    [
        *("evil.example:8501", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example"),
        *("evillocalhost", "192.168.1.7:8501", "0.0.0.0:8501", "[::]:8501"),
    ],
)
def test_a_name_that_was_made_to_lead_to_this_machine_is_refused(kind, host):
    assert not let_in(kind, host)


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    "host",
    ["localhost:8501", "LOCALHOST", "127.0.0.1:8501", "127.0.0.2", "[::1]:8501", "a.localhost:80"],
)
def test_this_machine_is_found_by_all_its_own_names(kind, host):
    assert let_in(kind, host)


@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_a_trusted_name_and_one_that_a_proxy_passes_on_are_let_in(kind):
    assert let_in(kind, "hub.example", origin="https://hub.example")
    assert let_in(kind, "127.0.0.1:8501", origin="https://hub.example")
    for said in ("X-Forwarded-For", "forwarded", server_proxy()["request_headers_override"]):
        name = said if isinstance(said, str) else next(iter(said))
        assert let_in(kind, "other.example", **{name.lower(): "192.0.2.7"})
    assert not let_in(kind, "other.example", origin="https://evil.example", forwarded="for=x")


@pytest.mark.parametrize(
    ("address", "here"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True)]
    + [(each, False) for each in ("0.0.0.0", "::", "", None, "192.168.1.7", "class.example")],
)
def test_a_server_on_the_network_goes_by_any_name(monkeypatch, address, here):
    monkeypatch.setattr(config, "get_option", {"server.address": address}.get)
    assert is_for_here() == here
    inner = Answering()
    app = OwnOrigin(inner, is_for_here=is_for_here)
    ask(app, kind="websocket", host="other.example", origin="http://other.example")
    assert bool(inner.asked) != here


@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_what_is_refused_forges_no_line_of_the_log(kind, caplog):
    app = OwnOrigin(Answering(), is_for_here=lambda: True)
    words = {"method": "PUT", "host": "a\nb", "origin": "http://a\nb"}
    ask(app, "/x\nroot: all is well\x1b[2J", kind=kind, **words)
    assert caplog.messages
    assert not [text for text in caplog.messages if not text.isprintable()]
