"""What every result can do in a notebook: be shown in a few lines, and draw itself.

Charts lie above, so they are called by name, when somebody asks for one.
"""

from __future__ import annotations

import html
from importlib import import_module
from typing import Any

import pandas as pd

CHARTS = "regpath.charts.of_results"
ROWS, COLUMNS = 5, 8  # of a frame that are shown, which is what a screen has room for


class Shown:
    """A result with a short HTML form: its text, and the first rows of its frame."""

    def _summary(self) -> str:
        """What is said of it, a headline and lines below."""
        said = getattr(self, "reason", "") or getattr(self, "sentence", "")
        return f"{type(self).__name__}\n{said}" if said else repr(self)

    def _shown_frame(self) -> pd.DataFrame | None:
        """The frame whose first rows are shown."""
        make = getattr(self, "to_frame", None)
        return None if make is None else make()

    def _repr_html_(self) -> str:
        """Return what a notebook shows; every text in it is text."""
        headline, *lines = self._summary().splitlines() or [type(self).__name__]
        parts = [f"<strong>{html.escape(headline)}</strong>"]
        if lines:
            below = "\n".join(html.escape(line.strip()) for line in lines)
            parts.append(f'<pre style="margin:0.3em 0">{below}</pre>')
        frame = self._shown_frame()
        if frame is not None and len(frame.columns):
            parts.append(_table(frame))
        return f"<div>{''.join(parts)}</div>"


class Drawn(Shown):
    """A result with a chart of its own."""

    def plot(self, *, dark: bool = False, **choices: Any) -> Any:
        """Draw the result.

        Parameters
        ----------
        dark : bool, default=False
            Light text on a dark ground.
        **choices
            Of the chart of this result, all optional:

            - every chart: `height` in pixels;
            - RegPath: `lam` (a strength to mark), `units`, `label` (a class), `top` (curves in
              colour);
            - CVResult: `lam`; `rules` (label to position), None marks the best score and the
              one-standard-error choice;
            - Stability: `threshold`, `max_false`, `top`;
            - Comparison: `by` ("deviance" or "shrinkage"), `score` (a column of its frame), or
              `penalty` (its name) with `label` for the curves of one;
            - Residuals: `by` ("expected" or "normal", for their quantiles);
            - GroupScores: `by` ("score" or "gap");
            - RelaxedPath: `gamma`, `lam`, `label`;
            - Contributions: `lam`, `label`.

        Returns
        -------
        plotly.graph_objects.Figure
            The chart of the app; its numbers are those of the result's frame.

        Raises
        ------
        ParameterError
            If a choice is unknown or outside its range.
        """
        return import_module(CHARTS).drawn(self, dark=dark, **choices)


def _table(frame: pd.DataFrame) -> str:
    shown = frame.iloc[:ROWS, :COLUMNS]
    more = [
        f"{count:,} {what}"
        for count, most, what in (
            (frame.shape[0], ROWS, "rows"),
            (frame.shape[1], COLUMNS, "columns"),
        )
        if count > most
    ]
    table: str = shown.to_html(index=not isinstance(frame.index, pd.RangeIndex), border=0)
    return table + (f"<small>of {' and '.join(more)}</small>" if more else "")
