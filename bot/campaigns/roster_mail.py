"""A roster that somebody on record mails: what it would change is asked back, faults are told."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.campaigns.rostering import MAIL, own_columns
from bot.clock import local
from bot.mails.marked import marked_copy
from bot.orders.answer import Asked, End, ended, is_capped, letter
from bot.orders.buttons import Buttons
from bot.orders.people import masters_of
from parsers.document import Place
from parsers.mark import Mark
from rules.commands.command import Command, Verb
from rules.commands.wording import text_of
from rules.rosters.change import Kind, RosterChange
from rules.rosters.diff import compare, fingerprint
from rules.rosters.headings import find_headings
from rules.rosters.load import SheetRoster, sheet_of
from rules.rosters.recognise import likeness
from rules.rosters.sheet import write_roster
from state.rows.rosters import NewRoster
from templates.broken import problem_comment
from templates.rosters import roster_words
from templates.views import RosterView

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.office import Office
    from parsers.document import Document
    from parsers.mail import File, Mail
    from rules.campaign import Campaign
    from state.rows.mails import ClaimedMail

LIFE = timedelta(days=14)


def propose(office: Office, claimed: ClaimedMail, mail: Mail) -> End | None:
    """Return what a mailed roster leads to; None: the mail holds none, or a stranger's.

    Nothing changes yet, for From proves nothing (P7): the order to adopt it is sent to the
    address on record, and only its code puts the roster in force.
    """
    silent = mail.automatic is not None or not claimed.answerable or claimed.assigned_unit
    if silent or mail.sender is None or not any(file.document for file in mail.files):
        return None
    asked = Asked(office, claimed, mail, mail.sender.address.lower())
    found = _found(mail.files, masters_of(office, asked.sender, claimed.mailbox))
    if found is None:
        return None
    campaign, file, document = found
    if is_capped(asked):
        return End(ended("command-capped", campaign))
    sheet = sheet_of(document, campaign.file.requirements, file.name, campaign.roster)
    if sheet.errors:
        return _faulty(asked, campaign, file, document, sheet)
    return _proposed(asked, campaign, file, sheet)


def _found(
    files: Iterable[File], campaigns: Iterable[Campaign]
) -> tuple[Campaign, File, Document] | None:
    """Return the file that most looks like a roster, and the campaign whose it is."""
    best: tuple[float, Campaign, File, Document] | None = None
    held = [(file, file.document) for file in files if file.document and not file.inline]
    for campaign in campaigns:
        for file, document in held:
            score = likeness(document, campaign.roster)
            if score > (best[0] if best else 0.0):
                best = (score, campaign, file, document)
    return best[1:] if best else None


def _proposed(asked: Asked, campaign: Campaign, file: File, sheet: SheetRoster) -> End:
    """Keep the roster as a version that waits, and send the order that puts it in force."""
    office, requirements = asked.office, campaign.file.requirements
    changes = compare(campaign.roster, sheet.roster, requirements)
    if not changes:
        view = _view(campaign, file, sheet)
        return End(ended("roster", campaign), (letter(asked, campaign, "roster-proposed", view),))
    own = own_columns(campaign) | dict(sheet.own)
    data = write_roster(sheet.roster, requirements, roster_words(), own)
    new = NewRoster(
        campaign.id, data, asked.sender, MAIL, changes, asked.claimed.mail_id,
        fingerprint(campaign.roster),
    )  # fmt: skip
    row = office.ledger.propose_roster(new, office.clock.now())
    command = Command(Verb.ADOPT, row.number)
    buttons = Buttons(office, campaign, asked.sender, f"mail:{asked.claimed.mail_id}", LIFE)
    view = _view(
        campaign, file, sheet,
        changes=changes,
        removed=tuple(_handed_in(office, campaign, changes)),
        said=text_of(command, campaign),
        mark=buttons.code(command),
        buttons=(buttons.named(command),),
        until=local(buttons.until, campaign),
    )  # fmt: skip
    answer = letter(asked, campaign, "roster-proposed", view)
    return End(ended("roster-asked", campaign), (answer,))


def _faulty(
    asked: Asked, campaign: Campaign, file: File, document: Document, sheet: SheetRoster
) -> End:
    marks = tuple(_marks(document, sheet))
    copy = marked_copy(asked.office, asked.claimed, file, marks) if marks else None
    view = _view(campaign, file, sheet, attachments=(copy,) if copy else ())
    answer = letter(asked, campaign, "roster-faulty", view)
    return End(ended("roster-faulty", campaign), (answer,))


def _view(campaign: Campaign, file: File, sheet: SheetRoster, **more: object) -> RosterView:
    return RosterView(
        campaign=campaign.file,
        file=file.name,
        units=len(sheet.roster.units),
        before=len(campaign.roster.units),
        problems=sheet.problems,
        **more,  # type: ignore[arg-type]
    )


def _handed_in(
    office: Office, campaign: Campaign, changes: Iterable[RosterChange]
) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Yield the removed units that have handed something in, and what."""
    titles = {r.key: r.title for r in campaign.file.requirements}
    for change in changes:
        if change.kind is Kind.REMOVED:
            rows = office.ledger.submissions(campaign.id, unit=change.unit)
            said = dict.fromkeys(titles.get(row.requirement, row.requirement) for row in rows)
            if said:
                yield change.unit, tuple(said)


def _marks(document: Document, sheet: SheetRoster) -> Iterable[Mark]:
    headings = find_headings(document)
    if headings is None or headings.table.sheet is None:
        return
    for problem in sheet.errors:
        if problem.cell:
            place = Place(sheet=headings.table.sheet, ref=problem.cell)
            yield Mark(place, problem_comment(problem))
