"""ExplorerWidget: the one place that knows anywidget."""

from __future__ import annotations

from typing import Any

import anywidget
import traitlets

from regpath.core.validation.cv_result import CVResult
from regpath.study import Study
from regpath.widget.parts import drawn_payload, module_source, style_source
from regpath.widget.validated import validated_again


class ExplorerWidget(anywidget.AnyWidget):
    """The explorer of a study in a notebook; see `regpath.explore`.

    Attributes
    ----------
    index : int
        Position of the cursor on the grid; observe it to hear of every choice.
    lam : float
        The strength there. Any strength can be set.
    study : Study
        What is shown.
    """

    _esm = module_source()
    _css = style_source()
    payload = traitlets.Dict().tag(sync=True)
    index = traitlets.Int(0).tag(sync=True)

    def __init__(self, study: Study, cv: CVResult | None = None) -> None:
        self._study, self._cv = study, cv
        payload, index = drawn_payload(study, cv)
        super().__init__(payload=payload, index=index)

    @property
    def study(self) -> Study:
        """What is shown."""
        return self._study

    @property
    def lam(self) -> float:
        """The strength at the cursor."""
        return float(self._study.path.lambdas[self.index])

    @lam.setter
    def lam(self, value: float) -> None:
        again = self._study.with_strength(value)
        if again is not self._study:  # it was not on the grid
            self._cv = validated_again(again, self._cv)
            self._study = again
            self.payload, _ = drawn_payload(again, self._cv)
        self.index = again.path.index_of(value)

    @traitlets.validate("index")
    def _on_the_grid(self, proposal: Any) -> int:
        return min(max(int(proposal["value"]), 0), len(self._study.path.lambdas) - 1)
