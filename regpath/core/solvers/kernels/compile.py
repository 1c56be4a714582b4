"""How kernels are compiled, what they may be given, and the function that they call most.

numba compiles each kernel for one signature and keeps the result where some folder can be
written, so no compiler is needed on the user's machine. Kernels release the interpreter lock.
"""

from __future__ import annotations

from collections.abc import Callable
from pickle import UnpicklingError
from typing import Any, TypeVar

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.core.caching import FunctionCache
from numba.extending import intrinsic

# Sums may be reordered and fused, so that loops become vector instructions; infinities and NaN
# keep their meaning.
FAST = {"contract", "nsz", "arcp", "reassoc"}
# What numba raises of a cache that another release kept, whose records had other names, or that was
# cut off: it reads all of an index before it asks whether that is of the same source.
UNREADABLE = (AttributeError, ImportError, EOFError, UnpicklingError)
# Division by zero is infinite, not an exception: a branch for it would forbid vectors.
OPTIONS: dict[str, Any] = {"nogil": True, "fastmath": FAST, "error_model": "numpy"}


Record = TypeVar("Record", bound=type)
_RECORDS: dict[str, Any] = {}


def record(*fields: str) -> Callable[[Record], Record]:
    """Let signatures of kernels name a NamedTuple, whose fields have these types.

    Arrays that always travel together are one argument then. A call from Python takes 0.2
    microseconds more for each array in it (13 arrays: 3.7 instead of 1.0); from a kernel, nothing.
    """

    def register(cls: Record) -> Record:
        parts = [_type_of(field) for field in fields]
        _RECORDS[cls.__name__] = types.BaseTuple.from_types(parts, cls)  # type: ignore[no-untyped-call]
        return cls

    return register


def _type_of(signature: str) -> Any:
    return eval(signature, {"__builtins__": {}}, {**vars(types), **_RECORDS})


def compiled(signature: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Compile for one signature, and keep the result where some folder can be written."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        kernel: Callable[..., Any]
        try:
            try:
                kernel = njit(_type_of(signature), cache=True, **OPTIONS)(function)
            except UNREADABLE:
                FunctionCache(function).flush()  # type: ignore[no-untyped-call]
                kernel = njit(_type_of(signature), cache=True, **OPTIONS)(function)
        except (RuntimeError, OSError):  # numba finds no folder for its cache
            kernel = njit(_type_of(signature), **OPTIONS)(function)
        return kernel

    return decorate


def inlined(function: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a function that becomes part of the kernels that call it."""
    result: Callable[..., Any] = njit(inline="always", **OPTIONS)(function)
    return result


@intrinsic
def as_float(typing_context: Any, bits: Any) -> Any:
    """Read the bits of an int64 as a float64."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.bitcast(args[0], ir.DoubleType())

    return types.float64(types.int64), codegen


@inlined
def exp(x: float) -> float:
    """exp(x) with a relative error below 2e-16 (2 + |x|); nothing or huge beyond float64's range.

    2^k times the Taylor series of degree 13 on [-log(2)/2, log(2)/2]. Unlike the library's
    function it is straight-line code, so a loop over it becomes vector instructions.
    """
    x = min(max(x, -708.0), 708.0)
    k = np.floor(x * 1.4426950408889634 + 0.5)
    r = x - k * 0.6931471805599453  # a second part of log(2) would be reordered away
    p = 1.6059043836821613e-10
    p = p * r + 2.08767569878681e-09
    p = p * r + 2.505210838544172e-08
    p = p * r + 2.755731922398589e-07
    p = p * r + 2.7557319223985893e-06
    p = p * r + 2.48015873015873e-05
    p = p * r + 0.0001984126984126984
    p = p * r + 0.001388888888888889
    p = p * r + 0.008333333333333333
    p = p * r + 0.041666666666666664
    p = p * r + 0.16666666666666666
    p = p * r + 0.5
    p = p * r + 1.0
    p = p * r + 1.0
    return p * as_float((np.int64(k) + 1023) << 52)  # type: ignore[call-arg, no-any-return]
