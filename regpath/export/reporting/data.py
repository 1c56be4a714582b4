"""The sections on what was asked of which data: question, file, repairs, flow of rows, columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from regpath.core.problems.problem import Problem
from regpath.export.reporting.section import Block, Cells, Items, Section, Text, written
from regpath.export.reporting.subject import Subject
from regpath.io.diagnosis import Repair
from regpath.number_format import num
from regpath.wording import counted

MOST_COLUMNS = 200  # of a file that are described one by one; pages beyond that are not read
MOST_LEVELS = 12  # of a column of words that have a line
MOST_CLASSES = 4  # that have a column of their own beside each other on paper
ROLES = {  # fields of a recipe that give a column another part than that of a feature
    "target": "target",
    "weights": "weights of rows",
    "group": "which rows belong together",
    "time": "order of rows",
    "exposure": "exposure",
}


def question(of: Subject) -> Section:
    """What is predicted, from what, for which rows."""
    study, recipe = of.study, of.study.recipe
    train, path = study.train, of.path
    encoder = train.encoder
    n_columns = len(encoder.kinds) if encoder is not None else train.n_features
    words = [
        f"To predict {path.target!r} from {counted(n_columns, 'column')} by penalized "
        f"{path.loss.model}, which models {path.loss.predictor}."
    ]
    if path.loss.two_classes:
        words.append(
            f"Probabilities are those of {str(path.classes[1])!r}; the other class is "
            f"{str(path.classes[0])!r}."
        )
    if path.exposure_name:
        words.append(f"Expected counts are proportional to {path.exposure_name!r}.")
    if recipe.family == "auto":
        words.append("The kind of model was guessed from the values of the target.")
    return Section("question", "Question", (Text(" ".join(words)), _response(of)))


def _response(of: Subject) -> Block:
    study = of.study
    parts = {"rows of the fit": study.train}
    if study.test is not None:
        parts["test rows"] = study.test
    if study.train.classes:
        head = ("class", *parts)
        rows = [
            (str(label), *(_share((part.y == k).sum(), part.n_obs) for part in parts.values()))
            for k, label in enumerate(study.train.classes)
        ]
        return Cells.of("The target", head, rows)
    facts = ("mean", "standard deviation", "least", "largest")
    values = [(p.y.mean(), p.y.std(), p.y.min(), p.y.max()) for p in parts.values()]
    lines = [(name, *map(float, each)) for name, *each in zip(facts, *values, strict=True)]
    return Cells.of("The target", ("", *parts), lines)


def data(of: Subject) -> Section:
    """Which file, how it was read, what was repaired, and what each column is used as."""
    table, reading = of.study.table, of.study.table.reading
    rows, columns = table.frame.shape
    facts = [
        ("data", table.name),
        ("digest", table.digest),
        ("read", f"{num(rows):,} rows and {num(columns):,} columns"),
    ]
    if table.diagnosis.steps:
        facts.append(("encoding", reading.encoding))
        facts.append(("lines above the header", str(reading.skipped_lines)))
    blocks: list[Block] = [Cells.of("The file", ("", ""), facts)]
    blocks += _repairs(of)
    blocks += _questions(of)
    blocks.append(_columns(of))
    return Section("data", "Data and repairs", tuple(blocks))


def _repairs(of: Subject) -> Iterator[Block]:
    repairs = of.study.table.diagnosis.repairs
    if not repairs:
        yield Text("Nothing was repaired while reading.")
        return
    rows = [
        (repair.what, f"{num(repair.cells):,}" if repair.cells else "", _example(repair))
        for repair in repairs
    ]
    n_undone = sum(repair.undo is not None for repair in repairs)
    which = "each" if n_undone == len(repairs) else f"{n_undone}"
    caption = f"{counted(len(repairs), 'repair')} while reading, {which} of which can be undone"
    yield Cells.of(caption, ("repair", "cells", "example"), rows)


def _example(repair: Repair) -> str:
    if not repair.before and not repair.after:
        return ""
    if repair.column is None and not (repair.before and repair.after):
        return repair.before or repair.after  # no cell: lines that were left out, or a choice
    return f"{repair.before or '(blank)'} → {repair.after or 'missing'}"


def _questions(of: Subject) -> Iterator[Block]:
    questions = of.study.table.diagnosis.questions
    if questions:
        rows = [(each.what, each.evidence, each.answers[0].label) for each in questions]
        caption = "Left open by the file: what was taken changes numbers"
        yield Cells.of(caption, ("question", "evidence", "taken"), rows)


def _columns(of: Subject) -> Block:
    study = of.study
    frame, reports = study.table.frame, {c.name: c for c in study.table.diagnosis.columns}
    roles = {getattr(study.recipe, name): role for name, role in ROLES.items()}
    used = (
        set(study.train.encoder.kinds) if study.train.encoder is not None else set(of.path.groups)
    )
    rows = []
    for name in frame.columns[:MOST_COLUMNS]:
        known = reports.get(str(name))
        kind = known.kind if known is not None else str(frame[name].dtype)
        role = roles.get(name) or ("feature" if name in used else "not used")
        missing = int(frame[name].isna().sum())
        rows.append((str(name), role, kind, missing, known.reason if known is not None else ""))
    left = len(frame.columns) - len(rows)
    more = f"; {num(left):,} more are not shown" if left else ""
    head = ("column", "used as", "kind", "missing", "why this kind")
    return Cells.of(f"Columns as they were read{more}", head, rows)


def flow(of: Subject) -> Section:
    """How many rows came through each step, and what became of the others."""
    study, recipe = of.study, of.study.recipe
    rows = [(step.name, step.rows, step.columns) for step in study.table.diagnosis.steps]
    rows.append(("rows in use", study.problem.n_obs, len(set(study.problem.groups))))
    rows.append(("rows of the fit", study.train.n_obs, len(set(study.train.groups))))
    if study.test is not None:
        rows.append(("test rows", study.test.n_obs, len(set(study.train.groups))))
    words = (
        f"{num(study.test.n_obs / study.problem.n_obs):.0%} of the rows were kept for testing"
        f"{_dealt(recipe.group, recipe.time)} (seed {recipe.seed}); medians, levels, means and "
        "spreads were learned from the rows of the fit alone."
        if study.test is not None
        else "All rows were used for the fit: nothing was kept for testing."
    )
    blocks: list[Block] = [Cells.of("Rows and columns", ("step", "rows", "columns"), rows)]
    blocks.append(Text(words))
    if study.train.notes:
        blocks.append(Items(study.train.notes))
    return Section("flow", "Flow of rows", tuple(blocks))


def _dealt(group: str | None, time: str | None) -> str:
    if time is not None:
        return f", the last by {time!r}"
    return f", whole groups of {group!r}" if group is not None else ", drawn at random"


def columns(of: Subject) -> Section:
    """What the features' columns held, by part and class."""
    study, encoder = of.study, of.study.train.encoder
    if encoder is None or study.train.frame is None:
        return Section("columns", "What the columns held", ())
    parts = _parts(of)
    names = list(encoder.kinds)[:MOST_COLUMNS]
    rows: list[tuple[str, ...]] = []
    for name in names:
        values = [encoder.coding.merged(part[name]) for part in parts.values()]
        numeric = encoder.kinds[name] == "numeric"
        rows += _numbers(name, values) if numeric else _words(name, values)
    left = len(encoder.kinds) - len(names)
    caption = "Numbers as median [quartiles], words as rows (share of those known)"
    caption += f"; {num(left):,} more columns are not shown" if left else ""
    return Section(
        "columns",
        "What the columns held",
        (Cells.of(caption, ("column", *parts), rows),),
    )


