"""A proposal, unedited, reads what people typed into blanks of kinds that no campaign ships."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.learn_tables import read_copies
from tests.unit.typed_blanks import DOCX, XLSX, as_docx, as_xlsx

# a copy a line: the group or column a label stands in, the label, what was typed
CASES = Path(__file__).parents[1] / "cases/learn"
SAID = json.loads((CASES / "typed.expected.json").read_text(encoding="utf-8"))


def copies(name: str) -> list[str]:
    """Return what the proposal reads in the filled copy, a copy a line."""
    if name in DOCX:
        blank, typed = (as_docx(DOCX[name], typed=filled) for filled in (False, True))
        return read_copies("docx", blank, typed)
    blank, typed = (as_xlsx(XLSX[name], typed=filled) for filled in (False, True))
    return read_copies("xlsx", blank, typed)


@pytest.mark.parametrize("name", [*DOCX, *XLSX])
def test_what_people_typed_is_read_with_the_proposal_as_it_is(name):
    assert copies(name) == SAID[name]
