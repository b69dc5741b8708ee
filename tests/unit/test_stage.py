"""Stages of a round run side by side, and end one after the other."""

from __future__ import annotations

import threading

import pytest

from bot.stage import Stage


def test_a_stage_looks_once_more_after_its_feeder_has_ended():
    source, taken, go = [], [], threading.Event()

    def feed():
        go.wait(60)
        source.append("late")

    def take():
        while source:
            taken.append(source.pop())
        go.set()

    feeder = Stage([feed])
    stage = Stage([take], feeder)
    feeder.finish()
    stage.finish()
    assert taken == ["late"]


def test_a_stage_runs_until_all_its_jobs_have_ended():
    go = threading.Event()
    stage = Stage([lambda: None, lambda: go.wait(60)])
    assert stage.runs
    go.set()
    stage.finish()
    assert not stage.runs


def test_a_fault_in_one_stage_ends_it_and_is_raised_while_the_next_goes_on():
    def fail():
        raise OSError("full")

    done = []
    feeder = Stage([fail])
    stage = Stage([lambda: done.append(1)], feeder)
    stage.finish()
    assert done
    with pytest.raises(OSError, match="full"):
        feeder.finish()


def test_a_stage_without_jobs_is_over():
    stage = Stage([])
    assert not stage.runs
    stage.finish()
