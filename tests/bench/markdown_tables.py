"""A fair adapter: what a form's fields would be in a converter's Markdown, read with our grammar.

A field is right when any cell of its label's row, or the cell under the label, or what follows the
label in its own cell or line, reads as the value: more than a careful user of the converter has.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from parsers.values.read import read_labelled, read_value
from rules.form import FieldType
from rules.score.compare import same

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.form import Form, FormField

_MARKS = re.compile(r"\s|[*_\\`#:：]")
_LONG = 40  # characters: what follows a label in its own cell


def rows_of(markdown: str) -> list[list[str]]:
    """Return the rows of all tables, and every other line as a row of one cell."""
    rows = []
    for line in markdown.replace("<br>", "\n").replace("<br/>", "\n").split("\n"):
        text = line.strip()
        if text.startswith("|"):
            cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", text.strip("|"))]
            if any(cell.strip(":- ") for cell in cells):
                rows.append(cells)
        elif text:
            rows.append([text])
    return rows


def bare(text: str) -> str:
    """Fold widths, leave out blanks and Markdown's marks."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text))


def outcome(field: FormField, form: Form, stated: object, rows: list[list[str]], year: int) -> str:
    """Return right, wrong (another value stands where it would be looked for) or missed."""
    read = [value for text in _candidates(field, form, rows) if (value := _read(field, text, year))]
    if any(_is(stated, value[0]) for value in read):
        return "right"
    return "wrong" if read else "missed"


def _is(stated: object, value: object) -> bool:
    choices = getattr(stated, "any", (stated,))
    return any(same(one, value) for one in choices)


def _read(field: FormField, text: str, year: int) -> tuple[object] | None:
    if field.within is not None:
        found, _ = read_labelled(text, field.label, field.type.value, unit=field.unit)
        if found.status == "found":
            return (found.value,)
    found = read_value(
        text.replace("\\", ""),
        field.type.value,
        unit=field.unit,
        choices=field.choices,
        default_year=year,
        label=field.label,
    )
    return (found.value,) if found.status == "found" else None


def _candidates(field: FormField, form: Form, rows: list[list[str]]) -> Iterator[str]:
    """Yield the texts that may hold the value: of the label's row, under it, behind it."""
    outer = form.field(field.within) if field.within else field
    labels = {bare(label) for label in (outer.label, *outer.aliases)}
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            label = next((one for one in labels if _is_label(bare(cell), one)), None)
            if label is None:
                continue
            yield from _behind(cell, label)
            rest = row[column + 1 :]
            yield from rest if field.type is not FieldType.TEXT else rest[:2]
            if number + 1 < len(rows) and column < len(rows[number + 1]):
                yield rows[number + 1][column]


def _is_label(text: str, label: str) -> bool:
    """Whether a cell begins with a label; numbers and bullets before it do not count."""
    return re.sub(r"^[(\d一二三四五六七八九十.、)]+", "", text).startswith(label)


def _behind(cell: str, label: str) -> Iterator[str]:
    """Yield what follows a label in its own cell."""
    loose = r"[\s*_\\]*".join(map(re.escape, label))
    found = re.search(rf"{loose}[\s*_]*(?:[（(][^（()）]{{0,{_LONG}}}[)）])?[\s*_:：]*(.+)", cell)
    if found and found[1].strip():
        yield found[1].strip()
