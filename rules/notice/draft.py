"""Which files the draft of a campaign folder has: campaign.yaml, forms, blanks, roster."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parsers.writing.blank_docx import write_blank_docx
from parsers.writing.cutting import cut_docx
from rules.learn.write import write_form
from rules.notice.campaign_text import campaign_yaml, keys_of, titles_of
from rules.roster import Roster, Unit
from rules.rosters.sheet import Asked, RosterWords, write_roster

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rules.learn import Say
    from rules.notice.beside import Annex
    from rules.notice.model import Notice, NoticeForm


@dataclass(frozen=True, slots=True)
class DraftFolder:
    """The files of a campaign folder, by their path in it."""

    files: Mapping[str, bytes]


def draft_folder(  # noqa: PLR0913, PLR0917 - the notice twice, and the words for people
    notice: Notice,
    name: str,
    original: bytes,
    kind: str,
    say: Say,
    words: RosterWords,
    annexes: Sequence[Annex] = (),
) -> DraftFolder:
    """Return the draft of the campaign `name`; blanks are cut out of a .docx, else drawn."""
    files: dict[str, bytes] = {"campaign.yaml": campaign_yaml(notice, name, say).encode()}
    source = say("annex-of", {"notice": notice.document or notice.title})
    for form in notice.forms:
        annex = annexes[form.file] if form.file is not None else None
        yaml = write_form(form.draft, say, annex.name if annex else source)
        files[f"forms/{form.draft.form.id}.yaml"] = yaml.encode()
        files[f"forms/{form.draft.form.blank}"] = (
            _blank(form, annex.data, annex.kind, whole=_is_whole(form, annex))
            if annex
            else _blank(form, original, kind, whole=False)
        )
    files["roster.xlsx"] = _roster(notice, words)
    return DraftFolder(files)


def _is_whole(form: NoticeForm, annex: Annex) -> bool:
    return form.blocks == (0, len(annex.document.blocks) - 1)


def _blank(form: NoticeForm, original: bytes, kind: str, *, whole: bool) -> bytes:
    if whole and kind == "docx":
        return original
    if kind in ("docx", "docm"):
        return cut_docx(original, *form.blocks)
    return write_blank_docx(form.document, form.draft.form.title)


def _roster(notice: Notice, words: RosterWords) -> bytes:
    """Return a roster with its headings, and a row for each unit the notice names.

    What is asked only of some units stands in their 应报材料, beside what all owe.
    """
    units = (
        Unit(f"unit-{number}", unit, owes=_owes(notice, unit))
        for number, unit in enumerate(notice.units, start=1)
    )
    asked = tuple(map(Asked, keys_of(notice), titles_of(notice)))
    return write_roster(Roster(tuple(units)), asked, words)


def _owes(notice: Notice, unit: str) -> tuple[str, ...]:
    if not any(unit in owed.units for owed in notice.requirements):
        return ()
    owed = zip(keys_of(notice), notice.requirements, strict=True)
    return tuple(key for key, one in owed if not one.units or unit in one.units)
