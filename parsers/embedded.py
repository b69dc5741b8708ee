"""Files within a document: a form inserted into its covering letter, or attached to a PDF."""

from __future__ import annotations

import contextlib
import struct
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING

from parsers import compound, ole
from parsers.charsets import decode_raw
from parsers.formats.ooxml.package import Package, opened
from parsers.names import extension, file_name
from parsers.sniff import PAPERS, sniff
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

_OFFICE = frozenset({"docx", "docm", "xlsx", "xlsm"})
MOST = 20  # objects of one file
LARGEST = 20_000_000  # bytes of one; a film is no form
_FOLDER = b"embeddings/"  # where Word, Excel and WPS put them; a chart's numbers too
_ATTACHES = (b"/EmbeddedFile", b"/ObjStm")  # the second may hide the first
_KINDS = frozenset({"package", "oleObject"})  # of a relationship; a chart has its own part's
_PARTS = ("word/document.xml", "xl/worksheets/")
_NATIVE = "\x01ole10native"  # [MS-OLEDS] 2.3.6: any file, wrapped by the Packager
_WHOLE = ("package", "contents", _NATIVE)


def embedded(data: bytes, kind: str) -> Iterator[tuple[str, bytes]]:
    """Yield the name and bytes of each document in an office file or a PDF.

    Nothing comes of a file or an object that is broken: its own reader says so.
    """
    with contextlib.suppress(Unreadable):
        if kind in _OFFICE and _FOLDER in data:
            yield from _inserted(data)
        elif kind == "pdf" and any(mark in data for mark in _ATTACHES):
            attached = import_module("parsers.formats.pdfium.attached").attached
            for label, content in attached(data, MOST, LARGEST):
                if (found := _document(content, file_name(label))) is not None:
                    yield found


def _inserted(data: bytes) -> Iterator[tuple[str, bytes]]:
    with opened(data) as package:
        for part in _objects(package):
            with contextlib.suppress(Unreadable):
                found = _document(package.read(part), file_name(part.rpartition("/")[2]))
                if found is not None:
                    yield found


def _objects(package: Package) -> list[str]:
    owners = [name for name in package.names() if name.endswith(".xml") and name.startswith(_PARTS)]
    found = (
        relation.target
        for owner in owners
        for relation in package.relationships(package.stored_name(owner)).values()
        if relation.kind in _KINDS and not relation.external and relation.target in package
    )
    small = (part for part in dict.fromkeys(found) if package.info(part).file_size <= LARGEST)
    return list(islice(small, MOST))


def _document(data: bytes, name: str) -> tuple[str, bytes] | None:
    """Return a document, or the one in an OLE object, with a name that tells its kind."""
    for label, content in ((name, data), *_wrapped(data)):
        kind = sniff(content, label)
        if kind in PAPERS:
            stem = (label or name).rpartition(".")[0] or label
            return (label if extension(label) == kind else f"{stem}.{kind}"), content
    return None


def _wrapped(data: bytes) -> Iterator[tuple[str, bytes]]:
    if not data.startswith(ole.SIGNATURE):
        return
    with compound.opened(data) as file:
        for stream in (name for name in _WHOLE if name in file):
            content = file.stream(stream)
            yield _native(content) if stream == _NATIVE else ("", content)


def _native(data: bytes) -> tuple[str, bytes]:
    """Return label and content of what the Packager wrapped: size, flags, names, size, content."""
    label, at = _text(data, 6)
    _, at = _text(data, at)  # where it lay
    (length,) = struct.unpack_from("<I", data, at + 4)
    (size,) = struct.unpack_from("<I", data, at + 8 + length)
    start = at + 12 + length
    return file_name(label), data[start : start + size]


def _text(data: bytes, start: int) -> tuple[str, int]:
    end = data.index(b"\0", start)
    return decode_raw(data[start:end]), end + 1
