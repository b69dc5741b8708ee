"""How words of a Word file are exchanged where they stand, in the runs they stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.formats.docx import open_document
from parsers.formats.ooxml.package import opened
from parsers.formats.word.names import P, T
from parsers.marking.copy import Copy

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from parsers.formats.ooxml.xml import Element

Edit = tuple[int, int, str]  # from, to, the text instead


def reword_docx(data: bytes, edits_of: Callable[[str], Sequence[Edit]]) -> bytes:
    """Return a copy in which `edits_of` each paragraph's text are made; Unreadable as a reader.

    A word that is spread over several runs takes the formatting of the first.
    """
    with opened(data) as package:
        document = open_document(package)
        copy = Copy(package, strict=document.strict)
        copy.put_tree(document.part, document.root)
        for paragraph in document.root.iter(P):
            nodes = [node for node in paragraph.iter(T) if _paragraph_of(node) is paragraph]
            text = "".join(node.text or "" for node in nodes)
            for edit in sorted(edits_of(text), reverse=True):
                _replace(nodes, edit)
        return copy.save()


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """Return a text with the edits made."""
    for start, end, instead in sorted(edits, reverse=True):
        text = text[:start] + instead + text[end:]
    return text


def _paragraph_of(node: Element) -> Element | None:
    """Return the nearest paragraph around a text: a text box has its own inside another."""
    return next(node.iterancestors(P), None)


def _replace(nodes: Sequence[Element], edit: Edit) -> None:
    start, end, instead = edit
    at = 0
    for node in nodes:
        text = node.text or ""
        first, last = max(start - at, 0), min(end - at, len(text))
        if first < last:
            node.text = text[:first] + instead + text[last:]
            instead = ""
        at += len(text)
