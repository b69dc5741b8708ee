"""When two rows of a roster cannot both be right: the same id, unit, alias or address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rules.labels import words
from rules.roster import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


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


def unit_core(name: str) -> str:
    """Return a unit's name as people mean it: 内蒙古自治区科学技术厅 and 内蒙古科技厅 are one."""
    core = words(name)
    for long, short in _SHORT:
        core = core.replace(long, short)
    return re.sub(r"(?<=.)自治区(?=.)", "", core)


def find_clashes(rows: Sequence[tuple[int, Unit]]) -> Iterator[Clash]:
    """Yield every clash, at the later of the two cells."""
    yield from _ids(rows)
    yield from _names(rows)
    yield from _addresses(rows)


def _ids(rows: Sequence[tuple[int, Unit]]) -> Iterator[Clash]:
    first: dict[str, int] = {}
    for row, unit in rows:
        if unit.id and unit.id in first:
            yield Clash("duplicate-id", row, "编号", first[unit.id], "编号", {"given": unit.id})
        first.setdefault(unit.id, row)


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
