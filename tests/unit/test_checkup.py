"""What the doctor says: every answer has its sentence in both languages; no check stops another."""

from __future__ import annotations

import re
import shutil
import string
from pathlib import Path

import pytest

import bot.checkup
from bot.checkup import collected, remembered
from bot.checkup.result import Mark, fine
from bot.checkup.running import Check, run_checks
from bot.checkup.scene import Scene
from bot.clock import Clock
from bot.mailboxes.refused import cause_of_refusal
from bot.outbox import refusals
from bot.settings import load_settings
from rules.folder.load import SHIPPED
from templates.checkup import LANGUAGES, language_of, load, sentence
from tests.unit.operated import Operated, mail, statistics

FOLDER = Path(bot.checkup.__file__).parent
CODES = {
    code
    for path in FOLDER.glob("*.py")
    for code in re.findall(r'"([a-z]+\.[a-z-]+)"', path.read_text(encoding="utf-8"))
    if not code.endswith(".json")
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_has_its_sentence(language):
    said = load(language)["said"]
    assert CODES - said.keys() == set()
    assert len(CODES) > 60
    for code, row in said.items():
        assert set(row) <= {"says", "todo"}, code
        assert sentence(language, code, {}).says


def test_both_languages_say_the_same_things():
    chinese, english = (load(language)["said"] for language in LANGUAGES)
    assert chinese.keys() == english.keys()
    for code, row in chinese.items():
        assert ("todo" in row) == ("todo" in english[code]), code
        assert _facts(english[code]["says"]) - {"why"} <= _facts(row["says"]) | {"why"}, code


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_of_a_provider_has_a_remedy(language):
    rows = load(language)["said"]
    known = {one.reason for one in refusals.TOKENS.values()}
    known |= {one.reason for _, one in refusals.WORDINGS}
    ours = {"too-many-recipients", "too-large", "attachment-not-allowed", "from-not-envelope"}
    ours |= {"recipient-against-rules"}  # of letters that the doctor does not send
    missing = {f"smtp.{reason}" for reason in known - ours} - rows.keys()
    assert missing == set()


@pytest.mark.parametrize(
    ("said", "cause"),
    [
        ("SELECT Unsafe Login. Please contact kefu@188.com for help", "unsafe"),
        ("LOGIN Login error or password error", "wrong-code"),
        ("LOGIN login frequency limited", "too-often"),
        ("System busy!", "busy"),
        ("[AUTHENTICATIONFAILED] Authentication failed.", "wrong-code"),
        ("LOGIN Login error user suspended", "blocked"),
        ("IMAP service is not enabled for this account", "imap-off"),
        ("Please open the IMAP service", "imap-off"),
        ("nothing we know", "refused"),
    ],
)
def test_the_cause_of_a_refusal_is_told_by_its_words(said, cause):
    assert cause_of_refusal(said) == cause


def test_a_check_that_breaks_or_hangs_stops_no_other():
    from threading import Event

    said, over = Event(), Event()

    def hangs():
        yield fine("login.in")
        said.set()
        over.wait(60)

    def listens():
        said.wait(60)
        yield fine("inbox.open")

    def breaks():
        yield fine("login.in")
        raise ZeroDivisionError("by zero")

    checks = [
        Check("before", "", listens, seconds=60),
        Check("a", "", hangs, seconds=0.2),
        Check("b", "", breaks),
        Check("c", "", lambda: iter([fine("smtp.in")])),
    ]
    told = [(check.name, result.code) for check, result in run_checks(checks)]
    over.set()
    assert told == [
        ("before", "inbox.open"),
        ("a", "login.in"),
        ("a", "check.silent"),
        ("b", "login.in"),
        ("b", "check.failed"),
        ("c", "smtp.in"),
    ]
    assert fine("x").mark is Mark.FINE


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN"}, "zh"),
        ({}, "en"),
    ],
)
def test_the_language_is_the_terminals(environ, language):
    assert language_of(environ) == language


def _facts(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def scene(home, more=""):
    """Return what the checks see of a deployment of the shipped campaigns."""
    path = home / "shoubiao.toml"
    path.write_text(f'data = "data"\n{more}', encoding="utf-8")
    return Scene(load_settings(path), Clock())


def codes(results):
    return {result.code: result.mark for result in results}


def test_letters_that_wait_for_nobody_are_a_fault(tmp_path):
    alone = 'campaigns = "own"\napproval = {first = 3}\n'
    shutil.copytree(SHIPPED / "2023-taiyuan", tmp_path / "own/2023-taiyuan")
    file = tmp_path / "own/2023-taiyuan/campaign.yaml"
    text = re.sub(r"(?m)^coordinators:.*$", "", file.read_text("utf-8"))
    file.write_text(re.sub(r"(?m)^  to:.*$", "", text), encoding="utf-8")
    assert codes(collected.approvals(scene(tmp_path))) == {}
    assert codes(collected.approvals(scene(tmp_path, alone))) == {"approval.nobody": Mark.BROKEN}
    looked_at = scene(tmp_path, alone + 'coordinators = ["kepu@example.cn"]\n')
    assert codes(collected.approvals(looked_at)) == {"approval.first": Mark.FINE}


def test_a_rehearsal_is_named_and_what_it_left_once_letters_leave(tmp_path):
    assert codes(remembered.rehearsal(scene(tmp_path, "rehearse = true\n"))) == {
        "rehearsal.on": Mark.LOOK
    }
    seen = scene(tmp_path)
    assert codes(remembered.rehearsal(seen)) == {}
    (tmp_path / "data/rehearsal/pages").mkdir(parents=True)
    assert codes(remembered.rehearsal(seen)) == {}  # it ended before it had begun
    (tmp_path / "data/rehearsal/pages/index.html").touch()
    assert codes(remembered.rehearsal(seen)) == {"rehearsal.done": Mark.FINE}
    bot = Operated(tmp_path)
    bot.put(mail("chifeng@kepu.example.cn", statistics("赤峰市科技局", "1,250")))
    bot.round()
    assert codes(remembered.rehearsal(seen)) == {"rehearsal.left": Mark.LOOK}
