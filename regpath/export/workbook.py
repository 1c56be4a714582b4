"""A model as an Excel workbook whose formulas predict the rows that are typed into it."""

from __future__ import annotations

import io
import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from regpath.core.problems.encoder import OTHER, Encoder, Feature
from regpath.core.regpath import RegPath
from regpath.errors import ParameterError
from regpath.export.model_file import model
from regpath.model import Model, frame_for
from regpath.study import Study

MOST_FEATURES = 16_000  # kept by the model: a sheet has 16,384 columns
FARTHEST = 700.0  # EXP of more is an error in a sheet
ROWS = 100  # that are ready to be typed into
# Nothing that a file says may become a formula or a link.
PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
INPUT, FEATURES, LEVELS, ABOUT = "Predict", "Features", "Levels", "About"


def excel(
    of: Study | RegPath | Model,
    lam: float | None = None,
    file: str | Path | None = None,
    *,
    rows: pd.DataFrame | None = None,
    threshold: float | None = None,
) -> bytes:
    """Write a workbook that predicts what is typed into it.

    Parameters
    ----------
    of : Study, RegPath or Model
        What predicts; it knows the columns of its data.
    lam : float, default=None
        A point of the grid; a Model has but one.
    file : str or Path, default=None
        Where to write it, such as ``"tumours.xlsx"``. None writes nothing.
    rows : DataFrame, default=None
        Rows to fill in. None leaves a hundred empty ones below a row that is average in every
        column, so that no row of the data is in the workbook.
    threshold : float, default=None
        Of two classes: from which probability on the second is predicted.

    Returns
    -------
    bytes
        An .xlsx file. On the first sheet the columns of the data stand left, linear predictors,
        probabilities and the prediction right of them, as formulas; the other sheets hold
        features with their means and coefficients, and levels.

    Raises
    ------
    ParameterError
        If `lam` is not on the grid, the model knows no columns, its family has no formula, or it
        keeps more features than a sheet has columns.
    DataError
        If the rows lack a column of the fit.

    Notes
    -----
    Gaps, merged and pooled levels, products and thresholds are those of the model; text in a
    column of numbers gives #N/A, and so does a gap where rows with gaps had no part in the fit.
    Names and values are cells of text, never part of a formula.

    Examples
    --------
    >>> import regpath
    >>> study = regpath.run_study(
    ...     regpath.datasets.load("iris"), regpath.Recipe("species", n_lambdas=20)
    ... )
    >>> regpath.export.excel(study, study.path.lambdas[9])[:2]
    b'PK'
    """
    made = model(of, lam, threshold=threshold)
    path, encoder = made.path, made.path.encoder
    if encoder is None:
        raise ParameterError("The model knows no columns.", "Make it of a study.")
    if path.loss.query not in OUTCOMES:
        raise ParameterError(
            f"No workbook is written for the {path.family} family.", "Save the model instead."
        )
    if path.n_nonzero[0] > MOST_FEATURES:
        raise ParameterError(
            f"The model keeps {path.n_nonzero[0]:,} features, and a sheet has room for "
            f"{MOST_FEATURES:,}.",
            "Choose a larger lambda.",
        )
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, **PLAIN}) as book:
        _Writer(book, made, encoder, _rows(made, encoder, rows)).write()
    if file is not None:
        Path(file).write_bytes(content.getvalue())
    return content.getvalue()


def _rows(made: Model, encoder: Encoder, rows: pd.DataFrame | None) -> pd.DataFrame:
    """What stands in the input columns; NaN leaves a cell empty."""
    if rows is not None:
        return frame_for(made, rows)[list(made.needs)]
    average = {name: [encoder.fills.get(name, 1.0)] for name in made.needs}
    return pd.DataFrame(average).astype(object).reindex(range(ROWS))


