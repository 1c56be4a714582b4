"""How browser tests wait: for what they need, whatever else the machine does."""

import re
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.NewSession_pb2 import NewSession

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


class Wire:
    """What a browser and its server say to each other, and the conversation that hears it."""

    def __init__(self):
        page, self.socket = Page(), Page()
        self.runs = Conversation(page)
        page.websocket(self.socket)

    def ask(self, **how):
        self.socket.framesent(BackMsg(rerun_script=ClientState(**how)).SerializeToString())

    def begin(self, *parts):
        message = ForwardMsg(new_session=NewSession())
        message.metadata.run.fragment_ids.extend(parts)
        self.socket.framereceived(message.SerializeToString())

    def end(self, status=ForwardMsg.FINISHED_SUCCESSFULLY):
        self.socket.framereceived(ForwardMsg(script_finished=status).SerializeToString())

    def count(self):
        return self.runs.asked, self.runs.answered


def test_a_run_is_over_when_the_last_one_that_was_asked_for_has_ended():
    wire = Wire()
    wire.ask()
    wire.begin()
    wire.ask()
    wire.end(ForwardMsg.FINISHED_EARLY_FOR_RERUN)
    assert wire.count() == (2, 0)  # the second interrupted the first
    wire.begin()
    wire.ask()
    wire.end()
    assert wire.count() == (3, 2)  # the third came too late to interrupt it
    wire.begin()
    wire.end()
    assert wire.count() == (3, 3)
    wire.socket.framesent(BackMsg(app_heartbeat=True).SerializeToString())
    wire.socket.framesent("text")
    wire.socket.framereceived("text")
    assert wire.count() == (3, 3)


def test_a_part_that_asks_by_its_own_clock_is_not_waited_for():
    wire = Wire()
    wire.ask()
    wire.begin()
    wire.ask(fragment_id="progress", is_auto_rerun=True)
    wire.end()  # the server has dropped the part, and says nothing of it
    assert wire.count() == (1, 1)
    wire.ask(fragment_id="progress", is_auto_rerun=True)
    wire.ask()
    wire.begin("progress")
    wire.end()
    assert wire.count() == (2, 1)  # the part's run was not what was asked for
    wire.begin()
    wire.end()
    assert wire.count() == (2, 2)


def test_a_run_of_a_part_answers_who_asked_for_that_part():
    wire = Wire()
    wire.ask(fragment_id="picture")
    wire.ask(fragment_id="step")
    wire.begin("picture")
    wire.end(ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
    assert wire.count() == (2, 1)
    wire.begin()  # the whole page, with all its parts
    wire.end()
    assert wire.count() == (2, 2)
