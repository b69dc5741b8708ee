"""Which labels mean one and the same thing, and which stand in tables of every kind."""

from __future__ import annotations

import re

from parsers.short_texts import remembered
from rules.labels import LONGEST, read_label

# Labels that forms use for one and the same thing, each already in the shape of a core.
SYNONYMS: tuple[frozenset[str], ...] = tuple(
    frozenset(group.split())
    for group in (
        "联系电话 电话 手机 手机号 手机号码 电话号码 联系方式 办公电话 联系手机 电话手机",
        "邮政编码 邮编 邮政编号 邮码",
        (
            "电子邮箱 邮箱 电子邮件 电子邮件地址 电子信箱 电子信箱地址 邮箱地址"
            " 电子邮箱地址 邮件地址 email e-mail e-mail地址"
        ),
        "地址 通讯地址 通信地址 联系地址 单位地址 详细地址 邮寄地址",
        "传真 传真号码 传真号 传真电话",
        "联系人 联络人 联系人姓名 填表联系人",
        "项目负责人 活动负责人 负责人 项目负责人姓名 负责人姓名",
        "项目名称 活动名称 活动项目名称 项目活动名称",
        "举办地点 活动地点 举办地址 活动举办地点 地点",
        "举办时间 活动时间 举办日期 活动日期 活动举办时间 时间",
        "项目简介 活动简介 项目介绍 活动内容简介 项目内容简介",
        "填报单位 填表单位 报送单位 填报单位名称 上报单位 单位名称 单位",
        "填报日期 填表日期 填报时间 填表时间",
        "内容 项目 指标 统计内容 统计项目 统计指标 指标名称 项目名称 活动内容 名称",
        "数量 数值 数据 统计数 统计数据 数额 统计数量",
        "备注 说明 注",
        "姓名 名字 人员姓名",
    )
)


# Cores that any form may ask: they tell no form from another.
COMMON = frozenset().union(
    *(group for group in SYNONYMS if group & {"联系人", "地址", "填报单位", "填报日期", "姓名"})
)


_EVERYDAY = frozenset(
    (
        "时间",
        "地点",
        "名称",
        "单位",
        "项目",
        "内容",
        "日期",
        "负责人",
        "人数",
        "经费",
        "简介",
        "数量",
    )
)


_REPORTERS = frozenset().union(*(group for group in SYNONYMS if "填报单位" in group))


def is_reporter(core: str) -> bool:
    """Say whether a label asks who fills in the form, whatever the form: 填报单位, 报送单位."""
    return core in _REPORTERS


_REACH = frozenset().union(*(g for g in SYNONYMS if g & {"联系电话", "电子邮箱", "邮政编码"}))


def is_reach(core: str) -> bool:
    """Say whether a label asks how to reach somebody: 联系电话, 邮箱."""
    return core in _REACH


_SUMS = frozenset({"合计", "总计", "小计", "共计", "总数", "累计", "总和"})


def is_sum(core: str) -> bool:
    """Say whether a label names a sum of what stands over it: 合计, 小计."""
    return core in _SUMS


_OVER_LABELS = frozenset(
    [
        *("序号", "编号", "类别", "分类", "类型", "事项", "内容", "项目", "指标"),
        *("统计内容", "统计项目", "统计指标", "指标名称", "活动内容", "项目内容"),
    ]
)
_OVER_VALUES = frozenset().union(*(group for group in SYNONYMS if "数量" in group))


def heads_labels(core: str) -> bool:
    """Say whether a word heads a column of labels: 内容, 指标, 序号."""
    return core in _OVER_LABELS


def heads_values(core: str) -> bool:
    """Say whether a word heads a column of numbers: 数量, 数值."""
    return core in _OVER_VALUES


@remembered
def is_everyday(text: str) -> bool:
    """Say whether a label is a word that stands in tables of every kind."""
    return read_label(re.split("[:：]", text[:LONGEST], maxsplit=1)[0]).core in _EVERYDAY


_VERB = re.compile(r"^(?:开展|举办|组织|进行|召开|举行|实施|开办)(?:了|的)?(?=..)")


def without_verb(core: str) -> str:
    """Return 义诊 for 开展义诊; "" without such a verb, or before a word of every kind of table."""
    bare = _VERB.sub("", core)
    return "" if bare == core or bare in _EVERYDAY else bare


def synonyms(core: str) -> frozenset[str]:
    """Return the other cores that mean the same as this one."""
    return frozenset().union(*(group for group in SYNONYMS if core in group)) - {core}
