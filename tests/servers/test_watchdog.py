"""A server that stalls drop by drop, past every timeout of a socket, stops nothing for good."""

from __future__ import annotations

import contextlib
import signal
import socket
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime

import pytest

from bot.clock import Clock
from bot.mailboxes.base import WorldFault
from bot.mailboxes.kinds import open_mailbox
from bot.settings import Account
from bot.watch.heartbeats import read_heartbeats
from tests.servers.imap_script import Kept, ScriptedImap
from tests.story.deployment import COMMAND, ROOT, end

BOX = "collect@example.cn"
RAW = b"From: a@example.cn\r\nSubject: x\r\nMessage-ID: <1@example.cn>\r\n\r\nbody\r\n"


class Dribbling(ScriptedImap):
    """Answers the verb in `at` with a drop every so often, on the first `times` connections."""

    def __post_init__(self):
        super().__post_init__()
        self.at, self.times, self.over = "FETCH", 1, threading.Event()
        self.dribbles = threading.Event()
        self._mine = threading.local()

    def talk(self, file):
        self._mine.file = file
        super().talk(file)

    def _dribble(self, verb):
        if verb != self.at or self.connections > self.times:
            return False
        file = self._mine.file
        with contextlib.suppress(OSError, ValueError):
            file.write(b"* 1 FETCH (UID 1 BODY[] {500000}\r\n" if verb == "FETCH" else b"* ")
            while not self.over.wait(0.2):
                file.write(b"x")
                file.flush()
                self.dribbles.set()
        return True

    def on_login(self, command, state):
        return None if self._dribble("LOGIN") else super().on_login(command, state)

    def on_uid_fetch(self, command, state):
        body = "BODY.PEEK[]" in command
        return None if body and self._dribble("FETCH") else super().on_uid_fetch(command, state)


@pytest.fixture
def server():
    today = datetime.now(UTC).strftime('"%d-%b-%Y %H:%M:%S +0000"')
    with Dribbling(mails=[Kept(1, RAW, today)]) as scripted:
        yield scripted
        scripted.over.set()


def account(port):
    imap = {"host": "127.0.0.1", "port": port, "tls": "plain"}
    return Account(address=BOX, provider="custom", imap=imap, password="secret")


def test_breaking_off_ends_a_poll_that_waits_for_a_dribbling_server(server):
    box, ended = open_mailbox(account(server.port), Clock()), []

    def poll():
        try:
            list(box.poll(lambda *_: set()))
        except WorldFault as fault:
            ended.append(fault)

    thread = threading.Thread(target=poll)
    thread.start()
    assert server.dribbles.wait(120)
    assert thread.is_alive()
    box.break_off()
    thread.join(120)
    assert not thread.is_alive()
    assert ended
    assert [one.uid for one in box.poll(lambda *_: set()) if hasattr(one, "uid")] == [1]
    box.close()


def test_breaking_off_a_mailbox_that_waits_for_nothing_does_nothing(server):
    box = open_mailbox(account(server.port), Clock())
    box.break_off()
    box.close()


def test_a_worker_that_hangs_at_login_begins_again_in_place_and_takes_the_mail(server, tmp_path):
    """Nothing can be broken off before there is a session, so the process starts anew."""
    server.at = "LOGIN"
    config = tmp_path / "shoubiao.toml"
    config.write_text(
        f"""
data = "data"
[watch]
stuck_seconds = 5
[[accounts]]
address = "{BOX}"
provider = "custom"
password = "secret"
poll_seconds = 1
imap = {{host = "127.0.0.1", port = {server.port}, tls = "plain"}}
"""
    )
    with (tmp_path / "log").open("wb") as log:
        command = [*COMMAND, "run", "--config", str(config)]
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
    try:
        wait_until(lambda: "arrived" in text(tmp_path), 300)
        (beat,) = read_heartbeats(tmp_path / "data")
        assert beat["pid"] == process.pid
        assert beat["restarts"] >= 1  # a machine that pauses is a reason for one more
        wait_until(lambda: live(config) == 0, 300)
        told = text(tmp_path)
        assert '"stuck"' in told
        assert '"restarting"' in told
        assert BOX not in told
    finally:
        assert end(process, signal.SIGTERM) == 0, text(tmp_path)
    assert live(config) == 1


def live(config):
    command = [*COMMAND, "doctor", "--live", "--config", str(config)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode


def text(folder):
    return (folder / "log").read_text(encoding="utf-8")


def wait_until(true, seconds):
    last = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < last, "it did not happen"
        time.sleep(0.2)


def test_systemd_is_told_that_the_worker_is_ready_alive_and_stopping(tmp_path):
    path = tmp_path / "notify"
    code = (
        "import sys\nfrom pathlib import Path\nfrom bot.clock import Clock\n"
        "from bot.watch.pulse import Pulse\nfrom bot.watch.watchdog import Watchdog\n"
        "dog = Watchdog(Pulse(), Clock(), Path(sys.argv[1]) / 'heartbeat', 60)\n"
        "dog.start()\ndog.stop()\n"
    )
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(path))
        manager.settimeout(120)
        env = {"NOTIFY_SOCKET": str(path), "PATH": "/usr/bin:/bin"}
        command = [sys.executable, "-c", code, str(tmp_path)]
        subprocess.run(command, cwd=ROOT, env=env, check=True)
        said = [manager.recv(100).decode() for _ in range(3)]
    assert sorted(said) == ["READY=1", "STOPPING=1", "WATCHDOG=1"]
