"""A form's blank with values written where its reading would look for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.filling import Entry, fill_docx
from parsers.formats import read_document
from rules.recognise import read_forms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parsers.document import Document, Place
    from rules.campaign import Campaign
    from rules.form import Form, FormField
    from rules.reading import Reading


def fill_form(campaign: Campaign, form: Form, values: Mapping[str, str]) -> bytes:
    """Return the blank .docx with `values` (field key → text as a person would type it).

    A value that stands in its label's own cell or paragraph is written after what is printed
    there. KeyError for a field that the blank has no place for.
    """
    blank = campaign.blanks[form.id]
    document = read_document(blank, "docx")
    reading = read_forms(document, (campaign,))[0].reading
    printed = _printed(document)
    texts: dict[Place, str] = {}
    for key, value in values.items():
        place = reading.get(key).place or _beside(document, reading, form.field(key))
        if place is None:
            raise KeyError(key)
        before = texts.get(place, printed.get(place, ""))
        texts[place] = f"{_without_hint(form, key, before)}{value}"
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


def _without_hint(form: Form, key: str, printed: str) -> str:
    """Return what stays in the place: labels do, hints and ruled blanks do not."""
    field = form.field(key)
    if field.hint and field.within is None:
        printed = printed.replace(field.hint, "")
    return printed.rstrip(" _　")


def _printed(document: Document) -> dict[Place, str]:
    texts = {paragraph.place: paragraph.text for paragraph in document.paragraphs}
    return texts | {cell.place: cell.text for table in document.tables for cell in table.cells}
