"""A LibreOffice kept running while old files come in numbers: each then takes a sixth of the time.

A process with an empty document open does what later calls with its profile ask of it. It is
begun for the second file within a minute, never for a single one, and does not live long: what
one file does to it may reach no more than a few others. A file it fails with is tried again by
itself (`bot/reading/converting.py`), and nothing it writes is believed either.
"""

from __future__ import annotations

import contextlib
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bot.reading.converting import (
    SECONDS,
    NotConverted,
    arguments,
    begin,
    convert,
    end,
    furnish,
    missing,
    result,
)

if TYPE_CHECKING:
    from parsers.legacy import Legacy

SOON = 60.0  # seconds between two files that make a stream of them
MOST = 25  # files of one process
START_SECONDS = 40.0
KEPT_OPEN = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"
 office:mimetype="application/vnd.oasis.opendocument.text">
<office:body><office:text><text:p/></office:text></office:body></office:document>
"""


class WarmOffice:
    """One such process at the most, behind a lock; any thread may ask, and waits its turn."""

    def __init__(self) -> None:
        self._one_at_a_time = threading.Lock()
        self._kept: _Kept | None = None
        self._last: float | None = None  # when a file was converted
        self._timer: threading.Timer | None = None

    def convert(self, data: bytes, how: Legacy) -> bytes:
        """Return the file as OpenDocument; NotConverted as `converting.convert` says."""
        with self._one_at_a_time:
            try:
                made = self._warmly(data, how) if self._is_stream() else None
                return convert(data, how) if made is None else made
            finally:
                self._last = time.monotonic()
                self._end_when_idle()

    def close(self) -> None:
        """End the process, after the file in hand."""
        with self._one_at_a_time:
            self._end()

    def _is_stream(self) -> bool:
        soon = self._last is not None and time.monotonic() - self._last < SOON
        return soon and missing() is None

    def _warmly(self, data: bytes, how: Legacy) -> bytes | None:
        """Return what the kept process makes of a file, None when it fails; then it is ended."""
        try:
            if self._kept is None or self._kept.files >= MOST or not self._kept.alive():
                self._end()
                self._kept = _Kept()
            return self._kept.convert(data, how)
        except NotConverted:
            self._end()
            return None

    def _end_when_idle(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None
        if self._kept is not None:
            self._timer = threading.Timer(SOON, self.close)
            self._timer.daemon = True
            self._timer.start()

    def _end(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if self._kept is not None:
            self._kept.end()
        self._kept = self._timer = None


class _Kept:
    """The process, and the folder that holds all it knows."""

    def __init__(self) -> None:
        self.files = 0
        self._folder = tempfile.TemporaryDirectory(prefix="shoubiao-")
        self._house = Path(self._folder.name)
        furnish(self._house)
        (self._house / "open.fodt").write_text(KEPT_OPEN, encoding="utf-8")
        self._process = begin(self._house, [*arguments(self._house), "open.fodt"])
        try:
            self._wait()
        except NotConverted:
            self.end()
            raise

    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def convert(self, data: bytes, how: Legacy) -> bytes:
        """Let it convert a file, in a folder of the file's own; NotConverted when it does not."""
        self.files += 1
        with tempfile.TemporaryDirectory(dir=self._house) as folder:
            room = Path(folder)
            (room / f"form.{how.ending}").write_bytes(data)
            self._ask(room, how)
            return result(room, how)

    def end(self) -> None:
        """End it with all it started, and leave nothing of it."""
        pipes = self._pipes()
        end(self._process)
        for pipe in pipes:
            pipe.unlink(missing_ok=True)
        self._folder.cleanup()

    def _ask(self, room: Path, how: Legacy) -> None:
        """Call LibreOffice with the same profile: it hands its arguments over, and waits."""
        asking = begin(room, arguments(self._house, room, how))
        try:
            asking.wait(SECONDS)
        except subprocess.TimeoutExpired as error:
            raise NotConverted("LibreOffice took too long") from error
        finally:
            end(asking)

    def _wait(self) -> None:
        """Wait until its document is open, which its lock beside it tells."""
        deadline = time.monotonic() + START_SECONDS
        while not (self._house / ".~lock.open.fodt#").exists():
            if time.monotonic() > deadline or not self.alive():
                raise NotConverted("LibreOffice does not start")
            time.sleep(0.05)

    def _pipes(self) -> list[Path]:
        """Return the sockets of its own network, which it leaves behind when it is killed."""
        with contextlib.suppress(OSError, IndexError):
            number = self._process.pid
            child = Path(f"/proc/{number}/task/{number}/children").read_text("ascii").split()[0]
            lines = Path(f"/proc/{child}/net/unix").read_text("utf-8").splitlines()
            named = [line.split()[-1] for line in lines if "SingleOfficeIPC" in line]
            return [Path(name) for name in named if name.startswith("/tmp/OSL_PIPE_")]  # noqa: S108
        return []
