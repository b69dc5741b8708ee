"""The decision on one mail: whose it is, which campaign's, when late, when a person must look."""

# ruff: noqa: E501 - tables of cases, one a line

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache

import pytest

from parsers.mail import File, Mail, Party
from parsers.message.files import read_file
from rules.campaign import Campaign, CampaignFile
from rules.form import Form
from rules.judging.arrival import Arrival, NoHistory, in_force
from rules.judging.courtesy import is_only_thanks, is_thanks
from rules.judging.judge import judge
from rules.outcome import Outcome, Standing
from rules.roster import Roster, Unit
from rules.who.learned import Learned
from tests.draw import papers
from tests.unit.noting import carried

BOX = "nmkepu@126.com"
NOON = datetime(2023, 6, 7, 4, tzinfo=UTC)
CHIFENG, TONGLIAO = "赤峰市科学技术局", "通辽市科学技术局"
HOME = papers.campaign()


@dataclass(frozen=True)
class Known(NoHistory):
    """A ledger that remembers."""

    addresses: Mapping[str, str]
    thread: str | None = None

    def known_addresses(self, _campaign):
        return Learned(self.addresses.items())

    def thread_unit(self, _campaign, _mail):
        return self.thread


@cache
def read(data: bytes, name: str = "统计表.docx") -> File:
    (file,) = read_file(data, name)
    return file


def statistics(unit: str = CHIFENG, name: str = "统计表.docx", **changes: str) -> File:
    return read(papers.statistics(unit, changes), name)


def mail(*files: File, sender: str = "chifeng@kepu.example.cn", **more) -> Mail:
    party = Party("", sender) if sender else None
    told = {"message_id": "<1@example.cn>", "subject": "统计表", "text": "请查收。", **more}
    return Mail(sender=party, files=files, received_at=NOON, **told)


def decide(letter: Mail, at: datetime = NOON, history=None, campaigns=(HOME,), **arrival):
    """Judge, and judge again by what the process that reads mails would note of the forms."""
    came = Arrival(arrival.pop("mailbox", BOX), at, **arrival)
    decision = judge(letter, came, campaigns, history or NoHistory())
    letter, noted = carried(letter, came, campaigns)
    assert judge(letter, came, campaigns, history or NoHistory(), noted) == decision
    return decision


def ending(decision) -> tuple[str, str]:
    return decision.outcome.value, decision.reason


def other_campaign() -> Campaign:
    """Return a city's campaign of the same weeks, with a form of its own and its own mailbox."""
    fields = [
        {"key": "reporter", "label": "上报单位", "type": "text"},
        {"key": "shows", "label": "科普展演", "unit": "场", "type": "count"},
        {"key": "labs", "label": "开放实验室", "unit": "个", "type": "count"},
        {"key": "stalls", "label": "咨询展位", "unit": "个", "type": "count"},
    ]
    form = Form(
        id="opening", title="全市科技场馆开放登记表", blank="x.docx", unit_field="reporter", fields=fields
    )  # fmt: skip
    file = CampaignFile(
        id="2023-city",
        title="全市科技场馆开放",
        mailboxes=("city@example.cn",),
        requirements=[
            {"key": "opening", "title": "开放登记表", "form": "opening", "due": "2023-06-30"},
            {"key": "report", "title": "总结", "report": {"min_characters": 50}, "due": "2023-06-30"},
        ],
    )  # fmt: skip
    roster = Roster((Unit("museum", "城市科技馆", addresses=("museum@example.cn",)),))
    return Campaign(file, {"opening": form}, roster, {}, HOME.folder)


def opening_form() -> File:
    def change(page):
        for paragraph in list(page.paragraphs):
            paragraph._p.getparent().remove(paragraph._p)
        page.add_paragraph("全市科技场馆开放登记表")
        table = page.add_table(4, 2)
        rows = (
            ("上报单位", "城市科技馆"),
            ("科普展演（场）", "3"),
            ("开放实验室（个）", "4"),
            ("咨询展位（个）", "5"),
        )
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text

    return read(papers.edited(papers.report("x", ()), change), "登记表.docx")  # fmt: skip


CITY = other_campaign()


@pytest.mark.parametrize(
    ("at", "standing"),
    [
        (datetime(2023, 6, 15, 15, 59, 59, tzinfo=UTC), Standing.ACCEPTED),  # 23:59:59 in China
        (datetime(2023, 6, 15, 16, 0, tzinfo=UTC), Standing.ACCEPTED_LATE),
        (datetime(2023, 7, 30, tzinfo=UTC), Standing.ACCEPTED_LATE),
    ],
)
def test_the_named_day_belongs_to_the_time_allowed_to_its_last_second(at, standing):
    (submission,) = decide(mail(statistics()), at).submissions
    assert submission.standing is standing
    assert ("late" in {f.code for f in submission.findings}) == (standing is Standing.ACCEPTED_LATE)


