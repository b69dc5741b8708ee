"""What is remembered: the ledger's revision and health, the troubles that are open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.checkup.result import broken, fine, look
from state.engine import LedgerUnavailableError, file_of
from state.ledger import Ledger
from state.migrations import revisions

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
