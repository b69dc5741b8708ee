"""What a mail holds of what is owed: forms, joined copies, scans, and files that were not read."""

# ruff: noqa: E501 - tables of cases, one a line

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest

from parsers.document import Origin, Table
from parsers.mail import File, Mail, Party
from parsers.message.body import read_pasted
from parsers.message.files import read_file
from parsers.message.quotation import handed_in_lines, handed_in_markup, opens_quotation, own_lines
from rules.finding import Severity
from rules.folder.load import SHIPPED, load_campaigns
from rules.judging.copies import without_earlier
from rules.judging.evidence import gather
from rules.reading import Status
from tests.draw import mails, papers
from tests.unit.archive_files import locked_seven, rar4

HOME = papers.campaign()
CHIFENG = "赤峰市科学技术局"


@cache
def files(data: bytes, name: str) -> tuple[File, ...]:
    return tuple(read_file(data, name))


def form(name: str = "统计表.docx", **changes: str) -> File:
    return files(papers.statistics(CHIFENG, changes), name)[0]


def seen(*attached: File, body=None):
    mail = Mail(None, "", Party("", "a@example.cn"), files=attached, body=body)
    return gather(mail, (HOME,), frozenset())


def pieces(evidence) -> list[tuple[str, int]]:
    return [(piece.requirement.key, len(piece.files)) for piece in evidence.pieces]


def told(evidence) -> list[tuple[str, str]]:
    return [(f.code, f.severity.value) for f in evidence.findings]


def test_the_same_form_twice_is_one_piece_of_two_files():
    evidence = seen(form(), form("统计表(1).docx"))
    assert (pieces(evidence), evidence.conflicting) == ([("statistics", 2)], False)


def test_two_forms_that_differ_contradict_each_other():
    assert seen(form(), form("终稿.docx", public="19500")).conflicting


def with_row(name: str, value: str | None = "120") -> File:
    rows = (("科普大篷车（次）", value, ""),) if value else ()
    data = papers.edited(papers.statistics(CHIFENG), papers.with_rows(*rows))
    return files(data, name)[0]


def added(evidence) -> list[tuple[str, list[object]]]:
    return [(p.files[0].name, [row.value for row in p.reading.extra]) for p in evidence.pieces]


@pytest.mark.parametrize("second", [None, "130"])
def test_copies_that_differ_in_an_added_row_contradict_each_other(second):
    copies = (with_row("统计表.docx"), with_row("终稿.docx", second))
    assert seen(*copies).conflicting
    assert seen(*copies[::-1]).conflicting
    assert not seen(with_row("统计表.docx"), with_row("统计表(1).docx")).conflicting


@pytest.mark.parametrize("order", [1, -1])
def test_of_a_form_and_its_scan_the_one_with_all_added_rows_counts(order):
    typed, scan = with_row("统计表.docx"), replace(with_row("扫描.pdf", None), kind="pdf")
    evidence = seen(*[typed, scan][::order])
    assert (evidence.conflicting, added(evidence)) == (False, [("统计表.docx", [120])])
    more = replace(with_row("扫描.pdf"), kind="pdf")
    assert seen(*[with_row("统计表.docx", None), more][::order]).conflicting


def test_a_copy_that_adds_a_row_to_what_was_sent_before_is_the_new_one():
    first, second = with_row("统计表.docx", None), with_row("补充.docx")
    (said,) = [piece.reading for piece in seen(first).copies]
    settled = without_earlier(seen(first, second), [said])
    assert (settled.conflicting, added(settled)) == (False, [("补充.docx", [120])])


def scan(typed: File, unread: tuple[str, ...] = (), name: str = "盖章扫描件.jpg") -> File:
    """Return a form as a picture of it is read, some of its texts not surely."""

    def cell(one):
        flags = frozenset({"readings-disagree"} if one.text in unread else ())
        return replace(one, origin=Origin.OCR, flags=flags)

    document = replace(
        typed.document,
        blocks=tuple(
            replace(block, cells=tuple(map(cell, block.cells)))
            if isinstance(block, Table)
            else block
            for block in typed.document.blocks
        ),
        flags=frozenset({"ocr"}),
    )
    return replace(typed, name=name, kind="image", document=document)