def test_an_extension_moves_the_due_day_of_that_unit_alone():
    units = tuple(
        replace(u, extended={"statistics": date(2023, 6, 20)}) if u.id == "chifeng" else u
        for u in HOME.roster.units
    )
    extended = Campaign(HOME.file, HOME.forms, Roster(units), HOME.blanks, HOME.folder)
    at = datetime(2023, 6, 18, tzinfo=UTC)
    mine = decide(mail(statistics()), at, campaigns=(extended,))
    other = decide(mail(statistics(TONGLIAO)), at, campaigns=(extended,))
    assert mine.submissions[0].standing is Standing.ACCEPTED
    assert other.submissions[0].standing is Standing.ACCEPTED_LATE


@pytest.mark.parametrize("day", [datetime(2023, 4, 30, 10, tzinfo=UTC), datetime(2023, 9, 1, tzinfo=UTC)])  # fmt: skip
def test_mail_outside_the_campaigns_days_is_left_alone(day):
    assert ending(decide(mail(statistics()), day)) == ("ignored", "no-campaign-open")


@pytest.mark.parametrize("automatic", ["own-loop", "bounce"])
def test_a_letter_of_ours_that_comes_back_is_never_read_as_a_form(automatic):
    decision = decide(mail(statistics(), automatic=automatic))
    assert decision.outcome is Outcome.IGNORED
    assert decision.submissions == ()


def test_an_automatic_mail_with_a_form_is_read_and_not_answered():
    decision = decide(mail(statistics(), automatic="auto-submitted"))
    assert (ending(decision), decision.answer) == (("accepted", "complete"), False)


def test_a_mail_too_old_to_be_answered_is_still_read():
    decision = decide(mail(statistics()), answerable=False)
    assert (ending(decision), decision.answer) == (("accepted", "complete"), False)


def test_a_form_whose_sender_cannot_be_told_waits_for_a_person():
    assert ending(decide(mail(statistics(), sender=""))) == ("held", "no-sender")


def test_a_form_goes_to_its_own_campaign_whatever_mailbox_it_was_sent_to():
    decision = decide(mail(statistics()), campaigns=(CITY, HOME), mailbox="city@example.cn")
    assert (decision.campaign, ending(decision)) == (HOME.id, ("accepted", "complete"))


def test_a_report_beside_a_form_belongs_to_the_campaign_of_the_form():
    report = read(papers.report(CHIFENG), "总结报告.docx")
    letter = mail(report, statistics())
    decision = decide(letter, campaigns=(CITY, HOME), mailbox="city@example.cn")
    assert [(s.campaign, s.requirement) for s in decision.submissions] == [
        (HOME.id, "statistics"),
        (HOME.id, "report"),
    ]


def test_a_report_alone_belongs_to_the_campaign_of_the_mailbox():
    report = read(papers.report(CHIFENG), "总结报告.docx")
    here = decide(mail(report), campaigns=(CITY, HOME))
    there = decide(
        mail(report, sender="museum@example.cn"), campaigns=(HOME, CITY), mailbox="city@example.cn"
    )
    assert (here.campaign, there.campaign) == (HOME.id, CITY.id)


def test_forms_of_two_campaigns_in_one_mail_wait_for_a_person():
    decision = decide(mail(statistics(), opening_form()), campaigns=(HOME, CITY))
    assert ending(decision) == ("held", "several-campaigns")


def test_the_campaigns_of_the_mailbox_come_first():
    arrival = Arrival("city@example.cn", NOON)
    assert [c.id for c in in_force((HOME, CITY), arrival)] == [CITY.id, HOME.id]


@pytest.mark.parametrize(
    ("units", "ends"),
    [
        ((CHIFENG, CHIFENG), ("accepted", "complete")),
        ((CHIFENG, "赤峰市科技局"), ("accepted", "complete")),
        ((CHIFENG, TONGLIAO), ("held", "several-units")),
        ((CHIFENG, "赤峰市红山区科技局"), ("held", "several-units-unclear")),
        (("红山区科技局", "松山区科技局"), ("held", "several-units-unclear")),
    ],
)
def test_forms_of_several_units_are_never_joined(units, ends):
    files = [statistics(unit, f"{number}.docx") for number, unit in enumerate(units)]
    assert ending(decide(mail(*files))) == ends


