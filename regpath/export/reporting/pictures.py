"""The pictures of a report: drawn from the same numbers as its tables, with no library."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from regpath.charts.theme import LIGHT
from regpath.core.metrics.measures import MEASURES
from regpath.export.reporting.section import Picture, Shape
from regpath.export.reporting.subject import Subject
from regpath.number_format import num
from regpath.wording import both_ends

WIDTH, LEFT, RIGHT = 760.0, 62.0, 150.0  # of the picture; room for numbers, and for names
TOP, TALL, LOW, GAP = 48.0, 260.0, 120.0, 28.0  # heights of head, both panels and between them
FOOT = 40.0  # room for the numbers of the strength and its title
NAMED = len(LIGHT.lines)  # curves with a colour and a name: as many as there are colours
GREY = 300  # curves without a name; more only blacken the paper
LINE = 13.0  # least distance between two names
LETTERS = 22  # of a name beside a curve
TICKS = 5  # numbers on an axis, about
SQUARE = 260.0  # side of the picture of calibration
DASHES = ("", "6 3", "2 2")  # so that curves are told apart without colours


def path_picture(of: Subject) -> Picture:
    """Coefficients per SD along the path, above the validation curve; the choice as a line."""
    path = of.path
    x = -np.log10(path.lambdas)
    across = Scale(float(x[0]), float(x[-1]), LEFT, WIDTH - RIGHT)
    spread = path.coefs("standardized")
    per_class = spread.ndim == 3
    curves = np.sqrt(np.square(spread).sum(axis=0)) if per_class else spread
    y = Scale(float(curves.min(initial=0.0)), float(curves.max(initial=0.0)), TOP + TALL, TOP)
    title = "size over classes, per SD" if per_class else "coefficient per SD"
    bottom = TOP + TALL
    shapes = [*_frame(across, y, title), *_curves(of, curves, x, across, y)]
    shapes += _kept(of, x, across)
    if of.cv is not None:
        top = bottom + GAP
        bottom = top + LOW
        shapes += _validation(of, x, across, (bottom, top))
    shapes += _strengths(across, bottom)
    at = across(float(x[of.index]))
    shapes.append(_line([(at, TOP), (at, bottom)], LIGHT.cursor, 1.5))
    shapes.append(_word(at, TOP - 23.0, "chosen", LIGHT.cursor, anchor="middle"))
    says = (
        f"Paths of {len(path.feature_names)} features from strong to weak penalty; the chosen "
        f"strength, {num(of.lam):.4g}, keeps {of.n_kept}."
    )
    return Picture(WIDTH, bottom + FOOT, says, tuple(shapes))


class Scale:
    """From numbers to places in the picture; a range without extent is given some."""

    def __init__(self, low: float, high: float, start: float, end: float) -> None:
        if not high > low:
            low, high = low - 0.5, high + 0.5
        self.low, self.high, self.start, self.end = low, high, start, end

    def __call__(self, value: float) -> float:
        """Place of a value."""
        return self.start + (self.end - self.start) * (value - self.low) / (self.high - self.low)

    def ticks(self) -> list[float]:
        """Round numbers within the range."""
        rough = (self.high - self.low) / TICKS
        size = 10.0 ** np.floor(np.log10(rough))
        step = size * min((1.0, 2.0, 5.0, 10.0), key=lambda k: abs(np.log(k * size / rough)))
        first, last = np.ceil(self.low / step), np.floor(self.high / step)
        return [float(f"{k * step:.12g}") + 0.0 for k in np.arange(first, last + 1)]  # no -0


def calibration_picture(points: dict[str, list[tuple[float, float, float, float]]]) -> Picture:
    """Observed against predicted with intervals, and the line where both are the same.

    `points` holds (predicted, observed, low, high) by the title of the rows.
    """
    values = [v for rows in points.values() for row in rows for v in row if np.isfinite(v)]
    low, high = min([0.0, *values]), max([0.0, *values]) or 1.0
    across = Scale(low, high, LEFT, LEFT + SQUARE)
    up = Scale(low, high, TOP + SQUARE, TOP)
    shapes = _frame(across, up, "observed")
    ends = [(across(low), up(low)), (across(high), up(high))]
    shapes.append(_line(ends, LIGHT.muted, 1.0, "2 2"))
    for k, (title, rows) in enumerate(points.items()):
        colour = LIGHT.lines[k % len(LIGHT.lines)]
        for predicted, observed, below, above in rows:
            at = across(predicted)
            if np.isfinite(below) and np.isfinite(above):
                shapes.append(_line([(at, up(below)), (at, up(above))], colour, 1.2))
            shapes.append(_dot(at, up(observed), colour, hollow=k > 0))
        y = TOP + 14.0 + 18.0 * k
        shapes += [
            _dot(LEFT + SQUARE + 18.0, y - 4.0, colour, hollow=k > 0),
            _word(LEFT + SQUARE + 28.0, y, title, LIGHT.ink),
        ]
    bottom = TOP + SQUARE
    for value in across.ticks():
        shapes.append(_word(across(value), bottom + 16.0, f"{num(value):g}", LIGHT.muted, "middle"))
    shapes.append(_word(LEFT + SQUARE / 2, bottom + 34.0, "predicted", LIGHT.ink, anchor="middle"))
    says = "Observed against predicted; on the dotted line both are the same."
    return Picture(LEFT + SQUARE + 250.0, bottom + FOOT, says, tuple(shapes))


def _frame(across: Scale, up: Scale, title: str) -> list[Shape]:
    shapes = []
    for value in up.ticks():
        y = up(value)
        colour = LIGHT.muted if value == 0.0 else LIGHT.grid
        shapes.append(_line([(across.start, y), (across.end, y)], colour, 1.0))
        shapes.append(_word(across.start - 6.0, y + 4.0, f"{num(value):g}", LIGHT.muted, "end"))
    top = min(up.start, up.end)
    shapes.append(_word(4.0, top - (38.0 if top == TOP else 10.0), title, LIGHT.ink))
    return shapes


def _curves(
    of: Subject, curves: np.ndarray, x: np.ndarray, across: Scale, up: Scale
) -> list[Shape]:
    """The largest at the choice have a colour and a name, the rest are grey."""
    size = np.abs(curves)
    order = np.lexsort((-size.max(axis=1), -size[:, of.index]))
    named = [int(j) for j in order[:NAMED] if size[j].any()]
    rest = [int(j) for j in order[NAMED : NAMED + GREY] if size[j].any()]
    places = [across(float(value)) for value in x]

    def points(j: int) -> list[tuple[float, float]]:
        return [(at, up(float(value))) for at, value in zip(places, curves[j], strict=True)]

    shapes = [_line(points(j), LIGHT.rest, 0.8) for j in rest]
    ends = _apart([up(float(curves[j, -1])) for j in named])
    for k, (j, y) in enumerate(zip(named, ends, strict=True)):
        colour = LIGHT.lines[k]
        shapes.append(_line(points(j), colour, 1.8, DASHES[k % len(DASHES)]))
        name = of.path.feature_names[j]
        short = name if len(name) <= LETTERS else both_ends(name, LETTERS - 1)
        shapes.append(_word(across.end + 6.0, y + 4.0, short, colour))
    return shapes


def _apart(places: Sequence[float]) -> list[float]:
    """Places moved as little as needed for names not to lie on each other."""
    order = np.argsort(places, kind="stable")
    moved = np.array([places[k] for k in order], dtype=float)
    for k in range(1, len(moved)):
        moved[k] = max(moved[k], moved[k - 1] + LINE)
    if len(moved):
        moved -= max(0.0, moved[-1] - (TOP + TALL))
        for k in range(len(moved) - 2, -1, -1):
            moved[k] = min(moved[k], moved[k + 1] - LINE)
    found = np.empty(len(moved))
    found[order] = moved
    return [float(value) for value in found]


def _kept(of: Subject, x: np.ndarray, across: Scale) -> list[Shape]:
    """How many features are kept, above the paths."""
    shapes = []
    for value in np.linspace(x[0], x[-1], 7):
        i = int(np.argmin(np.abs(x - value)))
        count = f"{num(int(of.path.n_nonzero[i])):,}"
        shapes.append(_word(across(float(x[i])), TOP - 9.0, count, LIGHT.muted, "middle"))
    shapes.append(_word(across.end + 14.0, TOP - 9.0, "features kept", LIGHT.muted))
    return shapes


def _validation(
    of: Subject, x: np.ndarray, across: Scale, rows: tuple[float, float]
) -> list[Shape]:
    cv = of.cv
    assert cv is not None
    low, high = cv.mean - cv.se, cv.mean + cv.se
    up = Scale(float(np.min(low)), float(np.max(high)), *rows)
    shapes = _frame(across, up, f"{MEASURES[cv.measure].label}, mean of folds ± SE")
    pairs = [(across(float(v)), up(float(m))) for v, m in zip(x, cv.mean, strict=True)]
    for i, (at, _) in enumerate(pairs):
        shapes.append(_line([(at, up(float(low[i]))), (at, up(float(high[i])))], LIGHT.rest, 1.0))
    shapes.append(_line(pairs, LIGHT.test, 1.8))
    for index, label in ((cv.index_min, "best"), (cv.index_1se, "1 SE")):
        right, down = pairs[index]
        shapes.append(_dot(right, down, LIGHT.test))
        shapes.append(_word(right + 6.0, down - 8.0, label, LIGHT.ink))
    return shapes


def _strengths(across: Scale, bottom: float) -> list[Shape]:
    shapes = [_line([(across.start, bottom), (across.end, bottom)], LIGHT.muted, 1.0)]
    for value in across.ticks():
        at = across(value)
        shapes.append(_line([(at, bottom), (at, bottom + 4.0)], LIGHT.muted, 1.0))
        shapes.append(_word(at, bottom + 17.0, f"{num(10.0**-value):.2g}", LIGHT.muted, "middle"))
    middle = (across.start + across.end) / 2
    words = "← stronger penalty      λ      weaker →"
    shapes.append(_word(middle, bottom + 34.0, words, LIGHT.ink, "middle"))
    return shapes


def _line(
    points: Sequence[tuple[float, float]], colour: str, width: float, dash: str = ""
) -> Shape:
    places = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    drawn = (("points", places), ("fill", "none"), ("stroke", colour), ("stroke-width", f"{width}"))
    return Shape("polyline", (*drawn, *((("stroke-dasharray", dash),) if dash else ())))


def _dot(x: float, y: float, colour: str, hollow: bool = False) -> Shape:
    fill = LIGHT.paper if hollow else colour
    place = (("cx", f"{x:.1f}"), ("cy", f"{y:.1f}"), ("r", "3.5"))
    return Shape("circle", (*place, ("fill", fill), ("stroke", colour), ("stroke-width", "1.5")))


def _word(x: float, y: float, words: str, colour: str, anchor: str = "start") -> Shape:
    place = (("x", f"{x:.1f}"), ("y", f"{y:.1f}"), ("fill", colour), ("text-anchor", anchor))
    return Shape("text", place, words)
