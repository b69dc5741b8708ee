"""The file roster.xlsx in a campaign's folder: replaced whole, and kept up with other machines.

Each machine has a folder of its own. A file that is still what it was when it last agreed with
the ledger is old there as soon as another version is in force; any other file is somebody's edit.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bot.log import get_log
from bot.watch.alerts import alarm, all_clear
from rules.folder.files import ROSTER_FILE

if TYPE_CHECKING:
    from bot.office import Office

log = get_log("rostering")
UNWRITTEN = "roster-unwritten"


def replace_roster(folder: Path, data: bytes) -> None:
    """Put the whole file in place at once; its rights stay as they were."""
    path = folder / ROSTER_FILE
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o640
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".roster-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).chmod(mode)
        Path(beside).replace(path)
    except OSError:
        Path(beside).unlink(missing_ok=True)
        raise


def catch_up(office: Office, campaign: str, folder: Path) -> bool:
    """Lay down the version that another machine put in force; say whether that was done."""
    row = office.ledger.roster_in_force(campaign)
    if not office.ledger.is_shared or row is None or row.written_at is None:
        return False
    try:
        here = sha256_of((folder / ROSTER_FILE).read_bytes())
        if here == row.sha256 or not is_old(office, campaign, here):
            return False
        replace_roster(folder, office.ledger.roster_data(row.id))
    except OSError as fault:
        log.warning("roster-not-written", campaign=campaign, cause=type(fault).__name__)
        alarm(office, UNWRITTEN, f"{campaign} {office.machine}")
        return False
    all_clear(office, UNWRITTEN, f"{campaign} {office.machine}")
    log.info("roster-caught-up", campaign=campaign, version=row.number)
    return True


def is_old(office: Office, campaign: str, sha256: str) -> bool:
    """Say whether this file is a version that was in force here, not an edit of it."""
    if not office.ledger.is_shared:
        return False
    try:
        return _memory(office, campaign).read_text(encoding="ascii") == sha256
    except FileNotFoundError:  # a machine that is new: its folder is a copy of another's
        return any(row.sha256 == sha256 for row in office.ledger.rosters(campaign))


def note_agreed(office: Office, campaign: str, sha256: str) -> None:
    """Keep in mind that this file is the version in force."""
    path = _memory(office, campaign)
    if office.ledger.is_shared and not (path.exists() and path.read_text("ascii") == sha256):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.write_text(sha256, encoding="ascii")


def sha256_of(data: bytes) -> str:
    """Return the name under which the ledger knows a version."""
    return hashlib.sha256(data).hexdigest()


def _memory(office: Office, campaign: str) -> Path:
    return office.settings.data / "in-force" / f"{campaign}.roster"
