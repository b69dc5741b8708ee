"""The process that looks at pictures of paper: one file at a time, with time and room of its own.

Recognising text takes seconds and a quarter of a gigabyte, so it starts only for a picture or a
scan, and makes room for a fresh one after some files. A photograph without a ruled table costs
it a fraction of a second.
"""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from bot.reading.child_process import ReadingFailed, begin
from parsers.allowance import MAX_PAGES as OF_ONE_FILE
from parsers.look import Look
from parsers.mail import PASTED

if TYPE_CHECKING:
    from pathlib import Path

    from bot.reading.child_process import Child
    from parsers.mail import File

SECONDS = 60  # for one file
MAX_FILES = 60  # of one mail; photographs of an event cost a tenth of a second each
MAX_PAGES = 12  # of one mail, on which a table stands
MAX_LOOKS = 40  # then the process makes room for a fresh one

_LOOKS = TypeAdapter(Look)


class Eyes:
    """One process behind a lock; any thread may ask, and waits its turn."""

    def __init__(self, command: tuple[str, ...], seconds: float = SECONDS) -> None:
        self._command = command
        self._seconds = seconds
        self._one_at_a_time = threading.Lock()
        self._child: Child | None = None
        self._looks = 0
        self._used = False  # since its memory was last asked for

    def look(self, path: Path | str, name: str | None, sha256: str, pages: int) -> Look:
        """Look at one file of the mail (or file, if it has a `name`) stored at `path`.

        ReadingFailed when it takes too long, too much memory, or is a fault of ours.
        """
        request = {"op": "look", "path": str(path), "name": name, "sha256": sha256, "pages": pages}
        with self._one_at_a_time:
            child = self._ready()
            self._used = True
            try:
                kind, content = child.ask(request, self._seconds)
            except BaseException:
                self._end()
                raise
        if kind != b"J":
            raise ReadingFailed(content.decode("utf-8", "replace") if kind == b"E" else "garbage")
        try:
            return _LOOKS.validate_json(content)
        except ValidationError as error:
            raise ReadingFailed("garbage") from error

    def peak_mb(self) -> float:
        """Return the greatest memory a look took since this was last asked; 0 when none was."""
        with self._one_at_a_time:
            if not self._used or self._child is None:
                return 0.0
            self._used = False
            return float(json.loads(self._child.ask({"op": "peak"}, self._seconds)[1]))

    def _ready(self) -> Child:
        if self._child is None or self._looks >= MAX_LOOKS or not self._child.alive():
            self._end()
            self._child = begin(self._command)
        self._looks += 1
        return self._child

    def _end(self) -> None:
        if self._child is not None:
            self._child.end()
        self._child, self._looks = None, 0

    def close(self) -> None:
        """End the process, after the file in hand."""
        with self._one_at_a_time:
            self._end()


def with_eyes(
    eyes: Eyes, path: Path | str, name: str | None, files: tuple[File, ...]
) -> tuple[File, ...]:
    """Return the files of a mail with what stands on its pictures, as many as are looked at."""
    seen: dict[str, File] = {}
    pages = MAX_PAGES
    for file in [file for file in files if is_picture(file)][:MAX_FILES]:
        if file.sha256 not in seen:
            seen[file.sha256], used = _seen(eyes, path, name, file, min(pages, OF_ONE_FILE))
            pages -= used
    return tuple(seen.get(file.sha256, file) for file in files) if seen else files


def is_picture(file: File) -> bool:
    """Say whether a file may show a form that no reader of text can see; no signature's logo."""
    if file.kind not in {"image", "pdf"} or (file.inline and file.detail != PASTED):
        return False
    if file.document is not None:
        return "scanned-pages" in file.document.flags
    return file.problem is None if file.kind == "image" else file.detail == "scan"


def _seen(
    eyes: Eyes, path: Path | str, name: str | None, file: File, pages: int
) -> tuple[File, int]:
    """Return a file with what was seen, and the pages used; what cannot be seen stays as it is."""
    try:
        look = eyes.look(path, name, file.sha256, pages)
    except ReadingFailed as failure:
        return replace(file, detail=f"{file.detail or file.kind}: {failure.cause}"), 1
    if look.document is None and look.problem is None:
        return replace(file, detail=look.detail or file.detail), look.pages
    return replace(
        file, document=look.document, problem=look.problem, detail=look.detail
    ), look.pages
