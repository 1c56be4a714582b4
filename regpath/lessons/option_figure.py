"""What an option of a choice looks like, where pictures are chosen between."""

from __future__ import annotations

from typing import Any

from regpath.charts.theme import Look
from regpath.lessons.figures import DRAWN
from regpath.lessons.lesson import OptionPicture
from regpath.lessons.material import Material

HEIGHT = 300  # pixels: two are on a phone's screen of 844


def option_figure(material: Material, picture: OptionPicture, look: Look) -> Any:
    """Draw it: nothing in it says what it is of.

    Parameters
    ----------
    material : Material
        Of the lesson.
    picture : OptionPicture
    look : Look

    Returns
    -------
    plotly.graph_objects.Figure
    """
    on = material.changed(recipe=picture.recipe)
    (figure, *_) = DRAWN[picture.chart](on, picture.options, look).figures
    return figure.update_layout(height=HEIGHT)
