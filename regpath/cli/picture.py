"""A path in the letters of a terminal: curves as dots of Braille, names at their ends.

Drawn here in a few lines. Without colours, which a terminal may not have, the libraries for such
pictures (tried with six curves: plotext 6.1.0, plotille 6.0.5, uniplot 0.23.2) tell curves by a
legend whose marks all look the same; here each name stands where its curve ends. Besides, plotext 6
brings a compiled kernel (a wheel of 0.4 to 1 MB; none for Alpine and Windows on ARM) and has other
calls than 5, uniplot needs readchar, textual-plot Textual, termplotlib gnuplot, and drawille 0.2.0
only sets dots.
"""

from __future__ import annotations

import numpy as np

from regpath.core.regpath import RegPath

WIDE, HIGH = 52, 12  # letters of the picture; with names it fits a terminal of 80 columns
NAME = 24  # letters of a name
NAMED = 6  # curves that are drawn; more cover each other
BLANK = 0x2800  # the Braille sign without dots
# Of a sign's two columns and four rows of dots, by their bit.
DOTS = np.array([[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]])


def picture(path: RegPath) -> str:
    """The largest curves of a path, lambda falling from left to right as in the app."""
    curves = path.coefs("standardized")
    curves = curves[0] if curves.ndim == 3 else curves
    order = np.argsort(-np.abs(curves).max(axis=1), kind="stable")[:NAMED]
    shown = curves[order]
    low, high = min(float(shown.min()), 0.0), max(float(shown.max()), 0.0)
    dots = np.zeros((4 * HIGH, 2 * WIDE), dtype=bool)
    fall = np.log(path.lambdas[0] / path.lambdas)
    at = np.linspace(0.0, fall[-1] or 1.0, 2 * WIDE)
    heights = [_rows(np.interp(at, fall, curve), low, high) for curve in shown]
    for rows in heights:
        for x, (before, y) in enumerate(zip([rows[0], *rows], rows, strict=False)):
            dots[min(before, y) : max(before, y) + 1, x] = True
    dots[_rows(np.zeros(1), low, high)[0], ::4] = True  # the line of zero
    lines = [_line(dots[4 * i : 4 * i + 4]) for i in range(HIGH)]
    names = _placed([rows[-1] // 4 for rows in heights], [path.feature_names[j] for j in order])
    lines = [f"{line} {name}".rstrip() for line, name in zip(lines, names, strict=True)]
    ends = f"lambda {path.lambdas[0]:.3g}".ljust(WIDE - 9) + f"{path.lambdas[-1]:.3g}".rjust(9)
    return "\n".join([f"coefficient per SD, {low:.3g} to {high:.3g}", *lines, ends])


def _rows(values: np.ndarray, low: float, high: float) -> list[int]:
    share = (high - values) / ((high - low) or 1.0)
    found: list[int] = np.rint(share * (4 * HIGH - 1)).astype(int).tolist()
    return found


def _line(dots: np.ndarray) -> str:
    signs = (dots.reshape(4, WIDE, 2) * DOTS[:, None, :]).sum(axis=(0, 2))
    return "".join(chr(BLANK + int(sign)) for sign in signs)


def _placed(wanted: list[int], names: list[str]) -> list[str]:
    """Each name on the line where its curve ends, or on the nearest free one."""
    lines = [""] * HIGH
    for row, name in zip(wanted, names, strict=True):
        free = [i for i in range(HIGH) if not lines[i]]
        plain = "".join(sign if sign.isprintable() else " " for sign in name)
        lines[min(free, key=lambda i: abs(i - row))] = plain[:NAME]
    return lines
