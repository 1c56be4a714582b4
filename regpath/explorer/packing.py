"""Arrays as one compressed text: neighbouring strengths have neighbouring numbers.

Each array is read as unsigned integers; these are differenced along the last axis (strengths),
their bytes are sorted by place, and everything is compressed together. Lossless.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np

DTYPES = ("u1", "u2", "u4", "f4", "f8")


def pack(arrays: Mapping[str, np.ndarray]) -> dict[str, Any]:
    """Pack arrays of the types in `DTYPES`.

    Returns
    -------
    dict
        `layout`: [name, dtype, shape] of each array, in their order in `blob`, which is base64
        of zlib.

    Examples
    --------
    >>> packed = pack({"x": np.arange(6, dtype="u1").reshape(2, 3)})
    >>> packed["layout"]
    [['x', 'u1', [2, 3]]]
    >>> unpack(packed)["x"].tolist()
    [[0, 1, 2], [3, 4, 5]]
    """
    layout, parts = [], []
    for name, array in arrays.items():
        dtype = array.dtype.str.lstrip("<>|=")
        if dtype not in DTYPES:
            raise TypeError(f"cannot pack {name!r}, which is of type {array.dtype}")
        layout.append([name, dtype, list(array.shape)])
        words = _words(array, dtype)
        steps = np.diff(words, axis=-1, prepend=words.dtype.type(0))  # wraps around
        parts.append(_bytes_by_place(steps).tobytes())
    blob = zlib.compress(b"".join(parts), 9)
    return {"layout": layout, "blob": base64.b64encode(blob).decode("ascii")}


def unpack(packed: Mapping[str, Any]) -> dict[str, np.ndarray]:
    """Inverse of `pack`; the browser's reading of it is `payload.js`."""
    raw = zlib.decompress(base64.b64decode(packed["blob"]))
    arrays, at = {}, 0
    for name, dtype, shape in packed["layout"]:
        size, count = _word_size(dtype), int(np.prod(shape)) * (2 if dtype == "f8" else 1)
        places = np.frombuffer(raw, "u1", size * count, at).reshape(size, count)
        at += size * count
        steps = np.ascontiguousarray(places.T).view(f"<u{size}").reshape(_word_shape(dtype, shape))
        words = np.add.accumulate(steps, axis=-1, dtype=steps.dtype)
        arrays[name] = words.view(f"<{dtype}").reshape(shape)
    return arrays


def _word_size(dtype: str) -> int:
    return min(int(dtype[1]), 4)


def _word_shape(dtype: str, shape: list[int]) -> list[int]:
    return [*shape[:-1], 2 * shape[-1]] if dtype == "f8" else shape


def _words(array: np.ndarray, dtype: str) -> np.ndarray:
    """The array's bits as unsigned integers of at most four bytes."""
    little = np.ascontiguousarray(array, f"<{dtype}")
    return little.view(f"<u{_word_size(dtype)}")


def _bytes_by_place(words: np.ndarray) -> np.ndarray:
    flat = np.ascontiguousarray(words).reshape(-1)
    return np.ascontiguousarray(flat.view("u1").reshape(flat.size, flat.itemsize).T)
