"""What a run's look does to its text: hidden, struck, in a symbol font, raised, white."""

from __future__ import annotations

from dataclasses import dataclass, field

from parsers.formats.page.lattice import Box
from parsers.formats.word.symbols import private_use, shown

RAISED, LOWERED = 1, -1
SMALL = {
    RAISED: str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ"),
    LOWERED: str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"),
}
_OF_NUMBERS = frozenset("0123456789０１２３４５６７８９.．,，%％‰-－—十百千万亿余多几")


@dataclass(frozen=True, slots=True)
class Look:
    """What matters of a run's formatting; `font` is set only for symbol fonts.

    `level` is RAISED, LOWERED or 0.
    """

    hidden: bool = False
    struck: bool = False
    double_struck: bool = False
    font: str = ""
    level: int = 0
    white: bool = False


PLAIN = Look()


def left_out(look: Look) -> str:
    """Return the flag that says why text of this look is left out, or ""."""
    if look.hidden:
        return "hidden-left-out"
    return "struck-left-out" if look.struck or look.double_struck else ""


@dataclass(slots=True)
class Written:
    """The run written last."""

    text: str = ""
    white: bool = False


def dressed(text: str, look: Look, before: Written, flags: set[str]) -> str:
    """Return visible text as it looks after `before`, which it then is itself.

    Symbol fonts become their pictures. A number of which only one part is white says more than
    can be seen: "half-white".
    """
    if look.white:
        flags.add("white-text")
    if look.white != before.white and _are_of_one_number(before.text[-1:], text[:1]):
        flags.add("half-white")
    if look.font:
        made = shown(text, look.font)
    elif look.level and before.text[-1:].isalnum():
        flags.add("superscript")
        made = text.translate(SMALL[look.level])
    else:
        made = private_use(text)
    before.text, before.white = made, look.white
    return made


def _are_of_one_number(left: str, right: str) -> bool:
    either = left.isdigit() or right.isdigit()
    return either and left in _OF_NUMBERS and right in _OF_NUMBERS


@dataclass(slots=True)
class Pen:
    """Text being written run by run, and what was left out of it.

    `tables` are those that stand in it, with the index of the part that says each as text.
    """

    parts: list[str] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)
    tables: dict[int, list[Box]] = field(default_factory=dict)
    last: Written = field(default_factory=Written)

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self.parts)

    @property
    def pieces(self) -> list[str | list[Box]]:
        """The text part by part, tables in their places."""
        return [self.tables.get(index, part) for index, part in enumerate(self.parts)]

    def put(self, text: str, look: Look = PLAIN) -> None:
        """Add a run, or note why it is left out."""
        flag = left_out(look)
        if flag:
            self.flags.update({flag} if text.strip() else ())
        elif text:
            self.parts.append(dressed(text, look, self.last, self.flags))
