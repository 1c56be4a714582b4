"""Shelf: the bytes that all stores of a server may keep together; the least used go first."""

from __future__ import annotations

from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Hashable
from threading import RLock

Place = tuple[int, Hashable]  # a store, by a number of its own, and a key


class Shelf:
    """What stores keep, in the order in which it was last used; safe to share.

    Parameters
    ----------
    most : int
        Bytes. What was kept last stays, however large it is: somebody waits for it.
    """

    def __init__(self, most: int) -> None:
        self.most, self.lock = most, RLock()
        self._places: OrderedDict[Place, tuple[dict[int, int], Callable[[Hashable], None]]]
        self._places = OrderedDict()
        self._held: Counter[int] = Counter()  # how many places hold a part
        self._bytes = 0
        self._gone: deque[int] = deque()

    @property
    def n_bytes(self) -> int:
        """Estimate of what is kept; a part that several results share counts once."""
        with self.lock:
            self._clear_gone()
            return self._bytes

    def keep(self, place: Place, parts: dict[int, int], drop: Callable[[Hashable], None]) -> None:
        """Count a result.

        Parameters
        ----------
        place : tuple
        parts : dict of int to int
            Bytes by identity, as `parts_of` gives them; they live as long as the place is kept.
        drop : callable
            Takes the key away from its store when others need the room.
        """
        with self.lock:
            self._clear_gone()
            self.leave(place)
            self._places[place] = parts, drop
            self._bytes += sum(size for part, size in parts.items() if not self._held[part])
            self._held.update(parts.keys())
            while self._bytes > self.most and len(self._places) > 1:
                (oldest, (_, forget)) = next(iter(self._places.items()))
                self.leave(oldest)
                forget(oldest[1])

    def use(self, place: Place) -> None:
        """Say that a result was used."""
        with self.lock:
            if place in self._places:
                self._places.move_to_end(place)

    def leave(self, place: Place) -> None:
        """Count a result no more."""
        with self.lock:
            parts, _ = self._places.pop(place, ({}, None))
            for part, size in parts.items():
                self._held[part] -= 1
                if not self._held[part]:
                    del self._held[part]
                    self._bytes -= size

    def store_is_gone(self, number: int) -> None:
        """Say that a store lives no more; may be called at any moment, by the collector too."""
        self._gone.append(number)

    def _clear_gone(self) -> None:
        numbers = {self._gone.popleft() for _ in range(len(self._gone))}
        if numbers:
            for place in [place for place in self._places if place[0] in numbers]:
                self.leave(place)
