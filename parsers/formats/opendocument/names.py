"""The element and attribute names of OpenDocument that carry or hide text."""

from __future__ import annotations

from parsers.formats.ooxml.xml import namer

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE = namer(f"{_OASIS}office:1.0")
TEXT = namer(f"{_OASIS}text:1.0")
TABLE = namer(f"{_OASIS}table:1.0")
STYLE = namer(f"{_OASIS}style:1.0")
FO = namer(f"{_OASIS}xsl-fo-compatible:1.0")
SVG = namer(f"{_OASIS}svg-compatible:1.0")
DRAW = namer(f"{_OASIS}drawing:1.0")
FORM = namer(f"{_OASIS}form:1.0")
FIELD = namer("urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0")
CALC = namer("urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0")
LOEXT = namer("urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0")
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

P, H = TEXT("p"), TEXT("h")
ROW, CELL, COVERED = TABLE("table-row"), TABLE("table-cell"), TABLE("covered-table-cell")
ROW_GROUPS = frozenset(
    TABLE(name) for name in ("table-header-rows", "table-rows", "table-row-group")
)
