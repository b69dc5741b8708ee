"""The roster (名单) as it is sent to whoever asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rollup import XLSX
from rules.load import ROSTER_FILE
from templates.views import Attachment

if TYPE_CHECKING:
    from bot.office import Office
    from rules.campaign import Campaign


def roster_attachment(office: Office, campaign: Campaign) -> Attachment:
    """Return the roster's workbook as it is on file."""
    day = campaign.day_of(office.clock.now())
    data = (campaign.folder / ROSTER_FILE).read_bytes()
    return Attachment(f"{campaign.id}-roster-{day:%m%d}.xlsx", data, XLSX)
