"""Who saved a workbook last, as its program wrote it into the file."""

from __future__ import annotations

from parsers.formats.ooxml.package import opened
from parsers.formats.ooxml.xml import parse
from parsers.names import one_line
from parsers.unreadable import Unreadable

_PART = "docProps/core.xml"
_NAMES = ("lastModifiedBy", "creator")
_PROGRAMS = frozenset({"", "openpyxl", "Administrator", "User", "user", "admin"})
_LONGEST = 60


def saved_by(data: bytes) -> str:
    """Return the name of the person, "" when the file names nobody or only a program."""
    try:
        with opened(data) as package:
            root = parse(package.read(_PART))
    except (Unreadable, KeyError):
        return ""
    said = {str(node.tag).rpartition("}")[2]: node.text or "" for node in root}
    names = (one_line(said.get(name, ""))[:_LONGEST].strip() for name in _NAMES)
    return next((name for name in names if name not in _PROGRAMS), "")
