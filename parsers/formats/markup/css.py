"""Which declarations hide, strike, raise or re-letter text, and what Office says in its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from parsers.formats.page.looks import LOWERED, RAISED, Look
from parsers.formats.word.symbols import FONTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml import etree

MAX_RULES = 20_000
_MAX_STYLE = 1 << 20
_MAX_ROWS = 10_000

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_BRACE = re.compile(r"[{}]")
_SELECTOR = re.compile(r"([a-zA-Z][\w:-]*)?(?:\.([\w-]+))?")
_DECLARATION = re.compile(r"(?<![\w-])([\w-]+)\s*:\s*((?:\"[^\"]*\"|'[^']*'|[^;\"'])*)")
_ESCAPED = re.compile(r"\\([0-9A-Fa-f]{4}) ?|\\(.)", re.DOTALL)
_LEVELS = {"super": RAISED, "sub": LOWERED}
_WHITE = frozenset({"white", "#fff", "#ffffff", "rgb(255,255,255)"})
_APART = frozenset({"comment-list", "footnote-list", "endnote-list", "header", "footer", "comment"})
_KNOWN = frozenset(
    [
        *("display", "visibility", "mso-hide", "text-decoration", "text-decoration-line"),
        *("font-family", "vertical-align", "color", "mso-number-format", "mso-tab-count"),
        *("mso-list", "mso-ignore", "mso-xlrowspan", "mso-element", "white-space"),
    ]
)


@dataclass(frozen=True, slots=True)
class Rule:
    """What is declared of an element; `code` is a number format, `rows` how many it stands for."""

    hidden: bool = False
    changes: Mapping[str, str | int] = field(default_factory=dict)
    code: str | None = None
    tabs: int = 0
    rows: int = 1
    automatic_number: bool = False
    ignored_span: bool = False
    verbatim: bool = False

    def over(self, base: Look) -> Look:
        """Return the look of the element's text on a ground of `base`."""
        return replace(base, **self.changes) if self.changes else base  # type: ignore[arg-type]


@dataclass(slots=True)
class Css:
    """The rules of a page for tags and classes; others are not looked at."""

    rules: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    _known: dict[tuple[str, str, str], Rule] = field(default_factory=dict)

    def add(self, text: str) -> None:
        """Take a style sheet."""
        for selectors, block in _blocks(_COMMENT.sub(" ", text[:_MAX_STYLE])):
            declared = dict(_declarations(block))
            for key in _keys(selectors) if declared else ():
                if len(self.rules) < MAX_RULES:
                    self.rules.setdefault(key, {}).update(declared)

    def rule(self, element: etree._Element) -> Rule:
        """Return what is declared of an element, by the page and by itself."""
        classes, style = element.get("class", ""), element.get("style", "")
        key = (str(element.tag), classes, style)
        found = self._known.get(key)
        if found is None:
            found = _rule(self._declared(*key))
            if len(self._known) < MAX_RULES:
                self._known[key] = found
        return found

    def _declared(self, tag: str, classes: str, style: str) -> dict[str, str]:
        names = classes.split()[:20]
        keys = [(tag, ""), *(("", name) for name in names), *((tag, name) for name in names)]
        declared: dict[str, str] = {}
        for key in keys:
            declared |= self.rules.get(key, {})
        return declared | dict(_declarations(style))


def read_css(sheets: Iterable[str], beside: Css | None = None) -> Css:
    """Return the rules of several style sheets, after those of another."""
    css = Css({key: dict(rule) for key, rule in beside.rules.items()} if beside else {})
    for sheet in sheets:
        css.add(sheet)
    return css


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """Yield selectors and declarations; what stands inside @media and the like is skipped."""
    depth = begin = body = 0
    for brace in _BRACE.finditer(text):
        if brace[0] == "{":
            depth += 1
            if depth == 1:
                body = brace.end()
        elif depth:
            depth -= 1
            if depth == 0:
                head = text[begin : body - 1].rpartition(";")[2].strip()
                if head and not head.startswith("@") and len(head) < 2_000:
                    yield head, text[body : brace.start()]
                begin = brace.end()


def _keys(selectors: str) -> Iterator[tuple[str, str]]:
    for selector in selectors.split(",")[:50]:
        found = _SELECTOR.fullmatch(selector.strip())
        if found and (found[1] or found[2]):
            yield (found[1] or "").lower(), found[2] or ""


def _declarations(text: str) -> Iterator[tuple[str, str]]:
    for found in _DECLARATION.finditer(text[:20_000]):
        name = found[1].lower()
        if name in _KNOWN:
            yield name, found[2].strip()


def _rule(declared: Mapping[str, str]) -> Rule:
    def of(name: str) -> str:
        return declared.get(name, "").lower().replace("!important", "").strip()

    return Rule(
        hidden=of("display") == "none"
        or of("visibility") in {"hidden", "collapse"}
        or of("mso-hide") == "all"
        or of("mso-element") in _APART,
        changes=_changes(declared),
        code=_format(declared["mso-number-format"]) if "mso-number-format" in declared else None,
        tabs=min(_number(of("mso-tab-count")), 20),
        rows=min(max(_number(of("mso-xlrowspan")), 1), _MAX_ROWS),
        automatic_number=of("mso-list") == "ignore",
        ignored_span="colspan" in of("mso-ignore"),
        verbatim=of("white-space").startswith("pre"),
    )


def _changes(declared: Mapping[str, str]) -> dict[str, str | int]:
    changes: dict[str, str | int] = {}
    lines = declared.get("text-decoration", "") + declared.get("text-decoration-line", "")
    if "line-through" in lines.lower():
        changes["struck"] = True
    if "font-family" in declared:
        changes["font"] = symbol_font(declared["font-family"])
    if "vertical-align" in declared:
        changes["level"] = _LEVELS.get(declared["vertical-align"].lower(), 0)
    if "color" in declared:
        changes["white"] = is_white(declared["color"])
    return changes


def symbol_font(families: str) -> str:
    """Return the first family when it is a symbol font, else ""."""
    first = families.partition(",")[0].strip(" \"'").lower()
    return first if first in FONTS else ""


def is_white(color: str) -> bool:
    """Tell whether a colour is that of the paper."""
    return color.replace(" ", "").lower() in _WHITE


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 7 else 0


def _format(value: str) -> str:
    r"""Decode mso-number-format: "yyyy\\0022年\\0022" and "0\\.00" with their escapes."""
    plain = value.strip("\"'")
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)) if m[1] else m[2], plain)
