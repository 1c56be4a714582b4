"""Results in the letters of a terminal: curves as dots of Braille, names at their ends.

Drawn here in a few lines. Without colours, which a terminal may not have, the libraries for such
pictures (tried with six curves: plotext 6.1.0, plotille 6.0.5, uniplot 0.23.2) tell curves by a
legend whose marks all look the same; here each name stands where its curve ends. Besides, plotext 6
brings a compiled kernel (a wheel of 0.4 to 1 MB; none for Alpine and Windows on ARM) and has other
calls than 5, uniplot needs readchar, textual-plot Textual, termplotlib gnuplot, and drawille 0.2.0
only sets dots.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from regpath.core.comparison.comparison import Comparison, name_of
from regpath.core.comparison.validation_map import ValidationMap
from regpath.core.regpath import RegPath
from regpath.core.stability_selection.stability import Stability

WIDE, HIGH = 52, 12  # letters of the picture; with names it fits a terminal of 80 columns
NAME = 24  # letters of a name
NAMED = 6  # curves that are drawn; more cover each other
PANELS, LOW_PANEL = 3, 6  # penalties that are drawn below each other, and letters of each
BLANK = 0x2800  # the Braille sign without dots
# Of a sign's two columns and four rows of dots, by their bit.
DOTS = np.array([[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]])
ROUNDING = 1e-9  # by which a place misses the end of an axis, or a share of halves its threshold
SHADES = " ░▒▓█"
SCALES = {"deviance": "deviance explained", "shrinkage": "size of the coefficients"}


@dataclass(frozen=True)
class Curves:
    """What is drawn: curves over a common axis.

    Attributes
    ----------
    x : list of ndarray of shape (n_points,)
        Where the points of each curve stand, rising; a curve ends at its last one.
    y : list of ndarray of shape (n_points,)
    names : list of str
    span : (float, float)
        Heights at the bottom and on top.
    dotted : float
        Height of a dotted line.
    last : float or None, default=None
        Where the axis ends, which begins at 0; None means at the end of the longest curve.
    """

    x: Sequence[np.ndarray]
    y: Sequence[np.ndarray]
    names: Sequence[str]
    span: tuple[float, float]
    dotted: float
    last: float | None = None

    def drawn(self, high: int = HIGH) -> list[str]:
        """The curves in lines of letters, names at their ends."""
        dots = np.zeros((4 * high, 2 * WIDE), dtype=bool)
        last = self.last or max(float(x[-1]) for x in self.x)
        at = np.linspace(0.0, last or 1.0, 2 * WIDE)
        ends = []
        for x, y in zip(self.x, self.y, strict=True):
            there = at[: int(np.searchsorted(at, x[-1] + ROUNDING * last, side="right")) or 1]
            rows = self._rows(np.interp(there, x, y), high)
            for column, (before, row) in enumerate(zip([rows[0], *rows], rows, strict=False)):
                dots[min(before, row) : max(before, row) + 1, column] = True
            ends.append(rows[-1] // 4)
        dots[self._rows(np.array([self.dotted]), high)[0], ::4] = True
        names = _placed(ends, self.names, high)
        lines = [_line(dots[4 * i : 4 * i + 4]) for i in range(high)]
        return [f"{line} {name}".rstrip() for line, name in zip(lines, names, strict=True)]

    def _rows(self, values: np.ndarray, high: int) -> list[int]:
        low, top = self.span
        share = np.clip((top - values) / ((top - low) or 1.0), 0.0, 1.0)
        found: list[int] = np.rint(share * (4 * high - 1)).astype(int).tolist()
        return found


def picture(path: RegPath) -> str:
    """The largest curves of a path, lambda falling from left to right as in the app."""
    curves = _coefs(path)
    order = _largest(np.abs(curves).max(axis=1))
    shown = curves[order]
    low, high = span = min(float(shown.min()), 0.0), max(float(shown.max()), 0.0)
    names = [path.feature_names[j] for j in order]
    drawn = Curves([_fall(path.lambdas)] * len(order), list(shown), names, span, 0.0).drawn()
    head = f"coefficient per SD{_of_first_class(path)}, {low:.3g} to {high:.3g}"
    return "\n".join([head, *drawn, _lambdas(path.lambdas)])


def stability_picture(found: Stability, threshold: float) -> str:
    """How many halves have selected a feature by each strength, a line each, the stablest first."""
    share = found.frequency_so_far
    reached = share >= threshold
    start = np.where(reached.any(axis=1), reached.argmax(axis=1), share.shape[1])
    order = np.lexsort((-share.max(axis=1), start))[:HIGH]
    fall = _fall(found.lambdas)
    at = np.searchsorted(fall, np.linspace(0.0, fall[-1], WIDE) + ROUNDING * fall[-1], "right") - 1
    steps = threshold * np.array([1 / 6, 1 / 2, 5 / 6, 1.0])
    lines = [
        "".join(SHADES[level] for level in np.searchsorted(steps, share[j, at] + ROUNDING, "right"))
        + f" {_plain(found.path.feature_names[j])}"
        for j in order
    ]
    head = f"share of halves that have selected it: {SHADES[-1]} from {threshold:g} on"
    return "\n".join([head, *lines, _lambdas(found.lambdas)])


def comparison_picture(found: Comparison, by: str) -> str:
    """The same features under each penalty, one below the other on a common scale."""
    picked = _spread(len(found.paths))
    curves = [_coefs(found.paths[k]) for k in picked]
    order = _largest(np.max([np.abs(each).max(axis=1) for each in curves], axis=0))
    shown = [each[order] for each in curves]
    low = min(0.0, *(float(each.min()) for each in shown))
    high = max(0.0, *(float(each.max()) for each in shown))
    scales = [np.maximum.accumulate(found.scale_of(k, by)) for k in picked]
    last = max(float(scale[-1]) for scale in scales)
    lines = [f"coefficient per SD{_of_first_class(found.paths[0])}, {low:.3g} to {high:.3g}"]
    for k, scale, each in zip(picked, scales, shown, strict=True):
        names = [found.paths[k].feature_names[j] for j in order]
        panel = Curves([scale] * len(order), list(each), names, (low, high), 0.0, last)
        lines += [f"{found.names[k]}:", *panel.drawn(LOW_PANEL)]
    return "\n".join([*lines, _ends(f"{SCALES[by]} 0", f"{last:.3g}")])


def map_picture(found: ValidationMap) -> str:
    """The mean score of penalties on the same folds."""
    picked = _spread(len(found.l1_ratios), NAMED)
    top = max(float(found.lambdas[k][0]) for k in picked)
    x = [np.log(top / found.lambdas[k]) for k in picked]
    shown = [found.mean[k] for k in picked]
    low, high = min(float(y.min()) for y in shown), max(float(y.max()) for y in shown)
    names = [name_of(found.l1_ratios[k]) for k in picked]
    drawn = Curves(x, shown, names, (low, high), float(found.best.mean)).drawn()
    head = f"{found.measure}, {low:.3g} to {high:.3g}; dotted: the best"
    last = min(float(found.lambdas[k][-1]) for k in picked)
    return "\n".join([head, *drawn, _ends(f"lambda {top:.3g}", f"{last:.3g}")])


def _coefs(path: RegPath) -> np.ndarray:
    curves = path.coefs("standardized")
    return curves[0] if curves.ndim == 3 else curves


def _of_first_class(path: RegPath) -> str:
    return f" of class {_plain(str(path.classes[0]))}" if path.loss.per_class else ""


def _largest(sizes: np.ndarray) -> np.ndarray:
    return np.argsort(-sizes, kind="stable")[:NAMED]


def _spread(count: int, most: int = PANELS) -> list[int]:
    """Positions of a few of many, the first and the last among them."""
    return sorted({round(k) for k in np.linspace(0, count - 1, min(count, most))})


def _fall(lambdas: np.ndarray) -> np.ndarray:
    fall: np.ndarray = np.log(lambdas[0] / lambdas)
    return fall


def _lambdas(lambdas: np.ndarray) -> str:
    return _ends(f"lambda {lambdas[0]:.3g}", f"{lambdas[-1]:.3g}")


def _ends(left: str, right: str) -> str:
    return left.ljust(WIDE - 9) + right.rjust(9)


def _line(dots: np.ndarray) -> str:
    signs = (dots.reshape(4, WIDE, 2) * DOTS[:, None, :]).sum(axis=(0, 2))
    return "".join(chr(BLANK + int(sign)) for sign in signs)


def _placed(wanted: Sequence[int], names: Sequence[str], high: int) -> list[str]:
    """Each name on the line where its curve ends, or on the nearest free one."""
    lines = [""] * high
    for row, name in zip(wanted, names, strict=True):
        free = [i for i in range(high) if not lines[i]]
        lines[min(free, key=lambda i: abs(i - row))] = _plain(name)
    return lines


def _plain(name: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in name)[:NAME]
