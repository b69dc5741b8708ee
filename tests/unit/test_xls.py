"""What a person sees in a binary Excel file is what is read, record by record."""

from __future__ import annotations

import io
import struct

import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from msoffcrypto.method.rc4 import DocumentRC4

from parsers.document import Cell, Document, Origin, Place
from parsers.formats import encrypted, read_document
from parsers.formats.msxls import records
from parsers.formats.msxls.secrecy import PASSWORD
from parsers.message.files import read_file
from parsers.unreadable import Unreadable
from tests.unit.ole_files import book, compound, record, wide, workbook
from tests.unit.test_mime_files import form
from tests.unit.test_mime_files import workbook as xlsx_form

FONTS = record(0x31, struct.pack("<4HHH", 200, 0, 0, 400, 0, 0)) * 4
STRUCK_FONT = record(0x31, struct.pack("<4HHH", 200, 8, 0, 400, 0, 0))


BLANK = Cell(1, 1, "", Place(sheet="表1", ref="A1"))


def style(font: int = 0, number: int = 0) -> bytes:
    return record(0xE0, struct.pack("<HH16x", font, number))


def code(number: int, text: str) -> bytes:
    return record(0x41E, struct.pack("<H", number) + wide(text))


def label(row: int, column: int, text: str, xf: int = 0) -> bytes:
    return record(0x204, struct.pack("<3H", row, column, xf) + wide(text))


def number(row: int, column: int, value: float, xf: int = 0) -> bytes:
    return record(0x203, struct.pack("<3Hd", row, column, xf, value))


def rk(row: int, column: int, value: int) -> bytes:
    return record(0x27E, struct.pack("<3HI", row, column, 0, value))


def formula(row: int, column: int, result: bytes) -> bytes:
    return record(0x06, struct.pack("<3H", row, column, 0) + result + bytes(8))


def shared(*strings: bytes, split: int = 0) -> bytes:
    data = struct.pack("<2I", len(strings), len(strings)) + b"".join(strings)
    if not split:
        return record(0xFC, data)
    return record(0xFC, data[:split]) + record(0x3C, data[split:])


def read(*sheets: bytes, **options) -> Document:
    return read_document(book(*sheets, **options), "xls")


def cells(*sheets: bytes, **options) -> dict[str, Cell]:
    return {str(c.place): c for t in read(*sheets, **options).tables for c in t.cells}


def texts(*sheets: bytes, **options) -> list[str]:
    return [cell.text for cell in cells(*sheets, **options).values()]


def test_numbers_look_as_their_format_shows_them():
    styles = code(164, "#,##0.00") + code(165, 'yyyy"年"m"月"d"日"') + code(166, "000000")
    styles += (
        code(167, '0!.0,"万"')
        + style()
        + b"".join(style(number=n) for n in (164, 165, 166, 167, 9))
    )
    sheet = b"".join(
        number(0, n, value, n + 1)
        for n, value in enumerate((1234567.5, 45066, 10020, 1256780, 0.256))
    )
    found = cells(sheet, globals_=styles)
    assert [cell.text for cell in found.values()] == [
        "1,234,567.50",
        "2023年5月20日",
        "010020",
        "125.7万",
        "26%",
    ]
    assert str(found["表1!B1"].moment) == "2023-05-20 00:00:00"
    assert str(found["表1!A1"].number) == "1234567.5"


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        (36 << 2 | 2, "36"),
        ((-5 & 0x3FFFFFFF) << 2 | 2, "-5"),
        (12050 << 2 | 3, "120.5"),
        (struct.unpack("<Q", struct.pack("<d", 1.5))[0] >> 32, "1.5"),
        (struct.unpack("<Q", struct.pack("<d", 150.0))[0] >> 32 | 1, "1.5"),
    ],
)
def test_numbers_in_four_bytes_are_whole_or_halved_doubles(stored, shown):
    assert texts(rk(0, 0, stored)) == [shown]
    several = struct.pack("<2H", 0, 0) + struct.pack("<HI", 0, stored) * 2 + struct.pack("<H", 1)
    assert texts(record(0xBD, several)) == [shown, shown]


def test_a_phone_number_has_all_its_digits_and_no_point():
    cell = cells(number(0, 0, 13900001234.0))["表1!A1"]
    assert (cell.text, str(cell.number)) == ("13900001234", "13900001234")


def test_a_string_may_be_cut_by_a_continuation_and_change_its_width():
    narrow = struct.pack("<HB", 4, 0) + b"ab"
    rest = b"\x01" + "内容".encode("utf-16-le")
    data = record(0xFC, struct.pack("<2I", 1, 1) + narrow) + record(0x3C, rest)
    assert texts(record(0xFD, struct.pack("<3HI", 0, 0, 0, 0)), globals_=data) == ["ab内容"]


