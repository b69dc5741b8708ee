"""Oversize attachments that a mail only announces: a provider's link with name, size, expiry.

Markers as in facts/mail.md §5. The file is not in the mail, and is never fetched.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from parsers.formats.html import parse, to_text
from parsers.mail import CloudLink
from parsers.message.cloud_hosts import SOME_HOST, provider_of
from parsers.message.quotation import cut_quotation, handed_in_lines, handed_in_markup
from parsers.names import file_name, one_line
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml import etree

MAX_LINKS = 50
_ZONE = ZoneInfo("Asia/Shanghai")  # in which all these providers print their times
_MAX_ENTRY = 600  # characters around one link; more is the letter itself
_LEVELS = 8  # of elements over a link that may be its entry
_CARRIERS = ("href", "downloadlink", "filelink")

_URL = re.compile(r"https?://[^\s<>\"'（）()，。；]{5,2000}")
_BUTTONS = re.compile(
    r"(?:推荐客户端)?(?:点击|极速|立即|进入|前往)?(?:下载|预览|查看|打开|转存)(?:页面|文件)?[:：]?|download|open|preview",
    re.IGNORECASE,
)
_SIZE = re.compile(r"(?<!\d)(\d+(?:\.\d+)?\s*(?:[KMGT]B?|Bytes|字节))(?![A-Za-z])", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"[(（]\s*\d+(?:\.\d+)?\s*[KMGT]B?\s*[,，)）]", re.IGNORECASE)
_LONGEST_NAME = 200
_MOMENT = (
    r"(\d{4})\s*[年/-]\s*(\d{1,2})\s*[月/-]\s*(\d{1,2})\s*日?"
    r"(?:\s*(\d{1,2})[:：](\d{2})(?::\d{2})?)?"
)
_EXPIRES = (
    re.compile(r"(?:到期时间|过期时间|有效时间到|有效期至?|到期日)\s*[:：]?\s*" + _MOMENT),
    re.compile(_MOMENT + r"\s*(?:到期|过期|前有效)"),
)
_EPOCH = re.compile(r"[?&]expired=(\d{12,14})(?:&|$)")


class _Entry(NamedTuple):
    """What stands around one link: its address, names given for it, text, milliseconds."""

    url: str
    names: tuple[str, ...]
    text: str
    epoch: str = ""


def read_cloud_links(html: str, text: str, subject: str = "") -> tuple[CloudLink, ...]:
    """Return the files that a mail announces, each once, quotations left out."""
    found: dict[str, CloudLink] = {}
    for entry in _entries(html, text, subject):
        link = _link(entry)
        if link is not None and len(found) < MAX_LINKS:
            found.setdefault(_key(entry.url), link)
    return tuple(found.values())


def _entries(html: str, text: str, subject: str) -> Iterable[_Entry]:
    if SOME_HOST.search(html):
        try:
            root = parse(html)
        except Unreadable:
            root = None
        if root is not None:
            cut_quotation(root, subject)
            if found := list(_of_markup(root)):
                return found
            text = to_text(handed_in_markup(html, subject))  # an address nobody made a link of
    return list(_of_lines(handed_in_lines(text, subject))) if SOME_HOST.search(text) else ()


def _key(url: str) -> str:
    """Return what tells two links apart; web mail adds its own words to the address."""
    return url.partition("&title=")[0].partition("#")[0].replace("https://", "http://")


def _of_markup(root: etree._Element) -> Iterator[_Entry]:
    carriers: dict[str, list[etree._Element]] = {}
    for element in root.iter():
        for url in _urls(element):
            if url in carriers or len(carriers) < 2 * MAX_LINKS:
                carriers.setdefault(url, []).append(element)
    told = _told(carriers)
    for url, elements in carriers.items():
        names = [name for element in elements[:8] for name in _names(element)]
        epochs = (element.get("expired") or element.get("expiretime") or "" for element in elements)
        epoch = next((e for e in epochs if re.fullmatch(r"\d{10,14}", e)), "")
        yield _Entry(url, tuple(names), _around(elements[0], told), epoch)


def _urls(element: etree._Element) -> list[str]:
    values = (element.get(carrier) for carrier in _CARRIERS)
    return [value.strip() for value in values if value and provider_of(value.strip())]


def _told(carriers: dict[str, list[etree._Element]]) -> dict[etree._Element, set[str]]:
    """Return for each block near a link which links are in it."""
    told: dict[etree._Element, set[str]] = {}
    for url, elements in carriers.items():
        for element in elements[:8]:
            for block in islice(element.iterancestors(), _LEVELS):
                told.setdefault(block, set()).add(_key(url))
    return told


def _around(element: etree._Element, told: dict[etree._Element, set[str]]) -> str:
    """Return the text of the widest block that is about this one link, titles included."""
    text = _said(element) or ""
    for block in islice(element.iterancestors(), _LEVELS):
        wider = _said(block) if block.tag not in {"body", "html"} else None
        if len(told[block]) > 1 or wider is None:
            break
        text = wider
    return text


def _said(element: etree._Element) -> str | None:
    """Return an element's text and titles, or None when that is more than one entry."""
    pieces: list[str] = []
    length = 0
    for part in element.iter():
        own = (part.text, part.get("title"), None if part is element else part.tail)
        pieces += [line for line in (one_line(text or "") for text in own) if line]
        length = sum(map(len, pieces)) if len(pieces) < _MAX_ENTRY else _MAX_ENTRY + 1
        if length > _MAX_ENTRY:
            return None
    return "\n".join(pieces)


