"""glmnet and cv.glmnet in R, through the script beside this file."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from benchmarks.peers import ladder
from benchmarks.work import Work

NAME = "glmnet (R)"
PACKAGES = ()
ORDER = "F"
THREADS = "1"
LADDER = ladder(3, 16)


def refuses(work: Work) -> str:
    """Only where R is absent."""
    return "" if shutil.which("Rscript") else "no Rscript on this machine"


def command(folder: Path) -> list[str]:
    """Process that speaks as `benchmarks.runner` does."""
    facts = json.loads((folder / "work.json").read_text())
    script = Path(__file__).with_suffix(".R")
    shape = [str(size) for size in facts["shape"]]
    return ["Rscript", str(script), str(folder), facts["family"], str(facts["l1_ratio"]), *shape]


def cross_validate(work: Work, tolerance: float) -> None:
    """Said here, done in R."""
    raise NotImplementedError
