"""The element and attribute names of SpreadsheetML 2003."""

from __future__ import annotations

from parsers.formats.ooxml.xml import namer

SS = namer("urn:schemas-microsoft-com:office:spreadsheet")
X = namer("urn:schemas-microsoft-com:office:excel")
HTML = namer("http://www.w3.org/TR/REC-html40")
