"""When two rows of a roster cannot both be right: the same id, unit, alias or address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from rapidfuzz.distance import Indel
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extractOne

from rules.labels import words
from rules.roster import Unit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence


# words that offices write long or short for one and the same unit
_SHORT = (
    ("科学技术", "科技"),
    ("工业和信息化", "工信"),
    ("工业信息化", "工信"),
    ("卫生健康", "卫健"),
    ("委员会", "委"),
    ("人民政府", "政府"),
    ("办公室", "办"),
)


_REGION = re.compile(r"(?<=.)自治区(?=.)")


@dataclass(frozen=True, slots=True)
class Clash:
    """A cell that contradicts an earlier one."""

    code: str
    row: int
    column: str
    first_row: int
    first_column: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Owner:
    unit: Unit
    row: int
    column: str


@lru_cache(maxsize=1 << 15)
def unit_core(name: str) -> str:
    """Return a unit's name as people mean it: 内蒙古自治区科学技术厅 and 内蒙古科技厅 are one."""
    core = words(name)
    for long, short in _SHORT:
        core = core.replace(long, short)
    return _REGION.sub("", core)


def find_clashes(rows: Sequence[tuple[int, Unit]]) -> Iterator[Clash]:
    """Yield every clash, at the later of the two cells."""
    yield from _ids(rows)
    yield from _names(rows)
    yield from _similar(rows)
    yield from _addresses(rows)
    yield from _parents(rows)


def _ids(rows: Sequence[tuple[int, Unit]]) -> Iterator[Clash]:
    """Yield ids that stand twice; of one unit written twice its name is told instead."""
    first: dict[str, tuple[int, Unit]] = {}
    for row, unit in rows:
        first_row, other = first.setdefault(unit.id, (row, unit))
        if other is not unit and unit_core(other.name) != unit_core(unit.name):
            values = {"given": unit.id, "other": other.name}
            yield Clash("copied-id", row, "编号", first_row, "编号", values)


def _names(rows: Sequence[tuple[int, Unit]]) -> Iterator[Clash]:
    owners: dict[str, _Owner] = {}
    for row, unit in rows:
        owner = owners.setdefault(unit_core(unit.name), _Owner(unit, row, "单位"))
        if owner.unit is not unit:
            values = {"given": unit.name, "other": owner.unit.name}
            yield Clash("duplicate-unit", row, "单位", owner.row, "单位", values)
    for row, unit in rows:
        for alias in unit.aliases:
            mine = _Owner(unit, row, "简称/别名")
            owner = owners.setdefault(unit_core(alias), mine)
            if owner.unit is not unit:
                values = {"given": alias, "other": owner.unit.name}
                yield Clash("alias-of-two", row, mine.column, owner.row, owner.column, values)


def _addresses(rows: Sequence[tuple[int, Unit]]) -> Iterator[Clash]:
    owners: dict[str, _Owner] = {}
    for row, unit in rows:
        for address in unit.addresses:
            owner = owners.setdefault(address, _Owner(unit, row, "邮箱"))
            if owner.unit is not unit:
                values = {"given": address, "other": owner.unit.name}
                yield Clash("shared-address", row, "邮箱", owner.row, "邮箱", values)


# one of these more or less makes another unit: 第十一中学, 东城区, 附属医院
_TELLING = re.compile(r"[0-9a-z一二三四五六七八九十百东西南北中上下前后新老大小甲乙丙丁附分副总第]")
_LEAST = 5  # letters of names that may be one name mistyped
_LIKE_PARENT = 80  # percent; above it a 上级 is taken for that unit, mistyped


def one_mistyped(one: str, other: str) -> bool:
    """Say whether two cores may be one unit's: a letter that tells nothing more, or two swapped."""
    here, there = sorted((one, other), key=len)
    if here == there or len(here) < _LEAST:
        return here == there
    if len(here) == len(there):
        return sorted(here) == sorted(there) and not _TELLING.search(_differing(here, there))
    return Indel.distance(here, there) == 1 and not _TELLING.search(_more(here, there))


def _differing(here: str, there: str) -> str:
    return "".join(a for a, b in zip(here, there, strict=True) if a != b)


def _more(short: str, long: str) -> str:
    """Return the one letter that the longer name has more."""
    for index, letter in enumerate(long):
        if long[:index] + long[index + 1 :] == short:
            return letter
    return ""


def _similar(rows: Sequence[tuple[int, Unit]]) -> Iterator[Clash]:
    """Compare only names of the same letters, but for one: a roster may have thousands of rows."""
    whole: dict[_Letters, list[tuple[int, Unit]]] = {}
    less: dict[_Letters, list[tuple[int, Unit]]] = {}
    for row, unit in rows:
        core = unit_core(unit.name)
        letters, shorter = _letters(core), _without_one(core)
        like = [*whole.get(letters, ()), *less.get(letters, ())]
        like += (one for key in shorter for one in whole.get(key, ()))
        for first_row, other in sorted(like, key=itemgetter(0)):
            there = unit_core(other.name)
            if core != there and one_mistyped(core, there):
                values = {"given": unit.name, "other": other.name}
                yield Clash("similar-unit", row, "单位", first_row, "单位", values)
        whole.setdefault(letters, []).append((row, unit))
        for key in shorter:
            less.setdefault(key, []).append((row, unit))


_Letters = tuple[str, str]  # those that tell units apart, as they follow; the others, sorted


def _letters(core: str) -> _Letters:
    telling = "".join(_TELLING.findall(core))
    return telling, "".join(sorted(_TELLING.sub("", core)))


def _without_one(core: str) -> set[_Letters]:
    """Return a name's letters, each that tells nothing more left out once."""
    telling, others = _letters(core)
    return {(telling, others[:i] + others[i + 1 :]) for i in range(len(others))}


def _parents(rows: Sequence[tuple[int, Unit]]) -> Iterator[Clash]:
    """Yield each 上级 that is no unit here: where others are, or where it looks mistyped."""
    known = {core: (row, unit) for row, unit in rows for core in _cores(unit)}
    ids = {unit.id for _, unit in rows}
    named = {
        unit_core(unit.parent): (row, unit)
        for row, unit in reversed(rows)
        if unit.parent and unit.parent not in ids
    }
    inside = any(core in known for core in named)
    for core, (row, unit) in sorted(named.items(), key=lambda one: one[1][0]):
        near = "" if core in known else _nearest(core, known)
        if near and (inside or one_mistyped(core, near)):
            first_row, other = known[near]
            values = {"given": unit.parent, "other": other.name}
            alike = ratio(core, near) >= _LIKE_PARENT
            code = "mistyped-parent" if alike else "unknown-parent"
            yield Clash(code, row, "上级", first_row, "单位", values)


def _nearest(core: str, known: Collection[str]) -> str:
    found = extractOne(core, list(known), scorer=ratio)
    return found[0] if found else ""


def _cores(unit: Unit) -> tuple[str, ...]:
    return tuple(unit_core(name) for name in (unit.name, *unit.aliases))
