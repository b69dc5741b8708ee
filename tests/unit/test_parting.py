"""The forms of several units in one mail: each is its own unit's, once somebody may say so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rules.campaign import Campaign
from rules.commands.command import Command, Verb
from rules.commands.resolve import EACH_UNIT
from rules.decision import EACH
from rules.roster import Roster
from tests.draw import papers
from tests.unit.ordered import BOSS, STRANGER, desk, text_of_letter
from tests.unit.test_judge import (
    CHIFENG,
    HOME,
    TONGLIAO,
    decide,
    ending,
    mail,
    read,
    statistics,
)

BOTH = (statistics(CHIFENG, "1.docx"), statistics(TONGLIAO, "2.docx", participants="1300"))


def each(*files, **more):
    decision = decide(mail(*files, **more), assigned_campaign=HOME.id, assigned_unit=EACH)
    return ending(decision), {(s.unit, s.requirement) for s in decision.submissions}


def where(change):
    """Return the campaign with other units on its roster."""
    roster = Roster(tuple(map(change, HOME.roster.units)))
    return Campaign(HOME.file, HOME.forms, roster, HOME.blanks, HOME.folder)


def under(parent: str):
    """Return the campaign with one unit's higher office as the roster says."""
    return where(lambda u: replace(u, parent=parent) if u.id == "tongliao" else u)


def test_each_form_counts_for_the_unit_it_names_when_a_coordinator_says_so():
    decision = decide(mail(*BOTH), assigned_campaign=HOME.id, assigned_unit=EACH)
    assert ending(decision) == ("accepted", "complete")
    told = {s.unit: s.readings[0].get("participants").value for s in decision.submissions}
    assert told == {"chifeng": 1200, "tongliao": 1300}
    assert all(len(s.files) == 1 for s in decision.submissions)
    assert decision.unit.by == "coordinator"


def test_one_of_them_is_sent_back_alone():
    wrong = statistics(TONGLIAO, "2.docx", participants="约七八十")
    decision = decide(mail(BOTH[0], wrong), assigned_campaign=HOME.id, assigned_unit=EACH)
    assert {s.unit: s.standing.value for s in decision.submissions} == {
        "chifeng": "accepted",
        "tongliao": "returned",
    }


@pytest.mark.parametrize("other", ["赤峰市红山区科技局", "青城第三实验学校", ""])
def test_where_one_names_nobody_on_the_roster_none_is_guessed(other):
    stray = statistics(other, "3.docx", participants="5")
    assert each(*BOTH, stray)[0] == ("held", "several-units-unclear")


def test_two_versions_of_one_unit_among_them_wait():
    again = statistics(TONGLIAO, "3.docx", participants="1301")
    assert each(*BOTH, again)[0] == ("held", "conflicting-copies")
    same = statistics(TONGLIAO, "3.docx", participants="1300")
    assert each(*BOTH, same)[0] == ("accepted", "complete")


def test_another_file_is_of_the_unit_in_its_name_else_of_the_sender():
    report = papers.report("全市")
    named = read(report, "通辽市科技局总结.docx")
    assert ("tongliao", "report") in each(*BOTH, named)[1]
    unnamed = read(report, "总结.docx")
    assert ("chifeng", "report") in each(*BOTH, unnamed)[1]
    stranger = each(*BOTH, unnamed, sender="li@example.cn")
    assert stranger[0] == ("held", "several-units-unclear")


def test_the_higher_office_on_the_roster_may_send_for_its_units():
    assert ending(decide(mail(*BOTH))) == ("held", "several-units")
    decision = decide(mail(*BOTH), campaigns=(under(CHIFENG),))
    assert ending(decision) == ("accepted", "complete")
    assert (decision.unit.id, {s.unit for s in decision.submissions}) == (
        "chifeng",
        {"chifeng", "tongliao"},
    )
    other = decide(mail(*BOTH), campaigns=(under("通辽市人民政府"),))
    assert ending(other) == ("held", "several-units")


def test_an_address_that_the_roster_gives_to_all_of_them_may_send_for_them():
    shared = "kjj@both.example.cn"
    both = {"chifeng", "tongliao"}
    campaign = where(lambda u: replace(u, addresses=(shared,)) if u.id in both else u)
    decision = decide(mail(*BOTH, sender=shared), campaigns=(campaign,))
    assert ending(decision) == ("accepted", "complete")
    assert {s.unit for s in decision.submissions} == {"chifeng", "tongliao"}


@pytest.fixture
def at_desk(tmp_path):
    with desk(tmp_path) as opened:
        yield opened


def sent(at_desk):
    files = [(f"{unit}.docx", papers.statistics(unit)) for unit in (CHIFENG, TONGLIAO)]
    return at_desk.send(STRANGER, "两市统计表", "请查收。", files)


def test_the_digest_s_button_counts_each_and_the_receipt_names_them(at_desk):
    held = sent(at_desk)
    assert (held.outcome, held.reason) == ("held", "several-units")
    order = at_desk.press(at_desk.button(Command(Verb.CLAIM, held.id, EACH)))
    assert "写的是哪个单位就算哪个单位的" in text_of_letter(at_desk.letter("command-done", order))
    assert [at_desk.standing(unit) for unit in ("chifeng", "tongliao")] == ["accepted"] * 2
    receipt = at_desk.letter("receipt")
    assert f"{CHIFENG}等2个单位" in receipt["Subject"]
    told = text_of_letter(receipt)
    assert f"情况统计表 · {CHIFENG}" in told
    assert f"情况统计表 · {TONGLIAO}" in told
    assert f"总结报告（{TONGLIAO}）" in told
    at_desk.send(BOSS, f"回复：{at_desk.letter('command-done', order)['Subject']}", "撤销")
    assert at_desk.standing("tongliao") is None
    assert at_desk.ledger.equation().complete


@pytest.mark.parametrize("typed", [EACH_UNIT, "各归各单位", "归各单位", "*"])
def test_it_may_be_typed(at_desk, typed):
    held = sent(at_desk)
    asked = at_desk.send(BOSS, f"认领 第{held.id}号 {typed}")
    assert f"认领 第{held.id}号 → {EACH_UNIT}" in text_of_letter(
        at_desk.letter("command-confirm", asked)
    )


def test_a_mail_of_one_unit_is_not_divided(at_desk):
    held = at_desk.form(STRANGER, "我们单位")
    order = at_desk.press(at_desk.button(Command(Verb.CLAIM, held.id, EACH)))
    assert "没有各自写明" in text_of_letter(at_desk.letter("command-unclear", order))


def test_the_corrected_one_comes_back_alone(at_desk):
    forms = {CHIFENG: {}, TONGLIAO: {"participants": "约七八十"}}
    files = [(f"{unit}.docx", papers.statistics(unit, more)) for unit, more in forms.items()]
    held = at_desk.send(STRANGER, "两市统计表", "请查收。", files)
    at_desk.press(at_desk.button(Command(Verb.CLAIM, held.id, EACH)))
    letter = at_desk.letter("correction")
    assert f"请更正：{TONGLIAO} 情况统计表" in letter["Subject"]
    assert "需要更正" in text_of_letter(letter)
    assert at_desk.standing("tongliao") == "returned"
    mended = papers.statistics(TONGLIAO, {"participants": "1300"})
    again = at_desk.send(STRANGER, f"回复：{letter['Subject']}", "已改。", [("改.docx", mended)])
    assert (again.outcome, again.unit) == ("accepted", "tongliao")
    assert [at_desk.standing(unit) for unit in ("chifeng", "tongliao")] == ["accepted"] * 2
