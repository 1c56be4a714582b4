import asyncio
import contextlib
import json

import pytest
from starlette.applications import Starlette

from regpath.ui.broadcast import Broadcast
from regpath.ui.server import address
from regpath.ui.server.classroom_routes import FULL, LONGEST, PACES, Pace, class_routes
from regpath.ui.server.settings import Settings
from tests.ui.server.asking import ask, in_a_loop
from tests.ui.test_broadcast import SECRET, SHOWN


class Line:
    """A browser's end of a line, without a network."""

    def __init__(self, app, host="192.0.2.1"):
        self.said, self.heard = asyncio.Queue(), asyncio.Queue()
        self.said.put_nowait({"type": "websocket.connect"})
        scope = {"type": "websocket", "path": "/class/line", "query_string": b"", "headers": []}
        scope["client"] = (host, 5)
        self.task = asyncio.create_task(app(scope, self.said.get, self.heard.put))

    def say(self, told):
        text = told if isinstance(told, str) else json.dumps(told)
        self.said.put_nowait({"type": "websocket.receive", "text": text})

    async def until(self, condition):
        """News until some that a condition holds of."""
        while True:
            message = await self.heard.get()
            if message["type"] == "websocket.send" and condition(json.loads(message["text"])):
                return json.loads(message["text"])

    async def closed(self):
        while True:
            message = await self.heard.get()
            if message["type"] == "websocket.close":
                return message["code"]

    async def leave(self):
        self.said.put_nowait({"type": "websocket.disconnect", "code": 1001})
        await self.task


def in_class(scene):
    """Run a scene with a broadcast and an application that serves it."""
    broadcast = Broadcast(SECRET)
    app = Starlette(routes=class_routes(broadcast, Settings()))
    in_a_loop(lambda: asyncio.wait_for(scene(broadcast, app), 60))


def test_what_the_teacher_does_reaches_those_who_follow():
    async def scene(broadcast, app):
        teacher, student = Line(app), Line(app)
        teacher.say({"role": "leader", "secret": SECRET})
        student.say({"role": "student", "follows": True})
        await teacher.until(lambda news: news.get("follow") == 1)
        broadcast.show(SHOWN, 0, {})
        teacher.say({"secret": SECRET, "stage": SHOWN.stage, "index": 2})
        news = await student.until(lambda news: news["index"] == 2)
        assert news["led"]
        assert news["key"] == SHOWN.key
        await teacher.leave()
        assert not (await student.until(lambda news: not news["led"]))["led"]
        await student.leave()
        assert broadcast.n_screens == 0

    in_class(scene)


@pytest.mark.parametrize("secret", [None, "", "x" * 22, 5])
def test_nobody_else_moves_anything(secret):
    async def scene(broadcast, app):
        broadcast.show(SHOWN, 1, {})
        student = Line(app)
        student.say({"role": "leader", "secret": secret})
        student.say({"secret": secret, "stage": SHOWN.stage, "index": 2})
        student.say({"role": "board"})
        news = await student.until(lambda news: "here" in news)
        assert (news["index"], news["led"]) == (1, False)
        await student.leave()

    in_class(scene)


@pytest.mark.parametrize(
    "said",
    [
        *("", "null", "[1]", "{", '{"index": 1e9}', '{"view": []}', "[" * 5000, "ß" * 50),
        *(r'{"secret": "\ud800"}', r'{"role": "\udfff", "secret": "\udfff"}'),
    ],
)
def test_a_screen_that_talks_nonsense_is_borne(said):
    async def scene(broadcast, app):
        odd = Line(app)
        odd.say(said)
        odd.say({"role": "board"})
        assert (await odd.until(lambda news: "here" in news))["here"] == 0
        await odd.leave()

    in_class(scene)


def test_a_screen_that_says_too_much_is_cut_off():
    async def scene(broadcast, app):
        odd = Line(app)
        odd.say("x" * (LONGEST + 1))
        await odd.closed()
        with contextlib.suppress(asyncio.CancelledError):
            await odd.task
        assert broadcast.n_screens == 0

    in_class(scene)


def test_a_full_room_lets_nobody_in(monkeypatch):
    monkeypatch.setattr("regpath.ui.server.classroom_routes.MOST_SCREENS", 1)

    async def scene(broadcast, app):
        first, second = Line(app), Line(app)
        await first.until(lambda _: True)
        assert await second.closed() == FULL
        await first.leave()

    in_class(scene)


