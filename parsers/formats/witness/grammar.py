"""Which operators a page's content has, and with what operands (ISO 32000-1, annex A)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pdfminer.psexceptions import PSEOF
from pdfminer.psparser import PSKeyword, PSLiteral, keyword_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pdfminer.pdfinterp import PDFContentParser

_SHAPES = {  # of what moves the pen: n a number, s a string, a an array, / a name
    **dict.fromkeys(("q", "Q", "BT", "ET", "T*"), ""),
    **dict.fromkeys(("Tc", "Tw", "Tz", "TL", "Tr", "Ts"), "n"),
    "Tf": "/n",
    "Td": "nn",
    "TD": "nn",
    "Tm": "nnnnnn",
    "cm": "nnnnnn",
    "Tj": "s",
    "TJ": "a",
    "'": "s",
    '"': "nns",
    "Do": "/",
}
_LIST = """
b B b* B* BDC BI BMC BX c CS cs d d0 d1 DP EI EMC EX f F f* g G gs h i ID j J K k l m M MP n
re RG rg ri s S SC sc SCN scn sh v w W W* y
"""
_OTHERS = frozenset(_LIST.split())


class Broken(Exception):  # noqa: N818 - no fault of a program but what a damaged page is
    """Text is set by something that is no operator, or by one without its operands."""


def operations(parser: PDFContentParser) -> Iterator[tuple[str, list[Any]]]:
    """Yield operators with the operands before them; Broken where text is no longer text."""
    operands: list[Any] = []
    in_text = False
    while True:
        try:
            _, item = parser.nextobject()
        except PSEOF:
            return
        if not isinstance(item, PSKeyword):
            operands.append(item)
            continue
        operator = keyword_name(item)
        in_text = operator == "BT" or (in_text and operator != "ET")
        if in_text and not _is_sound(operator, operands):
            raise Broken
        yield operator, operands
        operands = []


def _is_sound(operator: str, operands: Sequence[object]) -> bool:
    shape = _SHAPES.get(operator)
    if shape is None:
        return operator in _OTHERS
    return shape == "".join(map(_kind, operands))


def _kind(operand: object) -> str:
    if isinstance(operand, bool):
        return "?"
    if isinstance(operand, int | float):
        return "n"
    if isinstance(operand, bytes):
        return "s"
    if isinstance(operand, list):
        return "a"
    return "/" if isinstance(operand, PSLiteral) else "?"