def _names(element: etree._Element) -> Iterator[str]:
    for attribute in ("file-name", "filename", "download", "title"):
        value = (element.get(attribute) or "").strip()
        if value and not value.startswith("http"):
            yield value.split("\n")[0]
    first = next(
        (piece for piece in (one_line(str(text)) for text in element.itertext()) if piece), ""
    )
    yield _SIZE.split(first)[0].rstrip(" (（") if "(" in first or "（" in first else first


def _of_lines(lines: Iterable[str]) -> Iterator[_Entry]:
    """Read the text form: name (size, expiry) and the address, on one line or on several."""
    before: list[str] = []
    for line in lines:
        before = [*before[-3:], line]
        for url in _URL.findall(line):
            if provider_of(url):
                yield _Entry(url, (), "\n".join(before).replace(url, ""))
                before = []


def _link(entry: _Entry) -> CloudLink | None:
    provider = provider_of(entry.url)
    if provider is None:
        return None
    size = _SIZE.search(entry.text)
    return CloudLink(
        name=_name(entry),
        size_text=size[1] if size else "",
        expires_at=_expiry(entry),
        host=(urlsplit(entry.url).hostname or "").lower(),
        provider=provider,
    )


def _name(entry: _Entry) -> str:
    given = [name for name in map(one_line, entry.names) if name and not _is_button(name)]
    if not given:
        flat = "\n".join(line.strip() for line in entry.text.split("\n"))
        given = list(_before_sizes(flat.replace("\n(", " (")))
        given += [line for line in flat.split("\n") if re.search(r"\.[A-Za-z0-9]{2,4}$", line)]
    return file_name(given[0]) if given else ""


def _before_sizes(text: str) -> Iterator[str]:
    """Yield what stands before each size in brackets, on its line or alone on the one above."""
    for size in _IN_BRACKETS.finditer(text):
        before = text[max(0, size.start() - 2 * _LONGEST_NAME) : size.start()].rstrip()
        name = before.split("\n")[-1].split("|")[-1][-_LONGEST_NAME:]
        if name.strip():
            yield name


def _is_button(name: str) -> bool:
    return _BUTTONS.fullmatch(name) is not None or name.startswith("http") or "云附件" in name


def _expiry(entry: _Entry) -> datetime | None:
    """Return the printed moment, else the one in an attribute or in the address."""
    for pattern in _EXPIRES:
        match = pattern.search(entry.text)
        if match:
            return _moment(*(int(part) if part else None for part in match.groups()))
    epoch = entry.epoch or next(iter(_EPOCH.findall(entry.url)), "")
    seconds = int(epoch) / (1000 if len(epoch) > 11 else 1) if epoch else 0.0
    return datetime.fromtimestamp(seconds, UTC) if 1e9 < seconds < 4e9 else None


def _moment(
    year: int | None, month: int | None, day: int | None, hour: int | None, minute: int | None
) -> datetime | None:
    """Return an instant; a day alone ends at midnight."""
    clock = (23, 59) if hour is None else (hour, minute or 0)
    try:
        local = datetime(year or 0, month or 0, day or 0, *clock, tzinfo=_ZONE)
    except ValueError:
        return None
    return local.astimezone(UTC)
