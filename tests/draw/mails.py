"""The mails of tests/cases, as offices really send them; people, numbers and addresses invented.

Run from the repository: `python -m tests.draw.mails`. It rewrites every mail.eml, before-*.eml
and roster.json, never an expectation (see tests/unit/test_cases.py).
"""

# ruff: noqa: E501 - tables of what is written, a case or a header a line

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

from bot.reading.children import ReadingPool
from tests.draw import papers
from tests.draw.clients import (
    Attached,
    Note,
    enclosed,
    foxmail,
    iphone,
    leaf,
    mail,
    mail_master,
    mixed,
    netease,
    outlook,
    parts,
    qq,
    word,
)
from tests.unit.archive_files import rar4
from tests.unit.case_stage import CASES, letter_text, play, staged

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HOME = CASES / "2023-neimenggu"
CHINA = timezone(timedelta(hours=8))
CHIFENG, TONGLIAO, BAOTOU = "赤峰市科学技术局", "通辽市科学技术局", "包头市科学技术局"
ORDOS, HULUNBUIR, WUHAI = "鄂尔多斯市科学技术局", "呼伦贝尔市科学技术局", "乌海市科学技术局"
XINGAN, XILINGOL, BAYANNUR = "兴安盟科学技术局", "锡林郭勒盟科学技术局", "巴彦淖尔市科学技术局"
PEOPLE = {
    "chifeng": "刘思雨", "tongliao": "包志强", "baotou": "王晓岚", "ordos": "孟和平",
    "hulunbuir": "李其木格", "wuhai": "高建国", "xingan": "赵文博", "xilingol": "乌云娜",
    "bayannur": "周丽萍", "hohhot": "陈明远", "alxa": "萨仁花", "ulanqab": "张海峰",
    "imu": "白雪松", "imau": "宋雅琴", "museum": "丁一凡", "education": "何静",
}  # fmt: skip
WORDS = "您好，材料见附件，请查收。"


@dataclass(frozen=True)
class Case:
    """One folder: its mail, the mails before it, and what the roster says differently."""

    name: str
    mail: bytes
    before: tuple[bytes, ...] = ()
    extended: dict[str, dict[str, str]] | None = None


def on(month: int, day: int, hour: int = 10, minute: int = 12) -> datetime:
    """Return a time of the season."""
    return datetime(2023, month, day, hour, minute, 33, tzinfo=CHINA)


def note(
    unit: str,
    subject: str,
    *files: Attached,
    at: datetime | None = None,
    text: str = WORDS,
    **more: str,
) -> Note:
    """Write as a unit's clerk, from the address on the roster."""
    who = PEOPLE[unit]
    return Note(
        f"{unit}@kepu.example.cn", who, subject, f"{text}\n\n{who}", at or on(6, 7), files, **more
    )


def form(name: str, data: bytes) -> Attached:
    """Attach a document."""
    return Attached(name, data)


def letter_to(*mails: bytes) -> tuple[str, str, str, str, bytes]:
    """Return Message-ID, subject, text, HTML and bytes of our answer to the last of the mails."""
    pool = ReadingPool(1)
    try:
        with staged(pool, HOME / "none") as office:
            (answer,) = play(office, mails).letters
    finally:
        pool.close()
    message = message_from_bytes(answer.raw, policy=policy.default)
    page = message.get_body(("html",)).get_content()
    text = letter_text(answer).partition("\n\n")[2]
    return answer.message_id, answer.subject, text, page, answer.raw


