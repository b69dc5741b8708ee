"""Forms typed into a mail without a table; signatures and replies are none."""

from __future__ import annotations

from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest

from parsers.message.mime import read_mail
from rules.recognise import read_forms
from tests.unit.form_grouped import CAMPAIGNS

if TYPE_CHECKING:
    from parsers.document import Document

SIGNATURE = """各位老师好，材料见附件，请查收。
联系人：王芳
单位：赤峰市科学技术局
部门：办公室
地址：赤峰市新城区玉龙大街5号
邮编：024000
电话：0476-8800000
手机：13900001234
邮箱：kjj@example.cn"""
ROWS = ("内容{0}数量{0}备注", "参加单位（个）{0}19{0}", "参加活动人员（人）{0}2,686{0}科技人员30",
        "公众参与（人次）{0}16785{0}", "资料发放（份、册）{0}1.5万{0}", "科技咨询（人次）{0}818{0}",
        "下乡（次）{0}19{0}", "义诊（人次）{0}288{0}")  # fmt: skip
TITLE = "2023年内蒙古科技活动周情况统计表\n填报单位：阿拉善盟科技局\n"


def mail(text: str, subject: str = "报送材料", subtype: str = "plain") -> bytes:
    message = EmailMessage()
    message["From"] = "a@example.cn"
    message["Subject"] = subject
    message.set_content(text, subtype=subtype)
    return message.as_bytes()


def body(text: str, **how: str) -> Document | None:
    return read_mail(mail(text, **how)).body


def values(document: Document | None) -> dict[str, object]:
    assert document is not None
    (found,) = read_forms(document, CAMPAIGNS, default_year=2023)
    return {key: found.reading.get(key).value for key in ("units", "participants", "leaflets")}


@pytest.mark.parametrize("gap", ["\t", "  |  ", "    ", "\u3000\u3000"])
def test_columns_typed_with_marks_or_gaps_are_read_like_a_table(gap):
    rows = "\n".join(row.format(gap) for row in ROWS)
    read = values(body(f"您好：\n{TITLE}{rows}\n祝好"))
    assert read == {"units": 19, "participants": 2686, "leaflets": 15000}


def test_a_drawn_frame_is_no_row():
    rows = "\n".join("| " + row.format(" | ") + " |\n+-----+----+----+" for row in ROWS)
    assert values(body(TITLE + rows))["participants"] == 2686


@pytest.mark.parametrize("subtype", ["plain", "html"])
def test_labelled_lines_are_read_like_a_form(subtype):
    lines = (TITLE + "\n".join(row.format("：") for row in ROWS[1:])).splitlines()
    text = "\n".join(lines) if subtype == "plain" else "".join(f"<div>{x}</div>" for x in lines)
    assert values(body(text, subtype=subtype))["units"] == 19


def test_a_signature_is_no_form():
    document = body(SIGNATURE)
    assert document is None or not read_forms(document, CAMPAIGNS, default_year=2023)


def test_a_form_that_a_reply_quotes_was_not_sent_again():
    rows = "\n".join("> " + row.format("：") for row in ROWS)
    reply = f"收到，谢谢。\n在2023年6月1日，张三写道：\n{rows}"
    assert body(reply) is None
    assert body(reply, subject="转发：统计表") is not None
