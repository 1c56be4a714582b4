"""What the command says of the server, as the environment hands it over."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from regpath.cli.environment import answered
from regpath.errors import ParameterError

EMBED, TRUSTED, BASE = "REGPATH_EMBED_FROM", "REGPATH_TRUST_ORIGIN", "REGPATH_BASE_PATH"
PUBLIC, METRICS = "REGPATH_PUBLIC_URL", "REGPATH_METRICS"
CLASS, SECRET = "REGPATH_CLASS", "REGPATH_CLASS_SECRET"
USUAL = {"http": 80, "https": 443}  # ports that browsers leave out
_SEGMENT = re.compile(r"[\w.~@%+-]+", re.ASCII)


@dataclass(frozen=True)
class Settings:
    """How the server answers.

    Attributes
    ----------
    base : str
        Path below which all is served, as "/regpath"; "" for none.
    embed_from : tuple of str
        Origins whose pages may show the app in a frame.
    trusted : tuple of str
        Origins that count as the app's own, where a proxy changes the name it is asked for.
    public : str
        Address at which others reach the app; "" where it is this machine's own.
    metrics_for_all : bool
        Whether others than this machine may read figures of the server.
    teaches : bool
        Whether a class is taught.
    secret : str
        What its teacher has to know; "" has one made.
    """

    base: str = ""
    embed_from: tuple[str, ...] = ()
    trusted: tuple[str, ...] = ()
    public: str = ""
    metrics_for_all: bool = False
    teaches: bool = False
    secret: str = field(default="", repr=False)

    @classmethod
    def read(cls) -> Settings:
        """The settings of this process's environment."""

        def variable(name: str) -> str:
            return os.environ.get(name, "")

        return cls(
            base=base_path(variable(BASE)),
            embed_from=tuple(map(origin, variable(EMBED).split())),
            trusted=tuple(map(origin, variable(TRUSTED).split())),
            public=_public(variable(PUBLIC)),
            metrics_for_all=_for_all(variable(METRICS)),
            teaches=answered(CLASS),
            secret=variable(SECRET),
        )

    @property
    def own(self) -> tuple[str, ...]:
        """Origins that count as the app's own: those trusted, and the public address's."""
        scheme, _, rest = self.public.partition("://")
        return (*self.trusted, f"{scheme}://{rest.partition('/')[0]}") if rest else self.trusted


def origin(word: str) -> str:
    """An origin, written as browsers write it.

    Raises
    ------
    ParameterError
        If it is none.

    Examples
    --------
    >>> origin("https://Moodle.example.org/")
    'https://moodle.example.org'
    """
    try:
        parts = urlsplit(word)  # it overlooks line ends, which `split` finds
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    rest = parts.path.strip("/") + parts.query + parts.fragment + "".join(word.split()[1:])
    named = re.fullmatch(r"[a-z0-9.-]+|\[[0-9a-f:.]+\]", _host(parts.hostname))
    if parts.scheme not in ("http", "https") or not named or rest or "@" in parts.netloc:
        raise ParameterError(
            f"{word!r} is no origin.", "Write it as scheme and host: https://moodle.example.org"
        )
    said = f":{port}" if port and port != USUAL[parts.scheme] else ""
    return f"{parts.scheme}://{_host(parts.hostname)}{said}"


def base_path(word: str) -> str:
    """A path below which all is served: "/a/b", or "" for none.

    Raises
    ------
    ParameterError
        If it is no path.
    """
    segments = [each for each in word.split("/") if each]
    if any(not _SEGMENT.fullmatch(each) or set(each) == {"."} for each in segments):
        raise ParameterError(f"{word!r} is no path.", "Write it as /regpath or /apps/regpath.")
    return "".join(f"/{each}" for each in segments)


def _for_all(word: str) -> bool:
    if word not in ("", "local", "all"):
        raise ParameterError(f"{METRICS}: {word!r} is neither 'local' nor 'all'.")
    return word == "all"


def _public(word: str) -> str:
    if not word:
        return ""
    scheme, _, rest = word.partition("://")
    host, _, path = rest.partition("/")
    return origin(f"{scheme}://{host}") + base_path(path)


def _host(name: str | None) -> str:
    return f"[{name}]" if name and ":" in name else (name or "")