def well_filled() -> list[Case]:
    """Mails with which all is well, one per client and format."""
    stats = form("情况统计表.docx", papers.statistics(CHIFENG))
    return [
        Case("netease-docx", netease(note("chifeng", "赤峰市2023年科技活动周情况统计表", stats))),
        Case("qq-xlsx", qq(note("tongliao", "通辽市统计表", form("通辽市科技活动周统计表.xlsx", papers.statistics_sheet(TONGLIAO))))),
        Case("foxmail-project", foxmail(note("chifeng", "重点项目备案表", form("备案表.docx", papers.project()), at=on(5, 10)))),
        Case("mail-master-html-only", mail_master(note("baotou", "包头市报送情况统计表", form("统计表.docx", papers.statistics(BAOTOU))))),
        Case("outlook-everything", outlook(note("ordos", "鄂尔多斯市科技活动周材料", form("统计表.docx", papers.statistics(ORDOS)), form("鄂尔多斯市总结报告.docx", papers.report(ORDOS)), Attached("现场照片.png", papers.photo(), "image/png")))),
        Case("iphone-photos", iphone(note("ordos", "活动照片", Attached("IMG_0412.PNG", papers.photo(90), "image/png"), Attached("IMG_0413.PNG", papers.photo(150), "image/png"), text="补充照片"))),
        Case("zip-with-gbk-names", netease(note("hulunbuir", "呼伦贝尔市科技活动周材料", form("呼伦贝尔市材料.zip", papers.zipped({"呼伦贝尔市/情况统计表.docx": papers.statistics(HULUNBUIR), "呼伦贝尔市/总结报告.docx": papers.report(HULUNBUIR), "呼伦贝尔市/照片/开幕式.png": papers.photo()}))))),
        Case("zip-in-a-zip", qq(note("wuhai", "乌海市材料", form("乌海.zip", papers.zipped({"统计表.zip": papers.zipped({"统计表.docx": papers.statistics(WUHAI)})}))))),
        Case("report-photos-video", netease(note("xingan", "兴安盟总结、照片、视频", form("兴安盟科技活动周总结报告.docx", papers.report(XINGAN)), Attached("照片1.png", papers.photo(30), "image/png"), Attached("照片2.png", papers.photo(60), "image/png"), Attached("兴安盟活动视频.mp4", papers.video(), "video/mp4")))),
        Case("two-projects-in-one-document", foxmail(note("chifeng", "赤峰市备案表（两份）", form("备案表.docx", papers.joined(papers.project(), papers.project({"name": "青少年科学营", "venue": "第一中学", "budget": "12000元"}))), at=on(5, 11)))),
        Case("two-files-two-requirements", qq(note("xilingol", "锡盟材料", form("统计表.docx", papers.statistics(XILINGOL)), form("锡林郭勒盟总结.docx", papers.report(XILINGOL))))),
        Case("form-with-stamped-scan", netease(note("bayannur", "巴彦淖尔市统计表（含盖章扫描件）", form("统计表.docx", papers.statistics(BAYANNUR)), Attached("盖章扫描件.png", papers.scan(), "image/png")))),
        Case("form-and-its-blank", netease(note("chifeng", "统计表", form("附件2.docx", papers.blank("statistics")), stats))),
        Case("same-file-twice", qq(note("chifeng", "统计表", stats, form("情况统计表(1).docx", stats.data)))),
        Case("pasted-into-the-body", mail_master(Note("xingan@kepu.example.cn", "赵文博", "兴安盟情况统计表", "", on(6, 9), html=papers.page_of(XINGAN)))),
        Case("forwarded-as-attachment", forwarded()),
        Case("forwarded-in-the-body", forwarded_page()),
    ]  # fmt: skip


def forwarded() -> bytes:
    """Forward a colleague's mail with the form as message/rfc822."""
    first = Note("clerk@office.example.cn", "小陈", "统计表填好了", "王老师，填好了。", on(6, 7, 9), (form("统计表.docx", papers.statistics(BAOTOU)),), box="baotou@kepu.example.cn")  # fmt: skip
    outer = note("baotou", "转发：统计表填好了", text="请查收。")
    head = [
        ("From", f"{word(outer.name, 'GBK')} <{outer.address}>"),
        ("To", outer.box),
        ("Subject", word(outer.subject, "GBK")),
        ("Message-ID", f"<fw.{outer.mark}@kepu.example.cn>"),
    ]
    body = leaf("text/plain", outer.text.encode("gb18030"), 'charset="GBK"')
    return mail(outer, head, mixed([body, enclosed(netease(first))], f"b_{outer.mark}"))


