"""What is remembered: the ledger's revision and health, open troubles, a bucket, a rehearsal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.checkup.result import broken, fine, look
from bot.keeping.leftovers import is_rehearsing, rehearsed
from bot.keeping.opening import open_archive
from bot.rehearsal.apart import FOLDER, in_rehearsal, page_of
from state.engine import LedgerUnavailableError, file_of
from state.ledger import Ledger
from state.migrations import revisions
from state.objects import ArchiveUnavailableError

PROBE = b"shoubiao doctor was here at "

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.checkup.result import Result
    from bot.checkup.scene import Scene


def ledger(scene: Scene) -> Iterator[Result]:
    """Say whether the ledger opens, is whole and up to date; it is not migrated here."""
    file = file_of(scene.settings.ledger_url)
    if file is not None and not file.exists():
        yield fine("ledger.new")
        return
    book = Ledger(scene.settings.ledger_url)
    try:
        yield from _looked_into(book)
    except LedgerUnavailableError as fault:
        yield broken("ledger.unreachable", why=str(fault))
    finally:
        book.close()


def rehearsal(scene: Scene) -> Iterator[Result]:
    """Say whether it is one, or what one left lies on although letters leave by now."""
    settings = scene.settings
    if settings.rehearse:
        yield look("rehearsal.on", folder=settings.data)
        return
    folder = settings.data / FOLDER
    if not rehearsed(settings.data) or is_rehearsing(settings.data):
        return
    if _has_run(scene):
        yield look("rehearsal.left", folder=folder)
    elif page_of(in_rehearsal(settings)).exists():
        yield fine("rehearsal.done", folder=folder)


def _has_run(scene: Scene) -> bool:
    file = file_of(scene.settings.ledger_url)
    if file is not None and not file.exists():
        return False
    book = Ledger(scene.settings.ledger_url)
    try:
        return book.has_tables() and book.counts()["mails"] > 0
    except LedgerUnavailableError:  # which the ledger's own check tells
        return False
    finally:
        book.close()


def bucket(scene: Scene) -> Iterator[Result]:
    """Say whether the bucket of raw mails takes something, gives it back, and lets it go."""
    archive = open_archive(scene.settings)
    sample = PROBE + scene.clock.now().isoformat().encode()
    try:
        sha256 = archive.put(sample)
        whole = archive.get(sha256) == sample
        archive.forget(sha256)
    except ArchiveUnavailableError as fault:
        yield broken("bucket.fails", why=str(fault))
        return
    yield fine("bucket.works") if whole else broken("bucket.fails", why="damaged")


def _looked_into(book: Ledger) -> Iterator[Result]:
    if not book.has_tables():
        yield fine("ledger.new")
        return
    revision, known = book.revision(), revisions()
    head = known[0]
    if revision not in known:
        yield broken("ledger.ahead", revision=revision, newest=head)
        return
    if revision != head:
        yield look("ledger.pending", revision=revision, newest=head)
        return
    faults = book.faults()
    yield (
        broken("ledger.damaged", why="; ".join(faults))
        if faults
        else fine("ledger.whole", revision=revision)
    )
    for alert in book.open_alerts():
        since = f"{alert.opened_at:%Y-%m-%d %H:%M} UTC"
        yield broken("alert.open", kind=alert.kind, about=alert.subject, since=since)
