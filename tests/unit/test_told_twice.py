"""Whatever a command says at a terminal it says in Chinese and in English, with the same facts."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path
from typing import get_args

import pytest

import bot
from rules.outcome import Outcome
from state.rows.letters import AttemptOutcome, LetterRow
from templates import mistakes, terminal, words
from tests.unit.operated import Operated, mail, statistics
from tests.unit.test_documents import faults_of

ROOT = Path(bot.__file__).parent
NODES = [
    (path.name, node)
    for path in sorted(ROOT.rglob("*.py"))
    for node in ast.walk(ast.parse(path.read_text("utf-8")))
]
SAID = {language: terminal.load(language)["said"] for language in ("zh", "en")}
WRONG = {language: mistakes.load(language)["said"] for language in ("zh", "en")}
ASKED = {"said": SAID["en"], "busy": SAID["en"], "steps": SAID["en"]}
ASKED |= {"wrong": WRONG["en"], "_wrong": WRONG["en"], "Mistake": WRONG["en"]}
COMMAND = re.compile(r"shoubiao ((?:[a-z-]+ ?|--?[a-z]+ ?|\{\w+\} ?|[A-Z]+ ?)+)")


def blanks(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def codes_of(call):
    """Return the constants that a call may ask for."""
    given = call.args[1 if call.func.id == "steps" else 0]
    parts = (given.body, given.orelse) if isinstance(given, ast.IfExp) else (given,)
    return [one.value for one in parts if isinstance(one, ast.Constant)]


def facts_of(call):
    """Return the names of a call's facts; None where they are put together elsewhere."""
    if call.func.id != "Mistake":
        names = {keyword.arg for keyword in call.keywords}
        return None if None in names else names | {"file"}
    given = [*call.args[1:2], *(one.value for one in call.keywords if one.arg == "facts")]
    if any(not isinstance(one, ast.Dict) for one in given):
        return None
    return {"file", *(key.value for one in given for key in one.keys)}


def test_every_answer_has_its_sentence_in_both_languages():
    assert len(SAID["en"]) > 60
    assert SAID["zh"].keys() == SAID["en"].keys()
    for code, english in SAID["en"].items():
        chinese = SAID["zh"][code]
        assert blanks(chinese) == blanks(english), code
        worded = re.search("[a-z]", re.sub(r"\{.*?\}", "", english))
        assert bool(re.search("[一-鿿]", chinese)) == bool(worded), code


def test_every_sentence_a_command_asks_for_is_there_and_gets_its_facts():
    seen = set()
    for file, node in NODES:
        name = getattr(getattr(node, "func", None), "id", "")
        for code in codes_of(node) if name in ASKED and node.args else ():
            assert code in ASKED[name], (file, code)
            given = facts_of(node)
            assert given is None or blanks(ASKED[name][code]) <= given, (file, code)
            seen.add(code)
    assert len(seen) > 140


def test_no_command_ends_in_a_sentence_of_one_language():
    raised = [(file, node.exc) for file, node in NODES if isinstance(node, ast.Raise)]
    bare = {"Trouble", "BadParameter", "UsageError", "ClickException"}
    for file, error in raised:
        called = getattr(error, "func", None)
        if (getattr(called, "id", "") or getattr(called, "attr", "")) in bare:
            assert isinstance(error.args[0], ast.Name), (file, error.lineno)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_command_that_a_sentence_names_exists(language):
    named = {
        (code, command)
        for told in (SAID, WRONG)
        for code, text in told[language].items()
        for command in COMMAND.findall(text)
        if not command.startswith("{")
    }
    assert len(named) > 15
    assert [one for one in named if faults_of(one[1].split())] == []


def test_every_end_of_a_mail_and_every_state_of_a_letter_has_a_word():
    states = re.search(r"`state`: (.*?)\.\n", LetterRow.__doc__, re.DOTALL)[1]
    states = re.sub(r"\([^)]*\)", "", states)
    ends = {*re.split(r"[\s,]+", states.strip()), *get_args(AttemptOutcome), *Outcome, "pending"}
    assert {"waiting-approval", "unwanted", "held"} <= ends
    assert ends - words.load("words.yaml")["ends"].keys() == set()


LOOKS = [("status",), ("held",), ("held", "show", "2"), ("outbox",), ("outbox", "show", "1"),
         ("trace", "2023-neimenggu", "participants"), ("verify",)]  # fmt: skip
AS_THEY_ARE = re.compile(
    r"[\w.<>-]+@[\w.>-]+|[0-9a-f]{16,}|\S*/\S+|2023-[a-z]+ +[a-z]+|2023-neimenggu|SHA-256|INBOX|"
    r"统计表\.docx( docx)?|shoubiao held assign|Re:|\[#\w+\]|statistics"
)


