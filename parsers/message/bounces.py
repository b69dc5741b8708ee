"""Which of our letters came back: whose address failed and which Message-ID was returned."""

from __future__ import annotations

import email.parser
import logging
import re
from typing import TYPE_CHECKING, NamedTuple

from parsers.message.addresses import ADDRESS, is_address
from parsers.message.headers import read_headers
from parsers.message.structure import read_structure
from parsers.names import message_ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parsers.message.headers import Headers
    from parsers.message.structure import Part

MAX_SCANNED = 512 << 10  # bytes given to flufl.bounce, which parses with the standard library

_STATED = ("message-id", "x-oq-msgid", "x-microsoft-original-message-id", "x-source-message-id")
_QQ = re.compile(r"(?:无法发送到|收件人|收信人)[:：]?\s*[<（(]?\s*([^\s<>，,]{3,254})")

# its detectors log tracebacks with addresses in them
logging.getLogger("flufl.bounce").disabled = True


class Returned(NamedTuple):
    """Recipients that failed for good, and the ids of the mail that came back."""

    recipients: tuple[str, ...]
    ids: tuple[str, ...]


def read_bounce(root: Part, text: str) -> Returned:
    """Read a mail already known to be a bounce; empty when only a delay is reported."""
    stated, delayed = _stated(root)
    found = stated or ([] if delayed else _guessed(root, text))
    return Returned(_addresses(found), tuple(dict.fromkeys(_ids(root))))


def _stated(root: Part) -> tuple[list[str], bool]:
    """RFC 3464 §2.3: Final-Recipient of each group whose Action is failed."""
    failed: list[str] = []
    delayed = False
    for part in root.walk():
        if part.type.main != "message/delivery-status":
            continue
        for group in _groups(part.content()):
            action = group.get("action").strip().lower()
            delayed = delayed or action in {"delayed", "delivered", "relayed", "expanded"}
            if action == "failed":
                failed.append(_recipient(group))
    return failed + root.headers.values("x-failed-recipients"), delayed and not failed


def _groups(data: bytes) -> Iterator[Headers]:
    for block in re.split(rb"\r?\n[ \t]*\r?\n", data[:MAX_SCANNED]):
        yield read_headers(block.lstrip(), 0, len(block.lstrip()))[0]


def _recipient(group: Headers) -> str:
    """Return what we wrote to, if the report tells it, else where it ended."""
    stated = group.get("original-recipient") or group.get("final-recipient")
    return stated.rpartition(";")[2]


def _guessed(root: Part, text: str) -> list[str]:
    """Return QQ's HTML bounce, then whatever flufl.bounce recognises."""
    named = _QQ.findall(text[:20_000])
    return named if any(ADDRESS.search(name) for name in named) else list(_flufl(root))


def _flufl(root: Part) -> Iterator[str]:
    from flufl.bounce import scan_message  # noqa: PLC0415 - slow to import, rarely needed

    if len(root.raw) > MAX_SCANNED or root.raw.count(b"multipart/") > 20:
        return
    try:
        found = scan_message(email.parser.BytesParser().parsebytes(root.raw))
    except Exception:  # noqa: BLE001 - a helper over hostile bytes; without it we know less
        return
    yield from (address.decode("ascii", "replace") for address in found)


def _addresses(found: Iterable[str]) -> tuple[str, ...]:
    matches = (ADDRESS.search(text[:1_000]) for text in found)
    addresses = (match[0].lower() for match in matches if match)
    return tuple(dict.fromkeys(filter(is_address, addresses)))[:100]


def _ids(root: Part) -> Iterator[str]:
    """Ids of the returned original, whole or headers only; Coremail also names it on top."""
    for value in root.headers.values("x-cm-original-message-id"):
        yield from message_ids(value if "<" in value else f"<{value}>")
    for part in root.walk():
        if part.type.main == "message/rfc822":
            yield from _own_ids(read_structure(part.content()[:MAX_SCANNED])[0].headers)
        elif part.type.main == "text/rfc822-headers":
            content = part.content()[:MAX_SCANNED]
            yield from _own_ids(read_headers(content, 0, len(content))[0])


def _own_ids(headers: Headers) -> Iterator[str]:
    for name in _STATED:
        yield from message_ids(headers.get(name))
