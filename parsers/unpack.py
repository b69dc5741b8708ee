"""How far containers are opened: members, depth, bytes and ratio are limited (zip bombs)."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parsers import zips
from parsers.names import file_name

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_CONTAINERS = 5  # a zip in a mail in a zip is 3
MAX_MEMBERS = 1_000
MAX_BYTES = 400 << 20  # unpacked from one mail
MAX_MEMBER_BYTES = 128 << 20
MAX_RATIO = 200  # deflate reaches 1,032; office XML stays under 100
_RATIO_MATTERS = 8 << 20

_NOISE = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True)
class Blob:
    """Bytes with a label: an attachment, a member, or one that could not be taken out.

    `sent_name` is the name before it was cleaned, `is_mail` what the part declared;
    `identity` stands for the SHA-256 of a member that could not be read.
    """

    name: str
    data: bytes
    path: tuple[str, ...] = ()
    inline: bool = False
    is_mail: bool = False
    problem: str | None = None
    detail: str = ""
    identity: str = ""
    sent_name: str = ""


@dataclass(slots=True)
class Budget:
    """What may still be unpacked from one mail."""

    members: int = MAX_MEMBERS
    total: int = MAX_BYTES


def unpack_zip(blob: Blob, budget: Budget) -> Iterator[Blob]:
    """Yield members one at a time; each refused one is a Blob with its problem."""
    try:
        with zips.open_zip(blob.data) as archive:
            for info in archive.infolist():
                if not _is_noise(info):
                    yield _member(archive, info, blob, budget)
    except zips.DirectoryTooLargeError:
        yield _refused(blob, blob.name, "too-large", "members")
    except zipfile.BadZipFile as error:
        yield _refused(blob, blob.name, "damaged", str(error)[:100])


def _is_noise(info: zipfile.ZipInfo) -> bool:
    """Folders, and what macOS, Windows and Office leave beside a document."""
    last = info.filename.rpartition("/")[2]
    return info.is_dir() or last.startswith("~$") or any(n in info.filename for n in _NOISE)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, blob: Blob, budget: Budget) -> Blob:
    raw_name = zips.member_name(info)
    refusal = _refusal(info, budget)
    if refusal:
        return _refused(blob, raw_name, *refusal)
    budget.members -= 1
    try:
        with archive.open(info) as member:
            data = member.read(min(info.file_size, MAX_MEMBER_BYTES) + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        return _refused(blob, raw_name, "damaged", type(error).__name__)
    except (NotImplementedError, RuntimeError) as error:
        return _refused(blob, raw_name, "unsupported", type(error).__name__)
    budget.total -= len(data)
    return Blob(file_name(raw_name), data, _path(blob, raw_name), sent_name=raw_name)


def _refusal(info: zipfile.ZipInfo, budget: Budget) -> tuple[str, str] | None:
    if info.flag_bits & 0x1:
        return "encrypted", ""
    if budget.members <= 0:
        return "too-large", "members"
    if info.file_size > min(MAX_MEMBER_BYTES, budget.total):
        return "too-large", "bytes"
    if info.file_size > max(_RATIO_MATTERS, MAX_RATIO * info.compress_size):
        return "too-large", "ratio"
    return None


def _refused(blob: Blob, raw_name: str, problem: str, detail: str) -> Blob:
    identity = hashlib.sha256(
        hashlib.sha256(blob.data).digest() + raw_name.encode("utf-8", "replace")
    )
    return Blob(
        file_name(raw_name),
        b"",
        _path(blob, raw_name),
        problem=problem,
        detail=detail,
        identity=identity.hexdigest(),
    )


def _path(blob: Blob, raw_name: str) -> tuple[str, ...]:
    """Containers, then the folders in the archive: a folder is often named after its unit."""
    folders = raw_name.replace("\\", "/").split("/")[:-1]
    labels = tuple(label for label in map(file_name, folders[-5:]) if label not in {"", ".", ".."})
    return (*blob.path, blob.name, *labels)
