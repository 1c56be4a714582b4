"""What the widget sends to the browser: data, module and style sheet."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from regpath.charts.theme import DARK, LIGHT
from regpath.core.validation.cv_result import CVResult
from regpath.explorer import payload_of_study, start_index
from regpath.explorer.bundle import asset, bundle, plotly_text
from regpath.study import Study

HERE = Path(__file__).parent
ROOM = ".rp-widget { width: 100%; } .rp-widget .rp { padding: 4px; }"


def drawn_payload(study: Study, cv: CVResult | None) -> tuple[dict[str, Any], int]:
    """What travels to the browser, and where the cursor starts."""
    payload = payload_of_study(study, cv)
    marks = payload["marks"]
    return payload, int(marks[0]["index"] if marks else start_index(study.path))


@cache
def module_source() -> str:
    """The widget's module: drawing library, bundle and start, none of which fetches anything.

    The library finds a `module` of its own, so that no other Plotly of the notebook is replaced.
    """
    library = (
        "const Plotly = (() => { const module = { exports: {} }, before = window.Plotly; "
        "(function (module, exports, define) {\n"
        f"{plotly_text()}\n"
        "}).call(window, module, module.exports, undefined); "
        "if (before) window.Plotly = before; else delete window.Plotly; "
        "return module.exports; })();\n"
    )
    html = f"const HTML = {json.dumps(asset('explorer.html'))};\n"
    papers = f"const PAPERS = {json.dumps({'light': LIGHT.paper, 'dark': DARK.paper})};\n"
    start = (HERE / "widget.js").read_text(encoding="utf-8")
    return f"{bundle('app', 'model')}\n{library}{html}{papers}{start}"


@cache
def style_source() -> str:
    """The explorer's style sheet."""
    return f"{asset('explorer.css')}\n{ROOM}"
