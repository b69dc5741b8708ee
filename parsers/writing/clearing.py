"""How cells of a workbook are emptied: the package's own XML is changed, all else stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.formats.ooxml.package import opened
from parsers.formats.ooxml.xml import is_strict
from parsers.formats.sheet import refs
from parsers.formats.xlsx import workbook, worksheets
from parsers.marking.copy import Copy
from parsers.marking.sheet_cells import SheetCells

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parsers.document import Place


def clear_xlsx(data: bytes, places: Iterable[Place]) -> bytes:
    """Return a copy without what stands at the places; KeyError for one it does not have."""
    with opened(data) as package:
        part, root = workbook(package)
        copy = Copy(package, strict=is_strict(package.read(part)))
        sheets = {title: target for title, target, _ in worksheets(package, part, root)}
        for place in places:
            at = refs.position(place.ref or "")
            if at is None:
                raise KeyError(place)
            SheetCells(copy.tree(sheets[place.sheet or ""])).clear(*at)
        return copy.save()
