"""Which units a notice names one by one, among 各… that only its issuer can list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rules.notice.model import Owed

_UNIT = re.compile(
    r"(?:局|委|办|厅|部|处|院|校|大学|学院|中学|小学|医院|中心|协会|学会|科协|馆|站|公司|集团|镇|乡|街道|园区|产业园|开发区|联合会|妇联|团委|工会|研究所|所|社|队|宫|厂|园|团|银行|电视台|分局|支队|幼儿园|卫生院|红十字会|管委会|办事处|气象台)(?:\([^()]*\))?$"
)
_GENERAL = re.compile(
    r"^(?:各|有关|相关|其他|全[省市县区体]|所有|省直|市直|县直|区直|直属)|各|有关|相关|单位$|成员|部门$"
)
_GROUPS = re.compile(r"[,;](?![^()]*\))")
_PARTS = re.compile(r"、(?![^()]*\))")
_ONLY_ONE = re.compile(r"(?:开发区|产业园|园区|高新区|管委会|示范区)(?:\([^()]*\))?$")
_ANY_ZONE = re.compile(
    r"(?:产业)?园区?(?:管委会)?|管委会"
)  # 各镇人民政府、园区管委会: each of them
_BARE = re.compile(
    r"(?:党委|市委|县委|区委|省委)?(?:[\u4e00-\u9fff]{0,2}宣传部|科协|科技局|教育局|团委|妇联|工会)"
)


def listed_units(addressed: str, owed: Sequence[Owed]) -> tuple[str, ...]:
    """Return the units named by name, in the order they are named."""
    names = [name for group in _GROUPS.split(addressed) for name in _of_group(group)]
    named = [unit for one in owed for unit in one.units if not _GENERAL.search(unit)]
    return tuple(dict.fromkeys([*filter(is_unit, names), *named]))


def _of_group(group: str) -> list[str]:
    """Return the names of one group; 各盟市科技局、宣传部、科协 is 各 throughout."""
    names = [part.strip() for part in _PARTS.split(group)]
    if names and _GENERAL.search(names[0]):
        return [n for n in names if _ONLY_ONE.search(n) and not _ANY_ZONE.fullmatch(n)]
    return names


def names_kinds(addressed: str) -> bool:
    """Say whether the addressees are, at least in part, kinds of units: 各县科技局."""
    parts = (part.strip() for group in _GROUPS.split(addressed) for part in _PARTS.split(group))
    return any(_GENERAL.search(part) for part in parts)


def is_unit(name: str) -> bool:
    """Say whether a phrase is one unit's name, and no 各有关单位."""
    return (
        3 <= len(name) <= 24
        and not (_GENERAL.search(name) or _BARE.fullmatch(name))
        and bool(_UNIT.search(name))
    )
