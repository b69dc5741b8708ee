"""How RTF is cut into tokens: groups, control words, characters, binary data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

from parsers.unreadable import Unreadable

MAX_TOKENS = 2_000_000

_TOKEN = re.compile(
    rb"\\([A-Za-z]{1,32})(?:(-?\d{1,10})\d*)?[ ]?"
    rb"|\\'([0-9A-Fa-f]{2})"
    rb"|\\([^\x00-\x08\x0b\x0c\x0e-\x1f'\x7f])"
    rb"|([{}])"
    rb"|([^\\{}\x00-\x08\n\x0b-\x1f\x7f]+)"
    rb"|[\r\n]+",
    re.DOTALL,
)
_SKIPPED = re.compile(rb"\\bin(\d{1,10})[ ]?|\\.|[{}]", re.DOTALL)


class Kind(Enum):
    """What a token is."""

    WORD = auto()
    SYMBOL = auto()
    BYTES = auto()
    OPEN = auto()
    CLOSE = auto()


class Token(NamedTuple):
    """`text` is a word's name or a symbol's character; `number` a word's parameter."""

    kind: Kind
    text: str = ""
    number: int | None = None
    data: bytes = b""
    hex: bool = False


_OPEN, _CLOSE = Token(Kind.OPEN), Token(Kind.CLOSE)


@dataclass(slots=True)
class Tokens:
    """The tokens of a file, one at a time; a whole group can be jumped over."""

    data: bytes
    position: int = 0
    _left: int = MAX_TOKENS

    def next(self) -> Token | None:
        """Return the next token, or None at the end."""
        while self.position < len(self.data):
            found = _TOKEN.match(self.data, self.position)
            if found is None:
                raise Unreadable("damaged", "a byte that no text has")
            self.position = found.end()
            if found.lastindex is not None:
                self._count()
                return self._token(found, found.lastindex)
        return None

    def _count(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise Unreadable("too-large", f"over {MAX_TOKENS} tokens")

    def _token(self, found: re.Match[bytes], group: int) -> Token:
        if group <= 2:
            number = int(found[2]) if found[2] else None
            if found[1] == b"bin":
                self.position += max(number or 0, 0)
            return Token(Kind.WORD, found[1].decode("ascii"), number)
        if group == 3:
            return Token(Kind.BYTES, data=bytes([int(found[3], 16)]), hex=True)
        if group == 4:
            return Token(Kind.SYMBOL, found[4].decode("latin-1"))
        if group == 5:
            return _OPEN if found[5] == b"{" else _CLOSE
        return Token(Kind.BYTES, data=found[6])

    def skip_group(self) -> None:
        """Jump to the brace that closes the current group."""
        depth = 1
        while found := _SKIPPED.search(self.data, self.position):
            self.position = found.end()
            if found[1]:
                self.position += int(found[1])
            depth += {b"{": 1, b"}": -1}.get(found[0], 0)
            self._count()
            if depth == 0:
                self.position = found.start()
                return
        self.position = len(self.data)
