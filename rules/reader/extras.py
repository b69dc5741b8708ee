"""What submitters add to a table of labels and numbers: rows and lines of their own."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from parsers.values import read_value
from parsers.values.measures import as_measure, counted_in, is_money
from rules.labels import colon_at, heads, read_label, without_numbering, words
from rules.reader.headings import UNIT_HEADINGS, half_over
from rules.reader.matching import NOTES
from rules.reader.region import label_columns
from rules.reader.signing import is_signed, signed_rows
from rules.reader.unheaded import number_columns
from rules.reading import Extra, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.values import ValueRead
    from rules.reader.headings import Half
    from rules.reader.page import Slot
    from rules.reader.region import Region

NUMBERING = re.compile(r"^[\s\d.、()（）一二三四五六七八九十①-⑳]*$")
LONGEST_LABEL = 40  # characters of a label in a cell of its own, and
LONGEST_PAIR = 8  # letters of one that shares its cell or paragraph with the value


def added_rows(region: Region, claimed: set[int]) -> list[Extra]:
    """Return the rows whose label, in a column of labels, is none of the form's."""
    if not region.has_table:
        return added_lines(region)
    found: list[Extra] = []
    for slot in _unclaimed(region, claimed):
        half = half_over(region, slot)
        value = _value_beside(region, slot, half)
        several = list(_values_of_others(region, slot, half)) if half else []
        if several:
            found += [_under(region, slot, heading, beside) for heading, beside in several]
        elif value is not None:
            unit = unit_beside(region, slot) or unit_between(region, slot, value)
            found.append(extra(slot.text, value, unit or unit_after(region, value)))
        elif (inner := _inner_value(slot)) is not None:
            found.append(inner)
    return found


def _values_of_others(region: Region, slot: Slot, half: Half) -> Iterator[tuple[Slot, Slot]]:
    """Yield a row's values with their headings, of a form that asks for several: 本月, 累计."""
    table = region.index.form.table
    wanted = (table.value, *table.others) if table and table.others else ()
    for heading in (half.slots.get(read_label(name).core) for name in wanted):
        value = region.page.at(slot.table or 0, slot.row, heading.column) if heading else None
        if heading and value and value.filled and value.column >= slot.right_edge:
            yield heading, value


def _under(region: Region, slot: Slot, heading: Slot, value: Slot) -> Extra:
    own = read_label(heading.text).unit or unit_beside(region, slot)
    made = extra(slot.text, value, own or unit_between(region, slot, value))
    return replace(made, label=f"{made.label}（{bare(heading.text)}）")


def _unclaimed(region: Region, claimed: set[int]) -> Iterator[Slot]:
    """Yield what may be an added row's label: nothing over the labels, nothing of who signs."""
    columns = label_columns(region)
    taken = claimed.union(region.matches.slots)
    free = [s for s in region.slots if _is_free(region, s, taken) and _heads(region, s, columns)]
    signed, starts = (signed_rows(region), _starts(region)) if free else (frozenset(), {})
    for slot in free:
        over = slot.line < starts.get(slot.table, slot.line) and half_over(region, slot) is None
        if not (over or slot.line in signed or tells_how(slot.text)):
            yield slot


def _is_free(region: Region, slot: Slot, taken: set[int]) -> bool:
    """Say whether words stand in a table's cell, and are no label, value or heading of the form."""
    if slot.table is None or slot.digits or slot.line in region.noted:
        return False
    if id(slot) in taken or not slot.filled or NUMBERING.match(slot.text):
        return False
    right = region.page.right_of(slot)
    if right is not None and region.matches.is_label(right):  # the label of a group
        return False
    return not _is_printed(region, slot)


def _heads(region: Region, slot: Slot, columns: set[tuple[int | None, int]]) -> bool:
    """Say whether a slot stands where labels do: under their heading, or in a column of them."""
    half = half_over(region, slot)
    headed = half is not None and half.covers(region.index.label_heading, slot.column)
    return headed or (slot.table, slot.column) in columns


def _starts(region: Region) -> dict[int | None, int]:
    """Return the line of the first label of each table."""
    starts: dict[int | None, int] = {}
    for label in region.matches.labels():
        starts[label.table] = min(label.line, starts.get(label.table, label.line))
    return starts


_TELLS = re.compile(
    r"[*＊※★(（【\[\s]*(?:例如?|示例|样例|范例|举例|(?:填写|填报|填表)(?:说明|要求|须知|示例)|提示|备注|注)"
    r"(?:[:：)）】\]\d]|$)"
)


def tells_how(text: str) -> bool:
    """Say whether a text tells how to fill in the form: 填写说明：, 例：参加单位（个）."""
    return _TELLS.match(text) is not None


def _is_printed(region: Region, slot: Slot) -> bool:
    """Say whether it is a heading of the form, or heads a row of words: 说明."""
    if len(slot.text) > LONGEST_LABEL:
        return False
    core = read_label(slot.text).core
    return core in region.index.headings or core in region.index.ends


