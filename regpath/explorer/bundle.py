"""The explorer's browser modules as one classic script, for pages that have no server.

Browsers refuse modules from a file; so each module becomes a function whose result holds what it
exports, in an order in which every module comes after those it imports. The modules are ours, and
what they import and export is written in the few ways known here; any other is refused.
"""

from __future__ import annotations

import base64
import re
import zlib
from functools import cache
from pathlib import Path

ASSETS = Path(__file__).with_name("assets")
PLOTLY = "plotly-basic-4.1.1.min.js"
IMPORT = re.compile(r'^import \{([^}]*)\} from "\./(\w+)\.js";$', re.MULTILINE)
EXPORT = re.compile(r"^export ((?:async )?function|class|const) (\w+)", re.MULTILINE)
LEFT = re.compile(r"^\s*(?:import|export)\b|import\.meta|\bimport\(", re.MULTILINE)


@cache
def bundle(*entries: str) -> str:
    """Modules and all they import, as one script that defines `regpathExplorer`.

    Parameters
    ----------
    *entries : str
        Names of modules in `assets`; what they export is what the script gives.

    Returns
    -------
    str
        Source of a classic script.

    Raises
    ------
    ValueError
        If a module imports or exports in another way, or modules import each other in a circle.

    Examples
    --------
    >>> source = bundle("numbers")
    >>> source.startswith('"use strict";'), "export " in source
    (True, False)
    """
    order: list[str] = []
    for name in entries:
        _visit(name, order, ())
    modules = "".join(f"const {_variable(name)} = {_as_function(name)};\n" for name in order)
    given = ", ".join(f"...{_variable(name)}" for name in entries)
    body = f"{modules}return {{ {given} }};"
    return f'"use strict";\nconst regpathExplorer = (() => {{\n{body}\n}})();\n'


@cache
def plotly_text() -> str:
    """The drawing library, as it is in the package."""
    return (ASSETS / "vendor" / PLOTLY).read_text(encoding="utf-8")


@cache
def packed_plotly() -> str:
    """The same as base64 of zlib: a third of the size, which browsers unpack by themselves."""
    return base64.b64encode(zlib.compress(plotly_text().encode(), 9)).decode("ascii")


def asset(name: str) -> str:
    """Text of one of the explorer's files."""
    return (ASSETS / name).read_text(encoding="utf-8")


def _visit(name: str, order: list[str], above: tuple[str, ...]) -> None:
    if name in above:
        raise ValueError(f"modules import each other: {' -> '.join((*above, name))}")
    if name in order:
        return
    for _, needed in IMPORT.findall(asset(f"{name}.js")):
        _visit(needed, order, (*above, name))
    order.append(name)


def _as_function(name: str) -> str:
    source = asset(f"{name}.js")
    given = [each for _, each in EXPORT.findall(source)]
    source = IMPORT.sub(_taken, source)
    source = EXPORT.sub(r"\1 \2", source)
    if LEFT.search(source):
        raise ValueError(f"{name}.js imports or exports in a way that cannot be bundled")
    return f"(() => {{\n{source}\nreturn {{ {', '.join(given)} }};\n}})()"


def _taken(found: re.Match[str]) -> str:
    names = found[1].replace(" as ", ": ").strip()
    return f"const {{ {names} }} = {_variable(found[2])};"


def _variable(name: str) -> str:
    return f"module_{name}"
