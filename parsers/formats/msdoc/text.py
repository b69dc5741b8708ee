"""How the characters of a paragraph become the text a person sees in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from parsers.formats.msdoc.form_fields import form_state
from parsers.formats.msdoc.source import Source
from parsers.formats.word.fields import Field, drawn
from parsers.formats.word.styles import PLAIN
from parsers.formats.word.symbols import symbol
from parsers.formats.word.text import Ink

if TYPE_CHECKING:
    from parsers.formats.msdoc.runs import Run
    from parsers.formats.msdoc.source import Paragraph

# text without a meaning of its own, or one character with one
_TOKEN = re.compile(
    "[^\x00-\x1f\ud800-\udfff\ufffe\uffff]+|[\ud800-\udbff][\udc00-\udfff]|.", re.DOTALL
)
_FIXED = {"\t": "\t", "\x0b": "\n", "\x0c": "\n", "\x0e": "\n", "\x1e": "-"}
_PICTURE, _ANCHOR, _SYMBOL = "\x01", "\x08", "("
_BEGIN, _SEPARATOR, _END = "\x13", "\x14", "\x15"


@dataclass(slots=True)
class Writing:
    """What is being read of one paragraph: ink, and the positions that text boxes hang on."""

    source: Source
    ink: Ink = field(default_factory=lambda: Ink({}))
    anchors: list[int] = field(default_factory=list)

    def write(self, start: int, end: int, run: Run) -> None:
        """Read one run."""
        if run.inserted or run.deleted:
            self.ink.flags.add("tracked-changes")
        if run.deleted:
            self.ink.flags.add("deleted-left-out")
            return
        text = self.source.pieces.text[start:end]
        self.ink.look = run.look
        if run.symbol is not None:
            self._symbols(text, run)
            return
        for token in _TOKEN.finditer(text):
            self._token(token[0], start + token.start(), run)

    def _symbols(self, text: str, run: Run) -> None:
        """Each character of such a run stands for the symbol; Word writes one, a bracket."""
        index, code = run.symbol or (0, 0)
        fonts = self.source.styles.runs.fonts
        name = fonts[index] if index < len(fonts) else ""
        self._bare(symbol(name, f"{code:X}") * text.count(_SYMBOL))

    def _bare(self, text: str) -> None:
        """Put text that its run's font does not change."""
        look = self.ink.look
        hiding = look.hidden or look.struck or look.double_struck
        self.ink.look = look if hiding else PLAIN
        self.ink.put(text)
        self.ink.look = look

    def _token(self, token: str, at: int, run: Run) -> None:
        if token[0] >= " ":
            self._text(token)
        elif token in _FIXED:
            self._bare(_FIXED[token])
        elif token in {_BEGIN, _SEPARATOR, _END}:
            self._field(token)
        elif token == _PICTURE:
            self._picture(run)
        elif token == _ANCHOR and run.special and not run.look.hidden:
            self.anchors.append(at)

    def _text(self, token: str) -> None:
        if "\ud800" <= token[0] <= "\udfff":
            token = token.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        fields = self.ink.fields
        if fields and fields[-1].in_code:
            fields[-1].code.append(token)
        elif token not in {"\ufffe", "\uffff"}:
            self.ink.put(token)

    def _field(self, mark: str) -> None:
        fields = self.ink.fields
        if mark == _BEGIN:
            fields.append(Field())
        elif mark == _SEPARATOR and fields:
            fields[-1].in_code = False
        elif mark == _END and fields:
            ended = fields.pop()
            if not ended.spoke and not ended.silent:
                self.ink.put(drawn("".join(ended.code)))

    def _picture(self, run: Run) -> None:
        """Say a form field's state, which hangs on the picture in its code."""
        fields = self.ink.fields
        if run.form_data and fields and fields[-1].in_code:
            state = form_state(self.source.file.data, run.location)
            if state is not None:
                asked = fields.pop()
                self._bare(state)
                fields.append(replace(asked, silent=True))
        elif run.location >= 0 and not run.object:
            self.ink.flags.add("pictures")


def read_paragraph(source: Source, paragraph: Paragraph) -> Writing:
    """Read a paragraph; its own text only, text boxes are told by their anchors."""
    base = source.base(paragraph)
    writing = Writing(source)
    if paragraph.properties.numbered:
        writing.ink.flags.add("automatic-number")
    for start, end, run in source.runs(paragraph.start, paragraph.end, base):
        writing.write(start, end, run)
    return writing
