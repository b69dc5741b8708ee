"""What a notice says becomes a campaign: every date, mailbox, thing owed and form, and no more.

`pytest tests/unit/test_notice.py --rewrite-cases` rewrites the expectations; review the diff.
The notices of tests/cases/notices are of our own writing. Those that real offices published
are not ours to keep here: they are read where SHOUBIAO_NOTICES or ../shared/notices has them.
"""

from __future__ import annotations

import json
import os
import random
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rules.notice import Notice, read_notice
from rules.notice import notice_json as as_json
from templates.drafts import say

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests/cases/notices"
PUBLISHED = Path(os.environ.get("SHOUBIAO_NOTICES", ROOT.parent / "shared/notices"))
OWN = sorted(CASES.glob("*.txt"))
EXPECTED = sorted(CASES.glob("*.expected.json"))
WIDE = str.maketrans({c: chr(ord(c) + 0xFEE0) for c in "0123456789():,;"})
NARROW = str.maketrans("，：；（）０１２３４５６７８９", ",:;()0123456789")


def text_of(case: str) -> str:
    for folder in (CASES, PUBLISHED):
        path = folder / f"{case}.txt"
        if path.is_file():
            return path.read_text(encoding="utf-8")
    pytest.skip("a published notice, kept outside the repository")


def notice_json(notice: Notice) -> dict[str, Any]:
    return as_json(notice, say)


def codes(notice: Notice) -> set[str]:
    return {question.code for question in notice.open}


def notice_of(case: str) -> Notice:
    return read_notice(text_of(case))


def facts(notice: Notice) -> dict[str, object]:
    """Return what must not depend on how the text is broken, spread or widened."""
    return {
        "mailboxes": notice.mailboxes,
        "due": sorted(
            (owed.kind, str(owed.due.day), str(owed.due.at)) for owed in notice.requirements
        ),
        "video": [owed.video for owed in notice.requirements if owed.video],
        "window": notice.window and (notice.window.first, notice.window.last),
        "issued": notice.issued,
    }


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.name.split(".")[0])
def test_a_notice_is_read_as_committed(path, request):
    said = notice_json(notice_of(path.name.removesuffix(".expected.json")))
    if request.config.getoption("--rewrite-cases"):
        path.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert said == json.loads(path.read_text(encoding="utf-8"))


def test_every_notice_of_our_own_has_its_expectation():
    assert len(OWN) >= 6
    for path in OWN:
        assert path.with_name(f"{path.stem}.expected.json").is_file()


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_every_fact_quotes_the_notice(path):
    text = "".join(path.read_text(encoding="utf-8").split())
    notice = read_notice(path.read_text(encoding="utf-8"))
    assert notice.requirements
    for owed in notice.requirements:
        assert "".join(owed.quote.split()) in text
    for quote in notice.quotes.values():
        assert "".join(quote.split()) in text


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.name.split(".")[0])
def test_dates_and_mailboxes_do_not_depend_on_where_lines_were_broken(path, seed):
    text = text_of(path.name.removesuffix(".expected.json"))
    chance = random.Random(seed)
    assert facts(read_notice(broken(text, chance))) == facts(read_notice(text))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.name.split(".")[0])
def test_dates_and_mailboxes_do_not_depend_on_spaces_between_letters(path, seed):
    text = text_of(path.name.removesuffix(".expected.json"))
    chance = random.Random(seed)
    assert facts(read_notice(spread(text, chance))) == facts(read_notice(text))


@pytest.mark.parametrize("width", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.name.split(".")[0])
def test_dates_and_mailboxes_do_not_depend_on_the_width_of_letters(path, width):
    text = text_of(path.name.removesuffix(".expected.json"))
    assert facts(read_notice(text.translate(width))) == facts(read_notice(text))


def broken(text: str, chance: random.Random) -> str:
    """Break lines anywhere in sentences; headings, signatures and tables stay."""
    return "\n".join(
        re.sub(r"(?<=.)(?=.)", lambda _: "\n" if chance.random() < 0.03 else "", line)
        if len(line) > 30 and "\t" not in line and "|" not in line
        else line
        for line in text.split("\n")
    )


def spread(text: str, chance: random.Random) -> str:
    return "\n".join(
        line
        if "\t" in line or "|" in line
        else re.sub(
            r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff\d])|(?<=\d)(?=[\u4e00-\u9fff])",
            lambda _: " " if chance.random() < 0.08 else "",
            line,
        )
        for line in text.split("\n")
    )


