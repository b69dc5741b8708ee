"""Edits in the campaigns' folder take effect, and admins are told of those that cannot."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from bot.campaigns.amending import put_in_force
from bot.campaigns.rostering import keep_rosters, take_up
from bot.outbox.letters import address
from bot.reports.coordinating import coordinators
from templates.render import render
from templates.views import CampaignBrokenView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.campaigns.shelf import Broken
    from bot.office import Office
    from state.rows.letters import NewLetter

KIND = "campaign-broken"


def reload(office: Office) -> int:
    """Put changed campaigns in force and queue letters about broken ones; return how many.

    So are those whose rosters other workers amended. The tuple is replaced as a whole: who has
    taken it in hand goes on with what it was.
    """
    if office.shelf is None:
        return 0
    take_up(office)
    put_in_force(office)
    keep_rosters(office)
    broken = (one for one in office.shelf.broken if one.settled)
    letters = [letter for one in broken for letter in _letters(office, one)]
    return len(office.ledger.record_letters(letters, office.clock.now())) if letters else 0


def admins(office: Office, broken: Broken) -> tuple[str, ...]:
    """Return who mends campaigns: the settings' admins, else the coordinators."""
    if office.settings.admin or broken.campaign is None:
        return office.settings.admin or office.settings.coordinators
    return coordinators(office, broken.campaign)


def _letters(office: Office, broken: Broken) -> Iterator[NewLetter]:
    """Write once about each set of problems, however often it is saved or restarted."""
    account = _account(office, broken)
    said = "\n".join(sorted(map(str, broken.problems)))
    period = hashlib.sha256(said.encode()).hexdigest()[:16]
    told = {r for row in office.ledger.letters(kind=KIND, period=period) for r in row.recipients}
    waiting = [one for one in admins(office, broken) if one not in told]
    if account is None or not waiting:
        return
    file = broken.campaign.file if broken.campaign else None
    letter = render(KIND, CampaignBrokenView(broken.folder, broken.problems, file))
    for recipient in waiting:
        yield address(
            office,
            letter,
            account=account,
            recipient=recipient,
            subject_key=f"{broken.folder}:{recipient}",
            period=period,
            campaign=broken.campaign,
        )


def _account(office: Office, broken: Broken) -> str | None:
    own = office.writes_from(broken.campaign) if broken.campaign else None
    return own or next((a.address for a in office.settings.accounts if a.smtp), None)
