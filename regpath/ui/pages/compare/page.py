"""Compare: penalties side by side, the map of scores, A against B, and two features close."""

from __future__ import annotations

from regpath.ui import address
from regpath.ui.controls.rules import known_marks
from regpath.ui.controls.section import choose_section
from regpath.ui.controls.strength import ask_strength
from regpath.ui.explorer import CursorChoice
from regpath.ui.pages.compare.boundary import show_boundary
from regpath.ui.pages.compare.geometry import show_geometry
from regpath.ui.pages.compare.penalties import show_penalties
from regpath.ui.pages.compare.pinned import show_pinned
from regpath.ui.pages.compare.validation_map import show_map
from regpath.ui.session.results import StudyResults
from regpath.ui.session.source import Source
from regpath.ui.workspace import study_page

PENALTIES, MAP, PINNED, GEOMETRY, BOUNDARY = SECTIONS = (
    "L1, elastic net, L2",
    "Validation map",
    "A against B",
    "Geometry",
    "Decision boundary",
)


@study_page
def show(source: Source, results: StudyResults) -> None:
    """Show the page."""
    section = choose_section("compare", SECTIONS)
    unusual = "" if section == PENALTIES else section
    if section == GEOMETRY:
        index, pair = show_geometry(source, results)
        chosen = CursorChoice(index)
        address.remember(source, results.study, chosen, unusual, pictured=pair)
        return
    if section == PINNED:
        first, *_ = known_marks(results)
        index = ask_strength(results.study, first, "compare")
        address.remember(source, results.study, CursorChoice(index), unusual)
        show_pinned(results.study, index, source.title)
        return
    if section == BOUNDARY:  # what is drawn is said with each change of it
        show_boundary(source, results, unusual)
        return
    address.remember_recipe(source, results.study.recipe, unusual)
    if section == MAP:
        show_map(results)
    else:
        show_penalties(results)
