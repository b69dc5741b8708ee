"""`shoubiao doctor`: what works and what does not; with --live, whether the worker lives."""

from __future__ import annotations

import asyncio
import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot.clock import Clock
from bot.commands.offices import office_of
from bot.commands.rows import print_json, print_rows
from bot.commands.screen import screen
from bot.reading.converting import missing
from bot.settings import load_settings
from bot.watch.alerts import operators, why_untold
from bot.watch.watchdog import STALE, read_heartbeats
from parsers.formats.scan.ready import lacking

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.office import Office
    from bot.settings import Account

NOT_TOLD = {
    "no-operator": "nobody is told of troubles: set admin in shoubiao.toml",
    "no-smtp": "no account can send, so nobody is told of troubles",
}
Check = tuple[str, bool, str]  # what was looked at, whether it is fine, what to know or do


def is_live(config: Path, *, as_json: bool) -> int:
    """Say whether the worker beats and gets on; 1 if not. Opens no ledger, so it is quick."""
    beats, now = read_heartbeats(load_settings(config).data), Clock().now()
    trouble = [f"{_whose(beat, beats)}{said}" for beat in beats for said in judged(beat, now)]
    trouble = trouble if beats else ["no worker has left a heartbeat: start it with shoubiao run"]
    if as_json:
        first: dict[str, Any] = beats[0] if beats else {}
        print_json({"live": not trouble, "trouble": trouble, **first, "workers": len(beats)})
    else:
        for line in trouble or [_lives(beat) for beat in beats]:
            screen().print(line, markup=False)
    return 1 if trouble else 0


def _whose(beat: dict[str, Any], beats: list[dict[str, Any]]) -> str:
    return f"process {beat['pid']}: " if len(beats) > 1 else ""


def _lives(beat: dict[str, Any]) -> str:
    unheard = "; ".join(f"nobody could be told of: {one}" for one in beat.get("untold", ()))
    lives = f"the worker lives and gets on (process {beat['pid']}, {beat['restarts']} restarts)"
    return f"{lives}; {unheard}; set admin in shoubiao.toml" if unheard else lives


def judged(beat: dict[str, Any], now: datetime) -> list[str]:
    """Return what is wrong with a worker, by its last heartbeat."""
    age = now - datetime.fromisoformat(beat["at"]).astimezone(UTC)
    if age > STALE:
        return [f"the last heartbeat is {round(age.total_seconds())} s old: restart the worker"]
    limit = float(beat["limit"])
    return [
        f"{job} has not got on for {round(age)} s; the watchdog ends it, or restart the worker"
        for job, age in beat["silent"].items()
        if age > 2 * limit
    ]


def examine(config: Path, *, as_json: bool) -> int:
    """Look at everything a worker needs, logging in as it would; 1 if something does not work."""
    with office_of(config) as office:
        rows = [{"check": name, "fine": fine, "says": said} for name, fine, said in _checks(office)]
    print_rows(rows, as_json=as_json)
    return 0 if all(row["fine"] for row in rows) else 1


def _checks(office: Office) -> Iterator[Check]:
    settings = office.settings
    names = ", ".join(c.id for c in office.campaigns)
    yield "campaigns", bool(names), names or "none: copy one into the campaigns folder"
    broken = ", ".join(b.folder for b in office.shelf.broken) if office.shelf else ""
    if broken:
        yield "campaigns", False, f"{broken} cannot be used: shoubiao check-campaign says why"
    faults = office.ledger.faults()
    yield "ledger", not faults, "; ".join(faults) or f"whole, revision {office.ledger.revision()}"
    free = shutil.disk_usage(settings.data).free >> 20
    low = free < settings.min_free_mb
    yield "disk", not low, f"{free} MB free" + (f" of {settings.min_free_mb} needed" * low)
    without = missing()
    why = f"Word 95, Excel 4, .xlsb and older stay unread: {without}"
    yield "old formats", not without, why if without else "LibreOffice reads them, without network"
    lack = lacking()
    why = f"scans and photographs of forms stay unread: install the packages again ({lack})"
    yield "pictures of paper", not lack, why if lack else "scans and photographs can be read"
    why = why_untold(office)
    yield "operator", not why, NOT_TOLD.get(why, ", ".join(operators(office)))
    for alert in office.ledger.open_alerts():
        since = f"{alert.reason} since {alert.opened_at:%Y-%m-%d %H:%M} UTC".strip()
        yield f"alert {alert.kind}", False, f"{alert.subject} {since}".strip()
    for account in settings.accounts:
        yield f"receive {account.address}", *_receives(office, account)
        if account.smtp is not None:
            yield f"send {account.address}", *asyncio.run(_sends(office, account))


def _receives(office: Office, account: Account) -> tuple[bool, str]:
    from bot.mailboxes import LoginRefused, WorldFault
    from bot.mailboxes.base import BadAnswer
    from bot.mailboxes.session import Session

    if account.kind == "maildir" and account.maildir is not None:
        there = account.maildir.is_dir()
        return there, "the folder is there" if there else f"{account.maildir}: no such folder"
    if not _may_log_in(office, account, account.address):
        return False, "was refused before; it is not tried again until its time, or a new code"
    try:
        session = Session(account)
    except LoginRefused as refused:
        return False, f"login refused: {refused}; make a new authorisation code (授权码)"
    except WorldFault as fault:
        return False, f"not reached: {fault}"
    try:
        session.examine("INBOX")
    except (BadAnswer, WorldFault) as fault:
        return False, f"logged in, but the inbox does not open: {fault}"
    finally:
        session.close()
    return True, "logged in, the inbox opens"


async def _sends(office: Office, account: Account) -> tuple[bool, str]:
    from bot.outbox.courier import Courier

    if not _may_log_in(office, account, f"smtp:{account.address}"):
        return False, "was refused before; it is not tried again until its time, or a new code"
    async with Courier(account).session() as session:
        closed = await session.open()
    return closed is None, f"{closed.code} {closed.text}" if closed else "logged in"


def _may_log_in(office: Office, account: Account, door: str) -> bool:
    """Respect a shut door: providers block mailboxes that are knocked at again and again."""
    from bot.mailboxes.breaker import fingerprint

    secret = account.password.get_secret_value() if account.password else ""
    mark = fingerprint(account.username, secret)
    return office.breakers[door].allows(office.clock.now(), mark)