def test_struck_characters_are_left_out_of_a_string():
    text = "合计100120"
    runs = struct.pack("<4H", 2, 5, 5, 0)
    rich = struct.pack("<HBHI", len(text), 0x0D, 2, 3) + text.encode("utf-16-le") + runs + b"xyz"
    data = FONTS + STRUCK_FONT + style() + shared(rich, wide("后"))
    sheet = b"".join(record(0xFD, struct.pack("<3HI", 0, n, 0, n)) for n in range(2))
    found = cells(sheet, globals_=data)
    assert [cell.text for cell in found.values()] == ["合计120", "后"]
    assert found["表1!A1"].flags == {"struck-left-out"}


@pytest.mark.parametrize(("level", "shown"), [(1, "120¹"), (2, "120₁")])
def test_a_small_digit_is_no_digit_of_the_number_before_it(level, shown):
    raised = record(0x31, struct.pack("<4HHH", 200, 0, 0, 400, level, 0))
    text = "1201"
    rich = struct.pack("<HBH", len(text), 0x09, 1) + text.encode("utf-16-le")
    data = FONTS + raised + style() + shared(rich + struct.pack("<2H", 3, 5))
    sheet = record(0xFD, struct.pack("<3HI", 0, 0, 0, 0))
    (cell,) = cells(sheet, globals_=data).values()
    assert (cell.text, cell.flags) == (shown, {"superscript"})


def test_a_cell_in_a_struck_font_is_left_out():
    data = FONTS + STRUCK_FONT + style() + style(font=5)
    cell = cells(number(0, 0, 99, 1), globals_=data)["表1!A1"]
    assert (cell.text, cell.number, cell.flags) == ("", None, {"struck-left-out"})


@pytest.mark.parametrize(
    ("result", "text", "flags"),
    [
        (struct.pack("<d", 12.5), "12.5", set()),
        (struct.pack("<BxB3xH", 0, 0, 0xFFFF), "有", set()),
        (struct.pack("<BxB3xH", 1, 1, 0xFFFF), "TRUE", set()),
        (struct.pack("<BxB3xH", 2, 0x07, 0xFFFF), "#DIV/0!", {"error-value"}),
        (struct.pack("<BxB3xH", 3, 0, 0xFFFF), "", set()),
    ],
)
def test_a_formula_shows_the_result_it_had(result, text, flags):
    sheet = formula(0, 0, result) + record(0x207, wide("有")) + formula(1, 0, struct.pack("<d", 1))
    cell = cells(sheet).get("表1!A1", BLANK)
    assert (cell.text, cell.flags) == (text, flags)
    assert cell.origin is (Origin.FORMULA if text else Origin.TYPED)


def test_results_of_a_workbook_nobody_calculated_are_not_believed():
    sheet = formula(0, 0, struct.pack("<d", 0)) + formula(
        0, 1, struct.pack("<BxB3xH", 3, 0, 0xFFFF)
    )
    assert {frozenset(c.flags) for c in cells(sheet).values()} == {frozenset({"no-cached-value"})}
    calculated = record(0x1C1, bytes(8))
    assert cells(sheet, globals_=calculated)["表1!A1"].text == "0"
    assert cells(sheet + formula(0, 2, struct.pack("<d", 3)))["表1!A1"].text == "0"


def test_merged_ranges_and_hidden_rows_and_columns_are_told():
    sheet = record(0x208, struct.pack("<6H", 1, 0, 0, 0, 0, 0) + bytes([0x20, 0, 0, 0]))
    sheet += record(0x7D, struct.pack("<6H", 2, 2, 0, 0, 1, 0))
    sheet += label(0, 0, "宽") + label(1, 0, "藏") + label(1, 2, "栏")
    sheet += record(0xE5, struct.pack("<5H", 1, 0, 0, 0, 1))
    found = cells(sheet)
    assert found["表1!A1"].column_span == 2
    assert found["表1!A2"].flags == {"hidden-row"}
    assert found["表1!C2"].flags == {"hidden-row", "hidden-column"}


def test_sheets_are_tables_and_hidden_ones_are_flagged():
    tables = read(label(0, 0, "一"), b"", label(0, 0, "三"), states=(0, 0, 2)).tables
    assert [(t.number, t.sheet, t.flags) for t in tables] == [
        (1, "表1", frozenset()),
        (2, "表3", {"hidden-sheet"}),
    ]


def test_charts_inside_a_sheet_are_passed_over():
    chart = record(0x809, bytes(12)) + label(5, 5, "图") + record(0x0A)
    assert texts(label(0, 0, "甲") + chart + label(0, 1, "乙")) == ["甲", "乙"]


def test_truth_and_errors_are_read_as_shown():
    values = (
        record(0x205, struct.pack("<3HBB", 0, n, 0, *v)) for n, v in enumerate([(1, 0), (42, 1)])
    )
    assert texts(b"".join(values)) == ["TRUE", "#N/A"]


