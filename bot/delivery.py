"""Deliver: the outbox's letters leave within the account's budget; every attempt is a row."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.breaker import fingerprint
from bot.chasing import is_pointless
from bot.courier import Courier
from bot.log import get_log
from bot.office import LEASE
from bot.refusals import Scope
from bot.stage import never

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.courier import CourierSession
    from bot.office import Office
    from bot.options import Account
    from bot.sending import SendResult
    from state.outbox import AttemptOutcome
    from state.rows import QueuedLetter

log = get_log("delivery")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ANSWERS = frozenset({"receipt", "correction", "unrecognised"})
"""Kinds sent once more, byte for byte, when the server's answer to the first try was lost."""
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=2), timedelta(hours=4)
MAX_TRIES = 12
SETTLED = frozenset({"sent", "refused", "rehearsed", "withdrawn"})
LOOK_EVERY, LONGEST_IDLE = 0.02, 3.0  # seconds


async def deliver(
    office: Office,
    account: Account,
    stopping: Callable[[], bool] = never,
    more_coming: Callable[[], bool] = never,
) -> int:
    """Send one batch of an account's letters in one session; return how many are settled.

    While more letters are coming, an open session waits for them a few seconds.
    """
    most = min(account.budget.per_batch, allowance(office, account))
    settled = tried = 0
    async with Courier(account).session() as session:
        while tried < most and not stopping():
            if not await _waits(office, account, more_coming if tried else never):
                break
            office.clock.sleep(account.budget.pause_seconds if tried else 0)
            tried += 1
            outcome, goes_on = await _send_next(office, account, session)
            settled += outcome in SETTLED
            if not goes_on:
                break
    return settled


async def _waits(office: Office, account: Account, more_coming: Callable[[], bool]) -> bool:
    """Say whether a letter may leave now; asked again for a while when more are coming."""
    for _ in range(round(LONGEST_IDLE / LOOK_EVERY)):
        coming = more_coming()
        if office.ledger.letter_waits(account.address, office.clock.now(), ANSWERS):
            return True
        if not coming:
            break
        await asyncio.sleep(LOOK_EVERY)
    return False


async def _send_next(
    office: Office, account: Account, session: CourierSession
) -> tuple[AttemptOutcome | None, bool]:
    """Send one letter; return its outcome, and whether the session may go on.

    It is claimed only once the connection stands: a crash while connecting leaves no doubt.
    """
    rehearse = office.settings.rehearse
    if not rehearse:
        await session.open()
    now, ledger = office.clock.now(), office.ledger
    letter = ledger.claim_letter(account.address, office.worker, now, LEASE, ANSWERS)
    if letter is None:
        return None, True
    if is_pointless(office, letter):
        _keep(office, letter, "withdrawn")
        return "withdrawn", True
    if rehearse:
        _keep(office, letter, "rehearsed")
        return "rehearsed", True
    result = await session.send(account.address, letter.recipients, letter.raw)
    return _settle(office, account, letter, result), not result.ends_session


def allowance(office: Office, account: Account) -> int:
    """Return how many letters the account may send now: its hour, its day, everyone's hour."""
    now, ledger, budget = office.clock.now(), office.ledger, account.budget
    if office.settings.rehearse:
        return budget.per_batch
    if is_paused(office, account):
        return 0
    everything = sum(ledger.sent_since(a.address, now - HOUR) for a in office.settings.accounts)
    left = (
        office.settings.caps.global_per_hour - everything,
        budget.per_hour - ledger.sent_since(account.address, now - HOUR),
        budget.per_day - ledger.sent_since(account.address, now - DAY),
    )
    return max(0, min(left))


def is_paused(office: Office, account: Account) -> bool:
    """Say whether a refusal of the whole account still has to be waited out.

    A refused login is not tried again soon: providers block mailboxes for that. Other
    credentials open the door at once (bot/breaker.py).
    """
    now = office.clock.now()
    if not office.breakers[_door(account)].allows(now, _credentials(account)):
        return True
    until = office.ledger.recall(_door(account))
    return until is not None and now < datetime.fromisoformat(until)


def _settle(
    office: Office, account: Account, letter: QueuedLetter, result: SendResult
) -> AttemptOutcome:
    outcome: AttemptOutcome = result.outcome
    retry_at = office.clock.now() + (result.wait or _wait(letter))
    if outcome in {"deferred", "refused"} and result.scope == Scope.ACCOUNT:
        retry_at = _shut(office, account, result)
        outcome = "deferred"
    elif outcome == "deferred" and letter.attempts + 1 >= MAX_TRIES:
        outcome = "refused"
    if outcome == "sent" and result.refused_recipients:
        log.warning("partly-refused", letter=letter.id, count=len(result.refused_recipients))
    _keep(office, letter, outcome, result, retry_at if outcome == "deferred" else None)
    log.info(
        "letter", letter=letter.id, kind=letter.kind, outcome=outcome, code=result.code,
        reason=result.reason,
    )  # fmt: skip
    return outcome


def _shut(office: Office, account: Account, result: SendResult) -> datetime:
    """Shut the account's door after a refusal that is not this letter's; return until when.

    Without a wait a person has to act: it is looked at once a day, or with new credentials.
    """
    now = office.clock.now()
    until = now + (result.wait or DAY)
    log.error("account-paused", reason=result.reason, until=until.isoformat())
    if result.reason == "login-refused":
        door = office.breakers[_door(account)].refused(now, _credentials(account))
        office.breakers[_door(account)] = door
        return door.until or until
    office.ledger.remember(_door(account), until.isoformat())
    return until


def _credentials(account: Account) -> str:
    secret = account.password.get_secret_value() if account.password else ""
    return fingerprint(account.username, secret)


def _keep(
    office: Office,
    letter: QueuedLetter,
    outcome: AttemptOutcome,
    result: SendResult | None = None,
    retry_at: datetime | None = None,
) -> None:
    code, text = (result.code, result.text) if result else (None, "")
    office.ledger.record_attempt(
        letter.id, office.worker, office.clock.now(), outcome, code, text[:500], retry_at
    )


def _wait(letter: QueuedLetter) -> timedelta:
    wait: timedelta = FIRST_WAIT * 2 ** min(letter.attempts, 10)
    return min(wait, LONGEST_WAIT)


def _door(account: Account) -> str:
    return f"smtp:{account.address}"
