"""Who coordinates a campaign, what they may order from its reports, and who else submits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.clock import local
from rules.commands.command import Command, Verb
from templates.views import ActionView, ProposalView

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.office import Office
    from bot.orders.buttons import Buttons
    from rules.campaign import Campaign
    from state.rows.submissions import SubmissionRow


def coordinators(office: Office, campaign: Campaign) -> tuple[str, ...]:
    """Return who gets a campaign's digest: the campaign's people and the settings'."""
    file = campaign.file
    return tuple(
        dict.fromkeys((*file.digest.to, *file.coordinators, *office.settings.coordinators))
    )


def actions(buttons: Buttons, *, paused: bool) -> tuple[ActionView, ...]:
    """Return what can be ordered at any time: workbook, roster, standings, pause, help."""
    switch = Verb.RESUME if paused else Verb.PAUSE
    verbs = (Verb.ROLLUP, Verb.ROSTER, Verb.STATUS, switch, Verb.HELP)
    return tuple(ActionView(*buttons.labelled(Command(verb))) for verb in verbs)


def proposals(
    campaign: Campaign,
    rows: Iterable[SubmissionRow],
    since: datetime | None,
    buttons: Buttons,
) -> tuple[ProposalView, ...]:
    """Return the addresses whose forms named one unit and that its roster does not list.

    Only those first heard of since `since`; an address that spoke for two units is left out.
    """
    spoke: dict[str, list[SubmissionRow]] = {}
    for row in rows:
        if row.sender_address and row.unit and row.withdrawn_at is None:
            spoke.setdefault(row.sender_address.lower(), []).append(row)
    return tuple(
        _proposal(campaign, address, own[-1], buttons)
        for address, own in spoke.items()
        if len({row.unit for row in own}) == 1
        and any(row.unit_by == "form" for row in own)
        and (since is None or own[0].received_at >= since)
        and _is_new(campaign, address, own[0].unit)
    )


def _is_new(campaign: Campaign, address: str, unit_id: str) -> bool:
    known = campaign.roster.get(unit_id) is not None
    return known and not campaign.roster.users_of(address)


def _proposal(
    campaign: Campaign, address: str, row: SubmissionRow, buttons: Buttons
) -> ProposalView:
    unit = campaign.roster.get(row.unit)
    enlist = Command(Verb.ENLIST, row.mail_id, row.unit)
    return ProposalView(
        unit.name if unit else row.unit,
        address,
        local(row.received_at, campaign),
        (ActionView(*buttons.labelled(enlist)),),
    )
