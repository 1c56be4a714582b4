"""Ways to cut the same work differently."""

import pytest

from regpath.core import design, threads
from regpath.core.solvers import ridge


@pytest.fixture
def cut_up(monkeypatch):
    """Work in blocks of at most `rows` rows, on `n` threads, however small the data."""

    def cut(rows=256, n=1):
        monkeypatch.setattr(design, "BLOCK_BYTES", 1)
        for module in (design, ridge):
            monkeypatch.setattr(module, "LEAST_ROWS", rows)
        monkeypatch.setattr(threads, "n_threads", lambda: n)

    return cut
