"""The sections on what to be careful of: stability, warnings, and who looked at the test."""

from __future__ import annotations

from regpath.core.stability_selection.stable_set import THRESHOLD
from regpath.export.reporting.section import Block, Cells, Section, Text
from regpath.export.reporting.subject import Subject
from regpath.number_format import localized, num
from regpath.wording import counted

MOST_FEATURES = 60  # of the table of stability: those that come next are seldom selected


def stability(of: Subject) -> Section:
    """How often each feature is selected on halves of the rows."""
    found = of.stability
    if found is None:
        words = "Stability was not assessed: how often other rows would keep the same features."
        return Section("stability", "Stability", (Text(words),))
    frame = found.features_frame()
    chosen = found.frequency[:, of.index]
    at = dict(zip(of.path.feature_names, chosen, strict=True))
    rows = [
        (
            row["feature"],
            f"{num(at[row['feature']]):.0%}",
            f"{num(row['largest']):.0%}",
            row["stable_from"],
        )
        for row in frame.head(MOST_FEATURES).to_dict("records")
    ]
    head = (
        "feature",
        "selected at the chosen λ",
        "at most",
        f"λ from which {num(THRESHOLD):.0%} have",
    )
    caption = f"Selected in how many of {len(found.selected)} halves of the rows"
    more = len(frame) - len(rows)
    caption += f"; {num(more):,} that are selected less are not shown" if more else ""
    blocks: list[Block] = [
        Text(localized(found.stable_set().reason)),
        Cells.of(caption, head, rows),
    ]
    swaps = found.swaps()
    if len(swaps):
        first = swaps.to_dict("records")[0]
        a, b, phi = (first[name] for name in ("a", "b", "phi"))
        blocks.append(
            Text(
                f"{a} and {b} stand in for each other: their selections correlate by "
                f"{num(phi):.2f}."
            )
        )
    return Section("stability", "Stability", tuple(blocks))


def warnings(of: Subject) -> Section:
    """What in the data or the path would fool a reader."""
    blocks: list[Block] = []
    severe = sum(alarm.severity == "severe" for alarm in of.alarms)
    if severe:
        words = (
            f"{counted(severe, 'alarm is', 'alarms are')} severe: results mislead until settled."
        )
        blocks.append(Text(words, True))
    rows = [
        (alarm.severity, *map(localized, (alarm.what, alarm.effect, alarm.remedy)))
        for alarm in of.alarms
    ]
    if rows:
        head = ("", "found", "what it does", "what to do")
        blocks.append(Cells.of(f"{counted(len(rows), 'alarm')}", head, rows))
    else:
        blocks.append(Text("No alarm went off."))
    path = of.path
    if not path.converged[of.index]:
        words = (
            f"The chosen point is not proven: violation {num(path.kkt_violation[of.index]):.1e}, "
            f"gap {num(path.dual_gap[of.index]):.1e}."
        )
        blocks.append(Text(words, True))
    if of.n_kept == 0:
        words = "The chosen model keeps no feature: it predicts the same for every row."
        blocks.append(Text(words, True))
    return Section("warnings", "Warnings", tuple(blocks))


def test_set(of: Subject) -> Section:
    """Whether the test rows were looked at before the choice was made."""
    study = of.study
    if study.test is None:
        words = "No rows were kept for testing: there is no score that the choice has not seen."
        return Section("test", "The test set", (Text(words, True),))
    if study.seal.on:
        blocks: list[Block] = [Text(study.seal.sentence, study.seal.openings > 1)]
        if study.seal.hides:
            blocks.append(Text("Its scores are in no part of this report."))
        return Section("test", "The test set", tuple(blocks))
    words = (
        "The test set was not sealed: its scores were on view while choices were made, and nobody "
        "counted how often they were looked at. Were they looked at to choose, they are too good."
    )
    return Section("test", "The test set", (Text(words),))
