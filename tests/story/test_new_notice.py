"""A notice nobody has seen is a running campaign after the commands of README.md, and answers."""

from __future__ import annotations

import io
import os
import re
import shlex
import smtplib
import subprocess
import sys
import time
from datetime import UTC, datetime
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP, default

import docx
import openpyxl
import pytest

from bot.demo.post_office import HOST, PostOffice
from rules.folder.load import load_campaign
from tests.story.deployment import ROOT, today
from tests.story.sixth_notice import MAILBOX, UNITS, Days, notice_docx

PASSWORD = "an-authorisation-code"
CAMPAIGN = "2025-gonghui"  # as in README.md


def commands():
    """Return the lines of README's “From a notice to a running campaign”."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"## From a notice to a running campaign.*?```sh\n(.*?)```", text, re.DOTALL)
    return [line.partition("#")[0].strip() for line in block[1].splitlines() if line.strip()]


class Office:
    """A folder with a settings file, in which an admin types commands; `seconds` they took."""

    def __init__(self, folder, post_office):
        self.folder, self.seconds = folder, {}
        (folder / "authorisation-code").write_text(PASSWORD, encoding="utf-8")
        (folder / "authorisation-code").chmod(0o600)
        servers = "\n".join(
            f'{kind} = {{host = "{HOST}", port = {port}, tls = "plain"}}'
            for kind, port in (("imap", post_office.imap_port), ("smtp", post_office.smtp_port))
        )
        (folder / "shoubiao.toml").write_text(
            f'data = "data"\ncampaigns = "campaigns"\ncoordinators = ["kepu@example.cn"]\n'
            f'[[accounts]]\naddress = "{MAILBOX}"\npassword_file = "authorisation-code"\n'
            f'provider = "custom"\npoll_seconds = 1\n{servers}\n'
            "[accounts.budget]\npause_seconds = 0\n",
            encoding="utf-8",
        )

    def types(self, line):
        """Run one command of README as it stands; return its exit status and what it printed."""
        words = shlex.split(line)
        assert words[0] == "shoubiao"
        begun = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-m", "bot", *words[1:]],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            timeout=600,
            check=False,
        )
        self.seconds[line] = round(time.monotonic() - begun, 1)
        return done.returncode, done.stdout.decode() + done.stderr.decode()


def fill_in_roster(path):
    """Write the addresses, as a person does in a spreadsheet; return how many cells that took."""
    book = openpyxl.load_workbook(path)
    sheet = book.active
    column = {cell.value: cell.column for cell in sheet[1]}
    for row, (_, name, address) in enumerate(UNITS, start=2):
        assert sheet.cell(row, column["单位"]).value == name
        sheet.cell(row, column["邮箱"], address)
    book.save(path)
    return len(UNITS)


def typed(blank):
    """Type answers into the blank's cells, by hand so to say, and save it."""
    page = docx.Document(str(blank))
    page.paragraphs[-1].runs[0].text = "填表人：苗雨    联系电话：13900001234"
    for paragraph in page.paragraphs:
        if paragraph.text.startswith("填报单位"):
            paragraph.add_run("西城区总工会")
    table = page.tables[0]
    for row, answer in enumerate(("12", "３，４５０人次", "28", "6.5万元"), start=1):
        table.cell(row, 3).paragraphs[0].add_run(answer)
    stream = io.BytesIO()
    page.save(stream)
    return stream.getvalue()


def mailed(filled):
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"] = f"苗雨 <{UNITS[1][2]}>", MAILBOX
    mail["Subject"], mail["Message-ID"] = "报送统计表", "<sixth@example.cn>"
    mail["Date"] = datetime.now(UTC)
    mail.set_content("您好，统计表见附件。\n")
    mail.add_attachment(
        filled, maintype="application", subtype="octet-stream", filename="统计表.docx"
    )
    return mail.as_bytes()


@pytest.fixture
def post_office():
    with PostOffice({MAILBOX: PASSWORD}, lambda: datetime.now(UTC)) as opened:
        yield opened


def test_a_notice_nobody_has_seen_is_a_running_campaign_with_the_commands_of_the_readme(
    tmp_path, post_office, record_property
):
    office, days = Office(tmp_path, post_office), Days.around(today())
    (tmp_path / "notice.docx").write_bytes(notice_docx(days))
    draft, check, run = commands()

    status, said = office.types(draft)
    assert status == 0, said
    edits = fill_in_roster(tmp_path / "campaigns" / CAMPAIGN / "roster.xlsx")
    status, said = office.types(check)
    assert status == 0, said
    assert "0处错误" in said

    campaign = load_campaign(tmp_path / "campaigns" / CAMPAIGN)
    assert {(r.key, r.due, str(r.due_time)) for r in campaign.file.requirements} == {
        ("register", days.entry, "17:30:00"),
        ("report", days.report, "None"),
        ("statistics", days.report, "None"),
    }
    assert campaign.file.mailboxes == (MAILBOX,)

    filled = typed(tmp_path / "campaigns" / CAMPAIGN / "forms/statistics.docx")
    with smtplib.SMTP(HOST, post_office.smtp_port) as client:
        client.sendmail(UNITS[1][2], [MAILBOX], mailed(filled))
    status, said = office.types(f"{run} --once")
    assert status == 0, said

    (receipt,) = answers(post_office)
    text = receipt.get_body(("plain",)).get_content()
    assert "已收到" in receipt["Subject"]
    for told in ("西城区总工会", "3,450 人次", "6.5 万元", "职工技术创新项目登记表"):
        assert told in text
    record_property("commands", office.seconds)
    record_property("cells_edited", edits)


def answers(post_office):
    """Return the letters to the unit that wrote."""
    sent = [one.raw for one in post_office.delivered if one.recipient == UNITS[1][2]]
    return [BytesParser(policy=default).parsebytes(raw) for raw in sent]
