"""Which lines are of those who fill in, check and sign, and so hold no value of the form."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from parsers.short_texts import remembered
from rules.form import FieldType, Where
from rules.labels import colon_at, read_label, squeeze
from rules.synonyms import is_reach

if TYPE_CHECKING:
    from rules.reader.matching import Hit
    from rules.reader.page import Line
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

_SIGNS = re.compile(r"(?:填表|制表|填报|审核|审批|复核|经办|报送|校对)(?:人员|人|员|者)")
_REACH = frozenset({FieldType.PHONE, FieldType.EMAIL, FieldType.POSTCODE})


def is_signed(region: Region, number: int) -> bool:
    """Say whether a line is one of signatures: 填表人：张三　联系电话：…, and holds no value.

    An opinion in a cell of its own, beside its label, is kept as an addition.
    """
    for slot in region.page.lines[number].slots:
        if not slot.filled or slot.digits or region.matches.is_label(slot):
            continue
        if _signs(slot.text):
            return True
    return False


def signed_lines(region: Region) -> frozenset[int]:
    """Return the lines of signatures, and all of a table beside the form's own that has one.

    So are a sheet's rows over the first of the form's own.
    """
    lines = region.page.lines[region.first : region.last + 1]
    signed = {line.number for line in lines if is_signed(region, line.number)}
    own = Counter(slot.table for slot in region.matches.labels()).most_common(1)
    main = own[0][0] if own else None
    tables = {region.page.lines[n].table for n in signed} - {None, main}
    start = _start(region, main)
    signed |= {line.number for line in lines if line.table in tables}
    if any(n < start for n in signed):
        signed |= {n.number for n in lines if n.table == main is not None and n.number < start}
    return frozenset(signed)


def signed_rows(region: Region) -> frozenset[int]:
    """Return the lines of signatures, and of how to reach whoever signs right under them."""
    signed: set[int] = set()
    for line in region.page.lines[region.first : region.last + 1]:
        if is_signed(region, line.number) or (line.number - 1 in signed and _reaches(line)):
            signed.add(line.number)
    return frozenset(signed)


def _reaches(line: Line) -> bool:
    first = line.first
    return first is not None and is_reach(read_label(first.text[:LONGEST]).core)


def _start(region: Region, table: int | None) -> int:
    """Return the line of the first label of the form's own table, the unit's line apart."""
    fields = region.index.fields
    hits = (hit for found in region.matches.hits.values() for hit in found)
    rows = (
        h.slot.line
        for h in hits
        if h.slot.table == table and fields[h.field].field.where is not Where.INSIDE
    )
    return min(rows, default=region.first)


def drop_signers(region: Region) -> None:
    """Leave out labels that ask how to reach whoever signs: 填表人：张三　联系电话：….

    A form that asks for 填表人 itself asks for the number behind it as well.
    """
    for hits in list(region.matches.hits.values()):
        for hit in hits:
            asked = region.index.fields[hit.field].field.type
            if (is_reach(hit.label.core) or asked in _REACH) and _follows_signer(region, hit):
                region.matches.drop(hit)


def _follows_signer(region: Region, hit: Hit) -> bool:
    row = region.page.lines[hit.slot.line].slots
    before = row[: row.index(hit.slot)] if hit.slot in row else ()
    unasked = (slot for slot in before if not region.matches.is_label(slot))
    return any(_SIGNS.match(squeeze(slot.text)) for slot in unasked)


@remembered
def _signs(text: str) -> bool:
    colon = colon_at(text)
    core = read_label(text[: LONGEST if colon is None else colon]).core
    alone = colon is None or not text[colon + 1 :].strip()
    return _SIGNER.fullmatch(core) is not None and not (alone and core.endswith("意见"))
