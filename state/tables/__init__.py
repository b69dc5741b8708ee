"""The tables of the ledger, one object each; migrations build them, a test compares the two."""

from state.tables.acts import AMENDS, PAUSED, acts, amendments, pauses
from state.tables.letters import LEASED, WAITING, attempts, letter_bytes, letters, recipients
from state.tables.mails import UNDECIDED, arrivals, files, mails, polls
from state.tables.metadata import METADATA
from state.tables.notes import OPEN, alerts, audits, facts
from state.tables.rosters import rosters
from state.tables.submissions import submissions
from state.tables.workers import leases, workers

__all__ = [
    "AMENDS",
    "LEASED",
    "METADATA",
    "OPEN",
    "PAUSED",
    "UNDECIDED",
    "WAITING",
    "acts",
    "alerts",
    "amendments",
    "arrivals",
    "attempts",
    "audits",
    "facts",
    "files",
    "leases",
    "letter_bytes",
    "letters",
    "mails",
    "pauses",
    "polls",
    "recipients",
    "rosters",
    "submissions",
    "workers",
]
