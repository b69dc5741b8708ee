"""A page as the bytes of a .docx, written part by part: every mark as Word stores it."""

# ruff: noqa: E501 - parts of files stand here as programs write them

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from tests.draw.clerks.page import Break, Line, pieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.draw.clerks.page import Block, Cel, Page, Tab

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMES = (
    f'xmlns:w="{_W}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" mc:Ignorable="w14"'
)
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
_WHO = 'w:id="{}" w:author="办公室" w:date="2023-06-01T09:00:00Z"'


def docx(page: Page, *, font: str = "宋体", macros: bool = False, lines: str = "p") -> bytes:
    """Write it; `lines`: whether a cell's lines are paragraphs ("p") or breaks ("br")."""
    body = "".join(_block(block, lines) for block in page.blocks)
    size = '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>' if page.wide else _UPRIGHT
    section = f"<w:sectPr>{size}{_MARGINS}</w:sectPr>"
    parts = {
        "[Content_Types].xml": _content_types(macros=macros),
        "_rels/.rels": _relations(("officeDocument", "word/document.xml")),
        "word/document.xml": f"<w:document {_NAMES}><w:body>{body}{section}</w:body></w:document>",
        "word/styles.xml": _styles(font),
        "word/_rels/document.xml.rels": _relations(("styles", "styles.xml")),
    }
    if macros:
        parts["word/vbaProject.bin"] = "\xd0\xcf\x11\xe0 nothing that runs"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
            package.writestr(name, text if name.endswith(".bin") else head + text)
    return buffer.getvalue()


_UPRIGHT = '<w:pgSz w:w="11906" w:h="16838"/>'
_MARGINS = '<w:pgMar w:top="1300" w:right="1300" w:bottom="1200" w:left="1300" w:header="700" w:footer="700" w:gutter="0"/>'


def _content_types(*, macros: bool) -> str:
    document = _MACROS if macros else _TYPE
    binary = '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{binary if macros else ""}'
        f'<Override PartName="/word/document.xml" ContentType="{document}"/>'
        '<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>'
        "</Types>"
    )


def _relations(*targets: tuple[str, str]) -> str:
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    listed = "".join(
        f'<Relationship Id="rId{n}" Type="{base}{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{listed}</Relationships>'


def _styles(font: str) -> str:
    fonts = f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{font}"/>'
    return (
        f'<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:sz w:val="24"/>'
        '</w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" '
        'w:styleId="a"><w:name w:val="Normal"/></w:style></w:styles>'
    )


def _block(block: Block, lines: str) -> str:
    if isinstance(block, Break):
        return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    if isinstance(block, Line):
        return _paragraph(block.text, block.align, size=block.size, bold=block.bold)
    return _table(block, lines)


def _paragraph(text: str, align: str, *, size: float = 12, bold: bool = False) -> str:
    look = f'{"<w:b/>" if bold else ""}<w:sz w:val="{int(size * 2)}"/>'
    runs = "".join(_piece(mark, words, look) for mark, words in pieces(text))
    return f'<w:p><w:pPr><w:jc w:val="{align}"/></w:pPr>{runs}</w:p>'


def _run(words: str, look: str, tag: str = "t") -> str:
    parts = words.split("\n")
    inner = "<w:br/>".join(f'<w:{tag} xml:space="preserve">{escape(p)}</w:{tag}>' for p in parts)
    return f"<w:r><w:rPr>{look}</w:rPr>{inner}</w:r>"


def _piece(  # noqa: C901, PLR0911 - a mark a case
    mark: str, words: str, look: str
) -> str:
    plain = _run(words, look)
    match mark:
        case "del":
            return f"<w:del {_WHO.format(1)}>{_run(words, look, 'delText')}</w:del>"
        case "ins":
            return f"<w:ins {_WHO.format(2)}>{plain}</w:ins>"
        case "strike":
            return _run(words, f"<w:strike/>{look}")
        case "hide":
            return _run(words, f"<w:vanish/>{look}")
        case "sdt":
            return f"<w:sdt><w:sdtPr/><w:sdtContent>{plain}</w:sdtContent></w:sdt>"
        case "prompt":
            return f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{plain}</w:sdtContent></w:sdt>"
        case "check":
            glyph = "☒" if words == "1" else "☐"
            return f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{words}"/></w14:checkbox></w:sdtPr><w:sdtContent>{_run(glyph, look)}</w:sdtContent></w:sdt>'
        case "sym":
            code = "F052" if words == "1" else "F0A3"
            return f'<w:r><w:rPr>{look}</w:rPr><w:sym w:font="Wingdings 2" w:char="{code}"/></w:r>'
        case "field":
            return _form_field(words, look)
        case "box":
            return _text_box(words)
        case _:
            return plain


def _form_field(words: str, look: str) -> str:
    def corner(kind: str, inner: str = "") -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}">{inner}</w:fldChar></w:r>'

    data = '<w:ffData><w:name w:val="文字1"/><w:enabled/><w:textInput/></w:ffData>'
    code = '<w:r><w:instrText xml:space="preserve"> FORMTEXT </w:instrText></w:r>'
    return f"{corner('begin', data)}{code}{corner('separate')}{_run(words, look)}{corner('end')}"


