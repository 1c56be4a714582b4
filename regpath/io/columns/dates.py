"""Dates as people write them, and the parts of them that a model can use."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from regpath.io.columns.cells import TEXT, DistinctCells, matches

Moments = NDArray[Any]  # datetime64[us]

ORIGIN = np.datetime64("2000-01-01")
MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
CENTURY = 30  # 29 is 2029 and 30 is 1930, as in spreadsheets: more dates are past than to come
_SAMPLE = 200  # different cells that tell the layout
_YEARS = (1500, 2200)  # numbers that may be years
_COMPACT = (18_000_101, 21_001_231)  # numbers that may be days, as 20240131
_LAST_DAY = 110_000  # of a spreadsheet's days since 1900: in 2201
_MOMENTS = (1e14, 4.2e15)  # microseconds since 1970 that may be moments: from 1973 to 2103
_CLOCK = (
    r"(?P<hour>[0-9]{1,2})[:h](?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?P<fraction>[.,][0-9]{1,9})?)?"
    r" ?(?P<half>[AaPp]\.?[Mm]\.?)?(?: ?(?P<zone>Z|UTC|[+-][0-9]{2}:?[0-9]{2}))?"
)
_TIME = rf"(?:(?:T|,? +){_CLOCK})?"
_WEEKDAY = r"(?:\pL{2,10}[.,]? +)?"
_MONTH = r"(?P<word>\pL{3,10})\.?"
_DAY = r"(?P<a>[0-9]{1,2})"
_YEAR = r"(?P<c>[0-9]{4}|[0-9]{2})"
_LAYOUTS = {
    "ymd": rf"(?P<a>[0-9]{{4}})(?P<sign>[-/.])(?P<b>[0-9]{{1,2}})[-/.](?P<c>[0-9]{{1,2}}){_TIME}",
    "compact": r"(?P<a>(?:1[89]|20)[0-9]{2})(?P<b>[01][0-9])(?P<c>[0-3][0-9])",
    "ends": rf"{_DAY}(?P<sign>[-/. ])(?P<b>[0-9]{{1,2}})[-/. ]{_YEAR}{_TIME}",
    "day word": rf"{_WEEKDAY}{_DAY}(?:st|nd|rd|th|\.)?[-/ ]?{_MONTH}[-/, ]*{_YEAR}{_TIME}",
    "word day": rf"{_WEEKDAY}{_MONTH}[- ]{_DAY}(?:st|nd|rd|th)?,? (?P<c>[0-9]{{4}}){_TIME}",
    "month": r"(?P<a>(?:1[89]|20)[0-9]{2})-(?P<b>0[1-9]|1[0-2])",
    "word": rf"{_MONTH}[-/, ]+(?P<c>[0-9]{{4}})",
}
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier janv enero ene gennaio gen janeiro jän jänner",
            "feb february februar février févr fevr febrero febbraio fevereiro fev",
            "mar march märz mär mrz mars marzo março",
            "apr april avril avr abril abr aprile",
            "may mai mayo maggio mag maio mei",
            "jun june juni juin junio giugno giu junho",
            "jul july juli juillet juil julio luglio lug julho",
            "aug august août aout agosto ago augustus",
            "sep sept september septembre septiembre settembre set setembro",
            "oct october oktober okt octobre octubre ottobre ott outubro out",
            "nov november novembre noviembre novembro",
            "dec december dezember dez décembre déc diciembre dic dicembre dezembro",
        ),
        start=1,
    )
    for name in names.split()
}


@dataclass(frozen=True, eq=False)
class Dates:
    """The different cells of a column as dates, where they are.

    Attributes
    ----------
    cells : DistinctCells
    values : ndarray of datetime64[us]
        NaT where a cell is no date.
    order : str
        "dmy", "mdy" or "ymd".
    layout : str
    other : ndarray of datetime64[us] or None
        What they are in the other order, if that suits just as many.
    other_order : str
    zoned : bool
        Whether cells named a time zone; the values are UTC then.
    short : bool
        Whether years are written with two digits.
    """

    cells: DistinctCells
    values: Moments
    order: str
    layout: str
    other: Moments | None = None
    zoned: bool = False
    short: bool = False
    other_order: str = ""

    @property
    def n_good(self) -> int:
        """How many cells are dates."""
        return int(self.cells.counts[~np.isnat(self.values)].sum())

    def swapped(self) -> Dates:
        """The same cells in the other order."""
        assert self.other is not None
        return replace(
            self,
            values=self.other,
            order=self.other_order,
            other=self.values,
            other_order=self.order,
        )


def read_dates(cells: DistinctCells, order: str | None = None) -> Dates | None:
    """Read cells as dates in the layout that suits the most; None if it suits less than half.

    Where day and month may be either way round and both ways suit, `other` holds the other way.
    """
    few = cells.texts[:_SAMPLE]
    shares = {layout: int(matches(few, pattern).sum()) for layout, pattern in _LAYOUTS.items()}
    layout = max(shares, key=shares.__getitem__)
    if order == "ymd" and shares["compact"]:
        layout = "compact"
    if not shares[layout] or 2 * shares[layout] < len(few):
        return None
    parts = pc.extract_regex(cells.texts, f"^(?:{_LAYOUTS[layout]})$")
    fields = {field.name: parts.field(field.name) for field in parts.type}
    time, zoned = _time(fields, len(cells.texts))
    short = "c" in fields and bool((pc.utf8_length(fields["c"]).fill_null(0).to_numpy() == 2).any())
    short &= layout != "ymd"
    if layout != "ends":
        values = _joined(*_fields_of(layout, fields), time)
        return _if_enough(Dates(cells, values, _order_of(layout), layout, None, zoned, short))
    ways = _ways(fields, time)
    good = {way: int(cells.counts[~np.isnat(values)].sum()) for way, values in ways.items()}
    if order in ways:
        return _if_enough(Dates(cells, ways[order], order, layout, None, zoned, short))
    order, other = _best_two(ways, good)
    return _if_enough(
        Dates(cells, ways[order], order, layout, ways.get(other), zoned, short, other)
    )


def _ways(fields: dict[str, pa.StringArray], time: Moments) -> dict[str, Moments]:
    """The dates that day, month and year make in each order; years first have two digits."""
    first, second, third = (_ints(fields[part]) for part in "abc")
    years = _full_years(third, fields["c"])
    ways = {"dmy": _joined(years, second, first, time), "mdy": _joined(years, first, second, time)}
    if (pc.utf8_length(fields["a"]).to_numpy(zero_copy_only=False) == 2).all():
        days = np.where(pc.utf8_length(fields["c"]).to_numpy(zero_copy_only=False) == 2, third, -1)
        ways["ymd"] = _joined(_full_years(first, fields["a"]), second, days, time)
    return ways


def _best_two(ways: dict[str, Moments], good: dict[str, int]) -> tuple[str, str]:
    """The order that suits the most, and another that suits as many; "" if none does.

    The year comes first only if the dates then lie within a far shorter time.
    """
    best = "dmy" if good["dmy"] >= good["mdy"] else "mdy"
    suits = "ymd" in ways and good["ymd"] >= good[best]
    if suits and 3 * _span(ways["ymd"]) < _span(ways[best]):
        return "ymd", best if good["ymd"] == good[best] else ""
    tied = good["dmy"] == good["mdy"] and not np.array_equal(ways["dmy"], ways["mdy"])
    return best, "mdy" if tied else ""


def _span(moments: Moments) -> np.timedelta64:
    known = moments[~np.isnat(moments)]
    return known.max() - known.min() if len(known) else np.timedelta64(0, "us")


def _if_enough(dates: Dates) -> Dates | None:
    return dates if 2 * dates.n_good >= dates.cells.n_known and dates.n_good else None


def _order_of(layout: str) -> str:
    return {"day word": "dmy", "word day": "mdy", "word": "mdy"}.get(layout, "ymd")


def _fields_of(
    layout: str, fields: dict[str, pa.StringArray]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Year, month and day; -1 where the layout does not fit."""
    if "word" in fields:
        lower = pc.utf8_lower(fields["word"]).to_pylist()
        month = np.array([_MONTHS.get(word or "", -1) for word in lower])
        day = _ints(fields["a"]) if "a" in fields else np.ones(len(month), dtype=np.int64)
        return _full_years(_ints(fields["c"]), fields["c"]), month, day
    year, month = _ints(fields["a"]), _ints(fields["b"])
    return year, month, _ints(fields["c"]) if "c" in fields else np.ones_like(year)


