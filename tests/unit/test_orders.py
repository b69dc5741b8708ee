"""What people order by mail happens once, only for whom it was meant, and can be undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import unquote

import pytest

from bot.reminders.owing import Reach, versions_of
from rules.commands.command import Command, Verb
from tests.unit.ordered import BOSS, OTHER, STRANGER, desk, links, text_of_letter

STATISTICS = "statistics"


@pytest.fixture
def at_desk(tmp_path):
    with desk(tmp_path) as opened:
        yield opened


def test_a_held_mail_is_claimed_by_a_button_and_given_back_by_a_reply(at_desk):
    held = at_desk.form(STRANGER, "我们单位")
    assert (held.outcome, held.reason) == ("held", "unit-unknown")
    order = at_desk.press(at_desk.button(Command(Verb.CLAIM, held.id, "chifeng")))
    assert (order.outcome, order.reason) == ("ignored", "command")
    assert at_desk.standing("chifeng") == "accepted"
    done = at_desk.letter("command-done", order)
    said = f"认领 第{held.id}号 → 赤峰市科学技术局"
    assert done["Subject"].startswith(f"第{order.id}号办理：{said} [")
    undone = at_desk.send(BOSS, f"回复：{done['Subject']}", "撤销\n\n发自我的手机")
    assert undone.reason == "command"
    assert at_desk.standing("chifeng") is None
    again = at_desk.ledger.mail(held.id)
    assert (again.outcome, again.reason, again.assigned_unit) == ("held", "unit-unknown", None)


def test_a_held_mail_is_called_dealt_with_and_waits_again_when_that_is_undone(at_desk):
    held = at_desk.form(STRANGER, "我们单位")
    order = at_desk.press(at_desk.button(Command(Verb.SETTLE, held.id)))
    row = at_desk.ledger.mail(held.id)
    assert (row.outcome, row.reason) == ("ignored", "handled")
    assert at_desk.ledger.held() == []
    (undo,) = links(at_desk.letter("command-done", order))
    at_desk.press(undo)
    row = at_desk.ledger.mail(held.id)
    assert (row.outcome, row.reason) == ("held", "unit-unknown")
    assert at_desk.ledger.equation().complete


def test_only_a_mail_that_waits_is_called_dealt_with(at_desk):
    good = at_desk.form("kjj@chifeng.example.cn", "赤峰市科技局")
    order = at_desk.press(at_desk.button(Command(Verb.SETTLE, good.id)))
    assert "等您处理" in text_of_letter(at_desk.letter("command-unclear", order))
    assert at_desk.standing("chifeng") == "accepted"


def test_an_exemption_and_an_extension_change_the_roster_in_force(at_desk):
    at_desk.press(at_desk.button(Command(Verb.EXEMPT, unit="chifeng", requirement=STATISTICS)))
    assert at_desk.unit("chifeng").exempt == (STATISTICS,)
    until = date(2023, 6, 20)
    command = Command(Verb.EXTEND, unit="wuhai", requirement=STATISTICS, day=until)
    order = at_desk.press(at_desk.button(command))
    assert at_desk.unit("wuhai").extended == {STATISTICS: until}
    (undo,) = links(at_desk.letter("command-done", order))
    at_desk.press(undo)
    assert at_desk.unit("wuhai").extended == {}
    assert at_desk.unit("chifeng").exempt == (STATISTICS,)


def test_a_withdrawn_version_leaves_the_one_before_in_force_until_it_is_undone(at_desk):
    first = at_desk.form("kjj@chifeng.example.cn", "赤峰市科技局", 1200)
    second = at_desk.form("kjj@chifeng.example.cn", "赤峰市科技局", 1300)

    def version():
        return at_desk.ledger.standings("2023-neimenggu")["chifeng", STATISTICS].version

    order = at_desk.press(at_desk.button(Command(Verb.WITHDRAW, second.id)))
    assert (version(), at_desk.standing("chifeng")) == (1, "accepted")
    (undo,) = links(at_desk.letter("command-done", order))
    at_desk.press(undo)
    assert version() == 2
    assert first.id != second.id


def test_a_mail_is_read_again_and_what_it_was_before_is_put_back(at_desk):
    mail = at_desk.form("kjj@chifeng.example.cn", "赤峰市科技局")
    order = at_desk.press(at_desk.button(Command(Verb.REREAD, mail.id)))
    versions = at_desk.ledger.submissions("2023-neimenggu", in_force=False)
    assert [row.withdrawn_at is None for row in versions] == [False, True]
    (undo,) = links(at_desk.letter("command-done", order))
    at_desk.press(undo)
    versions = at_desk.ledger.submissions("2023-neimenggu", in_force=False)
    assert [row.withdrawn_at is None for row in versions] == [True, False]


def test_a_paused_campaign_keeps_its_answers_until_it_is_resumed(at_desk):
    at_desk.press(at_desk.button(Command(Verb.PAUSE)))
    assert list(at_desk.ledger.paused("2023-neimenggu")) == [""]
    at_desk.form("kjj@chifeng.example.cn", "赤峰市科技局")
    now, worker = at_desk.clock.now(), "courier"

    def kinds():
        found = []
        while claimed := at_desk.ledger.claim_letters("nmkepu@126.com", worker, now, timedelta(1)):
            found += [letter.kind for letter in claimed]
        return found

    assert kinds() == ["command-done"]
    at_desk.press(at_desk.button(Command(Verb.RESUME)))
    now = at_desk.clock.now()
    assert sorted(kinds()) == ["command-done", "receipt"]


COMMANDS = {
    "claim": lambda d: Command(Verb.CLAIM, d.form(STRANGER, "我们单位").id, "chifeng"),
    "exempt": lambda _: Command(Verb.EXEMPT, unit="chifeng", requirement=STATISTICS),
    "extend": lambda _: Command(
        Verb.EXTEND, unit="chifeng", requirement=STATISTICS, day=date(2023, 6, 20)
    ),
    "reread": lambda d: Command(Verb.REREAD, d.form("kjj@chifeng.example.cn", "赤峰市科技局").id),
    "settle": lambda d: Command(Verb.SETTLE, d.form(STRANGER, "我们单位").id),
    "withdraw": lambda d: Command(
        Verb.WITHDRAW, d.form("kjj@chifeng.example.cn", "赤峰市科技局").id, "chifeng", STATISTICS
    ),
    "pause": lambda _: Command(Verb.PAUSE),
    "enlist": lambda d: Command(Verb.ENLIST, d.form(STRANGER, "赤峰市科技局").id, "chifeng"),
    "resume": lambda d: d.press(d.button(Command(Verb.PAUSE))) and Command(Verb.RESUME),
    "undo": lambda d: Command(Verb.UNDO, d.press(d.button(COMMANDS["exempt"](d))).id),
}


def state(at_desk):
    """Return all that an order can change."""
    ledger = at_desk.ledger
    rows = ledger.submissions("2023-neimenggu", in_force=False)
    return (
        [(r.id, r.withdrawn_at) for r in rows],
        [(m.id, m.outcome, m.assigned_unit) for m in ledger.mails() if m.campaign is not None
         and not (m.reason or "").startswith("command")],
        ledger.amendments("2023-neimenggu"),
        list(ledger.paused("2023-neimenggu")),
    )  # fmt: skip


@pytest.mark.parametrize("name", COMMANDS)
def test_no_button_works_for_another_sender_late_twice_elsewhere_or_changed(at_desk, name):
    command = COMMANDS[name](at_desk)
    href, before = at_desk.button(command), state(at_desk)
    # another sender: one on record is told, a stranger is not
    for sender, told in ((OTHER, ["command-unclear"]), (STRANGER, [])):
        order = at_desk.press(href, sender)
        assert order.reason == "command-refused"
        assert [letter.kind for letter in at_desk.answers(order)] == told
    # changed text
    for change in (
        lambda s: s.replace(" [", " 等 ["),
        lambda s: s.replace("[", "[A", 1),
        lambda s: s[:-3] + ("A]" if s[-2] != "A" else "B]"),
    ):
        order = at_desk.press(href, change=change)
        assert order.reason == "command-refused"
    # late
    order = at_desk.press(at_desk.button(command, life=timedelta(minutes=-1)))
    assert order.reason == "command-asked"
    assert state(at_desk) == before
    # good, once
    order = at_desk.press(href)
    assert order.reason == "command"
    after = state(at_desk)
    assert after != before
    again = at_desk.press(href)
    assert again.reason == "command-unclear"
    assert "已经办过" in text_of_letter(at_desk.letter("command-unclear", again))
    assert state(at_desk) == after
    *_, act = at_desk.ledger.acts("2023-neimenggu")
    assert (act.actor, act.verb, act.mail_id) == (BOSS, name, order.id)


TYPED = {
    "认领 第{held}号 赤峰市科技局": "claim",
    "免报赤峰市科技局 统计表": "exempt",
    "展期 赤峰市科技局 统计表 到6月20日": "extend",
    "暂停": "pause",
}


@pytest.mark.parametrize("written", TYPED)
def test_what_is_typed_changes_nothing_before_the_address_of_record_confirms_it(at_desk, written):
    held = at_desk.form(STRANGER, "我们单位")
    before = state(at_desk)
    order = at_desk.send(BOSS, written.format(held=held.id))
    assert (order.outcome, order.reason) == ("ignored", "command-asked")
    assert state(at_desk) == before
    letter = at_desk.letter("command-confirm", order)
    assert letter.recipient == BOSS
    confirmed = at_desk.send(BOSS, f"Re: {letter['Subject']}", "确认")
    assert confirmed.reason == "command"
    assert [act.verb for act in at_desk.ledger.acts(at_desk.campaign.id)] == [TYPED[written]]
    again = at_desk.press(links(letter)[0])
    assert again.reason == "command-unclear"


@pytest.mark.parametrize("sender", [STRANGER, "kjj@chifeng.example.cn"])
def test_nobody_off_the_record_is_answered_or_obeyed(at_desk, sender):
    before = state(at_desk)
    for subject in ("免报 赤峰市科技局 统计表", "名单", "汇总", "状态", "帮助", "暂停"):
        order = at_desk.send(sender, subject)
        assert not at_desk.answers(order)
        assert not (order.reason or "").startswith("command")
    assert state(at_desk)[2:] == before[2:]


def test_orders_that_only_look_are_answered_to_the_address_on_record(at_desk):
    at_desk.form("kjj@chifeng.example.cn", "赤峰市科技局")
    said = {}
    for subject in ("名单", "汇总", "状态", "状态 赤峰市科技局", "帮助"):
        order = at_desk.send(BOSS, subject)
        assert order.reason == "command"
        said[subject] = at_desk.letter("command-told", order)
        assert said[subject].recipient == BOSS
    names = {name: [p.get_filename() for p in m.iter_attachments()] for name, m in said.items()}
    assert all(name.endswith(".xlsx") for name in names["名单"] + names["汇总"][:1])
    assert "情况统计表" in text_of_letter(said["状态"])
    assert "已收" in text_of_letter(said["状态 赤峰市科技局"])
    assert "展期" in text_of_letter(said["帮助"])
    assert at_desk.ledger.acts(at_desk.campaign.id) == []


def test_forged_questions_do_not_flood_the_address_they_name(at_desk):
    orders = [at_desk.send(BOSS, f"免报 赤峰市科技局 统计表{'。' * n}") for n in range(24)]
    assert [order.reason for order in orders] == ["command-asked"] * 19 + ["command-capped"] * 5
    answers = [at_desk.answers(order) for order in orders]
    assert [len(letters) for letters in answers] == [1] * 20 + [0] * 4
    assert "再来信办事也不办" in text_of_letter(at_desk.letter("command-unclear", orders[19]))
    held = at_desk.form(STRANGER, "我们单位")
    order = at_desk.press(at_desk.button(Command(Verb.CLAIM, held.id, "chifeng")))
    assert order.reason == "command"
    assert at_desk.letter("command-done", order)


def test_a_machines_mail_orders_nothing(at_desk):
    href = at_desk.button(Command(Verb.PAUSE))
    subject = unquote(href.partition("?subject=")[2])
    order = at_desk.send(BOSS, subject, Auto_Submitted="auto-replied")
    assert order.reason == "auto-submitted"
    assert not at_desk.ledger.paused(at_desk.campaign.id)


def test_a_form_that_is_handed_in_goes_before_the_word_in_its_subject(at_desk):
    order = at_desk.form("kjj@chifeng.example.cn", "赤峰市科技局", subject="汇总")
    assert order.outcome == "accepted"
    order = at_desk.form(BOSS, "乌海市科技局", subject="名单")
    assert order.outcome == "accepted"


def test_a_coordinator_of_one_campaign_orders_nothing_of_another(tmp_path):
    with desk(tmp_path, coordinators=()) as at_desk:
        link = at_desk.button(Command(Verb.PAUSE))
        order = at_desk.press(link)
        assert (order.reason, at_desk.answers(order)) == ("command-refused", [])
        held = at_desk.form(STRANGER, "我们单位")
        order = at_desk.send(BOSS, f"认领 第{held.id}号 赤峰市科技局")
        assert at_desk.answers(order) == []


def test_a_mail_of_another_campaign_is_not_claimed(tmp_path):
    with desk(tmp_path) as at_desk:
        elsewhere = at_desk.form(STRANGER, "我们单位")
        with at_desk.ledger.writing() as connection:
            connection.exec_driver_sql("UPDATE mails SET campaign='x', mailbox='y@example.cn'")
        command = Command(Verb.CLAIM, elsewhere.id, "chifeng")
        order = at_desk.press(at_desk.button(command))
        assert order.reason == "command-unclear"
        assert "没有找到" in text_of_letter(at_desk.letter("command-unclear", order))


def test_an_undone_order_is_not_undone_again_and_undoing_is_final(at_desk):
    exempt = Command(Verb.EXEMPT, unit="chifeng", requirement=STATISTICS)
    order = at_desk.press(at_desk.button(exempt))
    (undo,) = links(at_desk.letter("command-done", order))
    undone = at_desk.press(undo)
    assert at_desk.unit("chifeng").exempt == ()
    assert at_desk.press(undo).reason == "command-unclear"
    again = at_desk.send(BOSS, f"撤销 第{undone.id}号")
    assert "不能再撤销" in text_of_letter(at_desk.letter("command-unclear", again))
    first, second = at_desk.ledger.acts(at_desk.campaign.id)
    assert (first.undone_by, second.verb) == (second.id, "undo")


def test_a_submitter_is_told_of_its_own_units_only_and_only_so_often(at_desk):
    own = at_desk.unit("chifeng").addresses[0]
    order = at_desk.send(own, "查询")
    assert (order.reason, order.unit) == ("query", "chifeng")
    letter = at_desk.letter("command-own", order)
    assert letter.recipient == own
    assert "赤峰市科学技术局的报送情况" in text_of_letter(letter)
    assert "乌海" not in text_of_letter(letter)
    assert at_desk.send(own, "查询 乌海市科技局").reason != "query"
    order = at_desk.send(own, "请问模板在哪", "模板")
    assert order.reason == "query"
    files = [p.get_filename() for p in at_desk.letter("command-own", order).iter_attachments()]
    assert len(files) == 2
    reasons = [at_desk.send(own, "查询").reason for _ in range(5)]
    assert reasons == ["query"] * 3 + ["command-capped"] * 2
    assert at_desk.send(STRANGER, "查询").reason != "query"


def test_a_question_beside_a_query_waits_for_a_person_and_the_query_is_answered(at_desk):
    (own, *_) = at_desk.unit("chifeng").addresses
    asked = at_desk.send(own, "查询", "请问公众参与按人次还是按人数填？")
    assert (asked.outcome, asked.reason) == ("held", "message-for-a-person")
    assert asked.unit == "chifeng"
    assert "情况统计表" in text_of_letter(at_desk.letter("command-own", asked))


def test_every_order_leaves_an_audit_row_and_keeps_the_equation(at_desk):
    held = at_desk.form(STRANGER, "我们单位")
    at_desk.press(at_desk.button(Command(Verb.CLAIM, held.id, "chifeng")))
    at_desk.send(BOSS, "状态")
    (audit,) = [a for a in at_desk.ledger.audits() if a.action.startswith("command-")]
    assert audit.actor == BOSS
    assert audit.detail.endswith(f"认领 第{held.id}号 → 赤峰市科学技术局")
    assert at_desk.ledger.equation().complete


@pytest.mark.parametrize(
    "words",
    [
        "赤峰的我电话确认过了，算交了",
        "把赤峰市科技局的截止时间延到下周五",
        "谁还没交？",
        "第三条不对，人家填了",
        "收到，赤峰延到下周五",
        "收到，展期的事算交了",
    ],
)
def test_a_coordinators_own_words_are_never_dropped_nor_taken_for_a_units(at_desk, words):
    before = state(at_desk)
    mail = at_desk.send(BOSS, "回复：日报", f"您好！\n{words}\n\n发自我的手机")
    assert (mail.reason, mail.unit) == ("command-unclear", None)
    assert f"您写的是：{words}\r\n" in text_of_letter(at_desk.letter("command-unclear", mail))
    assert state(at_desk) == before


def test_a_mail_that_a_coordinator_passes_on_is_asked_back(at_desk):
    passed = (
        "---------- 转发邮件 ----------\n发件人: kjj@chifeng.example.cn\n\n赤峰市科技局零报告。"
    )
    assert at_desk.answers(at_desk.send(BOSS, "转发：零报告", passed))


def test_a_courtesy_a_holiday_and_an_empty_reply_are_not_asked_back(at_desk):
    for subject, text in (
        ("回复：日报", "收到，谢谢！\n\n发自我的iPhone"),
        ("回复：日报", "收到，谢谢！\n\n李明\n内蒙古科协科普部  主任\n电话：0471-1234567"),
        ("辛苦了", ""),
        ("自动回复：日报", "我正在出差，6月20日返回。"),
        ("回复：日报", ""),
    ):
        assert not at_desk.answers(at_desk.send(BOSS, subject, text))


def test_a_reply_that_only_seems_to_confirm_is_told_what_to_write(at_desk):
    at_desk.send(BOSS, "免报 赤峰市科技局 总结报告")
    subject = at_desk.letter("command-confirm")["Subject"]
    for words in ("好的", "同意"):
        reply = at_desk.send(BOSS, f"回复：{subject}", words)
        assert "所以还没有办" in text_of_letter(at_desk.letter("command-unclear", reply))
    assert at_desk.unit("chifeng").exempt == ()


def test_what_else_a_mail_orders_is_said_not_to_be_done_with_it(at_desk):
    second = "免报 包头市科技局 总结报告"
    order = at_desk.send(BOSS, "日报", f"展期 赤峰市科技局 情况统计表 到6月20日\n{second}")
    asked = text_of_letter(at_desk.letter("command-confirm", order))
    assert "不在这件事里" in asked
    assert f"  {second}\r\n" in asked
    pressed = at_desk.press(at_desk.button(Command(Verb.PAUSE)), text=second)
    assert "  暂停\r\n" in text_of_letter(at_desk.letter("command-confirm", pressed))
    order = at_desk.send(BOSS, "免报 赤峰市科技局 和 包头市科技局 总结报告")
    assert "  和 包头市科技局\r\n" in text_of_letter(at_desk.letter("command-confirm", order))


def test_who_coordinates_and_passes_a_units_form_on_is_not_taken_for_the_unit(at_desk):
    passed_on = at_desk.form(BOSS, "赤峰市科学技术局", subject="Fw: 统计表")
    assert (passed_on.outcome, passed_on.unit) == ("accepted", "chifeng")
    assert at_desk.send(BOSS, "Re: 日报", "延到20日").reason == "command-unclear"
    assert at_desk.send(BOSS, "查询").reason == "command"
    other = at_desk.form(BOSS, "通辽市科学技术局", subject="Fw: 统计表")
    assert (other.outcome, other.unit) == ("accepted", "tongliao")
    assert "单位对不上" not in text_of_letter(at_desk.letter("receipt", other))
    reach = Reach(at_desk.office, at_desk.campaign)
    chifeng = at_desk.unit("chifeng")
    assert BOSS not in reach.of(replace(chifeng, addresses=()))
    assert BOSS not in reach.senders(versions_of(at_desk.office, at_desk.campaign, chifeng))
