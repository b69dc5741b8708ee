"""Where a reply's own words end and the letter it quotes begins, client by client.

Facts: facts/mail.md §4; NetEase, QQ, Foxmail, Mail Master, Outlook, Gmail, Apple, Thunderbird.
"""

from __future__ import annotations

import itertools
import re

from lxml import etree

from parsers.formats.html import parse

MAX_LINE = 4_000  # characters of a text in which its opening words are looked for
_TITLES = (
    *("原始邮件", "原邮件", "回复的原邮件", "转发邮件", "转发的邮件", "转发邮件信息"),
    *("Original Message", "Replied Message", "Forwarded Message", "Forwarded Messages"),
)
_RULED = rf"[-—_=*]{{2,}}\s*(?:{'|'.join(_TITLES)})\s*[-—_=*]{{2,}}"
_OPENS = re.compile(
    rf"{_RULED}|^(?:发件人|寄件人|寄件者|From)\s*[:：]|(?:写道|寫道|wrote)\s*[:：]$", re.IGNORECASE
)
_FORWARDS = re.compile(r"^\s*(?:转发|轉寄|转寄|转|fwd?)\s*[:：]", re.IGNORECASE)
_NAMES = frozenset(
    [
        *("isreplycontent", "isforwardcontent", "divrplyfwdmsg", "appendonsend"),
        *("original-content", "gmail_quote", "yahoo_quoted", "moz-cite-prefix"),
        *("j-quote", "ntes-mailmaster-quote", "mail_quote", "reply-content-quote"),
    ]
)
# in the last lines of every letter of ours (templates/letters/_contacts)
_OURS = "这封信由系统核对后自动发出"


def opens_quotation(line: str) -> bool:
    """Say whether a line of plain text starts the quoted part of a reply."""
    return line.lstrip().startswith(">") or _opens(line)


def own_lines(text: str) -> list[str]:
    """Return a plain text's lines before its quotation."""
    return list(itertools.takewhile(lambda line: not opens_quotation(line), text.splitlines()))


def own_text(text: str, subject: str) -> list[str]:
    """Return a plain text's lines without its quotation; a forwarded one stays as in HTML."""
    return text.splitlines() if _is_passed_on(text, subject) else own_lines(text)


def own_markup(html: str, subject: str) -> str:
    """Return HTML without its quotation; a forwarded one stays, unless it is a letter of ours.

    Raises Unreadable when the page is too large to be parsed.
    """
    if _is_passed_on(html, subject):
        return html
    root = parse(html)
    if root is None or not _cut(root):
        return html
    return etree.tostring(root, encoding="unicode", method="html")


def _is_passed_on(text: str, subject: str) -> bool:
    return _FORWARDS.match(subject) is not None and _OURS not in "".join(text.split())


def _cut(root: etree._Element) -> bool:
    """Take the quotation out; False when there is none."""
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "end" and _opens(element.tail or ""):
            _drop_after(element)
            return True
        if event == "start" and (_is_quotation(element) or _opens(element.text or "")):
            _empty(element)
            _drop_after(element)
            return True
    return False


def _opens(text: str) -> bool:
    return _OPENS.search(" ".join(text[:MAX_LINE].split())) is not None


def _is_quotation(element: etree._Element) -> bool:
    names = f"{element.get('id', '')} {element.get('class', '')}".lower().split()
    return element.get("type") == "cite" or not _NAMES.isdisjoint(names)


def _empty(element: etree._Element) -> None:
    element.text = None
    for child in list(element):
        element.remove(child)


def _drop_after(element: etree._Element) -> None:
    """Drop all that follows an element, wherever in the page it stands."""
    node = element
    while (parent := node.getparent()) is not None:
        for later in list(node.itersiblings()):
            parent.remove(later)
        node.tail = None
        node = parent
