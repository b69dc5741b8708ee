"""What judging asks of the ledger about earlier mails."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from bot.outbox.marks import thread_token, tokens_in
from rules.decision import Standing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.office import Office
    from parsers.mail import Mail
    from state.rows import SpokenRow

SENT = frozenset({Standing.ACCEPTED, Standing.ACCEPTED_LATE})


class _Learned:
    """What a campaign's submissions have taught so far, so that each is asked for once."""

    def __init__(self, audit: int) -> None:
        self.audit = audit
        self.last = 0
        self.known: dict[str, str] = {}
        self._units: dict[str, set[str]] = {}
        self._named: set[str] = set()

    def add(self, row: SpokenRow) -> None:
        """Learn one sender's word; who ever spoke for two units is known for neither."""
        self.last = row.submission_id
        if not row.address:
            return
        units = self._units.setdefault(row.address, set())
        units.add(row.unit)
        if row.by == "form":
            self._named.add(row.address)
        self.known.pop(row.address, None)
        if len(units) == 1 and row.address in self._named:
            self.known[row.address] = row.unit


class LedgerHistory:
    """rules.judging.judge.History over the ledger."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._learned: dict[str, _Learned] = {}
        self._turn = threading.Lock()

    def known_addresses(self, campaign: str) -> Mapping[str, str]:
        """Address → the one unit it spoke for."""
        ledger = self._office.ledger
        with self._turn:
            audit = ledger.last_audit()
            learned = self._learned.get(campaign)
            if learned is None or learned.audit != audit:  # a person may have withdrawn something
                learned = self._learned[campaign] = _Learned(audit)
            for row in ledger.spoken(campaign, learned.last):
                learned.add(row)
            return dict(learned.known)

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

    def _unit_of_token(self, campaign_id: str, subject: str) -> str | None:
        tokens = tokens_in(subject)
        campaign = self._office.campaign(campaign_id)
        if not tokens or campaign is None:
            return None
        key = self._office.installation
        units = [
            unit.id
            for unit in campaign.roster.units
            if thread_token(key, campaign_id, unit.id) in tokens
        ]
        return units[0] if len(units) == 1 else None
