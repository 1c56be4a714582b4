"""From columns to features: what is learned from some rows, and applied to others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from itertools import product
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from regpath.core.problems.coding import Coding, term_name
from regpath.core.problems.filling import centres_of, filled_with, floats_of, gaps_of
from regpath.core.problems.frames import in_order
from regpath.core.problems.inputs import check_frame, check_matrix
from regpath.errors import DataError
from regpath.wording import listed

OTHER = "other"


class Feature(NamedTuple):
    """One column of X: a column's number, one of its levels, or whether it is missing."""

    name: str
    column: str
    level: str | None = None
    is_gap: bool = False


@dataclass(frozen=True)
class _Learned:
    """What rows teach: levels, gaps that were filled, rare levels, gaps with a feature, fills."""

    levels: dict[str, tuple[str, ...]]
    filled: dict[str, object]
    pooled: dict[str, tuple[str, ...]]
    gaps: tuple[str, ...]
    fills: dict[str, Any]


@dataclass(frozen=True, eq=False)
class Encoder:
    """Imputation and one-hot coding, learned from some rows.

    Numeric and boolean columns: missing values become the median or the mean. Categorical
    columns: missing values become the most frequent level; two levels give one 0/1 feature, more
    levels give one feature each, or one each but the first; a level that was not seen while
    learning gives zeros, or counts as "other" where rare levels are pooled.

    Attributes
    ----------
    kinds : dict of str to {"numeric", "categorical"}
        The columns in use, in their order.
    levels : dict of str to tuple of str
        Levels of each categorical column, sorted; "other" comes last.
    feature_names, groups : tuple of str
        Name and source column of each feature; the source of a product is its term.
    filled : dict of str to object
        What stands for missing values in the columns that had some.
    pooled : dict of str to tuple of str
        The rare levels of each column that count as its "other".
    gaps : tuple of str
        Columns with a feature that tells where they are missing.
    coding : Coding
    """

    kinds: dict[str, str]
    levels: dict[str, tuple[str, ...]]
    feature_names: tuple[str, ...]
    groups: tuple[str, ...]
    filled: dict[str, object]
    pooled: dict[str, tuple[str, ...]]
    gaps: tuple[str, ...]
    coding: Coding
    _fills: dict[str, Any] = field(repr=False)
    _base: tuple[Feature, ...] = field(repr=False)
    _factors: tuple[tuple[int, ...], ...] = field(repr=False)

    @classmethod
    def learn(
        cls,
        frame: pd.DataFrame,
        kinds: dict[str, str],
        coding: Coding | None = None,
        *,
        like: Encoder | None = None,
    ) -> Encoder:
        """Learn from the rows of `frame`; a column without any value there is left out.

        The features of `like` are settled beforehand, and only the values for gaps are learned: a
        level without rows gives a feature of zeros, and so does a column without values.
        """
        coding = like.coding if like is not None else coding or Coding()
        numeric = [column for column, kind in kinds.items() if kind == "numeric"]
        values = floats_of(frame, numeric)
        has_gap, is_empty = gaps_of(frame, kinds, numeric, np.isnan(values))
        fills: dict[str, Any] = centres_of(numeric, values, coding.missing)
        if like is None:
            kinds = {column: kind for column, kind in kinds.items() if not is_empty[column]}
            fills = {column: fills[column] for column in numeric if column in kinds}
        levels: dict[str, tuple[str, ...]] = {}
        pooled: dict[str, tuple[str, ...]] = {}
        for column in kinds:
            if kinds[column] == "numeric":
                continue
            counts = Counter(coding.merged(frame[column]).dropna().tolist())
            if like is None:
                levels[column], rare = _levels(counts, coding.min_level_count)
                if rare:
                    pooled[column] = rare
            known = levels if like is None else like.levels
            hidden = pooled if like is None else like.pooled
            fills[column] = _most_frequent(counts, known[column], hidden.get(column, ()))
        gaps = tuple(c for c in kinds if has_gap[c]) if coding.missing == "indicator" else ()
        if like is not None:
            levels, pooled, gaps = like.levels, like.pooled, like.gaps
        filled = {column: fills[column] for column in _in_turn(kinds) if has_gap[column]}
        return cls._of(kinds, coding, _Learned(levels, filled, pooled, gaps, fills))

    @classmethod
    def _of(
        cls,
        kinds: dict[str, str],
        coding: Coding,
        learned: _Learned,
    ) -> Encoder:
        """Name the features that follow from what was learned."""
        base = _base_features(kinds, learned.levels, learned.gaps, coding.coding)
        factors, groups = _products(base, coding, kinds)
        products = [term_name([base[j].name for j in each]) for each in factors]
        return cls(
            kinds=kinds,
            levels=learned.levels,
            feature_names=_unique([feature.name for feature in base] + products),
            groups=(*(feature.column for feature in base), *groups),
            filled=learned.filled,
            pooled=learned.pooled,
            gaps=learned.gaps,
            coding=coding,
            _fills=learned.fills,
            _base=base,
            _factors=factors,
        )

    @property
    def fills(self) -> dict[str, Any]:
        """What stands for a missing value in each column, whether it had some or not."""
        return dict(self._fills)

    @property
    def base_features(self) -> tuple[Feature, ...]:
        """The features that are no products, which are the first ones."""
        return self._base

    @property
    def product_factors(self) -> tuple[tuple[int, ...], ...]:
        """Of each product, the positions of the features that it multiplies."""
        return self._factors

    def to_dict(self) -> dict[str, Any]:
        """Plain values, of which `from_dict` makes the same encoder again."""
        coding = asdict(self.coding)
        coding.pop("_new_level")
        learned = ("levels", "filled", "pooled", "gaps")
        return {
            "kinds": list(self.kinds.items()),  # their order is that of the features
            **{name: getattr(self, name) for name in learned},
            "fills": self.fills,
            "coding": coding,
        }

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Encoder:
        """Inverse of `to_dict`, whose tuples may have become lists."""
        how = dict(values["coding"])
        how["level_groups"] = tuple((c, new, tuple(old)) for c, new, old in how["level_groups"])
        how["terms"] = tuple(tuple(term) for term in how["terms"])
        return cls._of(
            dict(values["kinds"]),
            Coding(**how),
            _Learned(
                {column: tuple(levels) for column, levels in values["levels"].items()},
                dict(values["filled"]),
                {column: tuple(levels) for column, levels in values["pooled"].items()},
                tuple(values["gaps"]),
                dict(values["fills"]),
            ),
        )

    def encode(self, frame: pd.DataFrame) -> np.ndarray:
        """Features of the rows of `frame`, shape (n, n_features), column-major.

        Raises
        ------
        DataError
            If a column is missing, a numeric one holds words or infinite values, or a product is
            larger than a number can be.
        """
        there = set(frame.columns.tolist())
        missing = [column for column in self.kinds if column not in there]
        if missing:
            those = "There is no column" if len(missing) == 1 else "There are no columns"
            raise DataError(
                f"{those} {listed(missing)}.", "Bring all the columns the path was fit on."
            )
        if frame.empty:
            raise DataError("There are no rows.", "Bring at least one row.")
        X = np.empty((len(frame), len(self.feature_names)), order="F")
        numeric = [c for c, kind in self.kinds.items() if kind == "numeric"]
        plain, other = self._plain
        X[:, plain] = filled_with(floats_of(frame, numeric), [self._fills[c] for c in numeric])
        codes = {c: self._codes(frame[c]) for c, kind in self.kinds.items() if kind != "numeric"}
        for j in other:
            column, level = self._base[j].column, self._base[j].level
            if level is None:
                X[:, j] = frame[column].isna().to_numpy()
            else:
                X[:, j] = codes[column] == self.levels[column].index(level)
        for j, factors in enumerate(self._factors, start=len(self._base)):
            with np.errstate(over="ignore"):
                X[:, j] = X[:, list(factors)].prod(axis=1)
            if not np.isfinite(X[:, j]).all():
                raise DataError(
                    f"The product {self.feature_names[j]!r} is larger than a number can be.",
                    "Bring its columns in larger units.",
                )
        return X

    @cached_property
    def _plain(self) -> tuple[list[int], list[int]]:
        """Positions of the features that are numbers as they are, and of the other base ones."""
        plain: list[int] = []
        other: list[int] = []
        for j, feature in enumerate(self._base):
            is_number = feature.level is None and not feature.is_gap
            (plain if is_number else other).append(j)
        return plain, other

    def _codes(self, values: pd.Series) -> np.ndarray:
        """Positions of a column's cells in its levels; -1 for levels that are not known."""
        column = str(values.name)
        levels = self.levels[column]
        words = self.coding.merged(values).astype(object)
        words = words.where(words.notna(), self._fills[column])
        codes = pd.Index(levels, dtype=object).get_indexer(pd.Index(words, dtype=object))
        return np.where(codes < 0, len(levels) - 1, codes) if column in self.pooled else codes


