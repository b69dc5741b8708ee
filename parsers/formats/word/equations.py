"""How an Office equation reads on one line: x=1, a/b, 10²."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.formats.word.names import M

if TYPE_CHECKING:
    from parsers.formats.ooxml.xml import Element

_TEXT, _FRACTION, _POWER = M("t"), M("f"), M("sSup")
_SUPERSCRIPTS = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")


def equation(node: Element) -> str:
    """Return the visible characters of an m:oMath or anything inside one."""
    if node.tag == _TEXT:
        return node.text or ""
    if node.tag == _FRACTION:
        return f"{_part(node, 'num')}/{_part(node, 'den')}"
    if node.tag == _POWER:
        return _part(node, "e") + _part(node, "sup").translate(_SUPERSCRIPTS)
    return "".join(equation(child) for child in node)


def _part(node: Element, name: str) -> str:
    child = node.find(M(name))
    return "" if child is None else equation(child)
