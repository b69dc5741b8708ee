"""`shoubiao init` makes a folder that loads as soon as the secret is written into its file."""

from __future__ import annotations

import re
import stat
from datetime import UTC, date, datetime, time

import pytest
from typer.testing import CliRunner

from bot.__main__ import main
from bot.clock import Clock
from bot.commands import asking
from bot.commands.init import Wanted, example_of, init
from bot.mailboxes.providers import OWN, PROVIDERS
from bot.settings import SettingsError, load_settings
from rules.folder.load import SHIPPED, load_campaign, load_campaigns
from rules.judging.arrival import is_open

TODAY = date(2026, 11, 22)


@pytest.fixture
def asked(monkeypatch, capsys):
    """Return a function that runs the command and gives its exit status and words."""

    def run(*arguments):
        monkeypatch.setattr("sys.argv", ["shoubiao", "init", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return ended.value.code, said.out + said.err

    return run


def test_a_new_folder_loads_once_the_secret_is_there(tmp_path, asked):
    folder = tmp_path / "收表"
    status, said = asked(folder, "--coordinator", "kepu@example.cn")
    assert status == 0
    assert f"shoubiao doctor -c {folder}/shoubiao.toml" in said
    with pytest.raises(SettingsError, match="授权码"):
        load_settings(folder / "shoubiao.toml")
    (folder / "authorisation-code").write_text("ABCDEFGHIJKLMNOP\n", encoding="utf-8")
    settings = load_settings(folder / "shoubiao.toml")
    assert [one.address for one in settings.accounts] == ["nmkepu@126.com"]
    assert settings.accounts[0].imap.host == "imap.126.com"
    assert settings.coordinators == settings.admin == ("kepu@example.cn",)
    (campaign,) = load_campaigns(settings.campaigns)
    assert re.fullmatch(r"20\d\d-neimenggu", campaign.id)
    assert is_open(campaign, Clock().now()), "a first trial is to be answered"


@pytest.mark.parametrize("name", sorted(one.name for one in SHIPPED.iterdir() if one.is_dir()))
@pytest.mark.parametrize("today", [date(2023, 5, 16), date(2026, 3, 1), date(2026, 11, 22)])
def test_the_example_is_of_the_next_season_and_open_from_today(name, today, tmp_path):
    wanted = Wanted(tmp_path / "d", "a@126.com", campaign=name)
    init(wanted, example_of(wanted, today))
    (campaign,) = load_campaigns(tmp_path / "d/campaigns")
    noon = datetime.combine(today, time(4), UTC)
    assert is_open(campaign, noon)
    assert max(requirement.due for requirement in campaign.file.requirements) >= today
    assert campaign.id.startswith(str(campaign.file.requirements[-1].due.year))


def test_only_its_user_reads_the_secret_and_the_data(tmp_path, asked):
    asked(tmp_path / "d")
    assert stat.S_IMODE((tmp_path / "d/authorisation-code").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "d/data").stat().st_mode) == 0o700


def test_what_stands_there_is_never_written_over(tmp_path, asked):
    (tmp_path / "shoubiao.toml").write_text("mine", encoding="utf-8")
    status, said = asked(tmp_path)
    assert status == 2
    assert "already there" in said
    assert [path.name for path in tmp_path.iterdir()] == ["shoubiao.toml"]


def test_a_domain_of_ones_own_asks_whose_servers_it_has(tmp_path, asked):
    status, said = asked(tmp_path / "d", "--address", "kepu@kjt.example.cn")
    assert status == 2
    assert "--provider" in said
    assert asked(tmp_path / "d", "--address", "kepu@kjt.example.cn", "--provider", "custom")[0] == 0
    (tmp_path / "d/authorisation-code").write_text("ABCDEFGH", encoding="utf-8")
    (account,) = load_settings(tmp_path / "d/shoubiao.toml").accounts
    assert account.smtp.host == "smtp.kjt.example.cn"


def test_a_campaign_whose_notice_prints_no_mailbox_needs_one(tmp_path, asked):
    status, said = asked(tmp_path / "d", "--campaign", "2023-national")
    assert status == 2
    assert "--address" in said
    assert asked(tmp_path / "d", "--campaign", "nowhere")[0] == 2


def test_servers_of_ones_own_are_said_by_host_and_port(tmp_path, asked):
    box = ("--address", "kepu@kjt.example.cn")
    where = ("--imap", "mail.kjt.example.cn", "--smtp", "mail.kjt.example.cn:587")
    for name in ("", "coremail", "dovecot"):
        folder = tmp_path / (name or "plain")
        status, _ = asked(folder, *box, *where, *(("--provider", name) if name else ()))
        assert status == 0
        (folder / "authorisation-code").write_text("ABCDEFGH", encoding="utf-8")
        (account,) = load_settings(folder / "shoubiao.toml").accounts
        assert (account.imap.host, account.imap.port, account.imap.tls) == (
            "mail.kjt.example.cn", 993, "tls"
        )  # fmt: skip
        assert (account.smtp.port, account.smtp.tls) == (587, "starttls")
    status, said = asked(tmp_path / "x", *box, "--imap", "a b", "--smtp", "c")
    assert (status, "HOST:PORT" in said) == (2, True)


@pytest.mark.parametrize("provider", [*(one.name for one in PROVIDERS), *OWN])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_provider_has_settings_that_load_and_says_how_to_get_its_code(
    provider, language, tmp_path, asked
):
    box = ("--address", "kepu@kjt.example.cn", "--provider", provider, "--lang", language)
    status, said = asked(tmp_path / "d", *box)
    assert status == 0
    assert "authorisation-code" in said
    (tmp_path / "d/authorisation-code").write_text("ABCDEFGH", encoding="utf-8")
    assert load_settings(tmp_path / "d/shoubiao.toml").accounts[0].smtp


def test_a_mailbox_that_the_notice_does_not_print_collects_the_campaign_all_the_same(
    tmp_path, asked
):
    assert asked(tmp_path / "d", "--address", "other@126.com")[0] == 0
    (tmp_path / "d/authorisation-code").write_text("ABCDEFGH", encoding="utf-8")
    settings = load_settings(tmp_path / "d/shoubiao.toml")
    (campaign,) = load_campaigns(settings.campaigns)
    assert settings.boxes == {campaign.id: ("other@126.com",)}


NOTICE = """关于报送2025年职工书屋活动材料的通知
各市总工会：
请于2025年5月16日前将总结报告报送至邮箱 gonghui@126.com。
联系人：王某某　电话：1390000
"""


def test_a_notice_becomes_the_campaign_to_begin_with(tmp_path, asked):
    (tmp_path / "通知.txt").write_text(NOTICE, encoding="utf-8")
    status, said = asked(tmp_path / "d", "--notice", tmp_path / "通知.txt", "--lang", "zh")
    assert status == 0, said
    assert "2025-05-16" in said
    folder = tmp_path / "d/campaigns/2025-gonghui"
    assert "id: 2025-gonghui" in (folder / "campaign.yaml").read_text(encoding="utf-8")
    assert (folder / "roster.xlsx").is_file()
    assert 'address = "gonghui@126.com"' in (tmp_path / "d/shoubiao.toml").read_text("utf-8")


def test_a_notice_that_cannot_be_read_leaves_nothing_behind(tmp_path, asked):
    (tmp_path / "n.docx").write_bytes(b"PK\x03\x04 cut")
    status, _ = asked(tmp_path / "d", "--address", "a@126.com", "--notice", tmp_path / "n.docx")
    assert status == 2
    assert not (tmp_path / "d").exists()


def test_a_person_at_a_terminal_is_asked_for_what_was_not_said(tmp_path):
    wanted = Wanted(tmp_path / "d", language="zh")
    servers = "who\ncoremail\nmail.kjt.example.cn\n\n"
    answers = f"kepu\nkepu@163\nkepu@kjt.example.cn\n{servers}a@example.cn、b@example.cn\n"
    with CliRunner().isolation(input=answers) as streams:
        told, example = asking.asked(wanted, TODAY)
        said = streams[1].getvalue().decode() + streams[0].getvalue().decode()
    assert said.count("不是邮箱地址") == 2
    assert "请照上面左边那一列写" in said
    assert "单位自己的 Coremail" in said
    assert (told.address, told.provider) == ("kepu@kjt.example.cn", "coremail")
    assert (told.imap, told.smtp) == ("mail.kjt.example.cn", "smtp.kjt.example.cn")
    assert told.people == ("a@example.cn", "b@example.cn")
    assert init(told, example) == 0


def test_who_said_everything_is_asked_nothing(tmp_path):
    wanted = Wanted(tmp_path / "d", address="a@126.com", people=("b@example.cn",))
    with CliRunner().isolation(input=""):
        assert asking.asked(wanted, TODAY)[0] == wanted


def test_the_steps_name_the_program_as_it_is_called_here(tmp_path, monkeypatch, capsys):
    called = tmp_path / "checkout/.venv/bin/shoubiao"
    monkeypatch.setattr("sys.argv", [str(called)])
    monkeypatch.setenv("PATH", "/nowhere")
    init(Wanted(tmp_path / "d"), example_of(Wanted(tmp_path / "d"), TODAY))
    assert f"{called} doctor -c {tmp_path}/d/shoubiao.toml" in capsys.readouterr().out


def test_an_example_writes_to_nobody_but_those_the_settings_name(tmp_path, asked):
    asked(tmp_path / "d", "--coordinator", "kepu@kjt.example.cn")
    (folder,) = (tmp_path / "d/campaigns").iterdir()
    file = load_campaign(folder).file
    assert (file.coordinators, file.digest.to) == ((), ())
