"""How a number format code is built: sections, literals, placeholders, date letters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum, auto
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne


class Kind(IntEnum):  # whose members are hashed as quickly as numbers are
    """What a token of a format code stands for."""

    LITERAL = auto()
    DIGIT = auto()
    POINT = auto()
    COMMA = auto()
    PERCENT = auto()
    EXPONENT = auto()
    SLASH = auto()
    TEXT = auto()
    GENERAL = auto()
    DATE = auto()
    ELAPSED = auto()
    NOON = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """One token and its characters."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """One of up to four parts of a code, with its [>=10000] condition and [$-804] language."""

    tokens: tuple[Token, ...]
    kinds: frozenset[Kind]  # of its tokens
    condition: tuple[str, Decimal] | None = None
    chinese: bool = False

    @property
    def is_date(self) -> bool:
        """Whether the section shows a point in time."""
        return Kind.DATE in self.kinds or Kind.ELAPSED in self.kinds

    def has(self, kind: Kind) -> bool:
        """Tell whether a token of this kind occurs."""
        return kind in self.kinds


_TOKEN = re.compile(
    r"""
    "(?P<quoted>[^"]*)"?
    | [\\!](?P<escaped>.)
    | _(?P<space>.)
    | \*(?P<fill>.)
    | \[(?P<bracket>[^\]]*)\]
    | (?P<general>General|G/通用格式)
    | (?P<noon>AM/PM|A/P|上午/下午)
    | (?P<exponent>E[+-])
    | (?P<date>y+|m+|d+|h+|s+|e+|aaaa?|b+|g+)
    | (?P<digit>[0#?])
    | (?P<sign>[.,%/@;])
    | (?P<other>.)
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_SIGNS = {
    ".": Kind.POINT,
    ",": Kind.COMMA,
    "%": Kind.PERCENT,
    "/": Kind.SLASH,
    "@": Kind.TEXT,
}
_NAMED = {
    "general": Kind.GENERAL,
    "noon": Kind.NOON,
    "exponent": Kind.EXPONENT,
    "date": Kind.DATE,
    "digit": Kind.DIGIT,
    "quoted": Kind.LITERAL,
    "escaped": Kind.LITERAL,
    "other": Kind.LITERAL,
}
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d{1,20}(?:\.\d{1,20})?)")
_COMPARE = {"<=": le, ">=": ge, "<>": ne, "<": lt, ">": gt, "=": eq}
# what the control panel's long date and time mean in Chinese Windows
_SYSTEM = {"[$-F800]": 'yyyy"年"m"月"d"日"', "[$-F400]": "h:mm:ss"}
_MAX_CODE = 255


@lru_cache(maxsize=1024)
def sections(code: str) -> tuple[Section, ...]:
    """Split a code into its sections; an overlong one, which no suite writes, is General."""
    for mark, meaning in _SYSTEM.items():
        if mark in code.upper():
            code = meaning
    if len(code) > _MAX_CODE:
        code = "General"
    builder = _Builder()
    for found in _TOKEN.finditer(code):
        builder.add(found.lastgroup or "other", found[found.lastgroup or 0])
    return builder.finish()


class _Builder:
    def __init__(self) -> None:
        self._done: list[Section] = []
        self._begin()

    def _begin(self) -> None:
        self._tokens: list[Token] = []
        self._condition: tuple[str, Decimal] | None = None
        self._chinese = False

    def add(self, group: str, text: str) -> None:
        if group == "sign" and text == ";":
            self._end()
        elif group == "sign":
            self._tokens.append(Token(_SIGNS[text], text))
        elif group == "bracket":
            self._bracket(text)
        elif group == "space":
            self._tokens.append(Token(Kind.LITERAL, " "))
        elif group in _NAMED:
            self._tokens.append(Token(_NAMED[group], text))

    def _bracket(self, text: str) -> None:
        condition = _CONDITION.fullmatch(text.strip())
        if condition:
            self._condition = condition[1], Decimal(condition[2])
        elif _ELAPSED.fullmatch(text):
            self._tokens.append(Token(Kind.ELAPSED, text.lower()))
        elif text.startswith("$"):
            currency, _, language = text[1:].partition("-")
            self._tokens.append(Token(Kind.LITERAL, currency))
            self._chinese = language.upper().endswith("804")

    def _end(self) -> None:
        kinds = frozenset(token.kind for token in self._tokens)
        self._done.append(Section(tuple(self._tokens), kinds, self._condition, self._chinese))
        self._begin()

    def finish(self) -> tuple[Section, ...]:
        self._end()
        return tuple(self._done)


def section_for(code: str, value: Decimal) -> tuple[Section, bool]:
    """Return the section that shows `value`, and whether it leaves the minus sign to itself.

    The last one is text's alone where it has an @: under @ itself a number looks as it is.
    """
    found = sections(code)[:3]
    if found[-1].has(Kind.TEXT):
        found = found[:-1] or sections("General")
    if any(section.condition for section in found):
        return next((section for section in found if _meets(section, value)), found[-1]), False
    if value < 0 and len(found) > 1:
        return found[1], True
    if value == 0 and len(found) > 2:
        return found[2], False
    return found[0], False


def _meets(section: Section, value: Decimal) -> bool:
    if section.condition is None:
        return True
    operator, limit = section.condition
    return bool(_COMPARE[operator](value, limit))


@lru_cache(maxsize=1024)
def text_section(code: str) -> Section | None:
    """Return the section for text, when the code has one beyond a bare @."""
    found = sections(code)
    section = found[3] if len(found) > 3 else found[-1]
    return section if section.has(Kind.TEXT) or len(found) > 3 else None
