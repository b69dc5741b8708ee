"""The digest as it is made from the ledger: what waits, who is new, what only a link came of."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.policy import default

import pytest

from bot.reminders.chasing import chase
from bot.reports.digesting import digest_view, report
from parsers.mail import CloudLink, Mail, Party
from rules.campaign import Campaign
from rules.decision import Decision, Submission, UnitMatch
from rules.judging.announced import find_announced
from rules.outcome import Outcome, Standing
from rules.roster import Roster
from state.rows.mails import MailHeaders, NewArrival
from tests.unit.made_office import CAMPAIGN, MAILBOX, at, made


@pytest.fixture
def desk(tmp_path):
    with made(tmp_path) as office:
        yield office


def html_of(desk, row) -> str:
    message = message_from_bytes(desk.office.ledger.letter_raw(row.id), policy=default)
    body = message.get_body(("html",))
    assert body is not None
    return body.get_content()


def decide(desk, decision: Decision, sender: str) -> int:
    desk.count += 1
    ledger, now, sha = desk.office.ledger, desk.clock.now(), f"{desk.count:064x}"
    arrival = NewArrival(MAILBOX, "INBOX", 1, desk.count, now, sha, sha, 1)
    mail = ledger.record_arrivals((arrival,), now)[0].mail_id
    assert ledger.claim_mail("w", now, desk.lease)
    headers = MailHeaders(f"<{desk.count}@example.cn>", "报送", sender)
    assert ledger.record_decision(mail, "w", now, decision, headers)
    return mail


def announce(desk, unit: str, name: str, ends) -> None:
    """Let a unit send a link where a film is owed."""
    campaign = desk.office.campaign(CAMPAIGN)
    link = CloudLink(name, "812.5M", ends, "mail.163.com", "netease")
    mail = Mail("<l@example.cn>", "视频", Party("", "x@example.cn"), links=(link,))
    found = find_announced(mail, campaign)
    match = UnitMatch(unit, unit, "sender")
    decide(desk, Decision(Outcome.RETURNED, "announced-only", CAMPAIGN, match, (), found), "x@q.cn")


def test_a_held_mail_has_a_button_for_each_unit_it_may_be_from(desk):
    candidates = tuple(UnitMatch(u, u, "filename", 0.7) for u in ("tongliao", "chifeng"))
    held = Decision(Outcome.HELD, "unit-uncertain", CAMPAIGN, candidates=candidates)
    number = decide(desk, held, "someone@example.com")
    desk.go(5, 9, 8, 31)
    report(desk.office)
    (row,) = desk.letters("digest")
    text = desk.text(row.id)
    assert f"认领 第{number}号 → 通辽市科学技术局 [" in text
    assert f"重读 第{number}号 [" in text
    assert html_of(desk, row).count(f"mailto:{MAILBOX}?subject=") >= 4


def test_an_address_that_is_not_on_the_roster_is_proposed_once(desk):
    submission = Submission(CAMPAIGN, "project", "chifeng", "", Standing.ACCEPTED, ())
    match = UnitMatch("chifeng", "赤峰市科学技术局", "form")
    decision = Decision(Outcome.ACCEPTED, "complete", CAMPAIGN, match, (submission,))
    number = decide(desk, decision, "clerk@example.com")
    for day in (9, 10):
        desk.go(5, day, 8, 31)
        report(desk.office)
    first, second = (desk.text(row.id) for row in desk.letters("digest"))
    assert "clerk@example.com" in first
    assert f"收录 第{number}号 → 赤峰市科学技术局" in first
    assert "clerk@example.com" not in second


def test_a_link_is_told_until_it_expires_or_its_file_comes(desk):
    desk.go(6, 8, 9)
    announce(desk, "chifeng", "赤峰视频.mp4", at(6, 14, 12))
    announce(desk, "wuhai", "乌海视频.mp4", at(6, 11, 12))
    announce(desk, "baotou", "包头视频.mp4", at(6, 20, 12))
    desk.go(6, 9, 9)
    desk.submit("baotou", "media")
    campaign = desk.office.campaign(CAMPAIGN)
    told = [link.name for link in digest_view(desk.office, campaign, with_rollup=False).links]
    assert told == ["乌海视频.mp4", "赤峰视频.mp4"]
    desk.go(6, 12, 9)
    told = [link.name for link in digest_view(desk.office, campaign, with_rollup=False).links]
    assert told == ["赤峰视频.mp4"]


def test_a_unit_whose_link_expires_is_written_to_two_days_before(desk):
    desk.go(6, 1, 9)
    announce(desk, "chifeng", "赤峰视频.mp4", at(6, 7, 12))
    desk.go(6, 5, 10)
    assert chase(desk.office) == 1
    (row,) = desk.letters("reminder", unit="chifeng")
    assert row.subject.startswith("链接快到期：")
    assert row.requirements == ("media",)
    assert "赤峰视频.mp4" in desk.text(row.id)
    desk.go(6, 6, 10)
    assert chase(desk.office) == 0


def test_totals_stand_beside_last_years_where_the_campaign_gives_them(desk):
    campaign = desk.office.campaign(CAMPAIGN)
    told = tuple(
        r.model_copy(update={"last_year": {"participants": 132_000.0}})
        if r.key == "statistics"
        else r
        for r in campaign.file.requirements
    )
    file = campaign.file.model_copy(update={"requirements": told})
    changed = Campaign(file, campaign.forms, campaign.roster, campaign.blanks, campaign.folder)
    view = digest_view(desk.office, changed, with_rollup=False)
    (total,) = view.totals
    assert (total.label, total.value, total.last_year) == ("参加活动人员", 0, 132_000)
    assert digest_view(desk.office, campaign, with_rollup=False).totals == ()


def test_who_never_wrote_and_who_cannot_be_reached_is_marked(desk):
    campaign = desk.office.campaign(CAMPAIGN)
    units = tuple(replace(u, addresses=()) if u.id == "wuhai" else u for u in campaign.roster.units)
    changed = Campaign(
        campaign.file, campaign.forms, Roster(units), campaign.blanks, campaign.folder
    )
    desk.submit("chifeng", "project", Standing.RETURNED)
    lines = {m.unit_name: m for m in digest_view(desk.office, changed, with_rollup=False).missing}
    assert not lines["赤峰市科学技术局"].silent
    assert lines["乌海市科学技术局"].silent
    assert lines["乌海市科学技术局"].unreachable
    assert not lines["通辽市科学技术局"].unreachable


def test_a_reminder_that_did_not_leave_in_its_day_is_in_the_next_digest(desk):
    desk.go(5, 9, 10)
    chase(desk.office)
    ledger = desk.office.ledger
    [letter] = ledger.claim_letters(MAILBOX, "w", desk.clock.now(), desk.lease)
    ledger.record_attempt(letter.id, "w", desk.clock.now(), "withdrawn", None, "stale")
    view = digest_view(desk.office, desk.office.campaign(CAMPAIGN), with_rollup=False)
    (lost,) = view.letters.undelivered
    assert (lost.state, lost.recipient) == ("stale", letter.recipients[0])
