import sys

from regpath.ui import cache, serve


def test_what_is_warmed_up_is_there_and_loaded():
    serve.warm()
    assert set(serve.LATER) <= set(sys.modules)


def test_what_a_new_visitor_sees_is_what_was_prepared(open_page, monkeypatch):
    for kept in (cache._bundled_study, cache._bundled_validation, cache._bundled_payload):
        kept.clear()
    cache.prepare_first_page()

    def anew(*arguments):
        raise AssertionError("computed anew")

    for name in ("run_study", "validate_study", "payload"):
        monkeypatch.setattr(cache, name, anew)
    assert open_page().fine()


def test_the_explorer_is_loaded_ahead_once_and_never_in_its_place(open_page):
    page = open_page()
    assert len(page.at.get("bidi_component")) == 2
    page.at.run()
    assert len(page.at.get("bidi_component")) == len(page.sent) == 1
