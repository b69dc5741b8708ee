"""What invented people write into the shipped forms before they print, stamp and scan them."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from rules.form import FieldType

if TYPE_CHECKING:
    from rules.campaign import Campaign
    from rules.form import Form, FormField

_NAMES = ("李建华", "刘思雨", "乌云其木格", "王志强", "陈晓燕", "赵磊", "阿依古丽", "孙丽娜")
_PLACES = ("市民广场", "新华街道社区服务中心", "第三实验小学", "科技馆一楼报告厅", "人民公园东门")
_TOPICS = ("防灾减灾", "航天知识", "食品安全", "碳达峰碳中和", "智慧农业", "青少年编程")
_KINDS = ("科普大集", "科普讲座", "实验室开放日", "下乡服务活动", "主题展览")
_DAYS = (
    "2023年5月20日", "5月20日—5月27日", "2023年5月22日至26日", "2023.5.21-2023.5.25",
    "2023年5月20日-2023年5月28日", "2023-05-23",
)  # fmt: skip
_GIFTS = ("捐赠图书200册", "无", "科普光盘35张、展架6个", "/", "图书1,250册，折合3.6万元")
_SUMMARY = (
    "面向{place}周边居民举办{topic}{kind}，设展板{a}块，现场答疑{b}人次，发放资料{c}份，"
    "邀请专家{d}名作科普报告，并通过微信公众号直播。参加人员为社区居民、中小学生和科技志愿者；"
    "宣传方式：电视、报纸、网络。"
)


def answers(campaign: Campaign, form: Form, seed: int) -> dict[str, str]:
    """Return what one person writes into each field they fill in."""
    dice = random.Random(f"{campaign.id}/{form.id}/{seed}")
    said: dict[str, str] = {}
    for field in form.fields:
        written = _answer(field, campaign, dice)
        if written:
            said[field.key] = written
    return said


def _answer(field: FormField, campaign: Campaign, dice: random.Random) -> str:
    if field.type is FieldType.COUNT:
        return _count(dice)
    if field.type is FieldType.NUMBER:
        return dice.choice((f"{dice.randint(1, 900) / 10}", str(dice.randint(1, 400))))
    if field.type is FieldType.MONEY:
        return _money(field, dice)
    if field.type is FieldType.CHOICE:
        chosen = dice.sample(field.choices, dice.randint(1, min(3, len(field.choices))))
        return "、".join(chosen)
    return _words(field, campaign, dice)


def _count(dice: random.Random) -> str:
    number = dice.randint(0, 10 ** dice.choice((1, 1, 2, 2, 3, 4, 5)))
    looks = [str(number)] * 5 + [f"{number:,}"] * 2 + ["无", "", "/"]
    return dice.choice(looks)


def _money(field: FormField, dice: random.Random) -> str:
    if field.unit == "万元":
        return dice.choice((f"{dice.randint(1, 999) / 10}", str(dice.randint(1, 80)), "0", "12.86"))
    number = dice.randint(1, 999) * 100
    suffix = "" if field.unit else "元"
    return dice.choice((f"{number}{suffix}", f"{number:,}{suffix}"))


def _words(field: FormField, campaign: Campaign, dice: random.Random) -> str:
    place, topic, kind = dice.choice(_PLACES), dice.choice(_TOPICS), dice.choice(_KINDS)
    mobile = f"1390000{dice.randint(0, 9999):04d}"
    landline = f"0{dice.choice((471, 351, 557, 991))}-{dice.randint(2000000, 8999999)}"
    if field.type in {FieldType.PERIOD, FieldType.DATE}:
        return dice.choice(_DAYS)
    if field.type is FieldType.PHONE:
        return "" if field.key == "fax" else dice.choice((mobile, landline))
    if field.type is FieldType.EMAIL:
        return f"{dice.choice(('kepu', 'kjj_2023', 'lisi.w'))}{dice.randint(1, 99)}@example.cn"
    if field.type is FieldType.POSTCODE:
        return f"0{dice.randint(10000, 59999)}"
    known = {
        "name": f"“{topic}”{kind}",
        "venue": place,
        "leader": dice.choice(_NAMES),
        "contact": dice.choice(_NAMES),
        "address": f"新城区科技路{dice.randint(1, 299)}号",
        "in_kind": dice.choice(_GIFTS),
        "platform_other": "",
        "summary": _summary(dice, place, topic, kind),
    }
    return known.get(field.key, dice.choice(campaign.roster.units).name)


def _summary(dice: random.Random, place: str, topic: str, kind: str) -> str:
    numbers = {letter: dice.randint(2, 900) for letter in "abcd"}
    return _SUMMARY.format(place=place, topic=topic, kind=kind, **numbers)
