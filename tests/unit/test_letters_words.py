"""The words of letters: every constant has one, dates and numbers are said one way."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.document import Place
from rules.finding import CODES, Finding, Severity
from rules.outcome import Standing
from rules.reading import Status
from templates import words
from templates.findings import comment, tell
from templates.subject import answer, bare, mark, opening
from tests.unit import letter_samples as samples

WINDOW = {"first": "2023-05-20", "last": "2023-05-31"}
LIMIT = {"limit_label": "参加活动人员", "limit_value": 300}
DETAILS = {
    "nil-declared": [{"said": "我单位无重点项目"}],
    "said-otherwise": [
        {"said": "附件中参加单位应为20个"},
        {"said": "更正：参加单位应为20个", "beside": True},
    ],
    "required": [{"labels": ["参加单位", "公众参与"]}],
    "ambiguous": [{"expected": "元", "given": "袋"}],
    "range": [{"least": 1, "greatest": 9.5}, {"least": 1}, {"greatest": 2000}],
    "not-above": [LIMIT, {"limit_label": "参加活动人员"}],
    "not-the-sum": [{"sum": 1200}, {"sum": 95.3}],
    "window": [WINDOW, {"first": date(2023, 5, 20), "last": date(2023, 5, 31)}],
    "unit-of-measure": [{"expected": "元", "given": "袋"}, {"expected": "元", "value": 5e4}],
    "choice": [{"chosen": ["线上", "线下"], "many": False}, {"chosen": []}],
    "wrong-template": [{"title": "2022年统计表"}],
    "unit-disagrees": [{"form_unit": "甲局", "sender_unit": "乙局"}],
    "file-unsupported": [{"kind": "pdf"}, {"kind": "never-heard-of"}],
    "report-short": [{"characters": 120, "least": 300}],
    "video-long": [{"seconds": 200.4, "greatest": 180}],
    "late": [{"due": "2023-06-15T16:00:00+00:00"}],
}
CASES = [
    (code, entry["by"], case)
    for code, entry in words.load("findings.yaml").items()
    for case in entry.get("cases", ())
]
JARGON = ("None", "{{", "}}", "count", "null", "Undefined", "系统错误", "非法", "必须")


def _findings(code):
    place = Place(table=1, row=5, column=2)
    for details in ({}, *DETAILS.get(code, [])):
        for raw in (None, "约1200人"):
            yield Finding(
                code, Severity.ERROR, "participants", "参加活动人员", place, raw, "a.docx", details
            )
            yield Finding(code, Severity.ERROR, raw=raw, details=details)


def test_there_is_exactly_one_sentence_for_every_code_a_check_can_give():
    assert set(words.load("findings.yaml")) == set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_finding_says_what_is_wrong_and_how_to_fix_it_without_jargon(code):
    for finding in _findings(code):
        told = tell(finding, samples.STATISTICS)
        assert told.title
        for sentence in (told.wrong, told.fix):
            assert sentence.endswith("。")
        assert not any(word in str(told) for word in JARGON)
        assert comment(finding) == f"{told.wrong}{told.fix}"


@pytest.mark.parametrize(("code", "detail", "case"), CASES)
def test_a_case_says_something_more_exact_than_its_code(code, detail, case):
    general = tell(Finding(code, Severity.ERROR))
    exact = tell(Finding(code, Severity.ERROR, details={detail: case}))
    assert (exact.wrong, exact.fix) != (general.wrong, general.fix)
    assert exact.wrong.endswith("。")
    assert exact.fix.endswith("。")


def test_a_case_nobody_has_heard_of_is_told_in_general():
    told = tell(Finding("ambiguous", Severity.ERROR, details={"why": "brand-new"}))
    assert told == tell(Finding("ambiguous", Severity.ERROR))


def test_a_place_in_a_text_document_is_named_by_row_and_label_with_its_unit():
    finding = Finding(
        "required", Severity.ERROR, "participants", "参加活动人员", Place(table=1, row=5, column=2)
    )
    assert tell(finding, samples.STATISTICS).where == "表1 第5行「参加活动人员（人）」"


def test_a_place_in_a_workbook_is_named_by_sheet_and_cell():
    finding = Finding(
        "required", Severity.ERROR, "boards", "宣传展板", Place(sheet="Sheet1", ref="B7")
    )
    assert tell(finding, samples.STATISTICS).where == "Sheet1!B7「宣传展板（块）」"


def test_a_detail_that_a_check_left_out_never_breaks_the_sentence():
    told = tell(Finding("range", Severity.WARNING, details={"least": None}))
    assert told.wrong == "这个数与常见的范围相差较大。"


@pytest.mark.parametrize("kind", ["standings"])
def test_every_standing_has_a_word(kind):
    assert set(words.load("words.yaml")[kind]) == set(Standing)


def test_every_unread_status_has_a_word():
    assert set(words.load("words.yaml")["statuses"]) == set(Status) - {Status.FOUND}


def test_an_unheard_of_reason_is_told_as_something_for_a_person():
    assert words.word("held", "brand-new") == "需要人工看一下"


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (samples.at(6, 16), "6月15日（星期四）24:00前"),
        (samples.at(6, 15, 23, 59), "6月15日（星期四）24:00前"),
        (samples.at(5, 13), "5月12日（星期五）24:00前"),
        (samples.at(5, 30, 17, 30), "5月30日（星期二）17:30前"),
        (samples.at(6, 11), "6月10日（星期六）24:00前"),
        (samples.at(7, 1), "6月30日（星期五）24:00前"),
    ],
)
def test_a_due_moment_is_said_with_its_weekday_and_the_days_own_end(moment, said):
    assert words.due(moment) == said


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (1200, "人", "1,200 人"),
        (0, "个", "0 个"),
        (1200.0, "元", "1,200 元"),
        (120.5, "米", "120.5 米"),
        (Decimal("0.1"), None, "0.1"),
        (100, None, "100"),
        (("线上", "线下"), None, "线上、线下"),
        ("2023-05-20", None, "2023年5月20日"),
        ("2023-05-20/2023-05-31", None, "2023年5月20日至2023年5月31日"),
        ("2023-05-20,2023-05-27", None, "2023年5月20日、2023年5月27日"),
        ("0471-6328711", None, "0471-6328711"),
        (None, "人", ""),
    ],
)
def test_a_value_is_said_as_a_person_writes_it(value, unit, said):
    assert words.value_text(value, unit) == said


@pytest.mark.parametrize(("seconds", "said"), [(45, "45秒"), (180, "3分钟"), (200, "3分20秒")])
def test_a_length_of_time_is_said_in_minutes_and_seconds(seconds, said):
    assert words.duration(seconds) == said


def test_a_marked_copy_keeps_its_extension_and_stays_a_name_clients_show():
    assert words.marked_name("统计表.docx") == "统计表（已标注）.docx"
    assert len(words.marked_name("长" * 80 + ".xlsx")) < 40


@pytest.mark.parametrize(
    ("original", "left"),
    [
        ("报送统计表", "报送统计表"),
        ("Re: RE：回复: 答复：Fwd: 转发：报送统计表", "报送统计表"),
        ("Re[2]: 统计表", "统计表"),
        ("Re:Re:回复：统计表 〔已收到：某局 统计表〕 [#A7K2]", "统计表"),
        ("内科发〔2023〕44号统计表", "内科发〔2023〕44号统计表"),
        ("Re", "Re"),
        ("回复函", "回复函"),
        ("a\r\nBcc: b@example.cn", "a Bcc: b@example.cn"),
        ("\u202e表计统\x00", "表计统"),
        ("", ""),
    ],
)
def test_a_subject_loses_its_prefixes_and_what_we_added_but_nothing_else(original, left):
    assert bare(original) == left


def test_an_answers_subject_keeps_the_thread_and_adds_something_of_its_own():
    said = answer("Re:统计表", "已收到：某局 统计表", "A7K2")
    assert said == "Re: 统计表 〔已收到：某局 统计表〕 [#A7K2]"
    assert answer(f"回复：{said}", "请更正：某局 统计表", "A7K2").count("[#A7K2]") == 1
    assert answer("", "已收到：某局", "A7K2") == "Re: 〔已收到：某局〕 [#A7K2]"


@pytest.mark.parametrize("token", ["", "A", "A7K2] x", "汉字", "A" * 17])
def test_a_token_that_could_not_be_found_again_is_refused(token):
    with pytest.raises(ValueError, match="token"):
        mark(token)


def test_a_letter_that_opens_a_thread_has_its_token_where_it_has_one():
    assert opening("还有3天：某局", "B2C3") == "还有3天：某局 [#B2C3]"
    assert opening("日报") == "日报"


@given(st.text(max_size=300))
def test_any_subject_becomes_one_bounded_clean_line(text):
    said = answer(text, "已收到：某局", "A7K2")
    assert len(said) <= 130
    assert said.isprintable()
    assert bare(bare(text)) == bare(text)


def test_a_hostile_subject_costs_no_time():
    assert len(answer("Re: " * 200_000, "x", "A7K2")) < 130
    assert len(answer("〔" * 200_000, "x", "A7K2")) < 130


@pytest.mark.parametrize("kind", ["held", "ignored", "letters", "kinds"])
def test_a_constant_added_later_does_not_stop_a_letter(kind):
    assert words.word(kind, "never-heard-of")
