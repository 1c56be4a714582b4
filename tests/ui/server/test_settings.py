import pytest

from regpath.errors import ParameterError
from regpath.ui.server.settings import (
    BASE,
    CLASS,
    EMBED,
    METRICS,
    PUBLIC,
    TRUSTED,
    Settings,
    base_path,
    origin,
)


def test_settings_are_read_from_the_environment(monkeypatch):
    monkeypatch.setenv(EMBED, "https://Moodle.example https://b.example:8443/")
    monkeypatch.setenv(BASE, "apps/regpath/")
    monkeypatch.setenv(METRICS, "all")
    settings = Settings.read()
    assert settings.embed_from == ("https://moodle.example", "https://b.example:8443")
    assert (settings.base, settings.metrics_for_all) == ("/apps/regpath", True)


@pytest.mark.parametrize(
    ("word", "teaches"), [("", False), ("yes", True), ("1", True), ("No", False), ("0", False)]
)
def test_a_class_is_taught_where_that_is_said(monkeypatch, word, teaches):
    monkeypatch.setenv(CLASS, word)
    assert Settings.read().teaches == teaches


@pytest.mark.parametrize(("name", "word"), [(CLASS, "maybe"), (METRICS, "everyone")])
def test_what_is_neither_is_refused_by_its_name(monkeypatch, name, word):
    monkeypatch.setenv(name, word)
    with pytest.raises(ParameterError, match=f"{name}: '{word}' is neither"):
        Settings.read()


@pytest.mark.parametrize(
    "word",
    [
        *("example.org", "ftp://a", "https://", "https://a/b", "https://u@a", "*", "'self'"),
        *("https://a;script-src *", "https://a b", "https://a:x", "https://a\nb", "https://*.a"),
    ],
)
def test_what_is_no_origin_never_gets_into_a_policy(word):
    with pytest.raises(ParameterError):
        origin(word)


@pytest.mark.parametrize("word", ["/a/../b", "a b", "/a?b", "a\nb", "..", "/{x}"])
def test_what_is_no_path_is_refused(word):
    with pytest.raises(ParameterError):
        base_path(word)


def test_origins_with_numbers_for_names_are_known():
    assert origin("http://[::1]:8501") == "http://[::1]:8501"
    assert origin("http://192.168.1.7:8501/") == "http://192.168.1.7:8501"
    assert origin("https://a.example:443") == "https://a.example"
    assert origin("http://a.example:443") == "http://a.example:443"
    assert base_path("/") == base_path("") == ""


@pytest.mark.parametrize("public", ["https://class.example", "https://class.example/apps/regpath"])
def test_the_public_address_is_an_origin_of_the_app(monkeypatch, public):
    monkeypatch.setenv(TRUSTED, "https://hub.example")
    monkeypatch.delenv(PUBLIC, raising=False)
    assert Settings.read().own == ("https://hub.example",)
    monkeypatch.setenv(PUBLIC, public)
    assert Settings.read().own == ("https://hub.example", "https://class.example")
