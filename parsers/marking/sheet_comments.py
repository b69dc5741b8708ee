"""How comments hang on a worksheet's cells: a comments part, and the VML boxes that show them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from parsers.formats.ooxml.xml import Element, namer, parse, serialize
from parsers.formats.sheet import refs
from parsers.formats.sheet.stream import S
from parsers.marking.marks import AUTHOR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parsers.marking.copy import Copy

_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_ID = namer("http://schemas.openxmlformats.org/officeDocument/2006/relationships")("id")
_DEFAULT: dict[str, str] = {None: S("")[1:-1]}  # type: ignore[dict-item]  # as in copy
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_SHAPE_ID = re.compile(rb"_x0000_s(\d{1,9})")
_EMPTY_VML = b"""<xml xmlns:v="urn:schemas-microsoft-com:vml"
 xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">
<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>
<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202"
 path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>
<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>"""
_SHAPE = """<v:shape xmlns:v="urn:schemas-microsoft-com:vml"
 xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"
 id="_x0000_s{number}" type="#_x0000_t202" fillcolor="#ffffe1" o:insetmode="auto"
 style="position:absolute;z-index:1;visibility:hidden">
<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>
<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"/>
<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>
<x:Anchor>{left}, 15, {top}, 2, {right}, 15, {bottom}, 4</x:Anchor>
<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData>
</v:shape>"""
# the children of worksheet that come after legacyDrawing (ISO 29500-1 §18.3.1.99)
_AFTER_DRAWING = frozenset(
    S(name)
    for name in (
        *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems"),
        *("tableParts", "extLst"),
    )
) | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"}


def add_comments(copy: Copy, sheet: str, texts: Mapping[tuple[int, int], str]) -> None:
    """Hang each text on its (row, column) of the worksheet part."""
    comments = _comments(copy, sheet)
    author = _author(comments)
    fresh = {at: text for at, text in texts.items() if not _append(comments, at, text)}
    entries = comments.find(S("commentList"))
    if entries is None:
        entries = etree.SubElement(comments, S("commentList"))
    for at, text in sorted(fresh.items()):
        comment = etree.SubElement(entries, S("comment"), ref=refs.name(*at), authorId=author)
        _write(etree.SubElement(comment, S("text")), text)
    if fresh:
        _draw(copy, sheet, fresh)


def _comments(copy: Copy, sheet: str) -> Element:
    existing = copy.package.related(sheet, "comments")
    if existing:
        return copy.tree(existing)
    name = copy.free_name("xl/comments{}.xml")
    root = etree.Element(S("comments"), nsmap=_DEFAULT)
    copy.put_tree(name, root)
    copy.relate(sheet, "comments", name)
    copy.declare(name, _COMMENTS_TYPE)
    return root


def _author(comments: Element) -> str:
    authors = comments.find(S("authors"))
    if authors is None:
        authors = etree.Element(S("authors"))
        comments.insert(0, authors)
    etree.SubElement(authors, S("author")).text = AUTHOR
    return str(len(authors) - 1)


def _append(comments: Element, at: tuple[int, int], text: str) -> bool:
    """Add to a comment the sender's cell already has; two on one cell break the file."""
    for comment in comments.iterfind(f"{S('commentList')}/{S('comment')}"):
        if refs.position(comment.get("ref", "")) == at:
            body = comment.find(S("text"))
            if body is None:
                body = etree.SubElement(comment, S("text"))
            _write(body, f"\n{text}")
            return True
    return False


def _write(body: Element, text: str) -> None:
    node = etree.SubElement(etree.SubElement(body, S("r")), S("t"))
    node.text = text
    node.set(_SPACE, "preserve")


def _draw(copy: Copy, sheet: str, texts: Mapping[tuple[int, int], str]) -> None:
    existing = copy.package.related(sheet, "vmlDrawing") if _linked(copy, sheet) else None
    name = existing or copy.free_name("xl/drawings/vmlDrawing{}.vml")
    data = copy.package.read(existing) if existing else _EMPTY_VML
    root = parse(data, recover=True)
    number = max([1024, *(int(found) for found in _SHAPE_ID.findall(data))])
    for (row, column), text in sorted(texts.items()):
        number += 1
        root.append(etree.fromstring(_shape(number, row, column, text)))
    copy.put_bytes(name, serialize(root))
    if not existing:
        copy.declare_extension("vml", _VML_TYPE)
        _link(copy.tree(sheet), copy.relate(sheet, "vmlDrawing", name))


def _shape(number: int, row: int, column: int, text: str) -> str:
    lines = sum(1 + len(line) // 16 for line in text.split("\n"))
    return _SHAPE.format(
        number=number,
        row=row - 1,
        column=column - 1,
        left=column,
        right=column + 3,
        top=max(row - 2, 0),
        bottom=max(row - 2, 0) + max(lines, 2) + 2,
    )


def _linked(copy: Copy, sheet: str) -> bool:
    return copy.tree(sheet).find(S("legacyDrawing")) is not None


def _link(root: Element, relation: str) -> None:
    node = etree.Element(S("legacyDrawing"))
    node.set(_ID, relation)
    data = root.find(S("sheetData"))
    start = 0 if data is None else root.index(data)
    after = [i for i, child in enumerate(root) if child.tag in _AFTER_DRAWING and i > start]
    root.insert(after[0] if after else len(root), node)
