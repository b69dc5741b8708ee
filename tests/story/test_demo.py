"""The demo: all six campaigns' season through the real worker, an IMAP and an SMTP server."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter, defaultdict
from email import message_from_bytes
from email.header import decode_header, make_header
from pathlib import Path

import pytest
from openpyxl import load_workbook

ROOT = Path(__file__).parents[2]

# mails = accepted + returned + ignored + held, mailbox by mailbox
MAILS = {
    "2023-neimenggu": (50, 27, 4, 17, 2),
    "2023-cis": (54, 36, 3, 14, 1),
    "2023-sixian": (50, 38, 3, 9, 0),
    "2023-taiyuan": (28, 19, 2, 7, 0),
    "2023-xinjiang": (24, 14, 3, 7, 0),
    "2023-national": (50, 40, 2, 7, 1),
}
# the days on which units that still owe are reminded: working days around each due day
REMINDED = {
    "2023-neimenggu": "0509 0511 0512 0515 0519 0608 0612 0614 0615 0616 0619 0625",
    "2023-cis": "0508 0512 0515 0516 0518 0522 0608 0612 0614 0615 0616 0619 0625",
    "2023-sixian": "0515 0517 0518 0519 0522 0523 0525 0526 0529 0530 0531 0602 0606",
    "2023-taiyuan": "0602 0607 0609 0612 0613 0619",
    "2023-xinjiang": "0608 0612 0613 0614 0615 0616 0619 0625",
    "2023-national": "0621 0627 0629 0630 0703 0707",
}


@pytest.fixture(scope="module")
def season(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "season"
    done = subprocess.run(
        [sys.executable, "-m", "bot", "demo", "--dir", str(folder), "--no-color"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder, done.stdout


@pytest.fixture(scope="module")
def letters(season):
    """Return the heads of every campaign's letters, by campaign."""
    folder, _ = season
    return {
        campaign: [
            message_from_bytes(file.read_bytes().partition(b"\r\n\r\n")[0])
            for file in sorted((folder / "letters" / campaign).glob("*.eml"))
        ]
        for campaign in MAILS
    }


def kind(letter) -> str:
    return str(letter["Message-ID"])[1:].partition(".")[0]


def subject(letter) -> str:
    return str(make_header(decode_header(letter["Subject"])))


def outcomes(season) -> list[dict]:
    folder, _ = season
    lines = (folder / "worker.log").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.startswith("{")]


def decided(season, campaign: str, unit: str) -> list[str]:
    """Return how a unit's mails ended, one after the other; what is ignored left out."""
    return [
        e["outcome"]
        for e in outcomes(season)
        if e["event"] == "decided" and (e["campaign"], e["unit"]) == (campaign, unit)
        if e["outcome"] != "ignored"
    ]


@pytest.mark.parametrize("campaign", MAILS)
def test_every_mail_of_a_campaigns_mailbox_is_accounted_for(season, campaign):
    _, said = season
    found = re.search(
        campaign + r": mails (\d+) = accepted (\d+) \+ returned (\d+) \+ ignored (\d+)"
        r" \+ held (\d+) \(\+ pending 0\)",
        said,
    )
    assert found, said
    mails, *endings = map(int, found.groups())
    assert mails == sum(endings)
    assert (mails, *endings) == MAILS[campaign]


@pytest.mark.parametrize("campaign", REMINDED)
def test_units_that_owe_are_reminded_on_the_working_days_around_each_due_day(season, campaign):
    folder, _ = season
    files = (folder / "letters" / campaign).glob("*-reminder-*.eml")
    assert sorted({file.name[:4] for file in files}) == REMINDED[campaign].split()


def test_nobody_is_reminded_of_what_was_accepted(season):
    """A reminder names what is owed; no good version of it was there when it was written."""
    import sqlite3

    folder, _ = season
    ledger = sqlite3.connect(folder / "data" / "ledger.db")
    wrong = ledger.execute(
        "select l.campaign, l.unit, l.requirements, s.requirement from letters l"
        " join submissions s on s.campaign = l.campaign and s.unit = l.unit"
        " where l.kind = 'reminder' and s.standing like 'accepted%'"
        " and s.recorded_at < l.created_at"
        " and l.requirements like '%\"' || s.requirement || '\"%'"
    ).fetchall()
    assert wrong == []
    (reminders,) = ledger.execute("select count(*) from letters where kind = 'reminder'").fetchone()
    assert reminders > 400


def test_every_letter_leaves_once_and_every_mail_that_asks_for_it_has_its_answer(letters):
    names = [str(letter["Message-ID"]) for found in letters.values() for letter in found]
    assert len(set(names)) == len(names)
    kinds = {campaign: Counter(map(kind, found)) for campaign, found in letters.items()}
    for campaign, count in kinds.items():
        assert count["correction"] + count["unrecognised"] >= 2, campaign
        assert count["receipt"] > 10, campaign
        assert count["digest"] >= 54, campaign


