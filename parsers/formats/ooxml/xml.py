"""How a part's XML is parsed safely; Strict OOXML is the same words in other namespaces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from lxml import etree

from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml names its element type so

# A form has some thousand tags; a million is about 250 MB of tree (facts/documents.md §5.1).
MAX_TAGS = 1_000_000
_DOCTYPE = re.compile(rb"<!DOCTYPE|<\x00?!\x00D\x00O\x00C\x00T", re.IGNORECASE)
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_TRANSITIONAL = re.compile(
    rb"http://schemas\.openxmlformats\.org/"
    rb"(wordprocessingml|spreadsheetml|drawingml|officeDocument)/2006/"
)


def is_strict(data: bytes) -> bool:
    """Tell whether the part speaks ISO 29500 Strict."""
    return _STRICT.search(data, 0, 8192) is not None


def to_transitional(data: bytes) -> bytes:
    """Rename Strict namespaces, so that readers know one set of names."""
    return _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", data)


def to_strict(data: bytes) -> bytes:
    """Undo `to_transitional` before a part is written back."""
    return _TRANSITIONAL.sub(rb"http://purl.oclc.org/ooxml/\1/", data)


def refuse_doctype(data: bytes) -> None:
    """Raise Unreadable: no office suite writes a document type; bombs and XXE need one."""
    if b"!" in data and _DOCTYPE.search(data):
        raise Unreadable("damaged", "a part declares a document type")


def _parser(*, recover: bool = False) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
        collect_ids=False,  # one id twice is no reason to refuse a form
    )


def parse(data: bytes, *, recover: bool = False) -> Element:
    """Parse one part into a tree; Unreadable when it is hostile or not well formed."""
    refuse_doctype(data)
    if data.count(b"<") > MAX_TAGS:
        raise Unreadable("too-large", "a part has over a million tags")
    if is_strict(data):
        data = to_transitional(data)
    try:
        root: Element | None = etree.fromstring(data, _parser(recover=recover))
    except etree.XMLSyntaxError as error:
        raise Unreadable("damaged", f"XML: {error}") from error
    if root is None:
        raise Unreadable("damaged", "XML: nothing inside")
    return root


def serialize(root: Element, *, strict: bool = False) -> bytes:
    """Write a part back as office suites do: UTF-8, standalone."""
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return to_strict(data) if strict else data


def integer(text: str | None, default: int = 0) -> int:
    """Read an attribute's whole number; the default when it is missing or nonsense."""
    try:
        return int(text) if text is not None and len(text) < 12 else default
    except ValueError:
        return default


def switch(text: str | None) -> bool:
    """Read an on/off attribute; an absent one is on (ISO 29500-1 §17.17.4)."""
    return text is None or text.lower() not in {"0", "false", "off", "none"}


def namer(namespace: str) -> Callable[[str], str]:
    """Return a function that puts a local name into the namespace."""
    return lambda name: f"{{{namespace}}}{name}"
