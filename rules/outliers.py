"""Which accepted numbers are worth a second look: against units alike, the own size, last year.

Few and robust: medians and their spread, never means; a big unit whose numbers are all big is not
asked about any of them. What is found is a question, never a fault.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FEWEST = 5  # others that say something of a field
FAR = 3.5  # spreads away from the median, the usual limit for the modified z-score
SPREAD_FLOOR = 0.5  # in natural logarithms: units that all say the same still differ by nature
TIMES = 10  # and at least so many times the median, the unit's own size set aside
TOO_SMALL = 500  # money written in 万元 where 元 is asked is a ten-thousandth
ALIKE = 6  # numbers that two units share, all of theirs
LEAST = 20  # last year's or this year's number that is worth comparing
MOST = 20
_MAD = 1.4826  # makes a median deviation comparable with a standard deviation


@dataclass(frozen=True, slots=True)
class Row:
    """One copy of a form: whose it is, and its numbers by field."""

    unit: str
    category: str
    numbers: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Outlier:
    """One number to ask about; `row` counts from 0.

    `kind`: large, small (against `among` others, of the unit's category if `own_kind`, whose
    median is `usual`), more, less (against last year's `usual`), copied (all of row `other`).
    """

    row: int
    kind: str
    field: str = ""
    usual: float = 0
    among: int = 0
    own_kind: bool = False
    other: int = -1
    weight: float = 0


def outliers(
    rows: Sequence[Row], money: frozenset[str], last: Mapping[str, Mapping[str, float]]
) -> tuple[Outlier, ...]:
    """Return the numbers most worth asking about, the farthest off first, once per cell."""
    found = [*_copied(rows), *_against_last(rows, last), *_against_peers(rows, money)]
    found.sort(key=lambda one: -one.weight)
    first = {(one.row, one.field): one for one in reversed(found)}
    return tuple(one for one in found if first[one.row, one.field] is one)[:MOST]


def _against_peers(rows: Sequence[Row], money: frozenset[str]) -> Iterator[Outlier]:
    usual = _Usual(rows)
    for at, row in enumerate(rows):
        known = {key: one for key in row.numbers if (one := usual.compared(row, key))}
        for key, (away, far, group) in known.items():
            rest = [other[0] for name, other in known.items() if name != key]
            size = median(rest) if len(rest) >= FEWEST - 1 else 0.0
            large = far >= FAR and away - max(size, 0) >= math.log(TIMES)
            small = key in money and far <= -FAR and away - min(size, 0) <= -math.log(TOO_SMALL)
            if large or small:
                kind = "large" if large else "small"
                among = group.count - 1
                yield Outlier(at, kind, key, group.usual, among, group.own_kind, weight=abs(away))


@dataclass(frozen=True, slots=True)
class _Group:
    """What units alike say of a field: how many, the median, its logarithm and the spread."""

    count: int
    usual: float
    middle: float
    spread: float
    own_kind: bool


class _Usual:
    """What is usual for each field, among units of one category and among all."""

    def __init__(self, rows: Sequence[Row]) -> None:
        said: dict[tuple[str, str | None], list[float]] = {}
        for row in rows:
            for key, value in row.numbers.items():
                if value > 0:
                    said.setdefault((key, None), []).append(value)
                    if row.category:
                        said.setdefault((key, row.category), []).append(value)
        self._groups = {at: _group(values, at[1]) for at, values in said.items()}

    def compared(self, row: Row, key: str) -> tuple[float, float, _Group] | None:
        """Return how far a number is from its peers, in logarithms and in spreads."""
        if row.numbers[key] <= 0:
            return None
        known = (self._groups.get((key, kind)) for kind in (row.category, None))
        group = next((one for one in known if one is not None and one.count > FEWEST), None)
        if group is None:
            return None
        away = math.log(row.numbers[key]) - group.middle
        return away, away / group.spread, group


def _group(values: Sequence[float], category: str | None) -> _Group:
    logs = [math.log(value) for value in values]
    middle = median(logs)
    spread = _MAD * median(abs(one - middle) for one in logs) + SPREAD_FLOOR
    return _Group(len(values), median(values), middle, spread, category is not None)


def _against_last(
    rows: Sequence[Row], last: Mapping[str, Mapping[str, float]]
) -> Iterator[Outlier]:
    copies = Counter(row.unit for row in rows)
    for at, row in enumerate(rows):
        if copies[row.unit] > 1:  # several copies: no one of them is last year's
            continue
        for key, before in last.get(row.unit, {}).items():
            now = row.numbers.get(key)
            if now is None or max(now, before) < LEAST:
                continue
            away = math.log(max(now, 1) / max(before, 1))
            if abs(away) >= math.log(TIMES):
                yield Outlier(at, "more" if away > 0 else "less", key, before, weight=abs(away))


def _copied(rows: Sequence[Row]) -> Iterator[Outlier]:
    seen: dict[tuple[tuple[str, float], ...], int] = {}
    for at, row in enumerate(rows):
        said = tuple(sorted((key, value) for key, value in row.numbers.items() if value))
        if len(said) < ALIKE or len({value for _, value in said}) < ALIKE // 2:
            continue
        first = seen.setdefault(said, at)
        if rows[first].unit != row.unit:
            yield Outlier(at, "copied", among=len(said), other=first, weight=math.inf)
