"""Files as blocks: other schemas, damaged row groups and changed files are named."""

import pandas as pd
import pytest

import regpath
from regpath.errors import DataError
from regpath.rows.columnar_files import ColumnarFiles
from tests.rows.stored import planted, written


def damaged(file, group):
    """Overwrite the pages of a row group of a file."""
    import pyarrow.parquet as pq

    with pq.ParquetFile(file) as parquet:
        column = parquet.metadata.row_group(group).column(0)
        start = column.dictionary_page_offset or column.data_page_offset
        size = column.total_compressed_size
    data = bytearray(file.read_bytes())
    data[start : start + size] = b"\xff" * size
    file.write_bytes(bytes(data))


def test_a_row_group_that_cannot_be_read_is_named(tmp_path):
    file = written(planted("gaussian"), tmp_path / "t.parquet")
    damaged(file, 2)
    with pytest.raises(DataError, match=r"t\.parquet, row group 2 cannot be read"):
        regpath.read_rows(file, "y")


def test_a_file_without_its_end_is_named(tmp_path):
    written(planted("gaussian"), tmp_path / "a.parquet")
    file = written(planted("gaussian"), tmp_path / "b.parquet")
    file.write_bytes(file.read_bytes()[:-20])
    with pytest.raises(DataError, match=r"b\.parquet cannot be read"):
        regpath.read_rows(tmp_path, "y")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda f: f.drop(columns="c1"), r"b\.parquet has no column 'c1', and a\.parquet has one"),
        (lambda f: f.assign(new=1), r"a\.parquet has no column 'new', and b\.parquet has one"),
        (lambda f: f.assign(c1="x"), r"'c1' holds words in b\.parquet, and numbers in a\.parquet"),
    ],
)
def test_a_file_of_other_columns_is_named(tmp_path, change, message):
    frame = planted("gaussian")
    written(frame, tmp_path / "a.parquet")
    written(change(frame), tmp_path / "b.parquet")
    with pytest.raises(DataError, match=message):
        regpath.read_rows(tmp_path, "y")


def test_other_types_of_numbers_and_columns_without_values_are_no_other_schema(tmp_path):
    frame = planted("gaussian")
    written(frame.astype({"c1": "float32"}), tmp_path / "a.parquet")
    written(frame.assign(c2=None), tmp_path / "b.parquet")
    written(frame.astype({"city": "category"}), tmp_path / "c.parquet")
    rows = regpath.read_rows(tmp_path, "y")
    assert (rows.n_obs, rows.feature_names[:3]) == (1200, ("c0", "c1", "c2"))
    assert rows.encoder.filled == {"c2": pytest.approx(frame["c2"].median())}


def test_the_index_that_pandas_writes_beside_the_columns_is_none_of_them(tmp_path):
    frame = planted("gaussian").set_axis(range(7, 407))
    frame.to_parquet(tmp_path / "t.parquet", index=True, row_group_size=90)
    rows = regpath.read_rows(tmp_path / "t.parquet", "y")
    assert rows.feature_names == regpath.make_problem(frame, "y").feature_names


def test_columns_in_names_of_folders_are_not_passed_over_in_silence(tmp_path):
    (tmp_path / "year=2020").mkdir()
    written(planted("gaussian"), tmp_path / "year=2020" / "a.parquet")
    with pytest.raises(DataError, match="year=2020"):
        regpath.read_rows(tmp_path, "y")


def test_a_file_that_changed_between_passes_is_named(tmp_path):
    file = written(planted("gaussian"), tmp_path / "t.parquet")
    rows = regpath.read_rows(file, "y", keep_megabytes=0)
    written(planted("gaussian", seed=1, n=390), file)
    with pytest.raises(DataError, match=r"t\.parquet, row group 0 has changed"):
        regpath.fit_path(rows)


def test_only_the_columns_that_are_asked_for_are_read(tmp_path):
    file = written(planted("gaussian"), tmp_path / "t.parquet")
    source = ColumnarFiles.at(file)
    (piece,) = source.pieces(source.blocks[3], ["c1"])
    assert list(piece) == ["c1"]
    assert len(piece["c1"]) == source.blocks[3].n == 10


def test_dates_and_lists_are_no_numbers(tmp_path):
    frame = planted("gaussian").assign(day=pd.Timestamp("2020-01-01"))
    frame["pair"] = [[1, 2]] * len(frame)
    source = ColumnarFiles.at(written(frame, tmp_path / "t.parquet"))
    assert source.kinds["day"] == "dates"
    assert source.kinds["pair"].startswith("values of type list")
    with pytest.raises(DataError, match="'pair' cannot be a feature"):
        regpath.read_rows(tmp_path / "t.parquet", "y", features=["pair", "c0"])
