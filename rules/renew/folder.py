"""What of a campaign folder is new in the new year, and what a person must still look at."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from parsers.document import Paragraph
from parsers.formats import read_document
from parsers.sniff import sniff
from parsers.writing.clearing import clear_xlsx
from parsers.writing.rewording import apply_edits, reword_docx
from rules.campaign import Campaign
from rules.folder.files import OWN_FOLDER, UPWARD_FILE
from rules.reader.titles import read_title
from rules.renew.shift import Shift
from rules.renew.yaml_text import rewrite
from rules.rosters.cells import shown
from rules.rosters.headings import find_headings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.document import Document, Place
    from rules.folder.yaml_quick import Path_
    from rules.form import Form
    from rules.upward import Upward

LookAt = tuple[str, Mapping[str, str]]
ROSTER = "roster.xlsx"
ISO = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
_DAYS = frozenset({"opens", "closes", "window", "due"})
_NUMBERS = frozenset({"id", "key", "blank", "least", "greatest", "limit", "days"})
_ORDINAL = re.compile("第[一二三四五六七八九十百零〇\\d]+[届次期]")
_LAST_YEARS = ("免报", "展期至")
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Renewed:
    """The new folder's files by path, campaign.yaml last; and what is left to a person.

    Each is a code of templates/drafts.yaml with its values.
    """

    files: Mapping[str, bytes]
    look_at: tuple[LookAt, ...]


def year_of(campaign: Campaign) -> int:
    """Return the year a campaign is about: that of its title, else of its first due day."""
    named = read_title(campaign.file.title).year
    return named or min(r.due for r in campaign.file.requirements).year


def renew(
    campaign: Campaign, files: Mapping[str, bytes], name: str, year: int, given: Mapping[str, date]
) -> Renewed:
    """Return the campaign as `name` of `year`, `given` its new due days by requirement.

    `files` are the yaml files and the roster of its folder by path.
    """
    texts = {path: data.decode("utf-8-sig") for path, data in files.items() if path != ROSTER}
    roster = files[ROSTER]
    work = _Renewal(campaign, name, Shift(year_of(campaign), year, {}), given)
    made: dict[str, bytes] = {}
    look_at: list[LookAt] = []
    for form in campaign.forms.values():
        shift = work.shift_of(form)
        path = f"forms/{form.id}.yaml"
        made[path] = rewrite(texts[path], partial(_in_form, shift)).encode()
        blank = campaign.blanks[form.id]
        made[f"forms/{form.blank}"] = reword_docx(blank, shift.edits)
        look_at += _doubts(shift, form, read_document(blank, "docx"))
    if campaign.upward is not None:
        made |= _upward(campaign.upward, texts, work.plain)
        look_at.append(("renew-upward", {"title": campaign.upward.form.title}))
    made[ROSTER] = _cleared(roster)
    made["campaign.yaml"] = work.campaign_yaml(texts["campaign.yaml"]).encode()
    return Renewed(made, (*work.look_at(), *look_at))


@dataclass(frozen=True, slots=True)
class _Renewal:
    """One campaign on its way into another year."""

    campaign: Campaign
    name: str
    plain: Shift
    given: Mapping[str, date]

    def due(self, key: str) -> date:
        """Return the new due day of a requirement."""
        return self.given.get(key) or self.plain.day(self.campaign.requirement(key).due)

    def shift_of(self, form: Form) -> Shift:
        """Return the shift in which this form's own due days go before those of others."""
        mine = sorted(self.campaign.file.requirements, key=lambda r: r.form == form.id)
        return Shift(self.plain.base, self.plain.year, {r.due: self.due(r.key) for r in mine})

    def campaign_yaml(self, text: str) -> str:
        """Return campaign.yaml with its values moved; its comments still quote the old notice."""
        note = f"# Renewed from {self.campaign.id} for {self.plain.year}: comments below quote the "
        return f"{note}notice of {self.plain.base}.\n{rewrite(text, self._in_campaign)}"

    def _in_campaign(self, path: Path_, raw: str) -> str:
        if path == ("id",):
            return self.name
        if path == ("document",):
            return '""'
        if path[0] == "requirements" and path[-1] == "due":
            requirement = self.campaign.file.requirements[int(path[1])]
            return ISO.sub(self.due(requirement.key).isoformat(), raw)
        if _DAYS & set(path):
            return ISO.sub(lambda found: self.plain.day(_iso(found[0])).isoformat(), raw)
        if path == ("title",) or (path[0] == "requirements" and path[-1] != "key"):
            return apply_edits(raw, self.plain.edits(raw))
        return raw

    def look_at(self) -> Iterator[LookAt]:
        """Yield what of campaign.yaml only the new notice can tell."""
        file = self.campaign.file
        if file.document:
            yield "renew-document", {"document": file.document}
        for ordinal in _ORDINAL.findall(file.title):
            yield "renew-ordinal", {"ordinal": ordinal}
        if file.window:
            yield "renew-window", {}
        for requirement in file.requirements:
            due = self.due(requirement.key)
            if requirement.key not in self.given:
                code = "renew-weekend" if due.weekday() >= _SATURDAY else "renew-due"
                yield code, {"title": requirement.title, "due": due.isoformat()}


def _iso(text: str) -> date:
    year, month, day = map(int, text.split("-"))
    return date(year, month, day)


def _upward(upward: Upward, texts: Mapping[str, str], shift: Shift) -> dict[str, bytes]:
    """Return the mapping with the higher level's form of last year laid into the own folder."""
    form = upward.form
    yaml = f"{OWN_FOLDER}/{form.id}.yaml"

    def changed(path: Path_, raw: str) -> str:
        return f"{OWN_FOLDER}/{form.id}" if path == ("form",) else raw

    return {
        UPWARD_FILE: rewrite(texts[UPWARD_FILE], changed).encode(),
        yaml: rewrite(texts[yaml], partial(_in_form, shift)).encode(),
        f"{OWN_FOLDER}/{form.blank}": reword_docx(upward.sheet.blanks[form.id], shift.edits),
    }


def _in_form(shift: Shift, path: Path_, raw: str) -> str:
    return raw if path[-1] in _NUMBERS else apply_edits(raw, shift.edits(raw))


def _doubts(shift: Shift, form: Form, document: Document) -> Iterator[LookAt]:
    for block in document.blocks:
        for part in (block,) if isinstance(block, Paragraph) else block.cells:
            for written in shift.doubts(part.text):
                yield (
                    "renew-printed",
                    {"file": form.blank, "place": str(part.place), "said": written},
                )


def _cleared(roster: bytes) -> bytes:
    """Return the roster without last year's exemptions and extensions.

    One that is only called .xlsx (.xls, .csv) is left as it is: the check tells what is too early.
    """
    if sniff(roster, ROSTER) not in {"xlsx", "xlsm"}:
        return roster
    document = read_document(roster, "xlsx")
    headings = find_headings(document)
    if headings is None:
        return roster
    columns = {headings.columns[name] for name in _LAST_YEARS if name in headings.columns}
    places: list[Place] = [
        cell.place
        for cell in headings.table.cells
        if cell.column in columns and cell.row > headings.row and shown(cell)
    ]
    return clear_xlsx(roster, places) if places else roster
