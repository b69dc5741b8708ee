"""How a paragraph's nodes become the text a person sees in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from parsers.formats.ooxml.xml import Element, integer
from parsers.formats.opendocument.controls import content_control, field_mark, is_shown
from parsers.formats.opendocument.looks import NO_STYLE, Style
from parsers.formats.opendocument.names import DRAW, FIELD, LOEXT, OFFICE, TEXT
from parsers.formats.page.looks import PLAIN, Look, Pen
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable

_SPACES = re.compile(r"[ \t\r\n]+")
MAX_CELLS = 100_000
MAX_SPACES = 1_000_000
_STYLE_NAME = TEXT("style-name")
_CHANGE_ID = TEXT("change-id")


@dataclass(slots=True)
class Inks:
    """What reading any paragraph needs: styles, controls, and which changes are deletions."""

    styles: Mapping[tuple[str, str], Style]
    controls: Mapping[str, str] = field(default_factory=dict)
    deletions: frozenset[str] = frozenset()
    deleting: set[str] = field(default_factory=set)
    cells_left: int = MAX_CELLS
    spaces_left: int = MAX_SPACES

    def count_cell(self) -> None:
        """Take note of a cell of a text document: repetitions multiply where tables nest."""
        self.cells_left -= 1
        if self.cells_left < 0:
            raise Unreadable("too-large", f"over {MAX_CELLS} cells")

    def count_spaces(self, count: int) -> str:
        """Return so many spaces."""
        self.spaces_left -= count
        if self.spaces_left < 0:
            raise Unreadable("too-large", f"over {MAX_SPACES} spaces")
        return " " * count

    def style(self, family: str, name: str | None) -> Style:
        """Return a style; one that changes nothing when there is none of this name."""
        return self.styles.get((family, name or ""), NO_STYLE)


@dataclass(slots=True)
class Line:
    """One paragraph being read: its text, and the shapes anchored in it, unread."""

    inks: Inks
    pen: Pen = field(default_factory=Pen)
    shapes: list[Element] = field(default_factory=list)
    _at_space: bool = True

    def raw(self, text: str | None, look: Look) -> None:
        """Add text of the file, in which runs of white space are one space."""
        if text:
            text = _SPACES.sub(" ", text)
            if self._at_space and text[0] == " ":
                text = text[1:]
            self._at_space = text.endswith(" ") if text else self._at_space
            self.put(text, look)

    def exact(self, text: str, look: Look) -> None:
        """Add characters that an element stands for."""
        self._at_space = False
        self.put(text, look)

    def put(self, text: str, look: Look) -> None:
        """Write, unless it stands in a deletion."""
        if not self.inks.deleting:
            self.pen.put(text, look)
        elif text.strip():
            self.pen.flags.add("deleted-left-out")


def read_line(paragraph: Element, inks: Inks) -> Line:
    """Read one text:p or text:h."""
    line = Line(inks)
    look = inks.style("paragraph", paragraph.get(_STYLE_NAME)).over(PLAIN)
    _inside(line, paragraph, look)
    return line


def _inside(line: Line, parent: Element, look: Look) -> None:
    line.raw(parent.text, look)
    for child in parent:
        handler = _HANDLERS.get(child.tag, _inside)
        handler(line, child, look)
        line.raw(child.tail, look)


def _nothing(line: Line, node: Element, look: Look) -> None:
    """Leave out what is no text of the paragraph: notes, comments, marks."""


def _span(line: Line, node: Element, look: Look) -> None:
    _inside(line, node, line.inks.style("text", node.get(_STYLE_NAME)).over(look))


def _spaces(line: Line, node: Element, look: Look) -> None:
    line.exact(line.inks.count_spaces(max(integer(node.get(TEXT("c")), 1), 1)), look)


def _tab(line: Line, _node: Element, look: Look) -> None:
    line.exact("\t", look)


def _break(line: Line, _node: Element, look: Look) -> None:
    line.exact("\n", look)
    line._at_space = True  # noqa: SLF001 - the spaces after a break are not seen


def _ruby(line: Line, node: Element, look: Look) -> None:
    for base in node.iterchildren(TEXT("ruby-base")):
        _inside(line, base, look)


def _hideable(line: Line, node: Element, look: Look) -> None:
    if is_shown(node):
        _inside(line, node, look)
    elif (node.text or "").strip():
        line.pen.flags.add("hidden-left-out")


def _placeholder(line: Line, _node: Element, _look: Look) -> None:
    line.pen.flags.add("unfilled-control")


def _field(line: Line, node: Element, look: Look) -> None:
    said = field_mark(node)
    if said is None:
        _inside(line, node, look)
    else:
        line.exact(said, look)


def _content_control(line: Line, node: Element, look: Look) -> None:
    said = content_control(node)
    if said is None:
        _inside(line, node, look)
    elif said:
        line.exact(said, look)
    else:
        line.pen.flags.add("unfilled-control")


def _begin_change(line: Line, node: Element, _look: Look) -> None:
    begin_change(line.inks, node)


def begin_change(inks: Inks, node: Element) -> None:
    """Take a text:change-start; what follows a deletion's is left out."""
    name = node.get(_CHANGE_ID, "")
    if name in inks.deletions:
        inks.deleting.add(name)


def _end_change(line: Line, node: Element, _look: Look) -> None:
    end_change(line.inks, node)


def end_change(inks: Inks, node: Element) -> None:
    """Take a text:change-end."""
    inks.deleting.discard(node.get(_CHANGE_ID, ""))


def _point(line: Line, _node: Element, _look: Look) -> None:
    line.pen.flags.add("deleted-left-out")


def _shape(line: Line, node: Element, look: Look) -> None:
    if not look.hidden and not line.inks.deleting:
        line.shapes.append(node)


def _control(line: Line, node: Element, look: Look) -> None:
    line.exact(line.inks.controls.get(node.get(DRAW("control"), ""), ""), look)


SHAPES = frozenset(
    DRAW(name) for name in ("frame", "g", "custom-shape", "rect", "ellipse", "a", "caption")
)
_SKIPPED = (
    *(TEXT("note"), TEXT("tracked-changes"), TEXT("ruby-text"), OFFICE("annotation")),
    *(OFFICE("annotation-end"), TEXT("soft-page-break"), TEXT("label"), TEXT("script")),
    *(FIELD("param"), TEXT("hidden-paragraph"), LOEXT("list-item")),
    *(TEXT("alphabetical-index-mark"), TEXT("toc-mark"), TEXT("user-index-mark")),
    *(DRAW("line"), DRAW("path"), DRAW("polyline"), DRAW("polygon"), DRAW("connector")),
)
_HANDLERS: Mapping[str, Callable[[Line, Element, Look], None]] = {
    TEXT("span"): _span,
    TEXT("s"): _spaces,
    TEXT("tab"): _tab,
    TEXT("line-break"): _break,
    TEXT("ruby"): _ruby,
    TEXT("hidden-text"): _hideable,
    TEXT("placeholder"): _placeholder,
    FIELD("fieldmark"): _field,
    LOEXT("content-control"): _content_control,
    TEXT("change-start"): _begin_change,
    TEXT("change-end"): _end_change,
    TEXT("change"): _point,
    DRAW("control"): _control,
    **dict.fromkeys(SHAPES, _shape),
    **dict.fromkeys(_SKIPPED, _nothing),
}
