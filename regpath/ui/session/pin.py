"""Pin: a study at one strength, held for comparison."""

from __future__ import annotations

from dataclasses import dataclass

from regpath.study import Study


@dataclass(frozen=True)
class Pin:
    """A study at one strength, held for comparison."""

    study: Study
    index: int
    title: str

    @property
    def lam(self) -> float:
        """The strength."""
        return float(self.study.path.lambdas[self.index])
