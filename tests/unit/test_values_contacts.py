"""Phones, addresses, postcodes, texts and ticks as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.values import read_value

PHONES = [
    ("13900000001", "13900000001"),
    ("１３９００００００１", None),
    ("１３９０００００００１", "13900000001"),
    ("139 0000 0001", "13900000001"),
    ("139-0000-0001", "13900000001"),
    ("+86 13900000001", "13900000001"),
    ("86-13900000001", "13900000001"),
    ("+8613900000001", "13900000001"),
    ("0471-6328711", "0471-6328711"),
    ("0471—6328711", "0471-6328711"),
    ("0471 6328711", "0471-6328711"),
    ("(0471)6328711", "0471-6328711"),
    ("（0471）6328711", "0471-6328711"),
    ("04716328711", "0471-6328711"),
    ("010-62345678", "010-62345678"),
    ("01062345678", "010-62345678"),
    ("021-6234 5678", "021-62345678"),
    ("6328711", "6328711"),
    ("7022310", "7022310"),
    ("62345678", "62345678"),
    ("0471-6328711-8001", "0471-6328711-8001"),
    ("0471-6328711转8001", "0471-6328711-8001"),
    ("400-800-1234", "4008001234"),
    ("0471-6328711 18947366366", "0471-6328711、18947366366"),
    ("0471-6328711/18947366366", "0471-6328711、18947366366"),
    ("0471-6328711、18947366366", "0471-6328711、18947366366"),
    ("0471-6328711；18947366366", "0471-6328711、18947366366"),
    ("0471-6328711\n18947366366", "0471-6328711、18947366366"),
    ("0991-3836587  3838217", "0991-3836587、3838217"),
    ("13900000001，13900000002", "13900000001、13900000002"),
    ("张三 13900000001", "13900000001"),
    ("手机：13900000001", "13900000001"),
    ("13900000001（张三）", "13900000001"),
    ("1390000000", None),
    ("139000000011", None),
    ("12900000001", None),
    ("0471-632871", None),
    ("0471-6328711/12", None),
    ("12345", None),
    ("99999999", None),
    ("电话见附件", None),
    ("1390000000113900000002", None),
]


@pytest.mark.parametrize(("text", "value"), PHONES)
def test_a_phone_is_read_or_refused(text, value):
    answer = read_value(text, "phone")
    expected = ("unreadable", None) if value is None else ("found", value)
    assert (answer.status, answer.value) == expected


@pytest.mark.parametrize("text", ["1.39E+10", "13900000001.0", "13900000001", "###"])
def test_a_phone_kept_as_a_number_is_read_from_the_number(text):
    assert read_value(text, "phone", number=Decimal(13900000001)).value == "13900000001"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("nmkepu@126.com", "nmkepu@126.com"),
        ("Lsh@CIS.org.cn", "Lsh@cis.org.cn"),
        ("ｗ２５１３４２５９５＠ １６３.ｃｏｍ", "w251342595@163.com"),
        (" a.b-c@example.cn ", "a.b-c@example.cn"),
        ("邮箱：a@example.cn", "a@example.cn"),
        ("E-mail: a@example.cn", "a@example.cn"),
        ("a@example.cn；b@example.cn", "a@example.cn、b@example.cn"),
        ("a@example.cn\nb@example.cn", "a@example.cn、b@example.cn"),
        ("<a@example.cn>", "a@example.cn"),
        ("mailto:a@example.cn", "a@example.cn"),
        ("a@example.cn。", "a@example.cn"),
        ("a_1@vip.example.com.cn", "a_1@vip.example.com.cn"),
        ("a@example", None),
        ("a example.cn", None),
        ("a@@example.cn", None),
        ("a@example..cn", None),
        ("a@example,cn", None),
        ("a@example。cn", None),
        ("@example.cn", None),
        ("张三", None),
        ("a@" + "b" * 500, None),
    ],
)
def test_an_email_is_read_or_refused(text, value):
    answer = read_value(text, "email")
    expected = ("unreadable", None) if value is None else ("found", value)
    assert (answer.status, answer.value) == expected


@pytest.mark.parametrize(
    ("text", "number", "value"),
    [
        ("010020", None, "010020"),
        ("０１００２０", None, "010020"),
        ("0 1 0 0 2 0", None, "010020"),
        ("邮编：010020", None, "010020"),
        ("010020。", None, "010020"),
        ("010020", "10020", "010020"),
        ("830011", "830011", "830011"),
        ("830011.0", "830011", "830011"),
        ("10020", "10020", None),
        ("10020", None, None),
        ("0100201", None, None),
        ("abc", None, None),
    ],
)
def test_a_postcode_is_read_or_refused(text, number, value):
    answer = read_value(text, "postcode", number=Decimal(number) if number else None)
    expected = ("unreadable", None) if value is None else ("found", value)
    assert (answer.status, answer.value) == expected


def test_two_postcodes_are_ambiguous():
    assert read_value("010020、010010", "postcode").notes == ("two-numbers",)


@pytest.mark.parametrize("kind", ["phone", "email", "postcode", "text"])
def test_nothing_can_be_declared_or_left_out(kind):
    assert read_value("无", kind).nil
    assert read_value("/", kind).nil
    assert read_value("  ", kind).status == "missing"
    assert read_value("______", kind).status == "missing"
    assert read_value("", kind).status == "missing"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("赤峰市科技局", "赤峰市科技局"),
        ("  赤峰市\u200b科技局　", "赤峰市科技局"),
        ("第一行\r\n  第二行", "第一行\n第二行"),
        ("无", "无"),
        ("2023", "2023"),
        ("ＡＢＣ１２３", "ＡＢＣ１２３"),
        ("甲　乙", "甲　乙"),
    ],
)
def test_a_text_is_kept_as_written(text, value):
    answer = read_value(text, "text")
    assert (answer.status, answer.value) == ("found", value)


def test_a_number_cell_under_a_text_is_its_display():
    assert read_value("", "text", number=Decimal(1200)).value == "1200"
    assert read_value("1,200", "text", number=Decimal(1200)).value == "1,200"


PLATFORMS = (
    "科普教育基地",
    "分支机构",
    "科技志愿团队",
    "理事单位会员",
    "普通单位会员",
    "个人会员所在单位",
    "地方仪器仪表学会",
)
LINE = (
    "科普教育基地      分支机构       科技志愿团队     \n"
    "会员所在单位 （理事单位会员   普通单位会员     个人会员所在单位）\n"
    "地方仪器仪表学会"
)
TICKS = [
    # text, choices, chosen (None: missing; "?": ambiguous)
    ("☑甲 □乙", "甲 乙", ("甲",)),
    ("□甲 ☑乙", "甲 乙", ("乙",)),
    ("□甲 □乙", "甲 乙", None),
    ("☑甲 ☑乙", "甲 乙", ("甲", "乙")),
    ("■甲 □乙", "甲 乙", ("甲",)),
    ("☒甲 ☐乙", "甲 乙", ("甲",)),
    ("✓甲 □乙", "甲 乙", ("甲",)),
    ("✔甲 ◻乙", "甲 乙", ("甲",)),
    ("●甲 ○乙", "甲 乙", ("甲",)),
    ("√甲 □乙", "甲 乙", ("甲",)),
    ("√甲 乙", "甲 乙", ("甲",)),
    ("甲√ 乙", "甲 乙", ("甲",)),
    ("甲 乙√", "甲 乙", ("乙",)),
    ("甲 √乙", "甲 乙", ("乙",)),
    ("甲√", "甲 乙", ("甲",)),
    ("□√甲 □乙", "甲 乙", ("甲",)),
    ("√□甲 □乙", "甲 乙", ("甲",)),
    ("□甲√ □乙", "甲 乙", ("甲",)),
    ("□甲 □乙√", "甲 乙", ("乙",)),
    ("甲□ 乙☑", "甲 乙", ("乙",)),
    ("甲☑乙□", "甲 乙", ("甲",)),
    ("☑甲□乙", "甲 乙", ("甲",)),
    ("□甲☑乙", "甲 乙", ("乙",)),
    ("甲□\n乙☑", "甲 乙", ("乙",)),
    ("（√）甲（ ）乙", "甲 乙", ("甲",)),
    ("甲（√） 乙（ ）", "甲 乙", ("甲",)),
    ("[x]甲 [ ]乙", "甲 乙", ("甲",)),
    ("(X)甲 ( )乙", "甲 乙", ("甲",)),
    ("√甲 ×乙", "甲 乙", ("甲",)),
    ("×甲 □乙", "甲 乙", ("甲",)),
    ("甲", "甲 乙", ("甲",)),
    ("乙", "甲 乙", ("乙",)),
    ("甲、乙", "甲 乙 丙", ("甲", "乙")),
    ("甲 乙", "甲 乙", None),
    ("甲√乙", "甲 乙", "?"),
    ("√", "甲 乙", "?"),
    ("☑其他 □甲", "甲 乙", "?"),
    ("☑甲\n☑其他", "甲 乙", "?"),
    ("☑甲 ☑其他", "甲 乙", "?"),
    ("甲√ 其他", "甲 乙", ("甲",)),
    ("🗹甲 ☐乙", "甲 乙", ("甲",)),
    ("☑甲 ☒乙", "甲 乙", "?"),
    ("说明见附件", "甲 乙", "?"),
    ("", "甲 乙", None),
    ("☑线 上 □线下", "线上 线下", ("线上",)),
    ("□ 线上  ☑ 线下", "线上 线下", ("线下",)),
    ("☑是 □否", "是 否", ("是",)),
    ("☑线上\n□线下\n☑线上线下结合", "线上 线下 线上线下结合", ("线上", "线上线下结合")),
]


@pytest.mark.parametrize(("text", "choices", "chosen"), TICKS)
def test_a_tick_goes_to_its_label(text, choices, chosen):
    answer = read_value(text, "choice", choices=choices.split())
    if chosen == "?":
        assert (answer.status, answer.value) == ("ambiguous", None)
    elif chosen is None:
        assert (answer.status, answer.value) == ("missing", None)
    else:
        assert (answer.status, answer.value) == ("found", chosen)


@pytest.mark.parametrize("label", PLATFORMS)
@pytest.mark.parametrize("shape", ["√{}", "☑{}", "{}√", "☑ {}", "{}☑"])
def test_one_platform_ticked_in_the_notices_own_line_is_found(label, shape):
    text = LINE.replace(label, shape.format(label), 1)
    answer = read_value(text, "choice", choices=PLATFORMS)
    assert (answer.status, answer.value) == ("found", (label,))


@pytest.mark.parametrize("label", PLATFORMS)
def test_boxes_before_every_platform_are_told_apart(label):
    text = LINE
    for name in PLATFORMS:
        text = text.replace(name, f"☑{name}" if name == label else f"□{name}", 1)
    assert read_value(text, "choice", choices=PLATFORMS).value == (label,)


def test_the_blank_line_is_missing():
    assert read_value(LINE, "choice", choices=PLATFORMS).status in {"missing", "ambiguous"}
    assert read_value(LINE, "choice", choices=PLATFORMS).value is None


def test_choices_nobody_declared_are_taken_from_the_text():
    assert read_value("☑线上 □线下", "choice").value == ("线上",)


@given(st.text(alphabet="□☑√×甲乙 ()（）、\n其他", max_size=16))
def test_no_text_of_ticks_breaks_the_reader(text):
    answer = read_value(text, "choice", choices=("甲", "乙"))
    assert (answer.value is not None) == (answer.status == "found")


@given(st.text(alphabet="0123456789-+() 转、/", max_size=40))
def test_a_phone_never_has_digits_that_are_not_there(text):
    answer = read_value(text, "phone")
    if answer.status == "found" and not answer.nil:
        assert isinstance(answer.value, str)
        digits = "".join(c for c in text if c.isdigit())
        for number in answer.value.split("、"):
            assert "".join(c for c in number if c.isdigit()) in digits
