"""The parts of the Explore page below the charts' cursor; each takes a study and a position."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import streamlit as st

from regpath import datasets
from regpath.charts import CONFIG, Look, bars_figure, confusion_figure, fit_figure
from regpath.charts.scores import SCORE_NAMES, default_scores
from regpath.core.scores import confusion_at
from regpath.errors import ParameterError
from regpath.export import path_csv, sklearn_script
from regpath.study import Study
from regpath.ui.messages import escaped, literal

UNIT_TITLES = {"standardized": "coefficient per SD", "original": "coefficient, original units"}


def heading(study: Study, title: str) -> None:
    """Say in one line what was fit on what."""
    path = study.path
    kind = {0.0: "L2 (ridge)", 1.0: "L1 (lasso)"}.get(
        path.l1_ratio, f"elastic net, l1_ratio {path.l1_ratio:g}"
    )
    rows = f"{study.train.n_obs:,} training"
    rows += f" and {study.test.n_obs:,} test rows" if study.test else " rows, no test rows"
    st.html(
        f'<div class="rp-head"><h1>{escaped(title)}</h1>'
        f"<p>{escaped(path.family)} · target <b>{escaped(path.target)}</b> · {escaped(kind)} · "
        f"{rows} · {len(path.feature_names):,} features</p></div>"
    )


def tiles(study: Study, index: int) -> None:
    """The chosen point in numbers: strength in both dialects, features kept, scores, proof."""
    path = study.path
    kept, total = int(path.n_nonzero[index]), len(path.feature_names)
    shown = [
        _tile("λ", f"{path.lambdas[index]:.4g}", f"C = 1/(nλ) = {path.Cs[index]:.4g}"),
        _tile("features kept", f"{kept:,}", f"of {total:,}"),
    ]
    for score in default_scores(study):
        values = {part: study.scores_of(part)[score].iloc[index] for part in study.parts}
        main = values.get("test", values["train"])
        side = f"train {_number(values['train'])}" if "test" in values else "no test rows"
        label = f"test {SCORE_NAMES[score]}" if "test" in values else f"train {SCORE_NAMES[score]}"
        shown.append(_tile(label, _number(main), side))
    shown.append(_certificate(study, index))
    st.html(f'<div class="rp-tiles">{"".join(shown)}</div>')


def _tile(label: str, value: str, side: str, kind: str = "") -> str:
    return (
        f'<div class="rp-tile {kind}"><span>{label}</span><strong>{value}</strong>'
        f"<small>{side}</small></div>"
    )


def _number(value: float) -> str:
    if not np.isfinite(value):
        return "none"
    return f"{value:.4g}" if abs(value) >= 100 else f"{value:.3f}"


def _tiny(value: float) -> str:
    return f"{value:.0e}" if value >= 1e-15 else "below 1e-15"


def _certificate(study: Study, index: int) -> str:
    path = study.path
    proven, count = int(path.converged.sum()), len(path.lambdas)
    here = f"gap {_tiny(path.dual_gap[index])} · KKT {_tiny(path.kkt_violation[index])}"
    label = f"certificate, {proven} of {count} points"
    if path.converged[index]:
        return _tile(label, "✓ proven", here, "good")
    return _tile(label, "✗ not proven", here, "bad")


def coefficients(study: Study, index: int, look: Look, units: str, class_index: int) -> None:
    """Coefficients at the point, as bars and as a table."""
    coefs = study.path.coef_at(study.path.lambdas[index], units)
    one = coefs if isinstance(coefs, pd.Series) else coefs.iloc[:, class_index]
    if not one.any():
        st.info("Every coefficient is zero here: the model predicts the same for every row.")
    else:
        st.plotly_chart(
            bars_figure(one, look=look, title=UNIT_TITLES[units]),
            theme=None, config=CONFIG, key="bars",
        )  # fmt: skip
    with st.expander("Table of coefficients"):
        st.dataframe(_coefficient_table(study, index), hide_index=True, height=280)


def _coefficient_table(study: Study, index: int) -> pd.DataFrame:
    """All coefficients in both units, largest per SD first; values are what the bars show."""
    lam = study.path.lambdas[index]
    pairs = {
        label: study.path.coef_at(lam, units)
        for label, units in (("per SD", "standardized"), ("per unit", "original"))
    }
    if isinstance(pairs["per SD"], pd.Series):
        table = pd.DataFrame(pairs)
        order = table["per SD"].abs()
    else:
        frames = {label: pd.DataFrame(frame) for label, frame in pairs.items()}
        order = frames["per SD"].abs().max(axis="columns")
        table = pd.concat(
            [frame.add_suffix(f" ({label})") for label, frame in frames.items()], axis="columns"
        )
    return table.loc[order.sort_values(ascending=False, kind="stable").index].reset_index()


def outcome(study: Study, index: int, look: Look) -> None:
    """Confusion matrix, or predicted against observed, on the test rows if there are any."""
    rows = study.test or study.train
    part = "test" if study.test else "training"
    lam = study.path.lambdas[index]
    if study.path.family == "gaussian":
        st.markdown(f"**Observed against predicted**, {rows.n_obs:,} {part} rows")
        predicted = study.path.predict(rows.X, lam)
        figure = fit_figure(rows.y, predicted, look=look)
        st.plotly_chart(figure, theme=None, config=CONFIG, key="fit")
        st.caption(_residuals(rows.y - predicted))
        return
    st.markdown(f"**Confusion matrix**, {rows.n_obs:,} {part} rows")
    counts = confusion_at(study.path, rows, lam)
    st.plotly_chart(confusion_figure(counts, look=look), theme=None, config=CONFIG, key="confusion")


def _residuals(residuals: np.ndarray) -> str:
    low, middle, high = np.quantile(residuals, [0.25, 0.5, 0.75])
    return (
        f"Observed minus predicted: middle half from {low:.4g} to {high:.4g}, median {middle:.4g}, "
        f"largest {np.abs(residuals).max():.4g}."
    )


def downloads(study: Study, index: int, bundled: str | None) -> None:
    """What a person leaves with: the path, the code of the chosen model, and bundled data."""
    stem = Path(study.table.name).stem or "data"
    lam = float(study.path.lambdas[index])
    left, right, *more = st.columns(2 if bundled is None else 3, gap="small")
    if bundled is not None:
        more[0].download_button(
            "Data as CSV",
            data=lambda: datasets.read_bytes(bundled),
            file_name=f"{bundled}.csv",
            mime="text/csv",
            on_click="ignore",
            icon=":material/database:",
            help="The file that the script reads: put it beside the script.",
            width="stretch",
        )
    left.download_button(
        "Path as CSV",
        data=lambda: path_csv(study.path),
        file_name=f"{stem}_path.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/table_view:",
        help="Every strength, its proof and all coefficients, in original units.",
        width="stretch",
    )
    try:
        script = sklearn_script(study, lam, file_name=f"{stem}_model.py")
    except ParameterError as error:
        right.caption(literal(error))
        return
    right.download_button(
        "scikit-learn script",
        data=script.encode(),
        file_name=f"{stem}_model.py",
        mime="text/x-python",
        on_click="ignore",
        icon=":material/code:",
        help="Reads the same file, fits the same model, prints how close it comes.",
        width="stretch",
    )
