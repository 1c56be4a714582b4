"""A nomogram: lines under each other that share one scale, as a picture of SVG."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

WIDTH = 1000.0  # of the picture, in its own units
LEFT, RIGHT = 230.0, 30.0  # room for names, and for the last number
ROW = 46.0  # height of one axis, in the picture's units
TICK = 6.0  # length, in the picture's units
NAME_LENGTH = 30  # letters that fit on the left
LETTER = 7.0  # width of a digit, and of the least gap between two numbers


@dataclass(frozen=True)
class CardAxis:
    """One line of a nomogram.

    Parameters
    ----------
    name : str
    marks : tuple of (float, str)
        Where each mark is on the common scale, and what stands there.
    """

    name: str
    marks: tuple[tuple[float, str], ...]


def nomogram(axes: list[CardAxis], longest: float) -> str:
    """Draw lines under each other.

    Parameters
    ----------
    axes : list of CardAxis
    longest : float
        End of the common scale, which starts at 0.

    Returns
    -------
    str
        An SVG element; names are text in it whatever they hold.
    """
    height = ROW * len(axes) + 10.0
    drawn = "".join(_line(axis, ROW * (i + 0.5), longest) for i, axis in enumerate(axes))
    return (
        f'<svg viewBox="0 0 {WIDTH:g} {height:g}" role="img" aria-label="Nomogram" '
        f'font-family="system-ui, sans-serif" font-size="12" fill="currentColor">{drawn}</svg>'
    )


def _line(axis: CardAxis, y: float, longest: float) -> str:
    name = axis.name if len(axis.name) <= NAME_LENGTH else axis.name[: NAME_LENGTH - 1] + "…"
    title = f"<title>{escape(axis.name)}</title>"
    parts = [f'<text x="0" y="{y + 4:g}" font-size="13">{title}{escape(name)}</text>']
    if axis.marks:
        places = sorted((LEFT + (WIDTH - LEFT - RIGHT) * at / longest, w) for at, w in axis.marks)
        first, last = places[0][0], places[-1][0]
        parts.append(f'<path d="M{first:.2f} {y:g}H{last:.2f}" stroke="currentColor"/>')
        free = float("-inf")
        for x, words in places:
            parts.append(f'<path d="M{x:.2f} {y:g}v{TICK:g}" stroke="currentColor"/>')
            half = 0.5 * LETTER * len(words)
            if x - half >= free:
                parts.append(
                    f'<text x="{x:.2f}" y="{y + 19:g}" text-anchor="middle">{escape(words)}</text>'
                )
                free = x + half + LETTER
    return "".join(parts)