def forwarded_page() -> bytes:
    """Forward a mail with the table in its body, inline."""
    page = (
        "<div>请查收。</div><br><br><div>-------- 转发邮件信息 --------</div>"
        '<table><tr><td>发件人：</td><td>小赵 &lt;zhao@office.example.cn&gt;</td></tr>'
        "<tr><td>发送日期：</td><td>2023-06-08 17:20:11</td></tr></table>"
        f'<blockquote id="isForwardContent" style="border-left:#ccc 1px solid">{papers.page_of(XINGAN)}</blockquote>'
    )  # fmt: skip
    return netease(Note("xingan@kepu.example.cn", "赵文博", "Fw:统计表", "请查收。", on(6, 9, 15), html=page))  # fmt: skip


def filled_with_slips() -> list[Case]:
    """Forms with something wrong, or worth a word, in them."""

    def stats(unit: str, who: str, **changes: str) -> Note:
        return note(unit, f"{who[:-5]}统计表", form("统计表.docx", papers.statistics(who, changes)))

    good = papers.statistics(CHIFENG)
    return [
        Case("scientists-above-participants", netease(stats("tongliao", TONGLIAO, participants="2100", scientists="3600人"))),
        Case("a-range-for-a-number", qq(stats("tongliao", TONGLIAO, public="500-600", leaflets="约1.2万"))),
        Case("full-width-digits", netease(stats("chifeng", CHIFENG, units="３６", participants="１，２００", public="１８５００"))),
        Case("chinese-numerals", foxmail(stats("chifeng", CHIFENG, units="三十六", village_visits="二十四次", farm_supplies="三万五千元"))),
        Case("wan-yuan-under-yuan", outlook(stats("chifeng", CHIFENG, farm_supplies="3.5万元", medicines="8600万元", messages="3万"))),
        Case("project-money-without-unit", netease(note("chifeng", "备案表", form("备案表.docx", papers.project({"budget": "5"})), at=on(5, 10)))),
        Case("project-slips", qq(note("baotou", "包头备案表", form("备案表.docx", papers.project({"organiser": BAOTOU, "phone": "1390000", "email": "baotou@", "postcode": "01401", "period": "2023年7月1日", "participants": "", "name": "科普进社区"})), at=on(5, 11)))),
        Case("project-without-a-name", netease(note("baotou", "备案表", form("备案表.docx", papers.project({"organiser": BAOTOU, "name": ""})), at=on(5, 11)))),
        Case("missing-values", netease(stats("ordos", ORDOS, leaflets="", films="", vehicles="", galleries=""))),
        Case("nothing-written-as-nil", qq(stats("alxa", "阿拉善盟科学技术局", films="无", vehicles="/", machines="—", diagnoses="０"))),
        Case("a-row-deleted", foxmail(note("chifeng", "统计表", form("统计表.docx", papers.edited(good, papers.without_rows("科普影视", "出动宣传车")))))),
        Case("rows-added", mail_master(note("chifeng", "统计表", form("统计表.docx", papers.edited(good, papers.with_rows(("线上直播 (场)", "4", "观看2.3万人次"), ("科普微视频 (部)", "12", ""))))))),
        Case("words-for-numbers", netease(stats("chifeng", CHIFENG, units="多家单位", courses="若干", lectures="见附件"))),
        Case("blank-only", netease(note("chifeng", "赤峰市统计表", form("情况统计表.docx", papers.blank("statistics"))))),
        Case("last-years-template", qq(note("chifeng", "统计表", form("统计表.docx", papers.edited(good, papers.retitled("2023", "2022")))))),
        Case("another-form", netease(note("chifeng", "报表", form("企业研发统计.docx", another_form())))),
        Case("report-too-short", foxmail(note("ordos", "总结报告", form("鄂尔多斯市总结报告.docx", papers.report(ORDOS, ("活动周期间我市开展了科普宣传，效果良好。",)))))),
        Case("conflicting-copies", netease(note("chifeng", "统计表", form("统计表.docx", good), form("统计表（终）.docx", papers.statistics(CHIFENG, {"public": "19500"}))))),
    ]  # fmt: skip


