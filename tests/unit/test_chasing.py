"""Reminders and digests: who is written to on which day, and each letter once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.log import configure_log
from bot.reminders.chasing import chase, note_skipped, reason_to_withdraw
from bot.reminders.owing import Reach
from bot.reports.digesting import digest_view, report
from bot.worker import Worker
from rules.campaign import Campaign
from rules.outcome import Standing
from rules.roster import Roster
from state.acts import carry_out
from state.rows.acts import NewAct, Pause, Resume
from tests.unit.made_office import CAMPAIGN, MAILBOX, made


@pytest.fixture
def desk(tmp_path):
    with made(tmp_path) as office:
        yield office


# 2023: 5 May is a Friday after 劳动节; 6 May a working Saturday; 22 and 23 June are 端午节.
DAYS = [
    ((5, 8), 0, "Monday: four days before 12 May, nothing is planned"),
    ((5, 9), 27, "Tuesday: three days before 12 May"),
    ((5, 10), 0, "Wednesday"),
    ((5, 11), 27, "Thursday: one day before"),
    ((5, 12), 27, "Friday: the day itself"),
    ((5, 13), 0, "Saturday: one day after falls on a weekend"),
    ((5, 15), 27, "Monday: it moves here"),
    ((5, 19), 27, "Friday: seven days after"),
    ((6, 8), 14, "Thursday: seven days before 15 June, the 14 盟市"),
    ((6, 12), 14, "Monday: three days before"),
    ((6, 14), 14, "Wednesday: one day before"),
    ((6, 15), 14, "Thursday: the day itself"),
    ((6, 16), 14, "Friday: one day after"),
    ((6, 19), 14, "Monday: three days after moves off the Sunday"),
    ((6, 25), 14, "Sunday, but a working one: seven days after moves off 端午节"),
]


@pytest.mark.parametrize(("day", "count", "why"), DAYS, ids=[f"{m}-{d}" for (m, d), *_ in DAYS])
def test_everybody_who_owes_is_written_to_on_the_planned_working_days(desk, day, count, why):
    desk.go(*day, 10, 0)
    assert chase(desk.office) == count, why


def test_nothing_leaves_before_the_hour(desk):
    desk.go(5, 9, 8, 59)
    assert chase(desk.office) == 0


def test_a_second_tick_and_a_second_worker_write_nothing_twice(desk):
    desk.go(5, 9, 10, 0)
    assert chase(desk.office) == 27
    desk.go(5, 9, 17, 0)
    assert chase(desk.office) == 0
    names = [row.message_id for row in desk.letters("reminder")]
    assert len(set(names)) == len(names) == 27


def test_a_tick_missed_in_the_morning_is_caught_up_the_same_day(desk):
    desk.go(5, 9, 19, 50)
    assert chase(desk.office) == 27


def test_a_day_missed_altogether_is_skipped_with_a_log_line(desk, capsys):
    desk.go(5, 8, 18, 0)
    note_skipped(desk.office)
    desk.go(5, 10, 9, 0)
    configure_log("console")
    assert note_skipped(desk.office) == 1
    assert "reminder-skipped" in capsys.readouterr().err
    assert chase(desk.office) == 0


def test_a_unit_that_submitted_is_not_written_to(desk):
    desk.submit("chifeng", "project")
    desk.submit("baotou", "project", Standing.ACCEPTED_LATE)
    desk.submit("wuhai", "project", Standing.RETURNED)
    desk.go(5, 11, 10)
    chase(desk.office)
    written = {row.unit for row in desk.letters("reminder")}
    assert {"chifeng", "baotou"} & written == set()
    assert "wuhai" in written
    assert len(written) == 25


def test_a_later_returned_version_does_not_chase_who_submitted(desk):
    desk.submit("chifeng", "project")
    desk.submit("chifeng", "project", Standing.RETURNED)
    desk.go(5, 11, 10)
    chase(desk.office)
    assert not desk.letters("reminder", unit="chifeng")


def test_a_reminder_names_exactly_what_is_owed_and_brings_its_blank(desk):
    desk.submit("chifeng", "report")
    desk.go(6, 14, 10)
    chase(desk.office)
    (row,) = desk.letters("reminder", unit="chifeng")
    assert row.requirements == ("statistics", "media")
    text = desk.text(row.id)
    assert "情况统计表" in text
    assert "影像资料" in text
    assert "已经收到的：总结报告，谢谢。" in text
    assert "总结报告　" not in text
    assert b"spreadsheetml" not in desk.office.ledger.letter_raw(row.id)
    assert b"wordprocessingml" in desk.office.ledger.letter_raw(row.id)


def claim_reminder_of(desk, unit):
    while claimed := desk.office.ledger.claim_letters(MAILBOX, "w", desk.clock.now(), desk.lease):
        if claimed[0].unit == unit:
            return claimed[0]
    raise AssertionError(f"no reminder to {unit} waits")


def test_a_reminder_that_waits_is_withdrawn_once_its_unit_has_submitted(desk):
    desk.go(6, 14, 10)
    chase(desk.office)
    for requirement in ("statistics", "report", "media"):
        desk.submit("chifeng", requirement)
    assert reason_to_withdraw(desk.office, claim_reminder_of(desk, "baotou")) == ""
    assert reason_to_withdraw(desk.office, claim_reminder_of(desk, "chifeng")) == "settled"


def test_a_bounced_address_is_not_written_to_again(desk):
    desk.go(5, 9, 10)
    chase(desk.office)
    (row,) = desk.letters("reminder", unit="weather")
    desk.office.ledger.mark_bounced(row.id, row.recipients[0], desk.clock.now())
    desk.go(5, 11, 10)
    chase(desk.office)
    assert len(desk.letters("reminder", unit="weather")) == 1
    campaign = desk.office.campaign(CAMPAIGN)
    assert Reach(desk.office, campaign).of(campaign.roster.get("weather")) == ()


def test_the_digest_comes_once_a_day_after_its_hour(desk):
    desk.go(5, 9, 8, 29)
    assert report(desk.office) == 0
    desk.go(5, 9, 8, 31)
    assert report(desk.office) == 1
    assert report(desk.office) == 0
    desk.go(5, 10, 12, 0)
    assert report(desk.office) == 1
    assert len(desk.letters("digest")) == 2


def test_the_digest_counts_each_standing_and_the_equation(desk):
    desk.submit("chifeng", "project")
    desk.submit("wuhai", "project", Standing.RETURNED)
    desk.go(5, 9, 9)
    view = digest_view(desk.office, desk.office.campaign(CAMPAIGN))
    counts = next(row.counts for row in view.progress if row.title == "重点项目备案表")
    assert counts == {Standing.ACCEPTED: 1, Standing.RETURNED: 1, Standing.MISSING: 25}
    assert (view.equation.mails, view.equation.accepted, view.equation.returned) == (2, 1, 1)
    assert view.equation.holds
    assert view.rollup is not None


def attached(desk, number: int) -> bool:
    row = desk.letters("digest")[number]
    return b"spreadsheetml.sheet" in desk.office.ledger.letter_raw(row.id)


def test_the_workbook_comes_with_the_first_digest_and_after_each_change(desk):
    for day, acts in ((9, ()), (10, ()), (11, ("chifeng",)), (12, ())):
        for unit in acts:
            desk.submit(unit, "project")
        desk.go(5, day, 8, 31)
        report(desk.office)
    assert [attached(desk, number) for number in range(4)] == [True, False, True, False]


def test_a_new_coordinator_gets_the_workbook_though_nothing_changed(desk):
    desk.go(5, 9, 8, 31)
    report(desk.office)
    settings = desk.office.settings
    desk.office.settings = settings.model_copy(update={"coordinators": ("new@example.cn",)})
    desk.go(5, 10, 8, 31)
    assert report(desk.office) == 2
    assert attached(desk, 1)


def test_on_a_day_without_news_the_digest_is_two_lines(desk):
    for day in (9, 10):
        desk.go(5, day, 8, 31)
        report(desk.office)
    full, quiet = (desk.text(row.id) for row in desk.letters("digest"))
    assert "【进度】" in full
    assert [line for line in quiet.splitlines() if line][2:] == [
        "没有新来信。邮箱里还没有邮件，汇总表和上次附上的一样。",
        "还没有报齐的有27个单位；接下来5月12日（星期五）24:00前：重点项目备案表，还差27个。",
    ]


def test_on_the_due_day_and_the_day_after_the_digest_is_whole(desk):
    for day in range(9, 15):
        desk.go(5, day, 8, 31)
        report(desk.office)
    whole = ["【进度】" in desk.text(row.id) for row in desk.letters("digest")]
    assert whole == [True, False, False, True, True, False]


def test_one_jobs_fault_does_not_stop_the_others(desk, monkeypatch):
    def broken(_office):
        raise ZeroDivisionError

    broken.__name__ = "broken"
    monkeypatch.setattr("bot.worker.chase", broken)
    desk.go(5, 9, 9)
    worker = Worker(desk.office)
    worker.tick()
    assert len(desk.letters("digest")) == 1


def test_a_units_letter_leaves_at_its_own_minute_of_the_hour(desk):
    left = []
    for minute in range(0, 61, 10):
        desk.go(5, 9, 9 + minute // 60, minute % 60)
        left.append(chase(desk.office))
    assert sum(left) == 27
    assert left[0] == 0
    assert sum(1 for count in left if count) >= 4
    assert chase(desk.office) == 0


def test_nobody_is_written_to_in_the_evening(desk):
    desk.go(5, 9, 20, 0)
    assert chase(desk.office) == 0


def test_a_letter_that_did_not_leave_by_the_evening_stays(desk):
    desk.go(5, 9, 10, 0)
    chase(desk.office)
    letter = claim_reminder_of(desk, "chifeng")
    desk.go(5, 9, 20, 0)
    assert reason_to_withdraw(desk.office, letter) == "stale"
    desk.go(5, 10, 9, 0)
    assert reason_to_withdraw(desk.office, letter) == "stale"


def test_a_waiting_letter_is_written_anew_when_part_of_what_it_asks_for_has_come(desk):
    desk.go(6, 14, 10)
    chase(desk.office)
    letter = claim_reminder_of(desk, "chifeng")
    desk.submit("chifeng", "report")
    assert reason_to_withdraw(desk.office, letter) == "settled"
    desk.office.ledger.record_attempt(
        letter.id, "w", desk.clock.now(), "withdrawn", None, "settled"
    )
    assert chase(desk.office) == 1
    assert chase(desk.office) == 0
    first, second = desk.letters("reminder", unit="chifeng")
    assert (first.state, first.text, second.state) == ("withdrawn", "settled", "queued")
    assert second.requirements == ("statistics", "media")
    assert second.message_id != first.message_id


def test_who_submitted_last_gets_the_early_letters_and_all_addresses_the_later(desk):
    desk.submit("chifeng", "project", Standing.RETURNED)
    told = []
    for day in (9, 11):
        desk.go(5, day, 10)
        chase(desk.office)
        told.append(desk.letters("reminder", unit="chifeng")[-1].recipients)
    listed = desk.office.campaign(CAMPAIGN).roster.get("chifeng").addresses
    assert told == [("chifeng@kepu.example.cn",), (*listed, "chifeng@kepu.example.cn")] or (
        listed == ("chifeng@kepu.example.cn",) and told[1] == listed
    )


def order(desk, effect):
    """Let a coordinator have ordered something."""
    act = NewAct("coordinator@example.cn", CAMPAIGN, "pause", "暂停", repr(effect), (effect,))
    with desk.office.ledger.writing() as connection:
        carry_out(connection, act, None, desk.clock.now())


def test_a_paused_campaign_writes_to_nobody_and_what_waits_is_withdrawn(desk):
    desk.go(5, 9, 10)
    chase(desk.office)
    letter = claim_reminder_of(desk, "chifeng")
    order(desk, Pause(CAMPAIGN))
    assert reason_to_withdraw(desk.office, letter) == "paused"
    desk.go(5, 11, 10)
    assert chase(desk.office) == 0
    order(desk, Resume(CAMPAIGN))
    assert chase(desk.office) == 27


def test_a_unit_that_is_left_in_peace_gets_no_reminder(desk):
    order(desk, Pause(CAMPAIGN, "chifeng"))
    desk.go(5, 9, 10)
    assert chase(desk.office) == 26
    assert not desk.letters("reminder", unit="chifeng")


@pytest.fixture
def with_superior(desk):
    """Let 赤峰 be the 上级 of two units of the roster."""
    campaign = desk.office.campaign(CAMPAIGN)
    parent = campaign.roster.get("chifeng")
    units = tuple(
        replace(u, parent=parent.name) if u.id in {"wuhai", "baotou"} else u
        for u in campaign.roster.units
    )
    changed = Campaign(
        campaign.file, campaign.forms, Roster(units), campaign.blanks, campaign.folder
    )
    others = tuple(c for c in desk.office.campaigns if c.id != CAMPAIGN)
    desk.office.campaigns = (changed, *others)
    return desk


@pytest.mark.parametrize(
    ("day", "units"),
    [
        ((6, 15), ()),  # the day itself
        ((6, 16), ()),  # one day after
        ((6, 19), ("包头市", "乌海市")),  # three days after, a Sunday moved to Monday
        ((6, 25), ("包头市", "乌海市")),  # seven days after, 端午节 moved to a worked Sunday
    ],
)
def test_after_the_deadline_the_superior_is_told_of_its_units_in_one_letter(
    with_superior, day, units
):
    desk = with_superior
    desk.go(*day, 10)
    chase(desk.office)
    letters = desk.letters("superior")
    assert len(letters) == bool(units)
    for letter in letters:
        assert letter.unit == "chifeng"
        assert all(unit in desk.text(letter.id) for unit in units)
        assert "通辽" not in desk.text(letter.id)
    assert chase(desk.office) == 0


def test_a_superior_is_not_told_of_units_that_have_sent_everything(with_superior):
    desk = with_superior
    for requirement in ("statistics", "report", "media"):
        desk.submit("wuhai", requirement)
    desk.submit("baotou", "report")
    desk.go(6, 19, 10)
    chase(desk.office)
    (letter,) = desk.letters("superior")
    assert "乌海市" not in desk.text(letter.id)
    assert "影像资料" in desk.text(letter.id)
    assert "总结报告" not in desk.text(letter.id)
