"""A form's blank with values written where its reading would look for them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parsers.document import Paragraph
from parsers.formats import read_document
from parsers.writing.filling import Entry, fill_docx
from rules.form import FieldType
from rules.recognise import read_forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from parsers.document import Document, Place
    from rules.campaign import Campaign
    from rules.form import Form, FormField
    from rules.reading import Reading

BOXES = "□☐◻▢"
_LONGEST_UNIT = 3  # characters: 人, 人次 stand right behind the value


def fill_form(
    campaign: Campaign, form: Form, values: Mapping[str, str], *, tick: str = "☑"
) -> bytes:
    """Return the blank .docx with `values` (field key → text as a person would type it).

    A value that stands in its label's own cell or paragraph is written after what is printed
    there. For a choice the value names the labels to `tick`, parted by 、. KeyError for a field
    or a label that the blank has no place for.
    """
    blank = campaign.blanks[form.id]
    document = read_document(blank, "docx")
    reading = read_forms(document, (campaign,))[0].reading
    printed = _printed(document)
    boxes = any(box in text for text in printed.values() for box in BOXES)
    texts: dict[Place, str] = {}
    for key, value in values.items():
        field = form.field(key)
        place = reading.get(key).place or _beside(document, reading, field)
        if place is None:
            raise KeyError(key)
        if field.type is FieldType.CHOICE and boxes:
            _tick(texts, printed, place, _labels(field, value), tick)
        else:
            texts[place] = _with_value(field, texts.get(place, printed.get(place, "")), value)
    return fill_docx(blank, [Entry(place, text) for place, text in texts.items()])


def _beside(document: Document, reading: Reading, field: FormField) -> Place | None:
    """Return the remarks cell in which a sub-value's label is printed, if it is."""
    row = reading.get(field.within).place if field.within else None
    for table in document.tables:
        for cell in table.cells:
            same = row is not None and (cell.place.table, cell.place.row) == (row.table, row.row)
            if same and field.label in "".join(cell.text.split()):
                return cell.place
    return None


def _with_value(field: FormField, printed: str, value: str) -> str:
    """Return a place's text with the value: labels stay, hints and ruled blanks do not."""
    if field.hint and field.within is None:
        printed = printed.replace(field.hint, "")
    if field.within is not None and (own := re.search(f"{_loose(field.label)}[ _　]*", printed)):
        label = own[0].rstrip(" _　")
        return f"{printed[: own.start()]}{label}{value}{printed[own.end() :]}"
    own = re.search(rf"{_loose(field.label)}(?:[（(][^（()）]*[）)])?\s*[:：][ _　]*", printed)
    rest = printed[own.end() :] if own else ""
    if own and rest:  # 填表人：        联系电话：
        gap = "    " if len(rest) > _LONGEST_UNIT else ""
        return f"{printed[: own.end()].rstrip(' _　')}{value}{gap}{rest}"
    return f"{printed.rstrip(' _　')}{value}"


def _labels(field: FormField, value: str) -> list[str]:
    """Return the choices a value names, a label that holds 、 itself included."""
    named = [c for c in field.choices if re.search(rf"(?:^|、){re.escape(c)}(?=、|$)", value)]
    if sum(map(len, named)) + len(named) - 1 != len(value):
        raise KeyError(value)
    return named


def _tick(
    texts: dict[Place, str],
    printed: Mapping[Place, str],
    start: Place,
    labels: Iterable[str],
    tick: str,
) -> None:
    """Tick the boxes before or behind the labels, in the place itself or those after it."""
    places = list(printed)
    after = places[places.index(start) :]
    for label in labels:
        for place in after:
            ticked, count = _ticked(texts.get(place, printed[place]), label, tick)
            if count:
                texts[place] = ticked
                break
        else:
            raise KeyError(label)


def _ticked(text: str, label: str, tick: str) -> tuple[str, int]:
    before = rf"[{BOXES}](?=\s*{_loose(label)})"
    behind = rf"(?<!\w)({_loose(label)}\s*)[{BOXES}]"
    if re.search(before, text):
        return re.subn(before, tick, text, count=1)
    return re.subn(behind, rf"\g<1>{tick}", text, count=1)


def _loose(label: str) -> str:
    return r"\s*".join(re.escape(char) for char in label if not char.isspace())


def _printed(document: Document) -> dict[Place, str]:
    """Return every paragraph's and cell's text by place, in the document's order."""
    texts: dict[Place, str] = {}
    for block in document.blocks:
        parts = (block,) if isinstance(block, Paragraph) else block.cells
        texts |= {part.place: part.text for part in parts}
    return texts
