"""How a page is walked without recursion: text with its look, blocks, breaks, controls, tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from parsers.formats.markup.css import Css, Rule, is_white, symbol_font
from parsers.formats.page.looks import LOWERED, PLAIN, RAISED, Look
from parsers.formats.word.controls import TICKED, UNTICKED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

_SILENT = frozenset(
    ["script", "style", "head", "title", "template", "noscript", "xml", "rt", "rp", "object"]
)
BLOCKS = frozenset(
    [
        *("p", "div", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "blockquote", "ul"),
        *("ol", "pre", "hr", "section", "article", "dd", "dt", "dl", "td", "th", "caption"),
        *("center", "form", "fieldset", "legend", "address", "main", "header", "footer", "body"),
    ]
)
_STRUCK = frozenset({"s", "strike"})
_LEVELS = {"sup": RAISED, "sub": LOWERED}
_SPACE = re.compile(r"[ \t\r\n\f]+")


class Sink(Protocol):
    """What takes a page in: the document, or one cell."""

    def text(self, text: str, look: Look, *, verbatim: bool = False) -> None:
        """Take text."""

    def block(self) -> None:
        """Take the border of a block: what follows begins a line."""

    def line_break(self) -> None:
        """Take a br."""

    def table(self, element: etree._Element) -> None:
        """Take a table of data, unread."""

    def note(self, flag: str) -> None:
        """Take note of what is left out or decided."""


@dataclass(frozen=True, slots=True)
class _Ground:
    """What an element passes on to what is inside it."""

    look: Look = PLAIN
    verbatim: bool = False
    deleted: bool = False


def collapsed(text: str) -> str:
    """Return text with its white space as a browser shows it; no-break spaces stay apart.

    A line break of the file is a space, between Chinese characters too: suites wrap at spaces.
    """
    return _SPACE.sub(" ", text).replace("\xa0", " ")


def walk(root: etree._Element, css: Css, sink: Sink, data: frozenset[etree._Element]) -> None:
    """Send what is inside `root` to `sink`; the tables in `data` go there unread."""
    ground = _Ground(_own_look(root, css.rule(root), PLAIN))
    stack: list[tuple[etree._Element, Iterator[etree._Element], _Ground]] = []
    stack.append((root, iter(root), ground))
    _say(root.text, ground, sink)
    while stack:
        parent, children, ground = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            if stack:
                _border(parent, sink)
                _say(parent.tail, stack[-1][2], sink)
            continue
        inner = _enter(child, css, sink, ground, data)
        if inner is None:
            _say(child.tail, ground, sink)
        else:
            stack.append((child, iter(child), inner))
            _say(child.text, inner, sink)


def _border(element: etree._Element, sink: Sink) -> None:
    if element.tag in BLOCKS:
        sink.block()


def _say(text: str | None, ground: _Ground, sink: Sink) -> None:
    if not text:
        return
    if ground.deleted:
        sink.note("deleted-left-out")
    else:
        sink.text(text, ground.look, verbatim=ground.verbatim)


def _enter(
    element: etree._Element, css: Css, sink: Sink, ground: _Ground, data: frozenset[etree._Element]
) -> _Ground | None:
    """Begin an element; None when nothing in it is to be walked."""
    tag = element.tag if isinstance(element.tag, str) else ""
    rule = css.rule(element) if tag else Rule()
    if not tag or tag in _SILENT or _is_apart(element, rule, sink):
        return None
    if tag == "br":
        sink.line_break()
        return None
    if tag in {"input", "select", "textarea"}:
        sink.text(control(element), ground.look, verbatim=True)
        return None
    _border(element, sink)
    if element in data:
        sink.table(element)
        return None
    if rule.tabs:
        sink.text("\t" * rule.tabs, ground.look, verbatim=True)
        return None
    return _Ground(
        _own_look(element, rule, ground.look),
        ground.verbatim or rule.verbatim or tag == "pre",
        ground.deleted or tag == "del",
    )


def _is_apart(element: etree._Element, rule: Rule, sink: Sink) -> bool:
    """Tell whether an element is not shown, and note why when a person might look for it."""
    flag = ""
    if rule.hidden or element.get("hidden") is not None:
        flag = "hidden-left-out"
    elif rule.automatic_number:
        flag = "automatic-number"
    elif element.get("showingplchdr") == "t":
        flag = "unfilled-control"
    elif not (element.tag == "div" and element.get("title") in {"header", "footer"}):
        return False
    if flag and _all_text(element).strip():
        sink.note(flag)
    return True


def _all_text(element: etree._Element) -> str:
    return "".join(str(text) for text in element.itertext())


def _own_look(element: etree._Element, rule: Rule, base: Look) -> Look:
    tag = element.tag
    if tag == "font":
        face, color = element.get("face"), element.get("color")
        if face is not None and symbol_font(face) != base.font:
            base = replace(base, font=symbol_font(face))
        if color is not None and is_white(color) != base.white:
            base = replace(base, white=is_white(color))
    elif tag in _STRUCK:
        base = replace(base, struck=True)
    elif tag in _LEVELS:
        base = replace(base, level=_LEVELS[tag])
    return rule.over(base)


def control(element: etree._Element) -> str:
    """Return what a form control shows: a tick, a typed text, the chosen entries."""
    if element.tag == "textarea":
        return (element.text or "").strip()
    if element.tag == "select":
        return "、".join(
            " ".join(_all_text(option).split())
            for option in element.iter("option")
            if option.get("selected") is not None
        )
    kind = element.get("type", "text").lower()
    if kind in {"checkbox", "radio"}:
        return TICKED if element.get("checked") is not None else UNTICKED
    shown = kind not in {"hidden", "password", "button", "submit", "reset", "image", "file"}
    return element.get("value", "") if shown else ""
