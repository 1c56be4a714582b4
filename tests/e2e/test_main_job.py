import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import expect


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
    tab.drawn()
    before = tab.position()
    tab.slider.focus()
    for _ in range(5):
        tab.page.keyboard.press("ArrowRight")
    tab.wait_for_python()
    tab.stands_at(before + 5)

    lam = tab.lam()
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


def test_from_upload_to_export_by_keyboard_alone(open_tab, patients, tmp_path):
    tab = open_tab().drawn()
    press = tab.page.keyboard.press

    def reach(wanted, most=160):  # twice round: what comes anew may throw the focus back
        """Tab on until the focused element's name holds some words."""
        for _ in range(most):
            press("Tab")
            name = tab.page.evaluate(
                """() => { let e = document.activeElement;
                while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
                const own = e?.matches('button, a, summary') ? e.innerText : '';
                const label = e?.labels?.[0]?.innerText;
                return [e?.getAttribute('aria-label'), own, label].join(' '); }"""
            )
            if wanted in name:
                return
        raise AssertionError(f"{wanted!r} was not reached by Tab")

    reach("Bundled")
    with tab.rerun():
        press("ArrowRight")
    with tab.page.expect_file_chooser() as chooser:
        reach("Upload")
        press("Enter")
    with tab.rerun():
        chooser.value.set_files(patients)
    with tab.rerun():
        reach("Predict relapse")
        press("Enter")
    tab.drawn()
    reach("Strength of the penalty")
    before = tab.position()
    press("PageUp")
    tab.wait_for_python()
    tab.stands_at(min(before + 10, tab.last()))
    with tab.page.expect_download() as waiting:
        reach("Path as CSV", 400)
        press("Enter")
    assert waiting.value.suggested_filename == "patients_path.csv"


def test_a_bad_file_is_refused_where_a_phone_shows_it_and_a_good_one_follows(
    open_tab, patients, tmp_path
):
    bad = tmp_path / "photo.csv"
    bad.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    tab = open_tab(width=390, height=844)
    tab.upload(bad)
    tab.close_sidebar()
    message = tab.page.get_by_role("alert")
    expect(message).to_be_visible()
    expect(message).to_contain_text("'photo.csv' is a PNG image, not a CSV file.")
    assert "Traceback" not in tab.page.content()
    tab.upload(patients)
    tab.close_sidebar()
    tab.drawn()
    expect(tab.page.get_by_role("alert")).to_have_count(0)


def test_names_that_are_html_or_markdown_are_shown_as_text(open_tab, tmp_path):
    rng = np.random.default_rng(0)
    evil = "<img src=x onerror=document.title='pwned'>"
    frame = pd.DataFrame(rng.normal(size=(60, 2)), columns=[evil, "**b** $x$"])
    frame["=y <b>"] = np.where(frame[evil] + rng.normal(size=60) > 0, ":smile:", "<i>no</i>")
    path = tmp_path / "evil.csv"
    frame.to_csv(path, index=False)
    tab = open_tab()
    tab.upload(path)
    tab.drawn()
    assert tab.page.title() == "regpath"
    expect(tab.page.get_by_test_id("stMain")).to_contain_text("=y <b>")
    expect(tab.page.locator("[data-testid=stMain] img")).to_have_count(0)
    expect(tab.page.locator(".rp i:not(.rp-dots i, .rp-cursor i, [data-part])")).to_have_count(0)
    for short in (".rp-pick", ".rp-row-name"):  # the whole name is where it is pointed at
        name = tab.page.locator(short).filter(has_text="<img")
        expect(name).to_have_attribute("title", evil)
    expect(tab.part("events")).to_contain_text(evil)
    assert {":smile:", "<i>no</i>"} == set(
        tab.page.locator(".rp-confusion thead th").all_inner_texts()
    )
    for table in tab.page.locator(".rp-table summary").all():
        table.click()
    expect(tab.part("tables")).to_contain_text(evil)
    tab.part("find").fill(evil)
    assert tab.page.title() == "regpath"
    assert tab.complaints == []
