"""The bot watches over itself: what does not get on is ended, and who may ask is told."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from bot.clock import Clock, SimulatedClock
from bot.commands.live import judged
from bot.commands.work import unless_leaving
from bot.watch.heartbeats import read_heartbeats
from bot.watch.metrics import MetricsServer
from bot.watch.presence import Presence
from bot.watch.pulse import Pulse
from bot.watch.silence import watch_polls
from bot.watch.watchdog import Watchdog
from bot.worker import Worker
from tests.unit.made_office import MAILBOX, at, made
from tests.unit.operated import Operated, mail, statistics

ROOT = Path(__file__).parents[2]
HELD_INTERPRETER = """
import re, sys
from pathlib import Path
from bot.clock import Clock
from bot.watch.pulse import Pulse
from bot.watch.watchdog import Watchdog
dog = Watchdog(Pulse(), Clock(), Path(sys.argv[1]) / 'heartbeat', 0.5)
dog.start()
re.match(r"(a+)+$", "a" * 60 + "b")
"""


class LeashedWatchdog(Watchdog):
    """Cannot end this process: that a test is held up for a moment is no reason to."""

    def put_off_the_end(self, seconds):
        self.ends_in = seconds


def watchdog(pulse, path, seconds, restart=lambda: None, clock=None):
    return LeashedWatchdog(pulse, clock or Clock(), path, seconds, restart)


class Time:
    """Seconds that pass when told."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def time():
    return Time()


@pytest.fixture
def pulse(time):
    return Pulse(time)


def test_a_job_that_gets_on_is_never_stuck(pulse, time):
    with pulse.busy("poll"):
        for _ in range(10):
            time.now += 50
            pulse.beat()
        assert pulse.still(60) == []
        time.now += 60
        assert [job.name for job in pulse.still(60)] == ["poll"]
    assert pulse.ages() == {}


def test_a_job_within_a_job_is_part_of_it(pulse, time):
    with pulse.busy("outer"):
        with pulse.busy("inner"):
            assert list(pulse.ages()) == ["outer"]
        time.now += 5
        assert pulse.ages() == {"outer": 5}


def test_a_thread_without_a_job_may_beat(pulse):
    pulse.beat()
    assert pulse.ages() == {}


def test_what_is_stuck_is_broken_off_first_and_only_then_begun_again(tmp_path):
    broken, again = threading.Event(), threading.Event()
    pulse = Pulse()
    dog = watchdog(pulse, tmp_path / "heartbeat", 0.05, again.set)
    with pulse.busy("poll", broken.set):
        dog.start()
        assert broken.wait(60)
        assert again.wait(60)
    dog.stop()
    assert dog.ends_in == pytest.approx(0.15)
    assert not (tmp_path / "heartbeat").exists()


def test_a_job_that_fails_when_broken_off_is_not_begun_again(tmp_path, pulse, time):
    hangs, freed, again = threading.Event(), threading.Event(), []

    def hang():
        with pulse.busy("poll", freed.set):
            hangs.set()
            freed.wait(60)

    thread = threading.Thread(target=hang)
    thread.start()
    assert hangs.wait(60)
    dog = watchdog(pulse, tmp_path / "heartbeat", 30, lambda: again.append("begun"))
    time.now += 30
    dog.look()
    assert freed.is_set()
    thread.join(60)
    for _ in range(3):
        time.now += 30
        dog.look()
    assert again == []
    dog.stop()


def test_a_job_that_goes_on_hanging_is_begun_again_when_its_grace_is_over(tmp_path, pulse, time):
    again = []
    dog = watchdog(pulse, tmp_path / "heartbeat", 30, lambda: again.append("begun"))
    with pulse.busy("poll"):
        for seconds in (30, 29):
            time.now += seconds
            dog.look()
            assert again == []
        time.now += 1
        dog.look()
    assert again == ["begun"]
    dog.stop()


def test_a_library_that_holds_the_interpreter_ends_the_process(tmp_path):
    command = [sys.executable, "-c", HELD_INTERPRETER, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=300, check=False)
    assert done.returncode == 1
    assert b"Timeout" in done.stderr


def test_a_heartbeat_says_who_lives_and_how_long_each_job_was_silent(tmp_path, pulse, time):
    path = tmp_path / "workers" / "w.heartbeat"
    dog = watchdog(pulse, path, 60, clock=SimulatedClock(at(6, 1)))
    pulse.untold.add("disk-low")
    with pulse.busy("poll a"):
        time.now += 7
        dog.look()
    dog.look()
    (beat,) = read_heartbeats(tmp_path)
    assert beat["untold"] == ["disk-low"]
    assert (beat["silent"], beat["restarts"], beat["limit"]) == ({}, 0, 60)
    assert beat["at"] == at(6, 1).astimezone(dog._clock.now().tzinfo).isoformat()
    dog.stop()
    assert read_heartbeats(tmp_path) == []


def test_two_workers_of_one_folder_each_have_a_heartbeat_and_the_dead_ones_is_taken_away(tmp_path):
    folder = tmp_path / "workers"
    names = [Presence(folder, name) for name in ("host-1", "host-2")]
    for number, presence in enumerate(names):
        presence.begin()
        clock = SimulatedClock(at(6, 1, 9, number))
        watchdog(Pulse(), presence.heartbeat, 60, clock=clock).look()
    assert [beat["at"][14:16] for beat in read_heartbeats(tmp_path)] == ["01", "00"]
    os.close(names[1]._held)  # as the kernel does when it was killed
    assert list(names[0].gone()) == ["host-2"]
    assert [beat["at"][14:16] for beat in read_heartbeats(tmp_path)] == ["00"]


