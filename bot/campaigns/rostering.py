"""Roster: every version that was in force is kept, and one adopted by mail gets into the folder."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

from bot.campaigns.amending import in_force
from bot.campaigns.roster_file import (
    UNWRITTEN,
    catch_up,
    is_old,
    note_agreed,
    replace_roster,
    sha256_of,
)
from bot.log import get_log
from bot.watch.alerts import alarm, all_clear
from parsers.saved_by import saved_by
from rules.folder.files import ROSTER_FILE
from rules.rosters.diff import compare
from rules.rosters.ids import kept_ids, with_ids
from rules.rosters.load import read_sheet
from rules.rosters.sheet import write_roster
from state.rows.rosters import NewRoster
from templates.rosters import roster_words

if TYPE_CHECKING:
    from pathlib import Path

    from bot.office import Office
    from rules.campaign import Campaign
    from rules.roster import Roster
    from rules.rosters.change import RosterChange
    from state.rows.rosters import RosterRow

log = get_log("rostering")
FIRST, FILE, MAIL = "first", "file", "mail"


def keep_rosters(office: Office) -> None:
    """Keep what was saved since the last look as versions; a broken folder's waits."""
    broken = {one.folder for one in office.shelf.broken} if office.shelf else set()
    for campaign in office.campaigns:
        if folder_of(office, campaign) is not None and campaign.id not in broken:
            _keep(office, campaign)


def take_up(office: Office) -> None:
    """Write the rosters that orders put in force, and go by them from now on."""
    for campaign in office.campaigns:
        folder = folder_of(office, campaign)
        if settle(office, campaign) and folder is not None:
            catch_up(office, campaign.id, folder)
    if office.shelf is not None and office.shelf.look():
        office.campaigns = in_force(office.ledger, office.shelf.campaigns)


def folder_of(office: Office, campaign: Campaign) -> Path | None:
    """Return the folder whose roster.xlsx an admin edits; None for those that come with us."""
    root = office.settings.campaigns
    folder = root / campaign.id if root else None
    return folder if folder is not None and folder.is_dir() else None


def is_writable(office: Office, campaign: Campaign) -> bool:
    """Say whether roster.xlsx may be replaced: a file beside it can be made."""
    folder = folder_of(office, campaign)
    if folder is None:
        return False
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".roster-"):
            return True
    except OSError:
        return False


def settle(office: Office, campaign: Campaign) -> bool:
    """Write the version that an order put in force into the folder; say whether it stands there.

    The order may have been committed by a worker that died before it came to this.
    """
    row = office.ledger.unwritten_roster(campaign.id)
    folder = folder_of(office, campaign)
    if row is None or folder is None:
        return row is None
    data = office.ledger.roster_data(row.id)
    try:
        replace_roster(folder, data)
    except OSError as fault:
        log.warning("roster-not-written", campaign=campaign.id, cause=type(fault).__name__)
        alarm(office, UNWRITTEN, campaign.id)
        return False
    all_clear(office, UNWRITTEN, campaign.id)
    office.ledger.roster_written(row.id, office.clock.now())
    log.info("roster-written", campaign=campaign.id, version=row.number)
    return True


def _keep(office: Office, campaign: Campaign) -> None:
    path = campaign.folder / ROSTER_FILE
    try:
        data = path.read_bytes()
    except OSError:  # it is just being saved
        return
    row, here = office.ledger.roster_in_force(campaign.id), sha256_of(data)
    if row is not None and row.sha256 == here:
        note_agreed(office, campaign.id, here)
        return
    if row is not None and is_old(office, campaign.id, here):
        return  # another machine was quicker; the next look catches up
    sheet = read_sheet(data, campaign.file.requirements)
    if sheet.errors or (row is not None and row.written_at is None):
        return  # the version before stands
    changes: tuple[RosterChange, ...] = ()
    if row is not None:
        before, after = roster_of(office, campaign, row), _steady(sheet.roster, campaign)
        changes = compare(before, after, campaign.file.requirements)
    how = FIRST if row is None else FILE
    new = NewRoster(campaign.id, data, _who(path, data), how, changes)
    kept = office.ledger.record_roster(new, office.clock.now())
    log.info("roster-kept", campaign=campaign.id, version=kept.number, how=how)


def _who(path: Path, data: bytes) -> str:
    """Return who saved the file: as its program says, else whose file it is."""
    try:
        return saved_by(data) or path.owner()
    except (OSError, KeyError):
        return ""


def roster_of(office: Office, campaign: Campaign, row: RosterRow) -> Roster:
    """Return a version's units, under the ids they have in force."""
    data = office.ledger.roster_data(row.id)
    return _steady(read_sheet(data, campaign.file.requirements).roster, campaign)


def _steady(roster: Roster, campaign: Campaign) -> Roster:
    return with_ids(roster, kept_ids(roster, campaign.on_file, trusted=True))


def own_columns(campaign: Campaign) -> dict[str, dict[str, str]]:
    """Return the columns an admin added to roster.xlsx, by heading and unit."""
    try:
        data = (campaign.folder / ROSTER_FILE).read_bytes()
    except OSError:
        return {}
    sheet = read_sheet(data, campaign.file.requirements)
    ids = {
        loaded.id: unit.id
        for loaded, unit in zip(sheet.roster.units, campaign.on_file.units, strict=False)
        if loaded.name == unit.name
    }
    return {
        heading: {ids[key]: text for key, text in texts.items() if key in ids}
        for heading, texts in sheet.own.items()
    }


def roster_book(campaign: Campaign) -> bytes:
    """Return the roster in force as a workbook: amendments in it, 编号 filled in."""
    requirements = campaign.file.requirements
    return write_roster(campaign.roster, requirements, roster_words(), own_columns(campaign))
