"""Which type and unit of measure a label asks for, told by its words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from parsers.values.measures import alike, size_of
from rules.form import FieldType
from rules.labels import read_label, squeeze
from rules.learn.cells import asks_in_parts

_MONEY = re.compile(r"经费|金额|资金|费用|预算|投入额|产值|收入|支出|折合|补助|捐款")
_NO_MONEY = re.compile(r"来源|说明|用途|渠道|名称|单位$|情况说明|负责人")
_DIGITS = re.compile(r"身份证|证件号|账号|帐号|编号|学号|工号|代码|微信|QQ|qq|网址|网站|链接|号$")
_COUNTED = re.compile(
    r"(?:人数|人次|次数|个数|场次|场数|数量|总数|件数|项数|册数|份数|期数|篇数|篇次|家数|户数|台数|天数|课时数"
    r"|作品数|志愿者数|工作者数|专家数|媒体数|活动数|覆盖数|参与量|浏览量|点击量|阅读量|播放量|观看量|年龄)$"
)
_PHONE = re.compile(r"电话|手机|座机|传真|联系号码")
_WITH_WORDS = re.compile(  # 负责人及电话: the name would be lost
    r"(?:[人员者长]|姓名|名称|单位|地址)(?:[（(][^）)]*[）)])?[及和与、，,/](?:其|有效|常用)?"
    r"(?:联系|办公|固定|座机|移动|手机)?(?:电话|方式|手机|号码)"
)
_MAIL = re.compile(r"邮箱|电子邮件|电邮|信箱|e-?mail", re.IGNORECASE)
_POSTCODE = re.compile(r"邮政编码|邮编|邮码")
_PERIOD = re.compile(r"时间$|起止|日期及|期限$|活动日期|举办日期|开展日期|周期$")
_DATE = re.compile(r"日期$|年月日$")
_DAY = re.compile(r"(?:填报|填表|报送|上报|申报|申请|提交|登记|签字|签署|报告)(?:日期|时间)$")
# of which people write the month alone
_MONTH = re.compile(r"出生年月|参加工作|入职|毕业|任职|出版|成立时间|起止年月")
_MONTH_PRINTED = re.compile(r"年[^日]*月(?!.*日)", re.DOTALL)  # 年 月 至 年 月, to be filled in
_NOT_ONLY_TIME = re.compile(r"(?<!日期)[及和与、/](?:具体)?时间$")  # 航班（车次）及时间
MEAN = re.compile(r"^平均|(?:[年月日周]平|[人户日月年])均(?!可|为|无|在|有)")
_NO_COUNT = ("参数", "系数", "指数", "分数", "函数", "学时数", "时数")
_UNTOLD = ("数", "量", "率", "情况", "人员", "志愿者", "队伍")  # numbers, or words
_FRACTIONS = ("米", "里", "吨", "斤", "亩", "顷", "时", "学时", "%", "公里", "km", "m2", "m3", "h")


@dataclass(frozen=True, slots=True)
class Kind:
    """A guessed type with its unit; `sure` is False where the words did not tell."""

    type: FieldType
    unit: str | None = None
    sure: bool = True


def guess(label: str, hint: str, unit: str | None, group_unit: str | None) -> Kind:
    """Guess from the label, what is printed in its place, its own unit and its group's."""
    core = read_label(label).plain
    if contact := _contact(core, squeeze(label), hint):
        return Kind(contact)
    if _DIGITS.search(core) and not _COUNTED.search(core):
        return Kind(FieldType.TEXT)
    if dated := _dated(core, squeeze(hint)):
        return Kind(dated)
    measure = unit or group_unit
    return _measured(core, measure) if measure else _bare(core)


def _contact(core: str, label: str, hint: str) -> FieldType | None:
    kinds = [
        kind
        for words, kind in ((_PHONE, FieldType.PHONE), (_MAIL, FieldType.EMAIL))
        if words.search(core)
    ]
    if len(kinds) > 1 or _WITH_WORDS.search(label):
        return FieldType.TEXT
    if _POSTCODE.search(core):
        return FieldType.POSTCODE
    if core.endswith("联系方式"):
        several = _MAIL.search(squeeze(hint)) or asks_in_parts(hint)
        return FieldType.TEXT if several else FieldType.PHONE
    return kinds[0] if kinds and not core.endswith("人") else None


def _dated(core: str, hint: str) -> FieldType | None:
    if _MONTH.search(core) or _NOT_ONLY_TIME.search(core):
        return FieldType.TEXT
    if _DAY.search(core):
        return FieldType.DATE
    if _PERIOD.search(core) and not core.endswith("时间安排"):
        return FieldType.TEXT if _MONTH_PRINTED.search(hint) else FieldType.PERIOD
    return FieldType.DATE if _DATE.search(core) else None


def _measured(core: str, unit: str) -> Kind:
    if unit in ("元", "万元"):
        return Kind(FieldType.MONEY, unit)
    if unit.partition("/")[0].endswith(("元", "块钱")) or MEAN.search(core):
        return Kind(FieldType.NUMBER, unit)
    if all(size_of(unit)):  # 1.25 | 万人次
        return Kind(FieldType.NUMBER, unit)
    if any(unit.endswith(word) for word in _FRACTIONS) and not alike(unit, "个"):
        return Kind(FieldType.NUMBER, unit)
    return Kind(FieldType.COUNT, unit, sure=not _MONEY.search(core))


def _bare(core: str) -> Kind:
    if MEAN.search(core):
        return Kind(FieldType.NUMBER)
    if _COUNTED.search(core):
        return Kind(FieldType.COUNT)
    if _MONEY.search(core) and not _NO_MONEY.search(core):
        return Kind(FieldType.MONEY)
    if core.endswith("面积"):
        return Kind(FieldType.NUMBER, sure=False)
    if core.endswith("数") and not core.endswith(_NO_COUNT):
        return Kind(FieldType.COUNT)
    return Kind(FieldType.TEXT, sure=not core.endswith(_UNTOLD))
