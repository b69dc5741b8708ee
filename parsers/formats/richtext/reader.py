"""How the tokens of an RTF file become text and tables: groups, words, characters."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, field

from parsers.formats.richtext.fields import Field
from parsers.formats.richtext.fonts import Fonts
from parsers.formats.richtext.state import State
from parsers.formats.richtext.story import Piece, Story
from parsers.formats.richtext.tokens import Kind, Tokens
from parsers.unreadable import Unreadable

MAX_DEPTH = 1_000
MAX_TEXT = 10_000_000  # characters


@dataclass(slots=True)
class Reader:
    """A file being read."""

    tokens: Tokens
    state: State = field(default_factory=State)
    saved: list[State] = field(default_factory=list)
    fonts: Fonts = field(default_factory=Fonts)
    colors: list[list[int]] = field(default_factory=lambda: [[]])
    stories: list[tuple[int, Story]] = field(default_factory=lambda: [(0, Story())])
    fields: list[Field] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)
    row_open: bool = False
    starred: bool = False
    skip: int = 0  # characters left that stand in for a \u
    written: int = 0
    _raw: bytearray = field(default_factory=bytearray)
    _high: int = 0  # the first half of a character outside the BMP
    _taken: int = 0

    @property
    def depth(self) -> int:
        """How many groups are open."""
        return len(self.saved)

    @property
    def story(self) -> Story:
        """The body, or the innermost text box."""
        return self.stories[-1][1]

    @property
    def level(self) -> int:
        r"""How many tables the paragraph stands in; a row without \\intbl counts as one."""
        if self.state.in_table:
            return self.state.level
        return 1 if self.row_open else 0

    def read(self) -> list[Piece]:
        """Read to the end; Unreadable when the file was cut off or is hostile."""
        from parsers.formats.richtext.words import take_word  # noqa: PLC0415 - words name Reader

        while (token := self.tokens.next()) is not None:
            if token.kind is Kind.BYTES:
                self._bytes(token.data)
                continue
            self._flush()
            if token.kind is Kind.WORD:
                take_word(self, token)
            elif token.kind is Kind.SYMBOL:
                self._symbol(token.text)
            elif token.kind is Kind.OPEN:
                self._open()
            else:
                self._close()
                if not self.saved:
                    break
        self._flush()
        if self.saved:
            raise Unreadable("damaged", "cut off inside a group")
        return self.stories[0][1].close()

    def _open(self) -> None:
        if self.depth >= MAX_DEPTH:
            raise Unreadable("damaged", "nested too deeply")
        self.saved.append(self.state)
        self.state = copy.copy(self.state)
        self.starred, self.skip = False, 0

    def _close(self) -> None:
        self.skip = 0
        if self.fields and self.fields[-1].depth == self.depth:
            self._end_field(self.fields.pop())
        if len(self.stories) > 1 and self.stories[-1][0] == self.depth:
            pieces = self.stories.pop()[1].close()
            self.story.after += [piece for piece in pieces if piece]
        if self.saved:
            self.state = self.saved.pop()

    def _end_field(self, ended: Field) -> None:
        state = ended.state()
        if state is not None:
            self.put(state)
        elif ended.written == self.written:
            self.put(ended.drawn())

    def _bytes(self, data: bytes) -> None:
        r"""Take characters; those that stand in for a \\u are left out, one byte each."""
        left_out = min(self.skip, len(data))
        self.skip -= left_out
        self._raw += data[left_out:]

    def _flush(self) -> None:
        if self._raw:
            state = self.state
            font = state.east_asian if state.script == "dbch" else state.font
            data = bytes(self._raw)
            self._raw.clear()
            self.put(self.fonts.decode(data, font, state.east_asian))

    def unit(self, code: int) -> None:
        r"""Take a \\u: a UTF-16 code unit, two of which make a rare character."""
        code &= 0xFFFF
        high, self._high = self._high, 0
        self.skip = self.state.uc
        if 0xD800 <= code < 0xDC00:
            self._high = code
        elif not 0xDC00 <= code < 0xE000:
            self.put(chr(code))
        elif high:
            self.put(chr(0x10000 + ((high - 0xD800) << 10) + code - 0xDC00))

    def _symbol(self, character: str) -> None:
        if character == "*":
            self.starred = True
        elif self.skip:
            self.skip -= 1
        elif character == "'":
            raise Unreadable("damaged", "half a character")
        elif character in "\r\n":
            self.story.end_line(self.level)
        else:
            self.put(_SYMBOLS.get(character, ""))

    def put(self, text: str) -> None:
        """Write text where the current destination has it."""
        self._taken += len(text)
        if self._taken > MAX_TEXT:
            raise Unreadable("too-large", f"over {MAX_TEXT} characters")
        into = self.state.into
        if not text or into == "nothing":
            return
        if into == "text":
            self._write(text)
        elif into == "fonts":
            self.fonts.name(self.state.font, text)
        elif into == "colors":
            self.colors.extend([] for _ in range(text.count(";")))
        elif self.fields and into == "code":
            self.fields[-1].code.append(text)
        elif self.fields and into == "entry":
            self.fields[-1].entries.append(text)

    def _write(self, text: str) -> None:
        pen = self.story.pen(self.level)
        if self.state.deleted:
            pen.flags.update({"deleted-left-out"} if text.strip() else ())
            self.flags.add("tracked-changes")
        else:
            self.written += len(text)
            pen.put(_CONTROLS.sub("\ufffd", text), self.state.look)


_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_SYMBOLS = {"\\": "\\", "{": "{", "}": "}", "~": "\xa0", "_": "-", "\t": "\t"}
