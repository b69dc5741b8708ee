"""What an admin reads in a roster's workbook: its sheets' names and a note at each heading."""

from __future__ import annotations

from rules.roster_sheet import RosterWords
from templates import words


def roster_words() -> RosterWords:
    """Return the words that `rules.roster_sheet` writes into a workbook."""
    said = words.load("roster.yaml")
    return RosterWords(said["sheet"], said["choices"], said["notes"])
