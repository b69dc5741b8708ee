"""Which files the draft of a campaign folder has: campaign.yaml, forms, blanks, roster."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parsers.blank_docx import write_blank_docx
from parsers.cutting import cut_docx
from parsers.workbook import Sheet, SheetCell, write_workbook
from rules.learn.write import write_form
from rules.notice.campaign_text import campaign_yaml, keys_of, parted, titles_of
from rules.roster_headings import HEADINGS

if TYPE_CHECKING:
    from rules.learn import Say
    from rules.notice.model import Notice, NoticeForm

_WIDTHS = (14.0, 32.0, 40.0, 26.0, 12.0, 10.0, 32.0, 14.0, 30.0, 18.0, 24.0, 24.0)


@dataclass(frozen=True, slots=True)
class DraftFolder:
    """The files of a campaign folder, by their path in it."""

    files: Mapping[str, bytes]


def draft_folder(notice: Notice, name: str, original: bytes, kind: str, say: Say) -> DraftFolder:
    """Return the draft of the campaign `name`; blanks are cut out of a .docx, else drawn."""
    files: dict[str, bytes] = {"campaign.yaml": campaign_yaml(notice, name, say).encode()}
    source = say("annex-of", {"notice": notice.document or notice.title})
    for form in notice.forms:
        yaml = write_form(form.draft, say, source)
        files[f"forms/{form.draft.form.id}.yaml"] = yaml.encode()
        files[f"forms/{form.draft.form.blank}"] = _blank(form, original, kind)
    files["roster.xlsx"] = _roster(notice)
    return DraftFolder(files)


def _blank(form: NoticeForm, original: bytes, kind: str) -> bytes:
    if kind in ("docx", "docm"):
        return cut_docx(original, *form.blocks)
    return write_blank_docx(form.document, form.draft.form.title)


def _roster(notice: Notice) -> bytes:
    """Return a roster with its headings, and a row for each unit the notice names.

    What is asked only of some units stands in their 应报材料, beside what all owe.
    """
    names = tuple(HEADINGS)
    rows = [tuple(SheetCell(name, "header") for name in names)]
    for number, unit in enumerate(notice.units, start=1):
        known = {"编号": f"unit-{number}", "单位": unit, "应报材料": _owes(notice, unit)}
        rows.append(tuple(SheetCell(known.get(name, ""), "text") for name in names))
    return write_workbook([Sheet("应报名单", tuple(rows), _WIDTHS, "C2")])


def _owes(notice: Notice, unit: str) -> str:
    if not any(unit in owed.units for owed in notice.requirements):
        return ""
    named = zip(titles_of(notice), keys_of(notice), notice.requirements, strict=True)
    return "、".join(
        key if parted(title) else title
        for title, key, owed in named
        if not owed.units or unit in owed.units
    )
