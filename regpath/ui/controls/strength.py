"""The chosen strength on pages without the explorer: the same one, moved by a slider."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf
from typing import Any, Literal

import numpy as np
import streamlit as st

from regpath.core.checks import same_strength
from regpath.core.conversions.convert import convert
from regpath.core.conversions.parametrizations import OURS, scikit_learn_form
from regpath.core.regpath import RegPath
from regpath.errors import ParameterError, RegpathError
from regpath.explorer import Mark
from regpath.glossary import glossary
from regpath.number_format import num
from regpath.study import Study
from regpath.ui import explorer
from regpath.ui.controls.table import write_choices
from regpath.ui.controls.written_fields import edition_of, keep_edition
from regpath.ui.session.seal import settings_of
from regpath.ui.session.source import Source
from regpath.ui.session.state import Key
from regpath.wording import number_text, number_texts

Near = Literal["exact", "written", "grid"]


@dataclass(frozen=True)
class AskedStrength:
    """A strength in a system's own words.

    Attributes
    ----------
    system : str
        See `convert`.
    value : float
    l1_ratio : float or None, default=None
        The penalty that it is asked for; None means the present one.
    """

    system: str
    value: float
    l1_ratio: float | None = None


def owner_of(study: Study) -> str:
    """What the choice of a strength belongs to: it starts anew with other data or another fit."""
    extra = "".join(f"+{lam!r}" for lam in study.recipe.extra_lambdas)  # they move positions
    return f"{study.table.digest}:{settings_of(study)}{extra}"


def current(study: Study, first: Mark) -> int:
    """Position of the chosen strength; the mark's until one was chosen."""
    choice = explorer.choice_of(owner_of(study))
    index = first.index if choice is None else choice.index
    return min(index, len(study.path.lambdas) - 1)


def stands(study: Study) -> int | None:
    """Position that a page showed last: the chosen strength, or a mark's; None where none did."""
    choice = explorer.choice_of(owner_of(study))
    owner, shown = st.session_state.get(Key.STANDS, (None, None))
    index = choice.index if choice is not None else shown if owner == owner_of(study) else None
    return None if index is None else min(index, len(study.path.lambdas) - 1)


def take_later(
    lam: float, view: dict[str, Any] | None = None, *, system: str = OURS, near: Near = "exact"
) -> None:
    """Choose a strength as soon as the next study is there.

    Parameters
    ----------
    lam : float
        As `system` writes it.
    view : dict, default=None
        How a person looked at the path.
    system : str, default="lambda"
        See `convert`.
    near : {"exact", "written", "grid"}, default="exact"
        Fit there; or take the grid's own if it is written so in a link; or the nearest of the grid,
        as who follows a class does.
    """
    st.session_state[Key.LATER] = (AskedStrength(system, lam), view, near)


def take_now(source: Source, study: Study) -> None:
    """Carry out what `take_later` was asked for; where it takes another fit, this run ends.

    It is forgotten last: a run that is broken off before, as by a click, is made anew.
    """
    later = st.session_state.get(Key.LATER)
    if later is None:
        return
    try:
        _take(source, study, *later)
    except RegpathError as error:
        st.session_state[Key.RESTORED] = error
        st.session_state[Key.LATER] = None
        st.rerun()
    except Exception:  # or each run would meet it again
        st.session_state[Key.LATER] = None
        raise


def _take(
    source: Source, study: Study, asked: AskedStrength, view: dict[str, Any] | None, near: Near
) -> None:
    lam = lambda_of(study, asked)
    index = _nearest(study, lam)
    there = float(study.path.lambdas[index])
    on_grid = near == "grid" or same_strength(there, lam)
    if on_grid or (near == "written" and in_link(there) == in_link(lam)):
        _choose(study, index, view)
        st.session_state[Key.LATER] = None
    else:
        _fit_there(source, study, replace(asked, system=OURS, value=lam), view)
        st.rerun()


def go_to(source: Source, study: Study, asked: AskedStrength) -> None:
    """Choose exactly what was asked for, in a callback: the run that follows has it."""
    lam = lambda_of(study, asked)
    index = _nearest(study, lam)
    choice = explorer.choice_of(owner_of(study))
    view = None if choice is None else choice.view
    same_penalty = asked.l1_ratio in (None, study.path.l1_ratio)
    if same_penalty and same_strength(float(study.path.lambdas[index]), lam):
        _choose(study, index, view)
    else:
        _fit_there(source, study, replace(asked, system=OURS, value=lam), view)


