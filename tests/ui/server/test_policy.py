import base64
import hashlib
from pathlib import Path

import pytest
import streamlit

from regpath.ui.server.policy import SecurityHeaders, headers_for, inline_scripts
from tests.ui.server.asking import Answering, ask


def policy(**options):
    words = headers_for(**options)["Content-Security-Policy"].split("; ")
    return dict(word.split(" ", 1) for word in words)


def test_every_answer_carries_the_headers_in_place_of_its_own():
    app = SecurityHeaders(Answering(b"page", x_content_type_options="any"))
    _, headers, body = ask(app)
    told = {name.lower(): text for name, text in headers.items()}
    assert body == b"page"
    assert told["x-content-type-options"] == "nosniff"
    assert told["x-frame-options"] == "DENY"
    assert {name.lower() for name in headers_for()} <= told.keys()


def test_nothing_is_loaded_from_elsewhere_and_no_text_becomes_a_script():
    said = policy()
    for name, sources in said.items():
        assert not {"http:", "https:", "*"} & set(sources.split()), name
        assert "//" not in sources, name
    assert "unsafe" not in said["script-src"]
    assert said["object-src"] == said["base-uri"] == said["frame-ancestors"] == "'none'"


def test_the_one_script_in_streamlits_page_is_named_by_its_digest():
    page = (Path(streamlit.__file__).parent / "static/index.html").read_bytes()
    (digest,) = inline_scripts()
    script = page.partition(b"<script>")[2].partition(b"</script>")[0]
    wanted = base64.b64encode(hashlib.sha256(script).digest()).decode()
    assert digest == f"'sha256-{wanted}'"


@pytest.mark.parametrize("origins", [("https://a.example",), ("https://a.example", "http://b:80")])
def test_pages_that_may_show_the_app_are_named(origins):
    assert policy(embed_from=origins)["frame-ancestors"] == " ".join(origins)
    assert "X-Frame-Options" not in headers_for(origins)
