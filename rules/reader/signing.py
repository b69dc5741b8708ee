"""Which lines are of those who fill in, check and sign, and so hold no value of the form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rules.labels import colon_at, read_label

if TYPE_CHECKING:
    from rules.reader.region import Region

LONGEST = 40  # characters of such a label
_DOING = (
    "填表|制表|报表|填报|填写|上报|报送|审核|审批|审定|复核|核对|校对|经办|统计|制单"
    "|单位|部门|主管|分管"
)
_SIGNER = re.compile(
    rf"(?:{_DOING})+(?:单位|部门)?(?:人员|人|员|者|日期|时间|负责人|领导)"
    rf"(?:(?:联系)?电话|手机|签字|签名|签章|盖章|公章)?"
    r"|.{0,12}(?:意见|公章|盖章|签字|签章|签名)"
)


def is_signed(region: Region, number: int) -> bool:
    """Say whether a line is one of signatures: 填表人：张三　联系电话：…, and holds no value.

    An opinion in a cell of its own, beside its label, is kept as an addition.
    """
    return any(
        slot.filled and not region.matches.is_label(slot) and _signs(slot.text)
        for slot in region.page.lines[number].slots
    )


def _signs(text: str) -> bool:
    colon = colon_at(text)
    core = read_label(text[: LONGEST if colon is None else colon]).core
    alone = colon is None or not text[colon + 1 :].strip()
    return _SIGNER.fullmatch(core) is not None and not (alone and core.endswith("意见"))
