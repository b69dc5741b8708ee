"""How drafted files get to disk: only where nothing of that name stands yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.trouble import wrong
from parsers.formats import HAS_READER, read_document
from parsers.sniff import sniff
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from parsers.document import Document

    Writer = Callable[[Path], None]

LARGEST = 64 << 20  # bytes of a notice or blank


def open_file(path: Path) -> tuple[bytes, str]:
    """Return a file's bytes and kind; Trouble when there is none or it is huge."""
    if not path.is_file():
        raise wrong("no-such-file", path)
    if path.stat().st_size > LARGEST:
        raise wrong("document-too-large", path, limit=LARGEST >> 20)
    data = path.read_bytes()
    return data, sniff(data, path.name)


def document_of(path: Path, data: bytes, kind: str) -> Document:
    """Read a file's document; Trouble with a remedy when it cannot be."""
    if kind not in HAS_READER:
        raise wrong("no-reader", path, kind=kind)
    try:
        return read_document(data, kind)
    except Unreadable as refusal:
        if refusal.detail == "scan":
            raise wrong("document_scan", path) from None
        why = f" ({refusal.detail})" if refusal.detail else ""
        raise wrong(f"document_{refusal.problem}", path, why=why) from None


def write_new(files: Mapping[Path, bytes | Writer]) -> None:
    """Write files, parents included; Trouble, and nothing written, if one is there already.

    What is large comes as a function that writes it.
    """
    standing = [path for path in files if path.exists()]
    if standing:
        named = ", ".join(str(path) for path in standing)
        raise wrong("already-there", named)
    for path, data in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(data, bytes):
            path.write_bytes(data)
        else:
            data(path)
