"""A subject that a client or a person has changed still orders what it ordered."""

from __future__ import annotations

from datetime import date
from email.header import Header

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.message.mime import read_mail
from rules.campaign import Campaign
from rules.commands.code import ALPHABET, LENGTH, is_signed, sign, tidy
from rules.commands.command import ACTS, EVERYTHING, Command, Verb
from rules.commands.resolve import Resolved, Unclear, resolve
from rules.commands.said import asks_more, read_said
from rules.commands.wording import text_of
from rules.folder.load import SHIPPED, load_campaign
from rules.roster import Roster, Unit
from tests.unit.made_office import at

CAMPAIGN = load_campaign(SHIPPED / "2023-neimenggu")
TODAY = date(2023, 6, 1)
KEY = b"k" * 32
BOSS = "kepu@example.cn"
CODE = "1ABCDEFGHJKMNPQRSTVWXYZ01"
CLAIM = Command(Verb.CLAIM, 12, "chifeng")
EXEMPT = Command(Verb.EXEMPT, unit="chifeng", requirement="statistics")
EXTEND = Command(Verb.EXTEND, unit="wuhai", requirement="report", day=date(2023, 6, 20))


def told(subject, text="", campaign=CAMPAIGN):
    said = read_said(subject, text)
    return said and resolve(said, campaign, TODAY)


def ordered(subject, text=""):
    """Return the command and the code of a mail."""
    said, meant = read_said(subject, text), told(subject, text)
    assert isinstance(meant, Resolved), meant
    assert meant.left == ""
    return meant.command, said.code


@pytest.mark.parametrize(
    "change",
    [
        lambda s: s,
        lambda s: f"回复：{s}",
        lambda s: f"Re:Re: {s}",
        lambda s: f"RE: 答复: 转发：{s}",
        lambda s: f"回复(2)： {s}",
        lambda s: f"[外部邮件] {s}",
        lambda s: f"【SPAM】Re: {s}",
        lambda s: s.replace("[", "【").replace("]", "】"),
        lambda s: s.replace("[", "［").replace("]", "］"),
        lambda s: s.replace("[", "(").replace("]", ")"),
        lambda s: s.replace("[", "").replace("]", ""),
        lambda s: s.replace(" ", "\N{IDEOGRAPHIC SPACE}"),
        lambda s: s.replace(" ", "  "),
        lambda s: s.replace("12", "１２"),
        lambda s: s.lower(),
        lambda s: s.replace(CODE[10], f"{CODE[10]} ", 1),
        lambda s: s.replace("→", "->"),
        lambda s: s.replace(" [", "["),
        lambda s: f"{s} ",
        lambda s: f"\N{ZERO WIDTH SPACE}{s}",
    ],
)
def test_what_clients_do_to_a_subject_changes_no_order(change):
    subject = f"{text_of(CLAIM, CAMPAIGN)} [{CODE}]"
    assert ordered(change(subject)) == (CLAIM, CODE)


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "gb2312"])
def test_a_subject_in_encoded_words_orders_the_same(charset):
    text = text_of(EXEMPT, CAMPAIGN) + f" [{CODE}]"
    header = Header(text, charset, maxlinelen=40).encode()
    assert header.count("=?") > 2
    mail = read_mail(f"From: {BOSS}\r\nSubject: {header}\r\n\r\n".encode())
    assert ordered(mail.subject, mail.text) == (EXEMPT, CODE)


