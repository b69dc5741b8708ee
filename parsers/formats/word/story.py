"""How the blocks inside one cell become one text: paragraphs, text boxes, nested tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from parsers.formats.word.controls import members
from parsers.formats.word.grid import Slot, slots
from parsers.formats.word.names import BLOCKS, P
from parsers.formats.word.text import read_paragraph

if TYPE_CHECKING:
    from parsers.formats.ooxml.xml import Element
    from parsers.formats.word.styles import Looks


@dataclass(slots=True)
class Said:
    """A cell's text so far, and what was left out or decided while reading it."""

    parts: list[str] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)

    @property
    def text(self) -> str:
        """The text without the white space around it."""
        return "".join(self.parts).strip()

    @classmethod
    def of(cls, said: str) -> Said:
        """Return what a content control says in place of a cell's own text."""
        return cls([said], set() if said else {"unfilled-control"})

    def line(self, text: str, *, ends: bool = True) -> None:
        """Add a line; one whose paragraph mark was deleted runs on."""
        self.parts.append(text + "\n" if ends else text)


def read_story(container: Element, looks: Looks) -> Said:
    """Read a w:tc or w:txbxContent."""
    said = Said()
    for element, control in members(container, BLOCKS):
        if control is not None:
            _add_control(said, control)
        elif element.tag == P:
            _add_paragraph(said, element, looks)
        else:
            said.line(_nested(element, looks, said.flags))
    return said


def _add_control(said: Said, control: str) -> None:
    said.line(control)
    if not control:
        said.flags.add("unfilled-control")


def _add_paragraph(said: Said, paragraph: Element, looks: Looks) -> None:
    ink = read_paragraph(paragraph, looks)
    said.flags |= ink.flags
    text = ink.text
    if text or not ink.boxes:
        said.line(text, ends=not ink.runs_on)
    for box in ink.boxes:
        inner = read_story(box, looks)
        said.flags |= inner.flags
        said.line(inner.text)


def _nested(table: Element, looks: Looks, flags: set[str]) -> str:
    """Return 甲|乙, a line per row."""
    flags.add("nested-table")
    rows: dict[int, list[str]] = {}
    for slot in slots(table, None, flags):
        rows.setdefault(slot.row, []).append(_cell_text(slot, looks, flags))
    return "\n".join("|".join(cells) for cells in rows.values())


def _cell_text(slot: Slot, looks: Looks, flags: set[str]) -> str:
    if slot.said is not None:
        return slot.said
    inner = read_story(slot.element, looks)
    flags |= inner.flags
    return inner.text
