"""How a number leads back: campaign and field → versions → mail, file, cell, and the raw bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from parsers.names import one_line
from rules.campaign import Campaign, Requirement
from rules.form import FieldType, Form, FormField
from rules.reading import Extra, FieldReading, Reading, Status
from rules.standing import COUNTED
from state.rows.submissions import SubmissionRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from bot.desk import Desk
    from rules.reading import Value
    from state.rows.mails import FileRow

NUMBERS = frozenset({FieldType.COUNT, FieldType.NUMBER, FieldType.MONEY})


@dataclass(frozen=True, slots=True)
class Asked:
    """One column of one form's roll-up: a field, or the rows that submitters called `label`."""

    campaign: Campaign
    requirement: Requirement
    form: Form
    label: str
    field: FormField | None = None

    @property
    def adds_up(self) -> bool:
        """Whether the roll-up has a total of it."""
        return self.field is None or (self.field.type in NUMBERS and self.field.total)

    def answers(self, reading: Reading) -> Iterator[FieldReading | Extra]:
        """Yield what one copy of the form says."""
        if self.field is not None:
            yield from (a for a in reading.fields if a.key == self.field.key)
        else:
            yield from (e for e in reading.extra if _same(e.label, self.label))


@dataclass(frozen=True, slots=True)
class Found:
    """One answer of one version."""

    asked: Asked
    submission: SubmissionRow
    reading: Reading
    answer: FieldReading | Extra

    @property
    def number(self) -> int | float | None:
        """The value as the roll-up adds it up; None when it is no number."""
        value: Value = self.answer.value
        counts = isinstance(value, int | float) and self.answer.status is Status.FOUND
        return value if counts and not isinstance(value, bool | str | tuple) else None


def columns_named(
    campaign: Campaign, name: str, submissions: Iterable[SubmissionRow]
) -> tuple[Asked, ...]:
    """Return what a name means in a campaign's forms: fields first, else added rows.

    `statistics.participants` names the requirement as well.
    """
    owed, dot, rest = name.partition(".")
    asked_of = {owed} if dot and any(r.key == owed for r in campaign.file.requirements) else None
    name = rest if asked_of else name
    forms = [
        (r, campaign.forms[r.form])
        for r in campaign.file.requirements
        if r.form and (asked_of is None or r.key in asked_of)
    ]
    fields = tuple(
        Asked(campaign, requirement, form, field.label, field)
        for requirement, form in forms
        for field in form.fields
        if name == field.key or any(_same(name, one) for one in (field.label, *field.aliases))
    )
    if fields:
        return fields
    rows = tuple(submissions)
    added = (Asked(campaign, requirement, form, name) for requirement, form in forms)
    return tuple(asked for asked in added if any(_of(asked, row) for row in rows))


def found_in(asked: Asked, submissions: Iterable[SubmissionRow]) -> tuple[Found, ...]:
    """Return every answer to what is asked, in the order of the versions."""
    return tuple(found for row in submissions for found in _of(asked, row))


def counts(row: SubmissionRow) -> bool:
    """Say whether the roll-up counts a version that is in force."""
    return row.standing in COUNTED


def total_json(asked: Asked, found: Iterable[Found]) -> dict[str, Any]:
    """Return the first line: the total, as the roll-up has it, and how many units make it up."""
    numbers = [(one.submission.unit, one.number) for one in found if one.number is not None]
    total = sum(number for _, number in numbers)
    return {
        "total": total if isinstance(total, int) else round(total, 4),
        **_column(asked),
        "units": len({unit for unit, _ in numbers}),
        "numbers": len(numbers),
    }


def found_json(desk: Desk, one: Found, intact: Callable[[str], bool | None]) -> dict[str, Any]:
    """Return one answer with its way back to the raw mail."""
    row, answer = one.submission, one.answer
    unit = one.asked.campaign.roster.get(row.unit)
    value = list(answer.value) if isinstance(answer.value, tuple) else answer.value
    return {
        **_column(one.asked),
        "value": value,
        "raw": answer.raw,
        "status": answer.status.value,
        "unit": {"id": row.unit, "name": unit.name if unit else row.unit, "by": row.unit_by},
        "submission": row.id,
        "item": row.item,
        "version": row.version,
        "standing": row.standing.value,
        "supersedes": row.supersedes,
        "withdrawn": row.withdrawn_at is not None,
        "place": str(answer.place) if answer.place else None,
        "file": _file(desk, one),
        "mail": _mail(desk, row, intact),
    }


def _of(asked: Asked, row: SubmissionRow) -> list[Found]:
    if row.requirement != asked.requirement.key:
        return []
    readings = (reading for reading in row.readings if reading.form == asked.form.id)
    return [Found(asked, row, r, answer) for r in readings for answer in asked.answers(r)]


def _column(asked: Asked) -> dict[str, Any]:
    return {
        "campaign": asked.campaign.id,
        "requirement": asked.requirement.key,
        "form": asked.form.id,
        "field": asked.field.key if asked.field else None,
        "label": asked.label,
        "measure": asked.field.unit if asked.field else None,
    }


def _file(desk: Desk, one: Found) -> dict[str, Any] | None:
    """Return the file the copy was read from; None when it stood in the mail's body."""
    sha256 = one.reading.file
    if sha256 is None:
        return None
    files = desk.ledger.files_of(one.submission.mail_id)
    row: FileRow | None = next((file for file in files if file.sha256 == sha256), None)
    named = next((f.name for f in one.submission.files if f.sha256 == sha256), "")
    return {
        "name": row.name if row else named,
        "path": list(row.path) if row else [],
        "sha256": sha256,
    }


def _mail(
    desk: Desk, submission: SubmissionRow, intact: Callable[[str], bool | None]
) -> dict[str, Any]:
    row = desk.ledger.mail(submission.mail_id)
    if row is None:
        raise LookupError(submission.mail_id)
    shown = desk.ledger.arrivals_of(row.id)
    gone = row.purged_at is not None
    return {
        "mail": row.id,
        "message_id": row.message_id,
        "from": row.sender_address,
        "received": row.received_at.isoformat(),
        "shown": [f"{a.mailbox} {a.folder} {a.uid or '?'}" for a in shown],
        "sha256": row.raw_sha256,
        "mended_from": sorted({a.raw_sha256 for a in shown}) if row.mended_key else [],
        "raw": None if gone else desk.archive.place(row.raw_sha256),
        "intact": None if gone else intact(row.raw_sha256),
        "purged": row.purged_at.isoformat() if row.purged_at else None,
    }


def _same(one: str, other: str) -> bool:
    """Compare labels as people write them: width of characters and blanks do not matter."""
    return "".join(one_line(one).split()) == "".join(one_line(other).split())
