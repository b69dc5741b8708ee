"""What takes a number back: a correction or a remark in its row, a line beside the table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parsers.values.amounts import scan_amount
from parsers.values.characters import squeezed
from parsers.values.numerals import simplified
from rules.labels import squeeze
from rules.reader.columns import is_others
from rules.reader.overhead import column_of, columns_of
from rules.reader.unheaded import is_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.reader.locate import Candidate
    from rules.reader.page import Page, Slot
    from rules.reader.region import Region
    from rules.reading import Value

LONGEST = 40  # characters of a remark that is looked at
MOST = 20  # lines that correct a table, and
LINE = 200  # characters of one
_CORRECTS = re.compile(r"更正|勘误|订正|补正|改正|有误|笔误|[填写打录报]错")
_SHOULD = re.compile(
    r"(?:应当?[为是]|(?:更正|订正|修正|纠正)[为成]?|(?:改|修改|调整|变更)[为成]|实际(?:应?为|应?是|数)"
    r"|正确的?(?:数[字据值量]?)?[为是]?):?(?=[0-9])|以(?=[0-9][0-9.,万千百]*[^\W\d]{0,3}为准)"
)
_IT = r"(?:[此该本](?:数[字据值]?|项|行|栏|处)?|数[字据值])?"
_NOT_YET = re.compile(
    _IT + r"(?:[填写报]{0,2}有误|[填写报]错|错误|作废|不准确?|[待未][核确][实定认对]|待[核定])了?"
)
_OF_BEFORE = re.compile(
    _IT + r"[为是]?(?:按|用|填的是)?(?:去年|上一?年|往年|上届|(?:19|20)\d{2}年)度?"
    r"的?(?:数[字据值量]?|情况|统计)"
)


def retracts(region: Region, candidate: Candidate, value: Value) -> str | None:
    """Return why a number is not to be taken as it stands, for what its row says beside it.

    45 | 核实后 54; 45 | 备注: 应为54块, 待核实, 去年数据.
    """
    slot = candidate.slot
    if candidate.inside or slot.table is None or slot.row != candidate.hit.slot.row:
        return None
    columns = columns_of(region, slot.table)
    if columns.corrected and column_of(slot) not in columns.corrected:
        beside = _beside(region, candidate, columns.corrected)
        if any(is_number(s) and squeeze(s.text) != squeeze(slot.text) for s in beside):
            return "two-numbers"
    remarks = _beside(region, candidate, columns.remarks) if columns.remarks else ()
    return next(filter(None, (_says(region, s.text, value) for s in remarks)), None)


def corrections(page: Page) -> tuple[str, ...]:
    """Return the lines of one text alone that may correct a table: 更正：宣传展板应为45块."""
    alone = (
        " ".join(slot.text for slot in line.slots if slot.filled)
        for line in page.lines
        if line.table is None or sum(slot.filled for slot in line.slots) == 1
    )
    return tuple(text for text in alone if len(text) <= LINE and _CORRECTS.search(text))[:MOST]


def _beside(region: Region, candidate: Candidate, columns: frozenset[int]) -> Iterator[Slot]:
    """Yield what stands in these columns right of the label, up to the next label."""
    slot = region.page.right_of(candidate.hit.slot)
    while slot is not None and not region.matches.is_label(slot):
        if slot is not candidate.slot and slot.filled and column_of(slot) in columns:
            yield slot
        slot = region.page.right_of(slot)


def _says(region: Region, remark: str, value: Value) -> str | None:
    text = simplified(squeezed(remark[:LONGEST])).rstrip("。.;!")
    if (said := _SHOULD.search(text)) and (amount := scan_amount(text, said.end())):
        differs = value not in {float(amount.number), float(amount.mantissa)}
        return "two-numbers" if differs else None
    if _NOT_YET.fullmatch(text):
        return "words"
    year = re.search(r"\d{4}", text)
    of_before = _OF_BEFORE.fullmatch(text) and (not year or is_others(text, region.index.year))
    return "words" if of_before else None
