"""A mistake in the settings is told in the reader's language: file, line, what is wrong, remedy."""

from __future__ import annotations

import re
import shutil
import string
from pathlib import Path

import pytest

import bot
from bot.settings import SettingsError, load_settings
from bot.settings.places import line_of
from rules.folder.load import SHIPPED
from templates.mistakes import load
from tests.unit.operated import MAILBOX, Operated
from tests.unit.test_documents import models_in

ROOT = Path(bot.__file__).parent
CODES = {
    code
    for path in ROOT.rglob("*.py")
    for code in re.findall(
        r'\b(?:wrong|Mistake|_wrong)\(\s*"([a-z0-9-]+)"', path.read_text("utf-8")
    )
}
ACCOUNT = '[[accounts]]\naddress = "a@126.com"\npassword = "x"\n'


def told(home, text, language="zh"):
    path = home / "shoubiao.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as wrong:
        load_settings(path)
    return wrong.value.told(language).replace(str(path), "shoubiao.toml")


def blanks(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_every_mistake_has_its_sentence_in_both_languages():
    chinese, english = load("zh")["said"], load("en")["said"]
    assert len(CODES) > 30
    assert CODES - english.keys() == set()
    assert english.keys() - chinese.keys() == set()
    assert {code for code in chinese.keys() - english.keys() if "-" in code} == set()
    for code in english:
        assert blanks(chinese[code]) == blanks(english[code]), code
        worded = re.search("[a-z]", re.sub(r"\{.*?\}", "", english[code]))
        assert not worded or re.search("[一-鿿]", chinese[code]), code


def test_every_setting_is_explained_in_chinese():
    from bot.settings import Settings

    def keys(model, before=""):
        for name, field in model.model_fields.items():
            yield before + name
            for part in models_in(field.annotation):
                yield from keys(part, f"{before}{name}.")

    assert set(load("zh")["settings"]) == set(keys(Settings))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\ncoordinaters = []", "第2行：coordinaters：没有这一项设置；是不是 coordinators"),
        ("\n\nadmin = ['nobody']", "第3行：admin[0]：不是邮箱地址；写成 name@126.com 这样（"),
        (ACCOUNT + "poll_seconds = 0", "第4行：accounts[0].poll_seconds：不能小于 1"),
        (ACCOUNT + "poll_seconds = 'a'", "第4行：accounts[0].poll_seconds：要写数字"),
        (ACCOUNT + "mark = 'seen'", "只能写 'none', 'answered' or 'flagged' 中的一个"),
        (ACCOUNT + ACCOUNT, "第1行：accounts：a@126.com 写了两次；删掉一个"),
        (ACCOUNT + "[accounts.budget]\nper_hour = 0", "第5行：accounts[0].budget.per_hour："),
        (ACCOUNT + "[accounts.budgit]\n", "第4行：accounts[0].budgit：没有这一项设置；是不是"),
        (ACCOUNT + "imap = {port = 70000}", "第4行：accounts[0].imap.port：不能大于 65535（这一项"),
        ("[[accounts]]\naddress = 'a@126.com'", "第1行：accounts[0]：没有授权码；写 password_file"),
        ("[[accounts]]\nprovider = '126'", "第1行：accounts[0].address：没有写；补上"),
        ("rehearse = 'maybe'", "第1行：rehearse：写 true 或 false，不加引号"),
        ("admin = 'a@b.cn'", "第1行：admin：要写成一组"),
        ("admin = 3\nlog = 1\n", "第2行：log：只能写"),
        ('data = "x"\nadmin ＝ []', "第2行：这里的 ＝ 是全角的"),
        ("admin = [“a@b.cn”]", "第1行：这里的 “ 是全角的"),
        ("data = [", "第1行：写法不对"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_in_chinese_with_line_and_remedy(text, said, tmp_path):
    assert said in told(tmp_path, text)


def test_what_the_environment_says_wrong_is_sought_there(tmp_path, monkeypatch):
    monkeypatch.setenv("SHOUBIAO_POLL_SECONDS", "5")  # no setting of that name: not ours to judge
    monkeypatch.setenv("SHOUBIAO_KEEP_DAYS", "two")
    assert told(tmp_path, "") == "SHOUBIAO_KEEP_DAYS：要写整数，不加引号"


def test_the_nearest_line_is_named():
    text = "x = 1\n[watch] # so\nmetrics = ''\n[[accounts]]\na = 1\n[[accounts]]\nb.c = 2\n"
    keys = {("x",): 1, ("watch", "stuck"): 2, ("watch", "metrics"): 3, ("accounts", 0, "a"): 5}
    keys |= {("accounts", 1, "z"): 6, ("accounts", 1, "b", "c"): 7, ("y",): None}
    assert {key: line_of(text, key) for key in keys} == keys


def test_commands_speak_as_the_terminal_does(tmp_path, monkeypatch):
    shutil.copytree(SHIPPED / "2023-taiyuan", tmp_path / "own/2023-taiyuan")
    file = tmp_path / "own/2023-taiyuan/campaign.yaml"
    file.write_text(file.read_text("utf-8").replace("title: ", "title：", 1), encoding="utf-8")
    bot = Operated(tmp_path, 'campaigns = "own"')
    for language, said in (("zh_CN.UTF-8", "用了全角冒号"), ("C.UTF-8", "full-width colon")):
        monkeypatch.setenv("LC_ALL", language)
        status, _, err = bot.says("status")
        assert (status, said in err, "campaign.yaml:" in err) == (2, True, True)
    bot.config.write_text("dat = 1\n", encoding="utf-8")
    assert "did you mean data" in bot.says("status")[2]
    assert "没有这一项设置" in bot.says("doctor", "--lang", "zh")[2]
    place = tmp_path / "new"
    status, _, err = bot._run(["init", place, "--address", "a@own.example.cn", "--lang", "zh"])
    assert (status, "a@own.example.cn：看不出是哪家的邮箱" in err) == (2, True)


def test_a_round_says_at_a_terminal_which_mailbox_it_could_not_look_into(
    tmp_path, monkeypatch, capsys
):
    from bot.commands import work

    bot = Operated(tmp_path)
    with bot.office() as office:
        now = office.clock.now()
        office.breakers[MAILBOX] = office.breakers[MAILBOX].refused(now, "x")
        monkeypatch.setattr("sys.stderr.isatty", lambda: True)
        work._tell_shut(office)
    assert f"{MAILBOX}: its mail could not be looked at" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "english", "chinese"),
    [
        (("roster", "check", "none.xlsx"), "no such file", "没有这个文件"),
        (("check-campaign", "none"), "no such folder", "没有这个文件夹"),
        (("renew", "none", "--year", "2024"), "no campaign folder", "没有这样一个征集文件夹"),
        (("preview", "none"), "no letter is called", "没有叫 none 的信"),
        (("learn", "none.docx", "-o", "x.yaml"), "no such file", "没有这个文件"),
    ],
)
def test_what_is_wrong_with_an_argument_is_told_in_the_terminals_language(
    monkeypatch, tmp_path, words, english, chinese
):
    monkeypatch.chdir(tmp_path)
    for language, said in (("C", english), ("zh_CN.UTF-8", chinese)):
        monkeypatch.setenv("LC_ALL", language)
        status, _, err = Operated._run(words)
        assert status == 2
        assert said in err
