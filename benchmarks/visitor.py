"""A visitor of the app who speaks the browser's protocol, without a browser: the server's cost."""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
from dataclasses import dataclass, field
from typing import Any, Self

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.BidiComponent_pb2 import BidiComponent
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

EXPLORER = "regpath.explorer"
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
    told : tuple of str
        Texts of errors and warnings on the page.
    """

    chart: float | None = None
    end: float = 0.0
    payload: str = ""
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
    _fragment: str = ""

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
        await self._socket.send(message.SerializeToString())
        while True:
            raw = await asyncio.wait_for(self._socket.recv(), LONGEST)
            forward = self._read(raw)
            kind = forward.WhichOneof("type")
            if kind == "delta" and forward.delta.HasField("new_element"):
                element = forward.delta.new_element
                self._look(element, forward.delta.fragment_id, run, start)
                told += _words(element)
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
        if element.WhichOneof("type") != "bidi_component":
            return
        component = element.bidi_component
        if component.component_name != EXPLORER:
            return
        payload = json.loads(_json_of(component) or "{}").get("payload")
        if payload is None:
            return
        if run.chart is None:
            run.chart = time.perf_counter() - start
        run.payload = hashlib.blake2b(json.dumps(payload, sort_keys=True).encode()).hexdigest()
        self._explorer, self._fragment = component, fragment or self._fragment


def _json_of(component: BidiComponent) -> str:
    return component.mixed.json if component.HasField("mixed") else component.json


def _words(element: Element) -> list[str]:
    kind = element.WhichOneof("type")
    if kind == "alert":
        return [element.alert.body]
    return [element.exception.message] if kind == "exception" else []
