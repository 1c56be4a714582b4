"""Whether a colour can be told from its background, as WCAG 2 measures it."""

from __future__ import annotations

LINE, TEXT = 3.0, 4.5  # contrast of graphics and of text that WCAG 2.2 AA asks for


def contrast(one: str, two: str) -> float:
    """Contrast of two colours: 1 for equal ones, 21 for black on white.

    Parameters
    ----------
    one, two : str
        As `#rrggbb`.

    References
    ----------
    Web Content Accessibility Guidelines 2.2, "contrast ratio" and "relative luminance".

    Examples
    --------
    >>> from regpath.charts import DARK, LIGHT
    >>> contrast(LIGHT.muted, LIGHT.paper) >= TEXT
    True
    >>> contrast(LIGHT.ink, DARK.paper) >= LINE
    False
    """
    low, high = sorted((_luminance(one), _luminance(two)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255.0) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
