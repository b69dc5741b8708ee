"""The reading child: requests on stdin, answers on stdout, and limits it sets on itself.

Run as `python -m parsers.child MEMORY_MB [eyes]`. A frame is four bytes of length and so many
bytes. A request is JSON; an answer is a letter, J (JSON), B (bytes) or E (a cause), then its body.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import struct
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from pydantic import TypeAdapter

from parsers import carry
from parsers.carry import MAILS, dump
from parsers.message.files import find_in_file, read_file
from parsers.message.mime import find_file, read_mail
from parsers.sniff import sniff
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Operation = Callable[[dict[str, Any]], tuple[bytes, bytes]]

_LENGTH = struct.Struct(">I")


def serve(
    requests: BinaryIO, answers: BinaryIO, operations: Mapping[str, Operation] | None = None
) -> None:
    """Answer until stdin ends, which is how a parent that died is noticed."""
    while header := requests.read(_LENGTH.size):
        request = json.loads(requests.read(_LENGTH.unpack(header)[0]))
        # the kernel ends a stuck child even when its parent is gone and the GIL is held
        signal.setitimer(signal.ITIMER_REAL, float(request["seconds"]))
        kind, content = _answer(request, operations or OPERATIONS)
        signal.setitimer(signal.ITIMER_REAL, 0)
        answers.write(_LENGTH.pack(len(content) + 1) + kind + content)
        answers.flush()


def _answer(request: dict[str, Any], operations: Mapping[str, Operation]) -> tuple[bytes, bytes]:
    try:
        return operations[request["op"]](request)
    except MemoryError:
        return b"E", b"out of memory"
    except BaseException as error:  # noqa: BLE001 - calamine panics outside Exception
        return b"E", _cause(error).encode()


def _read(request: dict[str, Any]) -> tuple[bytes, bytes]:
    return b"J", dump(MAILS, read_mail(Path(request["path"]).read_bytes()))


def _read_file(request: dict[str, Any]) -> tuple[bytes, bytes]:
    files = read_file(Path(request["path"]).read_bytes(), request["name"])
    return b"J", dump(carry.files(), tuple(files))


def _mark(request: dict[str, Any]) -> tuple[bytes, bytes]:
    from parsers.marking import mark  # noqa: PLC0415 - only a child that marks pays for it

    found = find_file(Path(request["path"]).read_bytes(), request["sha256"])
    if found is None:
        return b"E", b"no such file in the mail"
    name, data = found
    marks = carry.marks().validate_python(request["marks"])
    return b"B", mark(data, sniff(data, name), marks) or b""


def _read_converted(request: dict[str, Any]) -> tuple[bytes, bytes]:
    from parsers.converted import read_converted  # noqa: PLC0415 - few files are converted

    try:
        document = read_converted(Path(request["path"]).read_bytes(), request["becomes"])
    except Unreadable as refusal:
        return b"E", f"{refusal.problem}: {refusal.detail}".encode()
    return b"J", dump(carry.documents(), document)


def _take_out(request: dict[str, Any]) -> tuple[bytes, bytes]:
    found = _found(request)
    return (b"B", found[1]) if found else (b"E", b"no such file")


def _found(request: dict[str, Any]) -> tuple[str, bytes] | None:
    """Return the label and bytes of a file of a mail, or of one from disk that has a name."""
    data = Path(request["path"]).read_bytes()
    if request["name"] is None:
        return find_file(data, request["sha256"])
    return find_in_file(data, request["name"], request["sha256"])


def _look(request: dict[str, Any]) -> tuple[bytes, bytes]:
    from parsers.look import Look, look_at  # noqa: PLC0415 - few files are pictures

    found = _found(request)
    if found is None:
        return b"E", b"no such file"
    look = look_at(found[1], found[0], request["pages"])
    return b"J", TypeAdapter(Look).dump_json(look)


def _peak(_request: dict[str, Any]) -> tuple[bytes, bytes]:
    """Answer the greatest resident memory since this was last asked, in MB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    kilobytes = int(status.split("VmHWM:")[1].split()[0])
    with contextlib.suppress(OSError):  # else it stays the greatest of all
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return b"J", json.dumps(kilobytes / 1024).encode()


OPERATIONS: Mapping[str, Operation] = {
    "read": _read,
    "read-file": _read_file,
    "mark": _mark,
    "take-out": _take_out,
    "read-converted": _read_converted,
    "look": _look,
    "peak": _peak,
}


def _cause(error: BaseException) -> str:
    """Type and line, never the message: it may quote what a person wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    ours = [f for f in frames if "parsers" in f.filename]
    inside = f" in {Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else ""
    return f"{type(error).__name__} at {where}{inside}"


def limit(memory_mb: int, *, eyes: bool = False) -> None:
    """Let resident memory grow to `memory_mb` at most; no core dumps; no clean-up on timeout.

    The libraries that recognise text map far more than they use: for `eyes` only what they write
    to is counted.
    """
    if eyes:
        room = memory_mb << 20
        resource.setrlimit(resource.RLIMIT_DATA, (room, room))
    else:
        pages, resident = Path("/proc/self/statm").read_text(encoding="ascii").split()[:2]
        page = resource.getpagesize()
        room = (int(pages) - int(resident)) * page + (memory_mb << 20)
        resource.setrlimit(resource.RLIMIT_AS, (room, room))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def main(operations: Mapping[str, Operation] | None = None) -> None:
    """Keep the real stdout for answers, so that a library that prints cannot garble them."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    limit(int(sys.argv[1]), eyes="eyes" in sys.argv[2:])
    serve(sys.stdin.buffer, answers, operations)


if __name__ == "__main__":
    main()
