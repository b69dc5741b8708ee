"""The element and attribute names of WordprocessingML that carry or hide text."""

from __future__ import annotations

from parsers.formats.ooxml.xml import Element, namer, switch

W = namer("http://schemas.openxmlformats.org/wordprocessingml/2006/main")
W14 = namer("http://schemas.microsoft.com/office/word/2010/wordml")
MC = namer("http://schemas.openxmlformats.org/markup-compatibility/2006")
M = namer("http://schemas.openxmlformats.org/officeDocument/2006/math")

VAL = W("val")
BODY = W("body")
P, R, T = W("p"), W("r"), W("t")
TBL, TR, TC = W("tbl"), W("tr"), W("tc")
SDT, SDT_CONTENT, SDT_PROPERTIES = W("sdt"), W("sdtContent"), W("sdtPr")
TEXT_BOX = W("txbxContent")
ALTERNATE, CHOICE, FALLBACK = MC("AlternateContent"), MC("Choice"), MC("Fallback")
BLOCKS = frozenset({P, TBL})
DELETIONS = frozenset({W("del"), W("moveFrom")})
INSERTIONS = frozenset({W("ins"), W("moveTo")})


def value(parent: Element | None, name: str) -> str | None:
    """Return the val of a child property, or None when the property is not there."""
    child = None if parent is None else parent.find(name)
    return None if child is None else child.get(VAL, "")


def is_on(parent: Element | None, name: str) -> bool:
    """Tell whether a property is there and not switched off."""
    child = None if parent is None else parent.find(name)
    return child is not None and switch(child.get(VAL))
