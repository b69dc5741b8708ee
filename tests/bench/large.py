"""A mail with a film through the real worker, and the commands that look at it: peak memory.

Run as `python -m tests.bench.large --film 50`: MiB of the film; its mail is a third larger.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from rich.console import Console
from rich.table import Table

from rules.folder.load import load_campaigns
from tests.bench.copies import Papers
from tests.bench.crowd import roster, unit_name, unit_row
from tests.bench.peaks import peaks_of
from tests.servers.dovecot import USERS, Dovecot
from tests.story.deployment import Deployment, now
from tests.story.sink import Sink
from tests.unit.video_files import HD

WORKER, CHILD = 200, 512  # MiB: the figures of DESIGN §9


def main():
    """Print the peaks of the worker and of every command that touches such a mail."""
    options = _options()
    folder = Path(tempfile.mkdtemp(prefix="large-"))
    folder.chmod(0o755)
    try:
        with Dovecot() as server, Sink() as sink:
            people = roster(max(2, options.mails))
            bot = Deployment(folder / "bot", server.port, sink.port, USERS[:1], roster=people)
            sizes = [_deliver(server, bot, n, options.film) for n in range(options.mails)]
            rows = list(_rows(bot, folder))
            letters = len(sink.accepted)
    finally:
        shutil.rmtree(folder)
    told = f"{len(sizes)} mails of {max(sizes) / 1e6:.0f} MB, {letters} letters"
    _show(told, rows)


def _rows(bot, folder):
    """Yield (what, its peaks), the worker first."""
    yield "run --once", peaks_of(bot.start("run", "--once"))
    mail = bot.rows("select id, outcome, reason from mails order by id")[0]
    yield f"({mail['outcome']}, {mail['reason']})", None
    yield "run --once, nothing new", peaks_of(bot.start("run", "--once"))
    number, into = str(mail["id"]), str(folder / "out")
    yield "verify", peaks_of(bot.start("verify"))
    yield "backup", peaks_of(bot.start("backup", "-o", into + "-b", "--copy"))
    yield "export", peaks_of(bot.start("export", "2023-neimenggu", "-o", into + ".xlsx"))
    yield "trace", peaks_of(bot.start("trace", "2023-neimenggu", "participants"))
    yield "held export", peaks_of(bot.start("held", "export", number, "-o", into))


def large_mail(campaign, mailbox, number, film):
    """Return a unit's filled form and a film of so many bytes in one mail."""
    _, name, contact, address, _ = unit_row(number)
    message = EmailMessage(policy=SMTP)
    message["From"] = f'"{contact}" <{address}>'
    message["To"] = mailbox
    message["Subject"] = f"{name}统计表和视频"
    message["Message-ID"] = f"<large.{number}@kepu.example.cn>"
    message.set_content(f"您好，附件是统计表和活动视频。{name}\n", cte="base64")
    _, form = Papers(campaign).of("docx", unit_name(number), _Even())
    message.add_attachment(form, "application", "octet-stream", filename="统计表.docx")
    message.add_attachment(_film(film), "video", "mp4", filename="活动视频.mp4")
    return message.as_bytes()


def _film(size):
    """Return a real film, made so long by a box that players pass over (ISO 14496-12 §8.1.2)."""
    free = size - len(HD)
    return HD + free.to_bytes(4, "big") + b"free" + os.urandom(free - 8)


class _Even:
    @staticmethod
    def randrange(low, high):
        return (low + high) // 2


def _deliver(server, bot, number, film):
    campaign = load_campaigns(bot.folder / "campaigns")[0]
    raw = large_mail(campaign, USERS[0], number, film << 20)
    path = server.maildir(USERS[0]) / "new" / f"{number}.M1.example"
    path.write_bytes(raw)
    at = now().timestamp() - 3600 + number
    os.utime(path, (at, at))
    os.chown(path, server.owner.pw_uid, server.owner.pw_gid)
    return len(raw)


def _show(told, rows):
    table = Table(told, "own peak MiB", "children's peak MiB", "CPU s", "exit", box=None)
    for what, peaks in rows:
        if peaks is None:
            table.add_row(what)
            continue
        children = ", ".join(f"{name} {mib:.0f}" for name, mib in peaks.children.items())
        cells = f"{peaks.own:.0f}", children, f"{peaks.cpu:.1f}", str(peaks.exit_code)
        table.add_row(what, *cells)
    Console().print(table)
    Console().print(f"to hold: worker {WORKER} MiB, a reading child {CHILD} MiB")


def _options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--film", type=int, default=50, help="MiB of the film")
    parser.add_argument("--mails", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
