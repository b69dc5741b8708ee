"""Which field of a form says who fills it in, and which tells several copies apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rules.form import FieldType
from rules.labels import read_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rules.form import FormField


def unit_field(fields: Sequence[FormField]) -> str | None:
    """Return the key of the field that says which unit fills the form in."""
    for pattern in (
        r"(?:填报|填表|报送|申报|上报|参赛|报名|推荐|派出)(?:单位|学校|部门|机构|乡镇|街道|地区|县区?|人所在单位)(?:$|名称|全称)",
        r"^(?:组织)?(?:单位|学校|医院|机构|企业|公司)(?:名称|全称)?$|^组织单位",
        r"^(?:主办|举办|组织|承办|所在|工作|活动组织|实施|完成|牵头|依托|检查|报告|责任|建设|申请)(?:单位|学校|部门)(?:$|名称|全称)",
        r"单位名称$|(?:校|院|室|馆|站|社|公司|企业|中心|基地|组织|社区|村|乡镇|街道|园区|合作社|商会|机构|团队|队)名称$|^部门$|^科室$|^学院$",
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