HEAD = "某市教育局关于开展阅读活动的通知\n某教〔2024〕9号\n各学校：\n"
FOOT = "\n联系人：王芳，电话：6651234\n某市教育局\n2024年3月4日\n"


def owed(sentence: str, *, foot: str = FOOT) -> list[tuple[str, str | None, str | None]]:
    """Return (kind, due, time) of what one sentence asks for in a notice of March 2024."""
    said = notice_json(read_notice(f"{HEAD}{sentence}{foot}"))
    return [(one["kind"], one["due"], one["time"]) for one in said["requirements"]]


@pytest.mark.parametrize(
    ("sentence", "due", "time"),
    [
        ("请于5月12日前将总结报送至市教育局。", "2024-05-12", None),  # Sunday
        ("请于5月12日（星期日）前将总结报送至市教育局。", "2024-05-12", None),
        ("请于５月１２日之前将总结报送至市教育局。", "2024-05-12", None),
        ("请于2024年3月15日17:00前将总结发送至邮箱。", "2024-03-15", "17:00"),  # Friday
        ("请于3月15日17：00前将总结发送至邮箱。", "2024-03-15", "17:00"),
        ("请于3月15日下午5点半前将总结发送至邮箱。", "2024-03-15", "17:30"),
        ("请于3月15日下午下班前，将总结发送至邮箱。", "2024-03-15", "17:30"),
        ("请于3月15日12时前提交总结。", "2024-03-15", "12:00"),
        ("请于3月15日24:00前提交总结。", "2024-03-15", None),
        ("请于今日（3月15日）下午5:30前提交总结。", "2024-03-15", "17:30"),
        ("请于下周五（3月15日）前提交总结。", "2024-03-15", None),
        ("请于六月底前提交总结。", "2024-06-30", None),  # Sunday
        ("请于6月末前提交总结。", "2024-06-30", None),
        ("请于二〇二四年六月十四日前提交总结。", "2024-06-14", None),
        ("请在2024-04-10前提交总结。", "2024-04-10", None),
        ("请在2024.4.10前提交总结。", "2024-04-10", None),
        ("总结报送截止时间为4月10日。", "2024-04-10", None),
        ("总结请发送至邮箱，截止日期：4月10日。", "2024-04-10", None),
        ("总结提交时间：即日起至4月10日。", "2024-04-10", None),
        ("总结提交时间：4月1日至4月10日18:00。", "2024-04-10", "18:00"),
        ("各校提交总结不得迟于4月10日。", "2024-04-10", None),
        ("各校最迟于4月10日报送总结。", "2024-04-10", None),
        ("各校务必于4月10日以前报送总结，逾期不予受理。", "2024-04-10", None),
        ("请于明年1月10日前报送总结。", "2025-01-10", None),
        ("请于今年年底前报送总结。", "2024-12-31", None),
    ],
)
def test_a_deadline_is_read_however_it_is_written(sentence, due, time):
    assert owed(sentence) == [("report", due, time)]
    said = read_notice(f"{HEAD}{sentence}{FOOT}").open
    assert not [question for question in said if "总结" in question.told(say)]


@pytest.mark.parametrize(
    "sentence",
    [
        "活动于4月8日启动，请各校认真撰写工作总结。",
        "请各校于4月3日前完成校园布置。",
        "市教育局将于5月20日前公布结果。",
        "根据省教育厅2024年2月1日印发的通知，请各校认真总结。",
        "截至2023年12月31日，全市共报送总结120份。",
        "统计数据截至3月31日。",
        "请各校负责人于4月8日前往市图书馆参加启动仪式并提交总结的同学一同合影。",
        "《活动方案》（2024年3月1日前印发）继续有效。",
    ],
)
def test_days_of_other_things_are_no_deadlines(sentence):
    assert [due for _, due, _ in owed(sentence) if due] == []


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("请于本月20日前报送总结。", "day-without-month"),
        ("请于20日前报送总结。", "day-without-month"),
        ("请于6月中旬前报送总结。", "not-one-day"),
        ("请于活动结束后10个工作日内报送总结。", "counts-from-event"),
        ("请于2月30日前报送总结。", "no-such-day"),
        ("请将总结发送至邮箱a@example.cn。", "no-day"),
    ],
)
def test_a_day_that_cannot_be_known_is_left_open(sentence, why):
    notice = read_notice(f"{HEAD}{sentence}{FOOT}")
    assert [one.due.day for one in notice.requirements] == [None]
    assert why in codes(notice)


