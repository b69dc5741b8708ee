"""What judging asks of the ledger about earlier mails."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.orders.people import on_record
from bot.outbox.marks import thread_token, tokens_in
from rules.outcome import Standing
from rules.who.learned import Learned

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from bot.office import Office
    from parsers.mail import Mail
    from rules.reading import Reading
    from rules.roster import Roster
    from rules.who.learned import Known
    from state.rows.submissions import SpokenRow

SENT = frozenset({Standing.ACCEPTED, Standing.ACCEPTED_LATE})


AGAIN = 100
"""So many of the latest numbers of submissions are asked for again: beside a slower worker's a
higher one may have become visible first (PostgreSQL)."""


class _Taught:
    """What a campaign's submissions had taught up to one of them and one act of a person."""

    def __init__(self, audit: int) -> None:
        self.audit = audit
        self.last = 0
        self.learned = Learned()

    def add(self, row: SpokenRow) -> None:
        """Learn one sender's word."""
        self.last = max(self.last, row.submission_id)
        if row.address:
            self.learned.add(row.address, row.unit, named=row.by == "form")


class _Addresses:
    """rules.who.learned.Known over the ledger, which is asked only when this is."""

    def __init__(self, history: LedgerHistory, campaign: str) -> None:
        self._history = history
        self._campaign = campaign

    def unit_of(self, address: str) -> str | None:
        """Return the one unit an address spoke for."""
        with self._history.learned(self._campaign) as learned:
            return learned.unit_of(address)

    def units_at(self, domain: str) -> frozenset[str]:
        """Return the units whose addresses are at a domain; of many, two."""
        with self._history.learned(self._campaign) as learned:
            return learned.units_at(domain)


class LedgerHistory:
    """rules.judging.judge.History over the ledger."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._taught: dict[str, _Taught] = {}
        self._turn = threading.Lock()

    def known_addresses(self, campaign: str) -> Known:
        """Return whom to ask for which unit an address has spoken, and who uses a domain."""
        return _Addresses(self, campaign)

    @contextmanager
    def learned(self, campaign: str) -> Iterator[Learned]:
        """Give what the ledger teaches at this moment; only what is new in it is asked for.

        Who coordinates passes on what is others', which teaches nothing.
        """
        ledger, found = self._office.ledger, self._office.campaign(campaign)
        coordinate = on_record(self._office, found) if found is not None else frozenset()
        with self._turn:
            audit = ledger.last_audit()
            taught = self._taught.get(campaign)
            if taught is None or taught.audit != audit:  # a person may have withdrawn something
                taught = self._taught[campaign] = _Taught(audit)
            for row in ledger.spoken(campaign, taught.last - AGAIN):
                taught.add(row if row.address not in coordinate else replace(row, address=""))
            yield taught.learned

    def thread_unit(self, campaign: str, mail: Mail) -> str | None:
        """Return the unit of the letter this mail answers: by reference, then by token.

        Providers rewrite Message-IDs (facts/mail.md §4.1), so the subject's token counts too.
        """
        references = (*mail.in_reply_to, *reversed(mail.references))
        letter = self._office.ledger.letter_by_message_ids(references) if references else None
        if letter is not None and letter.campaign == campaign and letter.unit:
            return letter.unit
        return self._unit_of_token(campaign, mail.subject)

    def stands(self, campaign: str, unit: str, requirement: str) -> bool:
        """Say whether something the unit sent for the requirement is in force."""
        row = self._office.ledger.standings(campaign, unit).get((unit, requirement))
        return row is not None and row.standing in SENT

    def earlier(self, campaign: str, unit: str, before: datetime) -> list[Reading]:
        """Return what the forms said that a unit had sent until then, whatever became of them."""
        versions = self._office.ledger.submissions(campaign, in_force=False, unit=unit)
        return [said for row in versions if row.received_at < before for said in row.readings]

    def in_force(self, campaign: str, unit: str, requirement: str, item: str) -> Reading | None:
        """Return what the form in force says; None where there is none, or it came in several."""
        row = self._office.ledger.standing_submission(campaign, unit, requirement, item)
        return row.readings[0] if row is not None and len(row.readings) == 1 else None

    def _unit_of_token(self, campaign_id: str, subject: str) -> str | None:
        tokens = tokens_in(subject)
        campaign = self._office.campaign(campaign_id)
        if not tokens or campaign is None:
            return None
        marked = _units_by_token(self._office.installation, campaign_id, campaign.roster)
        units = {unit for token in tokens for unit in marked.get(token, ())}
        return units.pop() if len(units) == 1 else None


@lru_cache(maxsize=32)  # a roster is frozen and equal only to itself
def _units_by_token(
    installation: str, campaign: str, roster: Roster
) -> Mapping[str, tuple[str, ...]]:
    """Return which units' letters a token marks: one's, but for the rarest of chances."""
    marked: dict[str, tuple[str, ...]] = {}
    for unit in roster.units:
        token = thread_token(installation, campaign, unit.id)
        marked[token] = (*marked.get(token, ()), unit.id)
    return marked
