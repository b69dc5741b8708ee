"""What has been written to whom: letters to look at, caps on answers, addresses that bounced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, select, update

from state import rows
from state.columns import Instant, select_row
from state.engine import Database
from state.prepared import Prepared
from state.tables import attempts, letter_bytes, letters, recipients

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement

    from state.rows.letters import AttemptRow, BouncedRow, LetterRow, WrittenRow

c = letters.c
r = recipients.c
# Asked for every mail that is answered, so built once.
ANSWERED = select(func.count(r.letter_id.distinct()))
ANSWERED = ANSWERED.where(r.answer, r.created_at >= bindparam("since", type_=Instant))
ANSWERED_TO = ANSWERED.where(r.address == bindparam("address"))
ANY_ANSWERED_TO = Prepared(ANSWERED_TO)
ITS_BOUNCES = (r.address == bindparam("address"), r.bounced_at.is_not(None))
BOUNCED = Prepared(select(r.letter_id).where(*ITS_BOUNCES).limit(1))
FORGET = Prepared(update(recipients).where(*ITS_BOUNCES).values(bounced_at=None))
WRITTEN = Prepared(
    select(c.unit, c.period, c.state)
    .where(c.campaign == bindparam("campaign"), c.kind == bindparam("kind"))
    .where(c.created_at >= bindparam("since", type_=Instant))
)
NOT_TO_LEAVE = ("withdrawn", "unwanted", "waiting-approval")
EQUALS = ("period", "campaign", "unit", "kind", "state", "account", "mail_id", "subject_key")


class Letters(Database):
    """Letters as history."""

    def letters(
        self, *, since: datetime | None = None, limit: int | None = None, **equal: str | int | None
    ) -> list[LetterRow]:
        """Return letters in order of creation; `equal` may name any column in EQUALS."""
        where = _equal(equal) + (() if since is None else (c.created_at >= since,))
        query = (
            select_row(rows.letters.LetterRow, letters)
            .where(*where)
            .order_by(c.created_at, c.id)
            .limit(limit)
        )
        with self.reading() as connection:
            return [rows.letters.LetterRow(**row) for row in connection.execute(query).mappings()]

    def letters_by_unit(self, campaign: str, kind: str) -> dict[str, int]:
        """Count a campaign's letters of a kind, unit by unit; not those that were not to leave."""
        mine = (c.campaign == campaign, c.kind == kind, c.state.not_in(NOT_TO_LEAVE))
        query = select(c.unit, func.count()).where(*mine)
        with self.reading() as connection:
            return {unit: n for unit, n in connection.execute(query.group_by(c.unit)) if unit}

    def written_since(self, campaign: str, kind: str, since: datetime) -> list[WrittenRow]:
        """Return a campaign's letters of a kind, as little of each as says whom it was for."""
        asked = {"campaign": campaign, "kind": kind, "since": since}
        return [rows.letters.WrittenRow(*row) for row in self.ask(WRITTEN, asked)]

    def last_letter_at(self, campaign: str, kind: str) -> datetime | None:
        """Return when a campaign's last letter of a kind was written, None when none was."""
        query = select(func.max(c.created_at)).where(c.campaign == campaign, c.kind == kind)
        with self.reading() as connection:
            at: datetime | None = connection.scalar(query)
        return at

    def letter_raw(self, letter_id: int) -> bytes:
        """Return the bytes of a letter; KeyError when there is none."""
        query = select(letter_bytes.c.raw).where(letter_bytes.c.letter_id == letter_id)
        with self.reading() as connection:
            raw = connection.scalar(query)
        if raw is None:
            raise KeyError(letter_id)
        return bytes(raw)

    def attempts_of(self, letter_id: int) -> list[AttemptRow]:
        """Return every try to send a letter, in order."""
        query = select_row(rows.letters.AttemptRow, attempts).where(
            attempts.c.letter_id == letter_id
        )
        with self.reading() as connection:
            found = connection.execute(query.order_by(attempts.c.id)).mappings()
            return [rows.letters.AttemptRow(**row) for row in found]

    def answers_to(self, address: str, since: datetime, kind: str | None = None) -> int:
        """How many answers (of a kind) were written to an address (promise P6)."""
        asked = {"since": since, "address": address.lower()}
        if kind is None:
            return int(self.ask(ANY_ANSWERED_TO, asked)[0][0])
        with self.reading() as connection:
            return connection.scalar(ANSWERED_TO.where(*_of_kind(kind)), asked) or 0

    def answers_to_domain(self, domain: str, since: datetime, kind: str | None = None) -> int:
        """How many answers (of a kind) were written to a domain."""
        return self._answers(since, r.domain == domain.lower(), *_of_kind(kind))

    def answers_of_priority(self, priority: int, since: datetime) -> int:
        """How many answers of one priority were written."""
        mine = (c.priority == priority, c.mail_id.is_not(None), c.created_at >= since)
        with self.reading() as connection:
            return connection.scalar(select(func.count()).select_from(letters).where(*mine)) or 0

    def answered_for(self, campaign: str, unit: str, since: datetime) -> set[str]:
        """Return the addresses that got answers for a unit."""
        mine = (c.campaign == campaign, c.unit == unit, r.answer, r.created_at >= since)
        query = select(r.address).join_from(recipients, letters).where(*mine).distinct()
        with self.reading() as connection:
            return set(connection.scalars(query))

    def mark_bounced(self, letter_id: int, address: str, at: datetime) -> bool:
        """Note that a letter came back; False if it was never written to that address."""
        sent = (r.letter_id == letter_id, r.address == address.lower())
        change = update(recipients).where(*sent).values(bounced_at=at)
        with self.writing() as connection:
            return connection.execute(change).rowcount > 0

    def letters_to(self, address: str, since: datetime) -> list[LetterRow]:
        """Return the letters written to an address since then, in order."""
        mine = (r.address == address.lower(), r.created_at >= since)
        query = (
            select_row(rows.letters.LetterRow, letters).join_from(recipients, letters).where(*mine)
        )
        with self.reading() as connection:
            found = connection.execute(query.order_by(c.created_at, c.id)).mappings()
            return [rows.letters.LetterRow(**row) for row in found]

    def forget_bounces(self, address: str) -> bool:
        """Take an address for a good one again; False if it was not marked."""
        its = {"address": address.lower()}
        if not self.ask(BOUNCED, its):
            return False
        with self.writing() as connection:
            return FORGET.change(connection, its) > 0

    def bounced(self, campaign: str | None = None) -> list[BouncedRow]:
        """Return the addresses that letters came back from, latest last."""
        row = (r.address, r.letter_id, r.bounced_at, c.campaign, c.unit)
        query = select(*row).join_from(recipients, letters).where(r.bounced_at.is_not(None))
        if campaign is not None:
            query = query.where(c.campaign == campaign)
        with self.reading() as connection:
            found = connection.execute(query.order_by(r.bounced_at, r.address)).mappings()
            return [rows.letters.BouncedRow(**row) for row in found]

    def _answers(self, since: datetime, *where: ColumnElement[bool]) -> int:
        with self.reading() as connection:
            return connection.scalar(ANSWERED.where(*where), {"since": since}) or 0


def _of_kind(kind: str | None) -> tuple[ColumnElement[bool], ...]:
    return () if kind is None else (r.letter_id.in_(select(c.id).where(c.kind == kind)),)


def _equal(wanted: dict[str, Any]) -> tuple[ColumnElement[bool], ...]:
    if unknown := wanted.keys() - set(EQUALS):
        raise TypeError(f"letters cannot be chosen by {sorted(unknown)}")
    return tuple(c[name] == value for name, value in wanted.items() if value is not None)
