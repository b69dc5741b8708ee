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


def restore_backup(backup: Path, into: Path, now: datetime) -> list[str]:
    """Lay a proved backup into an empty folder; return what a person still has to see to.

    The settings' folders become those beside the settings, so that nothing that is restored
    works on the old deployment's data.
    """
    manifest = read_manifest(backup)
    if into.exists() and any(into.iterdir()):
        raise BackupTrouble(f"{into}: is not empty; restore into a new folder")
    if faults := faults_of(backup):
        raise BackupTrouble(f"{backup}: cannot be believed: {'; '.join(faults[:5])}")
    given = (backup / SETTINGS).read_text(encoding="utf-8-sig")
    settings = resettled(given)  # before anything is written
    with private():
        into.mkdir(parents=True, exist_ok=True, mode=0o700)
        data = into / DATA
        shutil.copytree(backup / KEPT, data)
        with busy("Copying the archive"):
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
        raise BackupTrouble(f"{SETTINGS}: write data and campaigns on lines of their own")
    return head + tables


def _without(head: str, key: str) -> str:
    return re.sub(rf"(?m)^[ \t]*{key}[ \t]*=[^\n]*\n?", "", head)


def _left_to_do(into: Path, given: str, manifest: dict[str, Any]) -> Iterator[str]:
    if manifest["database"] != "sqlite":
        dump = into / DATA / DUMP
        yield f"load the ledger into an empty database: pg_restore -d DATABASE {dump}"
        yield "set ledger_url in shoubiao.toml to that database"
    if _FAR in tomllib.loads(given):
        yield (
            f"the raw mails are in {into / DATA / ARCHIVE} now; for several machines copy them "
            "into an empty bucket, key for path, and set archive in shoubiao.toml to it"
        )
    if tomllib.loads(given).get("command_key") == "":
        yield "command_key is not in a backup; write it into shoubiao.toml again"
    for account in tomllib.loads(given).get("accounts", []):
        if account.get("password") == "":
            yield f"{account.get('address')}: password is not in a backup; write it in again"
        for key in ("password_file", "maildir"):
            named = account.get(key)
            if named and not (into / named).exists():
                yield f"{account.get('address')}: {key} {named} is not in a backup; put it there"
    yield "stop the old worker before the new one starts; then: shoubiao verify, shoubiao status"
    yield "letters that waited when the backup was made leave again, byte for byte the same"
