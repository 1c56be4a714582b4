"""Results in, Plotly figures out: drawn here, never computed or fitted.

Layer law: imports plotly, and of ours result types only (`regpath.core`). The look that all
charts share, the explorer among them, is data in `theme`. Every number that is drawn is in the
result: `RegPath.to_frame`, `CVResult.to_frame`.
"""

from regpath.charts.certificate import certificate_figure
from regpath.charts.folds import folds_figure
from regpath.charts.theme import CONFIG, DARK, LIGHT, Look

__all__ = ["CONFIG", "DARK", "LIGHT", "Look", "certificate_figure", "folds_figure"]
