"""Which units of measure count the same thing, which convert, and which contradict."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

# asked → the other words a person may use for it; a word not named here contradicts
_ACCEPTS: dict[str, str] = {
    "人": "名 位 个人",
    "名": "人 位 个人",
    "位": "人 名 个人",
    "人次": "",
    "次": "场 场次 期 回 趟 批次",
    "场": "场次 次 个",
    "场次": "场 次",
    "期": "期次 次 集 档",
    "个": "家 处 所 座 间 户 项 个单位 家单位",
    "家": "个 所 户 个单位 家单位",
    "处": "个 家 座",
    "所": "个 家",
    "座": "个 处",
    "项": "个 件",
    "份": "册 本 张 件 套 部",
    "册": "本 份 套",
    "本": "册 份",
    "张": "份 幅",
    "件": "个 份 套 台",
    "块": "面 张 幅 个 板",
    "面": "块 个 幅",
    "幅": "张 块 个",
    "条": "则 篇",
    "篇": "条 则 个",
    "部": "个 集",
    "辆": "台 部",
    "台": "套 件 部 架 个",
    "套": "台 件 个",
    "户": "家 个",
    "支": "个",
    "天": "日",
}
# unit → (what it measures, how many of the smallest)
_SCALES: dict[str, tuple[str, Decimal]] = {
    "元": ("money", Decimal(1)),
    "圆": ("money", Decimal(1)),
    "块钱": ("money", Decimal(1)),
    "百元": ("money", Decimal(100)),
    "千元": ("money", Decimal(1000)),
    "万元": ("money", Decimal(10**4)),
    "万": ("money", Decimal(10**4)),
    "百万元": ("money", Decimal(10**6)),
    "千万元": ("money", Decimal(10**7)),
    "亿元": ("money", Decimal(10**8)),
    "厘米": ("length", Decimal("0.01")),
    "米": ("length", Decimal(1)),
    "m": ("length", Decimal(1)),
    "公里": ("length", Decimal(1000)),
    "千米": ("length", Decimal(1000)),
    "km": ("length", Decimal(1000)),
    "克": ("weight", Decimal(1)),
    "斤": ("weight", Decimal(500)),
    "公斤": ("weight", Decimal(1000)),
    "千克": ("weight", Decimal(1000)),
    "kg": ("weight", Decimal(1000)),
    "吨": ("weight", Decimal(10**6)),
    "秒": ("time", Decimal(1)),
    "分钟": ("time", Decimal(60)),
    "小时": ("time", Decimal(3600)),
}
_OTHERS = (
    "个人 平方米 平方公里 公顷 亩 平米 辆次 台次 车次 人天 美元 欧元 港元 %"
    " 篇次 条次 个次 项次 家次"
)
_WORDS = {*_ACCEPTS, *_SCALES, *_OTHERS.split(), *" ".join(_ACCEPTS.values()).split()} - {
    "万",
    "百元",
}
UNITS = "|".join(re.escape(unit) for unit in sorted(_WORDS, key=len, reverse=True))
_PERSON_TIMES = re.compile(r"人\s*(?:[/·]\s*次|\(次\))")
_JOINED = re.compile(r"[\s、,，/()或和·]+")


def one_word(text: str) -> str:
    """Write 人/次 and 人(次) as 人次 (plain text)."""
    return _PERSON_TIMES.sub("人次", text)


@lru_cache(maxsize=1024)
def asked_units(unit: str | None) -> tuple[str, ...]:
    """Return the units a form's wording allows: 份、册 two, 折合元 one, 人(次) 人 or 人次."""
    if not unit:
        return ()
    bare = re.sub(r"单位|折合|人民币|[:：]", "", unit.translate({0xFF08: "(", 0xFF09: ")"}))
    if re.fullmatch(r"人\s*\(次\)", bare):
        return ("人", "人次")
    return tuple(part for part in _JOINED.split(one_word(bare)) if part)


def scale(unit: str) -> tuple[str, Decimal] | None:
    """Return what the unit measures and how many of the smallest it is, if it converts at all."""
    return _SCALES.get(unit)


def factor(given: str, asked: tuple[str, ...]) -> Decimal | None:
    """How many of the asked unit one given unit is: 1 for a synonym, None if it contradicts."""
    for unit in asked:
        if given == unit or given in _ACCEPTS.get(unit, "").split():
            return Decimal(1)
    return next((f for unit in asked if (f := _converted(given, unit))), None)


def _converted(given: str, asked: str) -> Decimal | None:
    here, there = _SCALES.get(given), _SCALES.get(asked)
    if here is None or there is None or here[0] != there[0]:
        return None
    return here[1] / there[1]
