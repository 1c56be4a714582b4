"""handout: the explorer of a study as one page, to be opened from a stick."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

import regpath
from regpath.choosing import validate_study
from regpath.core.validation.cv_result import CVResult
from regpath.errors import RegpathError
from regpath.explorer import payload_of_study, start_index
from regpath.explorer.bundle import asset, bundle, packed_plotly, plotly_text
from regpath.study import Study
from regpath.wording import counted

HERE = Path(__file__).parent
BULLET, HEADING = "- ", "# "


@dataclass(frozen=True)
class TextPart:
    """A part of a teacher's text: a paragraph, a heading or a list."""

    kind: str
    words: str = ""
    lines: tuple[str, ...] = ()


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
        What the teacher says, above the explorer. TextPart are parted by empty lines; one that
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
    cv = _validated(study) if cv is None else cv
    payload = payload_of_study(study, cv)
    marks = payload["marks"]
    first = marks[0]["index"] if marks else start_index(study.path)
    index = first if lam is None else study.path.index_of(lam)
    script = f"{bundle('app', 'model')}\n{_own('start.js')}"
    page = _template().render(
        language="en",
        title=title.strip() or f"Predicting {study.path.target}",
        blocks=blocks_of(text),
        policy=_policy(script, plotly_text()),
        css=f"{asset('explorer.css')}\n{_own('page.css')}",
        explorer=asset("explorer.html"),
        facts=_facts(study),
        payload=json_in_html({"index": index, "payload": payload}),
        plotly=packed_plotly(),
        script=script,
    )
    if file is not None:
        Path(file).write_text(page, encoding="utf-8", newline="\n")
    return page


def blocks_of(text: str) -> tuple[TextPart, ...]:
    r"""What a teacher wrote, as blocks.

    >>> [block.kind for block in blocks_of("# Look\n\nDrag the line.\n\n- a\n- b")]
    ['heading', 'paragraph', 'list']
    """
    found = []
    for part in "\n".join(text.splitlines()).split("\n\n"):
        lines = [line.rstrip() for line in part.splitlines() if line.strip()]
        if not lines:
            continue
        if all(line.startswith(BULLET) for line in lines):
            found.append(TextPart("list", lines=tuple(line[len(BULLET) :] for line in lines)))
        elif len(lines) == 1 and lines[0].startswith(HEADING):
            found.append(TextPart("heading", lines[0][len(HEADING) :]))
        else:
            found.append(TextPart("paragraph", "\n".join(lines)))
    return tuple(found)


def json_in_html(value: object) -> str:
    r"""JSON that can stand in an element of a page: no text in it can end the element.

    >>> print(json_in_html("</script><!--"))
    "\u003c/script>\u003c!--"
    """
    return json.dumps(value, separators=(",", ":"), allow_nan=False).replace("<", "\\u003c")


def _validated(study: Study) -> CVResult | None:
    try:
        return validate_study(study)
    except RegpathError:
        return None


def _policy(*scripts: str) -> str:
    """Forbid everything but these scripts, styles in the page, and pictures made by it."""
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    allowed = " ".join(f"'sha256-{base64.b64encode(each).decode()}'" for each in digests)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data: "
        "blob:; base-uri 'none'; form-action 'none'"
    )


def _facts(study: Study) -> tuple[str, ...]:
    path = study.path
    proven = int(path.converged.sum())
    return (
        f"{study.table.name}: {counted(study.train.n_obs, 'training row')}"
        + (f", {counted(study.test.n_obs, 'test row')}" if study.test is not None else "")
        + f". {proven} of {len(path.lambdas)} points are proven.",
        f"Made with regpath {regpath.__version__}. Data digest {study.table.digest}. Choices: "
        f"{study.recipe.to_query()}. This page makes no request.",
    )


def _own(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("regpath.export.handing_out", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html")
