"""Letters to the 上级: after a due day, which of their units something has not come from yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.clock import local
from bot.outbox.letters import address
from bot.outbox.marks import thread_token
from bot.reminders.owing import Reach, dues_by_unit
from rules.calendar import due_day
from rules.reminders.reminding import by_name, superior_of
from rules.reminders.slots import due_days, superiors_due
from templates.render import render
from templates.views import SuperiorUnit, SuperiorView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.office import Office
    from rules.campaign import Campaign
    from rules.roster import Unit
    from rules.standing import Due
    from state.rows.letters import NewLetter

Owing = list[tuple["Unit", tuple["Due", ...]]]


def superior_letters(office: Office, campaign: Campaign, account: str) -> Iterator[NewLetter]:
    """Return the letters due now, one to each 上级 the roster has an address of."""
    now = office.clock.now()
    slots = superiors_due(campaign.file, now, due_days(campaign.file, campaign.roster))
    if not slots:
        return
    day = campaign.day_of(now)
    told = office.ledger.letters(kind="superior", campaign=campaign.id, period=day.isoformat())
    written = {row.unit for row in told}
    wanted = frozenset((slot.requirement, slot.due) for slot in slots)
    reach = Reach(office, campaign)
    for superior, owing in _owing(office, campaign, wanted).values():
        recipients = reach.of(superior)
        if superior.id in written or not recipients:
            continue
        view = _view(office, campaign, superior, owing)
        yield address(
            office,
            render("superior", view),
            account=account,
            recipient=recipients[0],
            others=recipients[1:],
            subject_key=f"{campaign.id}:{superior.id}",
            period=day.isoformat(),
            campaign=campaign,
            unit=superior.id,
            requirements=tuple({d.requirement.key: None for _, dues in owing for d in dues}),
        )


def _owing(
    office: Office, campaign: Campaign, wanted: frozenset[tuple[str, object]]
) -> dict[str, tuple[Unit, Owing]]:
    """Return each 上级 with its units that owe something whose day for telling is today."""
    named, owing = by_name(campaign.roster.units), dues_by_unit(office, campaign)
    found: dict[str, tuple[Unit, Owing]] = {}
    for unit in campaign.roster.units:
        superior = superior_of(unit, named)
        dues = tuple(
            due
            for due in owing.get(unit.id, ())
            if due.is_open and (due.requirement.key, due_day(due.requirement, unit)) in wanted
        )
        if superior is not None and dues:
            found.setdefault(superior.id, (superior, []))[1].append((unit, dues))
    return found


def _view(office: Office, campaign: Campaign, superior: Unit, owing: Owing) -> SuperiorView:
    return SuperiorView(
        campaign=campaign.file,
        unit_name=superior.name,
        now=local(office.clock.now(), campaign),
        token=thread_token(office.installation, campaign.id, superior.id),
        greeting_name=superior.contact,
        units=tuple(_unit(campaign, unit, dues) for unit, dues in owing),
    )


def _unit(campaign: Campaign, unit: Unit, dues: tuple[Due, ...]) -> SuperiorUnit:
    return SuperiorUnit(
        unit.name,
        tuple(due.requirement.title for due in dues),
        local(min(due.due for due in dues), campaign),
    )
