"""What is said of a file that was not read, or of which only the first pages were."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parsers.allowance import HEIC, LEFT_OUT, MAX_PAGES
from parsers.names import extension
from parsers.sniff import ARCHIVES
from rules.finding import Finding, Severity

if TYPE_CHECKING:
    from parsers.mail import File

_FEW = 60  # characters: a heading over a picture
VOLUME = re.compile(r"\.(?:zipx?|7z|rar)\.\d{3}$|\.part\d{1,4}\.rar$|\.[zr]\d\d$", re.IGNORECASE)


def unread(file: File) -> Finding:
    """Return why a file with a `problem` was not read."""
    if file.problem == "too-large" and file.detail == LEFT_OUT:
        return _finding("file-pages-left-out", file, most=MAX_PAGES)
    if _is_volume(file):
        return _finding("file-unsupported", file, kind="volume")
    if file.kind == "program" and extension(file.name) == "lnk":
        return _finding("file-unsupported", file, kind="shortcut")
    if _is_packed(file):
        return _finding(f"file-{file.problem}", file, kind="packed")
    return _finding(f"file-{'too-large' if file.problem == 'too-deep' else file.problem}", file)


def _is_volume(file: File) -> bool:
    """Say whether a file is one of several parts of an archive, or stood in one."""
    return any(VOLUME.search(name) for name in (*file.path, file.name))


def _is_packed(file: File) -> bool:
    """Say whether an archive is why a file was not read: its own, or the one it stands in."""
    if file.problem not in {"encrypted", "damaged", "unsupported", "empty"}:
        return False
    return file.kind in ARCHIVES or file.is_refused


def unsupported(file: File) -> Finding:
    """Return that nothing can be read from a file of this format."""
    if is_unopened(file):
        return _finding("file-unsupported", file, kind=HEIC)
    return _finding("file-unsupported", file)


def is_unopened(file: File) -> bool:
    """Say whether a picture's format cannot be opened: it may show the event, or a form."""
    return file.kind == "image" and file.problem is None and file.detail == HEIC


def is_pasted(file: File) -> bool:
    """Say whether a document is nothing but the pictures that were pasted into it."""
    if file.document is None or "pictures" not in file.document.flags:
        return False
    texts = [p.text for p in file.document.paragraphs]
    texts += [cell.text for table in file.document.tables for cell in table.cells]
    return sum(len("".join(text.split())) for text in texts) < _FEW


def left_out(file: File) -> list[Finding]:
    """Say that only the first of a file's scanned pages were read, if that is so."""
    if file.document is None or "pages-left-out" not in file.document.flags:
        return []
    return [_finding("file-pages-left-out", file, read=True, most=MAX_PAGES)]


def _finding(code: str, file: File, **details: object) -> Finding:
    said = {"kind": file.kind, **details}
    return Finding(code, Severity.ERROR, file=file.name, details=said)