@pytest.mark.parametrize("order", [1, -1])
def test_a_scan_beside_the_typed_form_bears_it_out_as_far_as_it_was_read(order):
    both = [form(), scan(form(), ("18,500", "18500"))]
    alone = seen(both[1]).pieces[0].reading
    assert alone.get("public").status is Status.UNREADABLE
    evidence = seen(*both[::order])
    (piece,) = evidence.pieces
    assert (evidence.conflicting, piece.reading.get("public").value) == (False, 18500)
    assert [file.name for file in piece.files] == ["统计表.docx", "盖章扫描件.jpg"]


def test_a_scan_that_says_another_number_contradicts_the_typed_form():
    assert seen(form(), scan(form(public="19500"))).conflicting
    assert seen(form(), scan(form(public=""))).conflicting


def test_two_scans_of_which_one_was_not_read_are_for_a_person():
    assert seen(scan(form()), scan(form(), ("18,500", "18500"), "又一张.jpg")).conflicting


@pytest.mark.parametrize(
    "other", ["赤峰市科学技术局 (科普处)", "赤峰市科技局", "内蒙古赤峰市科技局"]
)
def test_copies_that_name_one_unit_in_two_ways_are_the_same(other):
    one, two = form(reporter="赤峰市科学技术局（科普处）"), form(reporter=other)
    assert not seen(one, two).conflicting
    assert "科普处" in other or seen(one, scan(two)).conflicting


@pytest.mark.parametrize("other", ["通辽市科学技术局", "某某局"])
def test_copies_that_name_two_units_contradict_each_other(other):
    assert seen(form(reporter="赤峰市科学技术局"), form(reporter=other)).conflicting


def test_forms_of_which_many_may_come_are_told_apart_by_their_name():
    one = files(papers.project(), "一.docx")[0]
    two = files(papers.project({"name": "青少年科学营"}), "二.docx")[0]
    evidence = seen(one, two)
    assert [p.item for p in evidence.pieces] == ["“防灾减灾”科普大集", "青少年科学营"]
    assert not evidence.conflicting


def test_a_blank_beside_the_filled_form_is_left_out():
    blank = files(papers.blank("statistics"), "附件2.docx")[0]
    assert [p.files[0].name for p in seen(blank, form()).pieces] == ["统计表.docx"]
    assert pieces(seen(blank)) == [("statistics", 1)]


def test_a_blank_annex_in_the_file_of_a_filled_one_is_left_out():
    filled, blank = (
        files(papers.project(), "附件.docx")[0],
        files(papers.blank("statistics"), "2.docx")[0],
    )
    assert filled.document
    assert blank.document
    both = replace(filled.document, blocks=(*filled.document.blocks, *blank.document.blocks))
    assert pieces(seen(replace(filled, document=both))) == [("project", 1)]
    assert pieces(seen(filled, blank)) == [("project", 1), ("statistics", 1)]


def test_a_form_typed_into_the_body_counts_where_only_pictures_or_a_blank_are_attached():
    body = read_pasted(papers.page_of(CHIFENG))
    blank = files(papers.blank("statistics"), "附件2.docx")[0]
    photo = files(papers.photo(), "现场.png")[0]
    assert pieces(seen(blank, photo, body=body)) == [("statistics", 0), ("media", 1)]
    assert pieces(seen(form(), body=body)) == [("statistics", 1)]


def test_a_form_in_an_attached_mails_body_is_read():
    raw = mails.mail_master(
        mails.Note("x@example.cn", "", "统计表", "", mails.on(6, 1), html=papers.page_of(CHIFENG))
    )
    assert pieces(seen(*files(raw, "转发.eml"))) == [("statistics", 1)]


def test_containers_and_business_cards_are_nothing_owed():
    card = replace(form(), kind="card", document=None, name="刘思雨.vcf")
    packed = files(papers.zipped({"统计表.docx": papers.statistics(CHIFENG)}), "材料.zip")
    evidence = seen(*packed, card)
    assert (pieces(evidence), evidence.unread, evidence.findings) == ([("statistics", 1)], (), ())


