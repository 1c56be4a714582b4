import sys

from regpath.ui import serve


def test_what_is_warmed_up_is_there_and_loaded():
    serve.warm()
    assert set(serve.LATER) <= set(sys.modules)
