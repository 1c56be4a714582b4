"""handout: the explorer of a study as one page, to be opened from a stick."""

from __future__ import annotations

from pathlib import Path

from regpath.choosing import validate_study
from regpath.core.validation.cv_result import CVResult
from regpath.errors import RegpathError
from regpath.export.handing_out.page import PageContent, blocks_of, page_facts, view_of, write_page
from regpath.study import Study


def handout(
    study: Study,
    file: str | Path | None = None,
    *,
    title: str = "",
    text: str = "",
    lam: float | None = None,
    cv: CVResult | None = None,
) -> str:
    """Write the explorer of a study as one page of HTML that works without a server or network.

    Parameters
    ----------
    study : Study
        What `run_study` gave. Test scores that are sealed are not in the page.
    file : str or Path, default=None
        Where to write the page. None writes nothing.
    title : str, default=""
        Above all; what is predicted, if nothing is said.
    text : str, default=""
        What the teacher says, above the explorer. Paragraphs are parted by empty lines; one that
        begins with ``# `` is a heading, lines that begin with ``- `` are a list. All else is text
        as it stands.
    lam : float, default=None
        Where the cursor starts, a point of the grid; None means where the app starts it.
    cv : CVResult, default=None
        `validate_study(study)`, which is called if it is not given; where rows cannot be
        validated, there is no validation curve.

    Returns
    -------
    str
        The page. It holds coefficients, scores and counts; of amounts and counts also what was
        observed and predicted for up to 150 rows; no other value of a row.

    Raises
    ------
    ParameterError
        If `lam` is not on the grid.

    Notes
    -----
    A policy in the page forbids every request, and every script but ours, by digest.

    Examples
    --------
    >>> import regpath
    >>> study = regpath.run_study(
    ...     regpath.datasets.load("iris"), regpath.Recipe("species", n_lambdas=20)
    ... )
    >>> page = regpath.export.handout(study, text="Drag the line. Who leaves last?")
    >>> "Who leaves last?" in page, len(page) < 1_300_000
    (True, True)
    """
    page_content = PageContent(
        title=title.strip() or f"Predicting {study.path.target}",
        blocks=blocks_of(text),
        views=(view_of(study, cv_of(study) if cv is None else cv, lam=lam),),
        facts=page_facts(study),
    )
    return write_page(page_content, file)


def cv_of(study: Study) -> CVResult | None:
    """Its cross-validation, or nothing where rows cannot be validated."""
    try:
        return validate_study(study)
    except RegpathError:
        return None
