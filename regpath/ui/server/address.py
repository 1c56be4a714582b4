"""Where the app is found: from this machine, and from others on the network."""

from __future__ import annotations

import socket
from contextlib import suppress
from ipaddress import ip_address

from streamlit import config

from regpath.ui.server.settings import Settings

ALL = ("0.0.0.0", "::", "")  # a server that listens on these is found by any of its names
# Addresses for examples, which no route leads to: asking for the way there sends nothing.
ELSEWHERE = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))


def address_here(settings: Settings) -> str:
    """Where a browser of this machine finds the app."""
    host = config.get_option("server.address") or ""
    return _written("localhost" if host in ALL else host, settings)


def is_for_here() -> bool:
    """Whether the server listens for this machine alone."""
    return is_local(config.get_option("server.address") or "")


def address_for_others(settings: Settings) -> str:
    """Where browsers of other machines find it."""
    if settings.public:
        return settings.public
    host = config.get_option("server.address") or ""
    return _written(own_address() if host in ALL else host, settings)


def own_address() -> str:
    """The address of this machine on its network; its name where it has none."""
    for family, elsewhere in ELSEWHERE:
        with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((elsewhere, 9))
            return str(probe.getsockname()[0])
    return socket.gethostname()


def is_local(host: str) -> bool:
    """Whether a name means the machine that uses it."""
    if host == "localhost":
        return True
    with suppress(ValueError):
        return ip_address(host.strip("[]")).is_loopback
    return False


def _written(host: str, settings: Settings) -> str:
    named = f"[{host}]" if ":" in host else host
    return f"http://{named}:{config.get_option('server.port')}{settings.base}"
