"""What goes on under a label that stands in a line of its own, and where that ends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rules.form import FieldType, Where
from rules.labels import heads, is_numbered, squeeze
from rules.reader.matching import NOTES
from rules.reader.outside import is_organisation

if TYPE_CHECKING:
    from rules.reader.matching import Hit
    from rules.reader.page import Slot
    from rules.reader.region import Region

LONGEST = 40  # letters of another label that ends an answer
# of which the parts of an account speak
_PARTS = re.compile(
    "内容|方式|形式|参加|参与|对象|主题|目的|意义|背景|目标|流程|安排|效果|成效|亮点|特色|规模"
    "|宣传|步骤|措施|保障|简介|介绍"
)
# a seal, a date or a courtesy alone in a line, under the last answer
_CLOSES = re.compile(
    r"\(?(?:单位)?(?:盖章|公章|签章|签字|印章)\)?:?|\d{4}[年./-]\d{1,2}[月./-]\d{1,2}日?|年?月?日"
    r"|(?:祝好|此致|敬礼|此致敬礼|谢谢您?|感谢|多谢|顺祝.{2,4}|顺颂.{2,4}|祝.{0,6}(?:顺利|愉快|安康))[!！。.~]*"
    r"|以上|特此报送|请(?:查收|审阅|审核|批示)[!！。.]?"
)


def stands_in_line(region: Region, hit: Hit) -> bool:
    """Say whether a label stands in a paragraph, or over boxes alone in a row, as in a sheet.

    So does the label of an account in a sheet whose rows are lines of text.
    """
    if hit.slot.table is None:
        return True
    entry = region.index.fields[hit.field].field
    boxes = entry.type is FieldType.CHOICE and entry.where is Where.INSIDE
    if not boxes and not (hit.rest and region.shared and _is_account(region, hit)):
        return False
    return not any(s.filled and s is not hit.slot for s in region.page.row_of(hit.slot))


def paragraphs_after(region: Region, hit: Hit) -> list[Slot]:
    """Return the paragraphs after a label's own, up to the next label, note or table.

    After a label alone in a row of a sheet these are the rows of one text under it.
    """
    own = region.page.lines[hit.slot.line].slots
    found = [s for s in own[own.index(hit.slot) + 1 :] if s.filled] if hit.slot in own else []
    table = region.page.lines[hit.slot.line].table
    for line in region.page.lines[hit.slot.line + 1 : region.last + 1]:
        filled = [s for s in line.slots if s.filled]
        alone = table is None or len(filled) == 1
        if line.number in region.noted or line.table != table or not alone:
            break
        if len(filled) == 1 and _CLOSES.fullmatch(squeeze(filled[0].text)):
            return _up_to_end(region, hit, _without_signature(found))
        found.extend(filled)
    return _up_to_end(region, hit, found)


def _without_signature(found: list[Slot]) -> list[Slot]:
    """Leave an organisation's name out that stands alone over the date or the seal."""
    signed = found and is_organisation(found[-1].text)
    return found[:-1] if signed else found


def _up_to_end(region: Region, hit: Hit, found: list[Slot]) -> list[Slot]:
    account = _is_account(region, hit)
    ends = (
        n
        for n, slot in enumerate(found)
        if ends_value(region, slot)
        and not (account and _is_part(region, slot))
        and not is_another_way(region, hit, slot)
    )
    return found[: next(ends, len(found))]


def is_another_way(region: Region, hit: Hit, slot: Slot) -> bool:
    """Say whether a piece goes on in the answer: 办公：…　手机：…, or 邮箱：… in the next line."""
    own = {h.field for h in region.matches.slots.get(id(slot), ())}
    if own - {hit.field} or slot.text.lstrip().startswith(NOTES):
        return False
    if slot.line != hit.slot.line and not hit.rest:
        return False
    entry = region.index.fields[hit.field]
    said = [h.label for h in heads(slot.text) if h.how == "colon"]
    return any(
        (hit.field in region.index.find(label) and slot.line == hit.slot.line)
        or (len(label.core) > 1 and any(label.core in hint for hint in entry.hints))
        for label in said
    )


def _is_account(region: Region, hit: Hit) -> bool:
    """Say whether a field asks for an account in words, such as 项目简介: it has parts itself."""
    entry = region.index.fields[hit.field]
    return entry.field.type is FieldType.TEXT and bool(entry.hints)


def _is_part(region: Region, slot: Slot) -> bool:
    """Say whether a line is a part of an account: 参加人员：500人, where 填表人：张三 is none."""
    if region.matches.is_label(slot) or slot.text.lstrip().startswith(NOTES):
        return False
    return all(_PARTS.search(h.label.core) for h in heads(slot.text) if h.how == "colon")


def ends_value(region: Region, slot: Slot) -> bool:
    """Say whether a text under a label is no longer its value: another label, a note."""
    if region.matches.is_label(slot) or slot.text.lstrip().startswith(NOTES):
        return True
    if is_numbered(slot.text):
        return False
    if slot.text.rstrip().endswith((":", "：")) and len(slot.text) <= LONGEST:
        return True
    return any(h.how == "colon" and 2 <= len(h.label.core) <= LONGEST for h in heads(slot.text))
