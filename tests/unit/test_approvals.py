"""The first letters of each kind wait until a coordinator has looked at them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.outbox.approvals import ask, look_over
from bot.reports.digesting import digest_view, report
from rules.commands.command import Command, Verb
from tests.unit.made_office import CAMPAIGN, MAILBOX
from tests.unit.ordered import BOSS, OTHER, desk, links, text_of_letter

SENDER = "kjj@chifeng.example.cn"
FIRST = 2
PEOPLE = 3  # the campaign names one, the settings two


@pytest.fixture
def at_desk(tmp_path):
    with desk(tmp_path, approval={"first": FIRST}) as opened:
        yield opened


def states(at_desk, kind="receipt"):
    return [row.state for row in at_desk.ledger.letters(kind=kind)]


def forms(at_desk, *units):
    for number, unit in enumerate(units):
        at_desk.form(f"{number}@school.example.cn", unit, 1000 + number)


def three(at_desk):
    forms(at_desk, "赤峰市科技局", "乌海市科技局", "包头市科技局")
    return [row.id for row in at_desk.ledger.waiting()]


def pressed(at_desk, verb, number, requirement=""):
    return at_desk.press(at_desk.button(Command(verb, number, requirement=requirement)))


def test_without_the_setting_no_letter_waits(tmp_path):
    with desk(tmp_path) as opened:
        opened.form(SENDER, "赤峰市科技局")
        assert states(opened) == ["queued"]


def test_until_enough_of_a_kind_were_released_all_of_it_wait_and_then_none(at_desk):
    first, second, _third = three(at_desk)
    assert states(at_desk) == ["waiting-approval"] * 3
    assert not at_desk.ledger.letter_waits(MAILBOX, at_desk.clock.now() + timedelta(days=1))
    pressed(at_desk, Verb.RELEASE, first)
    assert states(at_desk) == ["queued", "waiting-approval", "waiting-approval"]
    pressed(at_desk, Verb.RELEASE, second)
    assert states(at_desk) == ["queued"] * 3
    at_desk.form("9@school.example.cn", "通辽市科技局")
    assert states(at_desk) == ["queued"] * 4


def test_each_kind_is_looked_at_for_itself(at_desk):
    for number in three(at_desk)[:FIRST]:
        pressed(at_desk, Verb.RELEASE, number)
    at_desk.form("9@school.example.cn", "通辽市科技局", "约三五百")
    assert states(at_desk, "correction") == ["waiting-approval"]


def test_coordinators_are_asked_at_once_and_see_what_each_letter_says(at_desk):
    first, second, _third = three(at_desk)
    assert ask(at_desk.office) == PEOPLE
    letter = at_desk.letter("approval")
    assert letter.recipient == OTHER
    text = text_of_letter(letter)
    assert f"放行 第{first}封" in text
    assert f"不发 第{second}封" in text
    assert "同类的信后面还有 1 封" in text
    assert "赤峰市科学技术局" in text
    assert "材料" in text
    assert len(links(letter)) == 2 * FIRST + 1
    assert ask(at_desk.office) == 0


def test_asking_rests_a_while_and_does_not_show_the_same_again(at_desk):
    at_desk.form(SENDER, "赤峰市科技局")
    assert ask(at_desk.office) == PEOPLE
    at_desk.form("2@school.example.cn", "乌海市科技局")
    assert ask(at_desk.office) == 0
    at_desk.clock.set(at_desk.clock.now() + timedelta(minutes=30))
    assert ask(at_desk.office) == PEOPLE
    at_desk.clock.set(at_desk.clock.now() + timedelta(days=1))
    assert ask(at_desk.office) == 0


def test_one_button_releases_all_that_were_shown_and_what_came_before_them(at_desk):
    three(at_desk)
    ask(at_desk.office)
    everything = links(at_desk.letter("approval"))[-1]
    order = at_desk.press(everything, sender=OTHER)
    assert states(at_desk) == ["queued"] * 3
    text = text_of_letter(at_desk.letter("command-done", order))
    assert "2封信正在发出" in text
    assert links(at_desk.letter("command-done", order)) == []


def test_a_letter_that_is_not_wanted_never_leaves_unless_it_is_released_after_all(at_desk):
    first, *_ = three(at_desk)
    pressed(at_desk, Verb.REFUSE, first)
    assert states(at_desk)[0] == "unwanted"
    pressed(at_desk, Verb.RELEASE, first)
    assert states(at_desk)[0] == "queued"
    late = pressed(at_desk, Verb.REFUSE, first)
    assert "已经放行" in text_of_letter(at_desk.letter("command-unclear", late))


def test_nobody_releases_by_a_forged_sender(at_desk):
    first, *_ = three(at_desk)
    order = at_desk.send(BOSS, f"放行 第{first}封")
    assert order.reason == "command-asked"
    assert set(states(at_desk)) == {"waiting-approval"}
    at_desk.press(links(at_desk.letter("command-confirm", order))[0])
    assert states(at_desk)[0] == "queued"


def test_what_was_typed_for_all_is_confirmed_for_those_of_that_moment(at_desk):
    numbers = three(at_desk)
    order = at_desk.send(BOSS, "放行 全部")
    confirm = at_desk.letter("command-confirm", order)
    assert f"放行 全部 到 第{numbers[-1]}封" in text_of_letter(confirm)
    at_desk.form("9@school.example.cn", "通辽市科技局", "约三五百")
    at_desk.press(links(confirm)[0])
    assert set(states(at_desk)) == {"queued"}
    assert states(at_desk, "correction") == ["waiting-approval"]


def test_a_correction_whose_file_came_again_in_order_is_taken_back(at_desk):
    at_desk.form(SENDER, "赤峰市科技局", "约三五百")
    at_desk.form(SENDER, "赤峰市科技局", 1200)
    assert look_over(at_desk.office) == 1
    assert states(at_desk, "correction") == ["withdrawn"]
    assert states(at_desk) == ["waiting-approval"]
    assert look_over(at_desk.office) == 0


def test_an_answer_that_waited_past_a_deadline_is_written_anew(at_desk):
    at_desk.clock.set(at_desk.clock.now().replace(day=15, hour=3))
    at_desk.form(SENDER, "赤峰市科技局", "约三五百")
    at_desk.clock.set(at_desk.clock.now() + timedelta(days=1))
    assert look_over(at_desk.office) == 1
    at_desk.judge()
    old, new = at_desk.ledger.letters(kind="correction")
    assert (old.state, new.state) == ("withdrawn", "waiting-approval")
    assert at_desk.ledger.letter_raw(old.id) != at_desk.ledger.letter_raw(new.id)
    assert look_over(at_desk.office) == 0


def test_the_digest_shows_what_waits_with_its_buttons(at_desk):
    at_desk.clock.set(at_desk.clock.now().replace(hour=12))
    first, *_ = three(at_desk)
    assert report(at_desk.office)
    letter = at_desk.letter("digest")
    assert "等您放行的信】3 封" in text_of_letter(letter)
    assert f"放行 第{first}封" in text_of_letter(letter)
    assert digest_view(at_desk.office, at_desk.campaign).waiting.shown == ()
    assert at_desk.ledger.letters(kind="digest", campaign=CAMPAIGN)[0].state == "queued"


def test_a_released_letter_cannot_be_called_back(at_desk):
    first, *_ = three(at_desk)
    order = pressed(at_desk, Verb.RELEASE, first)
    undo = at_desk.press(at_desk.button(Command(Verb.UNDO, order.id)))
    assert "不能撤销" in text_of_letter(at_desk.letter("command-unclear", undo))
    assert states(at_desk)[0] == "queued"
