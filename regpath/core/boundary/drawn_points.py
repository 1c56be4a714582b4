"""DrawnPoints: a few points of two classes, drawn, shaken and written in a link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from regpath.core.boundary.plane import STEPS, Plane
from regpath.core.problems.inputs import freeze

MOST = 100  # points: a finger still finds each on a phone, and a link with all has 400 letters
MOVE, FLIP = NOISES = ("move", "flip")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
BETWEEN = "."  # the classes in a link


@dataclass(frozen=True, eq=False)
class DrawnPoints:
    """Points on a plane.

    Attributes
    ----------
    places : ndarray of int, shape (n, 2)
        Steps across and upwards.
    second : ndarray of bool, shape (n,)
        Which are of the second class.

    Examples
    --------
    >>> drawn = DrawnPoints.told([[0, 0, 0], [4095, 2000, 1]])
    >>> drawn.to_text(), DrawnPoints.from_text(drawn.to_text()) == drawn
    ('AAAA.__fQ', True)
    >>> drawn.with_noise("flip", 0.5, seed=0).second.sum() in (0, 2)
    True
    """

    places: np.ndarray
    second: np.ndarray

    def __post_init__(self) -> None:
        freeze(self)

    def __len__(self) -> int:
        """Number of points."""
        return len(self.second)

    def __eq__(self, other: object) -> bool:
        """Whether they are the same points in the same order."""
        return isinstance(other, DrawnPoints) and self.as_told() == other.as_told()

    __hash__ = None  # type: ignore[assignment]

    @classmethod
    def of(cls, places: np.ndarray, second: np.ndarray, most: int = MOST) -> Self:
        """The points of some rows; of more than `most`, rows drawn by a fixed seed."""
        keep = _some(len(second), most)
        return cls(np.asarray(places)[keep], np.asarray(second, dtype=bool)[keep])

    @classmethod
    def told(cls, said: Any) -> Self | None:
        """What a browser says, each point as [across, upwards, class]; None if it is no points."""
        if not isinstance(said, list) or len(said) > MOST:
            return None
        for each in said:
            if not (isinstance(each, list) and len(each) == 3 and all(map(_is_whole, each))):
                return None
            if min(each[:2]) < 0 or max(each[:2]) > STEPS or each[2] not in (0, 1):
                return None
        numbers = np.array(said, dtype=int).reshape(-1, 3)
        return cls(numbers[:, :2], numbers[:, 2] == 1)

    def as_told(self) -> list[list[int]]:
        """The same for a browser."""
        return [
            [int(x), int(y), int(k)] for (x, y), k in zip(self.places, self.second, strict=True)
        ]

    @classmethod
    def from_text(cls, text: str) -> Self | None:
        """What `to_text` wrote; None if it is nothing of the kind."""
        said = []
        parts = text.split(BETWEEN)
        if len(parts) != 2:
            return None
        for k, part in enumerate(parts):
            numbers = [LETTERS.find(letter) for letter in part]
            if len(numbers) % 4 or -1 in numbers:
                return None
            for i in range(0, len(numbers), 4):
                a, b, c, d = numbers[i : i + 4]
                said.append([64 * a + b, 64 * c + d, k])
        return cls.told(said)

    def to_text(self) -> str:
        """Letters for a link: four of each point, those of the first class first."""
        parts = []
        for k in (False, True):
            steps = self.places[self.second == k].ravel()
            parts.append("".join(LETTERS[s // 64] + LETTERS[s % 64] for s in steps))
        return BETWEEN.join(parts)

    def with_noise(self, kind: str, amount: float, seed: int) -> DrawnPoints:
        """The points with noise.

        Parameters
        ----------
        kind : {"move", "flip"}
            Move each by a normal step in both directions, or turn the class of some.
        amount : float in [0, 1]
            Standard deviation of a step as a share of the plane's side; or share of the points
            that change their class.
        seed : int
        """
        rng = np.random.default_rng(seed)
        if kind == MOVE:
            moved = self.places + rng.normal(scale=amount * STEPS, size=self.places.shape)
            return DrawnPoints(np.clip(np.rint(moved), 0, STEPS).astype(int), self.second)
        turned = rng.permutation(len(self))[: round(amount * len(self))]
        second = self.second.copy()
        second[turned] = ~second[turned]
        return DrawnPoints(self.places, second)


def plane_and_points_of(
    X: np.ndarray,
    second: np.ndarray,
    names: tuple[str, str],
    classes: tuple[str, str],
    *,
    per_sd: bool = True,
    most: int = MOST,
) -> tuple[Plane, DrawnPoints]:
    """Some rows as points, and the plane around these.

    Rows that are no points have no part in the plane: the farthest of thousands would leave the
    points in a corner of it.

    Parameters
    ----------
    X : ndarray of shape (n, 2)
    second : ndarray of bool, shape (n,)
    names, classes : (str, str)
    per_sd : bool, default=True
        As in `Plane.around`.
    most : int, default=100
        Of more rows as many are drawn by a fixed seed.

    Examples
    --------
    >>> X = np.array([[0.0, 0.0], [1.0, 3.0], [2.0, 1.0]])
    >>> plane, points = plane_and_points_of(
    ...     X, np.array([False, True, True]), ("a", "b"), ("no", "yes"), most=2
    ... )
    >>> len(points)
    2
    """
    keep = _some(len(second), most)
    plane = Plane.around(X[keep], names, classes, per_sd=per_sd)
    return plane, DrawnPoints.of(plane.places(X[keep]), second[keep])


def _some(n: int, most: int) -> np.ndarray:
    most = min(most, MOST)
    if n <= most:
        return np.arange(n)
    return np.sort(np.random.default_rng(0).permutation(n)[:most])


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
