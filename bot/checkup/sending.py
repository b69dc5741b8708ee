"""Whether letters leave: the way out, the login, and a letter to itself that is found again."""

from __future__ import annotations

import asyncio
import json
import secrets
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING

from bot.checkup.reaching import reached
from bot.checkup.receiving import INBOX, refusal
from bot.checkup.result import Mark, broken, fine, look
from bot.mailboxes.base import BadAnswer, LoginRefused, WorldFault
from bot.mailboxes.session import Session
from bot.outbox.courier import Courier

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.checkup.result import Result
    from bot.checkup.scene import Scene
    from bot.outbox.sending import SendResult
    from bot.settings import Account

SECONDS = 60
LOOKS, BETWEEN = 20, 3.0  # how often it is looked for, seconds between
APART = timedelta(hours=1)  # letters to oneself in a burst get an account banned (mail §3.3)
MOST = 50  # new mails whose headers are looked at
OFF = timedelta(minutes=5)


def sends(scene: Scene, account: Account, text: tuple[str, str] | None) -> Iterator[Result]:
    """Log in to send; with `text` (subject, body) send a letter to the mailbox and find it."""
    if account.smtp is None:
        yield look("smtp.no-smtp-server")
        return
    if not scene.may_log_in(account, f"smtp:{account.address}"):
        yield broken("door.shut")
        return
    met = reached(account.smtp, "smtp", scene.clock.now())
    yield met
    if met.mark is Mark.BROKEN:
        return
    if text is None or account.imap is None:
        yield _said(asyncio.run(_hand_over(account, None))) or fine("smtp.in")
    else:
        yield from _letter(scene, account, text)


def _letter(scene: Scene, account: Account, text: tuple[str, str]) -> Iterator[Result]:
    diary = scene.settings.data / "doctor.json"
    if _lately(diary, account.address, scene.clock.now()):
        yield _said(asyncio.run(_hand_over(account, None))) or fine("smtp.in")
        yield look("letter.lately")
        return
    try:
        session = Session(account)
    except (LoginRefused, WorldFault) as fault:
        yield refusal(fault)
        return
    try:
        yield from _there_and_back(scene, account, session, text)
    except (LoginRefused, WorldFault, BadAnswer) as fault:
        yield refusal(fault)
    finally:
        session.drop()


def _there_and_back(
    scene: Scene, account: Account, session: Session, text: tuple[str, str]
) -> Iterator[Result]:
    folders = (INBOX, *session.side_folders())
    before = {folder: set(_listed(session, folder)) for folder in folders}
    token, sent_at = secrets.token_hex(12), scene.clock.now()
    refused = _said(asyncio.run(_hand_over(account, _written(account, text, token, sent_at))))
    if refused is not None:
        yield refused
        return
    yield fine("smtp.in")
    _note(scene.settings.data / "doctor.json", account.address, sent_at)
    for _ in range(LOOKS):
        found = _found(session, before, token.encode())
        if found is not None:
            yield from _came(scene, session, *found, sent_at)
            return
        scene.clock.sleep(BETWEEN)
    yield broken("letter.lost", seconds=round(LOOKS * BETWEEN))


def _came(
    scene: Scene, session: Session, folder: str, uid: int, sent_at: datetime
) -> Iterator[Result]:
    """Say where it lay and after how long; its receipt time tells whether our clock is right."""
    seconds = round((scene.clock.now() - sent_at).total_seconds())
    told = fine("letter.came", seconds=seconds)
    yield told if folder == INBOX else look("letter.junk", folder=folder)
    label = session.labels([uid]).get(uid)
    if label and label.received_at:
        off = abs(label.received_at - sent_at)
        minutes = round(off.total_seconds() / 60)
        yield broken("clock.off", minutes=minutes) if off > OFF else fine("clock.agrees")


def _listed(session: Session, folder: str) -> list[int]:
    session.examine(folder)
    return session.search(None)


def _found(session: Session, before: dict[str, set[int]], token: bytes) -> tuple[str, int] | None:
    """Return where the letter lies. QQ deals it another Message-ID and keeps ours beside it."""
    for folder, known in before.items():
        new = [uid for uid in _listed(session, folder) if uid not in known]
        for uid in new[-MOST:]:
            if token in (session.header(uid) or b""):
                return folder, uid
            known.add(uid)
    return None


async def _hand_over(account: Account, raw: bytes | None) -> SendResult | None:
    """Log in and hand a letter over, if there is one; return what was refused."""
    async with Courier(account).session() as session:
        over = await session.open()
        if over is not None or raw is None:
            return over
        result = await session.send(account.address, (account.address,), raw)
        return None if result.outcome == "sent" else result


def _said(result: SendResult | None) -> Result | None:
    if result is None:
        return None
    return broken(f"smtp.{result.reason}", why=f"{result.code or ''} {result.text}".strip())


def _written(account: Account, text: tuple[str, str], token: str, now: datetime) -> bytes:
    """Write the letter; it says that a machine wrote it, so that the worker lets it lie."""
    letter = EmailMessage(policy=SMTP)
    letter["From"] = letter["To"] = account.address
    letter["Subject"] = f"{text[0]} {token[:6]}"
    letter["Date"] = format_datetime(now)
    letter["Message-ID"] = f"<doctor.{token}@{account.address.rpartition('@')[2]}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(text[1])
    return letter.as_bytes()


def _lately(diary: Path, address: str, now: datetime) -> bool:
    told = _read(diary).get(address)
    return told is not None and abs(now - datetime.fromisoformat(told)) < APART


def _note(diary: Path, address: str, now: datetime) -> None:
    if diary.parent.is_dir():
        written = _read(diary) | {address: now.astimezone(UTC).isoformat()}
        diary.write_text(json.dumps(written), encoding="utf-8")


def _read(diary: Path) -> dict[str, str]:
    try:
        told = json.loads(diary.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}
