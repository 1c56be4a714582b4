"""Features that are the label itself: found by the app's alarms, by no check of the mathematics."""

from __future__ import annotations

import pandas as pd

from regpath.alarms import find_alarms
from regpath.lessons.specimens import Specimen, SpecimenRows
from regpath.recipe import Recipe

COPY = "target_copy"  # kind of the alarm
LABEL = "label"


def columns_that_repeat_the_label(specimen: Specimen, rows: SpecimenRows) -> tuple[str, ...]:
    """Those of a specimen's features, numbered from 1, that repeat the label."""
    Z = specimen.prepared(rows).Z
    frame = pd.DataFrame(Z, columns=[f"feature {j}" for j in range(1, 1 + Z.shape[1])])
    frame[LABEL] = rows.y
    alarms = find_alarms(frame, Recipe(LABEL, test_size=0.0))
    return tuple(name for alarm in alarms if alarm.kind == COPY for name in alarm.columns)
