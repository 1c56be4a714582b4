"""How browser tests wait: for what they need, whatever else the machine does."""

import re
from pathlib import Path

from tests.e2e.tab import Conversation

TIMED = re.compile(r"wait_for_timeout\(|setTimeout\(\w+, [1-9]")
AT_ONCE = re.compile(
    r"assert [^\n]*\.((count|is_(visible|hidden|checked|enabled|disabled)|inner_text|text_content"
    r"|input_value|bounding_box)\(\)|get_attribute\()"
)


def test_no_browser_test_waits_for_a_time():
    here = Path(__file__)
    for path in here.parent.glob("test_*.py"):
        assert path == here or not TIMED.search(path.read_text(encoding="utf-8")), path.name


def test_what_is_asked_of_a_page_is_waited_for():
    assert AT_ONCE.search("    assert not tab.page.locator('.js-plotly-plot').count()")
    assert AT_ONCE.search("assert tab.slider.get_attribute('aria-valuenow') == '1'")
    assert not AT_ONCE.search("assert 'λλ'.count('λ') == 2")
    for path in Path(__file__).parent.glob("test_*.py"):
        found = AT_ONCE.search(path.read_text(encoding="utf-8"))
        assert path.name == Path(__file__).name or not found, f"{path.name}: {found[0]}"


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
    begun = ForwardMsg()
    begun.new_session.SetInParent()
    early, done = (
        ForwardMsg(script_finished=status)
        for status in (ForwardMsg.FINISHED_EARLY_FOR_RERUN, ForwardMsg.FINISHED_SUCCESSFULLY)
    )
    socket.framesent(ask.SerializeToString())
    socket.framereceived(begun.SerializeToString())
    socket.framesent(ask.SerializeToString())
    socket.framereceived(early.SerializeToString())
    assert (runs.asked, runs.answered) == (2, 0)  # the second interrupted the first
    socket.framereceived(begun.SerializeToString())
    socket.framesent(ask.SerializeToString())
    socket.framereceived(done.SerializeToString())
    assert (runs.asked, runs.answered) == (3, 2)  # the third came too late to interrupt it
    socket.framereceived(begun.SerializeToString())
    socket.framereceived(done.SerializeToString())
    assert (runs.asked, runs.answered) == (3, 3)
    socket.framesent(BackMsg(app_heartbeat=True).SerializeToString())
    socket.framesent("text")
    socket.framereceived("text")
    assert (runs.asked, runs.answered) == (3, 3)
