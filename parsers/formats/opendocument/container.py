"""How an OpenDocument file is opened: a zip of XML parts, or one flat XML file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parsers.formats.ooxml.package import opened
from parsers.formats.ooxml.xml import Element, parse
from parsers.formats.opendocument.looks import Style, read_styles
from parsers.formats.opendocument.names import OFFICE
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from parsers.formats.ooxml.package import Package

_CARRIED = {
    "macros": ("basic/", "scripts/"),
    "embedded-objects": ("object ", "objectreplacements/"),
    "pictures": ("pictures/",),
}


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """The body of a document (office:text, office:spreadsheet), its styles and its flags."""

    body: Element
    styles: Mapping[tuple[str, str], Style]
    flags: frozenset[str]


def open_document(data: bytes, wanted: str) -> OpenDocument:
    """Open a document whose body is office:`wanted`; Unreadable when it holds none."""
    if data[:2] == b"PK":
        with opened(data) as package:
            return _from_package(package, wanted)
    root = parse(data)
    return OpenDocument(_body(root, wanted), read_styles([root]), frozenset())


def _from_package(package: Package, wanted: str) -> OpenDocument:
    manifest = package.read_or_nothing("META-INF/manifest.xml")
    if b":encryption-data" in manifest or "encrypted-package" in package:
        raise Unreadable("encrypted", "a part needs a password")
    content = parse(package.read("content.xml"))
    styles = package.read_or_nothing("styles.xml")
    roots = [*([parse(styles)] if styles else []), content]
    return OpenDocument(_body(content, wanted), read_styles(roots), _flags(package))


def _body(root: Element, wanted: str) -> Element:
    body = root.find(f"{OFFICE('body')}/{OFFICE(wanted)}")
    if body is None:
        raise Unreadable("damaged", f"no office:{wanted}")
    return body


def _flags(package: Package) -> frozenset[str]:
    names = tuple(package.names())
    return frozenset(
        flag
        for flag, starts in _CARRIED.items()
        if any(name.startswith(starts) and not name.endswith("/") for name in names)
    )
