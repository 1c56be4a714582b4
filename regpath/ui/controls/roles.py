"""What each column is used as: one truth, from which the side and the Data page both draw."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import streamlit as st

from regpath.errors import DataError
from regpath.recipe import FIELDS
from regpath.ui.controls.table import CONTROLS, place_of
from regpath.ui.session.state import Key, settle
from regpath.ui.session.unheard import choose, chosen_value

FEATURE, TARGET, LEFT_OUT, SET_ASIDE = "feature", "target", "left out", "set aside"
HELPERS = {  # the columns that are neither target nor features
    name: Key(name)
    for name, field in FIELDS.items()
    if field.option.columns and name not in ("target", "features")
}


def helpers_at(owner: str) -> dict[str, Key]:
    """The roles of such columns that the model has: only counts have exposures, say."""
    place = place_of(owner)
    return {role: key for role, key in HELPERS.items() if CONTROLS[role].applies(place)}


def roles_at(owner: str) -> tuple[str, ...]:
    """All that a column can be used as."""
    return (FEATURE, TARGET, LEFT_OUT, *helpers_at(owner), SET_ASIDE)


def helpers_of(owner: str, columns: Collection[str]) -> dict[str, str | None]:
    """The columns that serve otherwise, by role."""
    found = {role: st.session_state.get(key.of(owner)) for role, key in helpers_at(owner).items()}
    return {role: column if column in columns else None for role, column in found.items()}


def settle_helpers(owner: str, columns: Collection[str]) -> None:
    """Take back what names a column that the table no longer has."""
    for key in HELPERS.values():
        settle(key.of(owner), (None, *columns), None)


def is_choosy(owner: str) -> bool:
    """Tell whether a person says which columns are features."""
    return bool(_listed(Key.ONLY, owner) or _listed(Key.WITHOUT, owner))


def features_of(owner: str, target: str, serving: Sequence[str]) -> tuple[str, ...]:
    """The columns that are to be features, of those that can serve or of those that are asked for.

    Raises
    ------
    DataError
        If none is left.
    """
    helpers = helpers_of(owner, serving).values()
    others = {target, *helpers, *_listed(Key.WITHOUT, owner)}
    asked = _listed(Key.ONLY, owner) or list(serving)
    kept = tuple(c for c in asked if c not in others)
    if not kept:
        raise DataError("Every feature is left out.", "Keep at least one under 'Features'.")
    return kept


def role_of(column: str, owner: str, target: str, used: Collection[str] | None) -> str:
    """What a column is used as; `used` are the columns that features come from, if known."""
    if column == target:
        return TARGET
    for role, key in helpers_at(owner).items():
        if st.session_state.get(key.of(owner)) == column:
            return role
    only = _listed(Key.ONLY, owner)
    if column in _listed(Key.WITHOUT, owner) or (only and column not in only):
        return LEFT_OUT
    return FEATURE if used is None or column in used else SET_ASIDE


def named_in_roles(owner: str) -> set[str]:
    """The columns that a person named for anything but the target."""
    helpers = {st.session_state.get(key.of(owner)) for key in helpers_at(owner).values()}
    return {c for c in helpers if c} | {*_listed(Key.WITHOUT, owner), *_listed(Key.ONLY, owner)}


def assign(column: str, role: str, owner: str, used: Collection[str]) -> None:
    """Use a column as something else; runs before the side is drawn."""
    state = st.session_state
    for key in HELPERS.values():
        if state.get(key.of(owner)) == column:
            choose(key.of(owner), None)
    without, only = _listed(Key.WITHOUT, owner), _listed(Key.ONLY, owner)
    if role in (LEFT_OUT, SET_ASIDE):
        choose(Key.WITHOUT.of(owner), [*without, column])
        return
    choose(Key.WITHOUT.of(owner), [c for c in without if c != column])
    if role == TARGET:
        choose(Key.TARGET.of(owner), column)
    elif role in HELPERS:
        choose(HELPERS[role].of(owner), column)
    elif only and column not in only:
        choose(Key.ONLY.of(owner), [*only, column])
    elif not only and column not in used and column not in without:
        choose(Key.ONLY.of(owner), [*used, column])  # it is used when it is asked for


def leave_out(columns: Collection[str], owner: str) -> None:
    """Leave columns out, whatever else is chosen."""
    without = _listed(Key.WITHOUT, owner)
    choose(Key.WITHOUT.of(owner), list(dict.fromkeys([*without, *columns])))


def _listed(key: Key, owner: str) -> list[str]:
    return list(chosen_value(key.of(owner), ()))
