"""What stands on a picture file, or a PDF of pictures, once somebody has taken a look."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.allowance import LEFT_OUT, looking
from parsers.document import Document
from parsers.formats import read_document
from parsers.message.files import NO_TABLE
from parsers.sniff import sniff
from parsers.unreadable import Unreadable


@dataclass(frozen=True, slots=True)
class Look:
    """A document, or the problem and its detail; neither for a picture without a table.

    `pages` tells how many pages with a table were read for it.
    """

    document: Document | None
    problem: str | None = None
    detail: str = ""
    pages: int = 0


def look_at(data: bytes, name: str, pages: int) -> Look:
    """Look at a file's pictures, at most so many pages of them."""
    with looking(pages) as allowance:
        try:
            document = read_document(data, sniff(data, name))
        except Unreadable as refusal:
            used = pages - max(0, allowance.pages)
            if allowance.pages < 0:  # a table stands there, and was not read
                return Look(None, "too-large", LEFT_OUT, used)
            problem = None if refusal.problem == NO_TABLE else refusal.problem
            return Look(None, problem, refusal.detail, used)
    return Look(document, pages=pages - max(0, allowance.pages))
