"""What becomes of a coordinator's own words that order nothing: asked back, not taken for a unit's.

Left to the judge, they would be a stranger's chat, or a message of the unit that they name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.orders.acting import not_done
from bot.orders.answer import Asked, is_capped
from bot.orders.order import Refused
from bot.orders.people import masters_of, units_of
from parsers.message.automatic import subject_hints
from rules.commands.said import answers_question, own_words
from rules.judging.courtesy import is_only_thanks

if TYPE_CHECKING:
    from bot.office import Office
    from bot.orders.answer import End
    from parsers.mail import Mail
    from rules.decision import Decision
    from state.rows.mails import ClaimedMail

WORDS_ONLY = frozenset({"stranger", "thanks", "message-for-a-person"})


def ask_back(office: Office, claimed: ClaimedMail, mail: Mail, decision: Decision) -> End | None:
    """Tell who coordinates that the mail was not understood; None: it is somebody else's."""
    said = own_words(mail.subject, mail.text)
    asked_before = answers_question(mail.subject)
    thanks = is_only_thanks(mail.text.strip() or said) and not asked_before
    silent = not claimed.answerable or claimed.assigned_unit or thanks
    if decision.reason not in WORDS_ONLY or mail.sender is None or silent or not said:
        return None
    asked = Asked(office, claimed, mail, mail.sender.address.lower())
    campaigns = masters_of(office, asked.sender, claimed.mailbox)
    if not campaigns or subject_hints(mail.subject):
        return None
    if any(units_of(office, campaign, asked.sender) for campaign in campaigns):
        return None
    code = "not-confirmed" if asked_before else "not-understood"
    return None if is_capped(asked) else not_done(asked, campaigns[0], said, Refused(code))
