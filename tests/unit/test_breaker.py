"""When an account may be logged in to again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.mailboxes.breaker import FAULT_MOST, Breaker, Breakers, fingerprint

NOW = datetime(2023, 5, 15, 4, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_a_new_account_may_be_logged_in_to():
    assert Breaker().allows(NOW, "a")


def test_a_refused_login_waits_a_quarter_then_an_hour_then_is_looked_at_once_a_day():
    once = Breaker().refused(NOW, "a")
    assert not once.allows(NOW + 14 * MINUTE, "a")
    assert once.allows(NOW + 15 * MINUTE, "a")
    twice = once.refused(NOW, "a")
    assert not twice.allows(NOW + 59 * MINUTE, "a")
    assert twice.allows(NOW + 60 * MINUTE, "a")
    thrice = twice.refused(NOW, "a")
    assert not thrice.allows(NOW + timedelta(hours=23), "a")
    assert thrice.allows(NOW + timedelta(days=1), "a")
    assert not thrice.refused(NOW, "a").allows(NOW + timedelta(hours=23), "a")


def test_other_credentials_open_the_door_at_once_and_start_the_count_anew():
    stopped = Breaker().refused(NOW, "a").refused(NOW, "a").refused(NOW, "a")
    assert not stopped.allows(NOW, "a")
    assert stopped.allows(NOW, "b")
    assert stopped.refused(NOW, "b").refusals == 1


def test_a_login_that_works_forgets_what_was():
    assert Breaker().refused(NOW, "a").succeeded() == Breaker()


def test_a_refused_door_stays_shut_through_a_network_fault():
    shut = Breaker().refused(NOW, "a").refused(NOW, "a").refused(NOW, "a").faulted(NOW)
    assert not shut.allows(NOW + timedelta(hours=23), "a")


def test_a_door_shut_by_a_clock_that_ran_years_ahead_opens_when_the_clock_is_right_again():
    ahead = NOW + timedelta(days=4000)
    assert Breaker().refused(ahead, "a").allows(NOW, "a")
    assert Breaker().faulted(ahead).allows(NOW, "a")


@given(st.integers(0, 40), st.floats(0, 1))
def test_faults_wait_ever_longer_up_to_a_limit(faults, jitter):
    breaker = Breaker(faults=faults)
    until = breaker.faulted(NOW, jitter).until
    assert NOW + timedelta(seconds=30) <= until <= NOW + FAULT_MOST * 1.5
    assert breaker.faulted(NOW, jitter).faults == faults + 1


def test_a_restart_is_no_new_attempt(tmp_path):
    breakers = Breakers(tmp_path / "breakers.json")
    breakers["a@example.cn"] = Breaker().refused(NOW, "print")
    again = Breakers(tmp_path / "breakers.json")
    assert again["a@example.cn"] == breakers["a@example.cn"]
    assert not again["a@example.cn"].allows(NOW, "print")
    assert again["b@example.cn"] == Breaker()


def test_a_damaged_file_of_breakers_does_not_stop_the_bot(tmp_path):
    path = tmp_path / "breakers.json"
    for text in ("", "[]", '{"a": {"until": 3}}', '{"a": {"what": 3}}', '{"a": 1}'):
        path.write_text(text)
        assert Breakers(path)["a"] == Breaker()


def test_the_fingerprint_changes_with_the_password_and_does_not_tell_it():
    one = fingerprint("a@example.cn", "secret-code")
    assert one == fingerprint("a@example.cn", "secret-code")
    assert one != fingerprint("a@example.cn", "secret-code2")
    assert "secret" not in one