@dataclass
class _Writer:
    """The sheets of one workbook."""

    book: xlsxwriter.Workbook
    model: Model
    encoder: Encoder
    rows: pd.DataFrame

    def __post_init__(self) -> None:
        path = self.model.path
        coefs = path.coef_path[..., 0].reshape(-1, len(path.feature_names))
        self.kept, self.coefs = np.flatnonzero(coefs.any(axis=0)), coefs
        self.constants = path.intercept_path[..., 0].reshape(-1) + coefs @ path.x_mean
        self.at = {name: j for j, name in enumerate(self.rows.columns)}
        self.bold = self.book.add_format({"bold": True})
        self.typed = self.book.add_format({"border": 1})
        self.sheets = {
            name: self.book.add_worksheet(name) for name in (INPUT, FEATURES, LEVELS, ABOUT)
        }

    def write(self) -> None:
        self._inputs()
        self._levels()
        self._features()
        self._outcomes()
        self._about()

    def _inputs(self) -> None:
        sheet = self.sheets[INPUT]
        sheet.freeze_panes(1, 0)
        for j, name in enumerate(self.rows.columns):
            sheet.write_string(0, j, str(name), self.bold)
            sheet.set_column(j, j, min(max(10, len(str(name)) + 2), 30))
            for i, value in enumerate(self.rows[name].tolist()):
                _write(sheet, i + 1, j, value, self.typed)

    def _levels(self) -> None:
        """One column for each feature that is a level: the words that count as it."""
        sheet = self.sheets[LEVELS]
        self.words: dict[int, str] = {}  # by feature, where they stand
        for j, feature in enumerate(self.encoder.base_features):
            if feature.level is None or feature.is_gap:
                continue
            words = self._words_of(feature)
            at = len(self.words)
            sheet.write_string(0, at, feature.name, self.bold)
            for i, word in enumerate(words):
                sheet.write_string(i + 1, at, word)
            column = xl_col_to_name(at, col_abs=True)
            self.words[j] = f"{LEVELS}!{column}$2:{column}${max(len(words), 1) + 1}"

    def _words_of(self, feature: Feature) -> list[str]:
        """The words of a level; of pooled levels, those that are not in it."""
        levels = self.encoder.levels[feature.column]
        is_rest = feature.column in self.encoder.pooled and feature.level == OTHER
        wanted = [level for level in levels if level != OTHER] if is_rest else [feature.level]
        groups = [
            (new, old)
            for name, new, old in self.encoder.coding.level_groups
            if name == feature.column
        ]
        gone = {level for _, old in groups for level in old}
        kept = [level for level in wanted if level not in gone]
        return [*map(str, kept), *(each for new, old in groups if new in wanted for each in old)]

    def _features(self) -> None:
        """Names, means and coefficients on top; below, the features of each row."""
        sheet, path = self.sheets[FEATURES], self.model.path
        labels = [f"coefficient: {name}" for name in path.classes] if len(self.coefs) > 1 else []
        heads = ["feature", "mean", *(labels or ["coefficient"])]
        for i, head in enumerate(heads):
            sheet.write_string(i, 0, head, self.bold)
        sheet.set_column(0, 0, 24)
        self.first = len(heads)
        sheet.freeze_panes(self.first, 1)
        needed = self._needed()
        self.place = {int(j): at + 1 for at, j in enumerate(needed)}
        for j, at in self.place.items():
            sheet.write_string(0, at, path.feature_names[j], self.bold)
            sheet.write_number(1, at, float(path.x_mean[j]))
            for k in range(len(self.coefs)):
                sheet.write_number(2 + k, at, float(self.coefs[k, j]))
        for i in range(len(self.rows)):
            for j, at in self.place.items():
                sheet.write_formula(self.first + i, at, self._feature(j, i), None, "")

    def _needed(self) -> list[int]:
        """Positions of the features that count, and of those that they are products of."""
        n_base = len(self.encoder.base_features)
        factors = self.encoder.product_factors
        parts = {j for each in self.kept if each >= n_base for j in factors[each - n_base]}
        return sorted({*self.kept.tolist(), *parts})

    def _feature(self, j: int, i: int) -> str:
        """The formula of feature `j` in row `i`."""
        n_base = len(self.encoder.base_features)
        if j >= n_base:
            factors = self.encoder.product_factors[j - n_base]
            cells = [xl_rowcol_to_cell(self.first + i, self.place[f]) for f in factors]
            return "=" + "*".join(cells)
        feature = self.encoder.base_features[j]
        cell = self._input(feature.column, i)
        if feature.is_gap:
            return f'=IF({cell}="",1,0)'
        fill = None if self.model.drops_gaps else self.encoder.fills[feature.column]
        if feature.level is None:
            known = f"IF(OR(ISNUMBER({cell}),ISLOGICAL({cell})),N({cell}),NA())"
            return f'=IF({cell}="",{_number(fill)},{known})'
        is_rest = feature.column in self.encoder.pooled and feature.level == OTHER
        gap = "NA()" if fill is None else str(int(fill == feature.level))
        found = f"SUMPRODUCT(--EXACT({cell},{self.words[j]}))"
        return f'=IF({cell}="",{gap},IF({found}>0,{"0,1" if is_rest else "1,0"}))'

    def _input(self, column: str, i: int) -> str:
        return f"{INPUT}!{xl_rowcol_to_cell(i + 1, self.at[column], col_abs=True)}"

    def _outcomes(self) -> None:
        """The formulas right of the input, and what they are called."""
        sheet, start = self.sheets[INPUT], len(self.rows.columns) + 1
        path = self.model.path
        names = ["linear predictor"]
        if len(self.coefs) > 1:
            names = [f"linear predictor: {label}" for label in path.classes]
        heads = [*names, *(f"probability of {label}" for label in path.classes), "prediction"]
        for j, head in enumerate(heads):
            sheet.write_string(0, start + j, head, self.bold)
            sheet.set_column(start + j, start + j, min(len(head) + 2, 30))
        for j, label in enumerate(path.classes):  # so that no formula holds a label
            self.sheets[LEVELS].write_string(0, len(self.words) + 1 + j, "class", self.bold)
            _write(self.sheets[LEVELS], 1, len(self.words) + 1 + j, label, None)
        for i in range(len(self.rows)):
            etas = [xl_rowcol_to_cell(i + 1, start + k) for k in range(len(names))]
            cells = OUTCOMES[path.loss.query](self, etas, i)
            formulas = [*(self._predictor(k, i) for k in range(len(names))), *cells]
            empty = f"COUNTA({xl_rowcol_to_cell(i + 1, 0)}:{xl_rowcol_to_cell(i + 1, start - 2)})=0"
            for j, formula in enumerate(formulas):
                sheet.write_formula(i + 1, start + j, f'=IF({empty},"",{formula})', None, "")

    def _predictor(self, k: int, i: int) -> str:
        constant = repr(float(self.constants[k]))
        if not len(self.place):
            return constant
        last = max(self.place.values())
        row = _across(self.first + i, last)
        return f"{constant}+SUMPRODUCT({row}-{_across(1, last)},{_across(2 + k, last)})"

    def exposure(self, i: int) -> str:
        name = self.model.path.exposure_name
        return f"{self._input(name, i)}*" if name else ""

    def label(self, k: int) -> str:
        return f"{LEVELS}!{xl_rowcol_to_cell(1, len(self.words) + 1 + k, True, True)}"

    def _about(self) -> None:
        sheet, path = self.sheets[ABOUT], self.model.path
        facts = {
            "what": f"Predictions of {path.target}. Type into the framed cells of {INPUT}.",
            "family": path.family,
            "lambda": repr(self.model.lam),
            "l1_ratio": repr(path.l1_ratio),
            "threshold": str(self.model.threshold or ""),
            **self.model.facts,
        }
        sheet.set_column(0, 0, 24)
        for i, (name, value) in enumerate(facts.items()):
            sheet.write_string(i, 0, name, self.bold)
            sheet.write_string(i, 1, value)


