"""Deliver: the outbox's letters leave within the account's budget; every attempt is a row."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.log import get_log
from bot.office import LEASE
from bot.outbox.caps import STRANGERS
from bot.outbox.courier import Courier
from bot.outbox.doors import is_shut, open_again, shut
from bot.outbox.refusals import Scope
from bot.reminders.chasing import reason_to_withdraw
from bot.stage import never
from state.outbox import LEAST

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.office import Office
    from bot.outbox.courier import CourierSession
    from bot.outbox.sending import SendResult
    from bot.settings import Account
    from state.outbox import AttemptOutcome
    from state.rows import QueuedLetter

log = get_log("delivery")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ANSWERS = frozenset(
    {"receipt", "correction", "unrecognised"}
    | {"command-done", "command-confirm", "command-unclear", "command-told", "command-own"}
)
"""Kinds sent once more, byte for byte, when the server's answer to the first try was lost."""
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=2), timedelta(hours=4)
MOST_TRIES, PATIENCE = 8, timedelta(days=3)  # both, before a letter that is put off is given up
MOST_SUSPECTED = 3  # tries of a text that is taken for spam (facts: mail §3.3)
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


def has_letters(office: Office, account: Account) -> bool:
    """Say whether a letter waits for its turn: asked often, so that nothing else need be."""
    now, least = office.clock.now(), _least(office, account)
    return office.ledger.letter_waits(account.address, now, ANSWERS, least)


def _least(office: Office, account: Account) -> int:
    """Return how urgent a letter must be to leave now.

    Half of the hour's letters are not for strangers, so that a flood of them delays no unit.
    """
    sent = office.ledger.sent_since(account.address, office.clock.now() - HOUR)
    return LEAST if sent < account.budget.per_hour / 2 else STRANGERS - 1


async def _waits(office: Office, account: Account, more_coming: Callable[[], bool]) -> bool:
    """Say whether a letter may leave now; asked again for a while when more are coming."""
    for _ in range(round(LONGEST_IDLE / LOOK_EVERY)):
        coming = more_coming()
        if has_letters(office, account):
            return True
        if not coming:
            break
        await asyncio.sleep(LOOK_EVERY)
    return False


async def _send_next(
    office: Office, account: Account, session: CourierSession
) -> tuple[AttemptOutcome | None, bool]:
    """Send one letter; return its outcome, and whether the session may go on.

    It is claimed only once the connection stands: a crash while connecting leaves no doubt, and
    a server that cannot be reached costs no letter a try.
    """
    office.pulse.beat()
    rehearse = office.settings.rehearse
    closed = None if rehearse else await session.open()
    if closed is not None:
        shut(office, account, closed)
        return None, False
    now, ledger = office.clock.now(), office.ledger
    least = _least(office, account)
    letter = ledger.claim_letter(account.address, office.worker, now, LEASE, ANSWERS, least)
    if letter is None:
        return None, True
    if why := reason_to_withdraw(office, letter):
        ledger.record_attempt(letter.id, office.worker, now, "withdrawn", None, why)
        return "withdrawn", True
    if rehearse:
        _keep(office, letter, "rehearsed")
        return "rehearsed", True
    result = await session.send(account.address, letter.recipients, letter.raw)
    return _settle(office, account, letter, result), not session.over


def allowance(office: Office, account: Account) -> int:
    """Return how many letters the account may send now: its hour, its day, everyone's hour."""
    now, ledger, budget = office.clock.now(), office.ledger, account.budget
    if office.settings.rehearse:
        return budget.per_batch
    if is_shut(office, account):
        return 0
    left = (
        office.settings.caps.global_per_hour - ledger.sent_since(None, now - HOUR),
        budget.per_hour - ledger.sent_since(account.address, now - HOUR),
        budget.per_day - ledger.sent_since(account.address, now - DAY),
    )
    return max(0, min(left))


def _settle(
    office: Office, account: Account, letter: QueuedLetter, result: SendResult
) -> AttemptOutcome:
    outcome: AttemptOutcome = result.outcome
    retry_at = office.clock.now() + max(result.wait or _wait(letter), _wait(letter))
    if result.ends_session:
        retry_at = shut(office, account, result)
    else:
        open_again(office, account)
    if outcome == "refused" and result.scope == Scope.ACCOUNT:
        outcome = "deferred"
    elif outcome == "deferred" and not result.ends_session and _is_hopeless(office, letter, result):
        outcome = "refused"
    waits = outcome in {"deferred", "uncertain"}
    _keep(office, letter, outcome, result, retry_at if waits else None)
    _mark_unknown(office, letter, result)
    log.info(
        "letter", letter=letter.id, kind=letter.kind, outcome=outcome, code=result.code,
        reason=result.reason,
    )  # fmt: skip
    return outcome


def _is_hopeless(office: Office, letter: QueuedLetter, result: SendResult) -> bool:
    """Say whether a letter that is only put off has been so for days (RFC 5321 §4.5.4.1)."""
    if result.reason == "suspected-spam":
        return letter.attempts >= MOST_SUSPECTED
    waited = office.clock.now() - letter.created_at
    return letter.attempts >= MOST_TRIES and waited >= PATIENCE


def _mark_unknown(office: Office, letter: QueuedLetter, result: SendResult) -> None:
    """Mark the recipients a server does not know, as a bounce would."""
    gone = [r for r in result.refused_recipients if r.refusal.reason == "no-such-recipient"]
    for recipient in gone:
        office.ledger.mark_bounced(letter.id, recipient.address, office.clock.now())
    if result.refused_recipients:
        count = len(result.refused_recipients)
        log.warning("recipients-refused", letter=letter.id, count=count, unknown=len(gone))


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
