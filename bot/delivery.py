"""Deliver: the outbox's letters leave within the account's budget; every attempt is a row."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.breaker import fingerprint
from bot.courier import Courier
from bot.log import get_log
from bot.office import LEASE
from bot.refusals import Scope

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
    everything = sum(ledger.sent_since(a.address, now - HOUR) for a in office.settings.accounts)
    return (
        everything < office.settings.caps.global_per_hour
        and ledger.sent_since(account.address, now - HOUR) < budget.per_hour
        and ledger.sent_since(account.address, now - DAY) < budget.per_day
    )


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


def _settle(office: Office, account: Account, letter: QueuedLetter, result: SendResult) -> bool:
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
    return outcome == "sent"


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
