"""What a reminder asks of a unit, to whom it goes, and in which minute of its day."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from rules.calendar import nearest_workday
from rules.finding import Finding
from rules.judging.announced import Announced
from rules.outcome import Standing
from rules.standing import Due

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from rules.campaign import Reminders, Requirement
    from rules.roster import Unit

GOOD = frozenset({Standing.ACCEPTED, Standing.ACCEPTED_LATE, Standing.NIL})
MOST_OF_BUDGET = 0.75  # of an account's hour for reminders; the rest is for answers
BEFORE_EXPIRY = timedelta(days=2)


class State(StrEnum):
    """What of a thing owed has come so far."""

    NOTHING = "nothing"
    RETURNED = "returned"  # it came, and waits for its correction
    PART = "part"  # some of its items are in force, this one waits for its correction
    ANNOUNCED = "announced"  # only a link came, which will expire


@dataclass(frozen=True, slots=True)
class Came:
    """One version that a unit sent, good or returned."""

    requirement: str
    item: str
    standing: Standing
    received_at: datetime
    findings: tuple[Finding, ...] = ()
    sender: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing a reminder asks for. `kept` are the items of it that are in force."""

    due: Due
    state: State
    version: Came | None = None
    kept: tuple[str, ...] = ()
    link: Announced | None = None


def asked_of(
    dues: Iterable[Due], came: Sequence[Came], links: Mapping[str, Announced]
) -> tuple[Asked, ...]:
    """Return what a unit still has to send of these dues, with what is known of each.

    `came` are its versions in order of receipt; `links` maps a requirement's key to the link
    that announced it. Where many may be sent, each returned item is asked for by itself.
    """
    return tuple(asked for due in dues for asked in _asked(due, came, links))


def _asked(due: Due, came: Sequence[Came], links: Mapping[str, Announced]) -> tuple[Asked, ...]:
    own = [c for c in came if c.requirement == due.requirement.key]
    open_ = open_versions(due.requirement, own)
    kept = tuple(dict.fromkeys(c.item for c in own if c.standing in GOOD and c.item))
    if not due.is_open:
        return tuple(Asked(due, State.PART, version, kept) for version in open_)
    if open_:
        return tuple(Asked(due, State.RETURNED, version) for version in open_)
    link = links.get(due.requirement.key)
    state = State.ANNOUNCED if link is not None else State.NOTHING
    return (Asked(due, state, link=link),)


def open_versions(requirement: Requirement, came: Sequence[Came]) -> tuple[Came, ...]:
    """Return the returned versions that still wait for a correction, one an item.

    Nothing good may have come after one, for a corrected copy may name its item differently.
    Where one is asked for, a good version stands and nothing is open.
    """
    good = [c for c in came if c.standing in GOOD]
    if good and requirement.per_unit == "one":
        return ()
    last = max((c.received_at for c in good), default=None)
    settled = {c.item for c in good}
    waiting: dict[str, Came] = {}
    for version in came:
        after = last is None or version.received_at > last
        named = not good or (version.item and version.item not in settled)
        if version.standing is Standing.RETURNED and after and named:
            waiting[version.item] = version
    if requirement.per_unit == "one" and waiting:
        return (max(waiting.values(), key=lambda c: c.received_at),)
    return tuple(waiting.values())


def recipients_of(
    plan: Reminders, left: int, reachable: Sequence[str], submitters: Sequence[str]
) -> tuple[str, ...]:
    """Return the addresses of the one letter a unit gets, `left` days before the due day.

    `reachable` are the unit's addresses, `submitters` who sent something for it, the last one
    last; of neither any that bounced. Who submitted last knows the matter and is asked first.
    """
    latest = submitters[-1:]
    if left > plan.everybody_from and latest:
        return tuple(latest)
    return tuple(dict.fromkeys((*reachable, *latest)))


def superior_of(unit: Unit, named: Mapping[str, Unit]) -> Unit | None:
    """Return the unit of the roster that is another's 上级, if it can be written to at all."""
    superior = named.get("".join(unit.parent.split()))
    if superior is None or superior.id == unit.id or not superior.addresses:
        return None
    return superior


def by_name(units: Iterable[Unit]) -> dict[str, Unit]:
    """Return name or alias → unit; the roster's check sees to it that no two share one."""
    return {"".join(name.split()): unit for unit in units for name in (unit.name, *unit.aliases)}


def spread(plan: Reminders, letters: int, per_hour: int, room: timedelta) -> timedelta:
    """Return over how long a morning's letters are spread: never more than half of `room`."""
    if not plan.spread_minutes:
        return timedelta()
    asked = timedelta(hours=1) * (letters / max(1, math.floor(per_hour * MOST_OF_BUDGET)))
    wanted = max(timedelta(minutes=plan.spread_minutes), asked)
    return min(wanted, room / 2)


def turn_of(campaign: str, unit: str, over: timedelta) -> timedelta:
    """Return how long after the hour a unit's letter leaves: the same on every worker and day."""
    digest = hashlib.sha256(f"{campaign}|{unit}".encode()).digest()
    return timedelta(seconds=int(over.total_seconds() * int.from_bytes(digest[:4]) / 2**32))


def expires_soon(link: Announced, day: date, plan: Reminders) -> bool:
    """Say whether this is the day to write that a link expires: two days before, a working one.

    Not on the day it came, for the answer of that day said so already.
    """
    if link.expires is None:
        return False
    last = (link.expires - BEFORE_EXPIRY).date()
    planned = nearest_workday(last, -1) if plan.workdays_only else last
    return day == planned and day > link.received_at.date()


def bounced_out(addresses: Iterable[str], bounced: Collection[str]) -> tuple[str, ...]:
    """Return the addresses that have not bounced, each once."""
    return tuple(dict.fromkeys(a for a in addresses if a.lower() not in bounced))
