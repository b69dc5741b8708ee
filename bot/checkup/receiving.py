"""Whether a mailbox can be read, step by step as the worker would; how far back it shows mail."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.checkup.reaching import reached
from bot.checkup.result import Mark, broken, fine, look
from bot.mailboxes.base import BadAnswer, LoginRefused, WorldFault
from bot.mailboxes.refused import cause_of_refusal
from bot.mailboxes.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from bot.checkup.result import Result
    from bot.checkup.scene import Scene
    from bot.settings import Account

INBOX = "INBOX"
ENDS = 100  # mails at each end of the inbox whose dates are looked at
FEW = 5  # mails that tell nothing of a window
WINDOW = (timedelta(days=28), timedelta(days=31.5))  # 收取最近30天邮件 (facts: mail §1.8)
AHEAD = timedelta(minutes=5)  # a mail received later than our now
SECONDS = 90


def receives(scene: Scene, account: Account) -> Iterator[Result]:
    """Look into a mailbox, logging in once."""
    if account.kind == "maildir" and account.maildir is not None:
        there = account.maildir.is_dir()
        yield (fine if there else broken)(
            "maildir.there" if there else "maildir.none", folder=account.maildir
        )
    elif account.imap is not None:
        yield from _by_imap(scene, account)


def _by_imap(scene: Scene, account: Account) -> Iterator[Result]:
    if account.imap is None or not scene.may_log_in(account, account.address):
        yield broken("door.shut")
        return
    met = reached(account.imap, "imap", scene.clock.now())
    yield met
    if met.mark is Mark.BROKEN:
        return
    try:
        session = Session(account)
    except (LoginRefused, WorldFault) as refused:
        yield refusal(refused)
        return
    try:
        yield from _inside(scene, account, session)
    except (LoginRefused, WorldFault, BadAnswer) as fault:
        yield refusal(fault)
    finally:
        session.drop()


def refusal(fault: Exception) -> Result:
    """Return what a server's refusal or silence means."""
    why = str(fault)
    cause = cause_of_refusal(why)
    if isinstance(fault, LoginRefused) or cause in {"busy", "unsafe"}:
        return broken(f"login.{cause}", why=why)
    return broken("imap.broken", why=why)


def _inside(scene: Scene, account: Account, session: Session) -> Iterator[Result]:
    yield fine("login.in")
    yield fine("id.said" if session.says_who else "id.unasked")
    yield from _folders(account, session)
    session.examine(INBOX)
    yield fine("inbox.open")
    yield from _dates(scene, session)


def _folders(account: Account, session: Session) -> Iterator[Result]:
    """Name the folders that are read beside the inbox; junk must be among them."""
    sides = session.side_folders()
    names = ", ".join(sides)
    yield fine("folders.found", names=names) if sides else look("folders.none")
    for name in account.folders:
        try:
            session.examine(name)
        except BadAnswer as fault:
            yield broken("folders.closed", name=name, why=str(fault))


def _dates(scene: Scene, session: Session) -> Iterator[Result]:
    """Say how far back the inbox goes, and when the last mail came."""
    uids = sorted(session.search(None))
    some = sorted({*uids[:ENDS], *uids[-ENDS:]})
    labels = session.labels(some).values() if some else ()
    days = sorted(one.received_at for one in labels if one.received_at)
    if not days:
        yield look("mail.none")
        return
    yield _window(scene.clock.now() - days[0], len(uids), days[0])
    if days[-1] > scene.clock.now() + AHEAD:
        yield broken("clock.behind", server=_local(scene, days[-1]))
    yield fine("mail.last", at=_local(scene, days[-1]), mails=len(uids))


def _window(age: timedelta, mails: int, oldest: datetime) -> Result:
    facts = {"mails": mails, "oldest": f"{oldest:%Y-%m-%d}", "days": age.days}
    if mails >= FEW and WINDOW[0] <= age <= WINDOW[1]:
        return look("window.cut", **facts)
    return fine("window.open" if age > WINDOW[1] else "window.young", **facts)


def _local(scene: Scene, instant: datetime) -> str:
    return f"{instant.astimezone(ZoneInfo(scene.settings.timezone)):%Y-%m-%d %H:%M}"
