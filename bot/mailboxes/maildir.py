"""How mail is taken from a Maildir: files that other programs put in, read and move at any time."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from imapclient.imap_utf7 import decode, encode

from bot.log import get_log
from bot.mailboxes.base import Arrived, Folders, NotWhole, Seen, WorldFault, in_turn
from bot.mailboxes.providers import SIDE_FOLDERS
from bot.mailboxes.received import header_of
from parsers.message.identity import PIECE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.clock import Clock
    from bot.mailboxes.base import Known, Remembered
    from bot.settings import Account

INBOX = "INBOX"
_FLAGS = {"answered": "R", "flagged": "F"}
_HEADER = 1_000_000  # bytes of a too large mail that are read to find its header
_log = get_log("maildir")


@dataclass(frozen=True, slots=True)
class _Entry:
    """One file: `uid` is drawn from the part of its name that no client changes."""

    uid: int
    path: Path
    size: int
    received_at: datetime


_Stamp = tuple[int, int, int]


class MaildirMailbox:
    """A Maildir++ folder tree; UIDs are hashes of unique names, UIDVALIDITY is the inode."""

    def __init__(self, account: Account, clock: Clock) -> None:
        del clock  # file times tell when mail came
        self._account = account
        self._root = account.maildir or Path()
        self._last: dict[str, frozenset[int]] = {}
        self._stamps: dict[str, _Stamp] = {}  # at the look before
        self._settled: dict[str, tuple[_Stamp, date | None]] = {}

    @property
    def name(self) -> str:
        """The mailbox's address."""
        return self._account.address

    def poll(
        self,
        known: Known,
        *,
        since: date | None = None,
        folders: Folders = Folders.INBOX,
        limit: int | None = None,
        remembered: Remembered | None = None,
    ) -> Iterator[Arrived | Seen]:
        """See Mailbox.poll."""
        del remembered  # a file's number is drawn from its name
        try:
            for folder in self._folders(folders):
                yield from self._poll_folder(folder, known, since, limit)
        except OSError as fault:
            raise WorldFault(f"maildir: {fault!r}") from fault

    def mark_done(self, folder: str, uid: int) -> None:
        """Add the account's flag to the file's name; a mail that is gone is no error."""
        flag = _FLAGS.get(self._account.mark)
        entry = next((one for one in self._entries(folder) if one.uid == uid), None)
        if flag is None or entry is None:
            return
        unique, _, flags = entry.path.name.partition(":2,")
        marked = f"{unique}:2,{''.join(sorted({*flags, flag}))}"
        try:
            entry.path.rename(self._path(folder) / "cur" / marked)
        except FileNotFoundError:
            _log.info("mark-without-mail", uid=uid)

    def break_off(self) -> None:
        """No server is waited for."""

    def close(self) -> None:
        """Nothing is held open."""

    def _poll_folder(
        self,
        folder: str,
        known: Known,
        since: date | None,
        limit: int | None,
    ) -> Iterator[Arrived | Seen]:
        stamp = self._stamp(folder)
        if self._settled.get(folder) == (stamp, since):
            yield self._seen(folder, stamp[0], self._last[folder], frozenset(), set())
            return
        validity = stamp[0]
        entries = {one.uid: one for one in self._entries(folder) if _is_young(one, since)}
        there = known(folder, validity)
        fresh = sorted(
            (one for uid, one in entries.items() if uid not in there),
            key=lambda one: (one.received_at, one.path.name),
        )
        gone, failed = set[int](), set[int]()
        ordered = in_turn(fresh, limit)
        for entry in ordered[:limit]:
            try:
                yield self._arrived(folder, validity, entry)
            except FileNotFoundError:
                gone.add(entry.uid)
            except OSError as fault:
                failed.add(entry.uid)
                _log.warning("mail-not-read", uid=entry.uid, cause=repr(fault))
        waiting = frozenset(e.uid for e in ordered[limit:]) if limit is not None else frozenset()
        self._settle(folder, stamp, since, is_idle=not fresh)
        yield self._seen(folder, validity, frozenset(entries.keys() - gone), waiting, failed)

    def _stamp(self, folder: str) -> _Stamp:
        """Return what changes when a file comes, goes or is renamed: the times of its folders."""
        path = self._path(folder)
        new, cur = ((path / part).stat().st_mtime_ns for part in ("new", "cur"))
        return path.stat().st_ino, new, cur

    def _settle(self, folder: str, stamp: _Stamp, since: date | None, *, is_idle: bool) -> None:
        """Look no more until the times change, once two looks have seen the same ones.

        One is not enough: a file may come in the very instant whose time the folder bears.
        """
        if is_idle and self._stamps.get(folder) == stamp:
            self._settled[folder] = (stamp, since)
        self._stamps[folder] = stamp

    def _seen(
        self,
        folder: str,
        validity: int,
        uids: frozenset[int],
        waiting: frozenset[int],
        failed: set[int],
    ) -> Seen:
        changed = self._last.get(folder) != uids
        self._last[folder] = uids
        return Seen(self.name, folder, validity, uids, waiting, frozenset(failed), changed)

    def _arrived(self, folder: str, validity: int, entry: _Entry) -> Arrived:
        too_large = entry.size > self._account.max_mail_mb * 2**20
        body = self._read(folder, entry, _HEADER if too_large else PIECE)
        in_pieces = len(body) == PIECE and not too_large
        return Arrived(
            self.name,
            folder,
            validity,
            entry.uid,
            entry.received_at,
            entry.size,
            header_of(body) if too_large else body,
            too_large,
            self._rest(folder, entry) if in_pieces else None,
        )

    def _read(self, folder: str, entry: _Entry, most: int) -> bytes:
        with self._opened(folder, entry) as file:
            return file.read(most)

    def _rest(self, folder: str, entry: _Entry) -> Iterator[bytes]:
        """Yield what follows the first piece."""
        try:
            with self._opened(folder, entry) as file:
                file.seek(PIECE)
                while piece := file.read(PIECE):
                    yield piece
        except OSError as fault:
            _log.warning("mail-not-read", uid=entry.uid, cause=repr(fault))
            raise NotWhole(repr(fault)) from fault

    def _opened(self, folder: str, entry: _Entry) -> BinaryIO:
        """Open the file, even when another program has renamed it since it was listed."""
        try:
            return entry.path.open("rb")
        except FileNotFoundError:
            found = (one for one in self._entries(folder) if one.uid == entry.uid)
            return next(found, entry).path.open("rb")

    def _entries(self, folder: str) -> Iterator[_Entry]:
        for part in ("new", "cur"):
            with os.scandir(self._path(folder) / part) as listing:
                yield from (entry for one in listing if (entry := _entry(one)))

    def _path(self, folder: str) -> Path:
        return self._root if folder == INBOX else self._root / ("." + encode(folder).decode())

    def _folders(self, which: Folders) -> Iterator[str]:
        first = (INBOX, *self._account.folders)
        if which is not Folders.SIDE:
            yield from first
        if which is not Folders.INBOX:
            yield from (name for name in self._side_folders() if name not in first)

    def _side_folders(self) -> list[str]:
        with os.scandir(self._root) as listing:
            wires = [one.name[1:] for one in listing if one.name[:1] == "." and one.is_dir()]
        names = (_decoded(wire) for wire in wires)
        return sorted(name for name in names if name.rpartition(".")[2].lower() in SIDE_FOLDERS)


def _entry(listed: os.DirEntry[str]) -> _Entry | None:
    """Only plain files: a pipe or a link put there would hang or lead out."""
    try:
        status = listed.stat(follow_symlinks=False)
    except FileNotFoundError:
        return None
    if listed.name.startswith(".") or not stat.S_ISREG(status.st_mode):
        return None
    unique = os.fsencode(listed.name.partition(":")[0])
    uid = int.from_bytes(hashlib.sha256(unique).digest()[:8], "big") >> 1
    received_at = datetime.fromtimestamp(status.st_mtime, UTC)
    return _Entry(uid, Path(listed.path), status.st_size, received_at)


def _is_young(entry: _Entry, since: date | None) -> bool:
    return since is None or entry.received_at.date() >= since - timedelta(days=1)


def _decoded(wire: str) -> str:
    try:
        return str(decode(wire.encode()))
    except (UnicodeError, ValueError):
        return wire
