"""Trouble that ends a command with one sentence and exit status 2."""

from __future__ import annotations


class Trouble(Exception):  # noqa: N818 - it is the user's trouble, not our error
    """Unusable input; the text says what, where and the remedy."""


def known_trouble(error: Exception) -> str | None:
    """Return the sentence of an error that already has one; None for our own faults."""
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    from bot.settings import SettingsError

    if isinstance(error, SettingsError):
        return str(error)
    from bot.keeping.upgrading import NewerLedgerError

    if isinstance(error, NewerLedgerError):
        return str(error)
    from rules.folder.problem import CampaignError
    from state.engine import LedgerUnavailableError

    if isinstance(error, LedgerUnavailableError):
        return f"the ledger cannot be used: {error}; see to the disk or the database, start again"
    return str(error) if isinstance(error, CampaignError) else None
