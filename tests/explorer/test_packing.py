import json
import zlib
from base64 import b64encode

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from regpath.explorer.packing import (
    AS_THEY_ARE,
    BENDS,
    DTYPES,
    FOLDED,
    STEPS,
    pack,
    unpack,
)

SHAPES = hnp.array_shapes(min_dims=1, max_dims=3, min_side=0, max_side=6)


@given(st.sampled_from(DTYPES).flatmap(lambda dtype: hnp.arrays(np.dtype(dtype), SHAPES)))
def test_every_bit_comes_back(array):
    back = unpack(pack({"x": array}))["x"]
    assert back.shape == array.shape
    assert back.tobytes() == array.tobytes()


def test_several_arrays_keep_their_order_and_json_can_carry_them():
    arrays = {
        "a": np.array([1.5, np.nan, -np.inf], "f4"),
        "b": np.array([[3, 2, 1], [0, 65535, 7]], "u2"),
        "c": np.array([np.pi, 1e300], "f8"),
    }
    back = unpack(json.loads(json.dumps(pack(arrays))))
    assert list(back) == list(arrays)
    for name, array in arrays.items():
        np.testing.assert_array_equal(back[name], array)


def test_smooth_curves_take_less_room_than_their_bytes_would():
    grid = np.linspace(0, 3, 100)
    curves = np.exp(-np.outer(np.linspace(0.5, 2, 30), grid)).astype("f4")
    assert len(pack({"x": curves})["blob"]) < 0.9 * len(b64encode(zlib.compress(curves.tobytes())))


@pytest.mark.parametrize("dtype", ["u1", "u2", "u4"])
def test_integers_are_written_in_the_form_that_takes_least_room(dtype):
    rng = np.random.default_rng(3)
    counts = (rng.random((40, 300)) < 0.02).astype(dtype)  # steps would be twice as many
    walk = (100 + np.cumsum(rng.integers(-1, 2, 12_000))).astype(dtype)
    climb = (np.arange(12_000) // 7).astype(dtype)
    wave = (
        np.round((2.0**15 - 1) * (1 + np.sin(np.arange(12_000) / 100))).astype("u4").astype(dtype)
    )
    arrays = {"counts": counts, "walk": walk, "climb": climb, "wave": wave}
    packed = pack(arrays)
    forms = {name: form for name, _, _, form in packed["layout"]}
    assert forms["counts"] == AS_THEY_ARE
    assert forms["walk"] == (STEPS if dtype == "u1" else FOLDED)
    assert forms["climb"] in (STEPS, FOLDED)
    if dtype != "u1":  # a byte cannot hold it
        assert forms["wave"] == BENDS
    for name, array in arrays.items():
        np.testing.assert_array_equal(unpack(packed)[name], array)


@pytest.mark.parametrize("dtype", ["i4", "f2", "u8", "c8", "?"])
def test_other_types_are_refused(dtype):
    with pytest.raises(TypeError, match="cannot pack 'x'"):
        pack({"x": np.zeros(3, dtype)})
