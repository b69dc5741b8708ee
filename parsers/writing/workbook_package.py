"""What a finished .xlsx still lacks: the same bytes every time, and what its formulas come to."""

from __future__ import annotations

import io
import re
import shutil
import tempfile
import zipfile
from typing import TYPE_CHECKING

from openpyxl.writer.excel import ExcelWriter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl import Workbook

_STAMP = (1980, 1, 1, 0, 0, 0)
_PIECE = 1 << 20  # bytes
_WRITTEN = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_SHEET_PART = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
_FORMULA = re.compile(rb'(<c r="([A-Z]+\d+)"[^>]*><f>[^<]*</f>)<v\s*(?:/>|></v>)')


def settled(book: Workbook, known: Sequence[dict[str, str]]) -> bytes:
    """Return a workbook's package without the time of writing, each formula with its value."""
    buffer = io.BytesIO()
    with tempfile.TemporaryFile() as whole:
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as loose:
            ExcelWriter(book, loose).save()
        with zipfile.ZipFile(whole) as loose, zipfile.ZipFile(buffer, "w") as new:
            for info in loose.infolist():
                _pack(loose, info, new, known)
    return buffer.getvalue()


def _pack(
    loose: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    new: zipfile.ZipFile,
    known: Sequence[dict[str, str]],
) -> None:
    """Compress one part, piece by piece where it stays as it is."""
    entry = zipfile.ZipInfo(info.filename, _STAMP)
    entry.compress_type = zipfile.ZIP_DEFLATED
    sheet = _SHEET_PART.fullmatch(info.filename)
    values = known[int(sheet[1]) - 1] if sheet and known else {}
    if info.filename == "docProps/core.xml":
        new.writestr(entry, _WRITTEN.sub(rb"\g<1>1980-01-01T00:00:00Z", loose.read(info)))
    elif values:
        new.writestr(entry, _with_values(loose.read(info), values))
    else:
        with loose.open(info) as part, new.open(entry, "w") as packed:
            shutil.copyfileobj(part, packed, _PIECE)


def _with_values(part: bytes, values: dict[str, str]) -> bytes:
    """Write the known values beside the formulas; openpyxl leaves them empty."""
    return _FORMULA.sub(
        lambda found: found[1] + f"<v>{values.get(found[2].decode(), '')}</v>".encode(), part
    )
