"""`shoubiao outbox …`: what a letter says, and what a person decides about those that wait."""

from __future__ import annotations

import sys
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

import typer

from bot.commands.held import actor
from bot.commands.offices import desk_of
from bot.commands.rows import print_json, shown
from bot.commands.screen import aside, screen
from bot.commands.trouble import Trouble
from state.refused import ActRefusedError
from state.resending import STOPPED

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
            raise Trouble(f"there is no letter {number}; `shoubiao outbox` lists those that wait")
        message = message_from_bytes(_bytes_of(desk, number), policy=policy.default)
        tries = [_told_try(one) for one in desk.ledger.attempts_of(number)]
    body = message.get_body(("plain",))
    text = str(body.get_content()) if body is not None else ""
    files = [part.get_filename() for part in message.iter_attachments()]
    told = {
        "letter": row.id, "kind": row.kind, "state": row.state, "to": list(row.recipients),
        "subject": row.subject, "files": files, "tries": tries, "text": text,
    }  # fmt: skip
    if as_json:
        print_json(told)
        return 0
    for name in ("kind", "state", "to", "subject", "files", "tries"):
        screen().print(f"{name}: {shown(told[name])}", markup=False)
    screen().print(f"\n{text}", markup=False)
    return 0


def _told_try(one: AttemptRow) -> str:
    """Say when a letter was tried to be sent, what came of it, what the server said."""
    said = f"{one.code or ''} {one.text}".strip()
    return f"{one.at:%Y-%m-%d %H:%M} UTC {one.outcome} {said}".strip()


def _bytes_of(desk: Desk, number: int) -> bytes:
    try:
        return desk.ledger.letter_raw(number)
    except KeyError:
        raise Trouble(f"letter {number} was purged; only when it was written is left") from None


def approve(numbers: Sequence[int], config: Path, *, everything: bool, as_json: bool) -> int:
    """Let waiting letters go; those that do not wait are named, and nothing else is done."""
    with desk_of(config) as desk:
        if everything == bool(numbers):
            raise Trouble("name the letters, or give --all; `shoubiao outbox` lists them")
        ledger, enough = desk.ledger, desk.settings.approval.first
        ids = tuple(row.id for row in ledger.waiting()) if everything else tuple(numbers)
        if everything and not ids:
            screen().print("no letter waits to be approved")
            return 0
        done = _decided(lambda: ledger.approve_letters(ids, actor(), desk.clock.now(), enough))
    return _told(done, ids, "approved", as_json=as_json)


def refuse(numbers: Sequence[int], config: Path, *, as_json: bool) -> int:
    """Keep waiting letters back."""
    if not numbers:
        raise Trouble("name the letters; `shoubiao outbox` lists them")
    with desk_of(config) as desk:
        now = desk.clock.now()
        done = _decided(lambda: desk.ledger.refuse_letters(tuple(numbers), actor(), now))
    return _told(done, tuple(numbers), "refused", as_json=as_json)


def retry(numbers: Sequence[int], config: Path, *, really: bool, as_json: bool) -> int:
    """Send letters again that a server refused or may have taken; asks first, unless told to."""
    if not numbers:
        raise Trouble("name the letters; `shoubiao outbox` lists them")
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
        raise Trouble(f"there is no letter {number}; `shoubiao outbox` lists them")
    if row.state not in STOPPED:
        raise Trouble(
            f"letter {number} is {row.state}: only one that is refused or uncertain is sent again"
        )
    return row


def _confirm(rows: Sequence[LetterRow], *, as_json: bool) -> None:
    """Show what would be sent once more, and let a person say so; Trouble where nobody is."""
    for row in rows:
        doubt = " (may have arrived: it could be read twice)" if row.state == "uncertain" else ""
        told = f"letter {row.id}: {row.kind} to {', '.join(row.recipients)}: {row.subject}"
        answer = f"    {row.state}{doubt} {row.code or ''} {row.text or ''}".rstrip()
        aside().print(f"{shown(told)}\n    {shown(answer)}")
    if as_json or not sys.stdin.isatty():
        raise Trouble("nothing was sent: --yes sends these letters again")
    if not typer.confirm("Send again?", default=False):
        raise Trouble("nothing was sent")


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
            screen().print(f"letter {number}: {end}", markup=False)
    return 0 if set(asked) <= set(done) else 1
