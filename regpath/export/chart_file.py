"""A chart as a file: a page that needs no network, or a picture."""

from __future__ import annotations

import html
from pathlib import Path
from typing import Any, NamedTuple

import regpath.explorer
from regpath.core.checks import check_choice
from regpath.errors import ParameterError
from regpath.shown import Drawn


class Size(NamedTuple):
    """Width and height that a chart is laid out in, and pixels of a picture for each of these."""

    width: int
    height: int
    scale: float


# Letters keep their 13 pixels, so a smaller layout has larger letters: a slide is read from afar.
SIZES = {
    "page": Size(900, 420, 2.0),
    "print": Size(624, 390, 300 / 96),  # a text width of 6.5 inches, at 300 dots an inch
    "slide": Size(800, 450, 2.4),  # 1920 x 1080
}
KINDS = ("html", "png", "svg")
PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>body {{ margin: 0; background: {ground}; }} .plotly-graph-div {{ margin: auto; }}</style>
</head>
<body>
<script>{library}</script>
{figure}
</body>
</html>
"""


def chart(
    of: Any,
    file: str | Path,
    *,
    size: str = "page",
    title: str = "regpath",
    **choices: Any,
) -> None:
    """Write a chart to a file.

    Parameters
    ----------
    of : RegPath, CVResult, Stability or another result with `plot`, or a plotly Figure
        What is drawn.
    file : str or Path
        Its ending says what it is to be: ``.html`` (can be pointed at and zoomed, needs no
        network), ``.svg`` or ``.png``.
    size : {"page", "print", "slide"}, default="page"
        A width of 900 pixels; 6.5 inches at 300 dots an inch; 1920 x 1080 in large letters.
    title : str, default="regpath"
        Of an HTML page.
    **choices
        Of `plot`, such as ``dark=True`` or ``lam=0.1``.

    Raises
    ------
    ParameterError
        If the ending or the size is unknown, or a picture is wanted and what draws one is not
        installed (``pip install regpath[pictures]``, and Chrome or Chromium).

    Examples
    --------
    >>> import regpath, tempfile
    >>> problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    >>> path = regpath.fit_path(problem, n_lambdas=20)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     regpath.export.chart(path, f"{folder}/path.html", lam=path.lambdas[9])
    """
    kind = Path(file).suffix.lower().removeprefix(".")
    if kind not in KINDS:
        raise ParameterError(
            f"A chart is written as .html, .svg or .png. Got {Path(file).name!r} instead."
        )
    check_choice(size, "size", "chart", tuple(SIZES))
    figure = of.plot(**choices) if isinstance(of, Drawn) else of
    laid_out(figure, size)
    if kind == "html":
        Path(file).write_text(page_of(figure, title), encoding="utf-8", newline="\n")
    else:
        Path(file).write_bytes(_picture(figure, kind, SIZES[size]))


def laid_out(figure: Any, size: str) -> Any:
    """Give a figure the width and the height of a size of `SIZES`; the same figure."""
    from regpath.charts.curves import make_room_for_names, spread_names

    laid = SIZES[size]
    figure.update_layout(width=laid.width, height=laid.height)
    return spread_names(make_room_for_names(figure))


def plotly_file() -> Path:
    """The plotly.js that the explorer brings."""
    vendor = Path(regpath.explorer.__file__).parent / "assets" / "vendor"
    (file,) = vendor.glob("plotly-*.min.js")
    return file


def page_of(figure: Any, title: str) -> str:
    """Write a figure as a page of HTML that needs no network."""
    from regpath.charts import CONFIG

    drawn = figure.to_html(full_html=False, include_plotlyjs=False, config=CONFIG)
    return PAGE.format(
        title=html.escape(title),
        ground=figure.layout.paper_bgcolor or "transparent",
        library=plotly_file().read_text(encoding="utf-8").replace("</script", "<\\/script"),
        figure=drawn,
    )


def check_drawable(kind: str) -> None:
    """Refuse a picture that nothing here can draw, before any work is done for it.

    Raises
    ------
    ParameterError
        If a drawing is wanted, and kaleido or its browser is not installed.
    """
    if kind == "html":
        return
    try:
        import kaleido  # noqa: F401  (what it drives is asked next)
        from choreographer.browsers.chromium import Chromium
    except ImportError as error:
        raise ParameterError(
            f"A picture as .{kind} takes the package kaleido, which is not installed.",
            "pip install 'regpath[pictures]', or write .html, or use the camera above a chart.",
        ) from error
    if Chromium.find_browser(skip_local=False) is None:
        raise ParameterError(
            f"A picture as .{kind} takes Chrome or Chromium, and none is found.",
            "Install one, or name it in BROWSER_PATH; or write .html.",
        )


def _picture(figure: Any, kind: str, size: Size) -> bytes:
    """Draw it by kaleido, which drives a browser of its own and is told to fetch nothing."""
    check_drawable(kind)
    import kaleido

    asked = {"format": kind, "width": size.width, "height": size.height, "scale": size.scale}
    offline = {"mathjax": False, "plotlyjs": str(plotly_file())}
    try:
        drawn: bytes = kaleido.calc_fig_sync(figure.to_dict(), opts=asked, kopts=offline)
    except Exception as error:  # kaleido and what it drives raise errors of many kinds
        raise ParameterError(
            f"The picture could not be drawn: {error}",
            "It takes Chrome or Chromium; write .html instead.",
        ) from error
    return drawn
