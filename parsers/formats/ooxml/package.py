"""What an office zip holds: parts by name, their relationships, how much it may unpack to."""

from __future__ import annotations

import contextlib
import io
import posixpath
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from typing import IO, TYPE_CHECKING

from parsers.formats.ooxml.packed import MOST, Packed, begins_plainly, packed_member, translated
from parsers.formats.ooxml.xml import Element, parse
from parsers.short_texts import remembered
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAX_UNPACKED = 200_000_000
MAX_PART = 64_000_000  # a part that is parsed into a tree
MAX_MEMBERS = 10_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Relationship:
    """One arrow of a part: `kind` is the last word of its type, `target` a part's name."""

    id: str
    kind: str
    target: str
    external: bool


class Package:
    """An opened package; parts are found whatever the case of their names."""

    def __init__(self, archive: zipfile.ZipFile, data: bytes) -> None:
        self.archive = archive
        self._data = data
        self._relationships: dict[str, Mapping[str, Relationship]] = {}
        self._members = {_clean(info.filename).lower(): info for info in archive.infolist()}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._members

    def names(self) -> Iterator[str]:
        """Return every member's name in lower case."""
        return iter(self._members)

    def members(self) -> Iterator[zipfile.ZipInfo]:
        """Return every member once; of two with one name the last, as it is the one read."""
        return iter(self._members.values())

    def stored_name(self, name: str) -> str:
        """Return the name as the zip spells it; the name itself for a new part."""
        info = self._members.get(name.lower())
        return info.filename if info else name

    def read(self, name: str) -> bytes:
        """Return a part's bytes; Unreadable when it is absent, broken or over MAX_PART."""
        if self.info(name).file_size > MAX_PART:
            raise Unreadable("too-large", f"{name} unpacks to over {MAX_PART} bytes")
        with self.open(name) as stream, translated():
            return stream.read(MAX_PART + 1)

    def read_or_nothing(self, name: str | None) -> bytes:
        """Return a part's bytes, or b"" when there is no such part."""
        return self.read(name) if name and name in self else b""

    def info(self, name: str) -> zipfile.ZipInfo:
        """Return the member's directory entry; Unreadable when it is absent."""
        try:
            return self._members[name.lower()]
        except KeyError:
            raise Unreadable("damaged", f"no part {name}") from None

    def open(self, name: str) -> IO[bytes]:
        """Open a part for reading in pieces."""
        with translated():
            return self.archive.open(self.info(name))

    def packed(self, name: str | None) -> Packed | None:
        """Return a part as it lies in the zip; None when there is none, or it is not small."""
        if not name or name not in self:
            return None
        info = self.info(name)
        if not begins_plainly(self._data, info):
            self.open(name).close()  # which says what is wrong with its local header
        return packed_member(self._data, info)

    def relationships(self, part: str) -> Mapping[str, Relationship]:
        """Return a part's relationships by id; "" is the package itself."""
        if part not in self._relationships:
            self._relationships[part] = self._read_relationships(part)
        return self._relationships[part]

    def _read_relationships(self, part: str) -> Mapping[str, Relationship]:
        name, folder = relationships_name(part), posixpath.dirname(part)
        packed = self.packed(name)
        if packed is not None:
            return _kept_relationships(packed, folder)
        return _relationships(self.read_or_nothing(name), folder)

    def related(self, part: str, kind: str) -> str | None:
        """Return the first part of this kind that `part` points to."""
        for relation in self.relationships(part).values():
            if relation.kind == kind and not relation.external and relation.target in self:
                return relation.target
        return None


def relationships_name(part: str) -> str:
    """Return the name of the part that holds another's relationships."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


@lru_cache(maxsize=MOST)
def _kept_relationships(packed: Packed, folder: str) -> Mapping[str, Relationship]:
    return _relationships(packed.read(), folder)


def _relationships(data: bytes, folder: str) -> Mapping[str, Relationship]:
    found = (_relationship(node, folder) for node in (parse(data) if data else ()))
    return {relation.id: relation for relation in found}


def _relationship(node: Element, folder: str) -> Relationship:
    external = node.get("TargetMode", "").lower() == "external"
    target = node.get("Target", "")
    if not external:
        target = _clean(target if target.startswith("/") else posixpath.join(folder, target))
    kind = node.get("Type", "").rpartition("/")[2]
    return Relationship(node.get("Id", ""), kind, target, external)


@remembered
def _clean(name: str) -> str:
    """Spell a member's name the usual way; some programs write backslashes."""
    return posixpath.normpath("/" + name.replace("\\", "/")).lstrip("/")


@contextlib.contextmanager
def opened(data: bytes) -> Iterator[Package]:
    """Open a package; Unreadable when it is encrypted, broken, or would unpack to too much."""
    if data.startswith(_OLE):
        problem = "encrypted" if _ENCRYPTED_PACKAGE in data else "unsupported"
        raise Unreadable(problem, "an OLE file, not a zip")
    with translated():
        archive = zipfile.ZipFile(io.BytesIO(data))
    with archive:
        _check_members(archive.infolist())
        yield Package(archive, data)


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    """Refuse by size, not by ratio: honest empty rows pack 100 to 1 (facts §5.1)."""
    if len(members) > MAX_MEMBERS:
        raise Unreadable("too-large", f"{len(members)} members")
    if sum(info.file_size for info in members) > MAX_UNPACKED:
        raise Unreadable("too-large", f"unpacks to over {MAX_UNPACKED} bytes")
    if any(info.flag_bits & 0x1 for info in members):
        raise Unreadable("encrypted", "a member needs a password")
