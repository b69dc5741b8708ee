"""How ledger, archive and what else is kept come into a backup while the worker runs."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
from typing import TYPE_CHECKING

from bot.progress import steps
from bot.settings.mistakes import Mistake, ToldError
from state.archive import Archive
from state.durable import sync_folder

if TYPE_CHECKING:
    from pathlib import Path

    from state.ledger import Ledger
    from state.objects import AnyArchive

LEDGER, DUMP, ARCHIVE, CAMPAIGNS, KEPT = "ledger.db", "ledger.dump", "archive", "campaigns", "kept"
SETTINGS, MANIFEST = "shoubiao.toml", "manifest.json"


class BackupTrouble(ToldError):  # noqa: N818 - the world's
    """A backup that cannot be made, used or believed: why, and what to do."""


def copy_ledger(ledger: Ledger, folder: Path) -> str:
    """Copy the ledger, or let pg_dump; return which kind it is. Raises BackupTrouble."""
    if ledger.file is not None:
        ledger.copy_to(folder / LEDGER)
        _sync(folder / LEDGER)
        return "sqlite"
    command, secrets = ledger.dump_command(folder / DUMP)
    if shutil.which(command[0]) is None:
        told = " ".join(command)
        raise BackupTrouble(Mistake("no-pg-dump", {"command": told}))
    done = subprocess.run(  # noqa: S603 - our own words; the password is in the environment
        command, env={**os.environ, **secrets}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or [str(done.returncode)]
        raise BackupTrouble(Mistake("pg-dump-failed", {"why": last[0]}))
    return "postgresql"


def newest(into: Path) -> Archive | None:
    """Return the archive of the newest finished backup: contents never change."""
    finished = sorted(path.parent for path in into.glob(f"shoubiao-*Z/{MANIFEST}"))
    return Archive(finished[-1] / ARCHIVE) if finished else None


def copy_archive(
    archive: AnyArchive, target: Path, earlier: Archive | None, *, link: bool
) -> list[str]:
    """Link or copy every whole content; what is being written has no name there yet.

    What an `earlier` backup has need not come from afar again.
    """
    kept = []
    target.mkdir(parents=True)
    for sha in steps(tuple(archive.hashes()), "copying-archive"):
        place = Archive(target).path(sha)
        place.parent.mkdir(parents=True, exist_ok=True)
        if not (link and earlier is not None and _linked(earlier.path(sha), place)):
            with contextlib.suppress(FileNotFoundError), archive.local(sha) as path:
                _laid(path, place, link=link)  # unless it was purged meanwhile
        kept.append(sha)
    return kept


def _laid(path: Path, place: Path, *, link: bool) -> None:
    if not (link and _linked(path, place)):
        shutil.copyfile(path, place)
    _sync(place)


def _linked(source: Path, target: Path) -> bool:
    try:
        target.hardlink_to(source)
    except OSError:  # another disk, or one that has no links
        return False
    return True


def copy_kept(data: Path, target: Path) -> None:
    """Copy the versions in force and the doors that are shut."""
    target.mkdir()
    if (data / "in-force").is_dir():
        shutil.copytree(data / "in-force", target / "in-force")
    if (data / "breakers.json").is_file():
        shutil.copyfile(data / "breakers.json", target / "breakers.json")


def hash_of(path: Path) -> str:
    """Return the hash of a file, "" of one that is not there."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def write_durably(path: Path, text: str) -> None:
    """Write a text that is on disk when this returns."""
    path.write_text(text + "\n", encoding="utf-8")
    _sync(path)
    sync_folder(path.parent)


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
