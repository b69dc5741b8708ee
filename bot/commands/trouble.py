"""Trouble that ends a command with one sentence and exit status 2."""

from __future__ import annotations

import errno
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
        self._said = (code, str(file), facts)
        super().__init__(self.told(language()))

    def told(self, language: str) -> str:
        """Say it in a language."""
        from bot.settings.mistakes import Mistake

        code, file, facts = self._said
        return Mistake(code, facts, file).told(language)


def language() -> str:
    """Return the terminal's language."""
    from templates.checkup import language_of

    return language_of(os.environ)


def said(code: str, **facts: object) -> str:
    """Return what a command answers, in the terminal's language: of templates/terminal."""
    from templates.terminal import say

    return say(language(), code, facts)


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
        name = errno.errorcode.get(error.errno or 0, "")
        return str(wrong(f"os_{name}", error.filename, why=error.strerror))
    told = _mistake(error, language())
    if told is not None:
        return told
    from state.engine import LedgerUnavailableError

    if isinstance(error, LedgerUnavailableError):
        return str(wrong("ledger-unavailable", why=error))
    return None


def _mistake(error: Exception, language: str) -> str | None:
    """Return what is said of settings, a backup, a campaign folder that cannot be used."""
    if isinstance(error, KnownTrouble):
        return error.told(language)
    from bot.settings.mistakes import ToldError

    if isinstance(error, ToldError):
        return error.told(language)
    from rules.folder.problem import CampaignError

    if not isinstance(error, CampaignError):
        return None
    if language != "zh":
        return str(error)
    from templates.broken import tell_problem

    return "\n".join(tell_problem(problem) for problem in error.problems)
