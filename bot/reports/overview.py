"""How a campaign stands, as its coordinators are told: progress, who is missing, what waits."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.clock import local
from bot.reminders.owing import Reach, links_of
from rules.answered import NUMERIC, number_of
from rules.calendar import due_instant
from rules.outcome import Standing
from rules.reminders.reminding import GOOD
from rules.standing import Due, dues_of
from templates.views import (
    AnnouncedView,
    EquationView,
    EventView,
    LettersView,
    MissingView,
    ProgressView,
    TotalView,
    UndeliveredView,
)
from templates.words import in_group, measure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.office import Office
    from rules.campaign import Campaign, Requirement
    from rules.roster import Unit
    from state.rows.letters import BouncedRow, LetterRow
    from state.rows.submissions import SubmissionRow

SOON = timedelta(days=14)  # who owes something due later than this is not listed yet


def all_dues(office: Office, campaign: Campaign) -> dict[str, tuple[Due, ...]]:
    """Return what every unit of the roster owes, and where it stands with it."""
    standings = {key: row.standing for key, row in office.ledger.standings(campaign.id).items()}
    return {unit.id: dues_of(campaign, unit, standings) for unit in campaign.roster.units}


def progress(campaign: Campaign, dues: dict[str, tuple[Due, ...]]) -> tuple[ProgressView, ...]:
    """Return how many units have each standing, requirement by requirement."""
    counts: dict[str, Counter[Standing]] = {}
    for due in (due for own in dues.values() for due in own):
        counts.setdefault(due.requirement.key, Counter())[due.standing] += 1
    return tuple(
        ProgressView(r.title, local(due_instant(campaign.file, r), campaign), counts.get(r.key, {}))
        for r in campaign.file.requirements
    )


def equation(office: Office, campaign: Campaign) -> EquationView:
    """Add up the campaign's mailboxes; a mail that no row accounts for breaks the equation."""
    counted = [office.ledger.equation(box) for box in campaign.file.boxes]
    return EquationView(
        mails=sum(e.arrivals + e.unaccounted for e in counted),
        accepted=sum(e.accepted for e in counted),
        returned=sum(e.returned for e in counted),
        ignored=sum(e.ignored for e in counted),
        held=sum(e.held for e in counted),
        waiting=sum(e.pending for e in counted),
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of all units, asked of the ledger once."""

    reminded: dict[str, int]
    heard: set[str]
    unreachable: frozenset[str]


def missing(
    office: Office, campaign: Campaign, dues: dict[str, tuple[Due, ...]]
) -> tuple[MissingView, ...]:
    """Return who still owes something due soon, a line for each unit and due moment."""
    soon = office.clock.now() + SOON
    owing = {
        unit: tuple(d for d in own if d.is_open and d.due <= soon) for unit, own in dues.items()
    }
    units = [unit for unit in campaign.roster.units if owing[unit.id]]
    reach = Reach(office, campaign)
    known = _Known(
        office.ledger.letters_by_unit(campaign.id, "reminder"),
        office.ledger.heard_of(campaign.id),
        frozenset(u.id for u in units if not reach.of(u)),
    )
    lines = [line for unit in units for line in _lines(campaign, unit, owing[unit.id], known)]
    return tuple(sorted(lines, key=lambda line: line.due))


def _lines(
    campaign: Campaign, unit: Unit, dues: tuple[Due, ...], known: _Known
) -> Iterator[MissingView]:
    for at in sorted({due.due for due in dues}):
        same = [due for due in dues if due.due == at]
        yield missing_view(campaign, unit, same, known)


def missing_view(
    campaign: Campaign, unit: Unit, dues: list[Due], known: _Known | None = None
) -> MissingView:
    """Return one unit's line."""
    return MissingView(
        unit.name,
        tuple(due.requirement.title for due in dues),
        local(dues[0].due, campaign),
        unit.contact,
        unit.phone,
        known.reminded.get(unit.id, 0) if known else 0,
        min((due.standing for due in dues), key=lambda s: s is not Standing.MISSING),
        silent=known is not None and unit.id not in known.heard,
        unreachable=known is not None and unit.id in known.unreachable,
    )


def events(campaign: Campaign, rows: Iterable[SubmissionRow]) -> tuple[EventView, ...]:
    """Return submissions as a coordinator hears of them."""
    return tuple(_event(campaign, row) for row in rows)


def _event(campaign: Campaign, row: SubmissionRow) -> EventView:
    unit = campaign.roster.get(row.unit)
    return EventView(
        unit_name=unit.name if unit else row.unit,
        title=campaign.requirement(row.requirement).title,
        standing=row.standing,
        received_at=local(row.received_at, campaign),
        item=row.item,
        version=row.version,
        findings=row.findings,
    )


def totals(
    campaign: Campaign, in_force: Iterable[SubmissionRow], of: Iterable[Requirement] = ()
) -> tuple[TotalView, ...]:
    """Return the totals so far: of fields the campaign gives last year's total of.

    Of the requirements `of`, all that the roll-up adds up.
    """
    rows, whole = tuple(in_force), {requirement.key for requirement in of}
    return tuple(
        total
        for requirement in campaign.file.requirements
        if requirement.form
        for total in _totals(campaign, requirement, rows)
        if total.last_year is not None or requirement.key in whole
    )


def _totals(
    campaign: Campaign, requirement: Requirement, rows: tuple[SubmissionRow, ...]
) -> Iterator[TotalView]:
    form = campaign.forms[requirement.form or ""]
    readings = [r for row in rows if row.requirement == requirement.key for r in row.readings]
    for field in (field for field in form.fields if field.total and field.type in NUMERIC):
        value = sum(number_of(reading, field.key) or 0 for reading in readings)
        last = requirement.last_year.get(field.key)
        label = in_group(field, field.label)
        yield TotalView(requirement.title, label, measure(field), value, last)


def announced(office: Office, campaign: Campaign) -> tuple[AnnouncedView, ...]:
    """Return the links whose files have not come and that have not expired, the next first."""
    now, standings = office.clock.now(), office.ledger.standings(campaign.id)
    open_ = [
        (unit, link)
        for unit, own in links_of(office, campaign).items()
        for link in own.values()
        if (link.expires is None or link.expires > now)
        and not _came_since(standings.get((unit, link.requirement)), link.received_at)
    ]
    open_.sort(key=lambda one: one[1].expires or now + timedelta(days=365))
    return tuple(
        AnnouncedView(
            _name(campaign, unit),
            campaign.requirement(link.requirement).title,
            link.name,
            link.size,
            link.expires,
            local(link.received_at, campaign),
        )
        for unit, link in open_
    )


def _came_since(row: object, at: datetime) -> bool:
    standing, received = getattr(row, "standing", None), getattr(row, "received_at", at)
    return standing in GOOD and received > at


def _name(campaign: Campaign, unit_id: str) -> str:
    unit = campaign.roster.get(unit_id)
    return unit.name if unit else unit_id


def letters_view(office: Office, campaign: Campaign, since: datetime | None) -> LettersView:
    """Return what was sent since then, and what did not arrive."""
    rows = office.ledger.letters(campaign=campaign.id, since=since)
    lost = [_undelivered(campaign, row) for row in rows if _is_lost(row)]
    bounced = [
        _bounced(office, campaign, row)
        for row in office.ledger.bounced(campaign.id)
        if _still_matters(campaign, row, since)
    ]
    return LettersView(
        sent=sum(row.state == "sent" for row in rows),
        waiting=sum(row.state in {"queued", "deferred", "sending"} for row in rows),
        undelivered=(*lost, *bounced),
    )


def _is_lost(row: LetterRow) -> bool:
    stale = row.state == "withdrawn" and row.text == "stale"
    return stale or row.state in {"refused", "uncertain"}


def _still_matters(campaign: Campaign, row: BouncedRow, since: datetime | None) -> bool:
    """Leave out an address that somebody has taken off the roster since it bounced."""
    unit = campaign.roster.get(row.unit or "")
    listed = {a.lower() for a in unit.addresses} if unit else set()
    return row.address in listed or since is None or row.bounced_at >= since


def _bounced(office: Office, campaign: Campaign, row: BouncedRow) -> UndeliveredView:
    """Tell whose address it is, and where the reminders go instead."""
    unit = campaign.roster.get(row.unit or "")
    return UndeliveredView(
        row.address,
        "",
        "bounced",
        local(row.bounced_at, campaign),
        unit_name=unit.name if unit else "",
        others=Reach(office, campaign).of(unit) if unit else (),
    )


def _undelivered(campaign: Campaign, row: LetterRow) -> UndeliveredView:
    state = "stale" if row.state == "withdrawn" else row.state
    text = "" if state == "stale" else row.text or ""
    at = local(row.created_at, campaign)
    return UndeliveredView(row.recipients[0], row.subject, state, at, text)
