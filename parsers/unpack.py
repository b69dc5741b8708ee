"""How far archives are opened: members, depth, bytes and ratio are limited (bombs)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from parsers.archives import OPENERS
from parsers.blobs import Blob, blob_of, refused_member
from parsers.names import file_name
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.archives.member import Member

MAX_CONTAINERS = 5  # a zip in a mail in a zip is 3
MAX_MEMBERS = 1_000
MAX_BYTES = 400 << 20  # unpacked from one mail
MAX_MEMBER_BYTES = 128 << 20
MAX_RATIO = 200  # deflate reaches 1,032; office XML stays under 100
_RATIO_MATTERS = 8 << 20

_BESIDE = ("~$", ".~", "._")  # beside a document of this name: Word's, WPS's, macOS's
_NOISE = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


@dataclass(slots=True)
class Budget:
    """What may still be unpacked from one mail."""

    members: int = MAX_MEMBERS
    total: int = MAX_BYTES


def unpack(container: Blob, budget: Budget) -> Iterator[Blob]:
    """Yield the archive itself, then its members one at a time.

    What cannot be had is a Blob with its problem: "encrypted", "too-large" (`detail`: bytes,
    ratio, members, memory), "damaged" or "unsupported". When already the first member cannot be
    reached, it is the archive that has the problem. What programs leave in it is no member.
    """
    opened = OPENERS[container.kind](container.data, container.name)
    members = (member for member in opened if not _is_noise(member.name))
    try:
        first = next(members, None)
    except Unreadable as refusal:
        yield container.refused(refusal.problem, refusal.detail)
        return
    if first is None:
        yield container.refused("empty")
        return
    yield container
    yield from _members(chain([first], members), container, budget)


def _members(members: Iterator[Member], container: Blob, budget: Budget) -> Iterator[Blob]:
    taken = None
    try:
        for member in members:
            if budget.members <= 0:
                yield _broken_off(container, "too-large", "members")
                return
            budget.members -= 1
            taken = _taken(member, container, budget)
            yield taken
    except Unreadable as refusal:
        if taken is None or taken.problem is None:  # else the break has been told
            yield _broken_off(container, refusal.problem, refusal.detail)


def _broken_off(container: Blob, problem: str, detail: str) -> Blob:
    """Stand for the members after the one where the archive ended or became too much."""
    path = (*container.path, container.name)
    return refused_member(container, container.name, path, problem, detail)


def _is_noise(name: str) -> bool:
    """Whether macOS, Windows or Office left it beside a document."""
    last = name.replace("\\", "/").rpartition("/")[2]
    scratch = last.startswith("~") and last.lower().endswith(".tmp")
    return scratch or last.startswith(_BESIDE) or any(noise in name for noise in _NOISE)


def _taken(member: Member, container: Blob, budget: Budget) -> Blob:
    path = _path(container, member.name)
    most = _most(member, container, budget)
    refusal = _refusal(member, most)
    if refusal is None:
        try:
            data = member.read(most + 1)
        except Unreadable as unreadable:
            refusal = unreadable.problem, unreadable.detail
        else:
            budget.total -= min(len(data), most)
            if len(data) <= most:
                return blob_of(data, member.name, path)
            refusal = "too-large", _which(most, budget)
    return refused_member(container, member.name, path, *refusal)


def _most(member: Member, container: Blob, budget: Budget) -> int:
    """Return how many bytes a member may have; what states no packed size has the whole's."""
    packed = member.packed if member.packed is not None else len(container.data)
    return min(MAX_MEMBER_BYTES, budget.total, max(_RATIO_MATTERS, MAX_RATIO * packed))


def _refusal(member: Member, most: int) -> tuple[str, str] | None:
    if member.problem is not None:
        return member.problem, ""
    if member.size is not None and member.size > most:
        return "too-large", "bytes" if member.size > MAX_MEMBER_BYTES else "ratio"
    return None


def _which(most: int, budget: Budget) -> str:
    return "bytes" if most >= min(MAX_MEMBER_BYTES, budget.total) else "ratio"


def _path(container: Blob, name: str) -> tuple[str, ...]:
    """Containers, then the folders in the archive: a folder is often named after its unit."""
    folders = name.replace("\\", "/").split("/")[:-1]
    labels = tuple(label for label in map(file_name, folders[-5:]) if label not in {"", ".", ".."})
    return (*container.path, container.name, *labels)
