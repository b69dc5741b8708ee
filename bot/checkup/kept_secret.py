"""Whether secrets are kept: who else may read the files they stand in, whose the data folder is."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from bot.checkup.result import broken, fine, look
from bot.settings.secrets import is_mounted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from bot.checkup.result import Result


def secrets(files: Iterable[Path]) -> Iterator[Result]:
    """Look at files that hold a password; `files` are those that settings and environment name."""
    count = 0
    for path in files:
        mode, count = stat.S_IMODE(path.stat().st_mode), count + 1
        facts = {"file": path, "mode": f"{mode:04o}"}
        if mode & 0o077 and not is_mounted(path):
            yield broken("secret.open", **facts) if mode & 0o007 else look("secret.group", **facts)
            count -= 1
    if count:
        yield fine("secret.kept", files=count)


def data(folder: Path) -> Iterator[Result]:
    """Say whether the data folder can be written to, and is nobody else's to read."""
    if not folder.exists():
        yield fine("data.new", folder=folder)
        return
    found = folder.stat()
    if not os.access(folder, os.W_OK | os.X_OK):
        yield broken("data.closed", folder=folder)
    elif os.getuid() != found.st_uid:
        yield look("data.other-user", folder=folder, owner=found.st_uid)
    elif found.st_mode & 0o007:
        yield look("data.open", folder=folder, mode=f"{stat.S_IMODE(found.st_mode):04o}")
    else:
        yield fine("data.kept", folder=folder)
