"""How far zips are opened: members, depth, bytes and ratio are limited (zip bombs)."""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parsers.blobs import Blob, blob_of, refused_member
from parsers.names import file_name
from parsers.zips import member_name

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_CONTAINERS = 5  # a zip in a mail in a zip is 3
MAX_MEMBERS = 1_000
MAX_BYTES = 400 << 20  # unpacked from one mail
MAX_MEMBER_BYTES = 128 << 20
MAX_RATIO = 200  # deflate reaches 1,032; office XML stays under 100
_RATIO_MATTERS = 8 << 20

_NOISE = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


@dataclass(slots=True)
class Budget:
    """What may still be unpacked from one mail."""

    members: int = MAX_MEMBERS
    total: int = MAX_BYTES


def unpack(archive: zipfile.ZipFile, container: Blob, budget: Budget) -> Iterator[Blob]:
    """Yield members one at a time; each refused one is a Blob with its problem.

    "encrypted", "too-large" (`detail`: bytes, ratio, members), "damaged" or "unsupported".
    """
    for info in archive.infolist():
        if _is_noise(info):
            continue
        if budget.members <= 0:
            path = (*container.path, container.name)
            yield refused_member(container, container.name, path, "too-large", "members")
            return
        budget.members -= 1
        yield _member(archive, info, container, budget)


def _is_noise(info: zipfile.ZipInfo) -> bool:
    """Folders, and what macOS, Windows and Office leave beside a document."""
    last = info.filename.rpartition("/")[2]
    return info.is_dir() or last.startswith("~$") or any(n in info.filename for n in _NOISE)


def _member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, container: Blob, budget: Budget
) -> Blob:
    name = member_name(info)
    path = _path(container, name)
    refusal = _refusal(info, budget)
    if refusal:
        return refused_member(container, name, path, *refusal)
    try:
        with archive.open(info) as member:
            data = member.read(info.file_size + 1)
    except (NotImplementedError, RuntimeError) as error:
        return refused_member(container, name, path, "unsupported", type(error).__name__)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        return refused_member(container, name, path, "damaged", type(error).__name__)
    budget.total -= len(data)
    return blob_of(data, name, path)


def _refusal(info: zipfile.ZipInfo, budget: Budget) -> tuple[str, str] | None:
    if info.flag_bits & 0x1:
        return "encrypted", ""
    if info.file_size > min(MAX_MEMBER_BYTES, budget.total):
        return "too-large", "bytes"
    if info.file_size > max(_RATIO_MATTERS, MAX_RATIO * info.compress_size):
        return "too-large", "ratio"
    return None


def _path(container: Blob, name: str) -> tuple[str, ...]:
    """Containers, then the folders in the archive: a folder is often named after its unit."""
    folders = name.replace("\\", "/").split("/")[:-1]
    labels = tuple(label for label in map(file_name, folders[-5:]) if label not in {"", ".", ".."})
    return (*container.path, container.name, *labels)
