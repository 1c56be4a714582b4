import sys

from regpath.ui import cache, results, serve, validating


def test_what_is_warmed_up_is_there_and_loaded():
    serve.warm()
    assert set(serve.LATER) <= set(sys.modules)


def test_what_a_new_visitor_sees_is_what_was_prepared(open_page, monkeypatch):
    for kept in (cache._bundled_study, results._common):
        kept.clear()
    cache.prepare_first_page()

    def anew(*arguments):
        raise AssertionError("computed anew")

    for module, name in ((cache, "run_study"), (cache, "payload"), (validating, "validate_study")):
        monkeypatch.setattr(module, name, anew)
    assert open_page().fine()


def test_the_explorer_is_loaded_ahead_once_and_never_in_its_place(open_page):
    page = open_page()
    assert len(page.at.get("bidi_component")) == 2
    page.at.run()
    assert len(page.at.get("bidi_component")) == len(page.sent) == 1
