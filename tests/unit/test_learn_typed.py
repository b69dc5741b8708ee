"""A proposal, unedited, reads what people typed into blanks of kinds that no campaign ships."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from parsers.formats import read_document
from rules.campaign import Campaign, CampaignFile, Requirement
from rules.learn import learn
from rules.recognise import read_forms
from rules.roster import Roster
from tests.unit.typed_blanks import DOCX, XLSX, as_docx, as_xlsx

# a copy a line: the group or column a label stands in, the label, what was typed
CASES = Path(__file__).parents[1] / "cases/learn"
SAID = json.loads((CASES / "typed.expected.json").read_text(encoding="utf-8"))


def copies(name: str) -> list[str]:
    """Learn the blank, read the filled copy with the proposal, say each copy on a line."""
    kind = "docx" if name in DOCX else "xlsx"
    blank, typed = (
        as_docx(DOCX[name], typed=filled) if name in DOCX else as_xlsx(XLSX[name], typed=filled)
        for filled in (False, True)
    )
    form = learn(read_document(blank, kind), "form").form
    due = Requirement(key="form", title="表", due=date(2025, 6, 15), form="form")
    file = CampaignFile(id="learned", title="learned", requirements=(due,))
    campaign = Campaign(file, {"form": form}, Roster(()), {"form": blank}, Path())
    found = read_forms(read_document(typed, kind), (campaign,))
    return [" ".join(map(said(form), one.reading.fields)) for one in found]


def said(form):
    def of(field) -> str:
        asked = form.field(field.key)
        under = asked.group or asked.column
        value = "、".join(field.value) if isinstance(field.value, tuple) else field.value
        text = str(value).replace("\n", "|")
        return f"{under}/{asked.label}={text}" if under else f"{asked.label}={text}"

    return of


@pytest.mark.parametrize("name", [*DOCX, *XLSX])
def test_what_people_typed_is_read_with_the_proposal_as_it_is(name):
    assert copies(name) == SAID[name]
