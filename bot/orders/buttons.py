"""Buttons: mailto links that order something when they are sent, for one recipient only."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

from bot.orders.command_key import command_key
from rules.commands.code import sign
from rules.commands.command import ACTS, WORDS, Command, Verb
from rules.commands.wording import text_of
from rules.decision import EACH
from templates.views import OrderButton

if TYPE_CHECKING:
    from datetime import datetime

    from bot.office import Office
    from rules.campaign import Campaign
    from state.rows.mails import MailRow

LIFE = timedelta(days=14)
MOST_CLAIMS = 3  # buttons of units a held mail may be from


class Buttons:
    """The buttons of one letter to one recipient about one campaign.

    `occasion` names the letter (a day, a mail): each button works once for it. Send the letter
    to exactly `recipient`, which must be on the campaign's record.
    """

    def __init__(
        self,
        office: Office,
        campaign: Campaign,
        recipient: str,
        occasion: str,
        life: timedelta = LIFE,
    ) -> None:
        self._campaign = campaign
        self._recipient = recipient
        self._occasion = occasion
        self._key = command_key(office.settings)
        self._mailbox = office.writes_from(campaign) or ""
        self.until: datetime = office.clock.now() + life

    def href(self, command: Command) -> str:
        """Return `mailto:…?subject=…`; in a template it is escaped like any other text."""
        subject = quote(self.subject(command), safe="")
        return f"mailto:{quote(self._mailbox, safe='@')}?subject={subject}"

    def named(self, command: Command) -> OrderButton:
        """Return a button for a letter: what it orders in words, its link, its subject."""
        text = text_of(command, self._campaign)
        return OrderButton(text, self.href(command), self.subject(command))

    def labelled(self, command: Command) -> tuple[str, str]:
        """Return what a button orders, in words, and its link."""
        return text_of(command, self._campaign), self.href(command)

    def subject(self, command: Command) -> str:
        """Return what the button sends, readable for a person, with its code if it needs one."""
        text = text_of(command, self._campaign)
        return f"{text} [{self.code(command)}]" if command.verb in ACTS else text

    def code(self, command: Command) -> str:
        """Return the code alone, for a letter whose reply gives the command."""
        said = (self._campaign.id, command, self._recipient, self.until, self._occasion)
        return sign(self._key, *said)

    def to_complete(self, verb: Verb, number: int) -> tuple[str, str]:
        """Return a link that leaves the rest to be typed, as whose a mail is.

        It has no code: who sends it is asked to confirm.
        """
        text = f"{WORDS[verb][0]} 第{number}号"
        return text, f"mailto:{quote(self._mailbox, safe='@')}?subject={quote(f'{text} → ')}"


def held_buttons(buttons: Buttons, row: MailRow) -> tuple[tuple[str, str], ...]:
    """Return what can be done with a held mail, (words, link) each: whose it may be, 重读, 办结.

    A letter to a person is mostly dealt with by answering it: there 办结 stands first.
    """
    likely = (row.candidates or ())[:MOST_CLAIMS]
    each = (EACH,) if row.reason == "several-units" else ()
    claims = [Command(Verb.CLAIM, row.id, unit) for unit in (*each, *(m.id for m in likely))]
    known = tuple(buttons.labelled(command) for command in claims[:MOST_CLAIMS])
    again = buttons.labelled(Command(Verb.REREAD, row.id))
    ended = buttons.labelled(Command(Verb.SETTLE, row.id))
    read = (*(known or (buttons.to_complete(Verb.CLAIM, row.id),)), again)
    return (ended, *read) if row.reason == "message-for-a-person" else (*read, ended)


def button(
    office: Office, campaign: Campaign, command: Command, recipient: str, occasion: str
) -> str:
    """Return the link of a single button."""
    return Buttons(office, campaign, recipient, occasion).href(command)