def test_a_workbook_of_excel_95_is_read_in_its_code_page():
    text = "参加单位".encode("gbk")
    sheet = record(0x204, struct.pack("<4H", 0, 0, 0, len(text)) + text)
    data = record(0x42, struct.pack("<H", 936))
    found = read(sheet, globals_=data, version=0x0500, stream="Book")
    assert [(t.sheet, t.cells[0].text) for t in found.tables] == [("表1", "参加单位")]


def test_dates_may_count_from_1904():
    data = record(0x22, b"\x01\0") + style(number=14)
    assert texts(number(0, 0, 43604), globals_=data) == ["2023/5/20"]


def test_macros_are_flagged():
    data = compound(
        {"Workbook": workbook(label(0, 0, "甲"))}, storages=("_VBA_PROJECT_CUR", "MBD1")
    )
    assert read_document(data, "xls").flags == {"macros", "embedded-objects"}


def enciphered(password: str) -> bytes:
    """Encrypt a workbook as Excel 97 does."""
    salt, verifier = bytes(range(16)), bytes(range(16, 32))
    from hashlib import md5

    checked = io.BytesIO(verifier + md5(verifier).digest())
    checks = DocumentRC4.decrypt(password, salt, checked, 1024).read()
    secret = record(0x2F, struct.pack("<3H", 1, 1, 1) + salt + checks)
    plain = workbook(label(0, 0, "甲" * 900) + number(0, 1, 36), globals_=secret)
    hidden = bytearray(DocumentRC4.decrypt(password, salt, io.BytesIO(plain), 1024).read())
    at = 0
    while at < len(plain):
        kind, size = struct.unpack_from("<2H", plain, at)
        kept = 4 + {0x2F: size, 0x809: size, 0x85: 4}.get(kind, 0)
        hidden[at : at + kept] = plain[at : at + kept]
        at += 4 + size
    return compound({"Workbook": bytes(hidden)})


def test_a_workbook_with_the_password_everybody_has_is_read():
    found = read_document(enciphered(PASSWORD), "xls")
    assert [cell.text for cell in found.tables[0].cells] == ["甲" * 900, "36"]


def test_a_workbook_with_a_password_is_encrypted():
    (file,) = read_file(enciphered("secret"), "表.et")
    assert (file.kind, file.problem) == ("xls", "encrypted")
    xor = record(0x2F, struct.pack("<3H", 0, 1, 1))
    (file,) = read_file(book(label(0, 0, "甲"), globals_=xor), "表.xls")
    assert file.problem == "encrypted"


def package(data: bytes, password: str) -> bytes:
    buffer = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(password, buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(("data", "kind"), [(xlsx_form(), "xlsx"), (form(), "docx")])
def test_a_package_that_is_recommended_read_only_is_read(data, kind):
    (file,) = read_file(package(data, PASSWORD), "表.bin")
    assert (file.kind, file.problem) == (kind, None)
    assert file.document == read_document(data, kind)


def test_a_package_with_a_password_is_encrypted():
    (file,) = read_file(package(form(), "secret"), "表.docx")
    assert (file.kind, file.problem, file.document) == ("docx", "encrypted", None)


def test_a_package_whose_password_takes_minutes_to_try_is_not_tried(monkeypatch):
    monkeypatch.setattr(encrypted, "_MAX_SPINS", 99_999)
    with pytest.raises(Unreadable, match="hostile"):
        read_document(package(form(), PASSWORD), "encrypted")


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (compound({"Workbook": record(0x0409, bytes(6)) + bytes(20)}), "unsupported"),
        (compound({"Workbook": b"x" * 600}), "damaged"),
        (compound({"Other": b"x"}), "damaged"),
        (compound({"Workbook": workbook(label(0, 0, "甲"))[:-4]}), "damaged"),
        (compound({"Workbook": workbook(label(0, 0, "甲"))[:-9]}), "damaged"),
        (book(b"", globals_=record(0xFC, struct.pack("<2I", 1, 1 << 31))), "too-large"),
        (book(record(0xFD, b"short")), "damaged"),
    ],
)
def test_what_cannot_be_read_says_why(data, problem):
    with pytest.raises(Unreadable) as refused:
        read_document(data, "xls")
    assert refused.value.problem == problem


def test_records_without_end_are_refused(monkeypatch):
    monkeypatch.setattr(records, "MAX_RECORDS", 100)
    many = b"".join(record(0x208, bytes(16)) for _ in range(200))
    with pytest.raises(Unreadable, match="too-large"):
        read(many)


def test_a_sheet_that_never_ends_is_damaged():
    with pytest.raises(Unreadable, match="damaged"):
        read(record(0x809, bytes(12)) * 3)