def test_a_weekday_that_is_not_that_days_is_left_open():
    notice = read_notice(f"{HEAD}请于5月12日（星期五）前报送总结。{FOOT}")
    assert "other-weekday" in codes(notice)


def test_the_year_turns_when_the_month_is_past_the_year_of_issue():
    foot = FOOT.replace("2024年3月4日", "2024年12月4日")
    assert owed("请于1月10日前报送总结。", foot=foot) == [("report", "2025-01-10", None)]


def test_without_any_year_of_its_own_the_notice_gives_none():
    text = "关于报送总结的通知\n各校：\n根据省通知（教〔2021〕5号）要求，请于5月12日前报送总结。\n"
    notice = read_notice(text)
    assert [one.due.day for one in notice.requirements] == [None]
    assert "day-without-year" in codes(notice)


def test_several_deadlines_in_one_sentence_keep_to_their_own():
    said = owed("请于4月1日前将实施方案报送市教育局，5月10日前将总结、照片报送市教育局。")
    assert [(kind, due) for kind, due, _ in said] == [
        ("report", "2024-04-01"),
        ("report", "2024-05-10"),
        ("photos", "2024-05-10"),
    ]


@pytest.mark.parametrize(
    ("text", "least"),
    [
        ("活动总结应写明情况、做法和成效，字数不少于500字。\n请于4月10日前报送活动总结。", [500]),
        ("请于4月10日前报送活动总结。\n三、要求\n总结材料不少于800字，图文并茂。", [800]),
        ("请于4月10日前将活动总结、实施方案发至邮箱。\n总结800字以上，方案至少300字。", [800, 300]),
        ("请于4月10日前报送活动总结，字数不少于1200字。", [1200]),
        ("请于4月10日前报送活动总结（不少于500字）。\n总结不少于800字。", [500]),
        ("请于4月10日前报送活动总结和照片。每张照片说明不少于100字。", [None, None]),
        ("请于4月10日前将工作总结、活动总结发至邮箱。\n总结不少于800字。", [None, None]),
    ],
)
def test_a_least_length_said_elsewhere_belongs_to_the_one_report_it_names(text, least):
    notice = read_notice(f"关于报送总结的通知\n各校：\n{text}\n某市教育局\n2024年3月1日\n")
    assert [one.characters for one in notice.requirements] == least


@pytest.mark.parametrize(
    "text",
    [
        "请于4月10日前报送以下材料：\n1.工作总结；\n2.活动照片；\n3.媒体报道。\n",
        "报送材料：\n1.工作总结。\n2.活动照片。\n3.媒体报道。\n以上材料请于4月10日前发送至邮箱。",
        "（一）工作总结；\n（二）活动照片；\n（三）媒体报道。\n上述材料统一于4月10日前提交。",
        "请将工作总结、活动照片和媒体报道发送至邮箱。报送时间：4月10日前。",
    ],
)
def test_material_named_elsewhere_belongs_to_the_deadline(text):
    said = sorted(owed(text))
    assert [kind for kind, _, _ in said] == ["photos", "press", "report"]
    assert {due for _, due, _ in said} == {"2024-04-10"}


@pytest.mark.parametrize(
    ("sentence", "titles"),
    [
        ("请于5月8日前将附件1、附件2电子版及盖章扫描件发送至邮箱。", ["活动报名表", "活动统计表"]),
        ("请将填写好的附件1-2于5月8日前发送至邮箱。", ["活动报名表", "活动统计表"]),
        ("请各校于4月底前完成自查并形成自查报告，5月8日前报市教育局。", ["自查报告"]),
        ("请各单位将值班安排于5月8日中午12点前报局办公室。", ["值班安排"]),
        ("请于5月8日前将整改情况报市教育局。", ["整改情况"]),
        ("作品提交阶段：4月21日—5月8日，提交作品视频至邮箱。", ["作品视频"]),
        ("材料\t时间\n总结报告\t5月8日前\n照片\t5月8日前\n", ["总结报告", "照片"]),
        (
            "请于5月8日前将《作品登记表》（加盖公章）、作品简介各一份报送市教育局。",
            ["作品登记表", "作品简介"],
        ),
    ],
)
def test_what_is_owed_is_called_by_its_name(sentence, titles):
    foot = f"\n附件：1.活动报名表\n2.活动统计表{FOOT}"
    notice = read_notice(f"{HEAD}{sentence}{foot}")
    dues = {(one.title, one.due.day) for one in notice.requirements}
    assert dues == {(title, date(2024, 5, 8)) for title in titles}


