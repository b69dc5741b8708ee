"""Do scans and full archives in front hold up forms? The real worker's letters, in their order.

Run as `python -m tests.bench.lanes --scans 20 --archives 3 --forms 20`.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import shutil
import tempfile
import time
import zipfile
from pathlib import Path

from rich.console import Console

from rules.folder.load import load_campaigns
from tests.bench.copies import Papers
from tests.bench.crowd import mails, roster, unit_name, unit_row
from tests.bench.measured import measure
from tests.servers.dovecot import USERS, Dovecot
from tests.story.deployment import Deployment
from tests.story.sink import Sink
from tests.unit.test_slow import SCAN, mail_with

ADDRESS = USERS[0]


def main():
    """Print after how many seconds the last form was answered, and the last mail of all."""
    options = _options()
    folder = Path(tempfile.mkdtemp(prefix="lanes-"))
    folder.chmod(0o755)
    try:
        with Dovecot() as server, Sink() as sink:
            people = roster(options.forms + options.scans + options.archives)
            bot = Deployment(folder / "bot", server.port, sink.port, (ADDRESS,), roster=people)
            _fill(server, bot, options)
            cost = measure(bot.start("run", "--once"))
            rows = bot.rows("select subject, decided_at, outcome from mails order by decided_at")
            letters = [(at.at - cost.started, at.kind) for at in sink.accepted]
    finally:
        shutil.rmtree(folder)
    forms = [place for place, row in enumerate(rows, 1) if "统计表报送" in row["subject"]]
    ended = max(at for at, kind in letters if kind == "receipt")
    before = f"{options.scans} scans and {options.archives} full archives"
    told = [
        f"{before} came before {len(forms)} forms",
        f"the last form was decided as number {forms[-1]} of {len(rows)}",
        f"receipts of forms until {ended:.1f} s, all letters until {letters[-1][0]:.1f} s",
        f"the round took {cost.ended - cost.started:.1f} s",
    ]
    for line in told:
        Console().print(line)


def _fill(server, bot, options):
    campaign = load_campaigns(bot.folder / "campaigns")[0]
    waiting = [mail_with("扫描件.jpg", SCAN, number) for number in range(options.scans)]
    archive = _archive(campaign)
    waiting += [mail_with("全部.zip", archive, options.scans + n) for n in range(options.archives)]
    waiting = [_from_unit(raw, number) for number, raw in enumerate(waiting)]
    waiting += mails(campaign, ADDRESS, options.forms, options.forms, 50_000)
    start = time.time() - 3600
    for number, raw in enumerate(waiting):
        path = server.maildir(ADDRESS) / "new" / f"{number:07d}.M1.example"
        path.write_bytes(raw)
        os.utime(path, (start + number, start + number))
        os.chown(path, server.owner.pw_uid, server.owner.pw_gid)


def _from_unit(raw, number):
    """Let a unit of the roster have sent it: strangers' mails wait behind forms in any case."""
    sender = f"unit{number}@kepu.example.cn".encode()
    return raw.replace(sender, unit_row(number)[3].encode())


def _archive(campaign):
    """Return a full archive: many forms, each another."""
    papers, dice, file = Papers(campaign), random.Random(1), io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(300):
            archive.writestr(f"{number}.docx", papers.of("docx", unit_name(number), dice)[1])
    return file.getvalue()


def _options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scans", type=int, default=20)
    parser.add_argument("--archives", type=int, default=3)
    parser.add_argument("--forms", type=int, default=20)
    return parser.parse_args()


if __name__ == "__main__":
    main()