def test_a_copy_with_slips_is_returned_and_its_correction_accepted(season):
    back_and_forth = (
        ("2023-neimenggu", "baotou"),
        ("2023-neimenggu", "tongliao"),
        ("2023-cis", "microscopes"),
        ("2023-cis", "medical"),
        ("2023-sixian", "agriculture"),
        ("2023-taiyuan", "yingze"),
        ("2023-taiyuan", "jinyuan"),
        ("2023-xinjiang", "bayingolin"),
        ("2023-xinjiang", "xpcc"),
        ("2023-national", "hebei"),
    )
    for campaign, unit in back_and_forth:
        ends = decided(season, campaign, unit)
        at = ends.index("returned")
        assert ends[at + 1] == "accepted", (campaign, unit, ends)


@pytest.mark.parametrize(
    ("campaign", "unit"),
    [
        ("2023-cis", "base-sensing"),
        ("2023-sixian", "red-cross"),
        ("2023-xinjiang", "ili"),
        ("2023-national", "guangdong"),
    ],
)
def test_another_campaigns_form_goes_back_with_the_right_blank(season, campaign, unit):
    folder, _ = season
    assert "returned" in decided(season, campaign, unit)
    found = [
        file
        for file in (folder / "letters" / campaign).glob(f"*-{unit}-*.docx")
        if re.search("correction|unrecognised", file.name)
    ]
    assert found


@pytest.mark.parametrize(
    ("campaign", "unit", "elsewhere"),
    [("2023-cis", "sensors", "2023-taiyuan"), ("2023-national", "xinjiang", "2023-xinjiang")],
)
def test_a_form_in_another_campaigns_mailbox_counts_for_its_own(season, campaign, unit, elsewhere):
    import sqlite3

    folder, _ = season
    ledger = sqlite3.connect(folder / "data" / "ledger.db")
    boxes = ledger.execute(
        "select m.mailbox from submissions s join mails m on m.id = s.mail_id"
        " where s.campaign = ? and s.unit = ? and s.requirement = 'statistics'"
        " and s.standing = 'accepted'",
        (campaign, unit),
    ).fetchall()
    assert [box for (box,) in boxes] == [MAILBOX[elsewhere]]


MAILBOX = {"2023-taiyuan": "w251342595@163.com", "2023-xinjiang": "nckjfwzx2020@163.com"}


def test_half_past_five_is_the_end_and_an_extension_moves_it(season):
    import sqlite3

    folder, _ = season
    ledger = sqlite3.connect(folder / "data" / "ledger.db")

    def standing(campaign, unit):
        rows = ledger.execute(
            "select standing from submissions where campaign = ? and unit = ?"
            " and requirement = 'statistics' order by id",
            (campaign, unit),
        )
        return [row for (row,) in rows]

    assert standing("2023-sixian", "emergency") == ["accepted"]  # 17:20
    assert standing("2023-sixian", "dayang") == ["accepted-late"]  # 18:10
    assert standing("2023-taiyuan", "women") == ["accepted"]  # Saturday, 23:00
    assert standing("2023-xinjiang", "altay") == ["accepted"]  # 16 June, extended to the 20th
    assert standing("2023-xinjiang", "tacheng") == ["accepted-late"]


def test_nothing_went_wrong_on_our_side(season):
    assert [e for e in outcomes(season) if e["level"] in {"error", "critical"}] == []


def test_no_letter_goes_to_strangers_or_answers_automatic_mail(letters):
    found = [letter for campaign in letters.values() for letter in campaign]
    recipients = Counter(str(letter["To"]) for letter in found)
    for stranger in ("offers@shop", "teacher@school", "office@firm"):
        assert not [one for one in recipients if one.startswith(stranger)]
    answers = [letter for letter in found if kind(letter) in {"receipt", "correction"}]
    assert not [letter for letter in answers if "自动回复" in subject(letter)]


def test_a_bounced_address_gets_nothing_more(letters):
    sent = defaultdict(int)
    for found in letters.values():
        for letter in found:
            sent[str(letter["To"])] += 1
    gone = ("weather@kepu", "base-precision@cis", "labour@sixian", "unions@tykj", "hainan@keji")
    for address in gone:
        assert sent[f"{address}.example.cn"] == 1, address


def test_the_workbook_comes_with_some_digests_and_not_with_quiet_ones(season):
    folder, _ = season
    for campaign in MAILS:
        place = folder / "letters" / campaign
        digests, books = list(place.glob("*-digest-*.html")), list(place.glob("*-digest-*.xlsx"))
        assert 0 < len(books) < len(digests) / 2, campaign


def test_the_index_leads_to_every_letter_mail_and_workbook(season):
    folder, _ = season
    index = (folder / "index.html").read_text(encoding="utf-8")
    pages = re.findall(r'<h2><a href="([^"]+\.html)"', index)
    assert sorted(pages) == sorted(f"{campaign}.html" for campaign in MAILS)
    linked = [
        target
        for page in pages
        for target in re.findall(
            r'href="((?:letters|mails)/[^"]+)"', (folder / page).read_text(encoding="utf-8")
        )
    ]
    there = [*folder.glob("letters/*/*.html"), *folder.glob("mails/*/*.eml")]
    assert sorted(linked) == sorted(str(path.relative_to(folder)) for path in there)
    for workbook in re.findall(r'href="([^"]+\.xlsx)"', index):
        assert load_workbook(folder / workbook).sheetnames


def test_a_folder_that_is_no_demo_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    done = subprocess.run(
        [sys.executable, "-m", "bot", "demo", "--dir", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 2
    assert "--dir" in done.stderr
    assert (tmp_path / "thesis.txt").read_text() == "years of work"
