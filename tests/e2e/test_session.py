"""A session leaves one browser and comes back in another."""

import numpy as np
import pytest
from playwright.sync_api import expect

import regpath

HOSTILE = "<img src=x onerror='window.hit = 1'>"


@pytest.fixture
def patients(tmp_path):
    rng = np.random.default_rng(1)
    dose = rng.normal(size=70)
    ill = np.where(dose + rng.logistic(size=70) > 0, HOSTILE, "well")
    rows = [f"{dose[i]:.3f},{i % 7},{ill[i]}" for i in range(70)]
    file = tmp_path / "patients.csv"
    file.write_text("\n".join([f"{HOSTILE},day,ill", *rows]), encoding="utf-8")
    return file


def test_a_session_with_its_data_comes_back_where_it_was_left(open_tab, patients, tmp_path):
    tab = open_tab()
    tab.upload(patients)
    tab.drawn()
    tab.slider.press("End")
    tab.wait_for_python()
    chosen = tab.chosen()
    with tab.rerun():
        tab.page.get_by_role("link", name="Predict").click()
    with tab.rerun():
        tab.page.get_by_text("with the data").click()
    file = tab.download("Save session", tmp_path)
    assert regpath.load_session(file).content == patients.read_bytes()
    other = open_tab()
    other.upload(file)
    other.drawn()
    expect(other.told).to_have_text([chosen])
    assert other.page.evaluate("window.hit") is None
    assert other.complaints == []
