"""How files and folders get on disk so that no power cut undoes them: synced, their names too.

A small file that can be made again is only put in its place whole.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet
    from pathlib import Path


def write_file(path: Path, data: bytes) -> None:
    """Write a new file; its name is not yet synced."""
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(descriptor)


def put_in_place(path: Path, text: str) -> None:
    """Write a small file anew, whole or not at all, though others write it at this moment too."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(beside, path)  # noqa: PTH105 - a name, not a path
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(beside)  # noqa: PTH108 - as above
        raise


def make_folders(wanted: Iterable[Path], named: AbstractSet[Path]) -> None:
    """Make folders and those above them; a folder that gets several new ones is synced once."""
    for folder in make_unsynced(wanted, named):
        sync_folder(folder)


def make_unsynced(wanted: Iterable[Path], named: AbstractSet[Path]) -> list[Path]:
    """Make folders and those above them; return those to be synced, which hold their names.

    Another thread or process may have made a folder and not synced its name yet: only of those
    in `named` this is known.
    """
    changed: dict[Path, None] = {}
    for folder in wanted:
        _make(folder, named, changed)
    return list(changed)


def sync_folder(folder: Path) -> None:
    """Put a folder's names on disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _make(folder: Path, named: AbstractSet[Path], changed: dict[Path, None]) -> None:
    """Try first and look afterwards: most of the folders are new."""
    try:
        folder.mkdir()
    except FileExistsError:
        if folder in named:
            return
        _make(folder.parent, named, changed)
    except FileNotFoundError:
        _make(folder.parent, named, changed)
        with suppress(FileExistsError):
            folder.mkdir()
    changed[folder.parent] = None
