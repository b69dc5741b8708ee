"""LibreOffice as the last resort: one run per file, without network, its result not believed.

Every run has a folder and a profile of its own and ends with its whole process group, so one that
hangs harms no other. The file is given only after its content is proven (`parsers/legacy.py`),
the import filter is named, and what comes out is read in a reading child like a stranger's file.
"""

from __future__ import annotations

import functools
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parsers.legacy import Legacy

SECONDS = 45  # a few files of a mail stay within its lease (office.py)
MEMORY = 2 << 30  # of address space; a form takes 212 MB resident
MAX_INPUT = 24 << 20  # the file and what comes of it pass through the worker
MAX_OUTPUT = 32 << 20
_LOCKED_DOWN = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item></oor:items>
"""


class NotConverted(Exception):  # noqa: N818 - an answer about a file
    """No result; `why` is a sentence for an operator and holds nothing of the file."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def convert(data: bytes, how: Legacy, *, seconds: float = SECONDS) -> bytes:
    """Return the file as OpenDocument; NotConverted when LibreOffice is absent, fails or hangs."""
    why = missing()
    if why is not None:
        raise NotConverted(why)
    with tempfile.TemporaryDirectory(prefix="shoubiao-") as folder:
        room = Path(folder)
        furnish(room)
        (room / f"form.{how.ending}").write_bytes(data)
        _run(room, how, seconds)
        return result(room, how)


def missing() -> str | None:
    """Say what is lacking for legacy files to be read; None when nothing is."""
    if shutil.which("soffice") is None:
        return "LibreOffice is not installed (libreoffice-writer-nogui, libreoffice-calc-nogui)"
    if not _without_network():
        return "neither bwrap nor unshare can run LibreOffice without network"
    return None


@functools.cache
def _without_network() -> tuple[str, ...]:
    """Return the command that runs another one without network; empty when none works here."""
    for command in (
        ("bwrap", "--unshare-net", "--unshare-pid", "--die-with-parent", "--dev-bind", "/", "/"),
        ("unshare", "--map-root-user", "--net", "--pid", "--fork", "--kill-child"),
    ):
        if shutil.which(command[0]) and _works((*command, "true")):
            return command
    return ()


def _works(command: tuple[str, ...]) -> bool:
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=60)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def furnish(house: Path) -> None:
    """Put a profile of its own into the house of one LibreOffice: no macros, no links."""
    profile = house / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(_LOCKED_DOWN, encoding="utf-8")


def _run(room: Path, how: Legacy, seconds: float) -> None:
    """Let it convert; its exit status is 0 whatever happened, so nobody asks for it."""
    process = begin(room, arguments(room, room, how))
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise NotConverted("LibreOffice took too long") from error
    finally:
        end(process)


def begin(home: Path, command: list[str]) -> subprocess.Popen[bytes]:
    """Start a LibreOffice without network."""
    return subprocess.Popen(  # noqa: S603 - fixed arguments, a folder of ours
        [*_without_network(), *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.environ.get("PATH", ""), "HOME": str(home), "LANG": "C.UTF-8"},
        cwd=home,
        start_new_session=True,
    )


def end(process: subprocess.Popen[bytes]) -> None:
    """End one that still runs; what it started ends with it, being in its namespace."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def arguments(house: Path, room: Path | None = None, how: Legacy | None = None) -> list[str]:
    """Return the command that starts LibreOffice in a house, perhaps to convert a room's file."""
    limits = ["prlimit", f"--as={MEMORY}", f"--fsize={MAX_OUTPUT * 4}", "--core=0", "--"]
    command = [
        *(("nice", "-n", "10") if shutil.which("nice") else ()),
        *(limits if shutil.which("prlimit") else []),
        *("soffice", f"-env:UserInstallation={(house / 'profile').as_uri()}", "--headless"),
        *("--norestore", "--nolockcheck", "--nofirststartwizard"),
    ]
    if room is None or how is None:
        return command
    return [
        *command,
        *("--nodefault", f"--infilter={how.filter}", "--convert-to", how.becomes),
        *("--outdir", str(room / "out"), str(room / f"form.{how.ending}")),
    ]


def result(room: Path, how: Legacy) -> bytes:
    """Return what was written; NotConverted when it is nothing, or no file of a form's size."""
    made = room / "out" / f"form.{how.becomes}"
    if made.is_symlink() or not made.is_file():
        raise NotConverted("LibreOffice could not read it")
    if not 0 < made.stat().st_size <= MAX_OUTPUT:
        raise NotConverted("LibreOffice wrote nothing, or too much")
    return made.read_bytes()
