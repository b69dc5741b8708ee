"""Real cases: each mail of tests/cases gets exactly the decision and letter committed beside it.

`pytest tests/unit/test_cases.py --rewrite-cases` rewrites the expectations; review the diff.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bot.reading.children import ReadingPool
from tests.unit.case_stage import CASES, play_case

if TYPE_CHECKING:
    from pathlib import Path

FOLDERS = sorted(path.parent for path in CASES.glob("*/*/mail.eml"))


@pytest.fixture(scope="module")
def pool():
    pool = ReadingPool(1)
    yield pool
    pool.close()


@pytest.mark.parametrize("case", FOLDERS, ids=lambda case: case.name)
def test_a_mail_gets_the_decision_and_the_letter_that_were_reviewed(case, pool, request):
    told, letter = play_case(pool, case)
    expected, written = case / "expected.json", case / "letter.txt"
    if request.config.getoption("--rewrite-cases"):
        expected.write_text(told, encoding="utf-8")
        written.unlink(missing_ok=True)
        if letter:
            written.write_text(letter, encoding="utf-8")
    assert json.loads(told) == json.loads(expected.read_text(encoding="utf-8"))
    assert letter == (written.read_text(encoding="utf-8") if written.exists() else "")


def test_there_are_cases_for_every_ending_and_every_mail_client():
    endings = {_expected(case)["decision"] for case in FOLDERS}
    mails = b"".join((case / "mail.eml").read_bytes() for case in FOLDERS)
    clients = (b"Coremail Webmail", b"QQMail", b"Foxmail", b"MailMaster", b"EXMB01", b"iPhone Mail")
    assert endings == {"accepted", "returned", "ignored", "held"}
    assert [client for client in clients if client not in mails] == []
    assert len(FOLDERS) >= 30


def test_every_case_folder_is_complete():
    folders = {path for path in CASES.glob("*/*") if path.is_dir() and path.parent.name != "forms"}
    assert folders == set(FOLDERS)
    assert [case.name for case in FOLDERS if not (case / "expected.json").exists()] == []
    stray = [case.name for case in FOLDERS if _expected(case)["letters"] and not _letter(case)]
    assert stray == []


def _expected(case: Path):
    return json.loads((case / "expected.json").read_text(encoding="utf-8"))


def _letter(case: Path):
    return (case / "letter.txt").exists()
