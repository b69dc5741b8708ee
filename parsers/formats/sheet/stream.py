"""How a sheet's XML is read without ever holding it: a million empty rows cost no memory."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any, Protocol, cast

from lxml import etree

from parsers.formats.ooxml.packed import translated
from parsers.formats.ooxml.xml import is_strict, namer, refuse_doctype, to_transitional
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Mapping

S = namer("http://schemas.openxmlformats.org/spreadsheetml/2006/main")
_CHUNK = 1 << 16
MAX_TAGS = 12_000_000  # some 15 s; a million formatted empty rows are 2 to 4 million


class Target(Protocol):
    """What lxml calls while it reads: a start, an end, and text in pieces."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take an opening tag."""

    def end(self, tag: str) -> None:
        """Take a closing tag."""

    def data(self, text: str) -> None:
        """Take a piece of text."""

    def close(self) -> None:
        """Take the end of the part."""


def feed(content: IO[bytes], part: str, target: Target) -> None:
    """Read a part piece by piece into `target`; Unreadable when it is broken or hostile."""
    parser = etree.XMLParser(
        target=cast("Any", target),  # the stubs ask for comments too, lxml does not
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    seen = b""
    tags = 0
    with content as stream:
        try:
            while chunk := _read(stream):
                refuse_doctype(seen[-32:] + chunk)
                tags += chunk.count(b"<")
                if tags > MAX_TAGS:
                    raise Unreadable("too-large", f"{part} has over {MAX_TAGS} tags")
                parser.feed(chunk if seen or not is_strict(chunk) else to_transitional(chunk))
                seen = chunk
            parser.close()
        except etree.XMLSyntaxError as error:
            raise Unreadable("damaged", f"{part}: {error}") from error


def _read(stream: IO[bytes]) -> bytes:
    with translated():
        return stream.read(_CHUNK)
