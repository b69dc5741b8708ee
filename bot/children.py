"""Reading processes: started when needed, used again, killed when they fail."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import select
import signal
import struct
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from pydantic import TypeAdapter, ValidationError

import parsers
from bot.converting import NotConverted, convert
from parsers.document import Document
from parsers.legacy import LEGACIES, legacy_of
from parsers.mail import File, Mail

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parsers.legacy import Legacy
    from parsers.marking import Mark

COMMAND = (sys.executable, "-m", "parsers.child")  # and its memory in MB
MAX_ANSWER = 96 << 20  # bytes; a marked copy may carry pictures
MAX_CONVERTED = 3  # legacy files of one mail that LibreOffice is asked to open
MAX_REQUESTS = 2_000  # then a child makes room for a fresh one
GRACE_SECONDS = 5  # a child ends itself so long after its parent should have ended it

_LENGTH = struct.Struct(">I")
_MAILS = TypeAdapter(Mail)
_FILES = TypeAdapter(tuple[File, ...])
_DOCUMENTS = TypeAdapter(Document)
_T = TypeVar("_T")


class ReadingFailed(Exception):  # noqa: N818 - what happened to a mail, as bot and log say it
    """No answer about a mail; `cause` is for the log and holds nothing of its content."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


class ReadingPool:
    """Up to `size` children behind one door; any thread may ask, and waits its turn."""

    def __init__(
        self,
        size: int = 2,
        wall_seconds: float = 30,
        memory_mb: int = 512,
        *,
        command: tuple[str, ...] = COMMAND,
    ) -> None:
        self._wall_seconds = wall_seconds
        self._command = (*command, str(memory_mb))
        self._closed = False
        self._places: queue.LifoQueue[_Child | None] = queue.LifoQueue()
        for _ in range(size):
            self._places.put(None)

    def read(self, path: Path | str) -> Mail:
        """Read the raw mail stored at `path`; ReadingFailed when no child could."""
        mail = _checked(_MAILS, self._ask({"op": "read", "path": str(path)}, b"J"))
        files = self._converted(path, None, mail.files)
        return mail if files == mail.files else replace(mail, files=files)

    def read_file(self, path: Path | str, name: str) -> tuple[File, ...]:
        """Read one document, opened if it is a container; `name` is what its sender called it."""
        content = self._ask({"op": "read-file", "path": str(path), "name": name}, b"J")
        return self._converted(path, name, _checked(_FILES, content))

    def mark(self, path: Path | str, sha256: str, marks: Sequence[Mark]) -> bytes:
        """Return the file with this hash out of a mail, with marks; b"" if its kind takes none."""
        from parsers.marking import Mark  # noqa: PLC0415 - brings office libraries along

        stated = TypeAdapter(tuple[Mark, ...]).dump_python(tuple(marks), mode="json")
        request = {"op": "mark", "path": str(path), "sha256": sha256, "marks": stated}
        return self._ask(request, b"B")

    def peak_mb(self) -> float:
        """Return the greatest memory that the child last used took since this was last asked."""
        return float(json.loads(self._ask({"op": "peak"}, b"J")))

    def _converted(
        self, path: Path | str, name: str | None, files: tuple[File, ...]
    ) -> tuple[File, ...]:
        """Let LibreOffice open what no reader could, a few files of one mail at the most."""
        asked = [file for file in files if legacy_of(file) is not None][:MAX_CONVERTED]
        found = {file.sha256: self._through_libreoffice(path, name, file) for file in asked}
        return tuple(found.get(file.sha256, file) for file in files) if found else files

    def _through_libreoffice(self, path: Path | str, name: str | None, file: File) -> File:
        how = LEGACIES[file.kind]
        wanted = {"op": "take-out", "path": str(path), "name": name, "sha256": file.sha256}
        data = self._ask(wanted, b"B")
        try:
            made = convert(data, how)
        except NotConverted as failure:
            return replace(file, detail=failure.why)
        with tempfile.NamedTemporaryFile(prefix="shoubiao-") as room:
            room.write(made)
            room.flush()
            return self._read_converted(room.name, how, file)

    def _read_converted(self, path: str, how: Legacy, file: File) -> File:
        """Read what LibreOffice wrote; what cannot be read of it stays unsupported."""
        try:
            content = self._ask(
                {"op": "read-converted", "path": path, "becomes": how.becomes}, b"J"
            )
        except ReadingFailed:
            return replace(file, detail="what LibreOffice made of it cannot be read")
        document = _checked(_DOCUMENTS, content)
        return replace(file, document=document, problem=None, detail="")

    def close(self) -> None:
        """End the idle children now, the busy ones when they answer."""
        self._closed = True
        idle: list[_Child | None] = []
        with contextlib.suppress(queue.Empty):
            while True:
                idle.append(self._places.get_nowait())
        for child in idle:
            if child is not None:
                child.end()
            self._places.put(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask(self, request: dict[str, Any], expected: bytes) -> bytes:
        child = self._places.get()
        kept: _Child | None = None
        try:
            child = child if child is not None and child.alive() else self._replace(child)
            kind, content = child.ask(request, self._wall_seconds)
            kept = child
        finally:
            self._put_back(child, kept)
        if kind == expected:
            return content
        raise ReadingFailed(content.decode("utf-8", "replace") if kind == b"E" else "garbage")

    def _replace(self, old: _Child | None) -> _Child:
        if old is not None:
            old.end()
        return _Child(self._command)

    def _put_back(self, used: _Child | None, kept: _Child | None) -> None:
        """Free the place; a child that failed, is worn out or comes home late is ended."""
        if kept is not None and (self._closed or kept.worn_out):
            kept = None
        if kept is None and used is not None:
            used.end()
        self._places.put(kept)


class _Child:
    """One process and its two pipes."""

    def __init__(self, command: tuple[str, ...]) -> None:
        self._requests = 0
        self._process = subprocess.Popen(  # noqa: S603 - our own module, fixed arguments
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            start_new_session=True,
            bufsize=0,
        )
        self.worn_out = False

    def alive(self) -> bool:
        """Whether it runs and can be asked."""
        return self._process.poll() is None

    def ask(self, request: dict[str, Any], seconds: float) -> tuple[bytes, bytes]:
        """Return the answer's kind and content; ReadingFailed when none comes in time."""
        deadline = time.monotonic() + seconds
        body = json.dumps({**request, "seconds": seconds + GRACE_SECONDS}).encode()
        try:
            self._write(_LENGTH.pack(len(body)) + body, deadline)
            answer = self._frame(deadline)
        except OSError as error:
            raise ReadingFailed(self._death()) from error
        self._requests += 1
        self.worn_out = self._requests >= MAX_REQUESTS or answer == b"Eout of memory"
        return answer[:1], answer[1:]

    def end(self) -> None:
        """Kill it and whatever it started, and take its exit status."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if self._process.returncode is None:  # else its number may be another's by now
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def _write(self, data: bytes, deadline: float) -> None:
        pipe = self._pipe(self._process.stdin)
        os.set_blocking(pipe, False)
        while data:
            _wait(pipe, select.POLLOUT, deadline)
            data = data[os.write(pipe, data) :]

    def _frame(self, deadline: float) -> bytes:
        length = _LENGTH.unpack(self._exactly(_LENGTH.size, deadline))[0]
        if not 1 <= length <= MAX_ANSWER:
            raise ReadingFailed("garbage")
        return self._exactly(length, deadline)

    def _exactly(self, length: int, deadline: float) -> bytes:
        pipe = self._pipe(self._process.stdout)
        chunks: list[bytes] = []
        while length:
            _wait(pipe, select.POLLIN, deadline)
            chunk = os.read(pipe, min(length, 1 << 20))
            if not chunk:
                raise ReadingFailed(self._death())
            chunks.append(chunk)
            length -= len(chunk)
        return b"".join(chunks)

    def _death(self) -> str:
        """Say how it ended; its pipes close a moment before its status can be taken."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=2)
        code = self._process.returncode
        return f"died: signal {-code}" if code is not None and code < 0 else f"died: exit {code}"

    @staticmethod
    def _pipe(pipe: Any) -> int:
        return int(pipe.fileno())


def _wait(pipe: int, event: int, deadline: float) -> None:
    """Wait for a pipe; ReadingFailed("timeout") at the deadline."""
    poll = select.poll()
    poll.register(pipe, event)
    remaining = deadline - time.monotonic()
    if remaining <= 0 or not poll.poll(remaining * 1000):
        raise ReadingFailed("timeout")


def _checked(adapter: TypeAdapter[_T], content: bytes) -> _T:
    """Validate, never unpickle: the child may have been taken over by what it read."""
    try:
        return adapter.validate_json(content)
    except ValidationError as error:
        raise ReadingFailed("garbage") from error


def _environment() -> dict[str, str]:
    """Nothing of ours but the way to the code: passwords stay with the parent."""
    house = str(Path(parsers.__file__).parent.parent)
    return {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "PYTHONPATH": house}
