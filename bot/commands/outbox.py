"""`shoubiao outbox …`: what a letter says, and what a person decides about those that wait."""

from __future__ import annotations

import sys
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

import typer

from bot.commands.held import actor
from bot.commands.offices import desk_of
from bot.commands.rows import clock, in_words, print_fields, print_json, shown
from bot.commands.screen import aside, screen
from bot.commands.trouble import said, wrong
from state.refused import ActRefusedError
from state.resending import STOPPED
from templates.terminal import Term

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from bot.desk import Desk
    from state.rows.letters import AttemptRow, LetterRow


def show_letter(number: int, config: Path, *, as_json: bool) -> int:
    """Print one letter."""
    with desk_of(config) as desk:
        row = next((one for one in desk.ledger.letters() if one.id == number), None)
        if row is None:
            raise wrong("no-letter", letter=number)
        message = message_from_bytes(_bytes_of(desk, number), policy=policy.default)
        tried, zone = desk.ledger.attempts_of(number), desk.settings.timezone
    body = message.get_body(("plain",))
    text = str(body.get_content()) if body is not None else ""
    files = [part.get_filename() for part in message.iter_attachments()]
    told = {
        "letter": row.id, "kind": row.kind, "state": row.state, "to": list(row.recipients),
        "subject": row.subject, "files": files, "tries": [_told_try(one) for one in tried],
        "text": text,
    }  # fmt: skip
    if as_json:
        print_json(told)
        return 0
    tries = [_shown_try(one, zone) for one in tried]
    print_fields({name: told[name] for name in told if name != "text"} | {"tries": tries})
    screen().print(f"\n{text}", markup=False)
    return 0


def _told_try(one: AttemptRow) -> str:
    """Say when a letter was tried to be sent, what came of it, what the server said."""
    said = f"{one.code or ''} {one.text}".strip()
    return f"{one.at:%Y-%m-%d %H:%M} UTC {one.outcome} {said}".strip()


def _shown_try(one: AttemptRow, zone: str) -> str:
    """Say the same to a person, by the clocks here."""
    said = f"{one.code or ''} {one.text}".strip()
    return f"{clock(one.at.isoformat(), zone)} {in_words('state', one.outcome)} {said}".strip()


def _bytes_of(desk: Desk, number: int) -> bytes:
    try:
        return desk.ledger.letter_raw(number)
    except KeyError:
        raise wrong("letter-purged", letter=number) from None


def approve(numbers: Sequence[int], config: Path, *, everything: bool, as_json: bool) -> int:
    """Let waiting letters go; those that do not wait are named, and nothing else is done."""
    with desk_of(config) as desk:
        if everything == bool(numbers):
            raise wrong("name-letters-or-all")
        ledger, enough = desk.ledger, desk.settings.approval.first
        ids = tuple(row.id for row in ledger.waiting()) if everything else tuple(numbers)
        if everything and not ids:
            screen().print(said("none-to-approve"))
            return 0
        done = _decided(lambda: ledger.approve_letters(ids, actor(), desk.clock.now(), enough))
    return _told(done, ids, "approved", as_json=as_json)


def refuse(numbers: Sequence[int], config: Path, *, as_json: bool) -> int:
    """Keep waiting letters back."""
    if not numbers:
        raise wrong("name-letters")
    with desk_of(config) as desk:
        now = desk.clock.now()
        done = _decided(lambda: desk.ledger.refuse_letters(tuple(numbers), actor(), now))
    return _told(done, tuple(numbers), "refused", as_json=as_json)


def retry(numbers: Sequence[int], config: Path, *, really: bool, as_json: bool) -> int:
    """Send letters again that a server refused or may have taken; asks first, unless told to."""
    if not numbers:
        raise wrong("name-letters")
    with desk_of(config) as desk:
        rows = [_stopped(desk, number) for number in dict.fromkeys(numbers)]
        if not really:
            _confirm(rows, as_json=as_json)
        done = desk.ledger.resend_letters(rows, actor(), desk.clock.now())
    return _told(done, tuple(numbers), "queued", as_json=as_json)


def _stopped(desk: Desk, number: int) -> LetterRow:
    """Return a letter that stopped; Trouble says why another is not sent again."""
    row = next((one for one in desk.ledger.letters() if one.id == number), None)
    if row is None:
        raise wrong("no-letter", letter=number)
    if row.state not in STOPPED:
        raise wrong("letter-not-stopped", letter=number, state=Term("ends", row.state))
    return row


def _confirm(rows: Sequence[LetterRow], *, as_json: bool) -> None:
    """Show what would be sent once more, and let a person say so; Trouble where nobody is."""
    for row in rows:
        kind, to = Term("letter_kinds", row.kind), ", ".join(row.recipients)
        facts = {"letter": row.id, "kind": kind, "to": to, "subject": row.subject}
        why = f"{row.code or ''} {row.text or ''}".strip()
        doubt = "letter-may-have-arrived" if row.state == "uncertain" else "letter-stopped"
        answer = said(doubt, state=Term("ends", row.state), why=why)
        aside().print(f"{shown(said('letter-to-retry', **facts))}\n    {shown(answer)}")
    if as_json or not sys.stdin.isatty():
        raise wrong("retry-unasked")
    if not typer.confirm(said("send-again"), default=False):
        raise wrong("retry-no")


def _decided(act: Callable[[], tuple[int, ...]]) -> tuple[int, ...]:
    try:
        return act()
    except ActRefusedError:
        return ()


def _told(done: Sequence[int], asked: Sequence[int], what: str, *, as_json: bool) -> int:
    """Say of each letter what became of it; 1 if one that was asked for is left as it is."""
    ends = dict.fromkeys(sorted({*asked, *done}), "is left as it is") | dict.fromkeys(done, what)
    for number, end in sorted(ends.items()):
        if as_json:
            print_json({"letter": number, "done": end})
        else:
            code = f"letter-{what if number in done else 'left'}"
            screen().print(said(code, letter=number), markup=False)
    return 0 if set(asked) <= set(done) else 1