def test_in_a_full_room_whoever_has_most_lines_makes_room_for_another(monkeypatch):
    monkeypatch.setattr("regpath.ui.server.classroom_routes.MOST_SCREENS", 3)

    async def scene(broadcast, app):
        flood = [Line(app, "192.0.2.66") for _ in range(3)]
        for line in flood:
            await line.until(lambda _: True)
        student = Line(app)
        await student.until(lambda _: True)
        assert await flood[-1].closed() == FULL
        await flood[-1].task
        assert broadcast.n_screens == 3
        again = Line(app, "192.0.2.66")
        assert await again.closed() == FULL
        for line in (student, *flood[:2]):
            await line.leave()
        assert broadcast.n_screens == 0

    in_class(scene)


def test_a_screen_that_says_the_same_again_wakes_nobody(monkeypatch):
    async def scene(broadcast, app):
        woken, enter = [], broadcast.enter
        monkeypatch.setattr(broadcast, "enter", lambda screen: woken.append(1) or enter(screen))
        board, odd = Line(app), Line(app)
        board.say({"role": "board"})
        for follows in (False, True, True, True):
            odd.say({"role": "student", "follows": follows})
        await board.until(lambda news: news.get("follow") == 1)
        await odd.leave()
        await board.leave()
        assert len(woken) == 4  # two came, one is the projector, one follows

    in_class(scene)


def test_a_screen_that_floods_the_line_is_heard_slowly(monkeypatch):
    monkeypatch.setitem(PACES, False, (0.001, 3.0))

    async def scene(broadcast, app):
        board, odd = Line(app), Line(app)
        board.say({"role": "board"})
        for n in range(100):
            odd.say({"role": "student", "follows": n % 2 == 0})
        await board.until(lambda news: news.get("here") == 1 and news["follow"] == 1)
        while odd.said.qsize() > 96:
            await asyncio.sleep(0)
        for _ in range(100):
            await asyncio.sleep(0)
        assert odd.said.qsize() == 96  # four were heard: three at once, and the one that waits
        odd.task.cancel()
        await asyncio.gather(odd.task, return_exceptions=True)
        await board.leave()

    in_class(scene)


@pytest.mark.parametrize("leads", [False, True])
def test_a_pace_lets_some_be_said_at_once_and_then_so_many_a_second(monkeypatch, leads):
    now = 5.0
    monkeypatch.setattr("regpath.ui.server.classroom_routes.time.monotonic", lambda: now)
    rate, at_once = PACES[leads]
    pace, told = Pace(), 0
    for _ in range(500):
        pause = pace.pause(leads)
        told += 1
        now += pause
    assert told == 500
    assert now - 5.0 == pytest.approx((500 - at_once) / rate, rel=1e-6)
    now += 1000.0
    assert max(pace.pause(leads) for _ in range(int(at_once))) == pytest.approx(0.0, abs=1e-9)
    assert pace.pause(leads) == pytest.approx(1 / rate, rel=1e-6)


def pages(**settings):
    return Starlette(routes=class_routes(Broadcast(SECRET), Settings(**settings)))


def test_the_short_address_leads_to_a_page_that_follows():
    status, headers, _ = ask(pages(base="/base"), "/base/join")
    assert (status, headers["location"]) == (307, "/base/?follow=True")


def test_the_projector_page_says_the_address_by_which_it_was_asked_for():
    _, _, body = ask(pages(), "/class", host="class.example:8501")
    assert b"<b>class.example:8501/join</b>" in body
    assert SECRET.encode() not in body


def test_a_projector_on_the_same_machine_says_what_others_can_reach(monkeypatch):
    monkeypatch.setattr(address, "own_address", lambda: "192.0.2.9")
    monkeypatch.setattr(address.config, "get_option", {"server.port": 8501}.get)
    _, _, body = ask(pages(), "/class", host="localhost:8501")
    assert b"<b>192.0.2.9:8501/join</b>" in body
    _, _, body = ask(pages(public="https://x.example/r"), "/class", host="localhost:8501")
    assert b"<small>https://</small><b>x.example/r/join</b>" in body


def test_a_host_is_text_on_the_projector_page():
    _, _, body = ask(pages(), "/class", host="<script>alert(1)</script>")
    assert b"<script>alert" not in body


def test_no_other_file_is_served():
    assert ask(pages(), "/class/board.js")[0] == 200
    assert ask(pages(), "/class/classroom.html")[0] == 404


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.0.1", "::1", "[::1]"])
def test_a_machines_names_for_itself_are_known(host):
    assert address.is_local(host)
    assert not address.is_local("192.168.1.7")
    assert not address.is_local("localhost.example")