def _text_box(words: str) -> str:
    inside = "".join(_paragraph(line, "left") for line in words.split("\n"))
    content = f"<w:txbxContent>{inside}</w:txbxContent>"
    drawing = (
        '<w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>100000</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV><wp:extent cx="2400000" cy="300000"/><wp:wrapNone/><wp:docPr id="1" name="文本框 1"/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/>'
        '<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2400000" cy="300000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>'
        f"<wps:txbx>{content}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )
    fallback = f'<w:pict><v:shape style="width:190pt;height:24pt"><v:textbox>{content}</v:textbox></v:shape></w:pict>'
    return f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice><mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent></w:r>'


def _table(table: Tab, lines: str) -> str:
    columns = "".join(f'<w:gridCol w:w="{_twips(w)}"/>' for w in table.widths)
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    total = _twips(sum(table.widths))
    look = f'<w:tblPr><w:tblW w:w="{total}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders></w:tblPr>'
    grid = {(r + i, c): (cell, i) for r, c, cell in table.placed() for i in range(cell.rows)}
    rows = [_row(table, grid, r, lines) for r in range(len(table.rows))]
    return f"<w:tbl>{look}<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def _row(table: Tab, grid: dict[tuple[int, int], tuple[Cel, int]], r: int, lines: str) -> str:
    marks = "<w:tblHeader/>" if r < table.repeat else ""
    marks += f"<w:del {_WHO.format(3)}/>" if r in table.removed else ""
    cells = [_cell(table, *grid[r, c], c, lines) for c in range(table.width) if (r, c) in grid]
    return f"<w:tr>{f'<w:trPr>{marks}</w:trPr>' if marks else ''}{''.join(cells)}</w:tr>"


def _cell(table: Tab, cell: Cel, below: int, column: int, lines: str) -> str:
    width = _twips(sum(table.widths[column : column + cell.cols]))
    look = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    look += f'<w:gridSpan w:val="{cell.cols}"/>' if cell.cols > 1 else ""
    if cell.rows > 1:
        look += "<w:vMerge/>" if below else '<w:vMerge w:val="restart"/>'
    look += '<w:vAlign w:val="center"/>'
    inside = "<w:p/>" if below else _content(cell, lines)
    written = f"<w:tc><w:tcPr>{look}</w:tcPr>{inside}</w:tc>"
    if cell.control:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{written}</w:sdtContent></w:sdt>"
    return written


def _content(cell: Cel, lines: str) -> str:
    texts = cell.text.split("\n") if lines == "p" and "⟦box" not in cell.text else [cell.text]
    inside = "".join(_paragraph(text, cell.align, bold=cell.bold) for text in texts)
    return inside + (_table(cell.nested, lines) + "<w:p/>" if cell.nested else "")


def _twips(millimetres: float) -> int:
    return round(millimetres * 56.7)


def merged(pages: Sequence[Page]) -> Page:
    """Put several pages into one document, a page break between them."""
    first, *rest = pages
    blocks: list[Block] = list(first.blocks)
    for page in rest:
        blocks += [Break(), *page.blocks]
    tags = tuple(dict.fromkeys(tag for page in pages for tag in page.tags))
    return type(first)(tuple(blocks), first.sheet, first.hidden, first.wide, tags)
