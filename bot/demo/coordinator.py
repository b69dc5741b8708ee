"""What a coordinator does during the season: acts by mail, with letters at hand."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import TYPE_CHECKING
from urllib.parse import unquote

from bot.demo.admin import edited
from bot.demo.people import envelope
from bot.demo.script import Act

if TYPE_CHECKING:
    from datetime import datetime

    from bot.demo.script import Stage

ADDRESS = "kepu-coordinator@example.cn"
CLAIM = re.compile(r"href=\"mailto:[^\"?]*\?subject=([^\"&]+)\"")
XLSX = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Written:
    """What she writes: subject, text, and a roster to go along."""

    subject: str
    text: str = ""
    roster: bytes = b""


Writes = Callable[[list[EmailMessage]], Written]


def claims(unit: str) -> Writes:
    """Press the newest digest's link of the mail that came last, and say whose it is."""

    def write(letters: list[EmailMessage]) -> Written:
        page = _newest(letters, "digest").get_body(("html",))
        subjects = map(unquote, CLAIM.findall(page.get_content() if page else ""))
        last = max((s for s in subjects if s.startswith("认领")), key=_number)
        return Written(last if "[" in last else f"{last}{unit}")

    return write


def types(subject: str) -> Writes:
    """Write an order by hand."""
    return lambda _letters: Written(subject)


def replies(kind: str, word: str) -> Writes:
    """Answer the newest letter of a kind with one word."""
    return lambda letters: Written(
        f"回复：{_newest(letters, kind)['Subject']}", f"{word}\n\n发自我的手机"
    )


def edits(unit: str, heading: str, value: str) -> Writes:
    """Type over a cell of the roster that the bot sent, and mail it back."""

    def write(letters: list[EmailMessage]) -> Written:
        sent = next(_newest(letters, "command-told").iter_attachments())
        roster = edited(bytes(sent.get_payload(decode=True)), unit, heading, value)
        return Written("改好的名单", "请按附件更新。", roster)

    return write


def order(campaign: str, at: datetime, note: str, write: Writes) -> Act:
    """Let the coordinator order something at an hour."""

    def play(stage: Stage) -> None:
        mailbox = stage.mailbox(campaign)
        written = write(_letters(stage, mailbox))
        message = envelope(ADDRESS, mailbox, written.subject, at)
        message.set_content(written.text, cte="base64")
        if written.roster:
            message.add_attachment(written.roster, "application", XLSX, filename="roster.xlsx")
        stage.post(ADDRESS, mailbox, message.as_bytes())

    return Act(campaign, at, f"the coordinator {note}", play)


def _letters(stage: Stage, mailbox: str) -> list[EmailMessage]:
    read = (message_from_bytes(raw, policy=default) for raw in stage.letters_to(ADDRESS))
    return [letter for letter in read if mailbox in str(letter["From"])]


def _newest(letters: list[EmailMessage], kind: str) -> EmailMessage:
    found = [one for one in letters if str(one["Message-ID"]).startswith(f"<{kind}.")]
    return found[-1]


def _number(subject: str) -> int:
    found = re.search(r"\d+", subject)
    return int(found[0]) if found else 0
