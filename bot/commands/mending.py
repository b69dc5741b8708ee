"""`held export` and `held import`: a held mail leaves as a file, and comes back mended."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

from bot.commands.drafts import write_new
from bot.commands.held import actor, ended, held_json, held_mail, mail_of, not_fetched
from bot.commands.offices import desk_of
from bot.commands.rows import print_json
from bot.commands.screen import screen
from bot.commands.trouble import said, wrong
from bot.keeping.backups import private
from parsers.message.identity import PIECE, key_of
from parsers.message.top import MOST_READ, read_top

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from bot.commands.drafts import Writer
    from bot.desk import Desk
    from parsers.mail import Mail
    from state.rows.mails import MailRow

LARGEST = 512 << 20  # bytes of a mail put back


def export_held(
    numbers: Sequence[int], folder: Path, config: Path, *, everything: bool, as_json: bool
) -> int:
    """Write each mail as .eml, and beside it why it is held."""
    with private(), desk_of(config) as desk:
        if everything == bool(numbers):
            raise wrong("name-mails")
        rows = desk.ledger.held() if everything else [mail_of(desk, n) for n in numbers]
        files: dict[Path, bytes | Writer] = {}
        for row in rows:
            eml = folder / f"mail-{row.id:04d}.eml"  # never a name out of the mail
            files |= {eml: _raw(desk, row), eml.with_suffix(".json"): _why(desk, row)}
        write_new(files)
        for row in rows:
            path = str(folder / f"mail-{row.id:04d}.eml")
            if as_json:
                print_json({"mail": row.id, "did": "export", "file": path})
            else:
                screen().print(said("mail-written", mail=row.id, file=path), markup=False)
    return 0


def import_mended(
    file: Path, number: int | None, config: Path, *, anyway: bool, as_json: bool
) -> int:
    """Put a mended copy in place of a held mail, which stays the same mail."""
    top, key = _mail_in(file)
    beside = _beside(file)
    target = number if number is not None else beside.get("mail")
    if not isinstance(target, int):
        raise wrong("mended-whose", file, beside=file.with_suffix(".json").name)
    with desk_of(config) as desk:
        row = held_mail(desk, target)
        _check_export(desk, row, beside if number is None else {}, file)
        _check_content(desk, row, key, file)
        _check_sender(row, top, file, anyway=anyway)
        sha256, size = desk.archive.put_stream(_pieces(file))
        now = desk.clock.now()
        desk.ledger.mend_mail(row.id, actor(), now, sha256, key, size)
    if as_json:
        print_json({"mail": target, "did": "import", "sha256": sha256})
    else:
        screen().print(said("mail-mended", mail=target, file=file), markup=False)
    return 0


def _raw(desk: Desk, row: MailRow) -> Writer:
    """Return what copies a raw mail; Trouble while nothing is written yet if there is none."""
    if row.purged_at is not None:
        raise wrong("mail-purged", mail=row.id)
    try:
        desk.archive.top(row.raw_sha256, 1)
    except FileNotFoundError:
        raise wrong("mail-lost", mail=row.id) from None

    def copy(path: Path) -> None:
        with desk.archive.local(row.raw_sha256) as raw:
            shutil.copyfile(raw, path)

    return copy


def _why(desk: Desk, row: MailRow) -> bytes:
    told = held_json(desk, row) | {
        "sha256": row.raw_sha256,
        "outcome": row.outcome,
        "campaign": row.campaign,
        "not_fetched": not_fetched(desk, row),
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _mail_in(file: Path) -> tuple[Mail, str]:
    """Return a mail's headers and its content key, read piece by piece."""
    if not file.is_file():
        raise wrong("no-such-file", file)
    if file.stat().st_size > LARGEST:
        raise wrong("mended-too-large", file, limit=LARGEST >> 20)
    with file.open("rb") as opened:
        top = read_top(opened.read(MOST_READ))
    if not (top.sender or top.subject or top.message_id):
        raise wrong("no-mail-in-file", file)
    return top, key_of(_pieces(file))


def _pieces(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened:
        while piece := opened.read(PIECE):
            yield piece


def _beside(file: Path) -> dict[str, Any]:
    """Return what the export wrote beside the mail, {} where nothing usable is."""
    try:
        told = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _check_export(desk: Desk, row: MailRow, beside: dict[str, Any], file: Path) -> None:
    """Refuse a copy of another installation's mail that has the same number."""
    known = {row.raw_sha256, *(a.raw_sha256 for a in desk.ledger.arrivals_of(row.id))}
    if beside and beside.get("sha256") not in known:
        raise wrong("mended-elsewhere", file, mail=row.id)


def _check_content(desk: Desk, row: MailRow, key: str, file: Path) -> None:
    standing = desk.ledger.mail_of_content(key)
    if standing == row.id and row.mended_key in {None, key}:
        raise wrong("mended-same", file, mail=row.id)
    if standing is not None and standing != row.id:
        other = mail_of(desk, standing)
        raise wrong("mended-twice", file, mail=standing, outcome=ended(other))


def _check_sender(row: MailRow, top: Mail, file: Path, *, anyway: bool) -> None:
    sender = top.sender
    differs = sender is not None and sender.address != row.sender_address
    if row.sender_address and differs and not anyway:
        raise wrong("mended-sender", file, mail=row.id)
