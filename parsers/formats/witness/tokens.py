"""How a page's content falls into numbers, names and operators: most are told at a glance.

Pdfminer goes from state to state for each; what is plain, and ends within its buffer, is taken by
one pattern here, as the very token pdfminer would make of it. All else is left to pdfminer.
"""

from __future__ import annotations

import re
from typing import Any

from pdfminer.pdfinterp import PDFContentParser
from pdfminer.psparser import KWD, LIT

_END = rb"#/%\[\]()<>{}\s"
_PLAIN = re.compile(
    rb"\s*(?:"
    rb"(?P<whole>[+-]?\d{1,30})(?=[^0-9.])"
    rb"|(?P<broken>[+-]?(?:\d{1,30}\.\d{0,30}|\.\d{1,30}))(?=[^0-9])"
    rb"|/(?P<name>[^" + _END + rb"]*)(?=[" + _END.replace(b"#", b"") + rb"])"
    rb"|(?!(?:BI|ID)[" + _END + rb"])(?P<word>[A-Za-z][^" + _END + rb"]*)(?=[" + _END + rb"]))"
)
_SAID = {b"true": True, b"false": False}


class Content(PDFContentParser):
    """Pdfminer's parser of a page's content streams, quick where nothing is to be decided."""

    def nextobject(self) -> Any:
        """Return the next operand or operator, with its position."""
        if not self.results and not self.context:
            return self._plain() or super().nextobject()
        return super().nextobject()

    def nexttoken(self) -> Any:
        """Return the next token, with its position."""
        return self._plain() or super().nexttoken()

    def _plain(self) -> tuple[int, Any] | None:
        found = None if self._tokens else _PLAIN.match(self.buf, self.charpos)
        if found is None:
            return None
        kind = found.lastgroup or ""
        self.charpos = found.end()
        return self.bufpos + found.start(kind) - (kind == "name"), _KINDS[kind](found[kind])


def _named(name: bytes) -> Any:
    try:
        return LIT(name.decode())
    except UnicodeDecodeError:
        return LIT(name)


def _worded(word: bytes) -> Any:
    return _SAID[word] if word in _SAID else KWD(word)


_KINDS: dict[str, Any] = {"whole": int, "broken": float, "name": _named, "word": _worded}