def _parts(of: Subject) -> dict[str, pd.DataFrame]:
    study = of.study
    parts = {f"fit ({num(study.train.n_obs):,})": study.train}
    if study.test is not None:
        parts[f"test ({num(study.test.n_obs):,})"] = study.test
    found = {title: _frame(part) for title, part in parts.items()}
    if 1 < len(study.train.classes) <= MOST_CLASSES:
        frame = _frame(study.train)
        for k, label in enumerate(study.train.classes):
            rows = frame.loc[study.train.y == k]
            found[f"fit, {label} ({num(len(rows)):,})"] = rows
    return found


def _frame(part: Problem) -> pd.DataFrame:
    assert part.frame is not None
    return part.frame


def _numbers(name: str, values: list[pd.Series[Any]]) -> Iterator[tuple[str, ...]]:
    cells = []
    for each in values:
        numbers = each.to_numpy(float, na_value=np.nan)
        known = numbers[~np.isnan(numbers)]
        if not len(known):
            cells.append("—")
            continue
        low, middle, high = (float(q) for q in np.quantile(known, [0.25, 0.5, 0.75]))
        cells.append(f"{written(middle)} [{written(low)}, {written(high)}]")
    yield (name, *cells)
    yield from _missing(values)


def _words(name: str, values: list[pd.Series[Any]]) -> Iterator[tuple[str, ...]]:
    yield (name, *("" for _ in values))
    levels = values[0].value_counts().index
    for level in levels[:MOST_LEVELS]:
        known = [each.dropna() for each in values]
        yield (f"  {level}", *(_share((each == level).sum(), len(each)) for each in known))
    if len(levels) > MOST_LEVELS:
        yield (f"  {num(len(levels) - MOST_LEVELS):,} more levels", *("" for _ in values))
    yield from _missing(values)


def _missing(values: list[pd.Series[Any]]) -> Iterator[tuple[str, ...]]:
    absent = [int(each.isna().sum()) for each in values]
    if any(absent):
        yield ("  missing", *(_share(n, len(v)) for n, v in zip(absent, values, strict=True)))


def _share(number: Any, of: int) -> str:
    return f"{num(int(number)):,} ({num(number / of):.1%})" if of else "0"
