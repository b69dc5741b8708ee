"""Why a file that was recognised cannot be read: a constant for machines, a detail for people."""

from __future__ import annotations


class Unreadable(Exception):  # noqa: N818 - an answer about a file, in the words of File.problem
    """Raised by a reader; `problem` is one of the constants of `parsers.mail.File.problem`."""

    def __init__(self, problem: str, detail: str = "") -> None:
        super().__init__(f"{problem}: {detail}" if detail else problem)
        self.problem = problem
        self.detail = detail
