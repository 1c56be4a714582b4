"""Large values are handed to workers once, through shared memory, not with every computation.

What is pickled was made by this server and is read by its own workers, and the other way round.
"""

from __future__ import annotations

import io
import os
import pickle
import weakref
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from multiprocessing.shared_memory import SharedMemory
from threading import RLock
from typing import Any

import cloudpickle
import pandas as pd

from regpath.core.problems.problem import Problem
from regpath.core.regpath import RegPath
from regpath.core.validation.cv_result import CVResult
from regpath.io.diagnosis import Diagnosis
from regpath.io.table import Reading


@dataclass(frozen=True)
class Content:
    """The bytes of a file: lent, they travel once, however often the file is read anew."""

    content: bytes = field(repr=False)


LARGE = (Problem, RegPath, CVResult, Content)  # frozen: nobody changes what was lent
# Nothing in them is lent, and no code lies in them, as in a frame: pickled in one go. Else each of
# their texts is asked about, in the server's process: 1.4 s of a table of 50 000 columns, and 0.3.
PLAIN = (Diagnosis, Reading)
CELLS = 10_000  # of a frame from which it is lent; less travels in less time than a page takes
# Bytes. What is lent lies in memory a second time, and what a worker keeps a third: 64 and 16 hold
# what a class works at (thirty paths of 569 x 30 are 30), and reading again takes milliseconds.
LENT, KEPT = 64 * 2**20, 16 * 2**20


@dataclass
class _Lent:
    """A value in shared memory."""

    value: weakref.ref[Any]
    identity: int
    memory: SharedMemory
    inner: frozenset[str]  # names of what it refers to, which has to be there as long as it is
    finalizer: weakref.finalize[..., Any]


class Lender:
    """The server's side: what was lent lies in shared memory while it is used, and lives here.

    Parameters
    ----------
    most : int, default=LENT
        Bytes that are lent at a time. What was not used for longest makes room, unless somebody
        holds it; what finds none travels with each computation.
    """

    def __init__(self, most: int = LENT) -> None:
        self._most, self.n_bytes = most, 0
        self._lock = RLock()
        self._names: dict[int, str] = {}  # by identity
        self._lent: OrderedDict[str, _Lent] = OrderedDict()  # what was used last is the last
        self._held: weakref.WeakKeyDictionary[Any, set[str]] = weakref.WeakKeyDictionary()
        self._told: list[set[str]] = []  # names that what is pickled now has told, innermost last
        # Values may die at any moment, within a step of these too: they are taken back by the next.
        self._dead: deque[str] = deque()
        self._gone: deque[str] = deque()

    def dumps(self, value: Any, holder: Any = None) -> bytes:
        """Pickle a value, with names in place of what is lent.

        Parameters
        ----------
        value : object
        holder : object, default=None
            While it lives, or until it holds another, what is named stays lent; None for nobody.
        """
        with self._lock:
            self._bury()
            self._told.append(set())
            try:
                if holder is not None:
                    self._held[holder] = self._told[-1]
                return _dumps(value, self._name_of)
            finally:
                self._told.pop()

    def loads(self, content: bytes) -> Any:
        """The value again: what was lent is the very same."""
        return _loads(content, self._value_of)

    def __len__(self) -> int:
        self._bury()
        return len(self._lent)

    def take_gone(self) -> list[str]:
        """Names of what is lent no more, each told once."""
        self._bury()
        return [self._gone.popleft() for _ in range(len(self._gone))]

    def close(self) -> None:
        """Give all memory back."""
        with self._lock:
            for name in list(self._lent):
                self._take_back(name)

    def _name_of(self, value: Any) -> str | None:
        with self._lock:
            name = self._names.get(id(value))
            if name is not None and self._lent[name].value() is not value:
                self._take_back(name)  # of one that is dead, whose place in memory this one has
                name = None
            name = name or self._lend(value)
            if name is not None:
                self._lent.move_to_end(name)
                self._told[-1].add(name)
            return name

    def _lend(self, value: Any) -> str | None:
        self._told.append(set())
        try:
            content = _dumps(value, self._name_of, whole=value)
        finally:
            inner = self._told.pop()
        self._told[-1] |= inner  # held from now on, before anything makes room
        if not self._has_room(len(content)):
            return None
        try:
            memory = reserved(len(content))
        except OSError:  # no room for it there, as in a small container: it travels each time
            return None
        assert memory.buf is not None
        memory.buf[: len(content)] = content
        self.n_bytes += memory.size
        self._names[id(value)] = memory.name
        finalizer = weakref.finalize(value, self._dead.append, memory.name)
        self._lent[memory.name] = _Lent(
            weakref.ref(value), id(value), memory, frozenset(inner), finalizer
        )
        return memory.name

    def _has_room(self, size: int) -> bool:
        """Whether so much can be lent, once what can make room has."""
        if size > self._most:
            return False
        while self.n_bytes + size > self._most:
            used = set().union(*self._held.values(), *self._told)
            used.update(*(each.inner for each in self._lent.values()))
            spare = [name for name in self._lent if name not in used]
            for name in spare:
                self._take_back(name)
                if self.n_bytes + size <= self._most:
                    return True
            if not spare:  # what was inside of what has gone may follow it
                return False
        return True

    def _bury(self) -> None:
        """Take back what was lent of values that live no more."""
        with self._lock:
            for _ in range(len(self._dead)):
                name = self._dead.popleft()
                if name in self._lent:
                    self._take_back(name)

    def _take_back(self, name: str) -> None:
        lent = self._lent.pop(name)
        lent.finalizer.detach()
        if self._names.get(lent.identity) == name:
            del self._names[lent.identity]
        self.n_bytes -= lent.memory.size
        self._gone.append(name)
        lent.memory.close()
        lent.memory.unlink()

    def _value_of(self, name: str) -> Any:
        with self._lock:
            lent = self._lent.get(name)
        value = None if lent is None else lent.value()
        if value is None:
            raise pickle.UnpicklingError("What was lent is gone.")
        return value


