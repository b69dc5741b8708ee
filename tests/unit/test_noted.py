"""Forms noted where a mail is read: judged as if they had been read anew, and never trusted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rules.folder.load import SHIPPED, load_campaigns
from rules.judging import noted
from rules.judging.arrival import Arrival
from rules.judging.evidence import gather
from rules.judging.noted import HollowError, Noted, NotedAmissError, note_forms
from rules.judging.told import hear, tell
from tests.unit.noting import carried
from tests.unit.test_judge import BOX, CITY, HOME, NOON, mail, opening_form, statistics

HERE = Arrival(BOX, NOON)
BOTH = (HOME, CITY)


def refusing(*_, **__):
    raise AssertionError("read anew")


def forms_of(evidence):
    """Return what was found of forms: their files too, but for the documents in them."""
    return [
        (p.campaign, p.requirement, p.reading, [(f.name, f.sha256) for f in p.files])
        for p in evidence.pieces
    ]


def test_what_was_noted_is_not_read_anew(monkeypatch):
    letter = mail(statistics(), opening_form())
    wanted = gather(letter, BOTH, frozenset({HOME.id}))
    came, notes = carried(letter, HERE, BOTH)
    monkeypatch.setattr(noted, "read_forms", refusing)
    assert forms_of(gather(came, BOTH, frozenset({HOME.id}), notes)) == forms_of(wanted)
    assert {piece.campaign for piece in wanted.pieces} == {HOME, CITY}


def test_only_a_document_that_has_said_all_stays_behind():
    came, notes = carried(mail(statistics(), opening_form()), HERE, BOTH)
    own, foreign = (file.document for file in came.files)
    assert (own.kind, own.blocks) == ("docx", ())
    assert foreign == opening_form().document  # its sender may have taken the wrong form
    assert notes.has_hollow
    assert not carried(mail(opening_form()), HERE, BOTH)[1].has_hollow


def test_another_question_is_not_answered_from_the_notes():
    came, notes = carried(mail(opening_form()), HERE, BOTH)
    assert not [p for p in gather(came, (HOME,), frozenset(), notes).pieces if p.reading]
    assert gather(came, (CITY,), frozenset(), notes).pieces[0].campaign is CITY


def test_what_stayed_behind_is_not_asked_another_question_in_silence():
    came, notes = carried(mail(statistics()), HERE, BOTH)
    with pytest.raises(HollowError):
        gather(came, (CITY,), frozenset(), notes)


def test_a_document_that_came_later_is_read_by_the_judge():
    letter = mail(replace(statistics(), document=None, kind="image"))
    _, notes = carried(letter, HERE, BOTH)
    seen = mail(statistics())
    assert gather(seen, BOTH, frozenset(), notes).pieces


def test_a_fault_of_our_own_is_left_to_the_judge(monkeypatch):
    letter = mail(statistics())
    monkeypatch.setattr(noted, "read_forms", refusing)
    notes, told = note_forms(letter, BOTH, frozenset())
    assert (notes, told) == ((), frozenset())
    with pytest.raises(AssertionError, match="read anew"):
        gather(letter, BOTH, frozenset(), Noted(letter, notes, BOTH, frozenset()))


@pytest.mark.parametrize(
    "lie",
    [
        {"campaign": "2023-elsewhere"},
        {"form": "elsewhere"},
        {"runner_up": ("2023-elsewhere", "opening", 0.5)},
    ],
)
def test_a_note_of_a_form_that_nobody_asked_for_is_refused(lie):
    letter = mail(statistics())
    ((number, (note,)),), _ = note_forms(letter, BOTH, frozenset())
    with pytest.raises(NotedAmissError, match="nobody asked"):
        Noted(letter, ((number, (replace(note, **lie),)),), BOTH, frozenset())


def test_a_note_whose_fields_are_not_the_forms_is_refused():
    letter = mail(statistics())
    ((number, (note,)),), _ = note_forms(letter, BOTH, frozenset())
    fields = note.reading.fields
    for wrong in (fields[1:], fields[::-1], (*fields, fields[0])):
        lie = replace(note, reading=replace(note.reading, fields=wrong))
        with pytest.raises(NotedAmissError, match="fields"):
            Noted(letter, ((number, (lie,)),), BOTH, frozenset())


def test_a_reading_process_is_told_forms_and_units_but_no_person():
    campaigns = tuple(load_campaigns(SHIPPED))
    told = tell(campaigns)
    assert [(c.id, c.forms) for c in hear(told)] == [(c.id, c.forms) for c in campaigns]
    text = told.decode()
    for campaign in campaigns:
        people = {p for c in campaign.file.contacts for p in (c.name, c.phone)}
        people |= {p for u in campaign.roster.units for p in (u.contact, u.phone, *u.addresses)}
        people |= {*campaign.file.mailboxes, *campaign.file.coordinators}
        assert not [person for person in people - {""} if person in text]
