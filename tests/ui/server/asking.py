"""Ask an ASGI application, without a network."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

NEAR, FAR = "127.0.0.1", "192.0.2.7"


def in_a_loop(begin):
    """Await what `begin` gives in a thread of its own.

    A browser test in this process may keep a loop at work in this one.
    """
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(begin())).result()


def ask(app, path="/", *, kind="http", method="GET", client=NEAR, **headers):
    """What an application answers: its status, its headers and its body."""
    pairs = [(name.replace("_", "-").encode(), text.encode()) for name, text in headers.items()]
    scope = {
        "type": kind,
        "method": method,
        "path": path,
        "query_string": b"",
        "headers": pairs,
        "client": (client, 5000),
    }
    sent = []

    async def receive():
        return {"type": "http.request" if kind == "http" else "websocket.connect"}

    async def send(message):
        sent.append(message)

    in_a_loop(lambda: app(scope, receive, send))
    start = sent[0]
    told = {name.decode(): text.decode() for name, text in start.get("headers", [])}
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return start.get("status", start.get("code", start["type"])), told, body


class Answering:
    """An application that gives one answer, and counts how often it was asked."""

    def __init__(self, body=b"", **headers):
        self.body, self.asked = body, []
        told = {name.replace("_", "-"): text for name, text in headers.items()}
        self.headers = {"content-length": str(len(body)), **told}

    async def __call__(self, scope, receive, send):
        self.asked.append(scope)
        if scope["type"] == "websocket":
            await send({"type": "websocket.accept"})
            return
        headers = [(name.encode(), text.encode()) for name, text in self.headers.items()]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": self.body})
