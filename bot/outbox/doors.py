"""When an account's way out is shut, for how long, and that the operator is told of it once.

Only what concerns the account or its server shuts the door; what a server says of one letter
does not. A letter behind a shut door is not touched, so waiting costs it nothing.
"""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.log import get_log
from bot.mailboxes.breaker import Breaker, fingerprint
from bot.outbox.refusals import Scope
from bot.watch.alerts import alarm, all_clear

if TYPE_CHECKING:
    from bot.office import Office
    from bot.outbox.sending import SendResult
    from bot.settings import Account

log = get_log("doors")
DAY = timedelta(days=1)
ALERT = "account-paused"
FARTHEST = timedelta(days=2)  # a later instant was set by a clock that went wrong
LONG = timedelta(hours=4)  # a pause worth telling of
MANY_FAULTS = 7  # in a row; by then half an hour has gone by


def is_shut(office: Office, account: Account) -> bool:
    """Say whether a refusal of the whole account or server still has to be waited out.

    A refused login is not tried again soon: providers block mailboxes for that. Other
    credentials open the door at once (bot/mailboxes/breaker.py).
    """
    now = office.clock.now()
    if not office.breakers[door_of(account)].allows(now, credentials(account)):
        return True
    told = office.ledger.recall(door_of(account))
    until = datetime.fromisoformat(told) if told else now
    return now < until <= now + FARTHEST


def shut(office: Office, account: Account, result: SendResult) -> datetime:
    """Shut the door after an answer that is not one letter's; return until when.

    Where no wait helps, a person has to act: it is tried once a day, or with new credentials.
    """
    now, door, breakers = office.clock.now(), door_of(account), office.breakers
    if result.reason == "login-refused":
        breakers[door] = breakers[door].refused(now, credentials(account))
    else:
        breakers[door] = breakers[door].faulted(now, random.random())  # noqa: S311 - jitter
    until = _until(now, result, breakers[door].until)
    if result.code or result.scope == Scope.ACCOUNT:
        office.ledger.remember(door, until.isoformat())
    log.error("account-paused", reason=result.reason, until=until.isoformat())
    if result.scope == Scope.ACCOUNT and (result.wait is None or result.wait >= LONG):
        alarm(office, ALERT, door, result.reason)
    elif breakers[door].faults >= MANY_FAULTS:
        alarm(office, ALERT, door, result.reason if result.code else "network")
    return until


def open_again(office: Office, account: Account) -> None:
    """Note that the account sends; the operator hears that a trouble is over."""
    door = door_of(account)
    if office.breakers[door] != Breaker():
        all_clear(office, ALERT, door)
        office.breakers[door] = Breaker()


def door_of(account: Account) -> str:
    """Return the name under which the door's state and alerts are kept."""
    return f"smtp:{account.address}"


def credentials(account: Account) -> str:
    """Return a fingerprint of what the account logs in with."""
    secret = account.password.get_secret_value() if account.password else ""
    return fingerprint(account.username, secret)


def _until(now: datetime, result: SendResult, by_breaker: datetime | None) -> datetime:
    """Take the provider's waiting time where an answer names one, else the breaker's."""
    if result.reason == "login-refused" or not (result.code or result.scope == Scope.ACCOUNT):
        return by_breaker or now + DAY
    return now + (result.wait or DAY)
