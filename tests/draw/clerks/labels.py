"""How clerks retype the labels of a form: other spacing, brackets, colons, other words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

# key: (as printed, other words for the same thing)
STATISTICS = {
    "units": ("参加单位 (个)", "参与单位（个）", "参加单位数（个）"),
    "participants": ("参加活动人员 (人)", "参加活动的人员（人）", "参加活动人数（人）"),
    "public": ("公众参与 (人次)", "公众参与人次", "社会公众参与（人次）"),
    "leaflets": ("资料发放 (份、册)", "发放宣传资料（份、册）", "科普资料发放（份/册）"),
    "consultations": ("科技咨询 (人次)", "科技咨询人次", "提供科技咨询（人次）"),
    "village_visits": ("下 乡 (次)", "下乡次数（次）", "科技下乡（次）"),
    "farm_supplies": (
        "农资、物品赠送 (折合元)",
        "赠送农资、物品（折合元）",
        "农资和物品赠送（元）",
    ),
    "free_clinics": ("义 诊 (人次)", "义诊人次（人次）", "开展义诊（人次）"),
    "diagnoses": ("企业技术诊断 (项)", "企业技术诊断项目（项）", "为企业技术诊断（项）"),
    "boards": ("宣传展板 (块)", "制作宣传展板（块）", "科普宣传展板（块）"),
    "galleries": ("科普画廊 (米)", "科普画廊长度（米）", "科普画廊（米）"),
    "bases": ("开放科普基地 (个)", "科普基地开放（个）", "开放的科普基地（个）"),
    "medicines": ("药品赠送 (折合元)", "赠送药品（折合元）", "药品赠送价值（元）"),
    "courses": ("培训班 (次)", "举办培训班（次）", "培训班次数（次）"),
    "lectures": ("科技报告会 (场)", "科技报告会场次（场）", "举办科技报告会（场）"),
    "films": ("科普影视 (场)", "科普影视放映（场）", "播放科普影视（场）"),
    "messages": ("短信发送科技信息(条)", "发送科技信息短信（条）", "短信发送科技信息数（条）"),
    "trainees": ("培训农牧民 (人次)", "农牧民培训（人次）", "培训农牧民人次（人次）"),
    "tv_features": ("电视科普宣传栏 (期)", "电视科普宣传栏目（期）", "电视台科普宣传栏（期）"),
    "services": ("提供技术服务 (次)", "提供技术服务次数（次）", "技术服务（次）"),
    "vehicles": ("出动宣传车 (辆)", "出动宣传车辆（辆）", "宣传车出动（辆）"),
    "machines": ("展示农机具 (台、套)", "农机具展示（台、套）", "展示农机具数量（台/套）"),
}
GROUPED = {
    "held": ("举办活动次数", "开展活动次数", "举办活动场次数"),
    "tasks": ("承接科技部活动任务个数", "承接科技部活动任务数（个）", "承接科技部任务个数"),
    "central": ("中央财政经费投入情况", "中央财政经费投入", "中央财政投入情况"),
    "province": (
        "省级、副省级财政经费投入情况",
        "省级、副省级财政经费投入",
        "省级（副省级）财政经费投入情况",
    ),
    "city": ("市级财政经费投入情况", "市级财政经费投入", "地市级财政经费投入情况"),
    "county": ("县级财政经费投入情况", "县级财政经费投入", "县（区）级财政经费投入情况"),
    "sponsors": ("企业赞助经费情况", "企业赞助经费", "企业赞助情况"),
    "in_kind": (
        "实物投入情况\n（如：捐赠图书、光盘、创新操作室等）",
        "实物投入情况",
        "实物投入（捐赠图书、光盘、创新操作室等）",
    ),
    "other_money": ("其他经费情况", "其它经费情况", "其他经费投入情况"),
    "full_time": ("科普专职人员数量", "专职科普人员数量", "科普专职人员数"),
    "workers": ("科技工作者参与数量", "参与科技工作者数量", "科技工作者参与人数"),
    "volunteers": ("招募科技志愿者数量", "科技志愿者招募数量", "招募科技志愿者人数"),
    "other_staff": ("其他人员数量", "其它人员数量", "其他人员数"),
    "offline": ("线下活动群众参与数量", "线下活动参与群众数量", "线下群众参与数量"),
    "online": ("线上活动群众参与数量", "线上活动参与群众数量", "线上群众参与数量"),
    "media": ("参与媒体数量", "参与的媒体数量", "参与报道媒体数量"),
    "reports": ("宣传报道数量", "宣传报道篇数", "媒体宣传报道数量"),
}
SIXIAN = {
    **{k: v for k, v in GROUPED.items() if k not in {"tasks", "central", "province", "city"}},
    "county": ("县级(单位)财政经费投入情况", "县级（单位）财政投入情况", "县级(单位)财政经费投入"),
    "venues": (
        "活动周期间开放的\n科普场馆数量",
        "活动周期间开放科普场馆数量",
        "开放的科普场馆数量",
    ),
    "institutes": (
        "活动周期间开放活动\n的科研机构数量",
        "活动周期间开放的科研机构数量",
        "开放活动的科研机构数量",
    ),
    "universities": (
        "活动周期间开放活动\n的大学数量",
        "活动周期间开放的大学数量",
        "开放活动的大学数量",
    ),
}
PROJECT = {
    "name": ("项目名称", "活动项目名称", "活动名称"),
    "organiser": ("主办单位", "主办单位名称", "举办单位"),
    "authority": ("主管部门", "主管单位", "上级主管部门"),
    "venue": ("举办地点", "活动地点", "举办地址"),
    "period": ("举办时间", "活动时间", "举办日期"),
    "leader": ("项目负责人", "活动负责人", "项目负责人姓名"),
    "contact": ("联系人", "联系人姓名", "联 系 人"),
    "address": ("地 址", "通讯地址", "联系地址"),
    "postcode": ("邮政编码", "邮编", "邮 政 编 码"),
    "phone": ("联系电话", "电话", "联系人电话"),
    "fax": ("传 真", "传真号码", "传真电话"),
    "email": ("电子邮箱", "E-mail", "电子信箱"),
    "budget": ("活动经费", "活动经费预算", "经费预算"),
    "participants": ("拟参加人数", "预计参加人数", "拟参加人数（人）"),
    "summary": ("项 目 简 介", "活动简介", "项目简介"),
}
CIS_PROJECT = {
    "name": ("活动名称", "活动项目名称", "项目名称"),
    "organiser": ("组织单位名称", "组织单位", "主办单位"),
    "platform": (
        "活动拟以中国仪器仪表学会哪类组织平台名义参与开展和宣传",
        "拟以学会哪类组织平台名义参与开展和宣传",
        "活动拟以哪类组织平台名义参与开展和宣传",
    ),
    "venue": ("举办地点", "活动地点", "举办地点"),
    "period": ("举办时间", "活动时间", "举办日期"),
    "leader": ("活动负责人", "项目负责人", "活动负责人姓名"),
    "contact": ("联系方式", "联系电话", "联系方式（电话/手机/邮箱）"),
    "participants": ("拟参加人数", "预计参加人数", "拟参加人数（人）"),
    "summary": ("项目简介", "活动简介", "项 目 简 介"),
}


def printed(words: tuple[str, ...], _dice: random.Random) -> str:
    return words[0]


def reworded(words: tuple[str, ...], dice: random.Random) -> str:
    return dice.choice(words[1:])


def mixed(words: tuple[str, ...], dice: random.Random) -> str:
    return dice.choice(words)


def spaced(words: tuple[str, ...], dice: random.Random) -> str:
    """Spread short labels over their cell, and put blanks anywhere in others."""
    text = words[0]
    if len(text) <= 4:
        return dice.choice((" ", "　", "  ")).join(text.replace(" ", ""))
    at = dice.randrange(1, len(text) - 1)
    return text[:at] + dice.choice((" ", "　", "  ", "\xa0")) + text[at:]


def broken(words: tuple[str, ...], _dice: random.Random) -> str:
    """Break the line within the label, as narrow columns make people do."""
    text = words[0].replace("\n", "")
    bracket = re.search(r" ?[(（]", text)
    if bracket and bracket.start() > 1:
        return f"{text[: bracket.start()]}\n{text[bracket.start() :].strip()}"
    at = max(2, len(text) // 2)
    return f"{text[:at]}\n{text[at:]}" if len(text) > 3 else "\n".join(text.replace(" ", ""))


def bracketed(words: tuple[str, ...], dice: random.Random) -> str:
    """Use other brackets for what stands in brackets."""
    pairs = dice.choice(("〔〕", "[]", "【】", "（）"))
    text = words[0].replace("\n", "")
    return text.translate(str.maketrans("()（）", pairs[0] + pairs[1] + pairs[0] + pairs[1]))


def colons(words: tuple[str, ...], dice: random.Random) -> str:
    return words[0].replace("\n", "") + dice.choice(("：", ":", "： "))


def unitless(words: tuple[str, ...], _dice: random.Random) -> str:
    """Leave the unit of measure in brackets out."""
    return re.sub(r"\s*[(（].*?[)）]\s*$", "", words[0].replace("\n", "")) or words[0]


STYLES: dict[str, tuple[Callable[[tuple[str, ...], random.Random], str], str]] = {
    "printed": (printed, ""),
    "reworded": (reworded, "labels-reworded"),
    "mixed": (mixed, "labels-reworded"),
    "spaced": (spaced, "labels-spaced"),
    "broken": (broken, "labels-broken"),
    "bracketed": (bracketed, "labels-brackets"),
    "colons": (colons, "labels-colons"),
    "unitless": (unitless, "labels-without-unit"),
}
"""name → how a label is written, and the kind of mess that is."""
