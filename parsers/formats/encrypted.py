"""Encrypted office packages (.docx and .xlsx with a password), opened when everybody has it.

"Read-only recommended" makes Excel encrypt with VelvetSweatshop, which it tries itself when it
opens a file (facts/documents.md §5.3).
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from parsers.compound import opened
from parsers.formats.docx import read_docx
from parsers.formats.msxls.secrecy import PASSWORD
from parsers.formats.xlsx import read_xlsx
from parsers.unreadable import Unreadable
from parsers.zips import member_names

if TYPE_CHECKING:
    from parsers.document import Document

_SPINS = re.compile(rb'spinCount="(\d{1,20})"')
_MAX_SPINS = 1_000_000  # some two seconds; Office writes 100,000


def read_encrypted(data: bytes) -> Document:
    """Read a package that no one has to be asked for; Unreadable("encrypted") for all others."""
    with opened(data) as compound:
        _check_cost(compound.stream("EncryptionInfo"))
    package = _decrypted(data)
    names = member_names(package)
    if "xl/workbook.bin" in names:
        raise Unreadable("unsupported", "xlsb, encrypted")
    if any(name.startswith("xl/") for name in names):
        return read_xlsx(package)
    return read_docx(package)


def _check_cost(info: bytes) -> None:
    spins = _SPINS.findall(info)
    if b"<!DOCTYPE" in info or any(int(count) > _MAX_SPINS for count in spins):
        raise Unreadable("encrypted", "its encryption is hostile")


def _decrypted(data: bytes) -> bytes:
    from msoffcrypto.format.ooxml import (  # type: ignore[import-untyped] # noqa: PLC0415 - rare
        OOXMLFile,
    )

    package = io.BytesIO()
    try:
        file = OOXMLFile(io.BytesIO(data))
        file.load_key(password=PASSWORD)  # its own check of the password fails for Excel's files
        file.decrypt(package)
    except MemoryError:
        raise
    except Exception as error:
        raise Unreadable("encrypted", f"a password is needed ({type(error).__name__})") from error
    if not package.getvalue().startswith(b"PK"):
        raise Unreadable("encrypted", "a password is needed")
    return package.getvalue()
