"""How a newer program takes over an older ledger: a copy is kept first, which is the way back."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from bot.log import get_log
from bot.settings.mistakes import Mistake, ToldError
from state.migrations import revisions

if TYPE_CHECKING:
    from pathlib import Path

    from state.ledger import Ledger

log = get_log("upgrading")


class NewerLedgerError(ToldError):
    """A ledger that a newer program has worked with."""


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
        facts = {"there": there, "known": known[0], "folder": data}
        copies = (copy_of(data, there, old) for old in known)
        left = next((copy.name for copy in copies if copy.exists()), "")
        code = "ledger-newer-kept" if left else "ledger-newer"
        raise NewerLedgerError(Mistake(code, facts | {"kept": left}))
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
