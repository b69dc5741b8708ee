"""The kind of a file by its content; its name settles only what content leaves open."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from parsers.ole import SIGNATURE
from parsers.sniff import sniff
from tests.unit.test_mime_files import form, workbook, zipped


def compound(*names: str) -> bytes:
    """Draw an OLE file of one FAT sector and one directory with these streams below its root."""
    entries = [_entry("Root Entry", child=1 if names else 0xFFFFFFFF)]
    for number, name in enumerate(names, start=1):
        right = number + 1 if number < len(names) else 0xFFFFFFFF
        entries.append(_entry(name, right=right))
    directory = b"".join(entries).ljust(512, b"\x00")
    sectors = -(-len(directory) // 512)
    chain = [n + 2 for n in range(sectors - 1)] + [0xFFFFFFFE]
    table = struct.pack("<I", 0xFFFFFFFD) + struct.pack(f"<{len(chain)}I", *chain)
    header = SIGNATURE + bytes(22) + struct.pack("<H", 9)
    header = header.ljust(48, b"\x00") + struct.pack("<I", 1)
    header = header.ljust(76, b"\x00") + struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    return header.ljust(512, b"\x00") + table.ljust(512, b"\xff") + directory.ljust(sectors * 512)


def _entry(name: str, right: int = 0xFFFFFFFF, child: int = 0xFFFFFFFF) -> bytes:
    encoded = name.encode("utf-16-le")
    head = encoded.ljust(64, b"\x00") + struct.pack("<H", len(encoded) + 2) + b"\x02\x01"
    return (head + struct.pack("<III", 0xFFFFFFFF, right, child)).ljust(128, b"\x00")


def macros() -> bytes:
    buffer = io.BytesIO(form())
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (form(), "a.doc", "docx"),
        (form()[:4000], "a.docx", "docx"),
        (macros(), "a.docx", "docm"),
        (workbook(), "", "xlsx"),
        (zipped(("xl/workbook.bin", b"x"), ("[Content_Types].xml", b"x")), "", "xlsb"),
        (zipped(("OFD.xml", b"x"), ("Doc_0/Document.xml", b"x")), "", "ofd"),
        (zipped(("content.xml", b"x"), ("styles.xml", b"x")), "", "odt"),
        (zipped(("word.docx", b"x")), "a.docx", "zip"),
        (zipped(("a.txt", b"x")), "a.docx", "zip"),
        (compound("WordDocument", "1Table"), "a.docx", "doc"),
        (compound("Workbook"), "", "xls"),
        (compound("EncryptionInfo", "EncryptedPackage"), "a.docx", "encrypted"),
        (compound("__properties_version1.0"), "", "msg"),
        (SIGNATURE + bytes(20), "a.doc", "doc"),
        (SIGNATURE + bytes(20), "a.et", "xls"),
        (SIGNATURE + bytes(20), "a.bin", "ole"),
        (compound("BOOK"), "", "xls"),
        (b"{\\rtf1\\ansi", "a.doc", "rtf"),
        (b"%PDF-1.7\n", "a.doc", "pdf"),
        (b"\xff\xd8\xff\xe0JFIF", "", "image"),
        (b"\x00\x00\x00\x18ftypheic", "", "image"),
        (b"\x00\x00\x00\x18ftypmsf1", "", "image"),
        (b"\x00\x00\x00\x18ftypmp42", "", "video"),
        (b"\x00\x00\x00\x14ftypqt  ", "", "video"),
        (b"\x00\x00\x00\x08wide\x00\x00", "", "video"),
        (b"\x00\x00\x01\xba\x44", "", "video"),
        (b"RIFF\x00\x00\x00\x00AVI LIST", "", "video"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "", "audio"),
        ((b"G" + bytes(187)) * 6, "a.ts", "video"),
        (b"7z\xbc\xaf\x27\x1c", "", "7z"),
        ("<html><table>".encode("utf-16"), "a.xls", "html"),
        (b"\xef\xbb\xbf<!DOCTYPE html>", "a.doc", "html"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "",
            "xls-xml",
        ),
        (
            b"MIME-Version: 1.0\r\nContent-Type: x\r\n\r\nContent-Type: text/html\r\n",
            "a.doc",
            "mhtml",
        ),
        (b"Received: x\r\nFrom: a@b.cn\r\nSubject: x\r\n\r\nx", "", "mail"),
        (b"Subject: x\r\n\r\nx", "a.eml", "mail"),
        ("内容\t数量\n参加人数\t5\n".encode("gbk"), "a.xls", "csv"),
        ("内容,数量".encode(), "a.csv", "csv"),
        ("您好".encode("gbk"), "a.txt", "text"),
        (b"\xef\xbb\xbf", "a.txt", "empty"),
        (b"0\x82\x05\x00", "smime.p7s", "card"),
        (b"\x7fELF\x02", "a.pdf", "program"),
        (b"WScript.Echo 1", "a.vbs", "program"),
        (bytes(range(256)) * 4, "a.docx", "other"),
    ],
)
def test_kind(data, name, kind):
    assert sniff(data, name) == kind


def test_a_document_with_an_embedded_workbook_is_still_a_document():
    assert sniff(compound("Workbook", "WordDocument")) == "doc"


def test_a_directory_that_runs_in_circles_ends():
    data = bytearray(compound("WordDocument"))
    data[512:520] = struct.pack("<II", 0xFFFFFFFD, 1)
    data[1024 + 72 : 1024 + 76] = struct.pack("<I", 0)
    assert sniff(bytes(data)) == "doc"


def test_text_of_a_sheet_is_a_table_even_where_quoted_cells_break_their_lines():
    rows = ['序号\t"类别\n（单位：万元）"\t数量'] + [
        f'{n}\t"实物投入\n（如：图书）"\t{n}' for n in range(5)
    ]
    assert sniff("\n".join(rows).encode("utf-16"), "统计表.txt") == "csv"
    assert sniff('他说："好\n的"。\n'.encode(), "a.txt") == "text"