@pytest.mark.parametrize(
    "name", ["统计表盖章.png", "扫描件.jpg", "情况统计表.png", "Scan_0001.jpg"]
)
def test_a_picture_of_paper_is_no_picture_of_the_event(name):
    evidence = seen(replace(files(papers.scan(), "x.png")[0], name=name))
    assert (evidence.pieces, told(evidence)) == ((), [("file-unsupported", "error")])


@pytest.mark.parametrize("name", ["IMG_2041.jpg", "开幕式.png", "微信图片_20230521.jpg"])
def test_a_picture_of_the_event_is_material(name):
    evidence = seen(replace(files(papers.scan(), "x.png")[0], name=name))
    assert pieces(evidence) == [("media", 1)]


@pytest.mark.parametrize(
    ("name", "data", "kind", "ends"),
    [
        ("盖章扫描件.png", papers.scan(), None, []),  # the form itself was read
        ("统计表.pdf", b"%PDF-1.4 scan", "pdf", []),  # the same name: its stamped copy
        ("总结报告.pdf", b"%PDF-1.4 report", "pdf", [("file-unsupported", "error")]),
        ("总结报告.docx", papers.encrypted(), None, [("file-encrypted", "error")]),
        ("统计表（加密）.docx", papers.encrypted(), None, [("file-encrypted", "note")]),
        ("材料.docx", papers.program(), None, [("file-disguised", "error")]),
        ("企业报表.docx", mails.another_form(), None, [("file-unknown", "note")]),
    ],
)
def test_a_file_beside_a_read_form_is_an_error_only_if_it_may_be_owed(name, data, kind, ends):
    beside = files(data, name)[0]
    if kind == "pdf":  # readers of PDF may come; this one was not read
        beside = replace(beside, kind=kind, document=None, problem="unsupported")
    assert told(seen(form(), beside)) == ends


def test_nothing_is_softened_where_nothing_was_read():
    evidence = seen(files(papers.encrypted(), "统计表.docx")[0])
    assert [f.severity for f in evidence.findings] == [Severity.ERROR]


PAGE = papers.page_of(CHIFENG)
QUOTES = {
    "netease": mails.netease_quote, "qq": mails.qq_quote, "foxmail": mails.foxmail_quote,
    "master": mails.master_quote, "outlook": mails.outlook_quote,
    "gmail": lambda words, page: f'<div>{words}</div><div class="gmail_quote gmail_quote_container"><div class="gmail_attr">科普 &lt;<a href="mailto:x">x</a>&gt; 于2023年6月7日周三 10:12写道：<br></div><blockquote class="gmail_quote">{page}</blockquote></div>',
    "apple": lambda words, page: f'{words}<br><blockquote type="cite">2023年6月7日 10:12，科普写道：<br>{page}</blockquote>',
    "outlook-web": lambda words, page: f'<div>{words}</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>发件人:</b> x</div>{page}',
    "english": lambda words, page: f"<p>{words}</p>-----Original Message-----<br><b>From:</b> x<br>{page}",
}  # fmt: skip


@pytest.mark.parametrize("client", QUOTES)
def test_a_table_in_a_quotation_is_not_the_senders_own(client):
    html = QUOTES[client]("收到", PAGE)
    assert read_pasted(html, "回复：统计表") is None
    assert "收到" in handed_in_markup(html, "回复：统计表")


@pytest.mark.parametrize("client", QUOTES)
def test_a_table_over_a_quotation_is_the_senders_own(client):
    document = read_pasted(QUOTES[client](PAGE, "<table><tr><td>旧</td></tr></table>"), "Re: 表")
    assert document is not None
    assert len(document.tables) == 1


@pytest.mark.parametrize("subject", ["转发：统计表", "Fw:统计表", "Fwd: 统计表"])
def test_a_forwarded_table_is_what_the_sender_wants_read(subject):
    assert read_pasted(mails.netease_forward("请查收", PAGE), subject) is not None


