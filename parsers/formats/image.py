"""Pictures of paper: a scan or photograph with a ruled table is read as the form it shows.

A picture without a table stays what it is: Unreadable("no-table"), told in milliseconds.
Outside `parsers.allowance.looking` none is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.allowance import allowance
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from parsers.document import Document

NOT_LOOKED_AT = "not looked at"


def read_image(data: bytes) -> Document:
    """Read a picture's pages; Unreadable: "no-table", "damaged", "too-large", "unsupported"."""
    if allowance() is None:
        raise Unreadable("no-table", NOT_LOOKED_AT)
    from parsers.formats.scan.file import read_file  # noqa: PLC0415 - only a picture pays for it

    return read_file(data)
