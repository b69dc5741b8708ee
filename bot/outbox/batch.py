"""One session's letters: claimed some at a time, sent in turn, what they came to kept.

A letter is claimed before a byte of it leaves; what it came to is kept as the next are claimed,
so that in a flood a few answers cost one commit, and a crash leaves no more than those in doubt.
"""

from __future__ import annotations

import asyncio
import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.log import get_log
from bot.office import Office
from bot.outbox.caps import STRANGERS
from bot.outbox.courier import CourierSession
from bot.outbox.doors import open_again, shut
from bot.outbox.refusals import Scope
from bot.rehearsal.apart import may_leave
from bot.reminders.chasing import reason_to_withdraw
from bot.settings import Account
from state.outbox import LEAST, SETTLED
from state.rows.letters import QueuedLetter, Tried

if TYPE_CHECKING:
    from bot.outbox.sending import SendResult
    from state.rows.letters import AttemptOutcome

log = get_log("delivery")
ANSWERS = frozenset(
    {"receipt", "correction", "unrecognised"}
    | {"command-done", "command-confirm", "command-unclear", "command-told", "command-own"}
)
"""Kinds sent once more, byte for byte, when the server's answer to the first try was lost."""
SENDING = timedelta(minutes=15)  # a lease: a server may take ten to answer a letter's final dot
FRESH = timedelta(minutes=1)  # a claim that has waited longer might lapse amid the sending
AT_ONCE = 4  # letters claimed in one commit, where no pause lies between them
UNKEPT = timedelta(seconds=1)  # what a letter came to waits no longer for those claimed with it
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=2), timedelta(hours=4)
MOST_TRIES, PATIENCE = 8, timedelta(days=3)  # both, before a letter that is put off is given up
MOST_SUSPECTED = 3  # tries of a text that is taken for spam (facts: mail §3.3)
LOOK_EVERY, LONGEST_IDLE = 0.02, 3.0  # seconds


def urgency(account: Account, sent: int) -> int:
    """Return how urgent a letter must be to leave when so many have left within the hour.

    Half of the hour's letters are not for strangers, so that a flood of them delays no unit.
    """
    return LEAST if sent < account.budget.per_hour / 2 else STRANGERS - 1


@dataclass
class Batch:
    """One session's letters. What left within the hour is counted once, then added to."""

    office: Office
    account: Account
    session: CourierSession
    most: int
    stopping: Callable[[], bool]
    sent: int
    settled: int = 0
    tried: int = 0
    claimed: deque[QueuedLetter] = field(default_factory=deque)  # and not tried yet
    ended: list[Tried] = field(default_factory=list)  # and not kept yet
    since: datetime | None = None  # when `claimed` were claimed

    def goes_on(self) -> bool:
        """Say whether one more letter may be tried."""
        return self.tried < self.most and not self.stopping()

    async def waits(self, more_coming: Callable[[], bool]) -> bool:
        """Say whether a letter may leave now; asked again for a while when more are coming."""
        if self.claimed:
            return True
        ledger, clock, account = self.office.ledger, self.office.clock, self.account
        for _ in range(round(LONGEST_IDLE / LOOK_EVERY)):
            coming, least = more_coming(), urgency(account, self.sent)
            if ledger.letter_waits(account.address, clock.now(), ANSWERS, least):
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
        closed = None if office.settings.rehearse else await self.session.open()
        if closed is not None:
            shut(office, account, closed)
            return False
        letter = self._next()
        self.tried += 1
        if letter is None:
            return True
        if why := reason_to_withdraw(office, letter):
            self._end(Tried(letter.id, "withdrawn", None, why))
            return True
        if not may_leave(office, letter):
            self._end(Tried(letter.id, "rehearsed"))
            return True
        result = await self.session.send(account.address, letter.recipients, letter.raw)
        tried = _settle(office, account, letter, result)
        self._end(tried)
        _tell(office, letter, tried, result)
        return not self.session.over

    def close(self) -> None:
        """Keep what letters came to, and let go of those that were claimed and not tried."""
        now, office = self.office.clock.now(), self.office
        self._keep(now)
        while self.claimed:
            office.ledger.release_letter(self.claimed[0].id, office.worker, now)
            self.claimed.popleft()

    def _next(self) -> QueuedLetter | None:
        now = self.office.clock.now()
        if self.since is not None and now - self.since > FRESH:
            self.close()
        if not self.claimed:
            self._claim(now)
        return self.claimed.popleft() if self.claimed else None

    def _end(self, tried: Tried) -> None:
        """Take down what a try came to; after the last of those claimed with it, keep it."""
        now = self.office.clock.now()
        self.settled += tried.outcome in SETTLED
        self.sent += tried.outcome in {"sent", "uncertain"}
        self.ended.append(tried)
        if self.claimed and self.since is not None and now - self.since < UNKEPT:
            return
        at_once = not self.claimed and not self.account.budget.pause_seconds
        if at_once and self.goes_on() and not self.session.over:
            self._claim(now)
        else:
            self._keep(now)

    def _claim(self, now: datetime) -> None:
        office, account = self.office, self.account
        more = office.ledger.claim_letters(
            account.address, office.worker, now, SENDING, ANSWERS,
            urgency(account, self.sent), self.ended, self._room(),
        )  # fmt: skip
        self.ended.clear()
        self.claimed.extend(more)
        self.since = now

    def _room(self) -> int:
        """Return how many letters may be claimed now, all of which follow the same rule.

        Where commits go side by side (a shared ledger) none is saved: one, so that a crash leaves
        no more than one in doubt.
        """
        budget = self.account.budget
        if budget.pause_seconds or self.office.ledger.is_shared:
            return 1
        to_half = math.ceil(budget.per_hour / 2 - self.sent)
        return min(AT_ONCE, self.most - self.tried, to_half if to_half > 0 else AT_ONCE)

    def _keep(self, now: datetime) -> None:
        while self.ended:
            one = self.ended[0]
            told = (one.outcome, one.code, one.text, one.retry_at)
            self.office.ledger.record_attempt(one.letter_id, self.office.worker, now, *told)
            del self.ended[0]


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
