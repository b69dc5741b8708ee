"""Delimited text: charsets, delimiters, quotes, ids that keep their digits."""

from __future__ import annotations

import pytest

from parsers.document import Document
from parsers.formats import read_document
from parsers.sniff import sniff
from parsers.unreadable import Unreadable

ROWS = [
    ("内容", "数量", "备注"),
    ("参加单位（个）", "36", ""),
    ("参加活动人员（人）", "1,200", "其中：科技人员 300人\n第二行"),
    ("身份证号", "150102198001011234", "010020"),
]


def quoted(field: str, delimiter: str) -> str:
    special = any(mark in field for mark in (delimiter, '"', "\n"))
    doubled = field.replace('"', '""')
    return f'"{doubled}"' if special else field


def lines(delimiter: str, newline: str = "\r\n") -> str:
    return newline.join(delimiter.join(quoted(f, delimiter) for f in row) for row in ROWS) + newline


def texts(document: Document) -> dict[str, str]:
    return {str(c.place): c.text for c in document.tables[0].cells if c.text}


WANTED = {
    f"CSV!{'ABC'[column]}{row}": field
    for row, fields in enumerate(ROWS, start=1)
    for column, field in enumerate(fields)
    if field
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_charset_and_delimiter_gives_the_same_cells(encoding, delimiter):
    data = lines(delimiter).encode(encoding)
    assert sniff(data, "统计表.csv") == "csv"
    document = read_document(data, "csv")
    assert document.kind == "csv"
    assert texts(document) == WANTED
    assert all(c.number is None for c in document.tables[0].cells)


@pytest.mark.parametrize("newline", ["\n", "\r", "\r\n"])
def test_every_line_end(newline):
    assert texts(read_document(lines(",", newline).encode(), "csv")) == WANTED


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("sep=;\na;b\n1;2\n", {"CSV!A1": "a", "CSV!B1": "b", "CSV!A2": "1", "CSV!B2": "2"}),
        (
            'a,"b\n1,2\n3,4\n',
            {
                "CSV!A1": "a",
                "CSV!B1": '"b',
                "CSV!A2": "1",
                "CSV!B2": "2",
                "CSV!A3": "3",
                "CSV!B3": "4",
            },
        ),
        ('屏幕5",1\n尺,2\n', {"CSV!A1": '屏幕5"', "CSV!B1": "1", "CSV!A2": "尺", "CSV!B2": "2"}),
        (
            '="010020",=" 5 "\na,b\n',
            {"CSV!A1": "010020", "CSV!B1": "5", "CSV!A2": "a", "CSV!B2": "b"},
        ),
        (
            "统计表,,\n内容\t数量\n参加\t1\n人数\t2\n",
            {
                "CSV!A1": "统计表,,",
                "CSV!A2": "内容",
                "CSV!B2": "数量",
                "CSV!A3": "参加",
                "CSV!B3": "1",
                "CSV!A4": "人数",
                "CSV!B4": "2",
            },
        ),
        ("一行\n又一行\n", {"CSV!A1": "一行", "CSV!A2": "又一行"}),
        ("a,b\n\n1,2\n", {"CSV!A1": "a", "CSV!B1": "b", "CSV!A3": "1", "CSV!B3": "2"}),
    ],
)
def test_oddities(text, cells):
    assert texts(read_document(text.encode(), "csv")) == cells


def test_digits_that_a_spreadsheet_lost_are_said():
    cells = read_document("证号,1.50102E+17\n数,36\n".encode(), "csv").tables[0].cells
    assert [c.flags for c in cells] == [set(), {"precision-lost"}, set(), set()]


def test_text_copied_from_a_sheet_is_a_table_whatever_its_name():
    assert sniff("内容\t数量\n参加单位\t36\n说明\n".encode("gb18030"), "a.txt") == "text"
    assert sniff("内容\t数量\n参加单位\t36\n".encode("gb18030"), "a.txt") == "csv"
    assert sniff("您好，\n附件是统计表。\n".encode(), "a.txt") == "text"


@pytest.mark.parametrize(
    "data", [b"x," * 17_000, b"1,2\n" * 100_001, b"\n" * 1_100_000 + b"x", b"x" * (9 << 20)]
)
def test_more_than_a_sheet_holds_is_typed(data):
    with pytest.raises(Unreadable, match="too-large"):
        read_document(data, "csv")


@pytest.mark.parametrize("data", [b"", b'"' * 100_000, b"," * 10_000, b"\x00\x01", b"\xff\xfe"])
def test_nonsense_has_no_cells_or_is_read(data):
    assert isinstance(read_document(data, "csv"), Document)


def test_a_column_of_its_own_keeps_the_lines_of_a_quoted_cell_together():
    document = read_document('标题\r\n"项目简介：一\n二"\r\n备注\r\n'.encode(), "csv")
    assert [cell.text for cell in document.tables[0].cells] == ["标题", "项目简介：一\n二", "备注"]
    told = read_document('他说"好"\r\n"没有结束\r\n'.encode(), "csv")
    assert [cell.text for cell in told.tables[0].cells] == ['他说"好"', '"没有结束']


def test_a_number_cut_at_its_comma_is_put_together_and_marked():
    text = "内容,数量,备注\r\n甲,21,\r\n乙,1,500,\r\n丙,7,6\r\n丁,2,600,000,见附件\r\n戊,3,\r\n"
    cells = {str(c.place): c for c in read_document(text.encode(), "csv").tables[0].cells}
    torn = {place: c.text for place, c in cells.items() if "torn" in c.flags}
    assert torn == {"CSV!B3": "1,500", "CSV!B5": "2,600,000"}
    assert (cells["CSV!C5"].text, cells["CSV!C4"].text) == ("见附件", "6")


@pytest.mark.parametrize(
    "text",
    [
        "甲,5,100\r\n乙,6,200\r\n丙,7,300\r\n",
        '甲,"1,500",2\r\n乙,6,3\r\n丙,7,4\r\n',
        "甲;1,500;2\r\n乙;6;3\r\n丙;7;4\r\n",
        "甲,5,\r\n乙,6,下午,1500\r\n丙,7,\r\n",
    ],
)
def test_rows_as_long_as_the_others_and_other_texts_are_not_put_together(text):
    assert not any(c.flags for c in read_document(text.encode(), "csv").tables[0].cells)
