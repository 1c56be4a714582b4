"""The results in docs/benchmarks.md: tables between two markers, and the chart beside it."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

from benchmarks.child import ROOT

PAGE = ROOT / "docs" / "benchmarks.md"
CHART = ROOT / "docs" / "images" / "benchmarks.svg"
TITLES = {
    "paths.md": "### Seconds at equal accuracy",
    "footprint.md": "### Memory in MB, start-up in seconds (regpath)",
    "scaling.md": "### Growth (regpath): exponents of time and memory",
}


def write_page(out: Path) -> None:
    """Put what `out` holds into the page."""
    facts = json.loads((out / "facts.json").read_text())
    parts = [
        f"{facts['processor']}, {facts['cores']} cores: {facts['gflops']} GFLOP/s in dgemm, "
        f"{facts['gbytes']} GB/s from memory. Python {facts['python']}, seed {facts['seed']}, "
        f"rho {facts['rho']:g}, load {facts['load']:.1f} when it began. In brackets: times regpath."
    ]
    if (out / "paths.svg").exists():
        CHART.parent.mkdir(exist_ok=True)
        shutil.copyfile(out / "paths.svg", CHART)
        words = "Seconds of every solver on every work, at equal accuracy"
        parts.append(f"![{words}](images/{CHART.name})")
    for name, title in TITLES.items():
        if (out / name).exists():
            parts += [title, (out / name).read_text().strip()]
    inside = "<!-- results -->\n" + "\n\n".join(parts) + "\n<!-- /results -->"
    text = PAGE.read_text(encoding="utf-8")
    filled = re.sub(r"<!-- results -->.*<!-- /results -->", lambda _: inside, text, flags=re.S)
    PAGE.write_text(filled, encoding="utf-8")
