"""The demo: a whole season through the real worker, an IMAP server and an SMTP server."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from openpyxl import load_workbook

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def season(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "season"
    done = subprocess.run(
        [sys.executable, "-m", "bot", "demo", "--dir", str(folder), "--no-color"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder, done.stdout


def letters(season) -> list:
    folder, _ = season
    files = sorted((folder / "letters").glob("*.eml"))
    return [message_from_bytes(file.read_bytes(), policy=default) for file in files]


def kind(letter) -> str:
    return str(letter["Message-ID"])[1:].partition(".")[0]


def test_every_mail_of_the_season_is_accounted_for(season):
    _, said = season
    found = re.search(
        r"mails (\d+) = accepted (\d+) \+ returned (\d+) \+ ignored (\d+) \+ held (\d+)"
        r" \(\+ pending 0\)",
        said,
    )
    assert found, said
    mails, *endings = map(int, found.groups())
    assert mails == sum(endings) == 39
    accepted, returned, ignored, held = endings
    assert (accepted, returned, ignored, held) == (26, 4, 7, 2)


def test_every_kind_of_letter_leaves_once(season):
    found = letters(season)
    assert len({str(letter["Message-ID"]) for letter in found}) == len(found)
    assert Counter(map(kind, found)) == {
        "receipt": 26, "correction": 3, "unrecognised": 1, "digest": 44, "reminder": 132,
    }  # fmt: skip


def test_nothing_went_wrong_on_our_side(season):
    folder, _ = season
    lines = (folder / "worker.log").read_text(encoding="utf-8").splitlines()
    events = [json.loads(line) for line in lines if line.startswith("{")]
    assert [e for e in events if e["level"] in {"error", "critical"}] == []


def test_no_letter_goes_to_strangers_or_answers_automatic_mail(season):
    recipients = Counter(str(letter["To"]) for letter in letters(season))
    assert "offers@shop.example.cn" not in recipients
    assert "teacher@school.example.cn" not in recipients
    answered = [letter for letter in letters(season) if kind(letter) in {"receipt", "correction"}]
    assert not [letter for letter in answered if "自动回复" in str(letter["Subject"])]


def test_a_bounced_address_gets_nothing_more(season):
    sent = [letter for letter in letters(season) if "weather@" in str(letter["To"])]
    assert len(sent) == 1


def test_the_index_leads_to_every_letter_and_the_workbook(season):
    folder, _ = season
    page = (folder / "index.html").read_text(encoding="utf-8")
    linked = set(re.findall(r'href="(letters/[^"]+\.html)"', page))
    assert linked == {f"letters/{p.name}" for p in (folder / "letters").glob("*.html")}
    assert len(linked) == 206
    workbook = re.search(r'href="([^"]+\.xlsx)"', page)
    assert workbook
    assert load_workbook(folder / workbook[1]).sheetnames


def test_a_folder_that_is_no_demo_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    done = subprocess.run(
        [sys.executable, "-m", "bot", "demo", "--dir", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 2
    assert "--dir" in done.stderr
    assert (tmp_path / "thesis.txt").read_text() == "years of work"
