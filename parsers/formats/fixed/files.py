"""Which parts an OFD has: documents, their pages with templates under them, fonts, units."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from parsers.formats.ooxml.xml import Element, parse
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.formats.ooxml.package import Package

MAX_PAGES = 100
MAX_TAGS = 400_000  # of all pages together
_A4 = (0.0, 0.0, 210.0, 297.0)


@dataclass(slots=True)
class Resources:
    """What pages share: names of fonts and drawn units, by id."""

    fonts: dict[str, str] = field(default_factory=dict)
    units: dict[str, Element] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its box in mm, and the content of its templates and itself, lowest first."""

    box: tuple[float, ...]
    contents: tuple[Element, ...]
    resources: Resources


def read_sheets(package: Package) -> Iterator[Sheet]:
    """Yield the pages of every document in the file; Unreadable when there are too many."""
    if "encryptions.xml" in set(package.names()):
        raise Unreadable("encrypted")
    pages = 0
    for root_part in _texts(parse(package.read("OFD.xml")), "DocRoot"):
        part = _resolved("", root_part)
        for sheet in _sheets(package, part):
            pages += 1
            if pages > MAX_PAGES:
                raise Unreadable("too-large", "pages")
            yield sheet


def _sheets(package: Package, part: str) -> Iterator[Sheet]:
    root = parse(package.read(part))
    folder = posixpath.dirname(part)
    shared = _resources(package, root, folder)
    templates = {
        node.get("ID", ""): _resolved(folder, node.get("BaseLoc", ""))
        for node in root.iter("{*}TemplatePage")
    }
    box = _box(root) or _A4
    for node in root.iter("{*}Page"):
        content = parse(package.read(_resolved(folder, node.get("BaseLoc", ""))))
        under = [templates.get(t.get("TemplateID", "")) for t in content.iter("{*}Template")]
        layers = [parse(package.read(name)) for name in under if name and name in package]
        yield Sheet(_box(content) or box, (*layers, content), shared)


def _resources(package: Package, root: Element, folder: str) -> Resources:
    shared = Resources()
    for name in (*_texts(root, "PublicRes"), *_texts(root, "DocumentRes")):
        part = _resolved(folder, name)
        tree = parse(package.read(part)) if part in package else None
        for node in tree.iter("{*}Font") if tree is not None else ():
            shared.fonts[node.get("ID", "")] = (node.get("FontName") or "").lower()
        for node in tree.iter("{*}CompositeGraphicUnit") if tree is not None else ():
            shared.units[node.get("ID", "")] = node
    return shared


def _texts(root: Element, name: str) -> list[str]:
    return [node.text.strip() for node in root.iter(f"{{*}}{name}") if node.text]


def _resolved(folder: str, name: str) -> str:
    """Return a part's name: from the root where it begins with a slash, else from the folder."""
    joined = name if name.startswith("/") else posixpath.join("/", folder, name)
    return posixpath.normpath(joined).lstrip("/")


def _box(root: Element) -> tuple[float, ...] | None:
    """Return left, top, width and height of the page, of whichever box is given."""
    for name in ("PhysicalBox", "ApplicationBox"):
        node = next(root.iter(f"{{*}}{name}"), None)
        values = numbers(node.text) if node is not None else []
        if len(values) == 4 and values[2] > 0 and values[3] > 0:
            return tuple(values)
    return None


def numbers(text: str | None) -> list[float]:
    """Return the numbers of a list such as "0 0 210 297"; [] when any is none."""
    try:
        return [_finite(word) for word in (text or "").split()[:100_000]]
    except ValueError:
        return []


def _finite(word: str) -> float:
    value = float(word)
    if not -1e6 < value < 1e6:
        raise ValueError(word)
    return value
