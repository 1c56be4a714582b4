"""page: a hand-out as data, and the one place that writes it as HTML."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

import regpath
from regpath.charts.theme import DARK, LIGHT, Look
from regpath.core.validation.cv_result import CVResult
from regpath.explorer import payload_of_study, start_index
from regpath.explorer.bundle import asset, bundle, packed_plotly, plotly_text
from regpath.number_format import POINT, current_format, localized
from regpath.study import Study
from regpath.wording import counted

HERE = Path(__file__).parent
BULLET, HEADING = "- ", "# "
MARKS = (
    (re.compile(r"\*\*(.+?)\*\*"), "b"),
    (re.compile(r"\*(.+?)\*"), "i"),
    (re.compile(r"`(.+?)`"), "code"),
)


@dataclass(frozen=True)
class TextPart:
    """A part of a text: a paragraph, a heading or a list."""

    kind: str
    words: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class View:
    """One path that the explorer of a page can show.

    Parameters
    ----------
    label : str
        What its button says, where there are several.
    payload : mapping
    index : int
        Where the cursor starts.
    """

    label: str
    payload: Mapping[str, Any]
    index: int


@dataclass(frozen=True)
class PageContent:
    """All of a hand-out.

    Parameters
    ----------
    title : str
    blocks : tuple of TextPart
        What stands above.
    views : tuple of View
    facts : tuple of str
        What stands below.
    language : str, default="en"
        Of the title and of what stands above.
    lesson : mapping or None, default=None
        What `lesson.html` shows, and `start` for its script; None where nothing is asked.
    """

    title: str
    blocks: tuple[TextPart, ...]
    views: tuple[View, ...]
    facts: tuple[str, ...]
    language: str = "en"
    lesson: Mapping[str, Any] | None = None


def write_page(content: PageContent, file: str | Path | None) -> str:
    """Write a hand-out; None as a file writes nothing, and the page is returned in any case."""
    modules, scripts, styles = ["app", "model", "numbers"], ["start.js"], ["page.css"]
    if content.lesson is not None:
        modules.append("drawing")
        scripts.insert(0, "lesson.js")
        styles.append("lesson.css")
    script = "\n".join((bundle(*modules), *map(_own, scripts)))
    told: dict[str, Any] = {"views": [vars(view) for view in content.views]}
    numbers = current_format()
    if numbers is not POINT:
        told["numbers"] = [numbers.decimal, numbers.thousands]
    css = [asset("explorer.css"), *map(_own, styles)]
    if content.lesson is not None:
        told["lesson"] = content.lesson["start"]
        told["colours"] = _dark_of_light()
        css.append(_COLOURS)
    page = _template().render(
        page=content,
        policy=_policy(script, plotly_text()),
        css="\n".join(css),
        explorer=asset("explorer.html"),
        payload=json_in_html(told),
        plotly=packed_plotly(),
        script=script,
    )
    if file is not None:
        Path(file).write_text(page, encoding="utf-8", newline="\n")
    return page


def view_of(
    study: Study, cv: CVResult | None, *, lam: float | None = None, label: str = ""
) -> View:
    """A study for the explorer; the cursor starts at `lam`, or where the app would."""
    payload = payload_of_study(study, cv)
    marks = payload["marks"]
    first = marks[0]["index"] if marks else start_index(study.path)
    own = [mark | {"reason": localized(mark["reason"])} for mark in marks]
    payload = payload | {"marks": own}
    return View(label, payload, first if lam is None else study.path.index_of(lam))


def page_facts(study: Study) -> tuple[str, ...]:
    """What a page says of its data and choices, so that it can be made again."""
    path = study.path
    proven = int(path.converged.sum())
    return (
        f"{study.table.name}: {counted(study.train.n_obs, 'training row')}"
        + (f", {counted(study.test.n_obs, 'test row')}" if study.test is not None else "")
        + f". {proven} of {len(path.lambdas)} points are proven.",
        f"Made with regpath {regpath.__version__}. Data digest {study.table.digest}. Choices: "
        f"{study.recipe.to_query()}. This page makes no request.",
    )


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


def marked(text: str) -> str:
    """A lesson's words as HTML: what stands in stars or backquotes, all else as text.

    >>> marked("**L1** is *a* `price` <b>")
    '<b>L1</b> is <i>a</i> <code>price</code> &lt;b&gt;'
    """
    words = escape(text)
    for pattern, tag in MARKS:
        words = pattern.sub(rf"<{tag}>\1</{tag}>", words)
    return words


def json_in_html(value: object) -> str:
    r"""JSON that can stand in an element of a page: no text in it can end the element.

    >>> print(json_in_html("</script><!--"))
    "\u003c/script>\u003c!--"
    """
    return json.dumps(value, separators=(",", ":"), allow_nan=False).replace("<", "\\u003c")


_COLOURS = "body {{ --st-primary-color: {}; --good: {}; }}".format(
    *(f"light-dark({getattr(LIGHT, name)}, {getattr(DARK, name)})" for name in ("primary", "good"))
)


def _dark_of_light() -> dict[str, str]:
    """The dark colour in place of each light one, for figures that were drawn in the light look."""
    pairs = zip(_colours(LIGHT), _colours(DARK), strict=True)
    return dict(reversed(list(pairs)))  # of two with one light colour, the first counts


def _colours(look: Look) -> list[str]:
    return [
        each
        for value in vars(look).values()
        for each in ((value,) if isinstance(value, str) else value)
    ]


def _policy(*scripts: str) -> str:
    """Forbid everything but these scripts, styles in the page, and pictures made by it."""
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    allowed = " ".join(f"'sha256-{base64.b64encode(each).decode()}'" for each in digests)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data: "
        "blob:; base-uri 'none'; form-action 'none'"
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
    environment.filters["marked"] = marked
    return environment.get_template("page.html")