def test_several_units_are_named_to_the_coordinator_in_the_forms_order():
    files = (statistics(TONGLIAO, "1.docx"), statistics(CHIFENG, "2.docx"))
    decision = decide(mail(*files))
    assert [c.id for c in decision.candidates] == ["tongliao", "chifeng"]


@pytest.mark.parametrize("text", ["赤峰市红山区科技局", "红山区科技局", "内蒙古赤峰市松山区科技局", "青城第三实验学校"])  # fmt: skip
def test_a_form_that_names_somebody_else_is_not_booked_to_the_sender(text):
    decision = decide(mail(statistics(text)))
    assert (ending(decision), decision.unit) == (("held", "unit-uncertain"), None)
    assert decision.candidates[0].id == "chifeng"


@pytest.mark.parametrize(
    "named",
    [
        "科技局",
        "市科技局",
        "我单位",
        "本局",
        "赤峰市人民政府",
        "赤峰市科学技木局",
        "赤峰市科技与大数据局",
    ],
)
def test_a_form_that_names_its_sender_loosely_is_the_senders(named):
    decision = decide(mail(statistics(named)))
    assert (ending(decision), decision.unit.id) == (("accepted", "complete"), "chifeng")


@pytest.mark.parametrize(
    "named",
    [
        "赤峰市教育局", "赤峰市卫健委", "赤峰市科协", "赤峰市科学技术馆", "赤峰市第二中学", "赤峰二中",
        "红山区科技局", "内蒙古自治区科学技术厅", "某某公司",
    ],
)  # fmt: skip
def test_a_form_of_another_office_of_the_senders_place_waits_for_a_person(named):
    assert ending(decide(mail(statistics(named)))) == ("held", "unit-uncertain")


def test_a_place_written_short_is_the_senders_own():
    for named, sender in (("呼市科技局", "hohhot"), ("锡盟科技局", "xilingol")):
        decision = decide(mail(statistics(named), sender=f"{sender}@kepu.example.cn"))
        assert decision.unit.id == sender


@pytest.mark.parametrize("text", ["赤峰市科技局", "赤峰科技局", "市科技局", "赤峰市科技局科普科"])
def test_a_form_that_names_the_sender_in_other_words_is_booked_to_it(text):
    decision = decide(mail(statistics(text)))
    assert (ending(decision), decision.unit.id) == (("accepted", "complete"), "chifeng")


def test_another_organiser_of_a_project_does_not_stop_the_unit_that_sends_it():
    form = read(papers.project({"organiser": "红山区科协"}), "备案表.docx")
    decision = decide(mail(form), datetime(2023, 5, 10, tzinfo=UTC))
    assert (ending(decision), decision.unit.id) == (("accepted", "complete"), "chifeng")


def test_a_coordinators_word_goes_before_everything():
    decision = decide(mail(statistics("红山区科技局")), assigned_unit="tongliao")
    assert (decision.unit.id, decision.unit.by) == ("tongliao", "coordinator")
    assert ending(decision) == ("accepted", "complete")


def test_a_form_without_a_unit_counts_for_the_known_sender_with_a_warning():
    (submission,) = decide(mail(statistics(""))).submissions
    assert (submission.unit, submission.standing) == ("chifeng", Standing.ACCEPTED)
    assert [(f.code, f.severity) for f in submission.findings] == [("unit-missing", "warning")]


def test_a_form_without_a_unit_from_nobody_known_waits_for_a_person():
    letter = mail(statistics(""), sender="who@mail.example.cn")
    assert ending(decide(letter)) == ("held", "unit-unknown")


def test_an_address_that_spoke_for_a_unit_before_is_known():
    letter = mail(statistics(""), sender="who@mail.example.cn")
    decision = decide(letter, history=Known({"who@mail.example.cn": "tongliao"}))
    assert (decision.unit.id, decision.unit.by) == ("tongliao", "sender")


def test_the_thread_goes_before_what_a_subject_or_file_name_says():
    letter = mail(
        statistics("", "赤峰市统计表.docx"), sender="who@mail.example.cn", subject="赤峰市"
    )
    decision = decide(letter, history=Known({}, "tongliao"))
    assert (decision.unit.id, decision.unit.by) == ("tongliao", "thread")


