"""Text formats have no checksum: what shows that they were cut or garbled is refused."""

from __future__ import annotations

import pytest

from parsers.formats import read_document
from parsers.unreadable import Unreadable
from parsers.values import read_value
from tests.unit.text_samples import rtf, run

ROWS = '"内容","数量","备注"\n"参加单位",36,\n"参加活动人员",1200,\n"资料发放",12000,\n'
PAGE = "<html><table><tr><td>参加单位<td>36<tr><td>参加活动人员<td>12"


def problem(data: bytes, kind: str) -> str | None:
    try:
        read_document(data, kind)
    except Unreadable as refusal:
        return refusal.problem
    return None


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (ROWS, None),
        (ROWS.rstrip("\n"), None),
        (ROWS[:-4], "damaged"),  # 12000 has become 120
        (ROWS + '"科技咨', "damaged"),
        ('a,b\n5" 管,1\n6" 管,2\n', None),  # quotes that quote nothing
        ("甲,乙\n丙", None),  # too little to tell
        (ROWS.replace("36", "3\x006"), "damaged"),
    ],
)
def test_a_csv_whose_last_row_or_quote_is_open_is_damaged(text, answer):
    assert problem(text.encode("gb18030"), "csv") == answer


@pytest.mark.parametrize(
    ("html", "answer"),
    [
        (PAGE, "damaged"),
        (PAGE + "00<", "damaged"),
        (PAGE + "00</td>", None),  # rows may be lacking, and are asked for
        (PAGE + "00</table> 谢谢", None),
        ("<p>正文没有表", None),
    ],
)
def test_a_page_cut_inside_a_cell_is_damaged(html, answer):
    assert problem(html.encode(), "html") == answer


@pytest.mark.parametrize("byte", [b"\0", b"\x01", b"\x0b", b"\x7f"])
def test_a_byte_that_no_rtf_has_is_damage(byte):
    data = rtf(run("36"))
    assert problem(data, "rtf") is None
    assert problem(data + bytes(9), "rtf") is None  # some programs end the file so
    at = data.index(b"36")
    assert problem(data[:at] + byte + data[at:], "rtf") == "damaged"


@pytest.mark.parametrize("escape", [b"\\'g6", b"\\'x", b"\\' 4"])
def test_half_an_escape_in_an_rtf_is_damage(escape):
    data = rtf(run("36")).replace(b"36", escape + b"36")
    assert problem(data, "rtf") == "damaged"


def test_a_number_too_long_for_a_control_word_is_no_text():
    data = rtf(run("36")).replace(b"\\insrsid99", b"\\insrsid" + b"9" * 30)
    (paragraph,) = read_document(data, "rtf").paragraphs
    assert paragraph.text == "36"


@pytest.mark.parametrize("kind", ["count", "number", "money", "text", "date", "phone", "email"])
def test_a_character_nobody_could_decode_makes_its_value_unreadable(kind):
    read = read_value("12\ufffd00", kind, unit="元")
    assert (read.status, read.value, read.notes) == ("unreadable", None, ("garbled",))