def _ints(texts: pa.StringArray) -> NDArray[np.int64]:
    filled = pc.if_else(pc.equal(texts, ""), None, texts).fill_null("-1")
    return np.asarray(pc.cast(filled, pa.int64()), dtype=np.int64)


def _full_years(years: NDArray[np.int64], written: pa.StringArray) -> NDArray[np.int64]:
    short = (pc.utf8_length(written).fill_null(0).to_numpy() == 2) & (years >= 0)
    return np.where(short, years + np.where(years < CENTURY, 2000, 1900), years)


def _joined(
    year: NDArray[np.int64], month: NDArray[np.int64], day: NDArray[np.int64], time: Moments
) -> Moments:
    """Join the parts into moments; NaT where there is no such day."""
    real = (year > 0) & (month >= 1) & (month <= 12) & (day >= 1)
    first = (np.where(real, year, 2000) - 1970) * 12 + np.where(real, month, 1) - 1
    start = first.astype("datetime64[M]")
    length = ((start + 1).astype("datetime64[D]") - start.astype("datetime64[D]")).astype(int)
    real &= day <= length
    moment = start.astype("datetime64[D]").astype("datetime64[us]")
    moment = moment + (day - 1) * np.timedelta64(86_400_000_000, "us") + time
    return np.where(real, moment, np.datetime64("NaT"))


