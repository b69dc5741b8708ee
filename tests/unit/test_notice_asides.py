"""What a notice states beside what is owed stands in the draft: nobody has to write it by hand."""

from __future__ import annotations

from datetime import date

import pytest

from parsers.formats import read_document
from rules.notice import read_notice
from rules.notice.campaign_text import campaign_yaml
from templates.drafts import say
from tests.unit.typed_blanks import as_docx

HEAD = "关于报送材料的通知\n各县区科协：\n"
FOOT = "\n邮箱：kx@example.cn\n联系人：于飞，电话：0471-6677889\n某市科协\n2026年3月4日\n"


def drafted(body: str) -> str:
    return campaign_yaml(read_notice(f"{HEAD}{body}{FOOT}"), "x", say)


@pytest.mark.parametrize(
    ("said", "note"),
    [
        ("邮件标题请注明“组名+教师信息采集”", "邮件标题请注明“组名+教师信息采集”"),
        ("邮件主题统一命名为“单位名称—总结”", "邮件主题统一命名为“单位名称—总结”"),
        ("邮件名称格式为：单位+总结", "邮件名称格式为：单位+总结"),
    ],
)
def test_how_a_mail_is_titled_is_a_note_and_nothing_owed(said, note):
    text = f"请于4月10日前将活动总结发至邮箱，{said}。"
    notice = read_notice(HEAD + text + FOOT)
    assert [owed.title for owed in notice.requirements] == ["活动总结"]
    assert notice.subject == note
    assert note in drafted(text)


@pytest.mark.parametrize(
    "text",
    [
        "请于4月10日前将活动总结发至邮箱。",
        "请于4月10日前将活动总结以邮件形式发送。",
        "请于4月10日前将活动总结发至邮箱，并电话确认邮件已收到。",
    ],
)
def test_a_mail_of_which_nothing_is_said_has_no_note(text):
    assert read_notice(HEAD + text + FOOT).subject == ""
    assert "note:" not in drafted(text)


def test_which_of_two_mailboxes_a_thing_goes_to_is_a_note():
    text = "请于4月10日前将活动总结发至zj@example.cn，5月10日前将统计表发至tj@example.cn。"
    notes = [line.strip() for line in drafted(text).splitlines() if "note:" in line]
    assert notes == ["note: 发到zj@example.cn", "note: 发到tj@example.cn"]


def test_what_photos_must_be_is_a_note():
    assert 'note: "5—8张，JPG格式"' in drafted("请于4月10日前报送活动照片（5—8张，JPG格式）。")


def test_where_a_nil_report_is_asked_a_unit_may_declare_nil():
    assert "nil: true" in drafted("请于4月10日前报送活动总结，没有的实行零报告。")
    assert "nil:" not in drafted("请于4月10日前报送活动总结。")


@pytest.mark.parametrize(
    ("title", "rule"),
    [
        ("推荐函", "{min_characters: 20, named: true}"),
        ("个人简历", "{min_characters: 20, named: true}"),
        ("活动总结", "{min_characters: 300} # 通知没有写字数"),
        ("活动总结（不少于800字）", "{min_characters: 800}"),
    ],
)
def test_a_letter_may_be_short_and_an_unsaid_length_is_said_to_be_one(title, rule):
    assert f"report: {rule}" in drafted(f"请于4月10日前将{title}发至邮箱。")


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("不超过3分钟的视频资料", "视频资料"),
        ("3分钟以内的视频", "视频"),
        ("1段视频", "视频"),
    ],
)
def test_a_length_before_a_name_is_no_part_of_it(said, title):
    owed = read_notice(f"{HEAD}请于4月10日前报送{said}。{FOOT}").requirements[0]
    assert owed.title == title
    if "3" in said:
        assert owed.video is not None
        assert owed.video.max_seconds == 180


def test_a_comment_is_not_broken_inside_an_address():
    text = f"请于4月10日前将活动总结{'（含有关情况说明）' * 4}发至邮箱longname2026@example.cn。"
    assert any("longname2026@example.cn" in line for line in drafted(text).splitlines())


@pytest.mark.parametrize("said", ["将下表填好后发至", "填写附表，发至"])
def test_the_one_table_of_a_notice_is_meant_by_the_table_below(said):
    table = (("设施", "数量（个）"), ("食堂", ""), ("中心", ""))
    text = f"请各街道于4月10日前{said}kx@example.cn。"
    parts = (
        "关于统计设施的紧急通知",
        "各街道：",
        text,
        "某市民政局",
        "2026年3月4日",
        "设施统计表",
        table,
    )
    notice = read_notice(read_document(as_docx(parts, typed=False), "docx"))
    owed = [(one.title, one.kind, one.due.day) for one in notice.requirements]
    assert owed == [("设施统计表", "form", date(2026, 4, 10))]


def test_a_zone_among_all_of_a_kind_is_no_unit_by_name():
    head = "关于报送材料的通知\n各镇人民政府、园区管委会：\n"
    assert read_notice(f"{head}请于4月10日前报送总结。{FOOT}").units == ()


def test_an_urgent_notice_is_about_its_subject():
    head = "关于统计养老设施情况的紧急通知\n各街道：\n"
    yaml = campaign_yaml(read_notice(f"{head}请于4月10日前报送总结。{FOOT}"), "x", say)
    assert "title: 统计养老设施情况" in yaml