def test_things_before_their_days_keep_to_them():
    said = owed("活动方案请于4月15日前、活动照片请于6月20日前发至邮箱。")
    assert said == [("report", "2024-04-15", None), ("photos", "2024-06-20", None)]


def test_tables_known_by_their_codes_are_called_by_their_names():
    table = (
        "表号\t表名\t报送单位\t报送时间\n101-1表\t藏书情况\t各学校\t4月10日前\n"
        "101-2表\t借阅情况\t各学校\t4月10日前\n"
    )
    said = read_notice(f"{HEAD}请按下表报送：\n{table}{FOOT}").requirements
    assert [(one.title, one.kind, one.only) for one in said] == [
        ("藏书情况", "form", "各学校"),
        ("借阅情况", "form", "各学校"),
    ]


@pytest.mark.parametrize(
    ("sentence", "dues"),
    [
        ("每月25日前报送进度表。", [None]),
        ("自2024年4月至6月，每月25日前报送进度表。", ["2024-04-25", "2024-05-25", "2024-06-25"]),
        (
            "从2024年11月起至次年2月，每月底前报送进度表。",
            ["2024-11-30", "2024-12-31", "2025-01-31", "2025-02-28"],
        ),
        ("请于季后10日前报送进度表。", [None]),
        ("每周五17:00前报送进度表。", [None]),
        ("请于4月10日、7月10日前报送进度表。", ["2024-04-10", "2024-07-10"]),
    ],
)
def test_what_comes_back_is_owed_each_time_or_left_open(sentence, dues):
    notice = read_notice(f"{HEAD}{sentence}{FOOT}")
    assert [one["due"] for one in notice_json(notice)["requirements"]] == dues
    assert "two-days" not in codes(notice)
    assert ("every-period" in codes(notice)) == (dues == [None])


def test_things_before_their_days_go_with_them_one_by_one():
    said = read_notice(f"{HEAD}活动方案和活动总结分别于4月5日、6月5日前报送。{FOOT}").requirements
    assert [(one.title, str(one.due.day)) for one in said] == [
        ("活动方案", "2024-04-05"),
        ("活动总结", "2024-06-05"),
    ]


def test_a_day_for_something_unnamed_is_left_open():
    notice = read_notice(f"{HEAD}没有按时报送的，请于4月8日前补报至邮箱。{FOOT}")
    assert notice.requirements == ()
    assert "nameless" in codes(notice)


@pytest.mark.parametrize(
    "piece",
    [
        *("a@", "邮箱：a1 ", "请于5月1日前报送总结", "《统计表", "联系人：王芳 ", "〔2024〕1号"),
        *(
            "1234567 ",
            "a\t\t\n",
            "\ta\n\t\n\n",
            "附件1\n",
            "总结、",
            "|",
            "关于",
            "。",
            "(",
            "\ufeff",
        ),
    ],
)
def test_a_text_of_one_thing_over_and_over_is_read_to_its_end(piece):
    notice = read_notice(piece * (3000 // len(piece)))
    assert len(notice.requirements) <= 1


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("邮箱：yuedu@example.cn", "yuedu@example.cn"),
        ("邮 箱：ｙｕｅｄｕ＠ｅｘａｍｐｌｅ．ｃｎ", "yuedu@example.cn"),
        ("发送至yuedu@exam\nple.cn，逾期不候", "yuedu@example.cn"),
        ("邮箱yue\ndu@example.cn", "yuedu@example.cn"),
        ("邮箱: yue du @ 163 . com", "yuedu@163.com"),
        ("电话：6651234 yuedu@example.cn", "yuedu@example.cn"),
        ("邮箱：yuedu@163.com\n2024年3月4日", "yuedu@163.com"),
        ("E-mail:yuedu@mail.example.edu.cn。", "yuedu@mail.example.edu.cn"),
        ("（邮箱：yue_du-2024@qq.com）", "yue_du-2024@qq.com"),
    ],
)
def test_a_mailbox_is_found_however_it_is_printed(written, address):
    assert read_notice(f"{HEAD}请将总结{written}{FOOT}").mailboxes == (address,)


