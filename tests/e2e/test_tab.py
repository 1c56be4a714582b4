"""How browser tests wait: for what they need, whatever else the machine does."""

import re
from pathlib import Path

from tests.e2e.tab import Conversation

TIMED = re.compile(r"wait_for_timeout\(|setTimeout\(\w+, [1-9]")


def test_no_browser_test_waits_for_a_time():
    here = Path(__file__)
    for path in here.parent.glob("test_*.py"):
        assert path == here or not TIMED.search(path.read_text(encoding="utf-8")), path.name


class Page:
    """A page with a socket, as far as a conversation listens to it."""

    def on(self, event, listen):
        setattr(self, event, listen)


def test_a_run_is_over_when_the_last_one_that_was_asked_for_has_ended():
    from streamlit.proto.BackMsg_pb2 import BackMsg
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

    page, socket = Page(), Page()
    runs = Conversation(page)
    page.websocket(socket)
    ask = BackMsg()
    ask.rerun_script.query_string = ""
    early, done = (
        ForwardMsg(script_finished=status)
        for status in (ForwardMsg.FINISHED_EARLY_FOR_RERUN, ForwardMsg.FINISHED_SUCCESSFULLY)
    )
    socket.framesent(ask.SerializeToString())
    socket.framesent(ask.SerializeToString())
    socket.framereceived(early.SerializeToString())
    assert (runs.asked, runs.answered) == (2, 0)  # the second interrupted the first
    socket.framereceived(done.SerializeToString())
    assert (runs.asked, runs.answered) == (2, 2)
    socket.framesent(BackMsg(app_heartbeat=True).SerializeToString())
    socket.framesent("text")
    socket.framereceived("text")
    assert (runs.asked, runs.answered) == (2, 2)
