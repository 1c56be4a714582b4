"""A grid that ends before the best strength: to say so, and to offer a longer one."""

from __future__ import annotations

import numpy as np
import streamlit as st

from regpath.core.regpath import RegPath
from regpath.core.selection import RULES, Selection
from regpath.core.validation.cv_result import CVResult
from regpath.recipe import Recipe
from regpath.study import Study
from regpath.ui.controls.control import EVERYWHERE
from regpath.ui.controls.table import CONTROLS, place_for
from regpath.ui.messages import literal

APART = "as the classes come apart: with less penalty some coefficients grow without end."
COMPLETE = "and the fit hardly changes any more: these rows need no penalty."
PER_DECADE = 5  # strengths that go on with a list of a person's own, for a decade
STILL = 1e-3  # rise of explained deviance over the last decade below which a fit is complete


def best_at_an_end(cv: CVResult | None) -> Selection | None:
    """The strength with the best validation score, where it stands at an end of the grid."""
    if cv is None:
        return None
    best = RULES["min"].select(cv)
    return best if best.at_edge else None


def may_go_on(path: RegPath, found: Selection, *, come_apart: bool = False) -> bool:
    """Whether a longer grid helps: not where the fit is all but complete, or never will be.

    The latter is so where classes come apart at the end of the grid: weights grow without end.
    """
    if found.at_edge != "weak":
        return True
    if come_apart:
        return False
    before = int(np.searchsorted(-path.lambdas, -10.0 * path.lambdas[-1]))
    return bool(path.dev_ratio[-1] - path.dev_ratio[before] >= STILL)


def longer(lambdas: tuple[float, ...], end: str) -> tuple[float, ...]:
    """A list of strengths that goes on for a decade at one end.

    >>> longer((1.0, 0.1), "weak")
    (1.0, 0.1, 0.0630957, 0.0398107, 0.0251189, 0.0158489, 0.01)
    >>> longer((1.0, 0.1), "strong")[:5]
    (10.0, 6.30957, 3.98107, 2.51189, 1.58489)
    """
    steps = 10.0 ** (np.arange(1, PER_DECADE + 1) / PER_DECADE)
    more = lambdas[-1] / steps if end == "weak" else lambdas[0] * steps[::-1]
    rounded = tuple(float(f"{lam:.6g}") for lam in more)
    return (*lambdas, *rounded) if end == "weak" else (*rounded, *lambdas)


def offer_longer_grid(
    study: Study, owner: str, found: Selection, what: str, *, key: str, come_apart: bool = False
) -> None:
    """Say that `what` stands at an end of the grid, and offer a longer one where that may help.

    Parameters
    ----------
    study : Study
    owner : str
        Of the data; see `Source`.
    found : Selection
        What stands there.
    what : str
        Its name, at the beginning of a sentence.
    key : str
        Of the button.
    come_apart : bool, default=False
        See `may_go_on`.
    """
    path, recipe = study.path, study.recipe
    where = f"{what} is the {_end(found)} strength of the grid"
    if not may_go_on(path, found, come_apart=come_apart):
        why = APART if come_apart else COMPLETE
        st.caption(f":material/info: {literal(where)}, {why}")
        return
    said, button = st.columns([5, 1], vertical_alignment="center")
    said.warning(f"{literal(where)}: {literal(_remedy(found))}", icon=":material/unfold_more:")
    if recipe.lambdas is not None:
        how = (recipe, owner, longer(recipe.lambdas, found.at_edge))
        button.button("Extend the grid", key=key, on_click=_list, args=how)
    elif found.min_ratio is not None:
        button.button("Extend the grid", key=key, on_click=_extend, args=(found.min_ratio,))


def _end(found: Selection) -> str:
    return {"weak": "weakest", "strong": "strongest"}[found.at_edge]


def _remedy(found: Selection) -> str:
    if found.at_edge == "weak":
        return "a weaker one may score better."
    return "a stronger one may do as well."


def _list(recipe: Recipe, owner: str, lambdas: tuple[float, ...]) -> None:
    CONTROLS["lambdas"].write(place_for(recipe, owner), lambdas)


def _extend(ratio: float) -> None:
    CONTROLS["min_ratio"].write(EVERYWHERE, ratio)
