"""A file's bytes with a label, hashed and recognised once, or why they could not be had."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from parsers.names import extension, file_name
from parsers.sniff import sniff


@dataclass(frozen=True, slots=True)
class Blob:
    """An attachment, a member of a container, or one that could not be taken out of it.

    `sent_name` is the name before it was cleaned. A refused member has no data, its `sha256`
    stands for it by its container and name, and its `kind` is only what the name says.
    """

    name: str
    data: bytes
    sha256: str
    kind: str
    path: tuple[str, ...] = ()
    sent_name: str = ""
    inline: bool = False
    problem: str | None = None
    detail: str = ""

    def refused(self, problem: str, detail: str = "") -> Blob:
        """Return the same file with a problem."""
        return replace(self, problem=problem, detail=detail)


def blob_of(data: bytes, sent_name: str, path: tuple[str, ...] = ()) -> Blob:
    """Label, hash and recognise some bytes."""
    name = file_name(sent_name) or "unnamed"
    kind = sniff(data, name)
    return Blob(name, data, hashlib.sha256(data).hexdigest(), kind, path, sent_name)


def refused_member(
    container: Blob, sent_name: str, path: tuple[str, ...], problem: str, detail: str
) -> Blob:
    """Describe a member whose bytes cannot be had."""
    name = file_name(sent_name) or "unnamed"
    identity = hashlib.sha256(f"{container.sha256}/{sent_name}".encode("utf-8", "replace"))
    kind = extension(name) or "other"
    plain = Blob(name, b"", identity.hexdigest(), kind, path, sent_name)
    return plain.refused(problem, detail)
