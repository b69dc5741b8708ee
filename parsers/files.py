"""Which files a message holds: every leaf that is no text, and what is inside containers."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from parsers.body import is_file, is_leaf, read_body
from parsers.formats import HAS_READER, read_document
from parsers.mail import File
from parsers.names import extension, file_name, one_line, turns_round
from parsers.sniff import CONTAINERS, DOCUMENTS, MEDIA, sniff
from parsers.structure import read_structure
from parsers.unpack import MAX_CONTAINERS, Blob, Budget, unpack_zip
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parsers.document import Document
    from parsers.structure import Part

_CID = re.compile(r"""cid:([^"'\s>)]{1,250})""", re.IGNORECASE)
_ENDINGS = {"text": "txt", "mail": "eml", "image": "img", "other": "bin", "empty": "bin"}
_SHOWN_AS = (
    DOCUMENTS
    | MEDIA
    | frozenset(
        ["txt", "htm", "jpg", "jpeg", "png", "gif", "bmp", "wps", "et", "zip", "rar", "mp4"]
    )
)


def read_files(root: Part, html: str) -> tuple[File, ...]:
    """Every file of a message, containers before what was in them."""
    return tuple(_read(blob) for blob in blobs(root, html))


def read_file(data: bytes, name: str) -> list[File]:
    """Read one file from disk, opened if it is a container."""
    return [_read(blob) for blob in _opened(_blob(data, name), 0, Budget())]


def find_blob(root: Part, sha256: str) -> tuple[str, bytes] | None:
    """Return the name and bytes of the file with this hash."""
    found = (blob for blob in blobs(root, "") if blob.data and _hash(blob.data) == sha256)
    return next(((blob.name, blob.data) for blob in found), None)


def blobs(root: Part, html: str) -> Iterator[Blob]:
    """Yield attachments and what is inside them, one at a time to keep memory low."""
    return _of_message(root, frozenset(_CID.findall(html)), (), 0, Budget())


def _of_message(
    root: Part, shown: frozenset[str], path: tuple[str, ...], depth: int, budget: Budget
) -> Iterator[Blob]:
    for number, part in enumerate(root.walk()):
        if is_leaf(part) and is_file(part):
            data = part.content()
            name = part.name or _default_name(part, data, number)
            inline = part.headers.get("content-id").strip("<> ") in shown
            is_mail = part.type.main in {"message/rfc822", "message/global"}
            yield from _opened(
                _blob(data, name, path, inline=inline, is_mail=is_mail), depth, budget
            )


def _blob(
    data: bytes,
    name: str,
    path: tuple[str, ...] = (),
    *,
    inline: bool = False,
    is_mail: bool = False,
) -> Blob:
    label = file_name(name) or "unnamed"
    return Blob(label, data, path, inline=inline, is_mail=is_mail, sent_name=name)


def _default_name(part: Part, data: bytes, number: int) -> str:
    """Name for a leaf without one: an attached mail's subject, else its number and kind."""
    kind = "mail" if part.type.main == "message/rfc822" else sniff(data)
    if kind == "mail":
        subject = read_structure(data)[0].headers.text("subject")
        if subject:
            return one_line(subject).replace("/", "-").replace("\\", "-")[:80] + ".eml"
    return f"part-{number}.{_ENDINGS.get(kind, kind)}"


def _opened(blob: Blob, depth: int, budget: Budget) -> Iterator[Blob]:
    """Yield a blob, and after it what it contains."""
    kind = _kind(blob)
    if kind not in CONTAINERS or blob.problem:
        yield blob
    elif depth >= MAX_CONTAINERS:
        yield _with_problem(blob, "too-deep")
    elif kind == "mail":
        yield blob
        yield from _inside_mail(blob, depth, budget)
    else:
        yield from _inside_zip(blob, depth, budget)


def _inside_mail(blob: Blob, depth: int, budget: Budget) -> Iterator[Blob]:
    root, _ = read_structure(blob.data)
    shown = frozenset(_CID.findall(read_body(root).html))
    yield from _of_message(root, shown, (*blob.path, blob.name), depth + 1, budget)


def _inside_zip(blob: Blob, depth: int, budget: Budget) -> Iterator[Blob]:
    """Members; a zip that cannot be opened at all says so itself."""
    members = unpack_zip(blob, budget)
    first = next(members, None)
    if first is not None and first.problem and first.name == blob.name and not first.path:
        yield _with_problem(blob, first.problem, first.detail)
        return
    yield blob
    for member in _chain(first, members):
        yield from _opened(member, depth + 1, budget)


def _chain(first: Blob | None, rest: Iterable[Blob]) -> Iterator[Blob]:
    if first is not None:
        yield first
        yield from rest


def _with_problem(blob: Blob, problem: str, detail: str = "") -> Blob:
    return Blob(blob.name, blob.data, blob.path, problem=problem, detail=detail)


def _kind(blob: Blob) -> str:
    return "mail" if blob.is_mail and blob.data.strip() else sniff(blob.data, blob.name)


def _read(blob: Blob) -> File:
    """Make the File: what it is, and its document or why there is none."""
    kind = extension(blob.name) or "other" if blob.identity else _kind(blob)
    document, problem, detail = None, blob.problem, blob.detail
    if problem is None:
        document, problem, detail = _document(blob, kind)
    return File(
        name=blob.name,
        sha256=blob.identity or _hash(blob.data),
        size=len(blob.data),
        kind="other" if kind in {"encrypted", "ole"} else kind,
        path=blob.path,
        inline=blob.inline,
        document=document,
        problem=problem,
        detail=detail,
    )


def _document(blob: Blob, kind: str) -> tuple[Document | None, str | None, str]:
    """Return the document, or the problem and its detail; only our own fault raises."""
    if kind == "mail":
        return read_body(read_structure(blob.data)[0]).document, None, ""
    if kind not in HAS_READER:
        return None, _problem(blob, kind), ""
    try:
        return read_document(blob.data, kind), None, ""
    except Unreadable as refusal:
        return None, refusal.problem, refusal.detail


def _problem(blob: Blob, kind: str) -> str | None:
    """Why a kind without a reader has no document; None where none is expected."""
    if kind in {"empty", "encrypted"}:
        return kind
    if kind in MEDIA or kind in CONTAINERS or kind == "card":
        return None
    return "disguised" if kind == "program" and _is_disguised(blob) else "unsupported"


def _is_disguised(blob: Blob) -> bool:
    """Whether a program's name ends, or first ends, like a document, or is turned round."""
    endings = blob.name.lower().split(".")[1:]
    return turns_round(blob.sent_name) or any(ending in _SHOWN_AS for ending in endings)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
