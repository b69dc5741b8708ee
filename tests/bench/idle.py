"""What a mailbox of many old mails costs: the first looks, then polls of it unchanged, and a tick.

Run as `python -m tests.bench.idle --mails 50000 --polls 1000`: a real Dovecot, the real poller.
"""

from __future__ import annotations

import argparse
import imaplib
import os
import shutil
import statistics
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from rich.console import Console
from sqlalchemy import update

from bot.mailboxes.base import Folders
from bot.mails.polling import Poller
from bot.office import open_office
from bot.settings.load import load_settings
from bot.watch.missing import watch_missing
from bot.worker import Worker
from state.rows.mails import NewArrival
from state.tables import mails
from tests.bench.peaks import high_water
from tests.servers.dovecot import USERS, Dovecot
from tests.story.deployment import Deployment, now

ADDRESS = USERS[0]
MOST_COMMANDS, MOST_CPU = 3, 0.050  # of a poll: DESIGN §9


class Counted:
    """Commands that went to the server since this was last asked."""

    def __init__(self):
        self._commands, new_tag = [], imaplib.IMAP4._new_tag

        def counting(imap):
            self._commands.append(1)
            return new_tag(imap)

        imaplib.IMAP4._new_tag = counting

    def take(self):
        taken, self._commands[:] = list(self._commands), []
        return taken


def main():
    """Print one line for each look."""
    options = _options()
    folder = Path(tempfile.mkdtemp(prefix="idle-"))
    folder.chmod(0o755)
    try:
        with Dovecot() as server:
            bot = Deployment(folder / "bot", server.port, 1, (ADDRESS,))
            _fill(server, options)
            _measure(bot, options)
    finally:
        shutil.rmtree(folder)


def _measure(bot, options):
    counted, settings = Counted(), load_settings(bot.config)
    with open_office(settings) as office:
        poller = Poller(office, settings.accounts[0], lambda: False)
        _poll(poller, counted, "first look, all of it older than look_back_days")
        poller.close()
    shutil.rmtree(settings.data)
    with open_office(settings) as office:
        office.ledger.record_poll(ADDRESS, "INBOX", 1, [], None, now() - timedelta(days=300))
        poller = Poller(office, settings.accounts[0], lambda: False)
        for number in range(1, options.first + 1):
            _poll(poller, counted, f"look {number}, nothing of it known")
        _know(office, poller)
        _poll(poller, counted, "first look, all of it known")
        _idle(poller, counted, options.polls)
        _cpu("the equation", lambda: watch_missing(office))
        worker = Worker(office)
        _cpu("a whole tick", worker.tick)
        _cpu("a whole tick, again", worker.tick)
        poller.close()


def _poll(poller, counted, what):
    began, cpu = time.monotonic(), time.process_time()
    taken = poller.poll(Folders.INBOX)
    told = f"{taken} mails, {len(counted.take())} commands, "
    told += f"{(time.process_time() - cpu) * 1000:.0f} ms CPU, {time.monotonic() - began:.1f} s"
    _say(what, f"{told}, {_resident():.0f} MiB (peak {high_water(os.getpid()):.0f})")


def _idle(poller, counted, polls):
    cpu, commands, memory = [], [], []
    for number in range(polls):
        began = time.process_time()
        poller.poll(Folders.INBOX)
        cpu.append((time.process_time() - began) * 1000)
        commands.append(len(counted.take()))
        if number % max(1, polls // 10) == 0:
            memory.append(round(_resident(), 1))
    worst = sorted(cpu)[-max(1, polls // 100)]
    told = f"commands {statistics.mean(commands):.2f} (most {max(commands)}), CPU ms median "
    told += f"{statistics.median(cpu):.1f}, 99 % under {worst:.1f}; to hold: {MOST_COMMANDS}, "
    _say(f"{polls} polls unchanged", f"{told}{MOST_CPU * 1000:.0f} ms")
    _say("resident MiB meanwhile", ", ".join(map(str, memory)))


def _cpu(what, job):
    began = time.process_time()
    job()
    _say(what, f"{(time.process_time() - began) * 1000:.0f} ms CPU")


def _know(office, poller):
    """Let the ledger hold a decided row for every mail, as it does after years."""
    session = poller._box._open()
    validity, uids = session.examine("INBOX").uidvalidity, session.search(None)
    known, at = office.ledger.known_uids(ADDRESS, "INBOX", validity), now()
    rows = [
        NewArrival(ADDRESS, "INBOX", validity, uid, at, f"{uid:064x}", f"{uid:064x}", 900)
        for uid in uids if uid not in known
    ]  # fmt: skip
    for start in range(0, len(rows), 5000):
        office.ledger.record_arrivals(rows[start : start + 5000], at)
    with office.ledger.writing() as connection:
        connection.execute(update(mails).values(outcome="ignored", reason="old", decided_at=at))


def _fill(server, options):
    box, start = server.maildir(ADDRESS) / "cur", now() - timedelta(days=200)
    for number in range(options.mails):
        path = box / f"{number:07d}.M1.example:2,S"
        path.write_bytes(b"From: a%d@example.cn\r\nSubject: old %d\r\n\r\nx\r\n" % (number, number))
        at = (start + timedelta(seconds=number)).timestamp()
        os.utime(path, (at, at))
        os.chown(path, server.owner.pw_uid, server.owner.pw_gid)


def _resident():
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGESIZE") / 2**20


def _say(what, told):
    Console(width=160, highlight=False).print(f"{what:48}{told}")


def _options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mails", type=int, default=50_000)
    parser.add_argument("--polls", type=int, default=1000)
    parser.add_argument("--first", type=int, default=2, help="looks while all of it is new")
    return parser.parse_args()


if __name__ == "__main__":
    main()
