"""Levels that are one word in several spellings: asked about, and joined if a person says so."""

from __future__ import annotations

import re
from dataclasses import replace

from regpath.io.columns.column_result import ColumnResult, Draft
from regpath.io.columns.kinds import kind_of_words
from regpath.io.columns.spellings import MOST_SHOWN, joined_by, same_words
from regpath.io.diagnosis import Question
from regpath.wording import counted, listed, shown


def joined_levels(draft: Draft) -> dict[str, str]:
    """The levels, among those that a person said of a category, by their other spellings."""
    said = draft.choices
    if said.kind != "category" or not said.levels:
        return {}
    return joined_by(said.levels, draft.cells.texts.to_pylist())


def with_names(typed: ColumnResult, draft: Draft, names: dict[str, str]) -> ColumnResult:
    """The same column, with what its reading did to the spellings."""
    levels = draft.choices.levels
    spelled = {
        level: [old for old, new in names.items() if new == level]
        for level in dict.fromkeys(names.values())
    }
    rewrites = tuple(
        (f"^(?:{'|'.join(map(re.escape, words))})$", level.replace("\\", r"\\"))
        for level, words in spelled.items()
    )
    texts, counts = draft.cells.texts.to_pylist(), draft.cells.counts.tolist()
    n_cells = sum(n for text, n in zip(texts, counts, strict=True) if text in names)
    if names:
        some = "; ".join(f"{listed(words)} as {shown(level)}" for level, words in spelled.items())
        clause = f"{counted(n_cells, 'cell is', 'cells are')} read in another spelling: {some}"
        note = draft.repair("spellings", clause, n_cells, *next(iter(names.items())), levels=())
        typed = replace(typed, repairs=(*typed.repairs, note))
    return replace(typed, reading=replace(typed.reading, levels=levels, rewrites=rewrites))


def spelling_question(draft: Draft) -> Question | None:
    """Ask whether levels that differ only in how they are written are one; None if none do."""
    cells = draft.cells
    if draft.choices.kind is not None or kind_of_words(cells)[0] != "category":
        return None
    counts = dict(zip(cells.texts.to_pylist(), cells.counts.tolist(), strict=True))
    groups = same_words(counts)
    if not groups:
        return None
    told = "; ".join(
        listed([f"{level} ({counted(counts[level], 'cell')})" for level in levels])
        for _, levels in groups[:MOST_SHOWN]
    )
    more = f"; and {len(groups) - MOST_SHOWN} more words" if len(groups) > MOST_SHOWN else ""
    names = tuple(name for name, _ in groups)
    return draft.question(
        "spellings",
        f"Column {draft.name!r} holds words that differ only in how they are written: "
        f"{told}{more}. Is each of them one level? They are kept apart.",
        "Capitals, blanks, hyphens, stops and brackets rarely make another word, nor do initials.",
        ("no, kept apart as they are written", {"kind": "category"}),
        (f"yes, one level each: {listed(names)}", {"kind": "category", "levels": names}),
    )
