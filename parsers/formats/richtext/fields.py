"""What an RTF field shows: its stored result, a form field's state, or a symbol its code names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from parsers.formats.word.controls import TICKED, UNTICKED
from parsers.formats.word.fields import drawn
from parsers.formats.word.symbols import symbol

_SYMBOL = re.compile(
    r"SYMBOL\s+(\d{1,5}|0x[0-9A-Fa-f]{1,4})\b(?:.{0,80}?\\f\s*\"([^\"]{1,40})\")?", re.IGNORECASE
)
_PHONETIC = re.compile(
    r"\\o\s*\\ad\s*\(\\s\\up\s*\d+\(([^()]*)\)\s*[,;]\s*([^()]{1,40})\)", re.IGNORECASE
)
_DEFAULT = 25  # \ffres when nobody has clicked
_MAX_CODE = 2_000


@dataclass(slots=True)
class Field:
    """A field being read; `written` is how much the page had before it."""

    depth: int
    written: int
    code: list[str] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    entries: list[str] = field(default_factory=list)

    def state(self) -> str | None:
        """Return what a check box or a drop-down says; None when the field is neither."""
        kind = self.numbers.get("fftype")
        if kind not in {1, 2}:
            return None
        result = self.numbers.get("ffres", _DEFAULT)
        if result == _DEFAULT:
            result = self.numbers.get("ffdefres", 0)
        if kind == 1:
            return TICKED if result else UNTICKED
        return self.entries[result] if 0 <= result < len(self.entries) else ""

    def drawn(self) -> str:
        """Return what a field without a result draws."""
        code = "".join(self.code)[:_MAX_CODE]
        named = _SYMBOL.search(code)
        if named:
            point = int(named[1], 16) if named[1][:2].lower() == "0x" else int(named[1])
            return symbol(named[2] or "Symbol", f"{point:x}")
        phonetic = _PHONETIC.search(code)
        return phonetic[2] if phonetic else drawn(code)
