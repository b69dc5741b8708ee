"""What a run's look does to its text: hidden, struck, set in a symbol font, raised, white."""

from __future__ import annotations

from dataclasses import dataclass, field

from parsers.formats.page.lattice import Box
from parsers.formats.word.symbols import private_use, shown

SUPERSCRIPTS = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")


@dataclass(frozen=True, slots=True)
class Look:
    """What matters of a run's formatting; `font` is set only for symbol fonts."""

    hidden: bool = False
    struck: bool = False
    double_struck: bool = False
    font: str = ""
    raised: bool = False
    white: bool = False


PLAIN = Look()


def left_out(look: Look) -> str:
    """Return the flag that says why text of this look is left out, or ""."""
    if look.hidden:
        return "hidden-left-out"
    return "struck-left-out" if look.struck or look.double_struck else ""


def dressed(text: str, look: Look, before: str, flags: set[str]) -> str:
    """Return visible text as it looks after `before`; symbol fonts become their pictures."""
    if look.white:
        flags.add("white-text")
    if look.font:
        return shown(text, look.font)
    if look.raised and before[-1:].isalnum():
        flags.add("superscript")
        return text.translate(SUPERSCRIPTS)
    return private_use(text)


@dataclass(slots=True)
class Pen:
    """Text being written run by run, and what was left out of it.

    `tables` are those that stand in it, with the index of the part that says each as text.
    """

    parts: list[str] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)
    tables: dict[int, list[Box]] = field(default_factory=dict)

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
            before = self.parts[-1] if self.parts else ""
            self.parts.append(dressed(text, look, before, self.flags))
