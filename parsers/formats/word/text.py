"""How the runs of a paragraph become the text a person sees in it (facts/documents.md §4)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from parsers.formats.ooxml.xml import Element, integer
from parsers.formats.page.looks import PLAIN, Look, Written, dressed, left_out
from parsers.formats.word.controls import alternative, says
from parsers.formats.word.equations import equation
from parsers.formats.word.fields import Field, drawn, form_state
from parsers.formats.word.names import (
    ALTERNATE,
    DELETIONS,
    FALLBACK,
    INSERTIONS,
    SDT,
    SDT_CONTENT,
    TEXT_BOX,
    M,
    R,
    T,
    W,
    child,
    marks_of,
    stated,
    value,
)
from parsers.formats.word.styles import Looks, look
from parsers.formats.word.symbols import symbol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_CODE, _PROPERTIES, _RUN_PROPERTIES = W("instrText"), W("pPr"), W("rPr")
_STYLE, _NUMBERING, _NUMBER, _DELETED = W("pStyle"), W("numPr"), W("numId"), W("del")
_MARKS = frozenset({_STYLE, _NUMBERING, _RUN_PROPERTIES})
_FIXED: Mapping[str, str] = {
    W("tab"): "\t",
    W("ptab"): "\t",
    W("br"): "\n",
    W("cr"): "\n",
    W("noBreakHyphen"): "-",
}


@dataclass(slots=True)
class Ink:
    """What is being read of one paragraph: its text, flags, and the text boxes anchored in it.

    It `runs_on` into the next one where its mark was deleted.
    """

    looks: Looks
    base: Look = PLAIN
    parts: list[str] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)
    boxes: list[Element] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    look: Look = PLAIN
    last: Written = field(default_factory=Written)
    runs_on: bool = False

    @property
    def text(self) -> str:
        """The paragraph's text so far."""
        return "".join(self.parts)

    def put(self, text: str) -> None:
        """Add text as the current run shows it, or flag why it is left out."""
        if not text or (self.fields and any(f.in_code or f.silent for f in self.fields)):
            return
        flag = left_out(self.look)
        if flag:
            self.flags.update({flag} if text.strip() else ())
            return
        for outer in self.fields:
            outer.spoke = True
        self.parts.append(dressed(text, self.look, self.last, self.flags))


def read_paragraph(paragraph: Element, looks: Looks) -> Ink:
    """Read one w:p; its own text only, text boxes are returned unread."""
    marks = marks_of(paragraph, _PROPERTIES, _MARKS)
    ink = Ink(looks, looks.get(stated(marks.get(_STYLE)) or "", PLAIN) if looks else PLAIN)
    if marks:
        _read_marks(ink, marks)
    _descend(ink, paragraph)
    return ink


def _read_marks(ink: Ink, marks: Mapping[str, Element]) -> None:
    if integer(value(marks.get(_NUMBERING), _NUMBER)) > 0:
        ink.flags.add("automatic-number")
    ink.runs_on = child(marks.get(_RUN_PROPERTIES), _DELETED) is not None


def _descend(ink: Ink, parent: Element) -> None:
    for part in parent:
        handler = _HANDLERS.get(part.tag)
        if handler is not None:
            handler(ink, part)


def _run(ink: Ink, run: Element) -> None:
    ink.look = look(child(run, _RUN_PROPERTIES), ink.looks, ink.base)
    _descend(ink, run)
    ink.look = ink.base


def _text(ink: Ink, node: Element) -> None:
    ink.put(node.text or "")


def _fixed(ink: Ink, node: Element) -> None:
    font, ink.look = ink.look, PLAIN if not left_out(ink.look) else ink.look
    ink.put(_FIXED[node.tag])
    ink.look = font


def _symbol(ink: Ink, node: Element) -> None:
    glyph = symbol(node.get(W("font"), ""), node.get(W("char"), ""))
    if not left_out(ink.look):
        ink.look = PLAIN
    ink.put(glyph)


def _deleted(ink: Ink, _node: Element) -> None:
    ink.flags.update({"deleted-left-out", "tracked-changes"})


def _inserted(ink: Ink, node: Element) -> None:
    ink.flags.add("tracked-changes")
    _descend(ink, node)


def _control(ink: Ink, node: Element) -> None:
    said = says(node)
    if said is None:
        content = node.find(SDT_CONTENT)
        if content is not None:
            _descend(ink, content)
    elif said:
        ink.look = ink.base
        ink.put(said)
    else:
        ink.flags.add("unfilled-control")


def _alternate(ink: Ink, node: Element) -> None:
    chosen = alternative(node)
    if chosen is not None:
        _descend(ink, chosen)


def _picture(ink: Ink, node: Element) -> None:
    """Collect the text boxes of a drawing once, whichever way they are drawn."""
    for part in node:
        if part.tag == TEXT_BOX:
            ink.boxes.append(part)
        elif part.tag == ALTERNATE:
            chosen = alternative(part)
            if chosen is not None:
                _picture(ink, chosen)
        elif part.tag != FALLBACK:
            _picture(ink, part)


def _drawing(ink: Ink, node: Element) -> None:
    if not left_out(ink.look):
        _picture(ink, node)


def _field_mark(ink: Ink, node: Element) -> None:
    kind = node.get(W("fldCharType"))
    if kind == "begin":
        state = form_state(node)
        ink.put(state or "")
        ink.fields.append(Field(silent=state is not None))
    elif kind == "separate" and ink.fields:
        ink.fields[-1].in_code = False
    elif kind == "end" and ink.fields:
        ended = ink.fields.pop()
        if not ended.spoke and not ended.silent:
            ink.put(drawn("".join(ended.code)))


def _field_code(ink: Ink, node: Element) -> None:
    if ink.fields:
        ink.fields[-1].code.append(node.text or "")


def _simple_field(ink: Ink, node: Element) -> None:
    before = len(ink.parts)
    _descend(ink, node)
    if len(ink.parts) == before:
        ink.put(drawn(node.get(W("instr"), "")))


def _ruby(ink: Ink, node: Element) -> None:
    base = node.find(W("rubyBase"))
    if base is not None:
        outer = ink.look
        _descend(ink, base)
        ink.look = outer


def _equation(ink: Ink, node: Element) -> None:
    ink.put(equation(node))


_WRAPPERS = ("hyperlink", "smartTag", "customXml", "bdo", "dir", "sdtContent")
_HANDLERS: Mapping[str, Callable[[Ink, Element], None]] = {
    T: _text,
    R: _run,
    SDT: _control,
    ALTERNATE: _alternate,
    W("sym"): _symbol,
    W("fldChar"): _field_mark,
    _CODE: _field_code,
    W("fldSimple"): _simple_field,
    W("ruby"): _ruby,
    W("drawing"): _drawing,
    W("pict"): _drawing,
    W("object"): _drawing,
    M("oMath"): _equation,
    M("oMathPara"): _equation,
    **dict.fromkeys(_FIXED, _fixed),
    **dict.fromkeys(DELETIONS, _deleted),
    **dict.fromkeys(INSERTIONS, _inserted),
    **{W(name): _descend for name in _WRAPPERS},
}
