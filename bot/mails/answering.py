"""From a decision to the letter that answers its mail, within the caps on automatic letters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.clock import local
from bot.log import get_log
from bot.mails.marked import marked_copies
from bot.outbox.blanks import blank_of
from bot.outbox.caps import STRANGERS, crowd_of, reason_for_silence, stranger_to
from bot.outbox.letters import address, receipt_number
from bot.outbox.marks import thread_token
from rules.calendar import due_instant
from rules.decision import FileRef
from rules.outcome import Outcome, Standing
from rules.standing import dues_of
from templates.render import render
from templates.views import AnswerView, Attachment, OwedView, PartView, UnrecognisedView
from templates.words import among

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from bot.office import Office
    from parsers.mail import Mail
    from rules.campaign import Campaign
    from rules.decision import Decision, Submission
    from rules.roster import Unit
    from state.rows.letters import NewLetter
    from state.rows.mails import ClaimedMail
    from state.rows.submissions import SubmissionRow

log = get_log("answering")
Came = Mapping[tuple[str, str], Standing]  # by unit and requirement


def answer(
    office: Office, claimed: ClaimedMail, mail: Mail, decision: Decision
) -> tuple[tuple[NewLetter, ...], tuple[str, ...]]:
    """Return the letters that answer a mail (none or one) and notes on why one was left out."""
    campaign = office.campaign(decision.campaign)
    spoken = decision.answer and decision.outcome in {Outcome.ACCEPTED, Outcome.RETURNED}
    if not spoken or campaign is None or mail.sender is None or decision.unit is None:
        return (), ()
    whose = stranger_to(campaign, decision.unit.id, mail.sender.address)
    has_form = bool(decision.submissions)
    came = _came(office, campaign, decision.unit.id, decision.submissions)
    units = _units(campaign, decision)
    parts = tuple(_part(office, campaign, s, claimed, came, units) for s in decision.submissions)
    repeats = has_form and all(_repeats(part) for part in parts)
    outsider = whose or crowd_of(campaign, decision.unit.id)
    silence = reason_for_silence(office, mail, has_form=has_form, whose=outsider, repeats=repeats)
    if silence is not None:
        log.warning("not-answered", mail=claimed.mail_id, reason=silence)
        return (), (silence,)
    kind, view = _view(office, claimed, mail, decision, campaign, parts, came)
    return (
        address(
            office,
            render(kind, view),
            account=claimed.mailbox,
            recipient=mail.sender.address,
            subject_key=f"mail:{claimed.content_key[:32] or claimed.mail_id}",
            period="answer",
            campaign=campaign,
            unit=decision.unit.id,
            answered=mail,
            mail_id=claimed.mail_id,
            requirements=tuple(s.requirement for s in decision.submissions),
            priority=STRANGERS if whose else None,
        ),
    ), ()


def _view(  # noqa: PLR0913, PLR0917 - all that a letter tells of
    office: Office,
    claimed: ClaimedMail,
    mail: Mail,
    decision: Decision,
    campaign: Campaign,
    parts: tuple[PartView, ...],
    came: Came,
) -> tuple[str, AnswerView | UnrecognisedView]:
    if decision.unit is None:
        raise ValueError("only a mail whose unit is known is answered")
    units = _units(campaign, decision)
    owed = tuple(one for unit in units for one in _owed(campaign, unit, units, decision, came))
    token = thread_token(office.installation, campaign.id, decision.unit.id)
    files = _files(mail)
    received_at = local(claimed.received_at, campaign)
    if not decision.submissions:
        owing = campaign.file.requirements if decision.reason != "no-attachment" else ()
        blanks = tuple(blank_of(campaign, r) for r in owing if r.form)
        return "unrecognised", UnrecognisedView(
            campaign=campaign.file, received_at=received_at, subject=mail.subject, token=token,
            greeting_name=greeting_name(campaign, mail, decision.unit.id),
            unit_name=decision.unit.name, findings=decision.findings, files=files, owed=owed,
            blanks=blanks,
        )  # fmt: skip
    asked = tuple(part.submission for part in parts if part.overtaken is None)
    view = AnswerView(
        campaign=campaign.file,
        unit_name=among([unit.name for unit in units]),
        receipt_number=receipt_number(campaign, claimed.received_at, claimed.mail_id),
        received_at=received_at,
        subject=mail.subject,
        token=token,
        greeting_name=greeting_name(campaign, mail, decision.unit.id),
        parts=parts,
        findings=decision.findings,
        owed=owed,
        files=files,
        marked=marked_copies(office, claimed, mail, asked),
        blanks=_blanks(campaign, replace(decision, submissions=asked)),
    )
    return ("correction" if view.needs_correction else "receipt"), view


def _repeats(part: PartView) -> bool:
    """Say whether a submission says what the version before it said."""
    return part.previous is not None and _said(part.previous) == _said(part.submission)


def _said(one: Submission) -> Sequence[object]:
    if one.readings:
        return [(f.key, f.status, f.value, f.raw) for r in one.readings for f in r.fields]
    return [file.sha256 for file in one.files]


def greeting_name(campaign: Campaign, mail: Mail, unit_id: str) -> str:
    """Return the contact's name when the mail came from the roster's address, else nothing."""
    unit = campaign.roster.get(unit_id)
    listed = {address.lower() for address in unit.addresses} if unit else set()
    return unit.contact if unit and mail.sender and mail.sender.address in listed else ""


def _came(
    office: Office, campaign: Campaign, unit_id: str, submissions: Sequence[Submission]
) -> Came:
    """Return what came before this mail of the units it speaks of, mostly one."""
    units = dict.fromkeys((unit_id, *(s.unit for s in submissions)))
    before = (office.ledger.standings(campaign.id, unit) for unit in units)
    return {owed: row.standing for rows in before for owed, row in rows.items()}


def _units(campaign: Campaign, decision: Decision) -> tuple[Unit, ...]:
    """Return the units a letter is about: mostly one, of a mail with several units' forms each."""
    own = (decision.unit.id,) if decision.unit is not None else ()
    ids = tuple(dict.fromkeys(s.unit for s in decision.submissions)) or own
    return tuple(unit for one in ids if (unit := campaign.roster.get(one)) is not None)


