"""`shoubiao init` makes a folder that loads as soon as the secret is written into its file."""

from __future__ import annotations

import stat

import pytest

from bot.__main__ import main
from bot.settings import SettingsError, load_settings
from rules.folder.load import load_campaigns


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
    assert [one.id for one in load_campaigns(settings.campaigns)] == ["2023-neimenggu"]


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
