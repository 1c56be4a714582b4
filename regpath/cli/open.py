"""`regpath open`: the app with a saved session, or a file; the same as `regpath app FILE`."""

from __future__ import annotations

from regpath.cli.app import configure, run

__all__ = ["configure", "run"]
