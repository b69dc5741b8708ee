"""How a backup becomes a deployment again, in an empty folder of its own."""

from __future__ import annotations

import contextlib
import re
import shutil
import tomllib
from typing import TYPE_CHECKING, Any

from bot.keeping.backups import faults_of, private, read_manifest
from bot.keeping.copying import ARCHIVE, CAMPAIGNS, DUMP, KEPT, LEDGER, SETTINGS, BackupTrouble
from bot.progress import busy
from bot.settings.mistakes import Mistake
from state.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from bot.office import Office

DATA = "data"
RESTORED = "restored"  # in the data folder until its first worker has let go of the old one's
_TABLE = re.compile(r"^\s*\[", re.MULTILINE)
_PLACES = {"data": DATA, "campaigns": CAMPAIGNS}
_FAR = "archive"  # the setting that names a bucket


def restore_backup(backup: Path, into: Path, now: datetime) -> list[Mistake]:
    """Lay a proved backup into an empty folder; return what a person still has to see to.

    The settings' folders become those beside the settings, so that nothing that is restored
    works on the old deployment's data.
    """
    manifest = read_manifest(backup)
    if into.exists() and any(into.iterdir()):
        raise BackupTrouble(Mistake("restore-not-empty", file=str(into)))
    if faults := faults_of(backup):
        raise BackupTrouble(Mistake("backup-damaged", file=str(backup)), *faults[:5])
    given = (backup / SETTINGS).read_text(encoding="utf-8-sig")
    settings = resettled(given)  # before anything is written
    with private():
        into.mkdir(parents=True, exist_ok=True, mode=0o700)
        data = into / DATA
        shutil.copytree(backup / KEPT, data)
        with busy("copying-archive"):
            shutil.copytree(backup / ARCHIVE, data / ARCHIVE)
        _restore_ledger(backup, data, manifest, now)
        if (backup / CAMPAIGNS).is_dir():
            shutil.copytree(backup / CAMPAIGNS, into / CAMPAIGNS)
        (into / SETTINGS).write_text(settings, encoding="utf-8")
    return list(_left_to_do(into, given, manifest))


def _restore_ledger(backup: Path, data: Path, manifest: dict[str, Any], now: datetime) -> None:
    """Lay the ledger down, and let go of what the old deployment's worker had in hand."""
    if manifest["database"] != "sqlite":
        shutil.copyfile(backup / DUMP, data / DUMP)
        (data / RESTORED).touch()
        return
    shutil.copyfile(backup / LEDGER, data / LEDGER)
    with contextlib.closing(Ledger(f"sqlite:///{data / LEDGER}")) as ledger:
        ledger.migrate()
        ledger.let_go(now)


def let_go_once(office: Office) -> bool:
    """Let go of what the old deployment's worker had in hand, if this ledger was just restored.

    A PostgreSQL ledger is loaded by hand after `restore`, so its first worker does it.
    """
    mark = office.settings.data / RESTORED
    if not mark.exists():
        return False
    office.ledger.let_go(office.clock.now())
    mark.unlink(missing_ok=True)
    return True


def resettled(given: str) -> str:
    """Return settings whose data and campaigns are beside them, and whose ledger is in the data."""
    first = _TABLE.search(given)
    head, tables = (given[: first.start()], given[first.start() :]) if first else (given, "")
    before = tomllib.loads(given)
    for key, place in _PLACES.items():
        head = _without(head, key)
        if key == "data" or key in before:
            head = f'{key} = "{place}"\n{head}'
    head = _without(head, _FAR)
    if str(before.get("ledger_url", "")).startswith("sqlite"):
        head = _without(head, "ledger_url")
    after = tomllib.loads(head + tables)
    expected = {k: v for k, v in before.items() if k not in {*_PLACES, _FAR, "ledger_url"}}
    if {k: v for k, v in after.items() if k not in {*_PLACES, _FAR, "ledger_url"}} != expected:
        raise BackupTrouble(Mistake("restore-settings", file=SETTINGS))
    return head + tables


def _without(head: str, key: str) -> str:
    return re.sub(rf"(?m)^[ \t]*{key}[ \t]*=[^\n]*\n?", "", head)


def _left_to_do(into: Path, given: str, manifest: dict[str, Any]) -> Iterator[Mistake]:
    if manifest["database"] != "sqlite":
        dump = into / DATA / DUMP
        yield Mistake("left-dump", {"dump": dump})
        yield Mistake("left-ledger-url")
    if _FAR in tomllib.loads(given):
        yield Mistake("left-bucket", {"folder": into / DATA / ARCHIVE})
    if tomllib.loads(given).get("command_key") == "":
        yield Mistake("left-command-key")
    for account in tomllib.loads(given).get("accounts", []):
        if account.get("password") == "":
            yield Mistake("left-password", file=str(account.get("address")))
        for key in ("password_file", "maildir"):
            named = account.get(key)
            if named and not (into / named).exists():
                facts = {"key": key, "named": named}
                yield Mistake("left-file", facts, str(account.get("address")))
    yield Mistake("left-old-worker")
    yield Mistake("left-letters")
