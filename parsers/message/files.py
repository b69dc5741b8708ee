"""Which files a message holds: every leaf that is no text, and what is inside containers."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from parsers.blobs import Blob, blob_of
from parsers.embedded import embedded
from parsers.formats import HAS_READER, read_document
from parsers.legacy import LEGACIES, NEEDED
from parsers.mail import LOOP_HEADER, PASTED, File
from parsers.message.body import is_file, is_leaf, read_body
from parsers.message.quotation import handed_in_markup
from parsers.message.structure import read_structure
from parsers.message.transfer import undeclared, uuencoded
from parsers.names import extension, one_line, turns_round
from parsers.outlook import to_mail
from parsers.sniff import (
    ARCHIVES,
    CONTAINERS,
    DOCUMENTS,
    LETTERS,
    MEDIA,
    OUTLOOK,
    PAPERS,
    sniff,
)
from parsers.unpack import MAX_CONTAINERS, Budget, unpack
from parsers.unreadable import Unreadable
from parsers.video import read_video

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from parsers.document import Document
    from parsers.message.structure import Part

LEAST_PASTED = 20_000  # bytes of a picture of a page; a signature's logo has fewer
EMBEDDED = "embedded"  # in an office file, as an object
NO_TABLE = "no-table"  # a picture of the event, not of a form
_CID = re.compile(r"""cid:([^"'\s>)]{1,250})""", re.IGNORECASE)
_MAIL_TYPES = frozenset({"message/rfc822", "message/global"})
_ENDINGS = {"text": "txt", "mail": "eml", "image": "img", "other": "bin", "empty": "bin"}
# what a program likes to be taken for
_SHOWN_AS = DOCUMENTS | frozenset(
    ["txt", "htm", "jpg", "jpeg", "png", "gif", "bmp", "wps", "et", "zip", "rar", "mp4"]
)


def read_files(root: Part, html: str) -> tuple[File, ...]:
    """Every file of a message, containers before what was in them."""
    return tuple(_read(blob) for blob in _blobs(root, html))


def read_file(data: bytes, name: str) -> list[File]:
    """Read one file from disk, opened if it is a container."""
    return [_read(blob) for blob in _opened(blob_of(data, name), 0, Budget())]


def find_blob(root: Part, sha256: str) -> tuple[str, bytes] | None:
    """Return the name and bytes of the file with this hash."""
    found = (blob for blob in _blobs(root, "") if blob.sha256 == sha256)
    return next(((blob.name, blob.data) for blob in found), None)


def find_in_file(data: bytes, name: str, sha256: str) -> tuple[str, bytes] | None:
    """Return the name and bytes of the file with this hash in one from disk, or itself."""
    found = (blob for blob in _opened(blob_of(data, name), 0, Budget()) if blob.sha256 == sha256)
    return next(((blob.name, blob.data) for blob in found), None)


def _blobs(root: Part, html: str) -> Iterator[Blob]:
    """Yield attachments and what is inside them, one at a time to keep memory low."""
    return _of_message(root, html, (), 0, Budget())


def _of_message(
    root: Part, html: str, path: tuple[str, ...], depth: int, budget: Budget
) -> Iterator[Blob]:
    shown = _shown(html, root.headers.text("subject"))
    for number, part in enumerate(root.walk()):
        if is_leaf(part):
            for blob in _of_leaf(part, number, shown, path):
                yield from _opened(blob, depth, budget)


def _shown(html: str, subject: str) -> Mapping[str, bool]:
    """Return the Content-IDs of the pictures a page shows, and whether outside its quotation."""
    every = _CID.findall(html)
    try:
        own = frozenset(_CID.findall(handed_in_markup(html, subject))) if every else frozenset()
    except Unreadable:
        own = frozenset()
    return {name: name in own for name in every}


def _of_leaf(
    part: Part, number: int, shown: Mapping[str, bool], path: tuple[str, ...]
) -> Iterator[Blob]:
    """Yield the file that a leaf is, or those that stand in its text."""
    if is_file(part):
        yield _of_part(part, number, shown, path)
    elif part.type.main in {"", "text/plain"}:
        for block in uuencoded(part.content()):
            yield blob_of(block.data, block.name, path)


def _of_part(part: Part, number: int, shown: Mapping[str, bool], path: tuple[str, ...]) -> Blob:
    """Decode a leaf; a picture is inline when the HTML shows it, whatever its disposition.

    A document is neither inline, though the HTML links to it, nor a mail, though its type says so.
    """
    data = part.content() if part.is_encoded else undeclared(part.content())
    blob = blob_of(data, part.name or _default_name(part, data, number), path)
    if blob.kind in PAPERS:
        return blob
    own = shown.get(part.headers.get("content-id").strip("<> "))
    pasted = PASTED if own and blob.kind == "image" and len(data) >= LEAST_PASTED else ""
    is_mail = part.type.main in _MAIL_TYPES and blob.kind not in {"empty", *ARCHIVES}
    kind = "mail" if is_mail else blob.kind
    return replace(blob, inline=own is not None, kind=kind, detail=pasted)


def _default_name(part: Part, data: bytes, number: int) -> str:
    """Name for a leaf without one: an attached mail's subject, else its number and kind."""
    kind = "mail" if part.type.main in _MAIL_TYPES else sniff(data)
    if kind == "mail":
        subject = read_structure(data)[0].headers.text("subject")
        if subject:
            return re.sub(r"[/\\]", "-", one_line(subject))[:80] + ".eml"
    return f"part-{number}.{_ENDINGS.get(kind, kind)}"


def _opened(blob: Blob, depth: int, budget: Budget) -> Iterator[Blob]:
    """Yield a blob, and after it what it contains."""
    if blob.kind not in CONTAINERS or blob.problem:
        yield blob
        yield from _objects_in(blob, budget)
    elif depth >= MAX_CONTAINERS:
        yield blob.refused("too-deep")
    elif blob.kind in LETTERS:
        yield from _inside_mail(blob, depth, budget)
    else:
        yield from _inside_archive(blob, depth, budget)


def _objects_in(blob: Blob, budget: Budget) -> Iterator[Blob]:
    """Yield the documents inserted into an office file, which count where it holds no form."""
    for name, data in embedded(blob.data, blob.kind) if not blob.problem else ():
        if budget.members <= 0 or budget.total < len(data):
            return
        budget.members -= 1
        budget.total -= len(data)
        inner = blob_of(data, name, (*blob.path, blob.name))
        yield replace(inner, inline=True, detail=EMBEDDED)


def _inside_mail(blob: Blob, depth: int, budget: Budget) -> Iterator[Blob]:
    """Yield an attached mail and its files; a letter of ours that comes back brings none."""
    try:
        root = _letter(blob)
    except Unreadable as refusal:
        yield blob.refused(refusal.problem, refusal.detail)
        return
    yield blob
    if root.headers.has(LOOP_HEADER.lower()):
        return
    html = read_body(root).html
    yield from _of_message(root, html, (*blob.path, blob.name), depth + 1, budget)


def _letter(blob: Blob) -> Part:
    """Return the parts of a mail, whether it came as one or as Outlook keeps it."""
    data = to_mail(blob.data, blob.kind) if blob.kind in OUTLOOK else blob.data
    return read_structure(data)[0]


def _inside_archive(blob: Blob, depth: int, budget: Budget) -> Iterator[Blob]:
    """Yield an archive and its members; one that cannot be opened says so itself."""
    opened = unpack(blob, budget)
    yield next(opened)
    for member in opened:
        yield from _opened(member, depth + 1, budget)


def _read(blob: Blob) -> File:
    """Make the File: what it is, and its document or why there is none."""
    document, problem, detail = None, blob.problem, blob.detail
    if problem is None:
        document, problem, detail = _document(blob)
    return File(
        name=blob.name,
        sha256=blob.sha256,
        size=len(blob.data),
        kind=_shown_kind(blob, document),
        path=blob.path,
        inline=blob.inline,
        document=document,
        problem=problem,
        detail=detail,
        video=read_video(blob.data) if blob.kind == "video" and problem is None else None,
    )


def _shown_kind(blob: Blob, document: Document | None) -> str:
    """Of an encrypted package only the name tells what it is, unless it could be opened."""
    if blob.kind != "encrypted":
        return blob.kind
    if document is not None:
        return document.kind
    ending = extension(blob.name)
    return ending if ending in DOCUMENTS else "other"


def _document(blob: Blob) -> tuple[Document | None, str | None, str]:
    """Return the document, or the problem and its detail; only a fault of ours raises."""
    if blob.kind in LETTERS:
        root = _letter(blob)
        ours = root.headers.has(LOOP_HEADER.lower())
        return None if ours else read_body(root).document, None, ""
    if blob.kind not in HAS_READER or (blob.inline and blob.detail != EMBEDDED):
        needed = f"{NEEDED}: {blob.kind}" if blob.kind in LEGACIES else blob.detail
        return None, _problem(blob), needed
    try:
        return read_document(blob.data, blob.kind), None, ""
    except Unreadable as refusal:
        problem = None if refusal.problem == NO_TABLE else refusal.problem
        return None, problem, refusal.detail


def _problem(blob: Blob) -> str | None:
    """Why a kind without a reader has no document; None where none is expected."""
    if blob.kind in {"empty", "encrypted"}:
        return blob.kind
    if blob.kind in MEDIA or blob.kind in CONTAINERS or blob.kind == "card":
        return None
    return "disguised" if blob.kind == "program" and _is_disguised(blob) else "unsupported"


def _is_disguised(blob: Blob) -> bool:
    """Whether a program's name ends, or first ends, like a document, or is turned round."""
    endings = blob.name.lower().split(".")[1:]
    return turns_round(blob.sent_name) or any(ending in _SHOWN_AS for ending in endings)
