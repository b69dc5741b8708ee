"""One installation of the bot in a folder: its campaign set to today's dates, its real process."""

from __future__ import annotations

import json
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from rules.folder.load import SHIPPED
from tests.servers.dovecot import PASSWORD, USERS

CAMPAIGN = "2023-neimenggu"
ROOT = SHIPPED.parent.parent
COMMAND = (sys.executable, "-m", "bot")
AT_MIDDAY_OR_SO = range(1, 22)  # hours: no story is over only on another day than it began
ZONE = next(
    zone
    for zone in map(ZoneInfo, ("Asia/Shanghai", "Europe/Moscow"))
    if datetime.now(zone).hour in AT_MIDDAY_OR_SO
)
AT_ANY_HOUR = 'spread_minutes: 0\n  quiet: {from: "00:00", to: "00:00"}'


def today():
    return datetime.now(ZONE).date()


class Deployment:
    """`accounts` are mailbox addresses of a Dovecot, `smtp_port` is where letters go."""

    def __init__(self, folder, imap_port, smtp_port, accounts=USERS, settings="", **campaign):
        self.folder = folder
        self.config = folder / "shoubiao.toml"
        self.ledger = folder / "data" / "ledger.db"
        folder.mkdir(parents=True, exist_ok=True)
        self._copy_campaign(accounts, **campaign)
        servers = "".join(_account(address, imap_port, smtp_port) for address in accounts)
        self.config.write_text(f'data = "data"\ncampaigns = "campaigns"\n{settings}\n{servers}')

    def _copy_campaign(
        self,
        accounts,
        *,
        due=20,
        digest_to="[]",
        coordinators="[]",
        at="23:59",
        roster=None,
    ):
        """Move the campaign's days so that it is open; `due` is days from today."""
        target = self.folder / "campaigns" / CAMPAIGN
        shutil.copytree(SHIPPED / CAMPAIGN, target, dirs_exist_ok=True)
        if roster is not None:
            (target / "roster.xlsx").write_bytes(roster)
        day = today()
        text = (target / "campaign.yaml").read_text(encoding="utf-8")
        for pattern, new in (
            (r"mailboxes: .*", f"mailboxes: [{', '.join(accounts)}]"),
            (r"opens: \S+", f"timezone: {ZONE.key}\nopens: {day - timedelta(days=30)}"),
            (
                r"window: .*",
                f"window: {{from: {day - timedelta(days=5)}, to: {day + timedelta(days=15)}}}",
            ),
            (r"due: \S+", f"due: {day + timedelta(days=due)}"),
            (r'at: "09:00"', f'at: "{at}"\n  {AT_ANY_HOUR}'),
            (r'at: "08:30"', f'at: "{at}"'),
            (r"workdays_only: true", "workdays_only: false"),
            (r"  to: .*", f"  to: {digest_to}"),
            (r"(?m)^coordinators: .*", f"coordinators: {coordinators}"),
        ):
            text, found = re.subn(pattern, new, text)
            assert found, pattern
        (target / "campaign.yaml").write_text(text, encoding="utf-8")

    def start(self, *arguments, program=COMMAND):
        """Start `shoubiao …`; its log goes to a file that `log` reads."""
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                [*program, *arguments, "--config", str(self.config)],
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=log,
            )

    def once(self, *more, timeout=240):
        """Work one round and return the exit code."""
        process = self.start("run", "--once", *more)
        try:
            return process.wait(timeout)
        finally:
            end(process)

    def says(self, command):
        """Return exit code and JSON rows of a command that looks."""
        done = subprocess.run(
            [*COMMAND, command, "--json", "--config", str(self.config)],
            cwd=ROOT,
            capture_output=True,
            timeout=240,
            check=False,
        )
        assert done.returncode in {0, 1}, done.stderr.decode()
        return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]

    def equations(self):
        """Return what `status --json` says of each mailbox, by address."""
        return {row["mailbox"]: row for row in self.says("status")[1] if "mailbox" in row}

    def log(self):
        """Return the log's entries; lines that are not JSON are no entries."""
        lines = (self.folder / "log").read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]

    def rows(self, query, *parameters):
        """Ask the ledger's file, as a person with sqlite3 would."""
        with sqlite3.connect(f"file:{self.ledger}?mode=ro", uri=True) as connection:
            connection.row_factory = sqlite3.Row
            found = [dict(row) for row in connection.execute(query, parameters)]
        connection.close()
        return found


def end(process, number=signal.SIGKILL):
    """Stop a process by its own number, if it still runs; return its exit code."""
    if process.poll() is None:
        process.send_signal(number)
    return process.wait(240)


def now():
    return datetime.now(UTC)


def _account(address, imap_port, smtp_port):
    return f"""
[[accounts]]
address = "{address}"
password = "{PASSWORD}"
provider = "custom"
imap = {{host = "127.0.0.1", port = {imap_port}, tls = "plain"}}
smtp = {{host = "127.0.0.1", port = {smtp_port}, tls = "plain"}}
poll_seconds = 1
budget = {{per_hour = 100000, per_day = 100000, per_batch = 200, pause_seconds = 0}}
"""
