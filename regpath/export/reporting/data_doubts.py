"""What a careful reader doubts of the data: too few events, time that was ignored, odd levels."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from regpath.export.reporting.section import Text
from regpath.export.reporting.subject import Subject
from regpath.number_format import num
from regpath.wording import counted, listed

FEW_EVENTS = 10  # rows of the rarest class per feature, the oldest rule of thumb (Peduzzi 1996)
MISSING = "missing:"  # keys of repairs that take a word for a missing value
MOST_NAMED = 6  # levels that are named


def data_doubts(of: Subject) -> Iterator[Text]:
    """Say what of the data speaks against leaning on the results."""
    for words in (_of_events(of), _of_time(of), _of_levels(of), _of_classes_told(of)):
        if words:
            yield Text(words)


def _of_events(of: Subject) -> str:
    counts, n_features = of.counts, len(of.path.feature_names)
    if not len(counts) or not n_features:
        return ""
    least = int(counts.min())
    if least >= FEW_EVENTS * n_features:
        return ""
    return (
        f"{counted(least, 'row')} of the rarest class for {counted(n_features, 'feature')} to "
        f"choose from, {num(least / n_features):.2g} each, are few: other rows may well choose "
        "other features and another strength. The penalty helps against it and does not undo it."
    )


def _of_time(of: Subject) -> str:
    recipe = of.study.recipe
    dates = [each.name for each in of.study.table.diagnosis.columns if each.kind == "date"]
    if not dates or recipe.time is not None:
        return ""
    return (
        f"The rows have a date ({listed(dates)}), which had no say in how they were divided: "
        "scores are of rows from the same days. Whether the model holds for rows to come, a test "
        f"on the latest rows tells better (time={dates[0]!r})."
    )


def _of_levels(of: Subject) -> str:
    """Words that are missing values in one column and levels of another."""
    encoder = of.study.train.encoder
    if encoder is None:
        return ""
    gone = {
        each.before: each.column
        for each in of.study.table.diagnosis.repairs
        if each.key.startswith(MISSING) and each.column is not None
    }
    found = [
        f"{word!r} is a level of {column!r} and a missing value in {gone[word]!r}"
        for column, levels in encoder.levels.items()
        for word in levels
        if word in gone and gone[word] != column
    ]
    if not found:
        return ""
    return (
        f"{'; '.join(found[:MOST_NAMED])}: should it be missing in both? Say so of the column "
        "(missing=...), or on the Data page."
    )


def _of_classes_told(of: Subject) -> str:
    """Classes that are never the most probable one."""
    path, study = of.path, of.study
    if not path.classes or of.n_kept == 0:
        return ""
    rows = study.train if study.test is None or study.seal.hides else study.test
    told = np.unique(np.argmax(of.point.predict_proba(rows, of.lam), axis=1))
    never = [str(label) for k, label in enumerate(path.classes) if k not in told]
    if not never:
        return ""
    advice = (
        "its probabilities, or a threshold that the costs of a wrong answer give, say more than "
        "the class."
        if path.loss.two_classes
        else "its probabilities say more than the class."
    )
    where = "rows of the fit" if rows is study.train else "test rows"
    return (
        f"On the {where} the model never finds {listed(never)} the most probable class, so its "
        f"accuracy is that of not knowing: {advice}"
    )
