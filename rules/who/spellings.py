"""The different ways in which people write one organisation's name."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from parsers.values.characters import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rules.roster import Roster

LONGEST = 400  # characters of a text that may name a unit
_LABEL = re.compile(
    r"^(?:填报|填表|报送|上报|主办|承办|组织|举办|申报|活动组织)?单位(?:名称|全称)?(?:\(.*?\))?:+|^单位\(盖章\):*"
)
_SEAL = re.compile(r"[(\[【](?:盖章|公章|签章|印章|加盖公章|章)[)\]】]|\(?(?:盖章|公章|签章)\)?:?$")
_ABBREVIATIONS = (
    ("科学技术协会", "科协"),
    ("科学技术", "科技"),
    ("工业和信息化", "工信"),
    ("工业信息化", "工信"),
    ("教育和科技", "教育科技"),
    ("教育和体育", "教体"),
    ("教育体育", "教体"),
    ("教育委员会", "教委"),
    ("教育科技局", "教科局"),
    ("卫生健康委员会", "卫健委"),
    ("卫生健康", "卫健"),
    ("卫健委员会", "卫健委"),
    ("发展和改革委员会", "发改委"),
    ("发展改革委员会", "发改委"),
    ("发展改革委", "发改委"),
    ("市场监督管理", "市场监管"),
    ("自然资源和规划", "自然资源规划"),
    ("林业和草原", "林草"),
    ("农业农村和", "农业农村"),
    ("经济和信息化", "经信"),
    ("人力资源和社会保障", "人社"),
    ("文化和旅游", "文旅"),
    ("应急管理", "应急"),
    ("和科技局", "科技局"),
)
_REGION = re.compile(r"^[\u4e00-\u9fff]{2,7}?(?:自治区|省)")
_SHORT_REGIONS = ("内蒙古", "新疆", "广西", "宁夏", "西藏")
_PLACE = re.compile(
    r"^([\u4e00-\u9fff]{2,5}?)(?:市|盟|县|旗|区|地区|州)(?=[\u4e00-\u9fff]+[局委厅协馆]$)"
)
# 邢台市 of 邢台市清河县教育局
_HIGHER = re.compile(
    r"^[\u4e00-\u9fff]{2,10}?(?:市|盟|地区|州)"
    r"(?=[\u4e00-\u9fff]{1,6}?(?:县|旗|区|市)[\u4e00-\u9fff]*[局委厅协馆]$)"
)
BARE_PLACE = re.compile(r"[\u4e00-\u9fff]{1,5}(?:市|盟|县|旗|区|地区|州|镇|街道|乡)")
_SCHOOL = re.compile(r"(?:大学|学院|学校|中学|小学)$")


_TRADITIONAL = str.maketrans(
    "內廳學區縣處術會業農師遼爾蘭興滿連醫馬長東廣灣島體"
    "峯陽陰雲龍寧濟蘇陝貴慶漢鄭鎮鄉莊豐衛發產設劃環電視報鐵車運監檢聯婦協團黨員黃齊綏臨嶺倫貝錫烏圖館書歷藝傳資"
    "務國稅統計審應氣災礦園亞畢節觀門開關質標準織組財經濱"
    "認領歸屬結號單匯總狀態讀銷暫復發進詢確請謝",
    "内厅学区县处术会业农师辽尔兰兴满连医马长东广湾岛体"
    "峰阳阴云龙宁济苏陕贵庆汉郑镇乡庄丰卫发产设划环电视报铁车运监检联妇协团党员黄齐绥临岭伦贝锡乌图馆书历艺传资"
    "务国税统计审应气灾矿园亚毕节观门开关质标准织组财经滨"
    "认领归属结号单汇总状态读销暂复发进询确请谢",
)


def in_simple_script(text: str) -> str:
    """Return a text with the traditional letters of names and orders simplified, length kept."""
    return text.translate(_TRADITIONAL)


@lru_cache(maxsize=8192)
def tidied(text: str) -> str:
    """Return a name without label, seal words, spaces and outer punctuation."""
    bare = re.sub(r"[\s_]+", "", plain(text[:LONGEST]))
    bare = _SEAL.sub("", _LABEL.sub("", bare))
    return in_simple_script(bare.strip(":;,，、。.\"'“”《》-—").lower())


@lru_cache(maxsize=8192)
def abbreviated(name: str) -> str:
    """Return the tidy name with the usual abbreviations: 科学技术局 is 科技局."""
    for long, short in _ABBREVIATIONS:
        name = name.replace(long, short)
    return re.sub(r"[()·•\-—]", "", name)


def parted(text: str) -> str:
    """Return the text with one space where spaces, brackets or dashes part its words."""
    bare = in_simple_script(_SEAL.sub("", plain(text[:LONGEST])).lower())
    return abbreviated(re.sub(r"[\s_()\[\]【】《》“”+\-—]+", " ", bare).strip())


def regions_of(roster: Roster) -> tuple[str, ...]:
    """Return the provinces the roster's units belong to, as prefixes that may be left out."""
    names = [tidied(n) for unit in roster.units for n in (unit.name, unit.parent)]
    whole = {match[0] for name in names if (match := _REGION.match(name))}
    short = {s for s in _SHORT_REGIONS if any(region.startswith(s) for region in whole)}
    generic = {region[-3:] if region.endswith("自治区") else region[-1:] for region in whole}
    return tuple(sorted(whole | short | generic, key=len, reverse=True))


def without_region(name: str, regions: Sequence[str]) -> str:
    """Leave the province out, except where only 大学 and the like would remain."""
    for region in regions:
        rest = name.removeprefix(region)
        if rest != name and len(rest) >= 3 and not _SCHOOL.search(rest):
            return rest
    return name


@lru_cache(maxsize=8192)
def spellings(name: str, regions: tuple[str, ...]) -> dict[str, float]:
    """Every way to write the name → how surely it still means the same."""
    tidy = tidied(name)
    short = abbreviated(tidy)
    local = without_region(short, regions)
    ways = {_PLACE.sub(r"\1", local): 0.93} | {local: 0.95} | {short: 0.98} | {tidy: 1.0}
    if local.endswith("教体局"):  # as 教育局 are called where they were joined with 体育局
        ways.setdefault(f"{local[:-3]}教育局", 0.9)
    return {way: score for way, score in ways.items() if len(way) >= 2}


def without_higher(name: str, regions: tuple[str, ...]) -> str:
    """Return 清河县教育局 of 邢台市清河县教育局, "" of a name in which no place is in another."""
    local = without_region(abbreviated(tidied(name)), regions)
    rest = _HIGHER.sub("", local)
    return rest if rest != local else ""


@lru_cache(maxsize=8192)
def place_of(name: str, regions: tuple[str, ...]) -> str | None:
    """Return the place a bureau's name begins with: 赤峰市 of 赤峰市科学技术局, or of 赤峰市.

    Of a place inside another it is the inner one: 清河县 of 邢台市清河县教育局.
    """
    local = without_region(abbreviated(tidied(name)), regions)
    local = _HIGHER.sub("", local)
    if BARE_PLACE.fullmatch(local):
        return local
    match = _PLACE.match(local)
    return match[0] if match else None