def test_what_is_passed_on_is_read_whatever_the_subject_says_now():
    assert read_pasted(mails.netease_forward("请查收", PAGE), "2023年统计表") is not None


def test_a_forward_inside_a_quotation_is_quoted():
    page = mails.netease_quote("收到", mails.netease_forward("请查收", PAGE))
    assert read_pasted(page, "回复：统计表") is None


def test_a_letter_of_ours_is_not_read_even_when_it_is_forwarded():
    _, subject, _, page, _ = mails.letter_to(
        mails.netease(mails.note("chifeng", "统计表", mails.form("统计表.docx", papers.statistics(CHIFENG))))
    )  # fmt: skip
    assert read_pasted(page, "统计表") is not None
    assert read_pasted(mails.netease_forward("请看", page), f"Fw:{subject}") is None


def test_a_page_without_a_quotation_is_left_as_it_is():
    assert handed_in_markup(PAGE, "统计表") == PAGE


def test_a_blockquote_alone_is_only_an_indent():
    html = f'<blockquote style="margin:0 0 0 40px">{PAGE}</blockquote>'
    assert read_pasted(html, "统计表") is not None


@pytest.mark.parametrize(
    ("line", "opens"),
    [
        ("> 您好", True),
        ("-----原始邮件-----", True),
        ("------------------ 原始邮件 ------------------", True),
        ("---- 回复的原邮件 ----", True),
        ("发件人: 科普 <nmkepu@126.com>", True),
        ("On Wed, Jun 7, 2023 at 10:12 AM x wrote:", True),
        ("在 2023-06-07 10:12:40，x 写道：", True),
        ("原始邮件在附件里", False),
        ("填报单位：赤峰市科学技术局", False),
        ("联系人：刘思雨", False),
    ],
)
def test_lines_that_open_a_quotation(line, opens):
    assert opens_quotation(line) is opens


def test_own_lines_end_where_the_quotation_begins():
    assert own_lines("已改\n\n-----原始邮件-----\n填报单位：x") == ["已改", ""]


def test_what_is_quoted_with_its_forward_is_not_handed_in():
    assert handed_in_lines("已阅\n> -------- 转发邮件信息 --------\n> 填报单位：x", "Re: 表") == [
        "已阅"
    ]
    passed = "请查收\n-------- 转发邮件信息 --------\n填报单位：x"
    assert handed_in_lines(passed, "统计表") == passed.splitlines()


def test_a_report_belongs_to_the_mailboxs_campaign_however_many_are_open():
    others = [c for c in load_campaigns(SHIPPED) if c.id != HOME.id]
    for box in (HOME, *others):
        words = files(papers.report(CHIFENG), "总结.docx")
        mail = Mail(None, "", Party("", "a@example.cn"), files=words)
        found = gather(mail, (*others, HOME), frozenset({box.id})).pieces
        owed = any(r.report for r in box.file.requirements)
        assert [p.campaign.id for p in found] == ([box.id] if owed else [])


GOOD = papers.statistics(CHIFENG)
SHORTCUT = b"L\0\0\0\1\x14\2\0" + bytes(300)


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("材料.rar", rar4(("统计表.docx".encode("gbk"), GOOD), locked=True), "packed"),
        ("材料.7z", locked_seven(), "packed"),
        ("材料.zip", papers.zipped({}), "packed"),
        ("材料.zip", papers.zipped({"统计表.docx": papers.encrypted()}), "docx"),
        ("材料.zip", papers.zipped({"统计表.docx": GOOD})[:-30], "packed"),
        ("材料.zip.001", papers.zipped({"统计表.docx": GOOD})[:5000], "volume"),
        ("材料.zip.002", bytes(range(9, 99)) * 9, "volume"),
        ("材料.part2.rar", rar4((b"a.docx", GOOD), volume=True, goes_on=True), "volume"),
        ("统计表.docx", papers.encrypted(), "docx"),
        ("统计表.docx", GOOD[:9000], "docx"),
        ("统计表.exe", papers.program(), "program"),
        ("统计表.docx.lnk", SHORTCUT, "shortcut"),
        ("统计表.lnk", SHORTCUT, "shortcut"),
        ("统计表.docx", SHORTCUT, "program"),
    ],
)
def test_a_letter_says_whether_the_archive_or_the_document_is_why(name, data, kind):
    (finding,) = seen(*files(data, name)).findings
    assert finding.details["kind"] == kind