@pytest.mark.parametrize(
    ("written", "command"),
    [
        ("认领12号给赤峰市科技局", CLAIM),
        ("认领 第12号 赤峰市科技局", CLAIM),
        ("認領 第１２號 赤峰市科技局", CLAIM),
        ("认领第十二号赤峰市科技局", CLAIM),
        ("第12号认领 赤峰市科技局", CLAIM),
        ("好的，请认领第12号给赤峰市科技局", CLAIM),
        ("您好，麻烦免报赤峰市科技局统计表", EXEMPT),
        ("第57封放行", Command(Verb.RELEASE, 57)),
        ("全部放行", Command(Verb.RELEASE, requirement=EVERYTHING)),
        ("认领：20230614-0012，赤峰市科技局", CLAIM),
        ("免报 赤峰市科技局 统计表", EXEMPT),
        ("免报赤峰市科技局情况统计表", EXEMPT),
        ("免报 情况统计表 赤峰市科学技术局", EXEMPT),
        ("免报 赤峰市科技局", Command(Verb.EXEMPT, unit="chifeng", requirement=EVERYTHING)),
        (
            "免报 赤峰市科技局 全部材料",
            Command(Verb.EXEMPT, unit="chifeng", requirement=EVERYTHING),
        ),
        ("展期 乌海市科技局 总结报告 到6月20日", EXTEND),
        ("展期乌海市科技局总结报告至2023年6月20日", EXTEND),
        ("延期 乌海市科技局 总结报告 2023-6-20", EXTEND),
        ("展期 乌海市科技局 总结报告 6.20", EXTEND),
        ("展期 乌海市科技局 总结报告 到六月二十日", EXTEND),
        ("展期 乌海市科技局 总结报告 20230620", EXTEND),
        ("重读 12", Command(Verb.REREAD, 12)),
        ("办结 第12号", Command(Verb.SETTLE, 12)),
        ("办结：12号", Command(Verb.SETTLE, 12)),
        ("撤回 20230614-0012", Command(Verb.WITHDRAW, 12)),
        ("撤回 赤峰市科技局 统计表", Command(Verb.WITHDRAW, None, "chifeng", "statistics")),
        ("撤销 第37号", Command(Verb.UNDO, 37)),
        ("暂停", Command(Verb.PAUSE)),
        ("暂停 赤峰市科技局", Command(Verb.PAUSE, unit="chifeng")),
        ("汇总", Command(Verb.ROLLUP)),
        ("汇总表", Command(Verb.ROLLUP)),
        ("状态：赤峰", Command(Verb.STATUS, unit="chifeng")),
        ("HELP", Command(Verb.HELP)),
        ("模板", Command(Verb.BLANKS)),
    ],
)
def test_what_people_type_is_understood(written, command):
    assert ordered(written) == (command, "")
    assert ordered("Re: 收表日报 6月7日", f"您好！\n{written}\n\n发自我的手机") == (command, "")


@pytest.mark.parametrize(
    ("written", "lacks"),
    [
        ("认领", "which-mail"),
        ("认领 赤峰市科技局", "which-mail"),
        ("认领 第12号", "which-unit"),
        ("免报 统计表", "which-unit"),
        ("免报 科技局", "which-unit"),
        ("免报 赤峰市科技局包头市科技局 统计表", "which-unit"),
        ("展期 赤峰市科技局 统计表", "which-day"),
        ("展期 赤峰市科技局 统计表 到20日", "which-day"),
        ("展期 赤峰市科技局 统计表 到6月31日", "which-day"),
        ("展期 赤峰市科技局 统计表 到5月1日", "day-past"),
        ("撤销", "which-number"),
        ("办结", "which-mail"),
        ("撤回", "which-mail"),
    ],
)
def test_what_is_missing_is_named(written, lacks):
    meant = told(written)
    assert isinstance(meant, Unclear)
    assert meant.lacks == lacks


@pytest.mark.parametrize(
    "subject",
    ["", "统计表", "关于报送统计表的请示", "赤峰市科技局免报申请", "收到通知", "Re: 回执", "确认",
     "已免报：赤峰市科学技术局", "您好，模板打不开", "请查询", "Re: 请确认：免报 赤峰市科学技术局"],
)  # fmt: skip
def test_other_mail_orders_nothing(subject):
    assert read_said(subject, "请查收附件。") is None


@pytest.mark.parametrize("subject", ["汇总表已收到", "名单如附件所示", "状态良好", "查询函的回复"])
def test_a_sentence_that_begins_like_an_order_says_more_than_one(subject):
    said, meant = read_said(subject, ""), told(subject)
    assert said.joined
    assert isinstance(meant, Unclear) or meant.left


def test_a_reply_of_one_word_orders_what_the_letter_it_answers_asked_about():
    asked = f"答复：请确认：{text_of(EXEMPT, CAMPAIGN)} [{CODE}]"
    assert ordered(asked, "确认。\n\n> 您好！") == (EXEMPT, CODE)
    done = f"Re: 第37号办理：{text_of(CLAIM, CAMPAIGN)} [{CODE}]"
    assert ordered(done, "撤销\n\n发件人：nmkepu@126.com") == (Command(Verb.UNDO, 37), CODE)
    assert ordered(asked, "好的，确认") == (EXEMPT, CODE)
    assert ordered(done, "请撤销，谢谢！") == (Command(Verb.UNDO, 37), CODE)
    assert ordered(asked, "确认办理") == (EXEMPT, CODE)
    for other in ("好的，谢谢", "确认不了", "确认吗？", "不撤销", "撤销了没有"):
        assert getattr(read_said(done, other), "code", "") == ""
        assert getattr(read_said(asked, other), "code", "") == ""


@pytest.mark.parametrize(
    ("subject", "text", "command"),
    [
        ("认领", "第12号 赤峰市科技局\n\n王处长", CLAIM),
        ("Re: 认领", "认领 第12号 赤峰市科技局", CLAIM),
        ("免报", "您好！\n赤峰市科技局 统计表", EXEMPT),
        ("放行", "全部放行", Command(Verb.RELEASE, requirement=EVERYTHING)),
    ],
)
def test_a_verb_alone_in_the_subject_is_told_more_of_in_the_first_line(subject, text, command):
    assert ordered(subject, text) == (command, "")


