"""What a person wrote: the text of the parts that are no files, and a form put into it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from parsers.charsets import decode
from parsers.formats.html import read_markup, to_text
from parsers.message.quotation import handed_in_lines, handed_in_markup
from parsers.message.transfer import without_uuencoded
from parsers.message.typed import read_typed
from parsers.names import clean
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from parsers.document import Document
    from parsers.message.structure import Part

MAX_TEXT = 1_000_000  # characters

# text that is neither a file nor something to show a person
_SHOWN = frozenset({"", "text/plain", "text/html"})
_APART = frozenset(
    [
        "application/applefile",  # what a Mac knows of the file beside it
        "text/enriched",
        "text/calendar",
        "text/rfc822-headers",
        "text/x-amp-html",
        "text/watch-html",
        "text/x-moz-deleted",
        "message/delivery-status",
        "message/disposition-notification",
        "message/feedback-report",
        "message/global-delivery-status",
        "message/global-disposition-notification",
    ]
)


class Body(NamedTuple):
    """Text and HTML of a message, and the tables or labelled lines in it as a document."""

    text: str
    html: str
    document: Document | None


def is_leaf(part: Part) -> bool:
    """Whether a part holds content of its own; a multipart whose boundary is lost does."""
    return not part.children


def is_file(part: Part) -> bool:
    """Whether a part is a file: named, said to be attached, or not text."""
    kind = part.type.main
    if kind in _APART or kind.startswith("multipart/"):
        return False
    if part.name or part.disposition.main == "attachment":
        return True
    return kind not in _SHOWN and "/" in kind


def read_body(root: Part) -> Body:
    """Return plain text, else what the HTML shows; several text parts follow one another."""
    shown = [part for part in root.walk() if is_leaf(part) and not is_file(part)]
    html = _join([part for part in shown if part.type.main == "text/html"])
    plain = _join([part for part in shown if _is_plain(part)])
    text = plain if plain.strip() else _from_html(html)
    subject = root.headers.text("subject")
    return Body(text, html, read_pasted(html, subject) or _typed(plain, html, subject))


def read_pasted(html: str, subject: str = "") -> Document | None:
    """Return the document of HTML whose own part holds a table of two rows or more, else None.

    What a reply quotes is not its own: our letters list a form's values in tables.
    """
    if "<table" not in html.lower():
        return None
    try:
        document = read_markup(handed_in_markup(html, subject))
    except Unreadable:
        return None
    rows = [max((cell.row for cell in table.cells), default=0) for table in document.tables]
    return document if max(rows, default=0) >= 2 else None


def _typed(plain: str, html: str, subject: str) -> Document | None:
    """Return the document of lines typed into the text itself, without what it quotes."""
    found = read_typed(handed_in_lines(plain, subject)) if plain.strip() else None
    if found is not None:
        return found
    try:
        return read_typed(to_text(handed_in_markup(html, subject)).splitlines()) if html else None
    except Unreadable:
        return None


def _is_plain(part: Part) -> bool:
    kind = part.type.main
    return kind != "text/html" and kind not in _APART


def _join(parts: list[Part]) -> str:
    texts = (
        decode(without_uuencoded(part.content()), part.type.parameters.get("charset", ""))
        for part in parts
    )
    return "\n".join(clean(text[:MAX_TEXT]) for text in texts)[:MAX_TEXT]


def _from_html(html: str) -> str:
    try:
        return to_text(html)
    except Unreadable:
        return ""
