"""A mail's forms as the reading process finds and carries them, without a process."""

from __future__ import annotations

from parsers.carry import MAILS, dump, load
from rules.judging.arrival import in_force, preferred
from rules.judging.noted import NOTES, Noted, hollowed, note_forms
from rules.judging.told import hear, tell


def carried(mail, arrival, campaigns):
    """Return what a judge is handed: the mail, and notes of its forms; both carried as JSON."""
    opened = in_force(campaigns, arrival)
    prefer = preferred(opened, arrival)
    known = {c.id: c for c in hear(tell(campaigns))}
    notes, told = note_forms(mail, tuple(known[c.id] for c in opened), prefer)
    came = load(MAILS, dump(MAILS, hollowed(mail, told)))
    return came, Noted(came, load(NOTES, dump(NOTES, notes)), opened, prefer)
