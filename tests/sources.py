"""The files of the project, and what a test finds in them."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "regpath"
MODULES = sorted(PACKAGE.rglob("*.py"))


def where(find: Callable[[Path], Any], paths: Iterable[Path] = MODULES) -> dict[str, Any]:
    """What is found, by the files where anything is.

    One test asks it of all files: thousands of tests that take a millisecond each would take
    several times as long to be called, reported and counted.
    """
    return {str(path.relative_to(ROOT)): found for path in paths if (found := find(path))}
