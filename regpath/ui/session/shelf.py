"""Shelf: the bytes that all stores of a server may keep together; the least used go first."""

from __future__ import annotations

from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Hashable
from threading import RLock

Label = tuple[int, Hashable]  # a store, by a number of its own, and a key


class Shelf:
    """What stores keep, in the order in which it was last used; safe to share.

    Parameters
    ----------
    most : int
        Bytes. What was kept last stays, however large it is: somebody waits for it.
    """

    def __init__(self, most: int) -> None:
        self.most, self.lock = most, RLock()
        self._labels: OrderedDict[Label, tuple[dict[int, int], Callable[[Hashable], None]]]
        self._labels = OrderedDict()
        self._held: Counter[int] = Counter()  # how many labels hold a part
        self._bytes = 0
        self._gone: deque[int] = deque()

    @property
    def n_bytes(self) -> int:
        """Estimate of what is kept; a part that several results share counts once."""
        with self.lock:
            self._clear_gone()
            return self._bytes

    def keep(self, label: Label, parts: dict[int, int], drop: Callable[[Hashable], None]) -> None:
        """Count a result.

        Parameters
        ----------
        label : tuple
        parts : dict of int to int
            Bytes by identity, as `parts_of` gives them; they live as long as the label is kept.
        drop : callable
            Takes the key away from its store when others need the room.
        """
        with self.lock:
            self._clear_gone()
            self.leave(label)
            self._labels[label] = parts, drop
            self._bytes += sum(size for part, size in parts.items() if not self._held[part])
            self._held.update(parts.keys())
            while self._bytes > self.most and len(self._labels) > 1:
                (oldest, (_, forget)) = next(iter(self._labels.items()))
                self.leave(oldest)
                forget(oldest[1])

    def use(self, label: Label) -> None:
        """Say that a result was used."""
        with self.lock:
            if label in self._labels:
                self._labels.move_to_end(label)

    def leave(self, label: Label) -> None:
        """Count a result no more."""
        with self.lock:
            parts, _ = self._labels.pop(label, ({}, None))
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
            for label in [label for label in self._labels if label[0] in numbers]:
                self.leave(label)