def _time(fields: dict[str, pa.StringArray], n: int) -> tuple[NDArray[Any], bool]:
    """Microseconds since midnight (UTC if a zone is named); NaT where there is no such time."""
    zero = np.zeros(n, dtype="timedelta64[us]")
    if "hour" not in fields or not (_ints(fields["hour"]) >= 0).any():
        return zero, False
    hour, minute, second = (_ints(fields[part]) for part in ("hour", "minute", "second"))
    absent = hour < 0
    half = pc.utf8_lower(pc.utf8_slice_codeunits(fields["half"], 0, 1)).fill_null("")
    late = pc.equal(half, "p").to_numpy(zero_copy_only=False)
    early = pc.equal(half, "a").to_numpy(zero_copy_only=False)
    real = absent | ((hour < 24) & (minute < 60) & (second < 61))
    real &= ~(late | early) | ((hour >= 1) & (hour <= 12))
    hour = np.where(late & (hour < 12), hour + 12, np.where(early & (hour == 12), 0, hour))
    digits = pc.replace_substring(fields["fraction"], ",", ".").fill_null("")
    digits = pc.if_else(pc.equal(digits, ""), "0", digits)
    micro = np.rint(pc.cast(digits, pa.float64()).to_numpy() * 1e6).astype(np.int64)
    zones = fields["zone"].fill_null("")
    shift = np.array([_minutes_ahead(zone) for zone in zones.to_pylist()], dtype=np.int64)
    total = ((hour * 60 + minute - shift) * 60 + np.maximum(second, 0)) * 1_000_000 + micro
    total = np.where(absent, 0, total).astype("timedelta64[us]")
    zoned = bool(pc.any(pc.not_equal(zones, "")).as_py())
    return np.where(real, total, np.timedelta64("NaT")), zoned


def _minutes_ahead(zone: str) -> int:
    if not zone or zone[0] not in "+-":
        return 0
    minutes = int(zone[1:3]) * 60 + int(zone[-2:])
    return -minutes if zone[0] == "-" else minutes


