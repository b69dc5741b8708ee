"""The clock and the simulated one keep the same promises."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.clock import Clock, SimulatedClock

START = datetime(2023, 5, 8, 1, tzinfo=UTC)


@pytest.fixture(params=["real", "simulated"])
def clock(request):
    return Clock() if request.param == "real" else SimulatedClock(START)


def test_now_is_aware_and_utc(clock):
    assert clock.now().utcoffset() == timedelta(0)


def test_time_does_not_run_backwards(clock):
    first = clock.now()
    clock.sleep(0.001)
    assert clock.now() >= first + timedelta(seconds=0.001)


def test_sleeping_for_nothing_or_less_is_nothing(clock):
    clock.sleep(0)
    clock.sleep(-5)


def test_a_simulated_clock_moves_only_when_told():
    clock = SimulatedClock(START)
    assert clock.now() == clock.now() == START
    clock.advance(timedelta(days=1))
    clock.sleep(30)
    assert clock.now() == START + timedelta(days=1, seconds=30)
    clock.set(START + timedelta(days=2))
    assert clock.now() == START + timedelta(days=2)


def test_a_simulated_clock_shows_utc_whatever_zone_it_was_set_in():
    shanghai = timezone(timedelta(hours=8))
    assert SimulatedClock(datetime(2023, 5, 8, 9, tzinfo=shanghai)).now().tzinfo is UTC


def test_a_simulated_clock_refuses_the_past_and_times_without_a_zone():
    clock = SimulatedClock(START)
    with pytest.raises(ValueError, match="cannot go back"):
        clock.set(START - timedelta(seconds=1))
    with pytest.raises(ValueError, match="no time zone"):
        SimulatedClock(START.replace(tzinfo=None))