def _part(  # noqa: PLR0913, PLR0917 - what came, and of whom before and beside it
    office: Office,
    campaign: Campaign,
    submission: Submission,
    claimed: ClaimedMail,
    came: Came,
    units: tuple[Unit, ...],
) -> PartView:
    requirement = campaign.requirement(submission.requirement)
    unit = campaign.roster.get(submission.unit)
    due = due_instant(campaign.file, requirement, unit)
    owed = (campaign.id, submission.unit, submission.requirement, submission.item)
    known = (submission.unit, submission.requirement) in came
    previous = office.ledger.latest_submission(*owed) if known else None
    standing = office.ledger.standing_submission(*owed) if previous else None
    earlier = replace(
        submission, readings=previous.readings, findings=previous.findings,
        standing=previous.standing, files=previous.files,
    ) if previous else None  # fmt: skip
    return PartView(
        requirement=requirement,
        form=campaign.forms.get(requirement.form or ""),
        submission=submission,
        due=local(due, campaign),
        late=claimed.received_at >= due,
        version=previous.version + 1 if previous else 1,
        previous=earlier,
        stands=standing is not None,
        overtaken=_overtaken(campaign, claimed, standing),
        unit_name=unit.name if unit is not None and len(units) > 1 else "",
    )


def _overtaken(
    campaign: Campaign, claimed: ClaimedMail, standing: SubmissionRow | None
) -> datetime | None:
    """Return when the version in force came, if that was after this mail, which was read last."""
    receipt = (claimed.received_at, claimed.mail_id)
    if standing is None or (standing.received_at, standing.mail_id) < receipt:
        return None
    return local(standing.received_at, campaign)


def _owed(
    campaign: Campaign, unit: Unit, units: Sequence[Unit], decision: Decision, came: Came
) -> Iterator[OwedView]:
    standings = dict(came)
    for submission in decision.submissions:
        key = (submission.unit, submission.requirement)
        if standings.get(key, Standing.MISSING) in {Standing.MISSING, Standing.RETURNED}:
            standings[key] = submission.standing
    for due in dues_of(campaign, unit, standings):
        if due.is_open:
            title = due.requirement.title
            title = title if len(units) == 1 else f"{title}（{unit.name}）"
            yield OwedView(title, local(due.due, campaign), due.standing)


def _files(mail: Mail) -> tuple[FileRef, ...]:
    """Return what came, with the hash of each; a file that was not got out has none."""
    sent = (f for f in mail.files if not f.inline or f.document is not None)
    return tuple(FileRef(f.name, f.sha256) for f in sent if not f.is_refused)


def _blanks(campaign: Campaign, decision: Decision) -> tuple[Attachment, ...]:
    """Attach the right blank where the template was wrong, empty or cut down."""
    told = (*decision.findings, *(f for s in decision.submissions for f in s.findings))
    forms = {
        f.details["form"]
        for f in told
        if f.code == "wrong-template" and f.details["campaign"] == campaign.id
    } | {
        campaign.requirement(s.requirement).form
        for s in decision.submissions
        if any(f.code in {"blank-form", "label-missing"} for f in s.findings)
    }
    wanted = (r for r in campaign.file.requirements if r.form in forms)
    return tuple(blank_of(campaign, requirement) for requirement in wanted)
