"""Stability: how often each feature is selected along the path, on halves of the rows."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from regpath.core.checks import check_choice
from regpath.core.problems.inputs import freeze
from regpath.core.regpath import RegPath
from regpath.core.stability_selection.error_bounds import BOUNDS, expected_false
from regpath.core.stability_selection.stable_set import THRESHOLD, StableSet, nothing_stable
from regpath.core.stability_selection.swaps import swap_pairs
from regpath.errors import ParameterError
from regpath.shown import Drawn
from regpath.wording import counted

WEAK = -0.3  # correlation that many strengths and pairs produce by chance


@dataclass(frozen=True, eq=False)
class Stability(Drawn):
    """Selections of a path on complementary halves of the rows.

    Attributes
    ----------
    path : RegPath
        The path on all rows.
    selected : ndarray of bool, shape (n_halves, n_features, n_lambdas)
        Whether a feature has a non-zero coefficient (in any class) at a strength. Halves 2 b and
        2 b + 1 are a complementary pair.
    n_pairs, seed : int
    n_certified : int
        Points of the halves' paths that are proven, of n_halves * n_lambdas.
    notes : tuple of str
    passes : int
        Passes over rows of `read_rows`; 0 for a `Problem`.

    References
    ----------
    See `assess_stability`.

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    >>> path = regpath.fit_path(problem, n_lambdas=20)
    >>> stability = regpath.assess_stability(problem, path, n_pairs=5)
    >>> stability.selected.shape, stability.frequency.shape, len(stability.columns)
    ((10, 10, 20), (10, 20), 10)
    >>> bool((stability.frequency_so_far >= stability.frequency).all())
    True
    >>> stability.stable_set(0.9, max_false=2.0).features[:1]
    ('body_mass_index',)
    >>> limits = stability.expected_false(0.9)
    >>> bool((limits[1:] >= limits[:-1]).all())
    True
    >>> list(stability.bounds_frame())[-2:], list(stability.swaps())[:3]
    (['expected_false_unimodal', 'expected_false_any'], ['a', 'b', 'lambda'])
    >>> len(stability.to_frame()) == len(stability.columns_frame()) == len(stability.lambdas)
    True
    >>> stability.features_frame().loc[0, "feature"]
    'body_mass_index'
    >>> stability.column_frequency.shape, stability.n_selected.shape
    ((10, 20), (20,))
    >>> bool((stability.q >= stability.n_selected).all())
    True
    """

    path: RegPath
    selected: np.ndarray
    n_pairs: int
    seed: int
    n_certified: int
    notes: tuple[str, ...] = ()
    passes: int = 0

    def __post_init__(self) -> None:
        freeze(self)

    @property
    def lambdas(self) -> np.ndarray:
        """The grid of the path, shape (n_lambdas,)."""
        return self.path.lambdas

    @cached_property
    def frequency(self) -> np.ndarray:
        """Share of the halves that select a feature, shape (n_features, n_lambdas)."""
        return np.asarray(self.selected.mean(axis=0))

    @cached_property
    def frequency_so_far(self) -> np.ndarray:
        """Share of the halves that select a feature at a strength or at any stronger one.

        Shape (n_features, n_lambdas); it never falls along the path.
        """
        return np.asarray(np.logical_or.accumulate(self.selected, axis=2).mean(axis=0))

    @property
    def ever(self) -> np.ndarray:
        """The same as `frequency_so_far`.

        .. deprecated:: 0.1.0
            `frequency_so_far` is its name.
        """
        warnings.warn(
            "Stability.ever is called Stability.frequency_so_far.", DeprecationWarning, stacklevel=2
        )
        return self.frequency_so_far

    @property
    def columns(self) -> tuple[str, ...]:
        """Source columns of the features, in their order."""
        return tuple(dict.fromkeys(self.path.groups))

    @cached_property
    def column_frequency(self) -> np.ndarray:
        """Share of the halves that select any feature of a column, (n_columns, n_lambdas)."""
        number = {name: k for k, name in enumerate(self.columns)}
        of = np.array([number[name] for name in self.path.groups])
        return np.stack(
            [self.selected[:, of == k].any(axis=1).mean(axis=0) for k in range(len(number))]
        )

    @property
    def n_selected(self) -> np.ndarray:
        """Average number of features selected at a strength, shape (n_lambdas,)."""
        return np.asarray(self.frequency.sum(axis=0))

    @cached_property
    def q(self) -> np.ndarray:
        """Average number of penalized features selected at a strength or any stronger one."""
        return np.asarray(self.frequency_so_far[self.path.penalty_factor > 0.0].sum(axis=0))

    def expected_false(
        self, threshold: float = THRESHOLD, *, bound: str = "unimodal"
    ) -> np.ndarray:
        """Bound on the expected number of false selections at each strength, (n_lambdas,).

        It holds for the features that at least a share `threshold` of the halves select at this
        strength or at any stronger one; infinite where no bound holds. See
        `regpath.core.stability_selection.error_bounds` for formulas and assumptions.

        Parameters
        ----------
        threshold : float in (0.5, 1], default=0.75
            Share of the halves from which a feature counts as stable.
        bound : {"unimodal", "any"}, default="unimodal"
            "unimodal" is tighter and assumes more.

        Returns
        -------
        ndarray of shape (n_lambdas,)
            Never falls along the path; infinite where no bound holds.

        Raises
        ------
        ParameterError
            If an argument is outside its range.
        """
        _check_threshold(threshold, "Stability.expected_false")
        check_choice(bound, "bound", "Stability.expected_false", BOUNDS)
        n_penalized = int((self.path.penalty_factor > 0.0).sum())
        return expected_false(self.q, n_penalized, threshold, self.n_pairs, bound)

    def stable_set(
        self,
        threshold: float = THRESHOLD,
        *,
        max_false: float = 1.0,
        bound: str = "unimodal",
    ) -> StableSet:
        """Features that are selected in at least a share `threshold` of the halves.

        The path is used as far as the expected number of false selections, with `q` as it is in
        these halves, stays at or below `max_false`. Features without a penalty are in every model,
        and not counted.

        Parameters
        ----------
        threshold : float in (0.5, 1], default=0.75
            Share of the halves from which a feature counts as stable.
        max_false : float, default=1.0
            False selections that are accepted, in expectation.
        bound : {"unimodal", "any"}, default="unimodal"
            "unimodal" is tighter and assumes more.

        Returns
        -------
        StableSet
            The features, how far down the path they were counted, and why.

        Raises
        ------
        ParameterError
            If an argument is outside its range.
        """
        limits = self.expected_false(threshold, bound=bound)
        if not (isinstance(max_false, int | float) and max_false > 0.0):
            raise ParameterError(
                "The 'max_false' parameter of Stability.stable_set must be a positive number. "
                f"Got {max_false!r} instead."
            )
        # `q` never falls along the path, so neither does the bound.
        index = int(np.sum(limits <= max_false)) - 1
        if index < 0:
            strongest = float(self.lambdas[0]), float(self.q[0]), float(limits[0])
            return nothing_stable(*strongest, threshold, max_false)
        penalized = self.path.penalty_factor > 0.0
        chosen = np.flatnonzero((self.frequency_so_far[:, index] >= threshold) & penalized)
        names = tuple(self.path.feature_names[j] for j in chosen)
        assumed = {
            "unimodal": "Shah and Samworth 2013, unimodal selection frequencies",
            "any": "Meinshausen and Buehlmann 2010, in the form of Shah and Samworth 2013",
        }
        reason = (
            f"{counted(len(names), 'feature')} of {len(self.path.feature_names)}: in at least "
            f"{threshold:.0%} of {len(self.selected)} halves, down to lambda = "
            f"{self.lambdas[index]:.4g}, where a half selects {self.q[index]:.3g} on average and "
            f"at most {limits[index]:.3g} false selections are expected ({assumed[bound]}). False "
            "is what a half selects no more often than a blind draw of as many would."
        )
        return StableSet(
            names, float(self.lambdas[index]), index, threshold, float(limits[index]), reason
        )

    def swaps(self, lam: float | None = None) -> pd.DataFrame:
        """Who replaces whom: pairs of features that are seldom selected together.

        Parameters
        ----------
        lam : float, default=None
            A point of the grid. None gives each pair at the strength at which its members avoid
            each other the most, and only those below a correlation of -0.3: with many strengths
            to choose from, weaker ones mean nothing.

        Returns
        -------
        DataFrame
            See `swap_pairs`; with `lambda`. The most strongly opposed pairs come first.
        """
        points = range(len(self.lambdas)) if lam is None else [self.path.index_of(lam)]
        frames = []
        for i in points:
            most = WEAK if lam is None else 0.0
            frame = swap_pairs(self.selected[:, :, i], self.path.feature_names, most=most)
            frame.insert(2, "lambda", self.lambdas[i])
            frames.append(frame)
        table = pd.concat([frame for frame in frames if len(frame)] or frames[:1])
        table = table.sort_values("phi", kind="stable")
        return table.drop_duplicates(["a", "b"], ignore_index=True)

    def to_frame(self) -> pd.DataFrame:
        """Show each feature's frequency along the path.

        Returns
        -------
        DataFrame
            One row per lambda: `lambda`, `C`, `n_selected` (on average), `q`, and a column
            `frequency[name]` for each feature.
        """
        names = [f"frequency[{name}]" for name in self.path.feature_names]
        meta = {
            "lambda": self.lambdas,
            "C": self.path.Cs,
            "n_selected": self.n_selected,
            "q": self.q,
        }
        return pd.concat(
            [pd.DataFrame(meta), pd.DataFrame(self.frequency.T, columns=names)], axis=1
        )

    def columns_frame(self) -> pd.DataFrame:
        """Show how often any feature of each column is selected along the path.

        Returns
        -------
        DataFrame
            One row per lambda: `lambda`, `C`, and a column `frequency[name]` for each source
            column.
        """
        names = [f"frequency[{name}]" for name in self.columns]
        meta = pd.DataFrame({"lambda": self.lambdas, "C": self.path.Cs})
        return pd.concat([meta, pd.DataFrame(self.column_frequency.T, columns=names)], axis=1)

    def bounds_frame(self, threshold: float = THRESHOLD) -> pd.DataFrame:
        """Show what a threshold promises at each strength.

        Parameters
        ----------
        threshold : float in (0.5, 1], default=0.75
            Share of the halves from which a feature counts as stable.

        Returns
        -------
        DataFrame
            One row per lambda: `lambda`, `C`, `q`, `n_stable` (penalized features that reach the
            threshold by then), and both bounds on the expected number of false ones among them:
            `expected_false_unimodal` and `expected_false_any`.

        Raises
        ------
        ParameterError
            If the threshold is outside its range.
        """
        _check_threshold(threshold, "Stability.bounds_frame")
        penalized = self.path.penalty_factor > 0.0
        facts = {
            "lambda": self.lambdas,
            "C": self.path.Cs,
            "q": self.q,
            "n_stable": (self.frequency_so_far[penalized] >= threshold).sum(axis=0),
        }
        limits = {
            f"expected_false_{bound}": self.expected_false(threshold, bound=bound)
            for bound in BOUNDS
        }
        return pd.DataFrame({**facts, **limits})

    def features_frame(self, threshold: float = THRESHOLD) -> pd.DataFrame:
        """Show when each feature becomes stable, the most stable first.

        Parameters
        ----------
        threshold : float in (0.5, 1], default=0.75
            Share of the halves from which a feature counts as stable.

        Returns
        -------
        DataFrame
            One row per feature: `feature`, `column`, `largest` (largest frequency along the path),
            `at` (the strongest lambda with it) and `stable_from` (the strongest lambda at which the
            share of the halves that have selected it reaches `threshold`; missing if none does).

        Raises
        ------
        ParameterError
            If the threshold is outside its range.
        """
        _check_threshold(threshold, "Stability.features_frame")
        reached = self.frequency_so_far >= threshold
        start = np.where(reached.any(axis=1), self.lambdas[reached.argmax(axis=1)], np.nan)
        frame = pd.DataFrame(
            {
                "feature": self.path.feature_names,
                "column": self.path.groups,
                "largest": self.frequency.max(axis=1),
                "at": self.lambdas[self.frequency.argmax(axis=1)],
                "stable_from": start,
            }
        )
        order = ["stable_from", "largest"]
        return frame.sort_values(order, ascending=False, kind="stable", ignore_index=True)

    def __repr__(self) -> str:
        n_points = self.selected.shape[0] * self.selected.shape[2]
        return "\n".join(
            [
                f"Stability({self.path.family}, target {self.path.target!r}, "
                f"{len(self.selected)} halves of {self.path.n_obs} rows, "
                f"certified {self.n_certified} of {n_points} points)",
                f"  {self.stable_set().reason}",
                *(f"  {note}" for note in self.notes),
            ]
        )


def _check_threshold(threshold: float, caller: str) -> None:
    if not (isinstance(threshold, int | float) and 0.5 < threshold <= 1.0):
        raise ParameterError(
            f"The 'threshold' parameter of {caller} must be a number above 0.5 and at most 1. "
            f"Got {threshold!r} instead."
        )
