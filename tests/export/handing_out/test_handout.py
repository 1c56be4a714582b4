"""A hand-out: what is in the page, what cannot break it, and what it may do."""

import base64
import hashlib
import json
import re

import numpy as np
import pandas as pd
import pytest

import regpath
from regpath.explorer.packing import unpack
from regpath.export.handing_out.page import blocks_of
from regpath.number_format import SPACE, writing
from tests.export.reporting.reading import Page
from tests.export.studies import bundled_study, messy_study

LARGEST = 1_300_000  # bytes of a page
HOSTILE = "</script><script>alert(1)</script><!--<script>"


def held(page, key):
    return re.search(rf'id="{key}">(.*?)</script>', page, re.DOTALL)[1]


def views_of(page):
    return json.loads(held(page, "payload"))["views"]


def test_the_page_holds_the_path_and_starts_where_it_is_told():
    study = bundled_study("iris", n_folds=4)
    lam = float(study.path.lambdas[7])
    (told,) = views_of(regpath.export.handout(study, lam=lam))
    assert told["index"] == 7
    arrays = unpack(told["payload"])
    np.testing.assert_array_equal(arrays["lambdas"], study.path.lambdas)
    assert "cv" in arrays


@pytest.mark.parametrize("kind", ["wide", "digits"])
def test_large_pages_are_small_enough(kind):
    if kind == "digits":
        study = bundled_study("digits", n_folds=2)
    else:
        rng = np.random.default_rng(1)
        frame = pd.DataFrame(rng.normal(size=(80, 700))).add_prefix("feature_with_a_long_name_")
        frame["y"] = frame.iloc[:, 0] + rng.normal(size=80)
        recipe = regpath.Recipe("y", l1_ratio=0.05, n_lambdas=100, n_folds=2)
        study = regpath.run_study(regpath.Table.from_frame(frame), recipe)
    assert len(regpath.export.handout(study).encode()) < LARGEST


def test_hostile_names_and_texts_stay_text():
    rng = np.random.default_rng(4)
    frame = pd.DataFrame(rng.normal(size=(60, 2)), columns=[HOSTILE, "{{ 7 * 7 }}"])
    frame["</title>"] = np.where(frame[HOSTILE] + rng.normal(size=60) > 0, "<b>1</b>", "</script>")
    table = regpath.Table.from_frame(frame, name="<img src=x>")
    study = regpath.run_study(table, regpath.Recipe("</title>", n_lambdas=10, n_folds=3))
    text = regpath.export.handout(study, title=HOSTILE, text=f"# {HOSTILE}\n\n- {HOSTILE}\n\nx")
    page = Page(text)
    assert text.count("<script") == 3  # payload, library, and ours
    assert text.count("</script>") == 3
    assert HOSTILE in page.text
    assert "img" not in page.tags
    assert HOSTILE in views_of(text)[0]["payload"]["names"]


def test_the_policy_allows_our_scripts_by_digest_and_no_request():
    text = regpath.export.handout(bundled_study("iris", n_folds=4))
    policy = re.search(r'Content-Security-Policy" content="(.*?)"', text)[1].replace("&#39;", "'")
    script = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    assert len(script) == 1
    digest = base64.b64encode(hashlib.sha256(script[0].encode()).digest()).decode()
    assert f"'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe-inline" not in policy.partition("script-src")[2].partition(";")[0]
    assert "http" not in policy
    assert "connect-src" not in policy


def test_sealed_scores_are_not_in_the_page():
    study = bundled_study("breast_cancer", n_folds=4, seal=True)
    told = views_of(regpath.export.handout(study))[0]["payload"]
    assert told["parts"] == ["train"]
    assert told["sealed"]


def test_no_row_of_the_data_is_in_a_page_of_classes():
    study = messy_study(n_folds=3)
    told = views_of(regpath.export.handout(study))[0]["payload"]
    assert {name for name, *_ in told["layout"]} <= {
        *("lambdas", "x_scale", "C", "norm", "dev_ratio", "dual_gap", "kkt_violation"),
        *("n_nonzero", "converged", "coefs", "scores", "events", "cv", "histogram"),
    }


def test_rows_that_cannot_be_validated_have_a_page_without_a_validation_curve(tmp_path):
    study = bundled_study("four_points", test_size=0.0)
    text = regpath.export.handout(study, tmp_path / "points.html")
    assert views_of(text)[0]["payload"]["validation"] is None
    assert (tmp_path / "points.html").read_text(encoding="utf-8") == text


def test_a_teachers_text_is_paragraphs_headings_and_lists():
    blocks = blocks_of("# One\n\nTwo\nthree\r\n\r\n- a\n- b\n\n\n- c\nd")
    assert [block.kind for block in blocks] == ["heading", "paragraph", "list", "paragraph"]
    assert blocks[1].words == "Two\nthree"
    assert blocks[2].lines == ("a", "b")
    assert blocks_of("  \n \n") == ()


def test_a_strength_off_the_grid_is_refused():
    study = bundled_study("iris", n_folds=4)
    with pytest.raises(regpath.ParameterError):
        regpath.export.handout(study, lam=123.456)


def test_a_hand_out_is_told_the_signs_of_whoever_writes_it():
    study = bundled_study("iris", n_folds=4)
    plain = json.loads(held(regpath.export.handout(study), "payload"))
    assert "numbers" not in plain
    with writing(SPACE):
        told = json.loads(held(regpath.export.handout(study), "payload"))
    assert told["numbers"] == [",", "\u202f"]
    for mark, before in zip(
        told["views"][0]["payload"]["marks"], plain["views"][0]["payload"]["marks"], strict=True
    ):
        assert "." in before["reason"][:-1]
        assert mark["reason"][:-1] == before["reason"][:-1].replace(".", ",")
