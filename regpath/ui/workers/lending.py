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


@dataclass(frozen=True)
class Content:
    """The bytes of a file: lent, they travel once, however often the file is read anew."""

    content: bytes = field(repr=False)


LARGE = (Problem, RegPath, CVResult, Content)  # frozen: nobody changes what was lent
CELLS = 10_000  # of a frame from which it is lent; less travels in less time than a page takes
LENT = 256 * 2**20  # bytes that are lent at a time; results of all visits may take 192 MB here
KEPT = 64 * 2**20  # bytes of values that a worker keeps; a table of a million numbers takes 8


class Lender:
    """The server's side: what was lent lies in shared memory for as long as it lives here.

    Parameters
    ----------
    most : int, default=LENT
        Bytes that are lent at a time; what is more travels with each computation.
    """

    def __init__(self, most: int = LENT) -> None:
        self._most, self.n_bytes = most, 0
        self._lock = RLock()
        self._names: dict[int, str] = {}  # by identity
        self._values: dict[str, weakref.ref[Any]] = {}
        self._finalizers: dict[str, weakref.finalize[..., Any]] = {}
        self._gone: deque[str] = deque()

    def dumps(self, value: Any) -> bytes:
        """Pickle a value, with names in place of what is lent."""
        return _dumps(value, self._name_of)

    def loads(self, content: bytes) -> Any:
        """The value again: what was lent is the very same."""
        return _loads(content, self._value_of)

    def __len__(self) -> int:
        return len(self._names)

    def take_gone(self) -> list[str]:
        """Names of what was lent and lives no more, each told once."""
        return [self._gone.popleft() for _ in range(len(self._gone))]

    def close(self) -> None:
        """Give all memory back."""
        with self._lock:
            finalizers, self._finalizers = list(self._finalizers.values()), {}
        for finalizer in finalizers:
            finalizer()

    def _name_of(self, value: Any) -> str | None:
        with self._lock:
            name = self._names.get(id(value))
            return self._lend(value) if name is None else name

    def _lend(self, value: Any) -> str | None:
        content = _dumps(value, self._name_of, whole=value)
        if self.n_bytes + len(content) > self._most:
            return None
        try:
            memory = reserved(len(content))
        except OSError:  # no room for it there, as in a small container: it travels each time
            return None
        assert memory.buf is not None
        memory.buf[: len(content)] = content
        self.n_bytes += memory.size
        self._names[id(value)] = memory.name
        self._values[memory.name] = weakref.ref(value)
        finalizer = weakref.finalize(value, self._take_back, id(value), memory)
        self._finalizers[memory.name] = finalizer
        return memory.name

    def _take_back(self, identity: int, memory: SharedMemory) -> None:
        with self._lock:
            del self._names[identity], self._values[memory.name]
            self._finalizers.pop(memory.name, None)
            self.n_bytes -= memory.size
        self._gone.append(memory.name)
        memory.close()
        memory.unlink()

    def _value_of(self, name: str) -> Any:
        with self._lock:
            value = self._values[name]()
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