def another_form() -> bytes:
    """Draw a statistical form that has nothing to do with the campaign."""

    def change(page):
        for paragraph in list(page.paragraphs):
            paragraph._p.getparent().remove(paragraph._p)
        page.add_paragraph("企业研究开发费用情况表")
        table = page.add_table(3, 2)
        rows = (("企业名称", "某某公司"), ("研发人员合计", "35"), ("研发费用合计（千元）", "1280"))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text

    return papers.edited(papers.report("某公司", ()), change)


def about_the_unit() -> list[Case]:
    """Ask whose form it is."""
    good = papers.statistics
    office = Note("kjj2023@mail.example.cn", "小刘", "情况统计表", WORDS, on(6, 7), (form("统计表.docx", good(CHIFENG)),))  # fmt: skip
    county = form("红山区统计表.docx", good("赤峰市红山区科技局"))
    first = netease(
        note("tongliao", "通辽市统计表", form("统计表.docx", good(TONGLIAO, {"leaflets": ""})))
    )
    name, subject, *_ = letter_to(first)
    reply = replace(
        note("tongliao", subject, form("统计表.docx", good("")), at=on(6, 8), text="已改。", answers=name),
        address="bao2023@mail.example.cn", name="小包",
    )  # fmt: skip
    return [
        Case("unit-from-the-form-of-an-unknown-sender", netease(office)),
        Case("unit-only-by-sender", netease(note("chifeng", "统计表", form("统计表.docx", good(""))))),
        Case("unit-form-and-sender-disagree", qq(note("tongliao", "统计表", form("统计表.docx", good(CHIFENG))))),
        Case("unit-unknown", mail_master(replace(office, address="teacher@school.example.cn", files=(form("统计表.docx", good("青城第三实验学校")),)))),
        Case("unit-by-thread", qq(reply), before=(first,)),
        Case("county-form-from-the-citys-address", netease(note("chifeng", "转报红山区统计表", county))),
        Case("two-units-forms-in-one-mail", netease(note("chifeng", "各旗县统计表", form("赤峰市统计表.docx", good(CHIFENG)), form("通辽市统计表.docx", good(TONGLIAO))))),
        Case("counties-forms-in-one-mail", netease(note("chifeng", "各旗县区统计表", county, form("松山区统计表.docx", good("赤峰市松山区科技局", {"public": "5200"}))))),
        Case("two-units-projects-in-one-mail", foxmail(note("chifeng", "备案表", form("一.docx", papers.project()), form("二.docx", papers.project({"organiser": TONGLIAO, "name": "航天科普展"})), at=on(5, 11)))),
        Case("two-from-headers", two_from()),
        Case("sender-shows-another-address", netease(replace(office, name="chifeng@kepu.example.cn"))),
    ]  # fmt: skip


def two_from() -> bytes:
    """Claim two authors."""
    told = note("chifeng", "统计表", form("统计表.docx", papers.statistics(CHIFENG)))
    return netease(replace(told, extra=(("From", "nobody@evil.example.cn"),)))


