"""How a newer program takes over an older ledger: a copy is kept first, which is the way back."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from bot.log import get_log
from state.migrations import revisions

if TYPE_CHECKING:
    from pathlib import Path

    from state.ledger import Ledger

log = get_log("upgrading")


class NewerLedgerError(Exception):
    """A ledger that a newer program has worked with; the text says what to do."""


def bring_up_to_date(ledger: Ledger, data: Path) -> Path | None:
    """Run the revisions a ledger has not seen; return the copy that was kept of it before.

    A ledger of a newer program raises NewerLedgerError and is left as it is. A server's ledger
    is not copied: `shoubiao backup` is for that.
    """
    known = revisions()
    there = ledger.revision() if ledger.has_tables() else ""
    if there == known[0]:
        return None
    if there and there not in known:
        raise NewerLedgerError(
            f"the ledger is of a newer version of shoubiao (revision {there}; this one knows "
            f"{known[0]}): install that version again, or put back the copy that it kept "
            f"({copy_of(data, there, 'XXXX').name} in {data}) in place of ledger.db"
        )
    kept = None
    if there and ledger.file is not None:
        kept = copy_of(data, known[0], there)
        if not kept.exists():
            partial = kept.with_suffix(f".{os.getpid()}.partial")
            partial.unlink(missing_ok=True)
            ledger.copy_to(partial)
            partial.rename(kept)
            log.warning("ledger-kept", copy=kept.name, revision=there)
    ledger.migrate()
    return kept


def copy_of(data: Path, new: str, old: str) -> Path:
    """Return where the ledger of an old revision is kept when a new one takes over."""
    return data / f"ledger-{old}-before-{new}.db"
