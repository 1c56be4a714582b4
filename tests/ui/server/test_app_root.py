import pytest

from regpath.ui.server.app_root import LINE, NAME, SCRIPT, AppRoot
from tests.ui.server.asking import Answering, ask

PAGE = (
    b'<!DOCTYPE html><html><head><title>x</title></head><body><div id="root"></div></body></html>'
)
HTML = {"content_type": "text/html; charset=utf-8"}


@pytest.mark.parametrize("path", ["/", "/choose"])
def test_the_script_stands_first_in_the_page(path):
    status, headers, body = ask(AppRoot(Answering(PAGE, **HTML)), path, accept="text/html,*/*")
    assert status == 200
    assert body == PAGE.replace(b"<head>", b"<head>" + LINE)
    assert int(headers["content-length"]) == len(body)


def test_a_page_that_is_written_into_is_asked_for_unpacked():
    inner = Answering(PAGE, **HTML)
    ask(AppRoot(inner), "/", accept="text/html", accept_encoding="gzip")
    assert b"accept-encoding" not in dict(inner.asked[0]["headers"])


@pytest.mark.parametrize(
    ("body", "kind"),
    [(PAGE, "text/plain"), (b"<html><head></head>no page of Streamlit's</html>", "text/html")],
)
def test_all_else_is_passed_on_as_it_is(body, kind):
    app = AppRoot(Answering(body, content_type=kind))
    assert ask(app, "/", accept="text/html")[2] == body
    assert ask(app, "/", accept="*/*")[2] == body
    assert ask(app, "/", method="POST", accept="text/html")[2] == body


@pytest.mark.parametrize("base", ["", "/base"])
def test_the_script_lies_beside_the_pages(base):
    inner = Answering(PAGE)
    _, headers, body = ask(AppRoot(inner, base), f"{base}/{NAME}", accept="*/*")
    assert body.decode() == SCRIPT
    assert headers["content-type"].startswith("text/javascript")
    assert inner.asked == []
