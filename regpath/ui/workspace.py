"""What every page begins with: the data and the choices at the side, and the study they lead to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

import streamlit as st

from regpath.core.families import family_of
from regpath.number_format import let_visitors_say, num
from regpath.recipe import Recipe
from regpath.study import Study
from regpath.ui import address, explorer, saved
from regpath.ui.classroom import join_class
from regpath.ui.controls.kept import keep_alive
from regpath.ui.controls.numbers import choose_numbers
from regpath.ui.controls.sidebar import choose_recipe
from regpath.ui.controls.source import choose_source, welcome
from regpath.ui.controls.strength import take_now
from regpath.ui.controls.target_question import ask_target
from regpath.ui.controls.waiting_for_path import path_told
from regpath.ui.link import offer_link
from regpath.ui.messages import error_boundary, escaped, user_error
from regpath.ui.session.keys import STUDY, key_of
from regpath.ui.session.results import StudyResults
from regpath.ui.session.seal import sealed
from regpath.ui.session.source import Source
from regpath.ui.session.visitors_numbers import visitors_format

PENALTIES = (
    "L1 sets coefficients to exactly zero, L2 shrinks all of them, an elastic net mixes the two"
)


@dataclass(frozen=True)
class Workspace:
    """Data and every choice about them.

    Attributes
    ----------
    source : Source or None
        None while no file has been brought.
    chosen : Recipe or None
        None while it is not said what is predicted.
    trouble : Exception or None
        Why there is no recipe; a page says it, where everybody sees it.
    """

    source: Source | None = None
    chosen: Recipe | None = None
    trouble: Exception | None = None

    @property
    def asks_target(self) -> bool:
        """Whether a person has yet to say what is predicted."""
        return self.source is not None and self.chosen is None and self.trouble is None

    @property
    def recipe(self) -> Recipe:
        """The recipe; raises what stands in its way."""
        if self.trouble is not None:
            raise self.trouble
        assert self.chosen is not None
        return self.chosen

    def study(self) -> StudyResults:
        """Carry the recipe out, or remember what came of it, with all that is computed of it."""
        assert self.source is not None
        recipe, results = self.recipe, self.source.results
        table = self.source.table
        with path_told(key_of(table.digest, recipe, STUDY), recipe) as told:
            study = results.study(table, recipe, told)
            take_now(self.source, study)
            return StudyResults(sealed(StudyResults(study, results)), results)


def open_workspace() -> Workspace:
    """Show the side and return what is chosen there; on every page it is the same."""
    let_visitors_say(visitors_format)
    address.restore()
    join_class()
    saved.open_what_was_brought()
    address.show_misfit()
    keep_alive()
    source = None
    with st.sidebar:
        st.html('<div class="rp-brand">regpath</div>')
        saved.show_session()
        try:
            source = choose_source()
            opened = Workspace(source, choose_recipe(source) if source is not None else None)
        except Exception as error:
            opened = Workspace(source, trouble=user_error(error))
        choose_numbers()
    return opened


def study_page(show: Callable[[Source, StudyResults], None]) -> Callable[[Workspace], None]:
    """Make a page of what shows a study.

    The page says what to do where there are no data, what went wrong where there is no study, and
    what was fit on what; then `show` shows the rest.
    """

    @wraps(show)
    def page(workspace: Workspace) -> None:
        explorer.leave()
        if workspace.source is None or workspace.asks_target:
            ask_first(workspace)
            return
        with error_boundary():
            results = workspace.study()
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                heading(results.study, workspace.source)
            show(workspace.source, results)

    return page


def ask_first(workspace: Workspace) -> None:
    """Ask for what is missing before anything can be fit: data, or what to predict."""
    if workspace.source is None:
        saved.show_waiting()
        welcome()
        return
    with error_boundary():
        ask_target(workspace.source)


def heading(study: Study, source: Source) -> None:
    """Say in one line what was fit on what; offer a link to it where a link can bring it back."""
    path = study.path
    kind = {0.0: "L2 (ridge)", 1.0: "L1 (lasso)"}.get(
        path.l1_ratio, f"elastic net, l1_ratio {num(path.l1_ratio):g}"
    )
    if path.learned_factors is not None:
        kind = f"{path.learned_factors.name} {kind}"
    rows = f"{num(study.train.n_obs):,} training"
    hidden = "sealed " if study.seal.hides else ""
    p = len(path.feature_names)
    rows += (
        f" and {num(study.test.n_obs):,} {hidden}test rows" if study.test else " rows, no test rows"
    )
    st.html(
        f'<div class="rp-head"><h1>{escaped(source.title)}</h1>'
        f'<p class="rp-facts"><span title="{escaped(family_of(path.family).model)}">'
        f"{escaped(path.family)}</span> · target <b>{escaped(path.target)}</b> · "
        f'<span title="{PENALTIES}">{escaped(kind)}</span> · '
        f"{rows} · {num(p):,} feature{'' if p == 1 else 's'}</p></div>"
    )
    if source.bundled is not None:
        offer_link()
