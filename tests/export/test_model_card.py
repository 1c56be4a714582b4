"""The card says what the model is, from its facts, and no name in it becomes markup."""

import re

import numpy as np
import pandas as pd

import regpath
from regpath.export import model_card
from tests.export.studies import bundled_study, counts_path, messy_study


def tables(card):
    """Every table, as rows of cells."""
    found, rows = [], []
    for line in [*card.splitlines(), ""]:
        if line.startswith("|"):
            rows.append(re.split(r"(?<!\\)\|", line)[1:-1])
        elif rows:
            found.append(rows)
            rows = []
    return found


def test_it_holds_the_coefficients_the_facts_and_what_the_author_adds(tmp_path):
    study = bundled_study("diabetes")
    lam = study.path.lambdas[9]
    card = model_card(study, lam, tmp_path / "card.md")
    assert (tmp_path / "card.md").read_text("utf-8") == card
    facts, coefs, columns = tables(card)
    told = {row[0].strip().replace("\\", ""): float(row[1]) for row in coefs[2:]}
    kept = study.path.coef_at(lam)[lambda c: c != 0]
    assert told.keys() == {"(intercept)", *kept.index}
    np.testing.assert_allclose([told[name] for name in kept.index], kept, rtol=1e-5)
    assert len(columns) == 2 + 10
    assert study.table.digest in card
    assert repr(float(lam)) in card
    assert "For the author to add" in card
    assert len(facts) > 6


def test_every_row_of_a_table_has_the_cells_of_its_header():
    evil = "a|b\n# <script>alert(1)</script> `x` [y](z)"
    rng = np.random.default_rng(1)
    frame = pd.DataFrame({evil: rng.normal(size=50), "w": rng.choice([evil, "|"], 50)})
    frame["y"] = np.where(frame[evil] > 0, evil, "no")
    table = regpath.Table.from_frame(frame, name=evil)
    study = regpath.run_study(table, regpath.Recipe("y", n_lambdas=6))
    card = model_card(study, study.path.lambdas[4], threshold=0.4)
    assert "<script" not in card
    assert "\n# " not in card[1:].replace("\n## ", "")
    for rows in tables(card):
        assert len({len(row) for row in rows}) == 1


def test_classes_counts_arrays_and_dropped_rows_are_told():
    assert "Classes: setosa, versicolor, virginica." in model_card(
        bundled_study("iris"), bundled_study("iris").path.lambdas[9]
    )
    _, path = counts_path()
    assert "exposure in years" in model_card(path, path.lambdas[5])
    dropped = messy_study(missing="drop")
    assert "Rows with a gap" in model_card(dropped, dropped.path.lambdas[5])