def added_lines(region: Region) -> list[Extra]:
    """Return rows typed as lines of text, label and number, among the form's own."""
    lines = {h.slot.line for hits in region.matches.hits.values() for h in hits}
    among = range(min(lines, default=0), max(lines, default=-1) + 2)
    slots = [s for s in region.slots if s.line in among and s.line not in region.noted]
    slots = [s for s in slots if not is_signed(region, s.line)]
    found = (_numbered_line(s) for s in slots if not region.matches.is_label(s))
    return [extra for extra in found if extra is not None]


def _numbered_line(slot: Slot) -> Extra | None:
    if slot.text.lstrip().startswith(NOTES):
        return None
    for head in heads(slot.text):
        read = read_value(head.rest, "number", unit=head.label.unit)
        if head.how in ("bracket", "colon", "space") and read.status == "found":
            label = slot.text.strip()[: -len(head.rest)].rstrip()
            unit = head.label.unit or read.given_unit
            return Extra(bare(label), Status.FOUND, _whole(read), unit, head.rest, slot.place)
    return None


def _value_beside(region: Region, slot: Slot, half: Half | None) -> Slot | None:
    column = half.column_of(region.index.value_heading) if half else None
    if column is None:
        columns, _ = number_columns(region, slot)
        column = columns[0] if columns else None
    if column is None or column < slot.right_edge:  # left of it, it has another label
        return None
    value = region.page.at(slot.table or 0, slot.row, column)
    return value if value is not None and value.filled else None


def unit_beside(region: Region, slot: Slot) -> str | None:
    """Return the row's entry in a 单位 column that the submitter put in, headed or right here."""
    half = half_over(region, slot)
    if half is None:
        return unit_after(region, slot)
    first = next(iter(half.slots.values()))
    for other in region.page.row_of(slot):
        head = region.page.at(first.table or 0, first.row, other.column)
        if head is not None and read_label(head.text).core in UNIT_HEADINGS:
            return as_measure(words(other.text))
    return unit_after(region, slot)


def unit_over(region: Region, slot: Slot, column: str) -> str | None:
    """Return the unit of measure that a column's own heading names, in this document."""
    half = half_over(region, slot)
    head = half.slots.get(read_label(column).core) if half else None
    return read_label(head.text).unit if head is not None else None


def unit_between(region: Region, label: Slot, value: Slot) -> str | None:
    """Return the unit of measure in a cell of its own between a label and its number."""
    if value.table is None or value.table != label.table:
        return None
    columns = range(label.right_edge, value.column)
    between = [region.page.at(value.table, value.row, column) for column in columns]
    own = (s for s in between if s is not None and s.filled and not region.matches.is_label(s))
    return next(filter(None, (as_measure(words(slot.text)) for slot in own)), None)


def unit_after(region: Region, slot: Slot) -> str | None:
    """Return the unit of measure in a cell of its own right of a number or label: 5 | 万元."""
    after = region.page.right_of(slot)
    if after is None or not after.filled or region.matches.is_label(after):
        return None
    return as_measure(words(after.text)) if len(after.text) <= LONGEST_PAIR else None


def _inner_value(slot: Slot) -> Extra | None:
    colon = colon_at(slot.text)
    if colon is None or not slot.text[colon + 1 :].strip():
        return None
    read = read_value(slot.text[colon + 1 :], "number")
    if read.status != "found":
        return None
    label = read_label(slot.text[:colon])
    raw = slot.text[colon + 1 :].strip()
    return Extra(
        bare(slot.text[:colon]),
        Status.FOUND,
        _whole(read),
        label.unit or read.given_unit,
        raw,
        slot.place,
    )


def extra(text: str, value: Slot, unit_beside: str | None) -> Extra:
    """Return an added row: its label without the unit, and its number if it has one."""
    unit = counted_in(read_label(text).unit or unit_beside, value.text)
    cell = value.cell
    read = read_value(
        value.text,
        "money" if unit and is_money(unit) else "number",
        unit=unit,
        number=cell.number if cell else None,
        moment=cell.moment if cell else None,
        flags=cell.flags if cell else frozenset(),
    )
    status = Status(read.status)
    number = _whole(read) if status is Status.FOUND else None
    return Extra(
        bare(text), status, number, unit or read.given_unit, value.text.strip(), value.place
    )


def _whole(read: ValueRead) -> int | float | str | tuple[str, ...] | None:
    """Return 3 for 3.0: an added row says nothing about decimals."""
    value = read.value
    return int(value) if isinstance(value, float) and value.is_integer() else value


def bare(text: str) -> str:
    """Return a label as written, without its unit of measure, numbering and line breaks."""
    flat = without_numbering("".join(text.split()))
    flat = re.sub(
        r"[（(\[【〔]([^（）()\[\]【】〔〕]*)[)）\]】〕]",
        lambda m: "" if as_measure(m[1]) else m[0],
        flat,
    )
    return flat.rstrip(":：")
