import json
import zlib
from base64 import b64encode

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from regpath.explorer.packing import DTYPES, pack, unpack

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


@pytest.mark.parametrize("dtype", ["i4", "f2", "u8", "c8", "?"])
def test_other_types_are_refused(dtype):
    with pytest.raises(TypeError, match="cannot pack 'x'"):
        pack({"x": np.zeros(3, dtype)})
