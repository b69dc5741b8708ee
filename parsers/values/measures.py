"""Which units of measure there are, which count the same thing, which convert or contradict."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from parsers.values import numerals

# Words that share a line count the same things, so a number in one is that number in the other.
# Words for many at once (套 of books, 种, 批) share a line only where the thing itself is a set.
_ALIKE = """
人 名 位 个人
人次 名次
次 场 场次 期 期次 回 趟 批次 班 班次 届 轮 节 堂
场 个
期 集 档
个 家 处 所 座 间 户 个单位 家单位
个 项 件
份 册 本 张 件 套 部
块 面 张 幅 个 板
幅 张
条 则 篇
部 个 集
辆 台 部
台 套 件 部 架 个
台 台套
套 台套
支 个
天 日
学时 课时
人天 人日
延米 延长米
平方米 平米 m2
立方米 m3
"""
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
    "延米": ("length", Decimal(1)),
    "延长米": ("length", Decimal(1)),
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
    "平方公里 公顷 亩 辆次 台次 车次 美元 欧元 港元 % 篇次 条次 个次 项次 家次 户次 人/次"
    " 种 类 批 组 盒 袋 箱 包 副 把 对 双 桶 瓶 只 头 株 棵 枚 颗 页 字 门 例"
    " 册次 件次 架次 航次 亩次 例次 课次 组次 艘 盏 顶 栋 幢 根 匹 羽 尾 宗 起 升 毫升 千瓦 千瓦时"
)
_LABELS_ONLY = "h min t 年 月 周"  # too short to be told from words beside a number
_LINES = tuple(frozenset(line.split()) for line in _ALIKE.splitlines() if line)
_WORDS = frozenset({*_SCALES, *_OTHERS.split()}.union(*_LINES)) - {"万", "人/次"}


def _alternatives(words: frozenset[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


UNITS = _alternatives(_WORDS - {"百元"})
_PERSON_TIMES = re.compile(r"人\s*(?:[/·]\s*次|\(次\))|人\s+次(?=\W|$)")
_JOINED = re.compile(r"[\s、,，/()或和及·]+")
_ONE = rf"(?:[十百千万亿]{{0,2}}(?:{_alternatives(_WORDS.union(_LABELS_ONLY.split(), ['人/次']))}))"
_MEASURE = re.compile(
    rf"^(?:计量)?(?:单位[:：为]?)?(?:折合|约合|折算|折价|合计|共计|共|约|以)?(?:人民币)?:?"
    rf"({_ONE}(?:[、,/或和及]?{_ONE})*)(?:计)?$"
)
_SIZES = frozenset("万亿")
_SIZED = re.compile(r"([十百千万亿]+)(.+)")
# （万） and 单位：千 count in a size, whatever the unit; （十） is a number of a list
_SIZE = re.compile(r"^(?:计量)?(?:单位[:：为]?)?以?([十百千]?[万亿]|[百千])计?$")


def one_word(text: str) -> str:
    """Write 人/次, 人 次 and 人(次) as 人次 (plain text)."""
    return _PERSON_TIMES.sub("人次", text)


@lru_cache(maxsize=4096)
def as_measure(text: str) -> str | None:
    """Return the unit of measure a label's bracket names (`折合元` → 元), None when it is none."""
    bare = text.strip()
    match = _MEASURE.match(bare) or _SIZE.match(bare)
    return match[1] if match else None


def size_of(unit: str) -> tuple[str, str]:
    """Part 万条 into 万 and 条, 万 into 万 and ""; 万元 and 千克 are units of their own."""
    return (unit, "") if _SIZE.match(unit) else _parted(unit)


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


def counted_in(unit: str | None, text: str) -> str | None:
    """Return the unit that a number is in: 33万 under 万人次 is in 人次, 33 is in 万人次."""
    size, base = size_of(unit) if unit else ("", "")
    return (base or None) if size and _SIZES & {*text} else unit


def is_money(unit: str) -> bool:
    """Say whether a unit measures money."""
    measured = scale(unit)
    return measured is not None and measured[0] == "money"


def factor(given: str, asked: tuple[str, ...]) -> Decimal | None:
    """How many of the asked unit one given unit is: 1 for a synonym, None if it contradicts."""
    if any(_same(given, unit) for unit in asked):
        return Decimal(1)
    return next((f for unit in asked if (f := _converted(given, unit))), None)


@lru_cache(maxsize=4096)
def _same(first: str, second: str) -> bool:
    return first == second or any(first in line and second in line for line in _LINES)


def _converted(given: str, asked: str) -> Decimal | None:
    size, base = _parted(asked)
    if size and (times := numerals.size_of(size)) and (one := factor(given, (base,))):
        return one / times  # 12500人次 is 1.25万人次
    here, there = _SCALES.get(given), _SCALES.get(asked)
    if here is None or there is None or here[0] != there[0]:
        return None
    return here[1] / there[1]


@lru_cache(maxsize=4096)
def alike(first: str, second: str) -> bool:
    """Say whether a number under a label in one unit is the same number in the other.

    Either may name several, with a size before each: 份/册, 万条.
    """
    pairs = ((_parted(a), _parted(b)) for a in asked_units(first) for b in asked_units(second))
    return any(a[0] == b[0] and factor(a[1], (b[1],)) == 1 for a, b in pairs)


def _parted(unit: str) -> tuple[str, str]:
    """Part 万条 into its size and its unit; 万元 and 千克 are units of their own."""
    match = None if unit in _WORDS else _SIZED.fullmatch(unit)
    return (match[1], match[2]) if match else ("", unit)
