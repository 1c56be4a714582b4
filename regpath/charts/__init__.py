"""Results in, Plotly figures out: drawn here, never computed or fitted.

Of ours, charts know result types of the core alone. The look that all share, the explorer among
them, is data in `theme`. Every number that is drawn is in the result: `RegPath.to_frame`,
`CVResult.to_frame`, and so on.
"""

from regpath.charts.certificate import certificate_figure
from regpath.charts.comparison import Level, aligned_figure, aligned_scores_figure
from regpath.charts.folds import folds_figure
from regpath.charts.names import measure_name
from regpath.charts.paths import path_figure
from regpath.charts.pinned import pinned_figure, relaxed_figure
from regpath.charts.post_selection import intervals_figure, parts_bars, parts_figure
from regpath.charts.residuals import (
    counts_figure,
    gaps_figure,
    groups_figure,
    quantile_figure,
    residual_figure,
    subgroups_figure,
)
from regpath.charts.scores import (
    band_figure,
    calibration_figure,
    classes_figure,
    gap_figure,
    peeking_figure,
    precision_figure,
)
from regpath.charts.stability import false_figure, frequency_figure
from regpath.charts.theme import CONFIG, DARK, LIGHT, Look
from regpath.charts.two_classes import benefit_figure, gain_figure, roc_figure
from regpath.charts.validation import fold_paths_figure, validation_figure
from regpath.charts.validation_map import map_figure

__all__ = [
    "Level",
    "CONFIG",
    "DARK",
    "LIGHT",
    "Look",
    "aligned_figure",
    "aligned_scores_figure",
    "band_figure",
    "benefit_figure",
    "calibration_figure",
    "certificate_figure",
    "classes_figure",
    "counts_figure",
    "false_figure",
    "folds_figure",
    "frequency_figure",
    "gain_figure",
    "gap_figure",
    "gaps_figure",
    "groups_figure",
    "fold_paths_figure",
    "intervals_figure",
    "map_figure",
    "measure_name",
    "parts_bars",
    "parts_figure",
    "path_figure",
    "peeking_figure",
    "pinned_figure",
    "precision_figure",
    "quantile_figure",
    "relaxed_figure",
    "residual_figure",
    "roc_figure",
    "subgroups_figure",
    "validation_figure",
]
