"""Reading processes: started when needed, used again, killed when they fail."""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import replace
from typing import TYPE_CHECKING, Self, TypeVar

from pydantic import TypeAdapter, ValidationError

from bot.reading.child_process import ReaderNotStartedError, ReadingFailed
from bot.reading.converting import MAX_INPUT, NotConverted
from bot.reading.looking import Eyes, with_eyes
from bot.reading.places import Places
from bot.reading.slow import QUICK_SECONDS, HandOver, Lane, lane_of
from bot.reading.wanted import Told
from bot.reading.warm import WarmOffice
from parsers import carry
from parsers.carry import MAILS, load
from parsers.legacy import LEGACIES, legacy_of
from rules.judging.noted import NOTES, Noted, NotedAmissError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bot.reading.wanted import Wanted
    from parsers.legacy import Legacy
    from parsers.mail import File, Mail
    from parsers.mark import Mark
    from rules.campaign import Campaign

__all__ = ["ReaderNotStartedError", "ReadingFailed", "ReadingPool"]

COMMAND = (sys.executable, "-m", "rules.child")  # and its memory in MB
GIVING_WAY = ("nice", "-n", "10", *COMMAND)  # runs only while nobody else wants the processor
MAX_CONVERTED = 2  # legacy files of one mail that LibreOffice is asked to open

_T = TypeVar("_T")


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
        self._places = Places(size, (*command, str(memory_mb)), wall_seconds)
        self._ask = self._places.ask
        self._eyes = Eyes((*command, str(memory_mb), "eyes"))
        self._office = WarmOffice()
        self._told = Told()

    def make_ready(self, campaigns: tuple[Campaign, ...] = ()) -> None:
        """Start every process that does not run, and tell it the campaigns; wait for none.

        One that cannot begin is told of by the first mail that asks for it.
        """
        self._places.make_ready(self._told.of(campaigns))

    def glance(
        self, path: Path | str, wanted: Wanted, seconds: float = QUICK_SECONDS
    ) -> tuple[Mail, Noted]:
        """Read a raw mail as `recognise` does, but raise HandOver where that is slow work."""
        allowed = min(seconds, self._wall_seconds)
        try:
            mail, forms = self._recognised(path, wanted, allowed)
        except ReadingFailed as failure:
            if failure.cause == "timeout" and allowed < self._wall_seconds:
                raise HandOver(Lane.LONG) from failure
            raise
        if (lane := lane_of(mail, forms)) is not Lane.QUICK:
            raise HandOver(lane)
        return mail, forms

    def recognise(self, path: Path | str, wanted: Wanted) -> tuple[Mail, Noted]:
        """Read a raw mail, and return with it what knows the forms found there; as `read` fails."""
        mail, forms = self._recognised(path, wanted, self._wall_seconds)
        return self._completed(path, mail), forms

    def read(self, path: Path | str) -> Mail:
        """Read the raw mail stored at `path`; ReadingFailed when no child could.

        ReaderNotStartedError when there is no child to try it: the world's fault.
        """
        return self._completed(
            path, _checked(MAILS, self._ask({"op": "read", "path": str(path)}, b"J"))
        )

    def _recognised(self, path: Path | str, wanted: Wanted, seconds: float) -> tuple[Mail, Noted]:
        request = {"op": "recognise", "path": str(path), **wanted.asked}
        content = self._ask(request, b"J", seconds, self._told.of(wanted.campaigns))
        read, _, noted = content.partition(b"\n")
        mail, notes = _checked(MAILS, read), _checked(NOTES, noted or b"[]")
        try:
            return mail, Noted(mail, notes, wanted.opened, wanted.prefer)
        except NotedAmissError as error:
            raise ReadingFailed("garbage") from error

    def _completed(self, path: Path | str, mail: Mail) -> Mail:
        """Return the mail with what LibreOffice and a look at its pictures add."""
        files = self._looked_at(path, None, self._converted(path, None, mail.files))
        return mail if files == mail.files else replace(mail, files=files)

    def read_file(self, path: Path | str, name: str) -> tuple[File, ...]:
        """Read one document, opened if it is a container; `name` is what its sender called it."""
        content = self._ask({"op": "read-file", "path": str(path), "name": name}, b"J")
        files = self._converted(path, name, _checked(carry.files(), content))
        return self._looked_at(path, name, files)

    def mark(self, path: Path | str, sha256: str, marks: Sequence[Mark]) -> bytes:
        """Return the file with this hash out of a mail, with marks; b"" if its kind takes none."""
        stated = carry.marks().dump_python(tuple(marks), mode="json")
        request = {"op": "mark", "path": str(path), "sha256": sha256, "marks": stated}
        return self._ask(request, b"B")

    def peak_mb(self) -> float:
        """Return the greatest memory that a process took since this was last asked."""
        return max(float(json.loads(self._ask({"op": "peak"}, b"J"))), self._eyes.peak_mb())

    def _looked_at(
        self, path: Path | str, name: str | None, files: tuple[File, ...]
    ) -> tuple[File, ...]:
        return with_eyes(self._eyes, path, name, files)

    def _converted(
        self, path: Path | str, name: str | None, files: tuple[File, ...]
    ) -> tuple[File, ...]:
        """Let LibreOffice open what no reader could, a few files of one mail at the most."""
        asked = [file for file in files if legacy_of(file) is not None][:MAX_CONVERTED]
        found = {file.sha256: self._through_libreoffice(path, name, file) for file in asked}
        return tuple(found.get(file.sha256, file) for file in files) if found else files

    def _through_libreoffice(self, path: Path | str, name: str | None, file: File) -> File:
        how = LEGACIES[file.kind]
        if file.size > MAX_INPUT:
            return replace(file, detail="too large for LibreOffice")
        wanted = {"op": "take-out", "path": str(path), "name": name, "sha256": file.sha256}
        data = self._ask(wanted, b"B")
        try:
            made = self._office.convert(data, how)
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
        document = _checked(carry.documents(), content)
        return replace(file, document=document, problem=None, detail="")

    def close(self) -> None:
        """End the idle children now, the busy ones when they answer."""
        self._eyes.close()
        self._office.close()
        self._places.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _checked(adapter: TypeAdapter[_T], content: bytes) -> _T:
    """Validate, never unpickle: the child may have been taken over by what it read."""
    try:
        return load(adapter, content)
    except ValidationError as error:
        raise ReadingFailed("garbage") from error
