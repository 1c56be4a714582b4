"""The strength axis that secondary charts share; none of them carries the cursor."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from regpath.charts.theme import Look


def strength_axis(figure: go.Figure, lambdas: np.ndarray, look: Look) -> None:
    """Log lambda from strong (left) to weak (right); words say which end is which."""
    ends = np.log10(lambdas[[0, -1]])
    pad = 0.012 * max(ends[0] - ends[1], 0.2)
    figure.update_xaxes(
        type="log",
        range=[ends[0] + pad, ends[1] - pad],
        tickformat="~g",
        dtick=1 if ends[0] - ends[1] > 1.5 else "D2",
        zeroline=False,
        title_text="λ",
    )
    words = {
        "xref": "x domain",
        "yref": "paper",
        "y": 0,
        "yshift": -24,
        "yanchor": "top",
        "showarrow": False,
        "font": {"color": look.muted},
    }
    figure.add_annotation(text="← stronger", x=0, xanchor="left", **words)
    figure.add_annotation(text="weaker →", x=1, xanchor="right", **words)
