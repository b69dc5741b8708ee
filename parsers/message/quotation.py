"""Where a sender's own words end and the letter they quote begins, client by client.

Facts: facts/mail.md §4 and §5; NetEase, QQ, Foxmail, Mail Master, Outlook, Gmail, Apple,
Thunderbird. What is passed on is handed in with all it holds, unless it is a letter of ours.
"""

from __future__ import annotations

import itertools
import re

from lxml import etree

from parsers.formats.html import parse

MAX_LINE = 4_000  # characters of a text in which its opening words are looked for
_STROKES = r"(?<![-—_=*])[-—_=*]{2,}\s*"  # from the first stroke on: a long line is tried once
_MORE = r"\s*[-—_=*]{2}"
_REPLIES = re.compile(
    rf"{_STROKES}(?:(?:回复的)?原(?:始)?邮件|Original(?: Message)?|Replied Message){_MORE}"
    r"|^(?:发件人|寄件人|寄件者|From)\s*[:：]|(?:写道|寫道|wrote)\s*[:：]$",
    re.IGNORECASE,
)
_PASSES_ON = re.compile(
    rf"{_STROKES}(?:转发(?:的)?邮件(?:信息)?|Forwarded Messages?){_MORE}"
    r"|^(?:Begin forwarded message|开始转发)",
    re.IGNORECASE,
)
_FORWARDS = re.compile(r"^\s*(?:转发|轉寄|转寄|转|fwd?)\s*[:：]", re.IGNORECASE)
_HEADER = re.compile(
    r"\s*(?:发送时间|发送日期|收件人|抄送|主题|日期|时间|To|Cc|Subject|Date|Sent)\s*[:：]",
    re.IGNORECASE,
)
_NAMES = frozenset(
    [
        *("isreplycontent", "divrplyfwdmsg", "appendonsend", "original-content", "origbody"),
        *("gmail_quote", "yahoo_quoted", "moz-cite-prefix", "mail_quote", "protonmail_quote"),
        *("j-quote", "j-reply", "ntes-mailmaster-quote", "reply-content-quote", "includetail"),
        *("mail-editor-reference-message-container", "isforwardcontent"),
    ]
)
# the sender's own oversize attachments, which QQ and NetEase set under the quotation; those of
# the quoted mail are taken out, or stand deeper
_OWN_BLOCKS = frozenset(
    [
        *("QQMailBigAttach", "FoxmailClientBigAttach"),
        *("divNeteaseBigAttach", "divNeteaseSiriusCloudAttach"),
    ]
)
_OWN_BLOCK = re.compile(r"\s*从\S{1,10}邮箱发来的(?:超大附件|云附件)")
# in the last lines of every letter of ours (templates/letters/_contacts)
_OURS = "这封信由系统核对后自动发出"


def opens_quotation(line: str) -> bool:
    """Say whether a line of plain text starts the quoted part of a reply."""
    return line.lstrip().startswith(">") or _opens(line)


def own_lines(text: str) -> list[str]:
    """Return a plain text's lines before its quotation, whatever that is."""
    return list(itertools.takewhile(lambda line: not opens_quotation(line), text.splitlines()))


def handed_in_lines(text: str, subject: str) -> list[str]:
    """Return the lines that a sender means: their own, and what they pass on."""
    lines, own = text.splitlines(), own_lines(text)
    under = lines[len(own) :]
    if _is_passed_on(text, subject, "".join(under[:1])):
        return lines
    return own + list(itertools.dropwhile(lambda line: not _OWN_BLOCK.match(line), under))


def spoken_lines(text: str, subject: str) -> list[str]:
    """Return the sender's own lines, and those of whoever wrote the mail that they pass on."""
    own = own_lines(text)
    under = handed_in_lines(text, subject)[len(own) :]
    passed_on = itertools.dropwhile(lambda line: not line.strip() or _heads(line), under)
    return own + list(itertools.takewhile(lambda line: not opens_quotation(line), passed_on))


def _heads(line: str) -> bool:
    """Say whether a line stands between a mail and the words of the one that it passes on."""
    return opens_quotation(line) or _HEADER.match(line) is not None


def cut_quotation(root: etree._Element, subject: str) -> bool:
    """Take what a page quotes out of it, unless it is passed on; False when all of it stays."""
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start" and (_is_quotation(element) or _opens(element.text or "")):
            if _is_passed_on(root, subject, _first_words(element)):
                return False
            _empty(element)
            _drop_after(element)
            return True
        if event == "end" and _opens(element.tail or ""):
            if _is_passed_on(root, subject, element.tail or ""):
                return False
            _drop_after(element)
            return True
    return False


def handed_in_markup(html: str, subject: str) -> str:
    """Return HTML without its quotation; what is passed on stays.

    Raises Unreadable when the page is too large to be parsed.
    """
    root = parse(html)
    if root is None or not cut_quotation(root, subject):
        return html
    return etree.tostring(root, encoding="unicode", method="html")


def _is_passed_on(whole: etree._Element | str, subject: str, opening: str) -> bool:
    """Say whether the first quotation is a forwarded mail; a letter of ours never is."""
    line = _in_one_line(opening)
    says_so = not line.startswith(">") and _PASSES_ON.search(line) is not None
    if not says_so and _FORWARDS.match(subject) is None:
        return False
    text = whole if isinstance(whole, str) else "".join(map(str, whole.itertext()))
    return _OURS not in "".join(text.split())


def _opens(text: str) -> bool:
    line = _in_one_line(text)
    return _REPLIES.search(line) is not None or _PASSES_ON.search(line) is not None


def _in_one_line(text: str) -> str:
    return " ".join(text[:MAX_LINE].split())


def _first_words(element: etree._Element) -> str:
    """Return what stands first in an element that quotes, or that it passes on."""
    if "isforwardcontent" in _names(element):
        return "开始转发"
    return next((text for piece in element.itertext() if (text := str(piece)).strip()), "")


def _is_quotation(element: etree._Element) -> bool:
    return element.get("type") == "cite" or not _NAMES.isdisjoint(_names(element))


def _names(element: etree._Element) -> list[str]:
    return f"{element.tag} {element.get('id', '')} {element.get('class', '')}".lower().split()


def _empty(element: etree._Element) -> None:
    element.text = None
    for child in list(element):
        element.remove(child)


def _drop_after(element: etree._Element) -> None:
    """Drop all that follows an element, wherever it stands, but the sender's own attachments."""
    node = element
    while (parent := node.getparent()) is not None:
        for later in list(node.itersiblings()):
            if later.get("id") not in _OWN_BLOCKS:
                parent.remove(later)
        node.tail = None
        node = parent
