"""What a backup folder holds, how it is made while the worker runs, and how it is proved whole.

`ledger.db` (or `ledger.dump`), `archive/`, `shoubiao.toml`, `campaigns/`, `kept/` (versions in
force, closed doors), and `manifest.json` with the hash of everything but the archive, whose
names are hashes. Secrets that stand in files of their own stay where they are.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot import __version__
from bot.keeping.copying import (
    ARCHIVE,
    CAMPAIGNS,
    KEPT,
    LEDGER,
    MANIFEST,
    SETTINGS,
    BackupTrouble,
    copy_archive,
    copy_kept,
    copy_ledger,
    hash_of,
    newest,
    write_durably,
)
from bot.progress import steps
from bot.settings.hidden import emptied
from bot.settings.mistakes import Mistake
from state.archive import Archive
from state.durable import sync_folder
from state.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from bot.desk import Desk
    from state.objects import AnyArchive

NAME = "shoubiao-{:%Y%m%dT%H%M%SZ}"
PARTIAL = ".partial"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Backup:
    """A finished backup."""

    folder: Path
    manifest: dict[str, Any]


def make_backup(
    desk: Desk, settings_file: Path, into: Path, now: datetime, *, link: bool = True
) -> Backup:
    """Copy everything into a new folder under `into`; half of one is never left under its name.

    The ledger goes first: what it names was in the archive before, so the later copy of the
    archive holds it. With `link`, files of the archive, which never change, are hard links where
    the disk is the same.
    """
    folder = into / NAME.format(now)
    partial = folder.with_name(folder.name + PARTIAL)
    campaigns = desk.settings.campaigns
    if campaigns is not None and into.resolve().is_relative_to(campaigns.resolve()):
        raise BackupTrouble(Mistake("backup-inside", file=str(into)))
    if folder.exists():
        raise BackupTrouble(Mistake("backup-this-second", file=str(folder)))
    shutil.rmtree(partial, ignore_errors=True)
    with private():
        partial.mkdir(parents=True)
        try:
            manifest = _fill(desk, settings_file, partial, now, link=link)
        except BaseException:
            shutil.rmtree(partial, ignore_errors=True)
            raise
        write_durably(partial / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    partial.rename(folder)
    sync_folder(into)
    return Backup(folder, manifest)


@contextlib.contextmanager
def private() -> Iterator[None]:
    """Write files that only their owner can read: they are full of people's data."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


def prune_backups(into: Path, keep: int) -> list[Path]:
    """Delete the oldest finished backups beyond `keep`, and halves of crashed ones."""
    finished = sorted(p.parent for p in into.glob(f"shoubiao-*Z/{MANIFEST}"))
    old = finished[:-keep] if keep else []
    halves = [p for p in into.glob(f"shoubiao-*Z{PARTIAL}") if p.is_dir()]
    for folder in (*old, *halves):
        shutil.rmtree(folder)
    return old


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return what a backup says of itself. Raises BackupTrouble."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise BackupTrouble(Mistake("no-backup", {"lacks": MANIFEST}, str(folder))) from None
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise BackupTrouble(Mistake("backup-other-version", file=str(folder)))
    return manifest


def faults_of(folder: Path) -> list[Mistake]:
    """Return everything by which a backup is not what its manifest says; nothing is fine."""
    manifest = read_manifest(folder)
    found = [
        Mistake("fault-file", file=name)
        for name, known in manifest["files"].items()
        if hash_of(folder / name) != known
    ]
    if found or manifest["database"] != "sqlite":
        return found
    with tempfile.TemporaryDirectory() as place:
        shutil.copyfile(folder / LEDGER, Path(place) / LEDGER)
        with contextlib.closing(Ledger(f"sqlite:///{place}/{LEDGER}")) as ledger:
            _bring_up(ledger, folder)
            found += ledger_faults(ledger)
            found += archive_faults(ledger, Archive(folder / ARCHIVE))
            if ledger.counts() != manifest["counts"]:
                found.append(Mistake("fault-counts"))
    return found


def _bring_up(ledger: Ledger, folder: Path) -> None:
    """Bring the copy of an older ledger up to date; a newer one is for a newer program."""
    try:
        ledger.migrate()
    except Exception as fault:
        known = type(fault).__name__ == "CommandError"  # Alembic's, which only state/ imports
        code = "backup-ledger-newer" if known else "backup-ledger-closed"
        raise BackupTrouble(Mistake(code, file=str(folder))) from fault


def ledger_faults(ledger: Ledger) -> list[Mistake]:
    """Return what is wrong with the database itself, in its own words."""
    return [Mistake("fault-ledger", {"why": why}) for why in ledger.faults()]


def archive_faults(ledger: Ledger, archive: AnyArchive) -> list[Mistake]:
    """Return the mails whose raw bytes are not there or not what their name says."""
    kept = ledger.kept_hashes()
    return [
        Mistake("fault-mail", {"mail": mail, "sha": f"{sha[:16]}…"})
        for sha, mail in steps(sorted(kept.items(), key=lambda item: item[1]), "proving-mails")
        if not archive.verify(sha)
    ]


def _fill(
    desk: Desk, settings_file: Path, folder: Path, now: datetime, *, link: bool
) -> dict[str, Any]:
    database = copy_ledger(desk.ledger, folder)
    earlier = newest(folder.parent) if desk.settings.archive is not None else None
    hashes = copy_archive(desk.archive, folder / ARCHIVE, earlier, link=link)
    settings = settings_file.read_text(encoding="utf-8-sig")
    (folder / SETTINGS).write_text(emptied(settings), encoding="utf-8")
    if desk.settings.campaigns is not None:
        shutil.copytree(desk.settings.campaigns, folder / CAMPAIGNS)
    copy_kept(desk.settings.data, folder / KEPT)
    loose = sorted(p for p in folder.rglob("*") if p.is_file())
    named = [p.relative_to(folder).as_posix() for p in loose]
    files = {name: hash_of(folder / name) for name in named if not name.startswith(ARCHIVE + "/")}
    return {
        "format": FORMAT,
        "made_at": now.isoformat(),
        "shoubiao": __version__,
        "database": database,
        "revision": desk.ledger.revision(),
        "counts": _counts(folder, database),
        "archived": len(hashes),
        "files": files,
    }


def _counts(folder: Path, database: str) -> dict[str, int]:
    if database != "sqlite":
        return {}
    with tempfile.TemporaryDirectory() as place:
        shutil.copyfile(folder / LEDGER, Path(place) / LEDGER)
        with contextlib.closing(Ledger(f"sqlite:///{place}/{LEDGER}")) as ledger:
            return ledger.counts()
