"""What is no form is a report, a video, photos or press coverage, or nothing that is owed."""

from __future__ import annotations

from datetime import date

import pytest

from parsers.document import Document
from parsers.mail import File
from rules.campaign import ReportRule, Requirement, VideoRule
from rules.judging.material import classify_material, own_characters
from tests.unit.form_messes import paragraphs, table

DUE = date(2023, 6, 15)
REPORT = Requirement(key="report", title="总结报告", due=DUE, report=ReportRule(min_characters=30))
VIDEO = Requirement(key="video", title="视频", due=DUE, video=VideoRule(max_seconds=180))
PHOTOS = Requirement(key="photos", title="照片", due=DUE, photos=True)
PRESS = Requirement(key="press", title="媒体报道", due=DUE, press=True)
ALL = (REPORT, VIDEO, PHOTOS, PRESS)
LONG = "科技活动周期间我局组织开展了丰富多彩的群众性科普活动，共有三千余名群众参加，取得良好成效。"


def file(name: str, kind: str = "docx", *texts: str, problem: str | None = None) -> File:
    document = Document(kind, tuple(paragraphs(*texts))) if texts else None
    return File(name, "0" * 64, 100, kind, document=document, problem=problem)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (file("总结.docx", "docx", "工作总结", LONG), "report"),
        (file("1.docx", "docx", "2023年科技活动周总结报告", LONG), "report"),
        (file("1.docx", "docx", LONG), "report"),
        (file("a.mp4", "video"), "video"),
        (file("IMG_1.jpg", "image"), "photos"),
        (file("媒体报道截图.png", "image"), "press"),
        (
            file(
                "媒体报道.docx", "docx", "媒体报道", "https://example.cn/1", "https://example.cn/2"
            ),
            "press",
        ),
        (file("通知.docx", "docx", "关于开会的通知", LONG), None),
        (file("b.docx", "docx", "短"), None),
        (file("a.exe", "program"), None),
        (file("总结.doc", "doc", problem="encrypted"), None),
    ],
    ids=lambda value: value.name if isinstance(value, File) else str(value),
)
def test_a_file_answers_the_requirement_its_name_kind_and_words_speak_for(given, expected):
    answer = classify_material(given, ALL)
    assert (answer.requirement if answer else None) == expected


def test_a_report_with_too_few_words_is_a_report_with_a_finding():
    answer = classify_material(file("总结.docx", "docx", "工作总结", "一切顺利"), ALL)
    assert answer is not None
    (finding,) = answer.findings
    assert (finding.code, finding.details) == ("report-short", {"characters": 8, "least": 30})


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("现场工作人员：李某某，手机号13900001234。", []),
        ("联系人李某某 139-0000-1234", []),
        ("联系人李某某 １３９００００１２３４", []),
        ("联系人李某某，电话0557-7022310", ["report-phone"]),
        ("编号2139000012345", ["report-phone"]),
    ],
)
def test_a_report_that_has_to_name_a_mobile_number_is_asked_for_it(words, codes):
    rule = Requirement(key="shown", title="宣传内容", due="2023-05-18", keywords=("宣传内容",),
                       report={"min_characters": 5, "named": True, "phone": True})  # fmt: skip
    answer = classify_material(file("宣传内容.docx", "docx", "宣传内容", words), (rule,))
    assert [finding.code for finding in answer.findings] == codes


def test_pictures_are_nothing_where_neither_photos_nor_press_are_owed():
    assert classify_material(file("a.jpg", "image"), (REPORT, VIDEO)) is None


def test_words_in_tables_count_but_labels_and_numbers_do_not():
    cells = table([[("参加单位", 1), ("12", 1)], [("总结", 1), (LONG, 1)]])
    assert own_characters(Document("docx", (cells,))) == own_characters(
        Document("docx", tuple(paragraphs(LONG)))
    )


def test_a_line_repeated_to_fill_pages_counts_once():
    document = Document("docx", tuple(paragraphs(*[LONG] * 50)))
    assert own_characters(document) < len(LONG) + 1


def test_what_must_be_named_is_never_taken_for_its_length_alone():
    rule = ReportRule(min_characters=5, named=True)
    notes = Requirement(key="notes", title="宣传内容", due=DUE, report=rule, keywords=("宣传内容",))
    for given, expected in (
        (file("宣传内容.docx", "docx", "雷电天气不避雨"), "notes"),
        (file("1.docx", "docx", LONG * 9), "report"),
        (file("总结.docx", "docx", LONG), "report"),
    ):
        answer = classify_material(given, (notes, REPORT))
        assert (answer.requirement if answer else None) == expected
