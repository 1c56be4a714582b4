"""Arrays as one compressed text: neighbouring strengths have neighbouring numbers.

Each array is read as unsigned integers; these are written as they are, by their steps along the
last axis (strengths) or by the steps of these, their bytes are sorted by place, and all is
compressed together. Lossless.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np

DTYPES = ("u1", "u2", "u4", "f4", "f8")
# How an array's integers are written. Steps that are folded alternate their sign from bit to bit
# (0, -1, 1, -2, ...), so that small ones have small bytes in both directions; bends are the steps
# of the steps, folded.
AS_THEY_ARE, STEPS, FOLDED, BENDS = range(4)
SUMS = {AS_THEY_ARE: 0, STEPS: 1, FOLDED: 1, BENDS: 2}  # running sums that lead back


def pack(arrays: Mapping[str, np.ndarray]) -> dict[str, Any]:
    """Pack arrays of the types in `DTYPES`.

    Returns
    -------
    dict
        `layout`: [name, dtype, shape, form] of each array, in their order in `blob`, which is
        base64 of zlib.

    Examples
    --------
    >>> packed = pack({"x": np.arange(6, dtype="u1").reshape(2, 3)})
    >>> packed["layout"]
    [['x', 'u1', [2, 3], 0]]
    >>> unpack(packed)["x"].tolist()
    [[0, 1, 2], [3, 4, 5]]
    """
    layout, parts = [], []
    for name, array in arrays.items():
        dtype = array.dtype.str.lstrip("<>|=")
        if dtype not in DTYPES:
            raise TypeError(f"cannot pack {name!r}, which is of type {array.dtype}")
        form, written = _written(_words(array, dtype), dtype)
        layout.append([name, dtype, list(array.shape), form])
        parts.append(written)
    return {"layout": layout, "blob": _as_text(b"".join(parts))}


def unpack(packed: Mapping[str, Any]) -> dict[str, np.ndarray]:
    """Inverse of `pack`; the browser's reading of it is `payload.js`."""
    raw = _as_bytes(packed["blob"])
    arrays, at = {}, 0
    for name, dtype, shape, form in packed["layout"]:
        size, count = _word_size(dtype), int(np.prod(shape)) * (2 if dtype == "f8" else 1)
        places = np.frombuffer(raw, "u1", size * count, at).reshape(size, count)
        at += size * count
        words = np.ascontiguousarray(places.T).view(f"<u{size}").reshape(_word_shape(dtype, shape))
        if form in (FOLDED, BENDS):
            words = (words >> 1) ^ -(words & 1)
        for _ in range(SUMS[form]):
            words = np.add.accumulate(words, axis=-1, dtype=words.dtype)
        arrays[name] = words.view(f"<{dtype}").reshape(shape)
    return arrays


def _written(words: np.ndarray, dtype: str) -> tuple[int, bytes]:
    """The form in which an array takes least room, and its bytes."""
    steps = _steps(words)
    bends = _folded(_steps(steps))
    # Of a curve's bits bends are the least (5 % less than steps over the bundled sets), and to try
    # all forms takes time.
    if dtype.startswith("f"):
        return BENDS, _bytes_by_place(bends)
    forms = [_bytes_by_place(each) for each in (words, steps, _folded(steps), bends)]
    sizes = [len(zlib.compress(each, 6)) for each in forms]
    form = int(np.argmin(sizes))
    return form, forms[form]


def _steps(words: np.ndarray) -> np.ndarray:
    """From each number to the next, the first from 0; wraps around."""
    return np.diff(words, axis=-1, prepend=words.dtype.type(0))


def _folded(steps: np.ndarray) -> np.ndarray:
    """Signed steps as unsigned: 0, -1, 1, -2, ... become 0, 1, 2, 3, ..."""
    return (steps << 1) ^ -(steps >> (8 * steps.dtype.itemsize - 1))


def _as_text(content: bytes) -> str:
    return base64.b64encode(zlib.compress(content, 9)).decode("ascii")


def _as_bytes(text: str) -> bytes:
    return zlib.decompress(base64.b64decode(text))


def _word_size(dtype: str) -> int:
    return min(int(dtype[1]), 4)


def _word_shape(dtype: str, shape: list[int]) -> list[int]:
    return [*shape[:-1], 2 * shape[-1]] if dtype == "f8" else shape


def _words(array: np.ndarray, dtype: str) -> np.ndarray:
    """The array's bits as unsigned integers of at most four bytes."""
    little = np.ascontiguousarray(array, f"<{dtype}")
    return little.view(f"<u{_word_size(dtype)}")


def _bytes_by_place(words: np.ndarray) -> bytes:
    flat = np.ascontiguousarray(words).reshape(-1)
    places = flat.view("u1").reshape(flat.size, flat.itemsize).T
    return np.ascontiguousarray(places).tobytes()
