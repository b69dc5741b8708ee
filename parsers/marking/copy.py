"""How an office package is copied with some parts changed or added, everything else as it was."""

from __future__ import annotations

import io
import posixpath
import zipfile

from lxml import etree

from parsers.formats.ooxml.package import Package, relationships_name
from parsers.formats.ooxml.packed import translated
from parsers.formats.ooxml.xml import Element, namer, parse, serialize

_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_DEFAULT: dict[str, str] = {None: _RELATIONSHIPS}  # type: ignore[dict-item]  # the stubs forget the default namespace
_R = namer(_RELATIONSHIPS)
_CT = namer("http://schemas.openxmlformats.org/package/2006/content-types")
_TYPES = "[Content_Types].xml"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


class Copy:
    """The changes to a package; nothing is written until `save`."""

    def __init__(self, package: Package, *, strict: bool) -> None:
        self.package = package
        self.strict = strict
        self._trees: dict[str, Element] = {}
        self._bytes: dict[str, bytes] = {}

    def tree(self, part: str) -> Element:
        """Return a part's tree for changing it."""
        if part not in self._trees:
            self._trees[part] = parse(self.package.read(part))
        return self._trees[part]

    def put_tree(self, part: str, root: Element) -> None:
        """Set a part's tree."""
        self._trees[part] = root

    def put_bytes(self, part: str, data: bytes) -> None:
        """Set a part's bytes."""
        self._bytes[part] = data

    def free_name(self, pattern: str) -> str:
        """Return the first unused name of a numbered pattern such as xl/comments{}.xml."""
        number = 1
        while (name := pattern.format(number)) in self or name in self.package:
            number += 1
        return name

    def __contains__(self, part: str) -> bool:
        return part in self._trees or part in self._bytes

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relationship from `part` to `target` and return its id."""
        name = relationships_name(part)
        if name not in self and name not in self.package:
            self._trees[name] = etree.Element(_R("Relationships"), nsmap=_DEFAULT)
        root = self.tree(name)
        used = {node.get("Id") for node in root}
        number = len(used) + 1
        while f"rId{number}" in used:
            number += 1
        path = posixpath.relpath(target, posixpath.dirname(part) or ".")
        attributes = {"Id": f"rId{number}", "Type": _KIND + kind, "Target": path}
        etree.SubElement(root, _R("Relationship"), attributes)
        return f"rId{number}"

    def declare(self, part: str, content_type: str) -> None:
        """Declare the content type of a new part."""
        attributes = {"PartName": f"/{part}", "ContentType": content_type}
        etree.SubElement(self.tree(_TYPES), _CT("Override"), attributes)

    def declare_extension(self, extension: str, content_type: str) -> None:
        """Declare the content type of an extension, once."""
        root = self.tree(_TYPES)
        known = {node.get("Extension", "").lower() for node in root.iterfind(_CT("Default"))}
        if extension not in known:
            node = etree.Element(
                _CT("Default"), {"Extension": extension, "ContentType": content_type}
            )
            root.insert(0, node)

    def save(self) -> bytes:
        """Write the copy."""
        changed = self._changed()
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive, translated():
            for info in self.package.members():
                data = changed.pop(info.filename, None)
                kept = zipfile.ZipInfo(info.filename, info.date_time)
                kept.compress_type = _compression(info)
                archive.writestr(kept, self.package.archive.read(info) if data is None else data)
            for name in sorted(changed):
                archive.writestr(zipfile.ZipInfo(name), changed[name], zipfile.ZIP_DEFLATED)
        return buffer.getvalue()

    def _changed(self) -> dict[str, bytes]:
        parts = {name: serialize(root, strict=self.strict) for name, root in self._trees.items()}
        merged = {**parts, **self._bytes}
        return {self.package.stored_name(name): data for name, data in merged.items()}


def _compression(info: zipfile.ZipInfo) -> int:
    stored = info.compress_type == zipfile.ZIP_STORED
    return zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
