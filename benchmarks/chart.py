"""The comparison as a chart: one line per contest, one mark per solver, seconds on a log axis."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import unquote

import pandas as pd
import plotly.graph_objects as go
from plotly.offline import get_plotlyjs

from benchmarks.tables import penalty_name
from regpath.charts.finish import Axis, finish
from regpath.charts.theme import LIGHT

SYMBOLS = ("diamond", "square", "triangle-up", "cross", "x", "star", "hexagon", "pentagon")
PAGE = """<!doctype html><meta charset="utf-8"><script>{library}</script>
<body><script>
Plotly.newPlot(document.createElement("div"), {figure})
  .then(chart => Plotly.toImage(chart, {{format: "svg", width: {width}, height: {height}}}))
  .then(url => {{ document.body.textContent = url; }});
</script></body>"""


def figure(table: pd.DataFrame) -> go.Figure:
    """Seconds of every solver that reached the accuracy; open marks are regpath's peers."""
    timed = table[table["accurate"] & table["seconds"].notna()]
    labels = [
        f"{work.partition(' seed ')[0]}, {penalty_name(l1_ratio)}{', CV' * ('CV' in kind)}"
        for work, l1_ratio, kind in timed[["work", "l1_ratio", "kind"]].itertuples(index=False)
    ]
    timed = timed.assign(label=labels)
    order = list(dict.fromkeys(labels))
    chart = go.Figure()
    peers = [name for name in dict.fromkeys(timed["peer"]) if name != "regpath"]
    for rank, name in enumerate([*peers, "regpath"]):
        ours = name == "regpath"
        rows = timed[timed["peer"] == name]
        colour = LIGHT.lines[0] if ours else LIGHT.lines[1 + rank % (len(LIGHT.lines) - 1)]
        chart.add_scatter(
            x=rows["seconds"],
            y=rows["label"],
            mode="markers",
            name=name,
            marker={
                "symbol": "circle" if ours else f"{SYMBOLS[rank % len(SYMBOLS)]}-open",
                "size": 11 if ours else 9,
                "color": colour,
                "line": {"width": 2},
            },
        )
    seconds = {"type": "log", "side": "top", "dtick": 1}
    contests = {"categoryorder": "array", "categoryarray": order[::-1], "automargin": True}
    return finish(
        chart,
        LIGHT,
        x=Axis("seconds, equal accuracy", seconds),
        y=Axis("", contests),
        height=90 + 26 * len(order),
        width=900,
        paper_bgcolor=LIGHT.paper,
        plot_bgcolor=LIGHT.paper,
        showlegend=True,
        legend={"orientation": "h", "y": -0.03, "yanchor": "top", "yref": "paper"},
        margin={"l": 10, "r": 20, "t": 40, "b": 90},
    )


def write_svg(chart: go.Figure, path: Path) -> bool:
    """Draw with the Chromium on this machine, offline; False where there is none."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        return False
    page = PAGE.format(
        library=get_plotlyjs(),
        figure=chart.to_json(),
        width=chart.layout.width,
        height=chart.layout.height,
    )
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "chart.html")
        source.write_text(page, encoding="utf-8")
        flags = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile"]
        command = [browser, *flags, "--virtual-time-budget=20000", "--dump-dom", source.as_uri()]
        run = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    found = re.search(r"data:image/svg\+xml,([^<\"]+)", run.stdout)
    if found is None:
        return False
    path.write_text(unquote(html.unescape(found.group(1))), encoding="utf-8")
    return True