def encode_rows(X: Any, encoder: Encoder | None, feature_names: Sequence[str]) -> Any:
    """Features of new rows, as a dense or CSR array of shape (n, n_features), by name in frames."""
    if isinstance(X, pd.DataFrame) and encoder is not None:
        return encoder.encode(check_frame(X))
    matrix = check_matrix(in_order(X, feature_names), copy=False)
    if matrix.shape[1] != len(feature_names):
        raise DataError(
            f"X has {matrix.shape[1]} columns; the path was fit on {len(feature_names)} features.",
            "Bring the same features in the same order.",
        )
    return matrix


def _in_turn(kinds: dict[str, str]) -> list[str]:
    """Columns as notes name them: numeric ones first."""
    return sorted(kinds, key=lambda column: kinds[column] != "numeric")


def _levels(counts: Counter[str], least: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Levels in order, "other" last, and the rare ones that it stands for."""
    rare = tuple(sorted(level for level, count in counts.items() if count < least))
    levels = sorted(set(counts) - set(rare))
    if not rare:
        return tuple(levels), ()
    return (*(level for level in levels if level != OTHER), OTHER), rare


def _most_frequent(counts: Counter[str], levels: Sequence[str], rare: Sequence[str]) -> str | None:
    """The most frequent level, the first of several; None without any."""
    sums = Counter({level: count for level, count in counts.items() if level in set(levels)})
    if rare:
        sums[OTHER] = sum(counts.values()) - sum(sums.values()) + sums[OTHER]
    return min(sums, key=lambda level: (-sums[level], level)) if sums else None


def _base_features(
    kinds: dict[str, str], levels: dict[str, tuple[str, ...]], gaps: Collection[str], coding: str
) -> tuple[Feature, ...]:
    features, gaps = [], frozenset(gaps)
    for column, kind in kinds.items():
        if kind == "numeric":
            features.append(Feature(column, column))
        else:
            shown = levels[column]
            first = 1 if len(shown) == 2 or (coding == "reference" and len(shown) > 1) else 0
            features += [Feature(f"{column}={lv}", column, lv) for lv in shown[first:]]
        if column in gaps:
            features.append(Feature(f"{column} missing", column, is_gap=True))
    return tuple(features)


def _products(
    base: Sequence[Feature], coding: Coding, kinds: dict[str, str]
) -> tuple[tuple[tuple[int, ...], ...], tuple[str, ...]]:
    """Positions of the features that are multiplied, and the term that each product is of."""
    if not coding.terms:
        return (), ()
    places: dict[str, list[int]] = {}
    for j, feature in enumerate(base):
        if not feature.is_gap:
            places.setdefault(feature.column, []).append(j)
    factors, groups = [], []
    for term in coding.terms:
        if not set(term) <= set(kinds):
            continue
        powers = Counter(term)
        for chosen in product(*(places[column] for column in powers)):
            many = zip(chosen, powers.values(), strict=True)
            factors.append(tuple(j for j, power in many for _ in range(power)))
            groups.append(term_name(term))
    return tuple(factors), tuple(groups)


def _unique(names: list[str]) -> tuple[str, ...]:
    """Names as they are, with " (2)" behind a repeated one."""
    seen: set[str] = set()
    for i, name in enumerate(names):
        count = 2
        while names[i] in seen:
            names[i] = f"{name} ({count})"
            count += 1
        seen.add(names[i])
    return tuple(names)