def test_of_two_orders_in_a_mail_the_typed_one_counts_and_has_no_code():
    said = read_said(f"{text_of(EXEMPT, CAMPAIGN)} [{CODE}]", "免报 乌海市科技局 统计表")
    assert (said.words, said.code) == ("乌海市科技局 统计表", "")


def commands():
    units = st.sampled_from([unit.id for unit in CAMPAIGN.roster.units])
    keys = st.sampled_from([r.key for r in CAMPAIGN.file.requirements] + [EVERYTHING])
    numbers = st.integers(1, 999_999_999)
    days = st.dates(date(2023, 6, 1), date(2099, 12, 31))
    return st.one_of(
        st.builds(Command, st.just(Verb.CLAIM), numbers, units),
        st.builds(Command, st.just(Verb.ENLIST), numbers, units),
        st.builds(Command, st.just(Verb.EXEMPT), st.none(), units, keys),
        st.builds(Command, st.just(Verb.EXTEND), st.none(), units, keys, days),
        st.builds(Command, st.just(Verb.WITHDRAW), numbers, units, keys),
        st.builds(
            Command, st.sampled_from([Verb.REREAD, Verb.SETTLE, Verb.UNDO, Verb.ADOPT]), numbers
        ),
        st.builds(Command, st.sampled_from([Verb.PAUSE, Verb.RESUME]), st.none(), units),
        st.builds(Command, st.sampled_from([Verb.PAUSE, Verb.RESUME])),
    )


@given(commands())
def test_every_command_is_read_back_as_it_was_written(command):
    assert ordered(text_of(command, CAMPAIGN)) == (command, "")


@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=4, unique=True))
def test_a_unit_of_any_name_can_be_exempted_by_a_button(names):
    units = tuple(Unit(f"u{n}", name) for n, name in enumerate(names))
    odd = Campaign(CAMPAIGN.file, CAMPAIGN.forms, Roster(units), {}, CAMPAIGN.folder)
    for unit in units:
        command = Command(Verb.EXEMPT, unit=unit.id, requirement="statistics")
        meant = told(text_of(command, odd), campaign=odd)
        assert isinstance(meant, Resolved)
        assert meant.command == command


@given(commands(), st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_no_altered_code_is_good(command, place, character):
    code = sign(KEY, "c", command, BOSS, at(6, 20), "digest")
    assert is_signed(KEY, "c", command, BOSS, code)
    altered = code[:place] + character + code[place + 1 :]
    assert is_signed(KEY, "c", command, BOSS, altered) == (altered == code)


@given(commands(), commands(), st.sampled_from(["c", "d"]), st.sampled_from([BOSS, "x@y.cn"]))
def test_a_code_is_good_for_one_command_campaign_and_recipient(command, other, campaign, sender):
    code = sign(KEY, "c", command, BOSS, at(6, 20), "digest")
    same = (command, "c", BOSS) == (other, campaign, sender)
    assert is_signed(KEY, campaign, other, sender, code) == same
    assert not is_signed(b"another key", "c", command, BOSS, code)


@given(st.text(max_size=60))
def test_no_text_is_a_code_by_chance_or_breaks_the_reader(text):
    assert not is_signed(KEY, "c", CLAIM, BOSS, tidy(text))
    said = read_said(text, text)
    if said is not None:
        resolve(said, CAMPAIGN, TODAY)


def test_two_letters_carry_two_codes_for_the_same_order():
    codes = {sign(KEY, "c", CLAIM, BOSS, at(6, 20), day) for day in ("6-7", "6-8")}
    assert len(codes) == 2
    assert {len(code) for code in codes} == {LENGTH}


def test_a_button_fits_into_a_subject_line():
    longest = max(len(text_of(c, CAMPAIGN)) for c in (CLAIM, EXEMPT, EXTEND))
    assert longest + LENGTH + 3 < 80
    assert {verb for verb in Verb if verb in ACTS} >= {Verb.CLAIM, Verb.UNDO}


@pytest.mark.parametrize(
    "text",
    [
        "附件2怎么填？",
        "您好！\n请问公众参与按人次还是按人数？\n谢谢",
        "我们还欠什么？另外影像资料要不要刻盘？",
        "参加单位是否包括乡镇",
        "能否延期到6月20日？",
    ],
)
def test_a_question_that_a_query_does_not_answer_is_one_more(text):
    assert asks_more(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "谢谢！",
        "请问我们单位还有哪些材料没报？",
        "统计表收到了吗？",
        "想看看还欠什么，谢谢",
        "请发一份空表，可以吗？",
        "查询一下进度如何？",
        "赤峰市科学技术局 刘思雨 0476-8330000",
        "> 附件2怎么填？",
    ],
)
def test_what_a_query_answers_is_no_more_than_that(text):
    assert not asks_more(text)
