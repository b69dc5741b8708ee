"""Files made to exhaust, confuse or end a reader: bombs of every format, loops, depths, lies."""

# ruff: noqa: E501 - parts of files stand here as hostile hands write them

from __future__ import annotations

import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib

from tests.unit.ole_files import book as old_book
from tests.unit.ole_files import compound, record
from tests.unit.ooxml_files import S_NS, W_NS, book, document, p, packed, t, tbl, tc, tr
from tests.unit.text_samples import odf, odt_cell, odt_table, zipped_odf

MIB = 1 << 20
_LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
BILLION_LAUGHS = f'<!DOCTYPE x [<!ENTITY a0 "ha">{_LAUGHS}]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a9 SYSTEM "file:///etc/hostname">]>'


def _zeroes(size: int, byte: bytes) -> tuple[bytes, int]:
    """Return so many equal bytes, deflated, and their checksum, without holding them."""
    block = byte * MIB
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    crc = 0
    for _ in range(size // MIB):
        crc = zlib.crc32(block, crc)
    return first + again * (size // MIB - 1) + packer.flush(), crc


def swollen(
    name: str, before: bytes, after: bytes, size: int, *, lying: int | None = None
) -> bytes:
    """Return a zip whose one member is `before`, so many x, `after`; `lying` is its stated size."""
    middle, _ = _zeroes(size, b"x")
    head = zlib.compressobj(9, zlib.DEFLATED, -15)
    start = head.compress(before) + head.flush(zlib.Z_FULL_FLUSH)
    total = zlib.crc32(before)
    for _ in range(size // MIB):
        total = zlib.crc32(b"x" * MIB, total)
    total = zlib.crc32(after, total)
    tail = zlib.compressobj(9, zlib.DEFLATED, -15)
    end = tail.compress(after) + tail.flush()
    body = start + middle[: -len(zlib.compressobj(9, zlib.DEFLATED, -15).flush())] + end
    stated = len(before) + size + len(after) if lying is None else lying
    local = struct.pack(
        "<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 0, total, len(body), stated, len(name), 0
    )
    central = (
        struct.pack(
            "<4s6H3I5H2I",
            b"PK\1\2",
            20,
            20,
            0,
            8,
            0,
            0,
            total,
            len(body),
            stated,
            len(name),
            0,
            0,
            0,
            0,
            0,
            0,
        )
        + name.encode()
    )
    data = local + name.encode() + body
    other = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 0, 0, 0, 0, 0, 0, 1, 0) + b"a"
    central += (
        struct.pack(
            "<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, len(data)
        )
        + b"a"
    )
    data += other
    return (
        data + central + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 2, 2, len(central), len(data), 0)
    )


def swollen_part(base: bytes, name: str, part: bytes) -> bytes:
    """Return a package with one part exchanged."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(base)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            new.writestr(info.filename, part if info.filename == name else old.read(info))
    return buffer.getvalue()


def _docx(xml: str) -> bytes:
    return swollen_part(document(""), "word/document.xml", xml.encode())


def _sheet(rows: str, before: str = "") -> bytes:
    return _book(f"{before}<sheetData>{rows}</sheetData>")


def _book(inside: str) -> bytes:
    xml = f"<worksheet {S_NS}>{inside}</worksheet>"
    return swollen_part(book("<row/>"), "xl/worksheets/sheet1.xml", xml.encode())


def _pdf(objects: dict[int, bytes], root: int = 1) -> bytes:
    out, places = b"%PDF-1.6\n", {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    return out + b"trailer\n<</Root %d 0 R/Size 999>>\nstartxref\n%d\n%%%%EOF\n" % (root, start)


def _stream(content: bytes, head: bytes = b"", *, packed_: bool = False) -> bytes:
    if packed_:
        content, head = zlib.compress(content, 9), head + b"/Filter/FlateDecode"
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (head, len(content), content)


def forms_in_forms(
    levels: int = 30, each: int = 10, *, packed_: bool = True, apart: bool = False
) -> bytes:
    """Return a PDF whose page draws a form that draws another so many times, and so on."""
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</F 10 0 R>>>>>>",
        4: _stream(b"/F Do"),
    }
    for level in range(levels):
        below = b"/XObject<</F %d 0 R>>" % (11 + level)
        objects[100 + level] = b"<<%s>>" % below
        inside = b"/Resources %d 0 R" % (100 + level) if apart else b"/Resources<<%s>>" % below
        head = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]" + inside
        content = b"/F Do " * each if level < levels - 1 else b"0 0 m 9 9 l S"
        objects[10 + level] = _stream(content, head, packed_=packed_)
    return _pdf(objects)


def _page(
    content: bytes, head: bytes = b"", more: dict[int, bytes] | None = None, **how: bool
) -> bytes:
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R%s>>" % head,
        4: _stream(content, **how),
    }
    return _pdf(objects | (more or {}))


def _ofd(content: str, resources: str = "") -> bytes:
    ns = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    return packed(
        {
            "OFD.xml": f"<ofd:OFD {ns}><ofd:DocBody><ofd:DocRoot>D/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
            "D/Document.xml": f'<ofd:Document {ns}><ofd:CommonData><ofd:PublicRes>R.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="P.xml"/></ofd:Pages></ofd:Document>',
            "D/R.xml": f"<ofd:Res {ns}>{resources}</ofd:Res>",
            "D/P.xml": f"<ofd:Page {ns}><ofd:Content><ofd:Layer>{content}</ofd:Layer></ofd:Content></ofd:Page>",
        }
    )


def _units(levels: int = 30, each: int = 10) -> bytes:
    """Return an OFD of drawn units that hold each other."""
    use = '<ofd:CompositeObject ID="9" ResourceID="{}" Boundary="0 0 9 9"/>'
    units = "".join(
        f'<ofd:CompositeGraphicUnit ID="{100 + n}" Width="9" Height="9"><ofd:Content>{use.format(101 + n) * each}</ofd:Content></ofd:CompositeGraphicUnit>'
        for n in range(levels)
    )
    return _ofd(use.format(100), f"<ofd:CompositeGraphicUnits>{units}</ofd:CompositeGraphicUnits>")


def _overlapping(copies: int = 600) -> bytes:
    """Return a zip whose members all lie on the same bytes: 10 MB each, 6 GB together."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    content = b"0" * (10 * MIB)
    body = packer.compress(content) + packer.flush()
    crc = zlib.crc32(content)
    local = (
        struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 0, crc, len(body), len(content), 1, 0)
        + b"a"
        + body
    )
    central = b"".join(
        struct.pack(
            "<4s6H3I5H2I",
            b"PK\1\2",
            20,
            20,
            0,
            8,
            0,
            0,
            crc,
            len(body),
            len(content),
            8,
            0,
            0,
            0,
            0,
            0,
            0,
        )
        + b"%04d.txt" % n
        for n in range(copies)
    )
    return (
        local
        + central
        + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, copies, copies, len(central), len(local), 0)
    )


