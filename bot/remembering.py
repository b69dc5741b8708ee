"""What judging asks of the ledger about earlier mails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.marks import thread_token, tokens_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.office import Office
    from parsers.mail import Mail


class LedgerHistory:
    """rules.judge.History over the ledger."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def known_addresses(self, campaign: str) -> Mapping[str, str]:
        """Address → the one unit it spoke for."""
        return self._office.ledger.known_addresses(campaign)

    def thread_unit(self, campaign: str, mail: Mail) -> str | None:
        """Return the unit of the letter this mail answers: by reference, then by token.

        Providers rewrite Message-IDs (facts/mail.md §4.1), so the subject's token counts too.
        """
        references = (*mail.in_reply_to, *reversed(mail.references))
        letter = self._office.ledger.letter_by_message_ids(references) if references else None
        if letter is not None and letter.campaign == campaign and letter.unit:
            return letter.unit
        return self._unit_of_token(campaign, mail.subject)

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
