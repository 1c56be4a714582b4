"""Presets: data and settings that other courses use, each opened in one click."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from regpath.core.conversions.convert import convert
from regpath.errors import ParameterError
from regpath.lessons.catalog import FOLDER, OWN, PRESETS
from regpath.lessons.lesson import Claim, refuse_unknown
from regpath.lessons.material import Material
from regpath.lessons.reading import (
    in_place,
    read_claims,
    read_material,
    read_parts,
    read_toml,
)
from regpath.lessons.types_in_files import check_type
from regpath.study import problems_of

WORDS = ("title", "says", "data")  # that every preset has


@dataclass(frozen=True)
class Preset:
    """Data under a recipe, what there is to see, and what is claimed of it.

    Attributes
    ----------
    title, says : str
    material : Material
        Where the course lists values of C, the strengths that they are for the rows of the fit.
    claims : tuple of Claim
    """

    title: str
    says: str
    material: Material
    claims: tuple[Claim, ...]


def presets(folder: str | Path | None = None) -> tuple[Preset, ...]:
    """The presets of regpath, then those in `presets.toml` of a teacher's folder.

    Parameters
    ----------
    folder : path, default=None
        See `regpath.lessons.catalog`.

    Returns
    -------
    tuple of Preset

    Raises
    ------
    ParameterError
        If a file has none; the message says what is wrong, and where.

    Examples
    --------
    >>> from regpath.lessons.presets import presets
    >>> caret = presets()[2]
    >>> caret.material.recipe.l1_ratio, caret.material.recipe.lambdas[:3], caret.claims[0].check()
    (0.5, (0.7, 0.6, 0.5), True)
    """
    own = str(folder or os.environ.get(OWN, ""))
    found = _in(str(FOLDER / PRESETS))
    beside = Path(own) / PRESETS
    return (*found, *_in(str(beside))) if own and beside.is_file() else found


@cache
def _in(path: str) -> tuple[Preset, ...]:
    where = Path(path)
    with in_place(where.name):
        said = read_toml(where)
        refuse_unknown(said, {"presets"}, "A file of presets")
        made: tuple[Preset, ...] = read_parts(said, "presets", lambda one: _preset(where, one))
        return made


def _preset(path: Path, said: dict[str, Any]) -> Preset:
    refuse_unknown(said, {*WORDS, "recipe", "C", "claims"}, "A preset")
    for name in (*WORDS, "recipe"):
        if name not in said:
            raise ParameterError(f"A preset needs {name!r}.")
    for name in WORDS:
        check_type(name, said[name], str)
    material = read_material(path, said)
    if "C" in said:
        material = replace(
            material, recipe=replace(material.recipe, lambdas=_strengths(material, said["C"]))
        )
    return Preset(said["title"], said["says"], material, read_claims(said, material))


def _strengths(material: Material, values: Any) -> tuple[float, ...]:
    """The strengths that scikit-learn's C are for the rows of the fit."""
    if material.recipe.lambdas is not None:
        raise ParameterError("A preset lists either C or lambdas.", "Leave one of them out.")
    check_type("C", values, list)
    _, train, _ = problems_of(material.table, material.recipe)
    return tuple(convert("C", value, to="lambda", n=train.n_obs) for value in values)
