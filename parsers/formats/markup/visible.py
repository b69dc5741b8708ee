"""What a page says as plain text: a line break around blocks, a tab between cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

_HIDDEN = frozenset({"script", "style", "head", "title", "template", "noscript"})
_BLOCKS = frozenset(
    [
        *("p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "blockquote"),
        *("ul", "ol", "pre", "hr", "section", "article", "dd", "dt"),
    ]
)
_SPACE = re.compile(r"[ \t\r\n\xa0]+")


def visible(root: etree._Element) -> str:
    """Return the text with the borders of blocks and cells."""
    return "".join(_pieces(root))


def _pieces(root: etree._Element) -> Iterator[str]:
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start" and tag in _HIDDEN:
            walker.skip_subtree()
        elif event == "start" and element.text:
            yield _SPACE.sub(" ", element.text)
        if element is root:
            continue
        if tag in _BLOCKS and (tag != "br" or event == "start"):
            yield "\n"
        if event == "end":
            yield "\t" if tag in {"td", "th"} else ""
            yield _SPACE.sub(" ", element.tail or "")


def tidy(text: str) -> str:
    """Return the text without white space at the ends of lines, and few empty ones."""
    lines = [re.sub(r"(?<! ) *\t[ \t]*", "\t", line).strip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
