"""Forms found in a mail by the process that read it, noted so that nobody need look again.

A note names campaign and form by id. Who hears it trusts it no further than the document itself:
it must be of a form that was asked for, with this form's fields. A document whose forms are noted
has said all that judging asks of it, so it need not travel: it is hollow then.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from rules.judging.evidence import look_for_forms
from rules.reading import Reading
from rules.recognise import FoundForm, RunnerUp, read_forms

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from parsers.document import Document
    from parsers.mail import Mail
    from rules.campaign import Campaign
    from rules.form import Form

BODY = -1  # the number of a mail's body among its documents; files are counted from 0


class NotedAmissError(ValueError):
    """A note that cannot be: of a form nobody asked for, or of fields the form has not."""


class HollowError(Exception):
    """A fault of ours: a document that did not travel was asked for more than its notes."""


@dataclass(frozen=True, slots=True)
class FormNote:
    """A `FoundForm` with ids; `runner_up` is campaign, form and score."""

    campaign: str
    form: str
    reading: Reading
    lines: tuple[int, int]
    score: float
    title: str = ""
    other_year: bool = False
    runner_up: tuple[str, str, float] | None = None


Notes = tuple[tuple[int, tuple[FormNote, ...]], ...]
"""The number of a document in its mail, and the forms found there, perhaps none."""

NOTES = TypeAdapter(Notes)


def note_forms(
    mail: Mail, campaigns: Sequence[Campaign], prefer: frozenset[str]
) -> tuple[Notes, frozenset[int]]:
    """Look for forms as `gather` does; return what was found, and which files have said all.

    Those hold a form of a preferred campaign: nobody will look for another's in them. A document
    at which our own reading fails is not noted: who judges the mail meets the fault.
    """
    numbers = {id(document): number for number, document in _documents(mail)}
    notes: list[tuple[int, tuple[FormNote, ...]]] = []

    def read(
        document: Document, campaigns: Sequence[Campaign], *, prefer: frozenset[str]
    ) -> tuple[FoundForm, ...]:
        found = read_forms(document, campaigns, prefer=prefer)
        notes.append((numbers[id(document)], tuple(map(_noted, found))))
        return found

    try:
        files, pieces, _ = look_for_forms(mail, campaigns, prefer, read)
    except Exception:  # noqa: BLE001 - whatever it is, it is met again where it can be told
        return tuple(notes), frozenset()
    told = {
        numbers[id(file.document)]
        for file, found in zip(files, pieces, strict=True)
        if any(piece.campaign.id in prefer for piece in found)
    }
    return tuple(notes), frozenset(told)


def hollowed(mail: Mail, numbers: Collection[int]) -> Mail:
    """Return the mail with the documents of these files emptied; their flags stay."""
    files = [
        replace(file, document=replace(file.document, blocks=()))
        if number in numbers and file.document is not None
        else file
        for number, file in enumerate(mail.files)
    ]
    return replace(mail, files=tuple(files))


class Noted:
    """Reads forms as `read_forms` does, from the notes where they answer the same question.

    Raises NotedAmissError when a note cannot be, HollowError where notes alone cannot answer.
    """

    def __init__(
        self, mail: Mail, notes: Notes, campaigns: Sequence[Campaign], prefer: frozenset[str]
    ) -> None:
        self._mail = mail  # whose documents are known by identity
        self._campaigns, self._prefer = tuple(campaigns), prefer
        forms = {(c.id, f.id): (c, f) for c in campaigns for f in c.forms.values()}
        known = dict(notes)
        self._found = {
            id(document): tuple(_found(note, forms) for note in known[number])
            for number, document in _documents(mail)
            if number in known
        }

    def __call__(
        self, document: Document, campaigns: Sequence[Campaign], *, prefer: frozenset[str]
    ) -> tuple[FoundForm, ...]:
        """Return the forms in a document; what was not noted is read here and now."""
        same = (tuple(campaigns), prefer) == (self._campaigns, self._prefer)
        noted = self._found.get(id(document))
        if same and noted is not None:
            return noted
        if noted and not document.blocks:
            raise HollowError(document.kind)
        return read_forms(document, campaigns, prefer=prefer)

    @property
    def has_filled(self) -> bool:
        """Whether any form was found that is no blank."""
        return any(not form.reading.blank for found in self._found.values() for form in found)

    @property
    def has_hollow(self) -> bool:
        """Whether any document did not travel."""
        noted = (document for _, document in _documents(self._mail) if not document.blocks)
        return any(self._found.get(id(document)) for document in noted)


def _documents(mail: Mail) -> Iterator[tuple[int, Document]]:
    for number, file in enumerate(mail.files):
        if file.document is not None:
            yield number, file.document
    if mail.body is not None:
        yield BODY, mail.body


def _noted(found: FoundForm) -> FormNote:
    rival = found.runner_up
    return FormNote(
        found.campaign.id,
        found.form.id,
        found.reading,
        found.lines,
        found.score,
        found.title,
        found.other_year,
        (rival.campaign.id, rival.form.id, rival.score) if rival else None,
    )


def _found(note: FormNote, forms: Mapping[tuple[str, str], tuple[Campaign, Form]]) -> FoundForm:
    try:
        campaign, form = forms[note.campaign, note.form]
        rival = RunnerUp(*forms[note.runner_up[:2]], note.runner_up[2]) if note.runner_up else None
    except KeyError as error:
        raise NotedAmissError("of a form nobody asked for") from error
    reading = note.reading
    said = (reading.campaign, reading.form, [field.key for field in reading.fields])
    if said != (campaign.id, form.id, [field.key for field in form.fields]):
        raise NotedAmissError("of fields the form has not")
    return FoundForm(
        campaign, form, reading, note.lines, note.score, note.title, note.other_year, rival
    )