def _across(row: int, last: int) -> str:
    first, end = (xl_rowcol_to_cell(row, column, True, True) for column in (1, last))
    return f"{FEATURES}!{first}:{end}"


def _identity(of: _Writer, etas: list[str], i: int) -> list[str]:
    return [etas[0]]


def _exponential(of: _Writer, etas: list[str], i: int) -> list[str]:
    return [f"{of.exposure(i)}EXP({_bounded(etas[0])})"]


def _logistic(of: _Writer, etas: list[str], i: int) -> list[str]:
    low, high = (f"1/(1+EXP({_bounded(side)}))" for side in (etas[0], f"-{etas[0]}"))
    # As RegPath.predict: of equal probabilities the first class.
    at = of.model.threshold
    wins = f"{etas[0]}>0" if at is None else f"{high}>={at!r}"
    return [low, high, f"IF({wins},{of.label(1)},{of.label(0)})"]


def _softmax(of: _Writer, etas: list[str], i: int) -> list[str]:
    row = f"{etas[0]}:{etas[-1]}"
    shares = [
        "1/(" + "+".join(f"EXP({_bounded(f'({other}-{eta})')})" for other in etas) + ")"
        for eta in etas
    ]
    labels = f"{of.label(0)}:{of.label(len(etas) - 1)}"
    return [*shares, f"INDEX({labels},MATCH(MAX({row}),{row},0))"]


# By the `query` of a family: the formulas from linear predictors to what is told.
OUTCOMES: dict[str, Callable[[_Writer, list[str], int], list[str]]] = {
    "identity": _identity,
    "exponential": _exponential,
    "logistic": _logistic,
    "softmax": _softmax,
}


def _bounded(value: str) -> str:
    return f"MAX(-{FARTHEST:g},MIN({FARTHEST:g},{value}))"


def _number(fill: Any) -> str:
    return "NA()" if fill is None or math.isnan(fill) else repr(float(fill))


def _write(sheet: Worksheet, i: int, j: int, value: Any, style: Any) -> None:
    """One cell as what it is; text stays text."""
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        sheet.write_blank(i, j, None, style)
    elif isinstance(value, bool | np.bool_):
        sheet.write_boolean(i, j, bool(value), style)
    elif isinstance(value, int | float | np.number):
        sheet.write_number(i, j, float(value), style)
    else:
        sheet.write_string(i, j, str(value), style)
