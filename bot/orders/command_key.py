"""The key that signs the codes on buttons: the operator's, else one made here once and kept."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from bot.settings import Settings

FILE = "command-key"
SIZE = 32


def command_key(settings: Settings) -> bytes:
    """Return the key; workers on several machines share one by the setting `command_key`.

    It is in no backup: after a restore, buttons sent before are refused and new ones work.
    """
    if settings.command_key is not None:
        return settings.command_key.get_secret_value().encode()
    path = settings.data / FILE
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return _made(path)


def _made(path: Path) -> bytes:
    """Make the key whole before it has its name: of several that do, the first one's stands."""
    beside = path.with_name(f"{FILE}.{secrets.token_hex(4)}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(SIZE))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(beside, path)
    except FileExistsError:
        pass
    finally:
        beside.unlink()
    return path.read_bytes()
