"""A page of paragraphs and ruled tables as PDF, in a font every reader knows by name.

The font is not embedded: STSong-Light with UniGB-UCS2-H is one of the character collections
that PDF 32000-1 §9.7.5.2 obliges readers to know, so text can be drawn and read back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.document import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.document import Cell, Document

WIDTH, HEIGHT, MARGIN = 595, 842, 50  # A4 in points
SIZE, LEADING, PADDING = 10, 13, 4
FONT = (
    "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[5 0 R]>>",
    (
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)"
        "/Ordering(GB1)/Supplement 4>>/DW 1000/W[1 95 500]/FontDescriptor 6 0 R>>"
    ),
    (
        "<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0"
        "/Ascent 880/Descent -120/CapHeight 880/StemV 93>>"
    ),
)


def print_pdf(document: Document) -> bytes:
    """Return the document on one page; what does not fit is lost over its foot."""
    content = "\n".join(_draw(document)).encode("ascii")
    page = (
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Contents 7 0 R"
        "/Resources<</Font<</F 4 0 R>>>>>>"
    )
    stream = b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content)
    catalogue = ("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", page)
    return _file([*(part.encode() for part in (*catalogue, *FONT)), stream])


def _file(objects: list[bytes]) -> bytes:
    data, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size
    return b"%s%s%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        *(data, head, table),
        *(size, len(data)),
    )


def _draw(document: Document) -> Iterator[str]:
    top: float = HEIGHT - MARGIN
    for block in document.blocks:
        if isinstance(block, Table):
            yield from _table(block, top)
            top -= sum(_heights(block).values()) + LEADING
        else:
            for line in block.text.split("\n"):
                yield _text(MARGIN, top - SIZE, line)
                top -= LEADING


def _table(table: Table, top: float) -> Iterator[str]:
    columns, heights = _edges(table), _heights(table)
    for cell in table.cells:
        left, right = columns[cell.column], columns[cell.column + cell.column_span]
        upper = top - sum(h for row, h in heights.items() if row < cell.row)
        covered = range(cell.row, cell.row + cell.row_span)
        lower = upper - sum(heights[row] for row in covered)
        yield f"{left} {lower} {right - left} {upper - lower} re S"
        for number, line in enumerate(_lines(cell, right - left)):
            yield _text(left + PADDING, upper - PADDING - SIZE - number * LEADING, line)


def _edges(table: Table) -> dict[int, float]:
    """Return where each column begins, all of one width; the last edge ends the table."""
    last = max(column for _, column in table.grid())
    width = (WIDTH - 2 * MARGIN) / last
    return {n: round(MARGIN + (n - 1) * width, 1) for n in range(1, last + 2)}


def _heights(table: Table) -> dict[int, float]:
    edges, heights = _edges(table), dict.fromkeys((row for row, _ in table.grid()), LEADING * 1.6)
    for cell in table.cells:
        if cell.row_span == 1:
            width = edges[cell.column + cell.column_span] - edges[cell.column]
            needed = len(_lines(cell, width)) * LEADING + 2 * PADDING
            heights[cell.row] = max(heights[cell.row], needed)
    return heights


def _lines(cell: Cell, width: float) -> list[str]:
    most = 2 * int((width - 2 * PADDING) / SIZE)
    return [line for part in cell.text.split("\n") for line in _wrapped(part, most)]


def _wrapped(text: str, most: int) -> list[str]:
    """Break a line where it is full; ASCII is half as wide as the rest."""
    lines, used = [""], 0
    for char in text:
        used += 1 if char.isascii() else 2
        if used > most:
            lines.append("")
            used = 2
        lines[-1] += char
    return lines


def _text(left: float, base: float, text: str) -> str:
    written = text.encode("utf-16-be").hex()
    return f"BT /F {SIZE} Tf {left} {base} Td <{written}> Tj ET"
