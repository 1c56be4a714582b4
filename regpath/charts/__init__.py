"""Results in, Plotly figures out: drawn here, never computed or fitted.

Layer law: imports plotly, and of ours result types only (`regpath.core`, `regpath.study`).
Every number that is drawn is in a frame of the result: `RegPath.to_frame`, `Study.scores`,
`RegPath.coef_at`, `confusion_at`.
"""

from regpath.charts.outcome import bars_figure, confusion_figure, fit_figure
from regpath.charts.paths import paths_figure
from regpath.charts.scores import scores_figure
from regpath.charts.theme import CONFIG, DARK, LIGHT, Look

__all__ = [
    "CONFIG",
    "DARK",
    "LIGHT",
    "Look",
    "bars_figure",
    "confusion_figure",
    "fit_figure",
    "paths_figure",
    "scores_figure",
]
