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
MAX_OUTPUT = 64 << 20
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
        _furnish(room, data, how)
        _run(room, how, seconds)
        return _result(room, how)


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
        done = subprocess.run(command, capture_output=True, check=False, timeout=10)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _furnish(room: Path, data: bytes, how: Legacy) -> None:
    profile = room / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(_LOCKED_DOWN, encoding="utf-8")
    (room / f"form.{how.ending}").write_bytes(data)


def _run(room: Path, how: Legacy, seconds: float) -> None:
    """Let it convert; its exit status is 0 whatever happened, so nobody asks for it."""
    process = subprocess.Popen(  # noqa: S603 - fixed arguments, a folder of ours
        [*_without_network(), *_command(room, how)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.environ.get("PATH", ""), "HOME": str(room), "LANG": "C.UTF-8"},
        cwd=room,
        start_new_session=True,
    )
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise NotConverted("LibreOffice took too long") from error
    finally:
        if process.poll() is None:  # what it started ends with it, being in its namespace
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _command(room: Path, how: Legacy) -> list[str]:
    limits = ["prlimit", f"--as={MEMORY}", f"--fsize={MAX_OUTPUT * 4}", "--core=0", "--"]
    return [
        *(limits if shutil.which("prlimit") else []),
        *("soffice", f"-env:UserInstallation={(room / 'profile').as_uri()}", "--headless"),
        *("--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"),
        *(f"--infilter={how.filter}", "--convert-to", how.becomes),
        *("--outdir", str(room / "out"), str(room / f"form.{how.ending}")),
    ]


def _result(room: Path, how: Legacy) -> bytes:
    made = room / "out" / f"form.{how.becomes}"
    if made.is_symlink() or not made.is_file():
        raise NotConverted("LibreOffice could not read it")
    if not 0 < made.stat().st_size <= MAX_OUTPUT:
        raise NotConverted("LibreOffice wrote nothing, or too much")
    return made.read_bytes()
