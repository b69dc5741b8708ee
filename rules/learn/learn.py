"""How a blank is taken apart: title, lines, tables; then named, typed, and tried once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rules.form import FieldType, Form, FormTable
from rules.learn.cells import is_sum, may_add_rows
from rules.learn.draft import Doubt, DraftForm
from rules.learn.fields import Fields
from rules.learn.headed import HeadedTable, read_headed
from rules.learn.lines import read_lines, unit_over
from rules.learn.pairs import read_pairs, repeats
from rules.learn.roles import identifier, unit_field
from rules.learn.rooms import unread_rooms
from rules.learn.sheet import sheets_of
from rules.learn.shown import shown_label
from rules.learn.sums import sums_of
from rules.learn.title import Found, find_title
from rules.learn.trial import unread
from rules.reader.page import lay_out

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parsers.document import Document
    from rules.learn.asked import Asked
    from rules.reader.page import Page

_NAMES = ("名称", "姓名", "题目", "项目", "作品")  # with which what names a row ends
MOST_LINES = 600  # lines and table rows of a blank; what follows is left out
TITLE_LINES = 12  # over the first label


def learn(document: Document, name: str) -> DraftForm:
    """Propose the form a blank is for; `name` is its id, and its .docx is `<name>.docx`.

    Nothing is refused: a document that is no form yields a form without fields and says so.
    """
    page = lay_out(document)
    return learn_page(page, (0, len(page.lines) - 1), name)


def learn_page(page: Page, lines: tuple[int, int], name: str) -> DraftForm:
    """Propose a form from the lines first..last of a page, both included."""
    first, last = lines[0], min(lines[1], lines[0] + MOST_LINES)
    title = find_title(page, first, min(last, first + TITLE_LINES))
    fields = Fields(table_unit=unit_over(page, range(first, last + 1)))
    tables = _asked(page, title.after, last)
    headed = next((table for table in tables if isinstance(table, HeadedTable)), None)
    asked = _in_order(tables, read_lines(page, range(title.after, last + 1)))
    rows = _repeated(page, title.after, last, asked)
    fields.summed = any(is_sum(a.label) or is_sum(a.column or "") for a in asked if a.column)
    fields.add_all(one for one in asked if not (rows and is_sum(one.label)))
    form = _form(name, title, fields, headed, extra=_may_grow(page, title.after, last))
    form = form.model_copy(update={"checks": (*form.checks, *sums_of(form))})
    doubts = _doubts(form, title, fields)
    rooms = unread_rooms(page, range(title.after, last + 1), asked)
    doubts.extend(Doubt("room-unread", "", {"label": said}) for said in rooms)
    if rows:
        form = form.model_copy(update={"identified_by": _row_name(form, rows)})
        doubts.append(Doubt("rows-repeat", "", {"label": form.identified_by or ""}))
    doubts.extend(
        Doubt("not-read-back", key, {"label": form.field(key).label, "key": key})
        for key in unread(page, (first, last), form)
    )
    return DraftForm(form, tuple(doubts))


def _repeated(page: Page, first: int, last: int, asked: list[Asked]) -> list[str]:
    """Return the labels, as shown, that head the columns of a list with rows."""
    sheets = sheets_of(page, first, last)
    return [shown_label(a.label) for a in asked if any(repeats(sheet, a) for sheet in sheets)]


def _row_name(form: Form, rows: list[str]) -> str | None:
    """Return the label that tells the rows of a list apart: the name in each."""
    if form.identified_by in rows:
        return form.identified_by
    texts = [f.label for f in form.fields if f.label in rows and f.type is FieldType.TEXT]
    named = [label for label in texts if label.endswith(_NAMES)]
    return next(iter([*named, *texts, *rows]), None)


def _asked(page: Page, first: int, last: int) -> list[HeadedTable | list[Asked]]:
    found: list[HeadedTable | list[Asked]] = []
    for sheet in sheets_of(page, first, last):
        headed = read_headed(sheet)
        if headed is None or any(isinstance(other, HeadedTable) for other in found):
            found.append(read_pairs(sheet, sheet.rows))
            continue
        found.append(read_pairs(sheet, tuple(row for row in sheet.rows if row < headed.row)))
        found += [headed, read_pairs(sheet, headed.foot)]
    return found


def _in_order(tables: Iterable[HeadedTable | list[Asked]], lines: list[Asked]) -> list[Asked]:
    asked = list(lines)
    for table in tables:
        asked.extend(table.asked if isinstance(table, HeadedTable) else table)
    return sorted(asked, key=lambda one: one.order)


def _form(
    name: str, title: Found, fields: Fields, headed: HeadedTable | None, *, extra: bool
) -> Form:
    return Form(
        id=name,
        title=title.text or name,
        aliases=_aliases(title.text),
        blank=f"{name}.docx",
        unit_field=unit_field(fields.fields),
        identified_by=identifier(fields.fields),
        fields=tuple(fields.fields),
        table=_table(headed, extra=extra) if headed else None,
        checks=tuple(fields.checks),
    )


def _table(headed: HeadedTable, *, extra: bool) -> FormTable:
    head = headed.headed
    return FormTable(
        label=head.label,
        value=head.value,
        remarks=head.remarks,
        others=head.others,
        extra_rows=headed.extra_rows or extra,
        end=head.ends,
    )


def _aliases(title: str) -> tuple[str, ...]:
    """Return the title without its year: next year's copies and hurried people leave it out."""
    bare = re.sub(r"^(?:附[件表]\d*[:：]?)?(?:19|20)\d{2}(?:[-—~至]\d{2,4})?年?度?", "", title)
    return (bare,) if bare != title and len(bare) >= 6 else ()


def _may_grow(page: Page, first: int, last: int) -> bool:
    return any(may_add_rows(s.text) for s in page.slots(first, last) if s.filled)


def _doubts(form: Form, title: Found, fields: Fields) -> list[Doubt]:
    doubts = list(fields.doubts)
    if not title.sure:
        doubts.append(Doubt("no-title"))
    if not form.fields:
        doubts.append(Doubt("no-fields"))
    elif form.unit_field is None:
        doubts.append(Doubt("no-unit-field"))
    return doubts