@pytest.mark.parametrize(
    ("beat", "said"),
    [
        ({"at": "2023-06-01T01:00:00+00:00", "limit": 60, "silent": {}}, "s old"),
        ({"at": "2023-06-01T02:00:00+00:00", "limit": 60, "silent": {"tick": 121}}, "tick has not"),
        ({"at": "2023-06-01T02:00:00+00:00", "limit": 60, "silent": {"tick": 70}}, ""),
    ],
)
def test_a_worker_is_judged_by_its_last_heartbeat(beat, said):
    trouble = judged(beat, at(6, 1, 10).astimezone())
    assert bool(trouble) == bool(said)
    assert said in "".join(trouble)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"at": 1}', '{"at": "x"}', '"at"'])
def test_a_heartbeat_that_cannot_be_read_is_none(tmp_path, content):
    (tmp_path / "workers").mkdir()
    (tmp_path / "workers" / "w.heartbeat").write_text(content)
    assert read_heartbeats(tmp_path) == []


# no successful poll


@pytest.fixture
def desk(tmp_path):
    with made(tmp_path, admin=("admin@example.cn",)) as desk:
        account = desk.office.settings.accounts[0].model_copy(update={"smtp": SMTP})
        settings = desk.office.settings.model_copy(update={"accounts": (account,)})
        desk.office.settings = settings
        yield desk


SMTP = {"host": "127.0.0.1", "port": 2525, "tls": "plain"}


def poll(desk):
    desk.office.ledger.record_poll(MAILBOX, "INBOX", 1, (), None, desk.clock.now())


def told(desk):
    return [row.kind for row in desk.office.ledger.letters()]


def later(desk, minutes):
    desk.clock.advance(timedelta(minutes=minutes))


def test_half_an_hour_without_a_poll_is_told_once_and_once_that_it_is_over(desk):
    poll(desk)
    for _ in range(9):
        later(desk, 10)
        watch_polls(desk.office)
    assert told(desk) == ["alert"]
    poll(desk)
    watch_polls(desk.office)
    watch_polls(desk.office)
    assert told(desk) == ["alert", "alert-over"]


def test_a_mailbox_that_was_never_polled_is_told_of_too(desk):
    watch_polls(desk.office)
    later(desk, 29)
    watch_polls(desk.office)
    assert told(desk) == []
    later(desk, 1)
    watch_polls(desk.office)
    assert told(desk) == ["alert"]


def test_a_worker_that_was_off_has_half_an_hour_to_poll(desk):
    poll(desk)
    later(desk, 300)
    awake = desk.clock.now()
    watch_polls(desk.office, awake)
    later(desk, 20)
    watch_polls(desk.office, awake)
    assert told(desk) == []
    later(desk, 10)
    watch_polls(desk.office, awake)
    assert told(desk) == ["alert"]


def test_what_was_told_with_its_cause_is_not_told_again(desk):
    poll(desk)
    desk.office.ledger.open_alert("account-paused", f"imap:{MAILBOX}", "", desk.clock.now())
    later(desk, 60)
    watch_polls(desk.office)
    assert told(desk) == []


# metrics


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    bot = Operated(tmp_path_factory.mktemp("measured"))
    bot.put(mail("chifeng@kepu.example.cn", statistics("赤峰市科技局", 1200), name="1"))
    bot.put(mail("teacher@school.example.cn", statistics("我们单位", 900), name="2"))
    bot.round()
    with bot.office() as office:
        yield office


def test_a_worker_that_was_told_to_stop_is_not_begun_again(office):
    """Its successor would not know that it was told, and live on."""
    worker, begun = Worker(office), []
    unless_leaving(worker, lambda: begun.append("before"))
    worker.stop()
    unless_leaving(worker, lambda: begun.append("after"))
    assert begun == ["before"]


def test_prometheus_reads_counts_that_are_the_ledgers(office):
    server = MetricsServer(office, "127.0.0.1", 0, restarts=2)
    try:
        with urlopen(f"http://127.0.0.1:{server.port}/metrics") as answer:
            assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
            lines = answer.read().decode().splitlines()
    finally:
        server.close()
    box = 'mailbox="nmkepu@126.com"'
    assert f'shoubiao_mails{{{box},outcome="accepted"}} 1' in lines
    assert f'shoubiao_mails{{{box},outcome="held"}} 1' in lines
    assert f"shoubiao_mails_unaccounted{{{box}}} 0" in lines
    assert 'shoubiao_letters{kind="receipt",state="rehearsed"} 1' in lines
    assert "shoubiao_restarts_total 2" in lines
    shape = r"# (HELP|TYPE) shoubiao_\w+ .+|shoubiao_\w+(\{(\w+=\"[^\"]*\",?)+\})? -?[\d.]+"
    assert [line for line in lines if not re.fullmatch(shape, line)] == []
    assert "kepu.example.cn" not in "".join(lines)


def test_nothing_but_metrics_is_answered(office):
    server = MetricsServer(office, "127.0.0.1", 0)
    try:
        with pytest.raises(HTTPError, match="404"):
            urlopen(f"http://127.0.0.1:{server.port}/")
    finally:
        server.close()
