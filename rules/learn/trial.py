"""Whether a proposed form reads a filled copy of its own blank: filled here once, and read."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from parsers.document import Cell, Document, Paragraph, Table
from rules.form import FieldType, Where
from rules.learn.boxes import MARKS
from rules.reader.indexing import index_of
from rules.reader.page import lay_out
from rules.reader.read_form import read_form
from rules.reading import Status

if TYPE_CHECKING:
    from parsers.document import Place
    from rules.form import Form, FormField
    from rules.reader.page import Page

YEAR = 2024  # completes dates in the trial; any will do

_BOX = re.compile(f"[{MARKS}]")

SAMPLES: dict[FieldType, str] = {
    FieldType.COUNT: "12",
    FieldType.NUMBER: "12.5",
    FieldType.MONEY: "1.5",
    FieldType.TEXT: "试填内容",
    FieldType.DATE: "2024年5月20日",
    FieldType.PERIOD: "2024年5月20日至5月22日",
    FieldType.PHONE: "13900000001",
    FieldType.EMAIL: "a@example.cn",
    FieldType.POSTCODE: "010010",
}


def sample(field: FormField) -> str:
    """Return an answer as a person might type it."""
    if field.type is FieldType.CHOICE:
        return f"☑{field.choices[0]}"
    text = SAMPLES[field.type]
    return text + "万元" if field.type is FieldType.MONEY and field.unit is None else text


def unread(page: Page, lines: tuple[int, int], form: Form) -> list[str]:
    """Return the keys of fields that a filled copy would not be read for."""
    if not form.fields:
        return []
    index = index_of(form)
    blank = read_form(page, lines, index, "", YEAR)
    places = {one.key: one.place for one in blank.fields if one.label_found}
    document = filled(_document(page, lines), form, places)
    again = lay_out(document)
    reading = read_form(again, (0, len(again.lines) - 1), index, "", YEAR)
    return [one.key for one in reading.fields if one.status is not Status.FOUND]


def filled(document: Document, form: Form, places: dict[str, Place | None]) -> Document:
    """Return a document with every field answered where it was looked for."""
    texts = answers(document, form, places)
    return Document(
        document.kind, tuple(_with(block, texts) for block in document.blocks), document.flags
    )


def answers(document: Document, form: Form, places: dict[str, Place | None]) -> dict[Place, str]:
    """Return the whole text of each place that a filled-in copy has another text in."""
    texts: dict[Place, str] = {}
    printed = _printed(document)
    for one in form.fields:
        place = places.get(one.key) or places.get(one.within or "")
        if place is not None:
            texts[place] = _written(one, texts.get(place, printed.get(place, "")))
    return texts


def _written(field: FormField, printed: str) -> str:
    if field.within is not None:
        label = re.escape(field.label)
        return re.sub(f"{label}[_＿ ]*", f"{field.label}{sample(field)}", printed, count=1)
    if field.type is FieldType.CHOICE and (box := _BOX.search(printed)):
        return f"{printed[: box.start()]}☑{printed[box.end() :]}"
    if field.type is FieldType.CHOICE and field.choices[0] in printed:
        return printed.replace(field.choices[0], sample(field), 1)
    if field.where is Where.INSIDE:
        return _after_label(field, printed)
    return sample(field)


def _after_label(field: FormField, printed: str) -> str:
    """Write behind the label where it stands among others in a line."""
    letters = [c for c in field.label if not c.isspace()]
    position = 0
    for letter in letters:
        found = printed.find(letter, position)
        if found < 0:
            return f"{printed.rstrip(' _　')}{sample(field)}"
        position = found + 1
    colon = min((n for c in ":：" if (n := printed.find(c, position)) >= 0), default=-1)
    at = colon + 1 if colon >= 0 else position
    rest = printed[at:].lstrip(" _　")
    return f"{printed[:at]}{sample(field)}" + (f"  {rest}" if rest else "")


def _with(block: Paragraph | Table, texts: dict[Place, str]) -> Paragraph | Table:
    if isinstance(block, Paragraph):
        return replace(block, text=texts.get(block.place, block.text))
    return replace(block, cells=tuple(_cell(cell, texts) for cell in block.cells))


def _cell(cell: Cell, texts: dict[Place, str]) -> Cell:
    return replace(cell, text=texts[cell.place]) if cell.place in texts else cell


def _printed(document: Document) -> dict[Place, str]:
    texts = {block.place: block.text for block in document.paragraphs}
    return texts | {cell.place: cell.text for table in document.tables for cell in table.cells}


def _document(page: Page, lines: tuple[int, int]) -> Document:
    """Return the lines of a page as a document again; empty positions become cells."""
    blocks: list[Paragraph | Table] = []
    seen: set[int] = set()
    told: set[Place] = set()
    for line in page.lines[lines[0] : lines[1] + 1]:
        if line.table is None:
            for slot in line.slots:
                if slot.place not in told:
                    told.add(slot.place)
                    text = "  ".join(s.text for s in line.slots)
                    blocks.append(Paragraph(text, slot.place))
        elif line.table not in seen:
            seen.add(line.table)
            blocks.append(_table(page, line.table, lines))
    return Document("text", tuple(blocks))


def _table(page: Page, table: int, lines: tuple[int, int]) -> Table:
    grid = page.grids[table]
    cells: dict[tuple[int, int], Cell] = {}
    for row, line in grid.lines.items():
        if not lines[0] <= line <= lines[1]:
            continue
        for column in range(1, grid.width + 1):
            slot = page.at(table, row, column)
            if slot is not None and (slot.row, slot.column) not in cells:
                cells[slot.row, slot.column] = Cell(
                    slot.row, slot.column, slot.text, slot.place, slot.row_span, slot.column_span
                )
    return Table(table + 1, tuple(cells[at] for at in sorted(cells)))
