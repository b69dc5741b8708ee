"""Deliver: the outbox's letters leave within the account's budget; every attempt is a row."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.courier import Courier
from bot.log import get_log
from bot.office import LEASE

if TYPE_CHECKING:
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


async def deliver(office: Office, account: Account) -> int:
    """Send one batch of an account's letters in one session; return how many left."""
    left = 0
    async with Courier(account).session() as session:
        for _ in range(account.budget.per_batch):
            letter = _next(office, account)
            if letter is None:
                break
            if office.settings.rehearse:
                _keep(office, letter, "rehearsed")
                continue
            if left:
                office.clock.sleep(account.budget.pause_seconds)
            result = await session.send(account.address, letter.recipients, letter.raw)
            left += _settle(office, account, letter, result)
            if result.ends_session:
                break
    return left


def _next(office: Office, account: Account) -> QueuedLetter | None:
    now = office.clock.now()
    if is_paused(office, account) or not within_budget(office, account):
        return None
    return office.ledger.claim_letter(account.address, office.worker, now, LEASE, ANSWERS)


def within_budget(office: Office, account: Account) -> bool:
    """Say whether the account may send one more letter this hour and day."""
    now, ledger, budget = office.clock.now(), office.ledger, account.budget
    if office.settings.rehearse:
        return True
    return (
        ledger.sent_since(account.address, now - HOUR) < budget.per_hour
        and ledger.sent_since(account.address, now - DAY) < budget.per_day
    )


def is_paused(office: Office, account: Account) -> bool:
    """Say whether a refusal of the whole account still has to be waited out."""
    until = office.ledger.recall(_pause_key(account))
    return until is not None and office.clock.now() < datetime.fromisoformat(until)


def _settle(office: Office, account: Account, letter: QueuedLetter, result: SendResult) -> bool:
    wait = result.wait or _wait(letter)
    retry_at = office.clock.now() + wait
    outcome: AttemptOutcome = result.outcome
    if outcome == "deferred" and letter.attempts + 1 >= MAX_TRIES:
        outcome = "refused"
    if outcome == "deferred" and result.scope == "account":
        _pause(office, account, retry_at)
    if outcome == "sent" and result.refused_recipients:
        log.warning("partly-refused", letter=letter.id, count=len(result.refused_recipients))
    _keep(office, letter, outcome, result, retry_at if outcome == "deferred" else None)
    log.info("letter", letter=letter.id, kind=letter.kind, outcome=outcome, code=result.code)
    return outcome == "sent"


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


def _pause(office: Office, account: Account, until: datetime) -> None:
    log.error("account-paused", account=account.provider or "custom", until=until.isoformat())
    office.ledger.remember(_pause_key(account), until.isoformat())


def _pause_key(account: Account) -> str:
    return f"paused:{account.address}"
