"""The app on a Jupyter server or hub, by jupyter-server-proxy: a tile in its launcher."""

from __future__ import annotations

import sys
from typing import Any

PROXIED = "X-Forwarded-Server"
SECONDS_TO_START = 180  # on a hub whose cores many share; the first start compiles, too


def server_proxy() -> dict[str, Any]:
    """How jupyter-server-proxy starts the app; it asks for this by an entry point.

    The app gets no origin of its own: Jupyter's login is its door, and only pages of the same
    Jupyter server reach it.
    """
    command = [sys.executable, "-m", "regpath", "app", "--no-browser", "--port", "{port}"]
    return {
        "command": command,
        # Of sockets it does not say that it passes them on, and the hub's name is a stranger's.
        "request_headers_override": {PROXIED: "jupyter"},
        "timeout": SECONDS_TO_START,
        "new_browser_tab": True,
        "launcher_entry": {"title": "regpath"},
    }
