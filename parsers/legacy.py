"""Formats that only LibreOffice opens: each by which of its filters, and what comes of it.

It converts outside the reading child (`bot/reading/converting.py`), and only a file whose content
is proven (facts/documents.md §5.4). What it made is read here as its own formats are, without what
it ran today's date into.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parsers.mail import File

NEEDED = "needs LibreOffice"  # a File's detail begins so when it is of a legacy format


@dataclass(frozen=True, slots=True)
class Legacy:
    """How a kind of file is converted: its file ending, LibreOffice's import filter, the result."""

    ending: str
    filter: str
    becomes: str


LEGACIES: Mapping[str, Legacy] = {
    "doc": Legacy("doc", "MS WinWord 6.0", "odt"),  # Word 6 and 95
    "xls": Legacy("xls", "MS Excel 4.0", "ods"),  # Excel 2 to 4
    "xlsb": Legacy("xlsb", "Calc MS Excel 2007 Binary", "ods"),
}


def legacy(what: str) -> Unreadable:
    """Return the refusal of a file that LibreOffice may open; `what` names the format."""
    return Unreadable("unsupported", f"{NEEDED}: {what}")


def legacy_of(file: File) -> Legacy | None:
    """Return how LibreOffice may open a file that was refused, None when it may not."""
    asked = file.problem == "unsupported" and file.detail.startswith(NEEDED)
    return LEGACIES.get(file.kind) if asked else None
