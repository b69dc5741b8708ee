"""What a rehearsal came to, as pages: every mail, how it ended, every letter it would have sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.log import get_log
from bot.rehearsal.apart import PAGES, SINCE
from bot.reports.album import write_album

if TYPE_CHECKING:
    from bot.office import Office

log = get_log("showing")
SHOWN = "pages-shown"


def show(office: Office) -> int:
    """Lay it out, where something was added; return how many letters."""
    settings = office.settings
    if not settings.rehearse:
        return 0
    _note_since(office)
    letters = office.ledger.letters()
    mark = f"{len(letters)} {office.ledger.equation().arrivals}"
    if office.ledger.recall(SHOWN) == mark:
        return 0
    write_album(settings.data / PAGES, office, rehearsed=True)
    office.ledger.remember(SHOWN, mark)
    log.info("shown", letters=len(letters))
    return len(letters)


def _note_since(office: Office) -> None:
    """Leave a note of when it began and when it last worked."""
    path, now = office.settings.data / SINCE, office.clock.now().isoformat()
    began = path.read_text(encoding="utf-8").partition(" ")[0] if path.exists() else now
    path.write_text(f"{began} {now}", encoding="utf-8")
