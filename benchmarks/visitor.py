"""A visitor of the app who speaks the browser's protocol, without a browser: the server's cost."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
import time
import urllib.request
from dataclasses import dataclass, field
from typing import Any, Self

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.BidiComponent_pb2 import BidiComponent
from streamlit.proto.Common_pb2 import FileUploaderState
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

EXPLORER = "regpath.explorer"
KEY = re.compile(r"^\$\$ID-[0-9a-f]+-(.+)$", re.DOTALL)  # the key of a widget in its id
LONGEST = 300.0  # seconds that a visitor waits for anything
LARGEST = 2**28  # bytes of a message


@dataclass
class Run:
    """What one run of the page brought.

    Attributes
    ----------
    chart : float or None
        Seconds until the explorer was there, with data.
    end : float
        Seconds until the run had ended.
    payload : str
        Digest of what the explorer draws; "" where it was not sent.
    is_validated : bool
        Whether the explorer's data had a cross-validation.
    toast : float or None
        Seconds until the first short notice.
    told : tuple of str
        Texts of errors and warnings on the page.
    """

    chart: float | None = None
    end: float = 0.0
    payload: str = ""
    is_validated: bool = False
    toast: float | None = None
    told: tuple[str, ...] = ()


@dataclass
class Visitor:
    """One connection, one session.

    Attributes
    ----------
    port : int
        Of 127.0.0.1.
    """

    port: int
    _socket: Any = None
    _cached: dict[str, ForwardMsg] = field(default_factory=dict)
    _explorer: BidiComponent | None = None
    _drawn: tuple[str, str, bool] = ("", "", False)  # what it is told, digest of its data, folds
    _fragment: str = ""
    _session: str = ""
    _ids: dict[str, str] = field(default_factory=dict)  # of widgets, by the key in them
    _states: dict[str, WidgetState] = field(default_factory=dict)
    _timers: dict[str, float] = field(default_factory=dict)  # fragments that run by themselves

    async def __aenter__(self) -> Self:
        self._socket = await websockets.connect(
            f"ws://127.0.0.1:{self.port}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            max_size=LARGEST,
            ping_interval=None,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._socket.close()

    async def open(self, query: str) -> Run:
        """Open the app at an address."""
        message = BackMsg()
        message.rerun_script.query_string = query
        return await self._run(message)

    async def follow(self) -> Run:
        """Run what runs by itself, as a page does, until nothing does any more."""
        start, last = time.perf_counter(), Run()
        while self._timers:
            fragment, interval = next(iter(self._timers.items()))
            await asyncio.sleep(interval)
            message = BackMsg()
            message.rerun_script.fragment_id = fragment
            run = await self._run(message)
            last = run if run.payload else last
        last.end = time.perf_counter() - start
        return last

    async def bring(self, name: str, content: bytes) -> Run:
        """Upload a file, as its field does."""
        if not self._session:
            await self.open("")
        await self._set("source", string_value="Your file")
        message = BackMsg()
        message.file_urls_request.request_id = name
        message.file_urls_request.file_names.append(name)
        message.file_urls_request.session_id = self._session
        await self._socket.send(message.SerializeToString())
        while True:
            forward = self._read(await asyncio.wait_for(self._socket.recv(), LONGEST))
            if forward.WhichOneof("type") == "file_urls_response":
                break
        (urls,) = forward.file_urls_response.file_urls
        await asyncio.to_thread(put, f"http://127.0.0.1:{self.port}", urls.upload_url, content)
        state = FileUploaderState()
        state.uploaded_file_info.add(
            name=name, size=len(content), file_id=urls.file_id, file_urls=urls
        )
        return await self._set("upload", file_uploader_state_value=state)

    async def predict(self) -> Run:
        """Choose the first of the columns that the page offers."""
        key = min(key for key in self._ids if key.startswith("predict:"))
        return await self._set(key, trigger_value=True)

    async def _set(self, key: str, **value: Any) -> Run:
        """Give a widget a value, and run the page with all values that were given."""
        state = WidgetState(id=self._ids[key], **value)
        message = BackMsg()
        message.rerun_script.widget_states.widgets.extend([*self._states.values(), state])
        if "trigger_value" not in value:
            self._states[key] = state
        return await self._run(message)

    async def release(self, index: int) -> Run:
        """Let the cursor go at a strength: only the explorer's fragment runs."""
        assert self._explorer is not None
        message = BackMsg()
        message.rerun_script.fragment_id = self._fragment
        state = message.rerun_script.widget_states.widgets.add()
        state.id = self._explorer.id
        owner = json.loads(_json_of(self._explorer))["owner"]
        chosen = {"owner": owner, "index": index, "view": {}}
        state.json_value = json.dumps({"chosen": chosen})
        return await self._run(message)

    async def _run(self, message: BackMsg) -> Run:
        run, start, told = Run(), time.perf_counter(), []
        message.rerun_script.cached_message_hashes.extend(self._cached)
        await self._socket.send(message.SerializeToString())
        while True:
            raw = await asyncio.wait_for(self._socket.recv(), LONGEST)
            forward = self._read(raw)
            kind = forward.WhichOneof("type")
            if kind == "delta" and forward.delta.HasField("new_element"):
                element = forward.delta.new_element
                self._look(element, forward.delta.fragment_id, run, start)
                told += _words(element)
                if element.WhichOneof("type") == "toast" and run.toast is None:
                    run.toast = time.perf_counter() - start
            elif kind == "new_session":
                if not forward.metadata.run.fragment_ids:  # the whole page says anew what does
                    self._timers.clear()
                self._session = forward.new_session.initialize.session_id or self._session
            elif kind == "auto_rerun":
                self._timers[forward.auto_rerun.fragment_id] = forward.auto_rerun.interval
            elif kind == "script_finished":
                done = ForwardMsg.ScriptFinishedStatus
                if forward.script_finished in (
                    done.FINISHED_SUCCESSFULLY,
                    done.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
                ):
                    run.end, run.told = time.perf_counter() - start, tuple(told)
                    return run

    def _read(self, raw: bytes) -> ForwardMsg:
        forward = ForwardMsg.FromString(raw)
        if forward.WhichOneof("type") == "ref_hash":
            kept = ForwardMsg()
            kept.CopyFrom(self._cached[forward.ref_hash])
            kept.metadata.CopyFrom(forward.metadata)
            return kept
        if forward.metadata.cacheable and forward.hash:
            self._cached[forward.hash] = forward
        return forward

    def _look(self, element: Element, fragment: str, run: Run, start: float) -> None:
        widget = getattr(element, element.WhichOneof("type") or "empty", None)
        if (found := KEY.search(getattr(widget, "id", ""))) is not None:
            self._ids[found[1]] = widget.id
        if element.WhichOneof("type") != "bidi_component":
            return
        component = element.bidi_component
        if component.component_name != EXPLORER:
            return
        if _json_of(component) != self._drawn[0]:  # else a visitor would measure its own reading
            payload = json.loads(_json_of(component) or "{}").get("payload")
            if payload is None:
                return
            digest = hashlib.blake2b(json.dumps(payload, sort_keys=True).encode()).hexdigest()
            self._drawn = _json_of(component), digest, payload.get("validation") is not None
        if not self._drawn[1]:
            return
        if run.chart is None:
            run.chart = time.perf_counter() - start
        _, run.payload, run.is_validated = self._drawn
        self._explorer, self._fragment = component, fragment or self._fragment


def put(server: str, path: str, content: bytes) -> None:
    """Send a file with the token against forged requests that a browser would send."""
    with urllib.request.urlopen(f"{server}/_stcore/health", timeout=LONGEST) as answer:
        cookie = answer.headers["Set-Cookie"].partition(";")[0]
    edge = "regpath-benchmark"
    head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n'
    request = urllib.request.Request(
        server + path,
        data=head.encode() + content + f"\r\n--{edge}--\r\n".encode(),
        method="PUT",
        headers={
            "Content-Type": f"multipart/form-data; boundary={edge}",
            "Cookie": cookie,
            "X-Xsrftoken": cookie.partition("=")[2],
        },
    )
    urllib.request.urlopen(request, timeout=LONGEST).close()


def _json_of(component: BidiComponent) -> str:
    return component.mixed.json if component.HasField("mixed") else component.json


def _words(element: Element) -> list[str]:
    kind = element.WhichOneof("type")
    if kind == "alert":
        return [element.alert.body]
    return [element.exception.message] if kind == "exception" else []
