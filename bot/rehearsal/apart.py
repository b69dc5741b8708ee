"""A rehearsal (演练): everything is rendered, nothing leaves, and all it keeps lies apart.

It has a ledger, an archive and a key of its own in `data/rehearsal`: a run afterwards finds its
mails unanswered, and no button of a rehearsal orders anything.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from bot.office import Office
    from bot.settings import Settings
    from state.rows.letters import QueuedLetter

FOLDER, PAGES, SINCE = "rehearsal", "pages", "since"


def in_rehearsal(settings: Settings) -> Settings:
    """Return the settings of a deployment's rehearsal: nothing of the deployment is touched."""
    data = settings.data / FOLDER
    unmarked = tuple(a.model_copy(update={"mark": "none"}) for a in settings.accounts)
    own = {"data": data, "ledger_url": f"sqlite:///{data}/ledger.db"}
    none = {"archive": None, "command_key": None}
    return settings.model_copy(update={"rehearse": True, "accounts": unmarked, **own, **none})


def may_leave(office: Office, letter: QueuedLetter) -> bool:
    """Say whether a letter is sent: of a rehearsal only digests, to those who asked for them."""
    settings = office.settings
    asked = letter.kind == "digest" and {*letter.recipients} <= {*settings.rehearse_to}
    return not settings.rehearse or asked


def page_of(settings: Settings) -> Path:
    """Return the page to begin with."""
    return settings.data / PAGES / "index.html"


def rehearsed_since(settings: Settings, now: datetime) -> datetime | None:
    """Return when the rehearsal began that a first real run follows; None without one.

    Mails that came while it lasted are answered as if the run had begun then. One that ended
    longer ago than mails are answered at all is forgotten.
    """
    path = settings.data / FOLDER / SINCE
    try:
        began, _, last = path.read_text(encoding="utf-8").partition(" ")
    except FileNotFoundError:
        return None
    patience = timedelta(days=settings.first_contact.answer_max_age_days)
    return datetime.fromisoformat(began) if now - datetime.fromisoformat(last) < patience else None
