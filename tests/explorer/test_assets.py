import re
from pathlib import Path

import regpath.explorer

ASSETS = Path(regpath.explorer.__file__).with_name("assets")
# The first modules of components of the app, and what only lessons need.
ENTRIES = {"explorer", "pictured", "draw", "drawing"} | {
    *("points", "point_board", "plane", "point_panel", "course"),
}


def test_every_module_is_loaded_at_once():
    first = (ASSETS / "explorer.js").read_text(encoding="utf-8")
    (listed,) = re.findall(r"const FILES = `\n(.*?)\n`;", first, flags=re.DOTALL)
    assert sorted(listed.split()) == sorted(
        path.stem for path in ASSETS.glob("*.js") if path.stem not in ENTRIES
    )