def test_a_mailbox_for_complaints_does_not_collect():
    text = f"{HEAD}请发至a@example.cn。监督举报邮箱：b@example.cn{FOOT}"
    assert read_notice(text).mailboxes == ("a@example.cn",)


@pytest.mark.parametrize(
    ("text", "contacts"),
    [
        ("联系人：王 芳  李小明\n电话：0379-6651234", "王芳 0379-6651234；李小明 0379-6651234"),
        ("联系人：王芳 6651234，李小明 13900001111", "王芳 6651234；李小明 13900001111"),
        ("咨询电话：6651234（王老师）", "王老师 6651234"),
        ("市教育局基教科：王芳  电话：6651234", "王芳 6651234"),
        ("联系人：市教育局基教科 王芳\n传真：6650000", "王芳 "),
        ("联系电话：6651234 6651235", " 6651234、6651235"),
    ],
)
def test_contacts_are_the_persons_and_their_numbers(text, contacts):
    said = notice_json(
        read_notice(f"{HEAD}请于4月10日前报送总结。\n{text}\n某市教育局\n2024年3月4日")
    )
    assert "；".join(f"{one['name']} {one['phone']}" for one in said["contacts"]) == contacts


@pytest.mark.parametrize(
    ("limit", "rule"),
    [
        ("时长不超过3分钟", {"max_seconds": 180}),
        ("时长3-5分钟", {"max_seconds": 300}),
        ("不超过90秒", {"max_seconds": 90}),
        ("控制在三分钟以内", {"max_seconds": 180}),
        ("分辨率不低于1920×1080", {"width": 1920, "height": 1080}),
        ("码率50-100Mbps", {"min_mbps": 50.0, "max_mbps": 100.0}),
        ("码率不低于8Mbps", {"min_mbps": 8.0}),
        ("MP4或MOV格式", {"containers": ["mp4", "mov"]}),
        ("格式为mpg", {"containers": ["mpg"]}),
    ],
)
def test_limits_of_video_are_read(limit, rule):
    said = notice_json(read_notice(f"{HEAD}请于4月10日前报送视频（{limit}）。{FOOT}"))
    assert [one["video"] for one in said["requirements"]] == [rule]


def test_the_length_of_a_speech_is_no_limit_of_video():
    text = f"{HEAD}每人汇报时间不超过10分钟。请于4月10日前报送视频。{FOOT}"
    assert [one.video for one in read_notice(text).requirements] == [None]


def test_units_listed_in_the_sentence_are_those_that_owe():
    text = f"{HEAD}市一中、市二中、市实验小学等单位要将人员名单于4月10日前发至邮箱。{FOOT}"
    notice = read_notice(text)
    assert notice.requirements[0].units == ("市一中", "市二中", "市实验小学")
    assert notice.units == ("市一中", "市二中", "市实验小学")


def test_cited_numbers_and_titles_are_not_the_notices_own():
    text = (
        "根据《省教育厅关于开展阅读活动的通知》（省教〔2023〕88号）\n"
        "某市教育局关于转发《省教育厅关于开展阅读活动的通知》的通知\n某教〔2024〕9号\n各学校：\n"
    )
    notice = read_notice(text)
    assert notice.document == "某教〔2024〕9号"
    assert notice.title == "某市教育局关于转发《省教育厅关于开展阅读活动的通知》的通知"


def test_a_form_asked_for_twice_with_two_days_is_left_open():
    text = (
        f"{HEAD}请于4月10日前将《阅读统计表》（附件）报送市教育局。{FOOT}附件\n阅读统计表\n填报单位：\n"
        "内容\t数量\n读书（册）\t\n活动（场）\t\n注：此表请于5月1日前报市教育局。\n"
    )
    notice = read_notice(text)
    assert [one.due.day for one in notice.requirements] == [date(2024, 4, 10), date(2024, 5, 1)]
    assert "two-days" in codes(notice)


@pytest.mark.parametrize(
    "text", ["", "\n\n", "你好", "@", "关于的通知", "附件：\n1.", "\t\n\t\n", "((((《"]
)
def test_what_is_no_notice_yields_nothing_and_says_so(text):
    notice = read_notice(text)
    assert (notice.requirements, notice.mailboxes) == ((), ())
    assert len(notice.open) >= 4