class Borrower:
    """A worker's side: values are read once, and kept within a bound.

    Parameters
    ----------
    most : int, default=KEPT
        Bytes of values that are kept; the least recently used go first.
    """

    def __init__(self, most: int = KEPT) -> None:
        self._most = most
        self._kept: OrderedDict[str, tuple[Any, int]] = OrderedDict()
        self._names: dict[int, str] = {}

    def dumps(self, value: Any) -> bytes:
        """Pickle a value, with names in place of what was borrowed."""
        return _dumps(value, lambda part: self._names.get(id(part)))

    def loads(self, content: bytes) -> Any:
        """The value, with what was borrowed; what was not used for long is given up first."""
        self._give_up()
        return _loads(content, self._value_of)

    def forget(self, names: Iterable[str]) -> None:
        """Give up what nobody holds any more."""
        for name in names:
            if name in self._kept:
                value, _ = self._kept.pop(name)
                del self._names[id(value)]

    def _value_of(self, name: str) -> Any:
        if name not in self._kept:
            memory = SharedMemory(name)
            assert memory.buf is not None
            try:
                value = _loads(bytes(memory.buf), self._value_of)
            finally:
                memory.close()
            self._kept[name] = value, memory.size
            self._names[id(value)] = name
        self._kept.move_to_end(name)
        return self._kept[name][0]

    def _give_up(self) -> None:
        while sum(size for _, size in self._kept.values()) > self._most:
            value, _ = self._kept.popitem(last=False)[1]
            del self._names[id(value)]


class _Pickler(cloudpickle.Pickler):
    """Writes names in place of large values."""

    def __init__(
        self, file: io.BytesIO, name_of: Callable[[Any], str | None], whole: Any = None
    ) -> None:
        super().__init__(file)
        self._name_of, self._whole = name_of, whole

    def persistent_id(self, value: Any) -> str | None:
        """Name of a large value, None for any other."""
        return self._name_of(value) if is_large(value) and value is not self._whole else None

    def reducer_override(self, value: Any) -> Any:
        """How a value is pickled, where it is not in the usual way."""
        if isinstance(value, PLAIN) or (isinstance(value, pd.DataFrame) and not value.attrs):
            return pickle.loads, (pickle.dumps(value, pickle.HIGHEST_PROTOCOL),)
        return super().reducer_override(value)


class _Unpickler(pickle.Unpickler):
    """Puts values in place of their names."""

    def __init__(self, content: bytes, value_of: Callable[[str], Any]) -> None:
        super().__init__(io.BytesIO(content))
        self._value_of = value_of

    def persistent_load(self, name: str) -> Any:
        """The value of a name."""
        return self._value_of(name)


def is_large(value: Any) -> bool:
    """Whether a value is lent: what a fit is made of, and frames of a size."""
    return isinstance(value, LARGE) or (isinstance(value, pd.DataFrame) and value.size >= CELLS)


def reserved(size: int) -> SharedMemory:
    """Shared memory that is there: where there is no room for it, that is known now.

    Raises
    ------
    OSError
        If there is no room. Without the question, writing would end the process.
    """
    memory = SharedMemory(create=True, size=size)
    descriptor = getattr(memory, "_fd", -1)
    try:
        if hasattr(os, "posix_fallocate") and descriptor >= 0:
            os.posix_fallocate(descriptor, 0, size)
    except OSError:
        memory.close()
        memory.unlink()
        raise
    return memory


def _dumps(value: Any, name_of: Callable[[Any], str | None], whole: Any = None) -> bytes:
    file = io.BytesIO()
    _Pickler(file, name_of, whole).dump(value)
    return file.getvalue()


def _loads(content: bytes, value_of: Callable[[str], Any]) -> Any:
    return _Unpickler(content, value_of).load()
