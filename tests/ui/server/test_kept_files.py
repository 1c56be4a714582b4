import gzip

import pytest

from regpath.ui.server import kept_files
from regpath.ui.server.kept_files import COMPONENT, FOREVER, KeptFiles, assets_digest
from tests.ui.server.asking import FAR, Answering, ask

TEXT = b"export const a = 1;\n" * 500
SCRIPT = {"content_type": "text/javascript; charset=utf-8"}
STREAMLITS = SCRIPT | {"cache_control": "public, immutable, max-age=31536000"}


def test_the_explorers_files_are_a_browsers_to_keep_below_their_digest():
    inner = Answering(TEXT, **SCRIPT)
    _, headers, body = ask(KeptFiles(inner), f"{COMPONENT}~{assets_digest()}/app.js")
    assert headers["cache-control"] == FOREVER
    assert inner.asked[0]["path"] == f"{COMPONENT}app.js"
    assert body == TEXT


def test_the_explorers_entry_leads_there_and_is_asked_for_again_each_time():
    inner = Answering()
    app = KeptFiles(inner, "/base")
    _, headers, body = ask(app, f"/base{COMPONENT}explorer.js")
    assert body.decode() == f'export {{ default }} from "./~{assets_digest()}/explorer.js";\n'
    assert headers["cache-control"] == "no-cache"
    again = {"if_none_match": headers["etag"]}
    assert ask(app, f"/base{COMPONENT}explorer.js", **again)[0] == 304
    assert inner.asked == []


def test_an_older_digest_is_no_longer_kept():
    app = KeptFiles(Answering(TEXT, **SCRIPT))
    _, headers, _ = ask(app, f"{COMPONENT}~0123/app.js")
    assert headers["cache-control"] == "no-cache"


def test_the_digest_is_of_every_file(tmp_path, monkeypatch):
    (tmp_path / "a.js").write_text("1")
    monkeypatch.setattr(kept_files, "ASSETS", tmp_path)
    seen = set()
    for text, name in (("1", "a.js"), ("2", "a.js"), ("2", "b.js")):
        (tmp_path / name).write_text(text)
        seen.add(assets_digest.__wrapped__())
    assert len(seen) == 3


def test_a_file_is_packed_once_for_all_who_are_far():
    inner = Answering(TEXT, **STREAMLITS)
    app = KeptFiles(inner)
    for _ in range(3):
        status, headers, body = ask(app, "/static/js/a.js", client=FAR, accept_encoding="br, gzip")
        assert (status, headers["content-encoding"]) == (200, "gzip")
        assert headers["vary"] == "Accept-Encoding"
        assert int(headers["content-length"]) == len(body) < len(TEXT) / 10
        assert gzip.decompress(body) == TEXT
    assert len(inner.asked) == 1


@pytest.mark.parametrize(
    ("options", "headers"),
    [
        ({}, {"accept_encoding": "gzip"}),
        ({"client": FAR}, {}),
        ({"client": FAR}, {"accept_encoding": "gzip", "range": "bytes=0-9"}),
    ],
    ids=["near", "cannot unpack", "a part"],
)
def test_others_get_a_file_as_it_is(options, headers):
    app = KeptFiles(Answering(TEXT, **STREAMLITS))
    _, told, body = ask(app, "/static/js/a.js", **options, **headers)
    assert body == TEXT
    assert "content-encoding" not in told


def test_a_proxy_on_this_machine_speaks_for_somebody_far():
    app = KeptFiles(Answering(TEXT, **STREAMLITS))
    far = {"accept_encoding": "gzip", "x_forwarded_for": FAR}
    assert ask(app, "/static/js/a.js", **far)[1]["content-encoding"] == "gzip"


def test_what_may_change_is_not_kept_and_what_is_packed_already_not_packed_again():
    page, font = Answering(TEXT, **SCRIPT), Answering(TEXT, content_type="font/woff2")
    far = {"client": FAR, "accept_encoding": "gzip"}
    app = KeptFiles(page)
    for _ in range(2):
        assert gzip.decompress(ask(app, "/static/nothing", **far)[2]) == TEXT
    assert len(page.asked) == 2
    assert ask(KeptFiles(font), "/static/a.woff2", **far)[2] == TEXT


def test_what_is_kept_is_bounded(monkeypatch):
    monkeypatch.setattr(kept_files, "MOST_KEPT", 400)
    inner = Answering(TEXT, **STREAMLITS)
    app = KeptFiles(inner)
    for name in "abcdefabcdef":
        ask(app, f"/static/{name}.js", client=FAR, accept_encoding="gzip")
    assert len(inner.asked) > 6
    assert len(app._packed) < 6
