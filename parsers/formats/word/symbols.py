"""What the characters of symbol fonts look like, as Unicode.

The code charts of Wingdings, Wingdings 2 and Webdings as Unicode 7 took them in (L2/12-368); boxes
and ticks are folded to the four that forms are read with: □ ☑ ☒ ■, and ✓ ✗ without a box.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

UNKNOWN = "\ufffd"
_CIRCLED = "⓪①②③④⑤⑥⑦⑧⑨⑩"
_FILLED = "⓿❶❷❸❹❺❻❼❽❾❿"


def _at(start: int, characters: str) -> dict[int, str]:
    return {start + offset: character for offset, character in enumerate(characters)}


_WINGDINGS: Mapping[int, str] = {
    **_at(0x20, " ✏✂✁"),
    **_at(0x28, "☎✆✉"),
    **_at(0x3E, "✇✍"),
    **_at(0x45, "☜☞☝☟"),
    **_at(0x4A, "☺😐☹"),
    **_at(0x51, "✈☼"),
    **_at(0x6C, "●❍■□□□□◆◆◆❖◆☒"),
    **_at(0x80, _CIRCLED),
    **_at(0x8B, _FILLED),
    **_at(0x9E, "·•·○○○◉◎○▪□"),
    0xAB: "★",
    **_at(0xD5, "⌫⌦➢"),
    **_at(0xDF, "←→↑↓↖↗↙↘←→↑↓↖↗↙↘⇦⇨⇧⇩"),
    **_at(0xFB, "✗✓☒☑"),
}
_WINGDINGS_2: Mapping[int, str] = {
    0x20: " ",
    **_at(0x4F, "✗✓☒☑☒☒⊗⊗"),
    **_at(0x69, _CIRCLED),
    **_at(0x74, _FILLED),
    **_at(0x95, "·•●●○○○◉⊙◉▪▪■■□□□□□▣▣▣"),
}
_WEBDINGS: Mapping[int, str] = {
    0x20: " ",
    **_at(0x33, "←→↑↓"),
    0x61: "✓",
    0x63: "□",
    0x67: "■",
    0x6E: "●",
    0x72: "✗",
}
_SYMBOL: Mapping[int, str] = {
    **_at(0x20, " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅"),
    **_at(0x41, "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"),
    **_at(0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"),
    **_at(0xA2, "′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…"),
    **_at(0xD0, "∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊"),
}
FONTS: Mapping[str, Mapping[int, str]] = {
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "webdings": _WEBDINGS,
    "symbol": _SYMBOL,
    "wingdings 3": {},
}


_PRIVATE = re.compile("[\uf020-\uf0ff]")


def shown(text: str, font: str) -> str:
    """Return what `text` looks like in a symbol font (a key of FONTS).

    Only Latin-1 and the private use area U+F020-F0FF are set in it; Chinese characters in the
    same run keep their East Asian font. A picture without a counterpart is U+FFFD.
    """
    return "".join(_glyph(ord(character), character, FONTS[font]) for character in text)


def _glyph(code: int, character: str, table: Mapping[int, str]) -> str:
    if 0xF020 <= code <= 0xF0FF:
        return table.get(code - 0xF000, UNKNOWN)
    return table.get(code, UNKNOWN) if 0x20 < code <= 0xFF else character


def private_use(text: str) -> str:
    """Read U+F0xx characters whose font was lost in a conversion as Wingdings."""
    if not text.isascii() and _PRIVATE.search(text):
        return "".join(
            _glyph(ord(character), character, _WINGDINGS) if ord(character) >= 0xF020 else character
            for character in text
        )
    return text


def symbol(font: str, code: str) -> str:
    """Return what a w:sym shows; `code` is hexadecimal, F0xx or xx."""
    try:
        point = int(code, 16)
    except ValueError:
        return UNKNOWN
    table = FONTS.get(font.strip().lower())
    if table is not None:
        return table.get(point & 0xFF, UNKNOWN)
    return private_use(chr(point)) if 0x20 <= point < 0x10000 else UNKNOWN