def hard_to_read() -> list[Case]:
    """Files that cannot be read, or are not what they are called."""
    good = papers.statistics(CHIFENG)

    def sent(*files: Attached) -> Note:
        return note("chifeng", "赤峰市情况统计表", *files)

    return [
        Case("encrypted", netease(sent(form("统计表.docx", papers.encrypted())))),
        Case("encrypted-beside-a-good-one", netease(sent(form("统计表（加密）.docx", papers.encrypted()), form("统计表.docx", good)))),
        Case("locked-rar-beside-a-good-one", qq(sent(form("照片.rar", rar4(("开幕式.jpg".encode("gbk"), papers.photo()), locked=True)), form("统计表.docx", good)))),
        Case("truncated", qq(sent(form("统计表.docx", good[: len(good) * 2 // 3])))),
        Case("empty-file", foxmail(sent(form("统计表.docx", b"")))),
        Case("program-called-docx", netease(sent(form("统计表.docx", papers.program())))),
        Case("old-word", outlook(sent(form("统计表.doc", papers.old_word())))),
        Case("scan-only", mail_master(sent(Attached("统计表盖章.png", papers.scan(), "image/png")))),
        Case("report-and-an-unreadable-form", netease(sent(form("赤峰市总结报告.docx", papers.report(CHIFENG)), form("统计表.docx", papers.encrypted())))),
        Case("header-injection", injected()),
    ]  # fmt: skip


def injected() -> bytes:
    """Send a subject whose encoded word holds a line break and another header."""
    raw = netease(note("chifeng", "ZZ", form("统计表.docx", papers.statistics(CHIFENG))))
    evil = word("统计表\r\nBcc: victim@example.cn\r\n\r\n<b>x</b>", "utf-8")
    return raw.replace(b"Subject: ZZ\r\n", f"Subject: {evil}\r\n".encode())


def conversation() -> list[Case]:
    """Write replies, questions, machines and strangers."""
    first = netease(
        note("chifeng", "赤峰市情况统计表", form("统计表.docx", papers.statistics(CHIFENG)))
    )
    name, subject, text, page, raw = letter_to(first)
    wrong = netease(note("tongliao", "通辽市统计表", form("统计表.docx", papers.statistics(TONGLIAO, {"leaflets": "", "public": "500-600"}))))  # fmt: skip
    returned_name, returned_subject, _, _, returned = letter_to(wrong)
    better = form("统计表.docx", papers.statistics(TONGLIAO, {"public": "560"}))
    stranger = Note(
        "offers@shop.example.cn", "展会服务", "特价会议用品，量大从优", "欢迎来电洽谈。", on(6, 7)
    )
    corrected = papers.statistics(CHIFENG, {"public": "19500"})

    def reply(unit: str, words: str, *files: Attached, html: str = "") -> Note:
        told = note(unit, f"回复：{subject}", *files, at=on(6, 8), answers=name)
        return replace(told, text=words, html=html)

    return [
        Case("thanks-quoting-our-letter-netease", netease(reply("chifeng", quoted_text("收到，谢谢！", text), html=netease_quote("收到，谢谢！", page))), before=(first,)),
        Case("thanks-quoting-our-letter-qq", qq(reply("chifeng", quoted_text("谢谢", text), html=qq_quote("谢谢", page))), before=(first,)),
        Case("thanks-quoting-our-letter-foxmail", foxmail(reply("chifeng", quoted_text("好的，谢谢老师", text), html=foxmail_quote("好的，谢谢老师", page))), before=(first,)),
        Case("thanks-quoting-our-letter-mail-master", mail_master(reply("chifeng", "", html=master_quote("谢谢", page))), before=(first,)),
        Case("thanks-quoting-our-letter-outlook", outlook(reply("chifeng", quoted_text("收到，谢谢。", text), html=outlook_quote("收到，谢谢。", page))), before=(first,)),
        Case("our-letter-forwarded-to-us", netease(replace(reply("chifeng", "请看", html=netease_forward("请看", page)), subject=f"Fw:{subject}", answers="")), before=(first,)),
        Case("our-letter-attached", our_letter_attached(raw)),
        Case("question-quoting-our-letter", netease(reply("chifeng", quoted_text("请问公众参与按人次填吗？谢谢", text), html=netease_quote("请问公众参与按人次填吗？谢谢", page))), before=(first,)),
        Case("correction-in-reply-to-ours", netease(reply("chifeng", quoted_text("改了一个数，以此为准。", text), form("统计表.docx", corrected), html=netease_quote("改了一个数，以此为准。", page))), before=(first,)),
        Case("corrected-after-return", qq(replace(note("tongliao", f"回复：{returned_subject}", better, at=on(6, 8), answers=returned_name), text="已改")), before=(wrong,)),
        Case("corrected-beside-our-marked-copy", outlook(replace(note("tongliao", f"回复：{returned_subject}", better, enclosed_in(returned), at=on(6, 8), answers=returned_name), text="已改")), before=(wrong,)),
        Case("worse-after-accepted", netease(note("chifeng", "统计表（新）", form("统计表.docx", papers.statistics(CHIFENG, {"public": "500-600"})), at=on(6, 8))), before=(first,)),
        Case("same-again", netease(note("chifeng", "统计表再发一次", form("统计表.docx", papers.statistics(CHIFENG)), at=on(6, 8))), before=(first,)),
        Case("question-without-attachment", qq(note("ordos", "咨询", text="您好，请问情况统计表中“公众参与”按人次还是按人数填？"))),
        Case("stranger-advertising", qq(stranger)),
        Case("stranger-with-a-brochure", qq(replace(stranger, files=(Attached("产品画册.png", papers.photo(), "image/png"),)))),
        Case("automatic-reply", netease(replace(note("chifeng", f"自动回复: {subject}", text="您好，我正在外地出差，会尽快回复。"), extra=(("Auto-Submitted", "auto-replied"),)))),
        Case("automatic-mail-with-a-form", netease(replace(note("chifeng", "统计表", form("统计表.docx", papers.statistics(CHIFENG))), extra=(("Auto-Submitted", "auto-generated"),)))),
        Case("bounce-with-our-letter-in-it", bounced(returned)),
        Case("late", netease(note("wuhai", "乌海市统计表", form("统计表.docx", papers.statistics(WUHAI)), at=on(6, 17)))),
        Case("in-time-by-extension", netease(note("wuhai", "乌海市统计表", form("统计表.docx", papers.statistics(WUHAI)), at=on(6, 17))), extended={"wuhai": {"statistics": "2023-06-20"}}),
        Case("late-after-extension", netease(note("wuhai", "乌海市统计表", form("统计表.docx", papers.statistics(WUHAI)), at=on(6, 21, 0, 1))), extended={"wuhai": {"statistics": "2023-06-20"}}),
        Case("last-minute", netease(note("wuhai", "乌海市统计表", form("统计表.docx", papers.statistics(WUHAI)), at=on(6, 15, 23, 59)))),
    ]  # fmt: skip


def enclosed_in(letter: bytes) -> Attached:
    """Return the first file of a letter of ours, to be sent back."""
    message = message_from_bytes(letter, policy=policy.default)
    file = next(message.iter_attachments())
    return form(str(file.get_filename()), file.get_content())


def quoted_text(words: str, text: str) -> str:
    """Answer over a quotation in plain text."""
    quoted = "\n".join(f"> {line}" for line in text.splitlines())
    return f'{words}\n\n\n在 2023-06-07 10:12:40，"科普" <nmkepu@126.com> 写道：\n{quoted}\n'


def netease_quote(words: str, page: str) -> str:
    """Answer as NetEase's webmail lays it out."""
    return f'<div style="line-height:1.7;color:#000000;font-size:14px;font-family:Arial"><p style="margin: 0;">{words}</p></div><div style="position:relative;zoom:1"></div><div id="divNeteaseMailCard"></div><p>在 2023-06-07 10:12:40，"科普" &lt;nmkepu@126.com&gt; 写道：</p><blockquote id="isReplyContent" style="PADDING-LEFT: 1ex; MARGIN: 0px 0px 0px 0.8ex; BORDER-LEFT: #ccc 1px solid">{page}</blockquote>'


def netease_forward(words: str, page: str) -> str:
    """Forward as NetEase's webmail lays it out."""
    return f'<div style="line-height:1.7;font-size:14px">{words}</div><br><div>-------- 转发邮件信息 --------</div><div>发件人："科普" &lt;nmkepu@126.com&gt;</div><blockquote id="isReplyContent">{page}</blockquote>'


def qq_quote(words: str, page: str) -> str:
    """Answer as QQ's webmail lays it out: what follows the line is in no element of its own."""
    return f'<div>{words}</div><div><br></div><div style="font-size: 12px;font-family: Arial Narrow;padding:2px 0 2px 0;">------------------&nbsp;原始邮件&nbsp;------------------</div><div style="font-size: 12px;background:#efefef;padding:8px;"><div><b>发件人:</b>&nbsp;"科普"&nbsp;&lt;nmkepu@126.com&gt;;</div><div><b>主题:</b>&nbsp;回执</div></div><div><br></div>{page}'


def foxmail_quote(words: str, page: str) -> str:
    """Answer as Foxmail lays it out."""
    return f'<div><span></span>{words}</div><div><br></div><hr style="WIDTH: 210px; HEIGHT: 1px" color="#b5c4df" size="1" align="left"><blockquote style="margin-Top: 0px; margin-Bottom: 0px; margin-Left: 0.5em; margin-Right: inherit"><div>&nbsp;</div><div style="border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm"><div style="PADDING-RIGHT: 8px; FONT-SIZE: 12px; BACKGROUND: #efefef"><div><b>发件人：</b>&nbsp;科普</div><div><b>发送时间：</b>&nbsp;2023-06-07&nbsp;10:12</div></div></div><div>{page}</div></blockquote>'


def master_quote(words: str, page: str) -> str:
    """Answer as Mail Master lays it out."""
    return f'<div><div>{words}</div></div><div class="J-reply" style="background-color:white;height:auto"><div style="margin-top:20px">---- 回复的原邮件 ----</div><table><tr><td>发件人</td><td>科普&lt;nmkepu@126.com&gt;</td></tr><tr><td>主题</td><td>回执</td></tr></table><div class="J-quote">{page}</div></div>'


def outlook_quote(words: str, page: str) -> str:
    """Answer as Outlook lays it out."""
    return f'<p class="MsoNormal">{words}</p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b>发件人:</b> 科普 &lt;nmkepu@126.com&gt; <br><b>发送时间:</b> 2023年6月7日 10:12<br><b>收件人:</b> chifeng@kepu.example.cn<br><b>主题:</b> 回执</p></div></div>{page}'


def our_letter_attached(raw: bytes) -> bytes:
    """Send our own letter back as an attachment."""
    told = note("chifeng", "请看附件里的邮件", text="这封信是你们发的吗？")
    head = [
        ("From", f"{word(told.name, 'GBK')} <{told.address}>"),
        ("To", told.box),
        ("Subject", word(told.subject, "GBK")),
        ("Message-ID", f"<a.{told.mark}@kepu.example.cn>"),
    ]
    body = leaf("text/plain", told.text.encode("gb18030"), 'charset="GBK"')
    return mail(told, head, mixed([body, enclosed(raw)], f"b_{told.mark}"))


def bounced(raw: bytes) -> bytes:
    """Return our letter as 系统退信, with our whole letter in it, the marked form included."""
    told = Note("postmaster@126.com", "", "", "抱歉，您的邮件被退回来了", on(6, 7, 11))
    report = (
        b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; 126.com\r\n\r\n"
        b"Final-Recipient: rfc822; tongliao@kepu.example.cn\r\nAction: failed\r\n"
        b"Status: 5.0.0\r\nDiagnostic-Code: smtp; 550 User not found\r\n"
    )
    text = leaf("text/plain", told.text.encode("gbk"), "charset=gb2312")
    body = parts("report", [text, report, enclosed(raw)], "b_report")
    body = body.replace(b"multipart/report;", b"Multipart/report; report-type=delivery-status;", 1)
    head = [
        ("From", "Postmaster@126.com"),
        ("To", told.box),
        ("Subject", "=?gb2312?B?z7XNs83L0MU=?="),
        ("Message-ID", "<bounce.1@126.com>"),
        ("X-Mailer", "Coremail MTA server"),
    ]
    return mail(told, head, body)


GROUPS: tuple[Callable[[], list[Case]], ...] = (
    well_filled,
    filled_with_slips,
    about_the_unit,
    hard_to_read,
    conversation,
)


def draw(home: Path = HOME) -> None:
    """Write every case's mails."""
    for case in (case for group in GROUPS for case in group()):
        folder = home / case.name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "mail.eml").write_bytes(case.mail)
        for number, raw in enumerate(case.before, start=1):
            (folder / f"before-{number}.eml").write_bytes(raw)
        if case.extended:
            told = json.dumps({"extended": case.extended}, indent=1) + "\n"
            (folder / "roster.json").write_text(told, encoding="utf-8")


if __name__ == "__main__":
    draw()
