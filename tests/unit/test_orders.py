"""What people order by mail happens once, only for whom it was meant, and can be undone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

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
        while letter := at_desk.ledger.claim_letter("nmkepu@126.com", worker, now, timedelta(1)):
            found.append(letter.kind)
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
    "withdraw": lambda d: Command(
        Verb.WITHDRAW, d.form("kjj@chifeng.example.cn", "赤峰市科技局").id, "chifeng", STATISTICS
    ),
    "pause": lambda _: Command(Verb.PAUSE),
    "enlist": lambda d: Command(Verb.ENLIST, d.form(STRANGER, "赤峰市科技局").id, "chifeng"),
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
    (act,) = at_desk.ledger.acts("2023-neimenggu")
    assert (act.actor, act.verb, act.mail_id) == (BOSS, name, order.id)
