"""Deliver: the outbox's letters leave within the account's budget; every attempt is a row."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.log import get_log
from bot.office import Office
from bot.outbox.caps import STRANGERS
from bot.outbox.courier import Courier, CourierSession
from bot.outbox.doors import is_shut, open_again, shut
from bot.outbox.refusals import Scope
from bot.rehearsal.apart import may_leave
from bot.reminders.chasing import reason_to_withdraw
from bot.settings import Account
from bot.stage import never
from state.outbox import LEAST
from state.rows.letters import QueuedLetter, Tried

if TYPE_CHECKING:
    from bot.outbox.sending import SendResult
    from state.rows.letters import AttemptOutcome

log = get_log("delivery")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ANSWERS = frozenset(
    {"receipt", "correction", "unrecognised"}
    | {"command-done", "command-confirm", "command-unclear", "command-told", "command-own"}
)
"""Kinds sent once more, byte for byte, when the server's answer to the first try was lost."""
SENDING = timedelta(minutes=15)  # a lease: a server may take ten to answer a letter's final dot
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
    async with Courier(account).session() as session:
        batch = _Batch(office, account, session, most, stopping, _sent_this_hour(office, account))
        try:
            while batch.goes_on() and await batch.waits(more_coming if batch.tried else never):
                office.clock.sleep(account.budget.pause_seconds if batch.tried else 0)
                if not await batch.send_next():
                    break
        finally:
            batch.give_back()
    return batch.settled


def has_letters(office: Office, account: Account) -> bool:
    """Say whether a letter waits for its turn: asked often, so that nothing else need be."""
    now, waits = office.clock.now(), office.ledger.letter_waits
    if not waits(account.address, now, ANSWERS):
        return False
    least = _least(account, _sent_this_hour(office, account))
    return waits(account.address, now, ANSWERS, least)


def _sent_this_hour(office: Office, account: Account) -> int:
    return office.ledger.sent_since(account.address, office.clock.now() - HOUR)


def _least(account: Account, sent: int) -> int:
    """Return how urgent a letter must be to leave when so many have left within the hour.

    Half of the hour's letters are not for strangers, so that a flood of them delays no unit.
    """
    return LEAST if sent < account.budget.per_hour / 2 else STRANGERS - 1


@dataclass
class _Batch:
    """One session's letters. What left within the hour is counted once, then added to."""

    office: Office
    account: Account
    session: CourierSession
    most: int
    stopping: Callable[[], bool]
    sent: int
    settled: int = 0
    tried: int = 0
    letter: QueuedLetter | None = None  # the next one, if it was claimed as the last was settled

    def goes_on(self) -> bool:
        """Say whether one more letter may be tried."""
        return self.tried < self.most and not self.stopping()

    async def waits(self, more_coming: Callable[[], bool]) -> bool:
        """Say whether a letter may leave now; asked again for a while when more are coming."""
        if self.letter is not None:
            return True
        ledger, clock, account = self.office.ledger, self.office.clock, self.account
        for _ in range(round(LONGEST_IDLE / LOOK_EVERY)):
            coming = more_coming()
            if ledger.letter_waits(account.address, clock.now(), ANSWERS, self._urgency()):
                return True
            if not coming:
                break
            await asyncio.sleep(LOOK_EVERY)
        return False

    async def send_next(self) -> bool:
        """Send one letter; return whether the session may go on.

        It is claimed only once the connection stands: a crash while connecting leaves no doubt,
        and a server that cannot be reached costs no letter a try.
        """
        office, account = self.office, self.account
        office.pulse.beat()
        self.tried += 1
        closed = None if office.settings.rehearse else await self.session.open()
        if closed is not None:
            shut(office, account, closed)
            return False
        letter, self.letter = self.letter or self._claim(), None
        if letter is None:
            return True
        if why := reason_to_withdraw(office, letter):
            self._keep(Tried(letter.id, "withdrawn", None, why))
            return True
        if not may_leave(office, letter):
            self._keep(Tried(letter.id, "rehearsed"))
            return True
        result = await self.session.send(account.address, letter.recipients, letter.raw)
        tried = _settle(office, account, letter, result)
        self._keep(tried)
        _tell(office, letter, tried, result)
        return not self.session.over

    def give_back(self) -> None:
        """Let go of a letter that was claimed and then not tried."""
        if self.letter is not None:
            now, office = self.office.clock.now(), self.office
            office.ledger.release_letter(self.letter.id, office.worker, now)

    def _urgency(self) -> int:
        return _least(self.account, self.sent)

    def _keep(self, tried: Tried) -> None:
        """Record what a try came to; where the next letter leaves at once, claim that as well."""
        self.settled += tried.outcome in SETTLED
        self.sent += tried.outcome in {"sent", "uncertain"}
        if self.goes_on() and not self.session.over and not self.account.budget.pause_seconds:
            self.letter = self._claim(tried)
        else:
            now, worker = self.office.clock.now(), self.office.worker
            told = (tried.outcome, tried.code, tried.text, tried.retry_at)
            self.office.ledger.record_attempt(tried.letter_id, worker, now, *told)

    def _claim(self, tried: Tried | None = None) -> QueuedLetter | None:
        office = self.office
        return office.ledger.claim_letter(
            self.account.address, office.worker, office.clock.now(), SENDING, ANSWERS,
            self._urgency(), tried,
        )  # fmt: skip


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


def _settle(office: Office, account: Account, letter: QueuedLetter, result: SendResult) -> Tried:
    """Say what a server's answer means for a letter, and for the door it left by."""
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
    return Tried(letter.id, outcome, result.code, result.text[:500], retry_at)


def _is_hopeless(office: Office, letter: QueuedLetter, result: SendResult) -> bool:
    """Say whether a letter that is only put off has been so for days (RFC 5321 §4.5.4.1)."""
    if result.reason == "suspected-spam":
        return letter.attempts >= MOST_SUSPECTED
    waited = office.clock.now() - letter.created_at
    return letter.attempts >= MOST_TRIES and waited >= PATIENCE


def _tell(office: Office, letter: QueuedLetter, tried: Tried, result: SendResult) -> None:
    """Log what came of a letter; mark the recipients a server does not know, as a bounce would."""
    log.info(
        "letter", letter=letter.id, kind=letter.kind, outcome=tried.outcome, code=result.code,
        reason=result.reason,
    )  # fmt: skip
    gone = [r for r in result.refused_recipients if r.refusal.reason == "no-such-recipient"]
    for recipient in gone:
        office.ledger.mark_bounced(letter.id, recipient.address, office.clock.now())
    if result.refused_recipients:
        count = len(result.refused_recipients)
        log.warning("recipients-refused", letter=letter.id, count=count, unknown=len(gone))


def _wait(letter: QueuedLetter) -> timedelta:
    wait: timedelta = FIRST_WAIT * 2 ** min(letter.attempts, 10)
    return min(wait, LONGEST_WAIT)
