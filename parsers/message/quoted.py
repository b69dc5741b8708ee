"""Where a sender's own words end and the mail that is answered begins."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

_OWN_BLOCKS = frozenset(
    [
        "QQMailBigAttach",
        "FoxmailClientBigAttach",
        "divNeteaseBigAttach",
        "divNeteaseSiriusCloudAttach",
    ]
)
_QUOTES = frozenset({"isReplyContent", "origbody", "mail-editor-reference-message-container"})
_QUOTE_CLASSES = re.compile(
    r"\b(?:gmail_quote|yahoo_quoted|J-reply|ntes-mailmaster-quote|protonmail_quote|includetail)\b"
)
_MARKER = re.compile(
    r"^\s*(?:-{2,}[\s\xa0]*(?:原始邮件|回复的原邮件|Original(?: Message)?)[\s\xa0]*-{2,}"
    r"|(?:发件人|From)\s*[:：].{0,200}$|.{0,120}(?:写道|wrote)\s*[:：]\s*$)"
)
# a mail that is passed on is meant with all it holds
_PASSED_ON = re.compile(
    r"-{2,}[\s\xa0]*(?:转发(?:的|邮件)|Forwarded)|^(?:Begin forwarded message|开始转发)",
    re.MULTILINE,
)
_BLOCK = re.compile(r"\s*从\S{1,10}邮箱发来的(?:超大附件|云附件)")


def without_quotation(root: etree._Element) -> etree._Element:
    """Take out of a parsed mail what it quotes; nothing of one that is passed on."""
    if any(_PASSED_ON.search(str(text)) for text in root.itertext()):
        return root
    for element in [e for e in root.iter() if _is_quotation(e)]:
        _drop(element)
    marker = next((e for e in root.iter() if _MARKER.match(_opening(e))), None)
    if marker is not None:
        _cut_from(marker)
    return root


def _is_quotation(element: etree._Element) -> bool:
    return (
        element.tag in {"blockquote", "includetail"}
        or element.get("id") in _QUOTES
        or _QUOTE_CLASSES.search(element.get("class") or "") is not None
    )


def _opening(element: etree._Element) -> str:
    """Return an element's own first words; of one that only holds others nothing."""
    return (element.text or "") if isinstance(element.tag, str) else ""


def _cut_from(marker: etree._Element) -> None:
    """Drop the block that begins with the marker, and what follows it at its level.

    A block of oversize attachments is the sender's own there: QQ sets it under the quotation,
    and takes the one of the quoted mail out (facts/mail.md §5).
    """
    block = marker
    parent = block.getparent()
    while parent is not None and parent.tag != "body" and _begins(parent, block):
        block, parent = parent, parent.getparent()
    for element in [block, *block.itersiblings()]:
        if element.get("id") not in _OWN_BLOCKS:
            _drop(element)


def _begins(parent: etree._Element, block: etree._Element) -> bool:
    """Whether nothing to be read stands in the parent before the block."""
    before = "".join(str(text) for e in block.itersiblings(preceding=True) for text in e.itertext())
    tails = "".join(e.tail or "" for e in block.itersiblings(preceding=True))
    return not ((parent.text or "") + before + tails).strip(" \t\r\n\xa0")


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def own_lines(text: str) -> Iterator[str]:
    """Yield the lines of a plain text that its sender wrote, and QQ's block under a quotation."""
    passed_on = _PASSED_ON.search(text) is not None
    quoted = below = False
    for line in text.split("\n"):
        below = below or (quoted and _BLOCK.match(line) is not None)
        quoted = quoted or _MARKER.match(line) is not None
        if not line.lstrip().startswith(">") and (passed_on or below or not quoted):
            yield line
