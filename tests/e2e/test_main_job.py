import subprocess
import sys

import numpy as np
import pandas as pd
import pytest


@pytest.fixture
def patients(tmp_path):
    """A CSV as people have it: semicolons, decimal commas, gaps, words, an ID."""
    rng = np.random.default_rng(3)
    n = 240
    age, dose = rng.normal(50, 12, n), rng.gamma(2.0, 1.5, n)
    city = rng.choice(["Bern", "Lyon", "Graz"], n)
    ill = 0.08 * (age - 50) + 0.6 * dose + (city == "Lyon") + rng.normal(size=n) > 2.0
    frame = pd.DataFrame(
        {
            "patient id": np.arange(1, n + 1),
            "age": [f"{a:.1f}".replace(".", ",") for a in age],
            "dose": [f"{d:.3f}".replace(".", ",") for d in dose],
            "city": city,
            "relapse": np.where(ill, "yes", "no"),
        }
    )
    frame.loc[rng.choice(n, 15, replace=False), "age"] = "NA"
    path = tmp_path / "patients.csv"
    frame.to_csv(path, sep=";", index=False)
    return path


def test_from_a_csv_to_a_chosen_model_and_its_script(open_tab, patients, tmp_path):
    tab = open_tab()
    tab.upload(patients)
    tab.page.locator(".js-plotly-plot").nth(1).wait_for()
    before, cursors = tab.first_tile(), tab.cursors()

    tab.page.get_by_role("slider").first.focus()
    for _ in range(5):
        tab.page.keyboard.press("ArrowRight")
    tab.page.wait_for_function(
        "old => document.querySelector('.rp-tile strong').textContent !== old", arg=before
    )
    tab.settle()
    moved = tab.cursors()
    assert all(new != old for new, old in zip(moved, cursors, strict=True))

    lam = float(tab.first_tile())
    path = pd.read_csv(tab.download("Path as CSV", tmp_path))
    row = path.loc[(path["lambda"] / lam - 1).abs().idxmin()]
    assert row["lambda"] == pytest.approx(lam, rel=1e-3)
    assert path["certified"].all()

    script = tab.download("scikit-learn script", tmp_path)
    done = subprocess.run(
        [sys.executable, str(script), str(patients)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    difference = float(done.stdout.split("per SD:")[1].split()[0])
    assert difference < 1e-4
    assert tab.complaints == []
    assert tab.outside == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1280, 720), (390, 844)])
def test_nothing_overflows_or_overlaps(open_tab, width, height, scheme):
    tab = open_tab(width=width, height=height, scheme=scheme)
    tab.page.locator(".js-plotly-plot").nth(2).wait_for()
    assert tab.overflow() <= 0
    labels = tab.page.evaluate(
        """() => [...document.querySelectorAll('.js-plotly-plot')[0]
            .querySelectorAll('.annotation text')].map(a => a.getBoundingClientRect())
            .map(r => [r.left, r.top, r.right, r.bottom])"""
    )
    assert len(labels) >= 10
    assert max(right for _, _, right, _ in labels) <= width
    for i, (left, top, right, bottom) in enumerate(labels):
        for other_left, other_top, other_right, other_bottom in labels[i + 1 :]:
            apart = right <= other_left or other_right <= left
            assert apart or bottom <= other_top + 1 or other_bottom <= top + 1
    assert tab.complaints == []


def test_the_first_screen_holds_all_four_charts_at_1280_x_720(open_tab):
    tab = open_tab()
    tab.page.locator(".js-plotly-plot").nth(2).wait_for()
    for number in (0, 1):
        box = tab.page.locator(".js-plotly-plot").nth(number).bounding_box()
        assert box["y"] + box["height"] <= 720


def test_a_bad_file_is_refused_where_a_phone_shows_it_and_a_good_one_follows(
    open_tab, patients, tmp_path
):
    bad = tmp_path / "photo.csv"
    bad.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    tab = open_tab(width=390, height=844)
    tab.upload(bad)
    tab.close_sidebar()
    message = tab.page.get_by_role("alert")
    assert message.is_visible()
    assert "'photo.csv' is a PNG image, not a CSV file." in message.inner_text()
    assert "Traceback" not in tab.page.content()
    tab.upload(patients)
    tab.close_sidebar()
    tab.page.locator(".js-plotly-plot").first.wait_for()
    assert tab.page.get_by_role("alert").count() == 0


def test_names_that_are_html_or_markdown_are_shown_as_text(open_tab, tmp_path):
    rng = np.random.default_rng(0)
    evil = "<img src=x onerror=document.title='pwned'>"
    frame = pd.DataFrame(rng.normal(size=(60, 2)), columns=[evil, "**b** $x$"])
    frame["=y <b>"] = np.where(frame[evil] + rng.normal(size=60) > 0, ":smile:", "<i>no</i>")
    path = tmp_path / "evil.csv"
    frame.to_csv(path, index=False)
    tab = open_tab()
    tab.upload(path)
    tab.page.locator(".js-plotly-plot").nth(2).wait_for()
    assert tab.page.title() == "regpath"
    assert tab.page.locator("[data-testid=stMain] img").count() == 0
    text = tab.page.locator("[data-testid=stMain]").inner_text()
    assert "=y <b>" in text
    assert ":smile:" in text
    assert tab.complaints == []
