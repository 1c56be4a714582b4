"""How much results hold: against what numpy and pandas say of themselves."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from regpath import Recipe, datasets, run_study
from regpath.ui.session.sizes import SAMPLE, parts_of


def size(value):
    return sum(parts_of(value).values())


@dataclass(frozen=True)
class Holder:
    value: object


def test_an_array_counts_once_however_it_is_held():
    block = np.zeros((100, 100))
    for value in (block, [block, block], {"a": block, "b": block[:50]}, Holder(block.T)):
        assert block.nbytes <= size(value) < block.nbytes + 2000


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame({"a": np.arange(5000.0), "b": np.arange(5000)}),
        pd.DataFrame({"a": [f"a text of {i}" for i in range(5000)]}, dtype=object),
        pd.DataFrame(np.zeros((20, 3000))),
        pd.DataFrame({"a": pd.array([f"level {i % 7}" for i in range(5000)], dtype="string")}),
    ],
    ids=["numbers", "objects", "wide", "strings"],
)
def test_a_frame_counts_with_its_texts(frame):
    said = int(frame.memory_usage(deep=True, index=False).sum())
    assert 0.5 * said < size(frame) < 2.0 * said + 1000


def test_of_a_wide_frame_a_sample_of_columns_is_looked_at(monkeypatch):
    frame = pd.DataFrame({f"c{i}": pd.array([i, i + 1]) for i in range(5000)})
    looked = []
    of_one = pd.DataFrame._ixs

    def counted(*given, **named):
        looked.append(1)
        return of_one(*given, **named)

    monkeypatch.setattr(pd.DataFrame, "_ixs", counted)
    said = int(frame.memory_usage(deep=True, index=False).sum())
    looked.clear()
    assert 0.5 * said < size(frame) < 2.0 * said + 1000
    assert len(looked) < 2 * SAMPLE


def test_many_items_are_weighed_by_a_sample():
    texts = [f"{i:>100}" for i in range(10_000)]
    assert size(texts) == pytest.approx(10_000 * (149 + 8), rel=0.1)
    assert size(dict.fromkeys(texts)) == pytest.approx(size(texts), rel=0.5)


def test_values_that_refer_to_themselves_are_weighed():
    ring = [np.zeros(1000)]
    ring.append(ring)
    assert size(ring) < 9000


def test_a_study_holds_its_table_its_rows_and_its_path():
    study = run_study(datasets.load("breast_cancer"), Recipe("diagnosis", n_lambdas=20))
    least = study.path.coef_path.nbytes + study.train.X.nbytes + study.test.X.nbytes
    assert least < size(study) < 20 * least
    parts = parts_of(study)
    assert parts_of(study.path).keys() <= parts.keys()
