"""Tables of labels and places beside or under them, with merged labels for groups of rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rules.form import Where
from rules.labels import colon_at, read_label, squeeze
from rules.learn.asked import Asked
from rules.learn.boxes import has_boxes
from rules.learn.cells import is_blank, is_hint, is_note, is_place, states_units
from rules.learn.halves import SERIAL_HEADINGS
from rules.learn.sheet import is_empty, is_label, spot

if TYPE_CHECKING:
    from rules.learn.sheet import Sheet, Spot
    from rules.reader.page import Slot

_SERIAL = re.compile(r"[\d一二三四五六七八九十（）()、.．①-⑳\s]*")
FEWEST_HEADINGS = 3  # side by side


def read_pairs(sheet: Sheet, rows: tuple[int, ...]) -> list[Asked]:
    """Return what the rows ask for, in reading order."""
    places = _places(sheet, rows)
    owners: dict[Spot, list[tuple[Slot, Where]]] = {}
    for place in places:
        owner = _owner(sheet, place, owners)
        if owner is not None:
            owners.setdefault(spot(owner[0]), []).append((place, owner[1]))
    labels = {spot(c): c for row in rows for c in sheet.cells(row) if c.row == row}
    found = [
        _asked(sheet, labels[at], held[0], owners) for at, held in owners.items() if at in labels
    ]
    found += [
        Asked(s.text, Where.INSIDE, _after_colon(s.text), order=(s.line, s.column))
        for at, s in labels.items()
        if at not in owners and _asks_inside(s)
    ]
    return sorted(found, key=lambda asked: asked.order)


def _places(sheet: Sheet, rows: tuple[int, ...]) -> list[Slot]:
    found: dict[Spot, Slot] = {}
    for row in rows:
        cells = sheet.cells(row)
        noted = bool(cells) and is_note(cells[0].text)
        for cell in cells:
            if cell.row == row and not noted and (not cell.filled or is_place(cell.text)):
                found[spot(cell)] = cell
    return list(found.values())


def _owner(
    sheet: Sheet, place: Slot, owners: dict[Spot, list[tuple[Slot, Where]]]
) -> tuple[Slot, Where] | None:
    """Return the label of a place: left of it, else over it where its row has no label."""
    left = sheet.left_of(place) if place.column > 1 else None
    if left is not None and _names(left) and not (is_hint(place.text) and spot(left) in owners):
        heads_list = left.row < place.row and _is_heading_row(sheet, place, left)
        if not heads_list and not _is_past_headings(sheet, place):
            return left, Where.RIGHT
    over = sheet.at(place.row - 1, place.column)
    if over is None or not _names(over) or spot(over) in owners:
        return None
    own_row = [c for c in sheet.cells(place.row) if c.row == place.row]
    return (over, Where.BELOW) if not any(_names(c) for c in own_row) else None


def _is_heading_row(sheet: Sheet, place: Slot, group: Slot) -> bool:
    """Say whether the place stands under a heading, beside a label that spans both rows."""
    over = sheet.at(place.row - 1, place.column)
    return over is not None and spot(over) != spot(group) and _names(over)


def _is_past_headings(sheet: Sheet, place: Slot) -> bool:
    """Say whether a row of headings over empty cells ends before a place: the title is wider."""
    before = [c for c in sheet.cells(place.row) if c.column < place.column]
    if len(before) < FEWEST_HEADINGS or not all(is_label(cell) for cell in before):
        return False
    under = [sheet.at(cell.bottom_edge, cell.column) for cell in before[1:]]
    return all(cell is not None and is_empty(cell) for cell in under)


def _names(slot: Slot) -> bool:
    return is_label(slot) and not _SERIAL.fullmatch(slot.text) and not is_note(slot.text)


def _asked(
    sheet: Sheet,
    label: Slot,
    held: tuple[Slot, Where],
    owners: dict[Spot, list[tuple[Slot, Where]]],
) -> Asked:
    place, where = held
    group = _group(sheet, label, owners)
    group = _group_over(sheet, label, owners) if group is None else group
    return Asked(label.text, where, place.text, group, order=(label.line, label.column))


def _group_over(
    sheet: Sheet, label: Slot, owners: dict[Spot, list[tuple[Slot, Where]]]
) -> str | None:
    """Return the heading that lies over a heading and its neighbours: 举办培训 over 线上, 线下."""
    over = sheet.at(label.row - 1, label.column)
    while over is not None and over.column_span == label.column_span and over.filled:
        over = sheet.at(over.row - 1, label.column)
    if over is None or not _names(over) or spot(over) in owners:
        return None
    beside = [c for c in sheet.cells(over.row) if spot(c) != spot(over) and _names(c)]
    return over.text if over.column_span > label.column_span and beside else None


def _group(sheet: Sheet, label: Slot, owners: dict[Spot, list[tuple[Slot, Where]]]) -> str | None:
    """Return the label left of a label, if it has no answer of its own."""
    left = sheet.left_of(label) if label.column > 1 else None
    while left is not None and (not _names(left) or spot(left) in owners):
        left = sheet.left_of(left, label.row) if left.column > 1 else None
    if left is None or squeeze(left.text).endswith(":"):  # 填表人： beside 联系电话：
        return None
    return None if read_label(left.text).core in SERIAL_HEADINGS else left.text


def _asks_inside(slot: Slot) -> bool:
    """Say whether a cell holds a label and, after its colon, room for the answer."""
    rest = _after_colon(slot.text)
    colon = colon_at(slot.text)
    if colon is None or is_note(slot.text) or states_units(slot.text):
        return False
    label = slot.text[:colon]
    named = 2 <= len(squeeze(label)) <= 20 and not has_boxes(label)  # □企业 □其他：____
    return named and (is_blank(rest) or is_hint(rest) or has_boxes(rest))


def _after_colon(text: str) -> str:
    colon = colon_at(text)
    return text[colon + 1 :] if colon is not None else ""


def repeats(sheet: Sheet, asked: Asked) -> bool:
    """Say whether a label heads a column of several empty cells: a list with rows."""
    if asked.where is not Where.BELOW:
        return False
    line, column = asked.order
    row = next((row for row in sheet.rows if sheet.line(row) == line), None)
    own = sheet.at(row, column) if row is not None else None
    if own is None:
        return False
    second = sheet.at(own.bottom_edge + 1, own.column)
    return second is not None and is_empty(second)
