import pytest

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
