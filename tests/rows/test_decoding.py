"""What workers do with rows: known levels and classes alone, and no more kept than is said."""

from dataclasses import replace

import numpy as np
import pytest

import regpath
from regpath.errors import DataError
from regpath.rows import decoding, learning
from regpath.rows.columnar_files import ColumnarFiles
from tests.rows.stored import planted, written


@pytest.fixture
def rows(tmp_path):
    return regpath.read_rows(written(planted("binomial"), tmp_path / "t.parquet"), "y")


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("city", "Paris", r"'city' has the level 'Paris' in u\.parquet, row group 1"),
        ("y", "maybe", r"'y' has a class in u\.parquet, row group 1"),
        ("c1", np.inf, r"'c1' is infinite in u\.parquet, row group 1"),
    ],
)
def test_what_was_not_there_at_first_is_named_with_its_block(
    rows, tmp_path, column, value, message
):
    frame = planted("binomial")
    frame.loc[200, column] = value
    other = ColumnarFiles.at(written(frame, tmp_path / "u.parquet"))
    coding = replace(rows.coding, source=other, token="another")
    assert list(coding.pieces(other.blocks[0]))
    with pytest.raises(DataError, match=message):
        list(coding.pieces(other.blocks[1]))


def test_rows_are_coded_as_the_encoder_codes_a_frame(tmp_path):
    frame = planted("multinomial", gaps=True)
    file = written(frame, tmp_path / "t.parquet")
    rows = regpath.read_rows(file, "y", missing="indicator")
    coding = rows.coding
    pieces = [piece for block in coding.source.blocks for piece in coding.pieces(block)]
    X = np.concatenate([piece.X for piece in pieces])
    assert np.array_equal(X, rows.encoder.encode(frame))
    other = {**rows.encoder.fills, "c0": -3.0, "city": "Rom"}
    filled = np.concatenate([coding.filled_anew(piece, other) for piece in pieces])
    expected = rows.encoder.encode(frame.fillna({"c0": -3.0, "city": "Rom"}))
    gap = [name.endswith("missing") for name in rows.feature_names]
    expected[:, gap] = X[:, gap]
    assert np.array_equal(filled, expected)


def test_no_more_is_kept_than_is_said(rows):
    decoding._kept.clear()
    block_bytes = sum(piece.nbytes for piece in rows.coding.pieces(rows.coding.source.blocks[0]))
    for keep, count in ((0, 0), (2 * block_bytes, 2), (100 * block_bytes, 4)):
        decoding._kept.clear()
        coding = replace(rows.coding, keep=keep)
        for _ in range(2):
            for block in coding.source.blocks[:4]:
                assert sum(len(piece.y) for piece in coding.pieces(block)) == block.n
        assert count <= len(decoding._kept) <= max(count, 4 if keep > 4 * block_bytes else 3)
        assert sum(p.nbytes for found in decoding._kept.values() for p in found) <= keep


def test_a_class_of_which_the_sample_has_no_row_is_fit_all_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(learning, "SAMPLE_ROWS", 40)
    frame = planted("gaussian", n=900)
    frame["y"] = np.where(frame["y"].rank() > 896, "yes", "no")
    rows = regpath.read_rows(written(frame, tmp_path / "t.parquet"), "y")
    assert set(rows.sample["y"]) == {"no"}
    how = {"n_lambdas": 10, "min_ratio": 0.1, "l1_ratio": 0.5}
    path = regpath.fit_path(rows, **how)
    here = regpath.fit_path(regpath.make_problem(frame, "y"), **how)
    assert path.converged.all()
    assert path.coefs("standardized") == pytest.approx(here.coefs("standardized"), abs=1e-5)
