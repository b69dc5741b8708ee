"""What a backup folder holds, how it is made while the worker runs, and how it is proved whole.

`ledger.db` (or `ledger.dump`), `archive/`, `shoubiao.toml`, `campaigns/`, `kept/` (versions in
force, closed doors), and `manifest.json` with the hash of everything but the archive, whose
names are hashes. Secrets that stand in files of their own stay where they are.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot import __version__
from bot.progress import steps
from bot.settings.hidden import emptied
from state.archive import Archive, sync_folder
from state.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from bot.office import Office
    from state.objects import AnyArchive

LEDGER, DUMP, ARCHIVE, CAMPAIGNS, KEPT = "ledger.db", "ledger.dump", "archive", "campaigns", "kept"
SETTINGS, MANIFEST = "shoubiao.toml", "manifest.json"
NAME = "shoubiao-{:%Y%m%dT%H%M%SZ}"
PARTIAL = ".partial"
FORMAT = 1


class BackupTrouble(Exception):  # noqa: N818 - the world's, told in a sentence
    """A backup that cannot be made, used or believed; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A finished backup."""

    folder: Path
    manifest: dict[str, Any]


def make_backup(
    office: Office, settings_file: Path, into: Path, now: datetime, *, link: bool = True
) -> Backup:
    """Copy everything into a new folder under `into`; half of one is never left under its name.

    The ledger goes first: what it names was in the archive before, so the later copy of the
    archive holds it. With `link`, files of the archive, which never change, are hard links where
    the disk is the same.
    """
    folder = into / NAME.format(now)
    partial = folder.with_name(folder.name + PARTIAL)
    campaigns = office.settings.campaigns
    if campaigns is not None and into.resolve().is_relative_to(campaigns.resolve()):
        raise BackupTrouble(f"{into}: is inside the campaigns folder; keep backups elsewhere")
    if folder.exists():
        raise BackupTrouble(f"{folder}: there is one of this second already; try again")
    shutil.rmtree(partial, ignore_errors=True)
    with private():
        partial.mkdir(parents=True)
        try:
            manifest = _fill(office, settings_file, partial, now, link=link)
        except BaseException:
            shutil.rmtree(partial, ignore_errors=True)
            raise
        _write_durably(partial / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
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
        raise BackupTrouble(f"{folder}: is no finished backup, it has no {MANIFEST}") from None
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise BackupTrouble(f"{folder}: was made by another version of shoubiao; use that one")
    return manifest


def faults_of(folder: Path) -> list[str]:
    """Return everything by which a backup is not what its manifest says; nothing is fine."""
    manifest = read_manifest(folder)
    found = [
        f"{name}: is damaged or missing"
        for name, sha256 in manifest["files"].items()
        if _sha256(folder / name) != sha256
    ]
    if found or manifest["database"] != "sqlite":
        return found
    with tempfile.TemporaryDirectory() as place:
        shutil.copyfile(folder / LEDGER, Path(place) / LEDGER)
        with contextlib.closing(Ledger(f"sqlite:///{place}/{LEDGER}")) as ledger:
            _bring_up(ledger, folder)
            found += ledger.faults()
            found += archive_faults(ledger, Archive(folder / ARCHIVE))
            if ledger.counts() != manifest["counts"]:
                found.append("the ledger holds other numbers of rows than were counted")
    return found


def _bring_up(ledger: Ledger, folder: Path) -> None:
    """Bring the copy of an older ledger up to date; a newer one is for a newer program."""
    try:
        ledger.migrate()
    except Exception as fault:
        known = type(fault).__name__ == "CommandError"  # Alembic's, which only state/ imports
        why = "is of a newer version of shoubiao; use that one" if known else "cannot be opened"
        raise BackupTrouble(f"{folder}: its ledger {why}") from fault


def archive_faults(ledger: Ledger, archive: AnyArchive) -> list[str]:
    """Return the mails whose raw bytes are not there or not what their name says."""
    kept = ledger.kept_hashes()
    return [
        f"mail {mail}: its raw bytes {sha[:16]}… are damaged or missing"
        for sha, mail in steps(sorted(kept.items(), key=lambda item: item[1]), "Proving mails")
        if not archive.verify(sha)
    ]


def _fill(
    office: Office, settings_file: Path, folder: Path, now: datetime, *, link: bool
) -> dict[str, Any]:
    database = _copy_ledger(office.ledger, folder)
    earlier = _newest(folder.parent) if office.settings.archive is not None else None
    hashes = _copy_archive(office.archive, folder / ARCHIVE, earlier, link=link)
    settings = settings_file.read_text(encoding="utf-8-sig")
    (folder / SETTINGS).write_text(emptied(settings), encoding="utf-8")
    if office.settings.campaigns is not None:
        shutil.copytree(office.settings.campaigns, folder / CAMPAIGNS)
    _copy_kept(office.settings.data, folder / KEPT)
    loose = sorted(p for p in folder.rglob("*") if p.is_file())
    named = [p.relative_to(folder).as_posix() for p in loose]
    files = {name: _sha256(folder / name) for name in named if not name.startswith(ARCHIVE + "/")}
    return {
        "format": FORMAT,
        "made_at": now.isoformat(),
        "shoubiao": __version__,
        "database": database,
        "revision": office.ledger.revision(),
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


def _copy_ledger(ledger: Ledger, folder: Path) -> str:
    if ledger.file is not None:
        ledger.copy_to(folder / LEDGER)
        _sync(folder / LEDGER)
        return "sqlite"
    command, secrets = ledger.dump_command(folder / DUMP)
    if shutil.which(command[0]) is None:
        told = " ".join(command)
        raise BackupTrouble(f"pg_dump is not installed here; where it is, run: {told}")
    done = subprocess.run(  # noqa: S603 - our own words; the password is in the environment
        command, env={**os.environ, **secrets}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["no reason given"]
        raise BackupTrouble(f"pg_dump failed: {last[0]}")
    return "postgresql"


def _newest(into: Path) -> Archive | None:
    """Return the archive of the newest finished backup: contents never change."""
    finished = sorted(path.parent for path in into.glob(f"shoubiao-*Z/{MANIFEST}"))
    return Archive(finished[-1] / ARCHIVE) if finished else None


def _copy_archive(
    archive: AnyArchive, target: Path, earlier: Archive | None, *, link: bool
) -> list[str]:
    """Link or copy every whole content; what is being written has no name there yet.

    What an `earlier` backup has need not come from afar again.
    """
    kept = []
    target.mkdir(parents=True)
    for sha in steps(tuple(archive.hashes()), "Copying the archive"):
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


def _copy_kept(data: Path, target: Path) -> None:
    target.mkdir()
    if (data / "in-force").is_dir():
        shutil.copytree(data / "in-force", target / "in-force")
    if (data / "breakers.json").is_file():
        shutil.copyfile(data / "breakers.json", target / "breakers.json")


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _write_durably(path: Path, text: str) -> None:
    path.write_text(text + "\n", encoding="utf-8")
    _sync(path)
    sync_folder(path.parent)


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