def is_asked() -> bool:
    """Whether a strength waits for a study that has it."""
    return st.session_state.get(Key.LATER) is not None


def lambda_of(study: Study, asked: AskedStrength) -> float:
    """Our lambda for what was asked, on the rows of a study.

    Raises
    ------
    ParameterError
        If the system cannot say it of this model.
    """
    mix = study.path.l1_ratio if asked.l1_ratio is None else asked.l1_ratio
    how = {"n": study.path.n_obs, "l1_ratio": mix, "sd_y": spread_of(study)}
    lam = convert(asked.system, asked.value, to=OURS, family=study.path.family, **how)
    if lam <= 0.0 or lam == inf:
        raise ParameterError(
            "Without any penalty there is no path.", "Its weakest point is at the right end."
        )
    return lam


def spread_of(study: Study) -> float | None:
    """Standard deviation (1/n) of the amounts of the fit, by which glmnet divides them."""
    rows = study.weighted_train
    if rows.classes:
        return None
    mean = float(rows.weights @ rows.y)
    return float(np.sqrt(rows.weights @ np.square(rows.y - mean))) or None


def in_link(lam: float) -> str:
    """A strength as links have it."""
    return f"{lam:.6g}"


def _nearest(study: Study, lam: float) -> int:
    return int(np.argmin(np.abs(np.log(study.path.lambdas) - np.log(lam))))


def _choose(study: Study, index: int, view: dict[str, Any] | None) -> None:
    if view is None:
        take(study, index)
    else:
        explorer.begin(owner_of(study), explorer.CursorChoice(index, view))


def _fit_there(
    source: Source, study: Study, asked: AskedStrength, view: dict[str, Any] | None
) -> None:
    """Put a lambda on the grid, in place of the one before that was put there."""
    choices: dict[str, Any] = {"extra_lambdas": (asked.value,)}
    if asked.l1_ratio not in (None, study.path.l1_ratio):
        choices["l1_ratio"] = asked.l1_ratio
    write_choices(choices, source.owner)
    take_later(asked.value, view or {})


def take(study: Study, index: int) -> None:
    """Choose a strength, here and in the explorer."""
    explorer.leave_cursor_at(owner_of(study), index)


def ask_strength(study: Study, first: Mark, page: str) -> int:
    """Ask for the strength; from strong (left) to weak."""
    path, shown = study.path, current(study, first)
    key = Key.STRENGTH.of(f"{page}:{edition_of(f'slider:{page}', (owner_of(study), shown))}")
    st.session_state[key] = shown
    st.session_state[Key.STANDS] = (owner_of(study), shown)
    if len(path.lambdas) == 1:
        return 0
    index: int = st.select_slider(
        "Strength λ, from strong to weak",
        range(len(path.lambdas)),
        key=key,
        format_func=number_texts(path.lambdas, 3).__getitem__,
        on_change=_slid,
        args=(study, page, key, shown),
        help=f"{glossary()['strength']} The same as in the explorer.",
    )
    st.caption(", ".join(strength_texts(path, index)))
    return index


def strength_texts(path: RegPath, index: int) -> tuple[str, ...]:
    """What is said of a strength: λ, what scikit-learn calls it where it does, what is kept."""
    lam, other = float(path.lambdas[index]), scikit_learn_form(path.family, path.l1_ratio)
    beside = () if other is None else ((other.parameter, other.value_of(lam, path.n_obs)),)
    written = [f"{name} = {number_text(value)}" for name, value in (("λ", lam), *beside)]
    kept, p = int(path.n_nonzero[index]), len(path.feature_names)
    return (*written, f"{num(kept):,} of {num(p):,} feature{'' if p == 1 else 's'}")


def _slid(study: Study, page: str, key: str, shown: int) -> None:
    """Take over where the slider was moved to; a browser may send it again after its page."""
    index = st.session_state[key]
    if index != shown:
        keep_edition(f"slider:{page}")
        take(study, index)
