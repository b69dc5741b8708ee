"""Which words in a label's brackets are units of measure, and which of them count alike."""

from __future__ import annotations

import re
from functools import lru_cache

# Classes of measure words: within one class the noun decides, so 家 and 个 count alike.
_ALIKE = """
个 家 项 件 块 张 幅 条 份 册 本 套 台 辆 部 处 所 座 种 篇 只 支 组 把 架 盒 袋 副 间 批 则 面 户
次 场 期 届 场次 回 班 班次 堂 节 课 轮 趟 期次 车次
人 名 位 员
人次 名次 人/次
米 m 延米 延长米
公里 千米 km
平方米 m2 平米
元 块钱
小时 学时 课时 h
分钟 min
天 日
吨 t
公斤 千克 kg
斤
亩
公顷
人天 人日
辆次 台次
家次 户次
篇次
%
秒
字
页
年
月
周
"""
CLASSES: tuple[frozenset[str], ...] = tuple(
    frozenset(line.split()) for line in _ALIKE.splitlines() if line
)
_CLASS = {word: number for number, group in enumerate(CLASSES) for word in group}
_WORD = "|".join(sorted(map(re.escape, _CLASS), key=len, reverse=True))
_ONE = rf"(?:[十百千万亿]{{0,2}}(?:{_WORD}))"
_MEASURE = re.compile(
    rf"^(?:计量)?(?:单位[:：为]?)?(?:折合|约合|折算|折价|合计|共计|共|约)?(?:人民币)?:?"
    rf"({_ONE}(?:[、,/或和及]?{_ONE})*)(?:计)?$"
)
_SCALE = re.compile(r"^[十百千万亿]+(?=.)")


@lru_cache(maxsize=4096)
def as_measure(text: str) -> str | None:
    """Return the unit of measure in a bracket (`折合元` → 元), or None when it is none."""
    match = _MEASURE.match(text.strip())
    return match[1] if match else None


def _parts(unit: str) -> frozenset[tuple[str, int | str]]:
    whole = {unit} if unit in _CLASS else set(re.findall(_ONE, unit)) or {unit}
    return frozenset(_part(word) for word in whole)


def _part(word: str) -> tuple[str, int | str]:
    scale = _SCALE.match(word)
    bare = word[scale.end() :] if scale else word
    return (scale[0] if scale else "", _CLASS.get(bare, bare))


@lru_cache(maxsize=4096)
def alike(first: str, second: str) -> bool:
    """Say whether a number in one unit is the same number in the other."""
    return first == second or bool(_parts(first) & _parts(second))
