"""`shoubiao deploy`: how a deployment folder is kept running, by systemd or in containers."""

from __future__ import annotations

import getpass
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bot.commands.drafts import write_new
from bot.commands.screen import screen
from bot.commands.trouble import said
from bot.settings import FILE_NAME, load_settings
from templates.deployment import Service, compose_text, containerfile, unit_text

if TYPE_CHECKING:
    from bot.settings import Settings

UNIT, COMPOSE, IMAGE = "shoubiao.service", "compose.yaml", "Containerfile"
HOMES = (Path("/home"), Path("/root"))


def deploy(folder: Path, user: str, *, container: bool) -> int:
    """Write the unit, or the two files of a container, into the folder; nothing is replaced."""
    service = service_of(folder.resolve(), user, load_settings(folder / FILE_NAME))
    unit = {folder / UNIT: unit_text(service).encode()}
    files = {folder / COMPOSE: compose_text(service).encode()}
    files[folder / IMAGE] = containerfile().encode()
    written = files if container else unit
    write_new(written)
    for path in written:
        screen().print(said("written-deploy", file=path), markup=False)
    return 0


def service_of(folder: Path, user: str, settings: Settings) -> Service:
    """Return what a service of this folder needs: paths in full, and what must be writable."""
    program = Path(shutil.which(sys.argv[0]) or Path(sys.executable).parent / "shoubiao").absolute()
    beside = (settings.data, settings.campaigns, *(a.maildir for a in settings.accounts))
    outside = (path.resolve() for path in beside if path is not None)
    written = dict.fromkeys((folder, *(p for p in outside if not p.is_relative_to(folder))))
    there = folder.stat()
    used = (folder, program, Path(sys.prefix))
    return Service(
        folder=str(folder),
        program=str(program),
        user=user or _user(),
        owner=f"{there.st_uid}:{there.st_gid}" if there.st_uid else "10001:10001",
        written=tuple(map(str, written)),
        at_home=any(path.is_relative_to(home) for path in used for home in HOMES),
    )


def _user() -> str:
    """Return who runs this, unless that is root, who should not run a worker."""
    name = getpass.getuser()
    return "shoubiao" if name == "root" else name
