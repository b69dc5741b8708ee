"""What the machine must have: room, the right time, zones, LibreOffice, recognisers, fonts."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.checkup.result import broken, fine, look
from bot.reading.converting import missing
from parsers.formats.scan.ready import lacking

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.checkup.result import Result
    from bot.checkup.scene import Scene


def disk(scene: Scene) -> Iterator[Result]:
    """Say whether there is room for more mail."""
    folder = _nearest(scene.settings.data)
    free, needed = shutil.disk_usage(folder).free >> 20, scene.settings.min_free_mb
    verdict, code = (fine, "disk.room") if free >= needed else (broken, "disk.low")
    yield verdict(code, free=free, needed=needed)


def clock(scene: Scene) -> Iterator[Result]:
    """Say what time we take it to be, and whether the machine keeps its clock right."""
    names = {scene.settings.timezone, *(c.file.timezone for c in scene.campaigns)}
    for name in sorted(names):
        try:
            now = scene.clock.now().astimezone(ZoneInfo(name))
        except (ZoneInfoNotFoundError, ValueError):
            yield broken("zone.unknown", zone=name)
        else:
            yield fine("clock.now", now=f"{now:%Y-%m-%d %H:%M}", zone=name)
    if _said("timedatectl", "show", "--property=NTPSynchronized", "--value") == "no":
        yield look("clock.alone")


def readers() -> Iterator[Result]:
    """Say which kinds of files can be read."""
    without = missing()
    yield look("office.missing", why=without) if without else fine("office.there")
    lack = lacking()
    yield broken("scans.missing", lack=lack) if lack else fine("scans.there")
    fonts = _said("fc-list", ":lang=zh", "family")
    if fonts is not None:
        yield fine("fonts.there") if fonts else look("fonts.missing")


def _nearest(folder: Path) -> Path:
    return next(one for one in (folder, *folder.absolute().parents) if one.is_dir())


def _said(*command: str) -> str | None:
    """Return what a command of the system prints; None where it is not there or does not work."""
    try:
        done = subprocess.run(  # noqa: S603 - constants
            command, capture_output=True, text=True, check=True, timeout=10
        )
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return None
    return done.stdout.strip()
