"""The explorer in a notebook, by anywidget: its modules, its cursor, a value to read and set."""

from regpath.widget.explore import explore

__all__ = ["explore"]
