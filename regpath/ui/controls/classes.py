"""Which class of several a chart is about."""

from __future__ import annotations

from typing import Any

import streamlit as st

from regpath.core.regpath import RegPath


def choose_class(path: RegPath, key: str, slot: Any = st) -> int:
    """Ask for a class where each has coefficients of its own; else the only ones are meant.

    Parameters
    ----------
    path : RegPath
    key : str
        Of the widget.
    slot : module or container, default=streamlit
        Where it is drawn.
    """
    if path.coef_path.ndim < 3:
        return 0
    k: int = slot.selectbox(
        "Class", range(len(path.classes)), key=key, format_func=lambda i: str(path.classes[i])
    )
    return k