def read_clock(cells: DistinctCells) -> Dates | None:
    """Times of day, on the day of `ORIGIN`; None if a cell is no such time."""
    if not len(cells.texts) or not matches(cells.texts, _CLOCK).all():
        return None
    parts = pc.extract_regex(cells.texts, f"^(?:{_CLOCK})$")
    time, zoned = _time({field.name: parts.field(field.name) for field in parts.type}, len(parts))
    moments = ORIGIN.astype("datetime64[us]") + time
    return None if np.isnat(time).any() else Dates(cells, moments, "ymd", "clock", zoned=zoned)


def moments_of_numbers(values: NDArray[np.float64]) -> tuple[Moments, str] | None:
    """Dates that are written as numbers: 20240131, years, a spreadsheet's days, Unix seconds."""
    known = values[~np.isnan(values)]
    if not len(known):
        return None
    low, high = known.min(), known.max()
    out = np.full(len(values), np.datetime64("NaT"), dtype="datetime64[us]")
    good = ~np.isnan(values)
    if is_compact(known):
        whole = known.astype(np.int64)
        no_time = np.zeros(len(whole), dtype="timedelta64[us]")
        out[good] = _joined(whole // 10_000, whole // 100 % 100, whole % 100, no_time)
        return out, "year, month and day in one number"
    if low >= _YEARS[0] and high <= _YEARS[1] and (known == np.round(known)).all():
        out[good] = (known.astype(np.int64) - 1970).astype("datetime64[Y]").astype(out.dtype)
        return out, "years"
    if low >= 1 and high < _LAST_DAY:  # day 60 is a 29 February 1900 that never was
        micro = np.rint(known * 86_400e6).astype(np.int64)
        out[good] = np.datetime64("1899-12-30") + micro.astype("timedelta64[us]")
        return out, "a spreadsheet's days since 1900"
    for unit, name in ((1e6, "seconds"), (1e3, "milliseconds")):
        if low * unit >= _MOMENTS[0] and high * unit < _MOMENTS[1]:
            out[good] = np.rint(known * unit).astype(np.int64).astype("datetime64[us]")
            return out, f"{name} since 1970"
    return None


def is_compact(values: NDArray[np.generic]) -> bool:
    """Tell whether numbers such as 20240131 are all days of a calendar."""
    if not len(values) or values.min() < _COMPACT[0] or values.max() > _COMPACT[1]:
        return False
    whole = np.unique(values).astype(np.int64)
    if (whole != np.unique(values)).any():
        return False
    no_time = np.zeros(len(whole), dtype="timedelta64[us]")
    days = _joined(whole // 10_000, whole // 100 % 100, whole % 100, no_time)
    return not bool(np.isnat(days).any())


def date_part(moments: Moments, part: str) -> pd.api.extensions.ExtensionArray | NDArray[Any]:
    """One part of dates: a number for days, year and hour, a word for month and weekday."""
    dates = pd.DatetimeIndex(moments)
    if part == "days":
        return _in_units(moments - ORIGIN, "D")
    if part == "year":
        return np.asarray(dates.year, dtype=float)
    if part == "hour":
        return _in_units(moments - moments.astype("datetime64[D]"), "h")
    months = [f"{k:02d} {name}" for k, name in enumerate(MONTH_NAMES, start=1)]
    days = [f"{k} {name}" for k, name in enumerate(DAY_NAMES, start=1)]
    names, places = (months, dates.month - 1) if part == "month" else (days, dates.day_of_week)
    found = np.array([*names, np.nan], dtype=object)[places.fillna(-1).to_numpy(int)]
    texts: pd.api.extensions.ExtensionArray = pd.array(found, dtype=TEXT)
    return texts


def _in_units(spans: NDArray[Any], unit: Literal["D", "h"]) -> NDArray[np.float64]:
    return np.asarray(spans / np.timedelta64(1, unit), dtype=np.float64)
