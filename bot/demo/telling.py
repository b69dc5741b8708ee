"""What is printed of a season: what people did, which letters left, and the equations."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from rich.console import Console

    from bot.office import Office
    from templates.album import AlbumView

    Note = tuple[str, datetime, str]


def tell_season(
    views: Sequence[AlbumView], office: Office, notes: Sequence[Note], console: Console
) -> bool:
    """Print what happened; True if every equation holds."""
    for view in views:
        _tell(console, view, [(at, note) for of, at, note in notes if of == view.campaign.id])
    total = office.ledger.equation()
    console.print(
        f"\nall mailboxes: mails {total.arrivals} = accepted {total.accepted} + returned"
        f" {total.returned} + ignored {total.ignored} + held {total.held}"
        f" (+ pending {total.pending})"
    )
    return all(view.equation.holds for view in views)


def _tell(console: Console, view: AlbumView, notes: Sequence[tuple[datetime, str]]) -> None:
    """Print a campaign's season: what people did, which letters left, and the equation."""
    console.rule(view.campaign.id)
    for at, note in sorted(notes):
        console.print(f"[dim]{at:%m-%d %H:%M}[/dim]  {note}", highlight=False)
    kinds = Counter((line.kind, line.end) for line in view.lines if line.way == "out")
    table = Table("letters", "state", "count", title=view.campaign.title, box=None)
    for (kind, state), count in sorted(kinds.items()):
        table.add_row(kind, state, str(count))
    console.print(table)
    e = view.equation
    console.print(
        f"{view.campaign.id}: mails {e.mails} = accepted {e.accepted} + returned {e.returned}"
        f" + ignored {e.ignored} + held {e.held} (+ pending {e.waiting})",
        soft_wrap=True,
    )
