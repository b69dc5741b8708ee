"""Trouble that ends a command with one sentence and exit status 2."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Trouble(Exception):  # noqa: N818 - it is the user's trouble, not our error
    """Unusable input; the text says what, where and the remedy."""


class KnownTrouble(Trouble):
    """Trouble of which templates/mistakes has the sentence, in the terminal's language."""

    def __init__(self, code: str, file: object = "", **facts: object) -> None:
        from templates.checkup import language_of

        self._said = (code, str(file), facts)
        super().__init__(self.told(language_of(os.environ)))

    def told(self, language: str) -> str:
        """Say it in a language."""
        from bot.settings.mistakes import Mistake

        code, file, facts = self._said
        return Mistake(code, facts, file).told(language)


def wrong(code: str, file: object = "", **facts: object) -> KnownTrouble:
    """Return the trouble with a file, or with what was given: a constant of templates/mistakes."""
    return KnownTrouble(code, file, **facts)


@contextmanager
def told_in(language: str) -> Iterator[None]:
    """Tell mistakes in settings and campaigns in this language, whatever the terminal's is."""
    try:
        yield
    except Exception as error:
        told = _mistake(error, language)
        if told is None:
            raise
        raise Trouble(told) from None


def known_trouble(error: Exception) -> str | None:
    """Return the sentence of an error that already has one; None for our own faults."""
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    from templates.checkup import language_of

    told = _mistake(error, language_of(os.environ))
    if told is not None:
        return told
    from bot.keeping.upgrading import NewerLedgerError

    if isinstance(error, NewerLedgerError):
        return str(error)
    from state.engine import LedgerUnavailableError

    if isinstance(error, LedgerUnavailableError):
        return f"the ledger cannot be used: {error}; see to the disk or the database, start again"
    return None


def _mistake(error: Exception, language: str) -> str | None:
    """Return what is said of settings or a campaign folder that cannot be used."""
    if isinstance(error, KnownTrouble):
        return error.told(language)
    from bot.settings import SettingsError

    if isinstance(error, SettingsError):
        return error.told(language)
    from rules.folder.problem import CampaignError

    if not isinstance(error, CampaignError):
        return None
    if language != "zh":
        return str(error)
    from templates.broken import tell_problem

    return "\n".join(tell_problem(problem) for problem in error.problems)
