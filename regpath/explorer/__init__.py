"""The explorer: results in, one compact payload out, and the page parts that draw it.

Streamlit mounts it in `regpath.ui.explorer` and is not known here. The payload is data
that the assets (html, css, js) read; they draw and move, and compute nothing that the core knows.
"""

from regpath.explorer.marks import Mark, marks_of, start_index
from regpath.explorer.payload import VERSION, payload, payload_of_study

__all__ = ["VERSION", "Mark", "marks_of", "payload", "payload_of_study", "start_index"]
