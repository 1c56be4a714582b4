"""Every public name says what it takes, gives and raises, and shows it: numpydoc's validation.

Names are those of `regpath.__all__`, and the public methods and properties of its classes. Beside
numpydoc's rules: the fields of a value stand under Parameters or Attributes; an array has a shape;
a method may be shown by the example of its class; what raises, itself or by a check of an argument,
says so; a heading stands above its line, not beside it.

A reference is not asked for by rule. Names that stand for a published method or formula have one;
some forty have none on purpose: values that hold what others computed (`Table`, `Split`), readings,
errors, doors to files, and words of our own such as recipe, study, seal and alarm.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cached_property
from typing import Any

from numpydoc.docscrape import get_doc_object
from numpydoc.validate import Validator, validate

import regpath

# There is a docstring with a summary; sections are known and in order; parameters are all there,
# none is unknown, in order, with type and description; what is returned; an example.
RULES = re.compile("GL0[678]|SS0[13]|PR0[12347]|PR10|RT0[13]|YD01|EX01")
ARRAYS = re.compile(r"\b(ndarray|array-like|sparse matrix)\b")
FLAT_HEADING = re.compile(r"\w+ -{4,}")  # what a reflow makes of a heading and the line below it
MEMBERS = (property, cached_property, classmethod, staticmethod)


def public_names() -> Iterator[tuple[str, type | None]]:
    """The dotted name of everything public, with the class that it is a member of."""
    for name in regpath.__all__:
        value = getattr(regpath, name)
        if inspect.ismodule(value):
            continue
        home = f"{value.__module__}.{value.__qualname__}"
        yield home, None
        for member, what in vars(value).items() if inspect.isclass(value) else ():
            if member.startswith("_"):
                continue
            if inspect.isfunction(what) or isinstance(what, MEMBERS):
                yield f"{home}.{member}", value


def faults(name: str, owner: type | None) -> list[str]:
    """What is missing, one sentence each."""
    about = Validator(get_doc_object(Validator._load_obj(name)))
    if about.deprecated:
        return []
    found = [(code, text) for code, text in validate(name)["errors"] if RULES.fullmatch(code)]
    if inspect.isclass(about.obj):
        found = [fault for fault in found if fault[0] != "PR01"]
        found += [("PR01", f"Field {each!r} is not documented") for each in undocumented(about)]
    if owner is not None and is_shown(name.rpartition(".")[2], owner):
        found = [fault for fault in found if fault[0] != "EX01"]
    found += [("SH01", f"{each} has no shape") for each in shapeless(about)]
    if FLAT_HEADING.search(about.raw_doc):
        found.append(("SC01", "A heading and its line are one line"))
    if raises(about.code_obj) and not about.doc["Raises"]:
        found.append(("RS01", "No Raises section, and something is raised"))
    return [f"{code} {text}" for code, text in found]


def shapeless(about: Validator) -> list[str]:
    """Arrays, given or returned, whose type does not tell their shape."""
    sections = ("Parameters", "Attributes", "Returns", "Yields")
    entries = [entry for section in sections for entry in about.doc[section]]
    return [
        entry.name or entry.type
        for entry in entries
        if ARRAYS.search(entry.type) and "shape" not in entry.type
    ]


def undocumented(about: Validator) -> list[str]:
    """Fields or parameters of a class that neither Parameters nor Attributes name."""
    cls = about.obj
    if is_dataclass(cls):
        wanted = [field.name for field in fields(cls) if not field.name.startswith("_")]
    elif issubclass(cls, tuple):
        wanted = list(cls._fields)
    else:
        own = vars(cls).get("__init__")
        wanted = list(inspect.signature(own).parameters)[1:] if own else []
    known = {
        name
        for section in ("Parameters", "Attributes")
        for entry in about.doc[section]
        for name in entry.name.split(", ")
    }
    return [name for name in wanted if name not in known]


def is_shown(member: str, owner: type) -> bool:
    """Whether the example of a class uses a member."""
    example = "\n".join(get_doc_object(owner)["Examples"])
    return re.search(rf"\.{member}\b", example) is not None


def raises(value: Any) -> bool:
    """Whether a function raises, or checks what it was given, in its own body."""
    if isinstance(value, type):
        return False
    body = getattr(value, "fget", None) or getattr(value, "func", None) or value
    tree = ast.parse(textwrap.dedent(inspect.getsource(body)))
    calls = {
        node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
    }
    checks = any(name.startswith(("check_", "_check_")) for name in calls)
    return checks or any(isinstance(node, ast.Raise) for node in ast.walk(tree))


def main() -> int:
    """Print what is missing; 1 if anything is."""
    wrong = [f"{name}: {fault}" for name, owner in public_names() for fault in faults(name, owner)]
    print("\n".join(wrong) or "Every public docstring is complete.")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
