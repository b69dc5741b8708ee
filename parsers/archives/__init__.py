"""Archives of every kind as members, one at a time; which kind is opened by which file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from parsers.archives.member import Member
from parsers.archives.sevens import seven_members
from parsers.archives.squeezed import squeezed_member
from parsers.archives.tars import tar_members
from parsers.archives.zipped import zip_members

Opener = Callable[[bytes, str], Iterator[Member]]


def rar_members(data: bytes, name: str) -> Iterator[Member]:
    """Open a RAR; what lists it loads a library of ciphers, and few mails bring one."""
    from parsers.archives import rars  # noqa: PLC0415 - see above

    return rars.rar_members(data, name)


# kind as in parsers.sniff → opener; each takes the bytes and the archive's name
OPENERS: Mapping[str, Opener] = {
    "zip": zip_members,
    "7z": seven_members,
    "rar": rar_members,
    "tar": tar_members,
    "gzip": squeezed_member,
    "bzip2": squeezed_member,
    "xz": squeezed_member,
}
