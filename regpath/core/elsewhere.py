"""Rows that lie elsewhere, as `fit_path` and `cross_validate` take them (see `regpath.rows`)."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any, NamedTuple, Protocol, runtime_checkable

import numpy as np

from regpath.core.families import Family
from regpath.core.problems.encoder import Encoder
from regpath.core.progress import Progress
from regpath.core.row_data import RowData
from regpath.errors import ParameterError


class CountedRows(RowData, Protocol):
    """Rows whose passes are counted."""

    @property
    def n_passes(self) -> int: ...  # noqa: D102


class ValidationChoice(NamedTuple):
    """What `cross_validate` is asked for, of rows that lie elsewhere."""

    n_folds: int
    seed: int
    measure: str
    progress: Progress | None


class HalvesChoice(NamedTuple):
    """What `assess_stability` is asked for, of rows that lie elsewhere."""

    n_pairs: int
    seed: int
    progress: Progress | None


class HalvesFound(NamedTuple):
    """What halves select (n_halves, n_features, n_lambdas), points proven, and passes."""

    selected: np.ndarray
    n_certified: int
    passes: int


@runtime_checkable
class RowsElsewhere(Protocol):
    """What is known of rows that are not at hand, and how they are asked.

    Attributes are those of a `Problem`, as far as they need no rows.
    """

    @property
    def family(self) -> str: ...  # noqa: D102
    @property
    def loss(self) -> Family: ...  # noqa: D102
    @property
    def classes(self) -> tuple[Any, ...]: ...  # noqa: D102
    @property
    def feature_names(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def groups(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def target(self) -> str: ...  # noqa: D102
    @property
    def n_obs(self) -> int: ...  # noqa: D102
    @property
    def encoder(self) -> Encoder | None: ...  # noqa: D102
    @property
    def exposure_name(self) -> str: ...  # noqa: D102

    def opened(self, standardize: bool, engine: Any) -> AbstractContextManager[CountedRows]:
        """The rows, as a fit asks them, by an engine."""

    def cross_validated(self, path: Any, how: ValidationChoice, engine: Any) -> Any:
        """Scores of a path of these rows on rows that its fit has not seen: a `CVResult`."""

    def selected_by_halves(self, path: Any, how: HalvesChoice, engine: Any) -> HalvesFound:
        """What complementary halves of these rows select along a path of them."""


def refuse_engine(engine: Any) -> None:
    """Refuse an engine for rows that are at hand."""
    if engine is not None:
        raise ParameterError(
            "An engine passes over rows that are read where they lie, and a Problem has its own.",
            "read_rows opens files for it.",
        )