def _zips_in_zips(depth: int = 6, each: int = 10) -> bytes:
    data = b"0" * MIB
    for level in range(depth):
        data = packed({f"{n}.{'zip' if level else 'txt'}": data for n in range(each)})
    return data


def _tarred(size: int) -> bytes:
    info = tarfile.TarInfo("a.docx")
    info.size = size
    return gzip.compress(info.tobuf() + bytes(10 * MIB))


def _png(side: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    rows, _ = _zeroes(side * (side // 8 + 1) // MIB * MIB + MIB, b"\0")
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", b"\x78\xda" + rows + b"\0\0\0\0")
        + chunk(b"IEND", b"")
    )


ROW = '<row r="{0}"><c r="A{0}" t="str"><v>' + "x" * 400 + "</v></c></row>"


def nested_tables(levels: int) -> str:
    inside = p(t("x"))
    for _ in range(levels):
        inside = tbl(tr(tc(inside + p(""))))
    return inside


def _circle() -> bytes:
    data = bytearray(compound({"WordDocument": bytes(4_000), "1Table": bytes(5_000)}))
    sector = struct.unpack_from("<I", data, 76)[0]
    for at in range((sector + 1) * 512, (sector + 2) * 512, 4):
        struct.pack_into("<I", data, at, 0)
    return bytes(data)


def _twice() -> bytes:
    inner, _ = _zeroes(256 * MIB, b" ")
    content = zlib.compress(b"\x78\xda" + inner, 9)
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        4: b"<</Filter[/FlateDecode/FlateDecode]/Length %d>>\nstream\n%s\nendstream"
        % (len(content), content),
    }
    return _pdf(objects)


def _gzip(size: int) -> bytes:
    body, crc = _zeroes(size, b"x")
    return b"\x1f\x8b\x08\0\0\0\0\0\2\xff" + body + struct.pack("<2I", crc, size & 0xFFFFFFFF)


def _xz() -> bytes:
    """Return an xz whose header asks for a dictionary of 3 GiB."""
    data = bytearray(lzma.compress(b"x" * 1_000))
    at = 12  # the block header: size, flags, filter 0x21, size of properties, properties
    data[at + 4] = 39  # 3 GiB (xz format §5.3.1)
    size = (data[at] + 1) * 4
    struct.pack_into("<I", data, at + size - 4, zlib.crc32(bytes(data[at : at + size - 4])))
    return bytes(data)


# name of the file → its bytes, made when asked for
HOSTILE = {
    "one-text-of-256-MiB.docx": lambda: swollen("word/document.xml", f"<w:document {W_NS}><w:body><w:p><w:r><w:t>".encode(), b"</w:t></w:r></w:p></w:body></w:document>", 256 * MIB),
    "says-100-bytes-is-64-MiB.docx": lambda: swollen("word/document.xml", f"<w:document {W_NS}><w:body><w:p><w:r><w:t>".encode(), b"</w:t></w:r></w:p></w:body></w:document>", 64 * MIB, lying=100),
    "six-million-paragraphs.docx": lambda: _docx(f"<w:document {W_NS}><w:body>{'<w:p/>' * 6_000_000}</w:body></w:document>"),
    "laughs.docx": lambda: _docx(f"{BILLION_LAUGHS}<w:document {W_NS}><w:body><w:p><w:r><w:t>&a9;</w:t></w:r></w:p></w:body></w:document>"),
    "outside.docx": lambda: _docx(f"{OUTSIDE}<w:document {W_NS}><w:body><w:p><w:r><w:t>&a9;</w:t></w:r></w:p></w:body></w:document>"),
    "laughs-in-utf-16.docx": lambda: swollen_part(document(""), "word/document.xml", f"{BILLION_LAUGHS}<w:document {W_NS}><w:body>&a9;</w:body></w:document>".encode("utf-16")),
    "tables-in-tables.docx": lambda: document(nested_tables(2_000)),
    "tables-40-deep.docx": lambda: document(nested_tables(40)),
    "spans-over-everything.docx": lambda: document(tbl(*(tr(tc(p(t("x")), '<w:gridSpan w:val="2147483647"/>') * 60) for _ in range(3_000)))),
    "half-a-million-runs.docx": lambda: document(p(t("1") * 500_000)),
    "styles-in-a-circle.docx": lambda: document(p(t("x"), '<w:pStyle w:val="a"/>'), styles='<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style>'),
    "one-string-of-256-MiB.xlsx": lambda: swollen("xl/sharedStrings.xml", f"<sst {S_NS}><si><t>".encode(), b"</t></si></sst>", 256 * MIB),
    "laughs.xlsx": lambda: swollen_part(book("<row/>"), "xl/sharedStrings.xml", f"{BILLION_LAUGHS}<sst {S_NS}><si><t>&a9;</t></si></sst>".encode()),
    "40000-long-rows.xlsx": lambda: _sheet("".join(map(ROW.format, range(1, 40_001)))),
    "wrong-dimension.xlsx": lambda: _sheet('<row r="1"><c r="A1"><v>1</v></c></row>', '<dimension ref="A1:XFD1048576"/>'),
    "the-last-cell.xlsx": lambda: _sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "half-a-million-empty-rows.xlsx": lambda: _sheet("".join(f'<row r="{n}" s="1" customFormat="1"><c r="A{n}" s="0"/></row>' for n in range(1, 500_001))),
    "merged-everything.xlsx": lambda: _book('<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><mergeCells>' + '<mergeCell ref="A1:XFD1048576"/>' * 5_000 + "</mergeCells>"),
    "cells-at-nonsense.xlsx": lambda: _sheet('<row r="99999999999"><c r="ZZZZZZ99999999"><v>1</v></c><c r="-1"><v>1</v></c></row>'),
    "string-without-end.xls": lambda: old_book(b"", globals_=record(0xFC, struct.pack("<2I", 1, 1 << 31))),
    "cells-without-end.xls": lambda: old_book(b"".join(record(0xBD, struct.pack("<2H", n, 0) + struct.pack("<HI", 0, 4) * 256 + b"\0\1") for n in range(4_000))),
    "circle-of-sectors.doc": _circle,
    "too-many-sectors.doc": lambda: compound({"WordDocument": bytes(600)})[:76] + struct.pack("<109I", *range(109)) + bytes(3 * MIB),
    "laughs.fodt": (BILLION_LAUGHS + odf("<text:p>&a9;</text:p>")).encode,
    "rows-a-billion-times.odt": lambda: zipped_odf(odf(odt_table(odt_cell("x", 'table:number-columns-repeated="2000000000"')))),
    "rows-a-million-times-each.ods": lambda: zipped_odf(odf('<table:table table:name="a">' + '<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="string" table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell></table:table-row>' * 50 + "</table:table>", "spreadsheet"), "spreadsheet"),
    "spaces-a-billion-times.odt": lambda: zipped_odf(odf('<text:p><text:s text:c="2000000000"/></text:p>')),
    "sections-in-sections.odt": lambda: zipped_odf(odf('<text:section text:name="a">' * 5_000 + "</text:section>" * 5_000)),
    "groups-in-groups.rtf": lambda: b"{\\rtf1" + b"{" * 2_000_000 + b"}" * 2_000_001,
    "binary-of-2-GiB.rtf": lambda: b"{\\rtf1\\bin2147483647 " + b"x" * 100 + b"}",
    "rows-without-end.rtf": lambda: b"{\\rtf1" + b"\\trowd\\cellx1\\intbl x\\cell\\row" * 101_000 + b"}",
    "divs-in-divs.html": lambda: b"<html>" + b"<div>" * 300_000,
    "spans-over-everything.html": lambda: b"<table>" + b"<tr><td rowspan=99999 colspan=99999>x" * 4_000 + b"</table>",
    "tables-in-tables.html": lambda: b"<table><tr><td>" * 3_000 + b"x",
    "quotes.csv": lambda: b'a,"' + b'""' * 3_000_000,
    "columns.csv": lambda: b"1," * 3_000_000,
    "parts-without-end.mht": lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n" + b"--b\r\nContent-Type: text/html\r\n\r\n<p>x\r\n" * 100_000,
    "forms-in-forms.pdf": forms_in_forms,
    "forms-in-forms-unpacked.pdf": lambda: forms_in_forms(packed_=False),
    "forms-in-forms-named-apart.pdf": lambda: forms_in_forms(apart=True),
    "form-in-itself.pdf": lambda: _page(b"/F Do", b"/Resources<</XObject<</F 9 0 R>>>>", {9: _stream(b"/F Do /F Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 9 0 R>>>>")}),
    "arrays-in-arrays.pdf": lambda: _page(b"[" * 500_000),
    "dictionaries-in-dictionaries.pdf": lambda: _pdf({1: b"<</A" * 200_000}),
    "pages-in-a-circle.pdf": lambda: _pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2000000000>>"}),
    "million-lines.pdf": lambda: _page(b"0 0 m 9 9 l S\n" * 250_000, packed_=True),
    "states-without-end.pdf": lambda: _page(b"q " * 3_000_000, packed_=True),
    "page-of-nothing.pdf": lambda: _page(b"BT ET", b"/UserUnit 1e30/MediaBox[0 0 1e30 1e30]"),
    "squeezed-twice.pdf": _twice,
    "units-in-units.ofd": _units,
    "laughs.ofd": lambda: _ofd(BILLION_LAUGHS),
    "text-without-end.ofd": lambda: _ofd(f'<ofd:TextObject ID="1" Boundary="0 0 9 9" Font="1" Size="3"><ofd:TextCode X="0" Y="3" DeltaX="g 2000000000 1">{"x" * 500_000}</ofd:TextCode></ofd:TextObject>'),
    "all-on-the-same-bytes.zip": _overlapping,
    "zips-in-zips.zip": _zips_in_zips,
    "tar-of-8-GiB.tar.gz": lambda: _tarred(8 << 30),
    "gzip-of-256-MiB.gz": lambda: _gzip(256 * MIB),
    "xz-with-a-dictionary-of-3-GiB.xz": _xz,
    "mails-in-mails.eml": lambda: b"From: a@example.cn\nTo: b@example.cn\nSubject: x\n" + b"Content-Type: message/rfc822\n\nFrom: a@example.cn\n" * 5_000 + b"\nx",
    "huge-picture.png": lambda: _png(25_000),
}  # fmt: skip
