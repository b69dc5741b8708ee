"""附件请查收, and no file came: the sender is told at once; what says more waits for a person."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from parsers.mail import CloudLink
from tests.unit.ordered import desk, text_of_letter
from tests.unit.test_judge import Known, decide, ending, mail, statistics

TOLD = ("returned", "no-attachment")
FOR_A_PERSON = ("held", "message-for-a-person")


@dataclass(frozen=True)
class AllSent(Known):
    def stands(self, _campaign, _unit, _requirement):
        return True


@pytest.mark.parametrize(
    "text",
    [
        "请查收。",
        "附件请查收，谢谢！",
        "您好！附件是我局的情况统计表，请查收。\n\n赤峰市科学技术局\n刘思雨\n0476-8330000",
        "李老师：\n您好，现将我局2023年科技活动周情况统计表报送给您，请审阅。",
        "按照通知要求，现将统计表报上，请予以查收。",
        "统计表已填好，见附件。",
        "附件1、附件2请查收\n发自我的iPhone",
        "各位领导好：附件为我市统计表和总结，敬请查收！\n此致\n敬礼",
    ],
)
def test_what_is_handed_in_without_a_file_is_asked_for(text):
    decision = decide(mail(text=text))
    assert ending(decision) == TOLD
    assert [f.code for f in decision.findings] == ["attachment-missing"]
    assert decision.answer


def test_a_subject_alone_says_what_should_have_come():
    assert ending(decide(mail(text="", subject="赤峰市科技局情况统计表"))) == TOLD
    assert ending(decide(mail(text="", subject="回复：情况统计表"))) == FOR_A_PERSON
    assert ending(decide(mail(text="", subject="你好"))) == FOR_A_PERSON


@pytest.mark.parametrize(
    "text",
    [
        "请问附件2怎么填？",
        "附件打不开，请重新发送。",
        "没有收到附件，请重发",
        "统计表昨天已发，请查收。",
        "统计表已报送，谢谢",
        "材料已通过快递寄出，请查收。",
        "附件稍后发送。",
        "参加单位改为20，请查收。",
        "附件中参加人数应为1200人，请查收。",
        "我局无重点项目，统计表请查收。",
        "统计表请查收，另外影像资料要刻盘吗",
        "请把附件发给我。",
        "已将总结上传网盘，请查收。",
        "我局参加单位36个，请查收",
        "关于联系人，请提交给办公室张老师审核。",
    ],
)
def test_what_says_more_is_for_a_person(text):
    decision = decide(mail(text=text))
    assert decision.reason != "no-attachment"


def test_it_is_said_to_known_units_that_still_owe_a_form():
    text = "附件请查收。\n赤峰市科学技术局"
    assert ending(decide(mail(text=text, sender="li@example.cn"))) == FOR_A_PERSON
    assert ending(decide(mail(text=text), history=AllSent({}))) == FOR_A_PERSON


def test_a_file_or_a_link_is_no_forgotten_attachment():
    link = CloudLink("统计表.docx", "1M", None, "mail.example.cn", "netease")
    assert decide(mail(text="请查收。", links=(link,))).reason == "announced-only"
    assert ending(decide(mail(statistics()))) == ("accepted", "complete")


def test_the_letter_asks_for_the_attachment(tmp_path):
    with desk(tmp_path) as opened:
        (address, *_) = opened.unit("chifeng").addresses
        opened.send(address, "统计表", "附件请查收。")
        letter = opened.letter("unrecognised")
        assert "邮件里没有附件：赤峰市科学技术局" in letter["Subject"]
        told = text_of_letter(letter)
        assert "可能是忘了加附件" in told
        assert "空白表" not in told
        assert not list(letter.iter_attachments())
