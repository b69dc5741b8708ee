"""Members of a RAR: listed by rarfile, taken out by libarchive, else by unar where it is there."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import rarfile

from parsers.archives.member import Member, nothing
from parsers.archives.streamed import streamed_members
from parsers.charsets import decode_raw
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

_RAR5 = b"Rar!\x1a\x07\x01\x00"


def rar_members(data: bytes, _: str) -> Iterator[Member]:
    """Yield the members; Unreadable when names are locked, or it is one volume of several."""
    listed = _listed(data)
    left = iter(listed)
    try:
        form = "rar5" if data.startswith(_RAR5) else "rar"
        for member, known in zip(streamed_members(data, form), left, strict=False):
            yield _merged(member, known)
    except Unreadable:
        if not listed or shutil.which("unar") is None:
            raise
        yield from left


def _merged(member: Member, known: Member) -> Member:
    """Take name and lock from the list, bytes from the stream, and from unar what it cannot."""
    if known.problem is not None:
        return known
    return replace(known, read=partial(_read_either, member, known))


def _read_either(member: Member, known: Member, most: int) -> bytes:
    try:
        data = member.read(most)
    except Unreadable as refusal:
        if refusal.problem == "encrypted" or shutil.which("unar") is None:
            raise
        return known.read(most)
    if known.size and not data:  # a copy that only points to another member
        return known.read(most)
    return data


def _listed(data: bytes) -> list[Member]:
    try:
        archive = rarfile.RarFile(io.BytesIO(data))
        infos = [info for info in archive.infolist() if info.is_file()]
    except rarfile.NeedFirstVolume as error:
        raise Unreadable("unsupported", "volumes") from error
    except Exception as error:
        raise Unreadable("damaged", type(error).__name__) from error
    if archive.needs_password() and not infos:
        raise Unreadable("encrypted")
    return [_known(archive, info) for info in infos]


def _known(archive: Any, info: Any) -> Member:
    if info.needs_password():
        return Member(_name(info), info.file_size, info.compress_size, nothing, "encrypted")
    if info.flags & rarfile.RAR_FILE_SPLIT_AFTER:
        return Member(_name(info), info.file_size, info.compress_size, nothing, "unsupported")
    return Member(_name(info), info.file_size, info.compress_size, partial(_read, archive, info))


def _name(info: Any) -> str:
    """Return the name; an old RAR without Unicode has it as Chinese Windows wrote it."""
    if isinstance(info, rarfile.Rar3Info) and not info.flags & rarfile.RAR_FILE_UNICODE:
        return decode_raw(bytes(info.orig_filename))
    return str(info.filename)


def _read(archive: Any, info: Any, most: int) -> bytes:
    try:
        with archive.open(info) as member:
            return bytes(member.read(most))
    except rarfile.PasswordRequired as error:
        raise Unreadable("encrypted") from error
    except (rarfile.Error, OSError, ValueError) as error:
        raise Unreadable("damaged", type(error).__name__) from error