def test_a_form_and_a_sender_that_disagree_are_told_to_the_sender():
    decision = decide(mail(statistics(TONGLIAO)))
    (submission,) = decision.submissions
    (finding,) = [f for f in submission.findings if f.code == "unit-disagrees"]
    assert (submission.unit, decision.answer) == ("tongliao", True)
    assert dict(finding.details) == {"form_unit": TONGLIAO, "sender_unit": CHIFENG}


def test_last_years_template_comes_back_with_its_title():
    old = papers.edited(papers.statistics(CHIFENG), papers.retitled("2023", "2022"))
    (submission,) = decide(mail(read(old))).submissions
    (finding,) = submission.findings
    assert (submission.standing, finding.code) == (Standing.RETURNED, "wrong-template")
    assert finding.details["title"] == "2022 年内蒙古科技活动周情况统计表"


def test_a_file_that_cannot_be_read_returns_a_mail_whose_report_is_accepted():
    report = read(papers.report(CHIFENG), "总结报告.docx")
    decision = decide(mail(report, read(papers.encrypted())))
    assert ending(decision) == ("returned", "needs-correction")
    assert [s.standing for s in decision.submissions] == [Standing.ACCEPTED]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("谢谢！", "thanks"),
        ("收到，辛苦了", "thanks"),
        ("收到，已安排。", "thanks"),
        ("好的，马上改", "thanks"),
        ("王老师您好：\n收到，我们明天报送，谢谢！\n赤峰市科技局 刘思雨", "thanks"),
        ("参加单位改为20，谢谢", "message-for-a-person"),
        ("收到。统计表为1200", "message-for-a-person"),
        ("撤回吧，谢谢", "message-for-a-person"),
        ("谢谢，数据有误", "message-for-a-person"),
        ("以第二份为准，谢谢", "message-for-a-person"),
        ("好的，我们零报告", "message-for-a-person"),
        ("请把表发我，谢谢", "message-for-a-person"),
        ("谢谢，已报送", "message-for-a-person"),
        ("谢谢\n请撤销我局", "message-for-a-person"),
        ("请问什么时候截止？", "message-for-a-person"),
        ("收到了吗", "message-for-a-person"),
        ("我们没有收到回执，谢谢", "message-for-a-person"),
        ("", "message-for-a-person"),
    ],
)
def test_a_units_mail_without_files_is_a_courtesy_or_for_a_person(text, reason):
    assert decide(mail(text=text)).reason == reason


@pytest.mark.parametrize("who", ["李明", "科普部 主任", "张建国 2026年11月22日", "-- \nli@x.cn"])
def test_thanks_and_who_says_them_say_nothing_more(who):
    assert is_only_thanks(f"收到，辛苦了！\n\n{who}")


@pytest.mark.parametrize("more", ["算交了", "别催了", "赤峰延到下周五", "谁还没交", "不用催科技局"])
def test_thanks_with_a_wish_under_them_say_more(more):
    assert is_thanks("收到")
    assert not is_only_thanks(f"收到\n{more}")


def test_a_strangers_mail_without_files_is_left_alone():
    decision = decide(mail(sender="shop@example.com", subject="会议用品", text="欢迎来电"))
    assert (ending(decision), decision.answer) == (("ignored", "stranger"), False)


def test_a_strangers_unknown_document_waits_for_a_person():
    file = read(papers.report("某公司", ("产品介绍。",)), "产品.docx")
    letter = mail(replace(file, name="产品.docx"), sender="shop@example.com", subject="合作")
    assert decide(letter).outcome is Outcome.HELD


@pytest.mark.parametrize(
    "text",
    [
        "谢谢\n\n> 您还要报的材料：情况统计表？",
        "好的\n------------------ 原始邮件 ------------------\n请问？",
        "收到\n\n发件人：科普\n发送时间：2023年6月7日",
        '辛苦了\n\n在 2023-06-07 10:12:40，"科普" <nmkepu@126.com> 写道：\n请问？',
    ],
)
def test_thanks_are_known_by_the_words_before_the_quotation(text):
    assert is_thanks(text)


def test_the_file_that_was_sent_before_is_not_taken_for_a_second_answer():
    first, second = statistics(), statistics(name="改.docx", public="19500")
    (said,) = [s.readings[0] for s in decide(mail(first)).submissions]

    class Sent(NoHistory):
        def earlier(self, campaign, unit, before):
            return [said] if (campaign, unit, before) == (HOME.id, "chifeng", NOON) else []

    decision = decide(mail(first, second), history=Sent())
    assert ending(decision) == ("accepted", "complete")
    assert [f.name for s in decision.submissions for f in s.files] == ["改.docx"]
    assert ending(decide(mail(first, second))) == ("held", "conflicting-copies")
