"""What a new visitor is shown first is put among the results before anybody asks for it."""

from __future__ import annotations

from regpath.explorer import marks_of
from regpath.ui.session.first_page import first_name, first_recipe
from regpath.ui.session.results import StudyResults
from regpath.ui.session.source import bundled_source
from regpath.ui.session.validation import validation_of


def prepare_first_page() -> None:
    """Compute the first page, or take it over from the process that computes it."""
    source = bundled_source(first_name())
    study = source.results.study(source.table, first_recipe())
    results = StudyResults(study, source.results)
    cv = validation_of(results)
    results.payload(cv, marks_of(study.path, cv))