def test_what_is_printed_in_chinese_has_no_english_word(tmp_path, monkeypatch):
    bot = Operated(tmp_path, "approval = {first = 3}")
    bot.put(mail("kjj@chifeng.example.cn", statistics("赤峰市科学技术局", 1200)))
    bot.put(mail("someone@school.example.cn", statistics("某某小学", 30), name="2"))
    bot.round()
    for language, english in (("zh_CN.UTF-8", False), ("C.UTF-8", True)):
        monkeypatch.setenv("LC_ALL", language)
        for words_ in LOOKS:
            out = bot.says(*words_)[1].partition("\n\n")[0]
            left = re.findall("[A-Za-z_]{3,}", AS_THEY_ARE.sub("", out))
            assert bool(left) == english, (words_, left)


def test_times_are_told_as_clocks_show_them_and_in_json_as_before(tmp_path):
    bot = Operated(tmp_path)
    bot.put(mail("someone@school.example.cn", statistics("某某小学", 30)))
    bot.round()
    (row,) = bot.asks("held")[1]
    assert row["received"] == "2023-06-07T03:00:01+00:00"
    assert " 2023-06-07 11:00 " in bot.says("held")[1]
    assert " 2023-06-07 11:00\n" in bot.says("held", "show", 1)[1]


def test_what_to_do_with_a_held_mail_names_it_and_in_json_as_before(tmp_path, monkeypatch):
    bot = Operated(tmp_path)
    bot.put(mail("someone@school.example.cn", statistics("某某小学", 30)))
    bot.round()
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert bot.asks("held", "show", 1)[1][0]["next"].endswith("then: held assign MAIL UNIT")
    assert "再 shoubiao held assign 1 单位" in bot.says("held", "show", 1)[1]


TROUBLE = [
    (("held", "show", "9"), "there is no mail 9", "没有第 9 号信"),
    (("held", "retry"), "name the mails", "请写信的编号"),
    (("held", "retry", "1"), "mail 1 is accepted, not held", "第 1 号信现在是“已收”"),
    (("held", "assign", "1", "x"), "mail 1 is accepted: nothing", "不用再定单位"),
    (("held", "assign", "2", "无"), "no unit is surely 无", "没有能确定是“无”的单位"),
    (("held", "assign", "2", "科学技术局"), "did you mean", "是不是："),
    (("held", "import", "none.eml"), "no such file", "没有这个文件"),
    (("held", "import", "shoubiao.toml"), "is not a mail", "不是邮件"),
    (("held", "--json", "list"), "give options after list", "选项写在 list 后面"),
    (("outbox", "show", "9"), "there is no letter 9", "没有第 9 号信函"),
    (("outbox", "approve"), "or give --all", "请写信函的编号，或写 --all"),
    (("outbox", "refuse"), "name the letters", "请写信函的编号；"),
    (("outbox", "retry", "1"), "letter 1 is rehearsed", "第 1 号信函现在是“只演练，未发”"),
    (("trace", "2023-neimenggu", "none"), "no field is called none", "没有叫“none”的栏目"),
    (("trace", "2", "participants"), "it brought no numbers", "没有从它登记过数"),
    (("export", "2023-neimenggu"), "name a file to write", "请写要生成的文件"),
    (("purge", "2023-neimenggu"), "days after it closed", "结束后 36500 天"),
    (("export", "2023-neimenggu", "-o", "mail"), "is a folder", "是文件夹"),
    (("verify", "mail"), "is no finished backup", "不是做完的备份"),
    (("doctor", "--lang", "fr"), "write zh or en", "写 zh（中文）或 en（英文）"),
]


@pytest.fixture(scope="module")
def bot_at_work(tmp_path_factory):
    """Return a deployment that has accepted a mail and holds one."""
    bot = Operated(tmp_path_factory.mktemp("home"), "keep_days = 36500")
    bot.put(mail("kjj@chifeng.example.cn", statistics("赤峰市科学技术局", 1200)))
    bot.put(mail("someone@school.example.cn", statistics("某某小学", 30), name="2"))
    bot.round()
    return bot


@pytest.mark.parametrize(("asked", "english", "chinese"), TROUBLE)
def test_trouble_is_told_in_the_terminals_language(
    bot_at_work, monkeypatch, asked, english, chinese
):
    monkeypatch.chdir(bot_at_work.home)
    for language, said in (("C.UTF-8", english), ("zh_CN.UTF-8", chinese)):
        monkeypatch.setenv("LC_ALL", language)
        status, _, err = bot_at_work.says(*asked)
        assert status == 2
        assert said in err
