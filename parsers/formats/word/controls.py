"""What a content control says: what stands in it, a tick, or nothing because it is unfilled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.formats.ooxml.xml import Element, switch
from parsers.formats.word.names import (
    ALTERNATE,
    CHOICE,
    FALLBACK,
    INSERTIONS,
    SDT,
    SDT_CONTENT,
    SDT_PROPERTIES,
    TEXT_BOX,
    W14,
    P,
    T,
    W,
    is_on,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

TICKED, UNTICKED = "☑", "□"
_CHECKBOX, _CHECKED = W14("checkbox"), W14("checked")
_W14_VAL = W14("val")
_CONTAINERS = frozenset({W("customXml"), W("smartTag"), W("sdtContent")}) | INSERTIONS
_WRAPPERS = _CONTAINERS | {SDT, ALTERNATE}
_SHOWN = (TEXT_BOX, T, P, W("sym"))


def says(control: Element) -> str | None:
    """Return what the control says instead of its content: a tick, "" when unfilled, else None.

    The state wins over the glyph (facts/documents.md §4); placeholder text is not the sender's.
    """
    properties = control.find(SDT_PROPERTIES)
    if properties is None:
        return None
    box = properties.find(_CHECKBOX)
    if box is not None:
        checked = box.find(_CHECKED)
        ticked = checked is not None and switch(checked.get(_W14_VAL))
        return TICKED if ticked else UNTICKED
    return "" if is_on(properties, W("showingPlcHdr")) else None


def alternative(node: Element) -> Element | None:
    """Choose between the forms of an AlternateContent, so that nothing is read twice."""
    for choice in node.findall(CHOICE):
        if next(choice.iter(*_SHOWN), None) is not None:
            return choice
    return node.find(FALLBACK)


def members(
    parent: Element, wanted: frozenset[str], said: str | None = None
) -> Iterator[tuple[Element, str | None]]:
    """Yield the wanted children through every wrapper, with what a control says in their place.

    Works alike for blocks of a body, rows of a table and cells of a row. A tick is said once,
    by the first member inside its control.
    """
    for child in parent:
        tag = child.tag
        if tag in wanted:
            yield child, said
            said = None if said is None else ""
        elif tag in _WRAPPERS:
            inside, own = _opened(child, said)
            if inside is not None:
                yield from members(inside, wanted, own)


def _opened(wrapper: Element, said: str | None) -> tuple[Element | None, str | None]:
    """Return what a wrapper holds, and what is said in place of it."""
    if wrapper.tag == SDT:
        return wrapper.find(SDT_CONTENT), says(wrapper) if said is None else said
    return (alternative(wrapper) if wrapper.tag == ALTERNATE else wrapper), said