def last_years(name: str = "2022年统计表.docx", who: str = CHIFENG, **changes: str) -> File:
    data = papers.statistics(who, {"public": "9800", **changes})
    return files(papers.edited(data, papers.retitled("2023", "2022")), name)[0]


@pytest.mark.parametrize("order", [1, -1])
def test_last_years_form_beside_this_years_is_left_out(order):
    evidence = seen(*[form(), last_years()][::order])
    assert [p.files[0].name for p in evidence.pieces] == ["统计表.docx"]
    assert (evidence.conflicting, evidence.pieces[0].findings) == (False, ())


def test_last_years_form_stays_where_nothing_stands_for_it():
    alone = seen(last_years(), files(papers.blank("statistics"), "附件2.docx")[0])
    assert [f.code for p in alone.pieces for f in p.findings] == ["wrong-template"]
    assert len(seen(form(), last_years(who="通辽市科学技术局")).copies) == 2


def test_last_years_project_is_a_project_of_its_own():
    old = papers.edited(papers.project({"name": "去年的项目"}), papers.retitled("2023", "2022"))
    evidence = seen(files(papers.project(), "一.docx")[0], files(old, "二.docx")[0])
    assert len(evidence.pieces) == 2


def test_of_copies_that_differ_what_was_sent_before_is_left_out():
    first, second, third = form(), form("改.docx", public="19500"), form("又.docx", public="19600")
    (said,) = [piece.reading for piece in seen(first).copies]
    settled = without_earlier(seen(first, second), [said])
    assert [[f.name for f in p.files] for p in settled.pieces] == [["改.docx"]]
    assert (settled.conflicting, len(settled.copies)) == (False, 1)
    assert without_earlier(seen(first, second, third), [said]).conflicting


def test_nobody_can_tell_copies_apart_that_were_all_sent_before_or_never():
    both = seen(form(), form("改.docx", public="19500"))
    said = [piece.reading for piece in both.copies]
    assert without_earlier(both, said) == both
    assert without_earlier(both, []) == both


def test_pictures_in_the_text_are_files_where_they_show_forms_and_nothing_else_is_one():
    shown = replace(form("image001.png"), kind="image", inline=True)
    logo = replace(files(papers.photo(), "image002.png")[0], inline=True)
    table = replace(files(mails.another_form(), "image003.png")[0], kind="image", inline=True)
    body = read_pasted(papers.page_of(CHIFENG, {"public": "19500"}))
    assert [p.files for p in seen(shown, logo, table).pieces] == [(shown,)]
    assert pieces(seen(form(), shown)) == [("statistics", 1)]
    assert pieces(seen(shown, body=body)) == [("statistics", 0)]
    assert told(seen(logo, table)) == []


def test_every_picture_in_the_text_that_shows_a_form_counts():
    first = replace(form("image001.png"), kind="image", inline=True)
    second = replace(form("image002.png", public="19500"), kind="image", inline=True)
    assert seen(first, second).conflicting


@pytest.mark.parametrize(
    ("change", "conflicting"),
    [
        (lambda page: page, False),
        (lambda page: page.replace("18,500", "19,500").replace("18500", "19500"), True),
        (lambda page: re.sub(r"<tr>(?:(?!</tr>).)*(?:公众参与|资料发放).*?</tr>", "", page), False),
        (lambda page: page.replace(CHIFENG, "赤峰市科技局"), False),
    ],
    ids=["the same", "another number", "rows left out", "the unit in other words"],
)
def test_a_table_in_the_text_beside_the_attached_form_only_matters_where_a_number_differs(
    change, conflicting
):
    page = papers.page_of(CHIFENG)
    evidence = seen(form(), body=read_pasted(change(page)))
    assert (pieces(evidence), evidence.conflicting) == ([("statistics", 1)], conflicting)
