"""无, 零报告: what is a plain declaration that there is nothing to report, and what is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from parsers.mail import File, Mail, Party
from rules.campaign import Campaign
from rules.folder.load import SHIPPED, load_campaign
from rules.judging.arrival import Arrival, NoHistory
from rules.judging.judge import judge
from rules.outcome import Standing
from templates.findings import tell

NOON = datetime(2023, 5, 10, 4, tzinfo=UTC)
LATE = datetime(2023, 5, 20, 4, tzinfo=UTC)
FILE = File("x.docx", "0" * 64, 10, "other", problem="damaged")


def allowing(*keys: str) -> Campaign:
    """Return the shipped campaign; these of its requirements may be declared nothing for."""
    shipped = load_campaign(SHIPPED / "2023-neimenggu")
    told = tuple(r.model_copy(update={"nil": r.key in keys}) for r in shipped.file.requirements)
    file = shipped.file.model_copy(update={"requirements": told})
    return Campaign(file, shipped.forms, shipped.roster, shipped.blanks, shipped.folder)


ONE, TWO, NONE = allowing("project"), allowing("project", "statistics"), allowing()
REMINDER = "Re: 还有3天：赤峰市科学技术局 重点项目备案表 [#A7K2]"


def mail(text: str, subject: str = "回复", **more) -> Mail:
    sender = Party("", more.pop("sender", "chifeng@kepu.example.cn"))
    return Mail("<n@example.cn>", subject, sender, text=text, received_at=NOON, **more)


def decided(given: Mail, campaign: Campaign = ONE, at: datetime = NOON, history=None):
    return judge(given, Arrival("nmkepu@126.com", at), (campaign,), history or NoHistory())


def nil_of(decision) -> tuple[str, ...]:
    return tuple(s.requirement for s in decision.submissions if s.standing is Standing.NIL)


PLAIN = (
    "我单位无重点项目。",
    "我单位没有重点项目，特此报告。",
    "您好！我局今年无重点项目，请查收。谢谢！",
    "重点项目备案表：无",
    "重点项目备案表零报告",
    "《重点项目备案表》我单位无",
    "赤峰市科技局无重点项目。",
    "本单位2023年没有开展重点项目活动。",
    "我市无。",
    "无",
    "没有",
    "零报告",
    "孙老师：\n您好！\n我单位无重点活动项目需要备案，特此说明。\n\n赤峰市科学技术局\n王丽\n13900001234\n2023年5月10日",
    "我单位均无相关内容",
    "我单位无重点项目。\n\n> 还有3天：赤峰市科学技术局\n> 请填好后回复",
    "无\n\n发自我的iPhone",
)
NOT_PLAIN = (
    "无法打开附件",
    "我单位无重点项目吗？",
    "我单位暂无重点项目",
    "我单位无重点项目，但有一个一般项目稍后报送。",
    "无问题",
    "无异议",
    "我单位无收到通知",
    "没有收到附件，请重发",
    "我单位无重点项目，统计表下周报。",
    "我单位无重点项目，稍后补报。",
    "我单位无重点项目，请作废。",
    "我单位无重点项目，不报了。",
    "请问没有项目要不要报？",
    "我们没有不报",
    "无人机表演一场",
    "我单位有重点项目3个",
    "谢谢",
    "情况统计表：无",  # this campaign wants the numbers
    "通辽市没有重点项目吧",
    "通辽市科学技术局无重点项目",  # says one unit for another
    "我单位无重点项目。\n通辽市科学技术局",
    "我单位无重点项目和统计表以外的材料",
    "我单位无。" * 80,
    "",
)


@pytest.mark.parametrize("text", PLAIN)
def test_a_plain_word_of_a_known_unit_is_a_declaration(text):
    decision = decided(mail(text, REMINDER))
    assert (decision.outcome, decision.reason) == ("accepted", "declared-nothing")
    assert nil_of(decision) == ("project",)
    assert decision.answer


@pytest.mark.parametrize("text", NOT_PLAIN)
def test_whatever_says_more_is_for_a_person(text):
    assert nil_of(decided(mail(text))) == ()


def test_an_empty_mail_may_say_it_in_its_subject():
    assert nil_of(decided(mail("", "赤峰市科技局重点项目零报告"))) == ("project",)
    assert nil_of(decided(mail("您好", "重点项目：无"))) == ("project",)
    assert nil_of(decided(mail("", "Re: 重点项目：无"))) == ()


def test_of_several_things_the_letter_has_to_name_one():
    assert nil_of(decided(mail("我单位无。"), TWO)) == ()
    assert nil_of(decided(mail("我单位无。", REMINDER), TWO)) == ("project",)
    assert nil_of(decided(mail("情况统计表零报告"), TWO)) == ("statistics",)
    assert nil_of(decided(mail("重点项目：无；情况统计表：无"), TWO)) == ("project", "statistics")
    assert nil_of(decided(mail("影像资料：无"), TWO)) == ()


def test_what_the_subject_calls_by_its_kind_alone_is_what_there_is_none_of():
    """统计表 is the 情况统计表, of which nobody may have none; the 备案表 is not meant."""
    assert nil_of(decided(mail("无", "统计表"))) == ()
    assert nil_of(decided(mail("无", "备案表"))) == ("project",)


def test_a_campaign_that_does_not_allow_it_has_a_person_read_it():
    decision = decided(mail("我单位无重点项目。"), NONE)
    assert (decision.outcome, decision.reason) == ("held", "message-for-a-person")


def test_a_strangers_word_and_a_name_in_a_signature_declare_nothing():
    assert nil_of(decided(mail("我单位无重点项目。", sender="x@qq.com"))) == ()
    signed = mail("我单位无重点项目。\n赤峰市科学技术局", "赤峰市科学技术局", sender="x@qq.com")
    assert nil_of(decided(signed)) == ()


def test_a_mail_with_a_file_declares_nothing():
    assert nil_of(decided(mail("我单位无重点项目。", files=(FILE,)))) == ()
    logo = replace(FILE, name="logo.png", kind="image", inline=True, problem=None)
    assert nil_of(decided(mail("我单位无重点项目。", files=(logo,)))) == ("project",)


def test_what_has_come_already_is_not_taken_back_by_a_word():
    class Sent(NoHistory):
        def stands(self, campaign, unit, requirement):
            return (campaign, unit, requirement) == (ONE.id, "chifeng", "project")

    decision = decided(mail("我单位无重点项目。"), history=Sent())
    assert (decision.outcome, decision.reason) == ("held", "message-for-a-person")


def test_a_declaration_after_the_due_day_counts_and_says_so():
    decision = decided(mail("我单位无重点项目。"), at=LATE)
    assert nil_of(decision) == ("project",)
    assert [f.code for f in decision.submissions[0].findings] == ["nil-declared", "late"]


def test_the_answer_says_what_was_understood_and_how_to_correct_it():
    (finding,) = decided(mail("您好，我单位无重点项目。")).submissions[0].findings
    told = tell(finding)
    assert "我单位无重点项目" in told.wrong
    assert "直接回复" in told.fix
