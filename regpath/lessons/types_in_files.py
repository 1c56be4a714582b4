"""What kind of value each part of a lesson's file takes: another is refused when it is read."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from regpath.errors import ParameterError
from regpath.lessons.facts import FACTS

WORDS = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    dict: "a table",
    list: "a list",
}

LAM: dict[str, type] = {"lam": float}
OPTIONS: dict[str, dict[str, type]] = {  # what each chart takes beside its recipe
    "paths": {**LAM, "rule": str},
    "scores": {**LAM, "rule": str, "measure": str},
    "validation": {},
    "rows": {},
    "geometry": LAM,
    "boundary": LAM,
    "points": {**LAM, "n_points": int},
    "priors": {"variance": float},
    "descent": {
        **LAM,
        **{"rate": float, "n_steps": int, "start": float, "tolerance": float, "l1_ratio": float},
    },
    "museum": LAM,
    "halves": LAM,
    "peeking": {},
    "samples": {"noise": float, "n_rows": int, "twin": bool, "seed": int, "sample": int},
}
NEEDED = {"descent": ("lam", "rate", "n_steps")}
ABOVE_ZERO = {"lam", "C", "rate", "n_steps", "variance", "noise", "n_rows", "n_points", "sample"}


def check_type(name: str, value: Any, kind: type) -> None:
    """Refuse a value of another kind."""
    fits = isinstance(value, int | float if kind is float else kind)
    is_nan = isinstance(value, float) and value != value
    if isinstance(value, bool) != (kind is bool) or not fits or is_nan:
        raise ParameterError(f"{name!r} must be {WORDS[kind]}. Got {value!r} instead.")


def check_types(said: Mapping[str, Any], kinds: Mapping[str, type]) -> None:
    """Refuse values of another kind where there are any."""
    for name, kind in kinds.items():
        if name in said:
            check_type(name, said[name], kind)
            if name in ABOVE_ZERO and said[name] <= 0:
                raise ParameterError(f"{name!r} must be more than 0. Got {said[name]!r} instead.")


def check_parameters(function: Callable[..., Any], said: Mapping[str, Any]) -> None:
    """Refuse what a fact or a claim cannot take."""
    taken = inspect.signature(function).parameters
    for name, value in said.items():
        if name in taken:
            _check_fits(name, value, taken[name].annotation)


def check_gives(fact: str, wanted: str) -> None:
    """Refuse a fact that gives something else."""
    given = _gives(fact)
    if given != wanted:
        right = ", ".join(name for name in FACTS if _gives(name) == wanted)
        raise ParameterError(
            f"The fact {fact!r} gives {given}; {wanted} is wanted.", f"Those give that: {right}."
        )


def _gives(fact: str) -> str:
    words = {"float": "a number", "list[str]": "names", "bool": "yes or no"}
    return words[inspect.signature(FACTS[fact]).return_annotation]


def _check_fits(name: str, value: Any, annotation: str) -> None:
    fact = getattr(value, "name", None)  # of a `Fact`
    if annotation == "Any":
        return
    if fact is not None:
        wanted = {"float": "a number", "Sequence[str]": "names"}
        if annotation not in wanted:
            raise ParameterError(f"{name!r} is no fact.")
        check_gives(fact, wanted[annotation])
        return
    plain: dict[str, type] = {"float": float, "int": int, "str": str, "bool": bool}
    inner = annotation.removeprefix("Sequence[").removesuffix("]")
    if annotation in plain:
        check_types({name: value}, {name: plain[annotation]})
    elif annotation.startswith("Mapping["):
        check_type(name, value, dict)
        for key, each in value.items():
            check_type(key, each, float)
    elif annotation.startswith("Sequence["):
        check_type(name, value, list)
        for each in value:
            _check_fits(name, each, inner)
