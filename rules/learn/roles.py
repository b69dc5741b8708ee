"""Which field of a form says who fills it in, and which tells several copies apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rules.form import FieldType
from rules.labels import read_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rules.form import FormField


_KINDS = r"学校|部门|机构|乡镇|街道|社区|村|企业|公司|医院|医疗机构|地区|市州|县区?|盟市|旗县区?"
_NAMED = (
    r"校|院|室|馆|站|所|园|社|店|公司|企业|中心|基地|组织|社区|村|乡镇|街道|园区|合作社|商会|机构"
    r"|团队|队"
)


def unit_field(fields: Sequence[FormField]) -> str | None:
    """Return the key of the field that says which unit fills the form in."""
    for pattern in (
        rf"(?:填报|填表|报送|申报|上报|参赛|报名|推荐|派出)(?:单位|{_KINDS}|人所在单位)(?:$|名称|全称)",
        r"^(?:组织)?(?:单位|学校|医院|机构|企业|公司)(?:名称|全称)?$|^组织单位",
        r"^(?:主办|举办|组织|承办|所在|工作|活动组织|实施|完成|牵头|依托|检查|抽检|监测|培训|报告|责任|建设|申请)(?:单位|学校|部门)(?:$|名称|全称)",
        rf"单位名称$|(?:{_NAMED})名称$|^(?:[校院馆站园店村社]|企业|单位)名$|^部门$|^科室$|^学院$",
    ):
        for one in fields:
            if one.type is FieldType.TEXT and re.search(pattern, read_label(one.label).plain):
                return one.key
    return None


def identifier(fields: Sequence[FormField]) -> str | None:
    """Return the label that tells several forms of one unit apart."""
    for pattern in (
        r"^(?:项目|活动|作品|课题|案例|基地|展品|节目)(?:名称|题目)$|^作品$",
        r"^名称$",
    ):
        for one in fields:
            if one.type is FieldType.TEXT and re.search(pattern, one.label):
                return one.label
    return None
