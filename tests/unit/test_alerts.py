"""The operator hears of each trouble once, and once that it is over, whatever is restarted."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from bot.clock import SimulatedClock
from bot.office import open_office
from bot.settings import Account, Settings
from bot.watch.alerts import alarm, all_clear
from tests.unit.made_office import at

BOX, OTHER = "kepu@example.cn", "other@example.cn"


def account(address, folder):
    smtp = {"host": "127.0.0.1", "port": 2525, "tls": "plain"}
    box = folder / address
    return Account(address=address, kind="maildir", maildir=box, provider="custom", smtp=smtp)


def open_at(folder, moment, boxes=(BOX,), **more):
    accounts = tuple(account(address, folder) for address in boxes)
    given = {"admin": ("admin@example.cn",)} | more
    settings = Settings(data=folder / "data", accounts=accounts, **given)
    return open_office(settings, SimulatedClock(moment))


@pytest.fixture
def office(tmp_path):
    with open_at(tmp_path, at(6, 1)) as opened:
        yield opened


def told(office):
    return [(row.kind, row.recipients[0]) for row in office.ledger.letters()]


def text_of(office, row):
    message = message_from_bytes(office.ledger.letter_raw(row.id), policy=default)
    return message.get_body(("plain",)).get_content()


def test_a_trouble_is_told_once_however_often_it_is_seen(office):
    assert alarm(office, "no-poll", BOX)
    for _ in range(3):
        office.clock.advance(timedelta(minutes=10))
        assert not alarm(office, "no-poll", BOX)
    assert told(office) == [("alert", "admin@example.cn")]


def test_its_end_is_told_once_with_how_long_it_lasted(office):
    alarm(office, "no-poll", BOX)
    office.clock.advance(timedelta(minutes=100))
    assert all_clear(office, "no-poll", BOX)
    assert not all_clear(office, "no-poll", BOX)
    assert [kind for kind, _ in told(office)] == ["alert", "alert-over"]
    assert "1小时40分钟" in text_of(office, office.ledger.letters()[-1])


def test_nothing_is_told_of_an_end_without_a_beginning(office):
    assert not all_clear(office, "no-poll", BOX)
    assert told(office) == []


def test_a_restart_knows_what_was_told(tmp_path):
    with open_at(tmp_path, at(6, 1)) as before:
        alarm(before, "account-paused", f"smtp:{BOX}", "login-refused")
    with open_at(tmp_path, at(6, 2)) as after:
        assert not alarm(after, "account-paused", f"smtp:{BOX}", "login-refused")
        assert all_clear(after, "account-paused", f"smtp:{BOX}")
        assert [kind for kind, _ in told(after)] == ["alert", "alert-over"]


def test_the_same_trouble_later_is_told_again(office):
    for _ in range(2):
        alarm(office, "no-poll", BOX)
        office.clock.advance(timedelta(hours=1))
        all_clear(office, "no-poll", BOX)
    assert [kind for kind, _ in told(office)] == ["alert", "alert-over"] * 2


def test_a_crash_between_the_trouble_and_its_letter_loses_no_letter(office):
    office.ledger.open_alert("no-poll", BOX, "", office.clock.now())
    assert not alarm(office, "no-poll", BOX)
    assert told(office) == [("alert", "admin@example.cn")]


def test_troubles_of_two_mailboxes_are_two(office):
    alarm(office, "no-poll", BOX)
    alarm(office, "no-poll", OTHER)
    assert len(told(office)) == 2


def test_the_letter_leaves_from_a_mailbox_that_is_not_in_trouble(tmp_path):
    with open_at(tmp_path, at(6, 1), (BOX, OTHER)) as office:
        alarm(office, "account-paused", f"smtp:{BOX}", "login-refused")
        (row,) = office.ledger.letters()
        assert row.account == OTHER


def test_coordinators_are_told_where_no_admin_is_named(tmp_path):
    people = {"admin": (), "coordinators": ("ke@example.cn",)}
    with open_at(tmp_path, at(6, 1), **people) as office:
        alarm(office, "disk-low")
        assert "ke@example.cn" in {row.recipients[0] for row in office.ledger.letters()}


def test_the_letter_says_what_is_wrong_with_which_mailbox_and_what_to_do(office):
    alarm(office, "account-paused", f"smtp:{BOX}", "login-refused")
    text = text_of(office, office.ledger.letters()[0])
    assert BOX in text
    assert "发信" in text
    assert "授权码被拒绝" in text
    assert "请这样处理" in text


def test_a_trouble_without_words_of_its_own_is_told_all_the_same(office):
    alarm(office, "something-new")
    assert "shoubiao doctor" in text_of(office, office.ledger.letters()[0])


@pytest.mark.parametrize(
    ("settings", "why"), [({"admin": ()}, "no-operator"), ({"smtp": False}, "no-smtp")]
)
def test_a_trouble_that_nobody_can_be_told_of_is_shouted_in_the_log_and_kept_for_the_heartbeat(
    tmp_path, monkeypatch, settings, why
):
    shouted = []
    monkeypatch.setattr(
        "bot.watch.alerts.log.critical", lambda *a, **k: shouted.append((*a, k["why"]))
    )
    empty = tmp_path / "campaigns"
    empty.mkdir()
    admin = settings.get("admin", ("a@b.cn",))
    with open_at(tmp_path, at(6, 1), campaigns=empty, admin=admin) as office:
        if "smtp" in settings:
            bare = office.settings.accounts[0].model_copy(update={"smtp": None})
            office.settings = office.settings.model_copy(update={"accounts": (bare,)})
        for _ in range(3):
            alarm(office, "disk-low")
        assert shouted == [("alert-untold", why)]
        assert office.pulse.untold == {"disk-low"}
        assert all_clear(office, "disk-low")
        assert office.pulse.untold == set()
