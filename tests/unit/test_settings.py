"""Settings: what is filled in, where secrets come from, and what a mistake is answered with."""

from __future__ import annotations

import re

import pytest
from pydantic import BaseModel

from bot.keeping.opening import open_archive
from bot.mailboxes.providers import PROVIDERS
from bot.settings import Account, Settings, SettingsError, load_settings

ONE = """
[[accounts]]
address = "NMKEPU@126.example.cn"
provider = "126"
"""


@pytest.fixture
def write(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def write(text):
        path = tmp_path / "shoubiao.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def load_error(path):
    with pytest.raises(SettingsError) as wrong:
        load_settings(path)
    return str(wrong.value)


def test_without_a_file_the_defaults_hold(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    settings = load_settings()
    assert settings.timezone == "Asia/Shanghai"
    assert settings.first_contact.answer_max_age_days == 3
    assert settings.ledger_url == "sqlite:///data/ledger.db"
    assert settings.accounts == ()


def test_a_provider_fills_in_the_servers_and_the_login_name(write):
    (account,) = load_settings(write(ONE + "password = 'abcd'")).accounts
    assert account.address == account.username == "nmkepu@126.example.cn"
    assert (account.imap.host, account.imap.port, account.imap.tls) == ("imap.126.com", 993, "tls")
    assert (account.smtp.host, account.smtp.port) == ("smtp.126.com", 465)


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda provider: provider.name)
def test_each_preset_makes_an_account_complete(provider):
    account = Account(address="a@example.cn", provider=provider.name, password="x")
    assert account.imap.tls == account.smtp.tls == "tls"
    assert account.smtp.port in {465, 994}


def test_the_provider_is_found_by_the_domain_and_one_key_can_differ():
    account = Account(address="a@163.com", password="x", smtp={"port": 994})
    assert (account.smtp.host, account.smtp.port) == ("smtp.163.com", 994)
    assert account.imap.host == "imap.163.com"


def test_relative_paths_start_at_the_settings_file(write, tmp_path):
    path = write("data = 'd'\n[[accounts]]\naddress='a@b.cn'\nkind='maildir'\nmaildir='m/x'\n")
    settings = load_settings(path)
    assert settings.data == tmp_path / "d"
    assert settings.ledger_url == f"sqlite:///{tmp_path}/d/ledger.db"
    assert settings.accounts[0].maildir == tmp_path / "m/x"


def test_the_data_lie_beside_the_settings_from_wherever_they_are_read(write, tmp_path, monkeypatch):
    path = write("keep_days = 1")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert load_settings(path).data == tmp_path / "data"
    assert load_settings(path).ledger_url == f"sqlite:///{tmp_path}/data/ledger.db"


def test_a_ledger_kept_where_it_was_run_is_not_left_behind_in_silence(write, tmp_path, monkeypatch):
    path, old = write("keep_days = 1"), tmp_path / "elsewhere" / "data"
    old.mkdir(parents=True)
    (old / "ledger.db").touch()
    monkeypatch.chdir(old.parent)
    with pytest.raises(SettingsError, match="move that folder") as refused:
        load_settings(path)
    assert str(old) in refused.value.told("zh")
    assert load_settings(write(f'data = "{old}"')).data == old
    monkeypatch.setenv("SHOUBIAO_DATA", str(tmp_path / "mine"))
    assert load_settings(write("keep_days = 1")).data == tmp_path / "mine"


def test_the_environment_goes_before_the_file(write, monkeypatch):
    monkeypatch.setenv("SHOUBIAO_REHEARSE", "true")
    monkeypatch.setenv("SHOUBIAO_CAPS__GLOBAL_PER_HOUR", "7")
    settings = load_settings(write("rehearse = false\n[caps]\nper_thread_per_day = 2\n"))
    assert settings.rehearse
    assert (settings.caps.global_per_hour, settings.caps.per_thread_per_day) == (7, 2)


def test_a_secret_comes_from_a_file_the_environment_names(write, tmp_path, monkeypatch):
    (tmp_path / "url").write_text("postgresql://u:p@127.0.0.1/x\n")
    (tmp_path / "code").write_text(" abcdefghijklmnop \n")
    monkeypatch.setenv("SHOUBIAO_LEDGER_URL_FILE", str(tmp_path / "url"))
    monkeypatch.setenv("SHOUBIAO_PASSWORD_NMKEPU_126_EXAMPLE_CN_FILE", str(tmp_path / "code"))
    settings = load_settings(write(ONE))
    assert settings.ledger_url == "postgresql://u:p@127.0.0.1/x"
    assert settings.accounts[0].password.get_secret_value() == "abcdefghijklmnop"


@pytest.mark.parametrize("how", ["environment", "password_file", "password"])
def test_a_password_may_stand_in_three_places(how, write, tmp_path, monkeypatch):
    (tmp_path / "code").write_text("fromfile\n")
    (tmp_path / "code").chmod(0o600)
    lines = {"password_file": 'password_file = "code"', "password": 'password = "intoml"'}
    if how == "environment":
        monkeypatch.setenv("SHOUBIAO_PASSWORD_NMKEPU_126_EXAMPLE_CN", "fromenv")
    (account,) = load_settings(write(ONE + lines.get(how, ""))).accounts
    expected = {"environment": "fromenv", "password_file": "fromfile", "password": "intoml"}
    assert account.password.get_secret_value() == expected[how]


def test_a_password_is_not_shown_when_settings_are_printed(write):
    settings = load_settings(write(ONE + "password = 'abcdefgh'"))
    assert "abcdefgh" not in repr(settings)
    assert "abcdefgh" not in settings.model_dump_json()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("coordinaters = []", "coordinaters: is not a setting; did you mean coordinators?"),
        ("timezone = 'Asia/Shangai'", "timezone: is not a time zone such as Asia/Shanghai"),
        ("data = [", "is not TOML"),
        ("[reading]\nwall_seconds = 0", "reading.wall_seconds: Input should be greater than 0"),
        ("admin = ['nobody']", "admin[0]: is not a mail address"),
        ("admin = ['某人@example.cn']", "admin[0]: is not a mail address"),
        (ONE, "accounts[0]: has no password; give password_file"),
        (ONE + "password = '授权码'", "accounts[0].password: is empty or has characters"),
        (ONE + "password_file = 'nowhere'", "the password file cannot be read"),
        (ONE + "password = 'x'\nimap = {prot = 1}", "accounts[0].imap.prot: is not a setting"),
        (ONE + "password = 'x'\nimap = {port = 'x'}", "accounts[0].imap.port: Input should be"),
        (ONE + "password = 'x'\nimap = {port = 70000}", "TCP port: IMAP 993 or 143"),
        (ONE + "password = 'x'\nimap = {tls = 'plain'}", "would send the password in clear"),
        (
            ONE.replace('"126"', '"gmial"') + "password = 'x'",
            "use one of coremail, dovecot, custom, 163, 126",
        ),
        (ONE.replace('"126"', '"custom"') + "password = 'x'", "has no IMAP server"),
        ((ONE + "password = 'x'\n") * 2, "nmkepu@126.example.cn is there twice"),
        ("[[accounts]]\naddress='a@b.cn'\nkind='maildir'", "needs maildir = 'FOLDER'"),
        ("accounts = 3", "accounts: Input should be"),
        ("accounts = [3]", "accounts[0]: Input should be"),
    ],
)
def test_a_mistake_is_answered_with_file_key_and_remedy(text, expected, write):
    path = write(text)
    said = load_error(path)
    assert expected in said
    assert str(path.parent) in said


def test_every_mistake_is_told_at_once(write):
    assert len(load_error(write("admin = ['x']\nrehearse = 'maybe'\nfoo = 1")).splitlines()) == 3


def test_a_file_that_is_not_there_is_said_plainly(tmp_path):
    assert "no such file" in load_error(tmp_path / "none.toml")


def test_a_file_saved_in_another_charset_is_said_plainly(write):
    path = write("")
    path.write_bytes("title = '收表'".encode("gb18030"))
    assert "save it again as UTF-8" in load_error(path)


def test_an_environment_that_cannot_be_read_is_said_plainly(write, monkeypatch):
    monkeypatch.setenv("SHOUBIAO_ADMIN", "[not json")
    assert "environment" in load_error(write(""))


def test_plain_is_allowed_on_this_machine_only():
    for host in ("127.0.0.1", "localhost", "::1"):
        server = {"host": host, "port": 2525, "tls": "plain"}
        assert Account(address="a@b.cn", imap=server, password="x").imap.host == host


def test_every_setting_has_its_documentation():
    def models(model):
        yield model
        for field in model.model_fields.values():
            assert field.description, field
            parts = [field.annotation, *getattr(field.annotation, "__args__", ())]
            for part in parts:
                if isinstance(part, type) and issubclass(part, BaseModel):
                    yield from models(part)

    assert len(set(models(Settings))) == 10


KEYED = """archive = "s3://raw-mails/shoubiao"
command_key = "one-for-all"
[s3]
access_key = "id"
secret_key = "key"
"""


def test_raw_mails_may_be_kept_in_a_bucket_whose_keys_come_from_files(write, tmp_path, monkeypatch):
    for name in ("access", "secret"):
        (tmp_path / name).write_text(f"the-{name}\n")
        monkeypatch.setenv(f"SHOUBIAO_S3__{name.upper()}_KEY_FILE", str(tmp_path / name))
    settings = load_settings(write(KEYED.partition("access_key")[0] + 'region = "cn"\n'))
    assert settings.s3.region == "cn"
    assert settings.s3.secret_key.get_secret_value() == "the-secret"
    assert "the-secret" not in repr(settings)
    archive = open_archive(settings)
    assert archive.place("0" * 64) == f"s3://raw-mails/shoubiao/00/00/{'0' * 64}"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ('archive = "s3://raw-mails"\n', "has no keys"),
        (KEYED.replace('command_key = "one-for-all"\n', ""), "SHOUBIAO_COMMAND_KEY_FILE"),
        ('archive = "/srv/archive"\n', "is not s3://bucket"),
        ('archive = "s3://"\n', "is not s3://bucket"),
        (KEYED + 'endpoint = "http://oss.example.cn"\n', "in clear"),
        (KEYED + 'endpoint = "oss.example.cn"\n', "is not a URL"),
        (KEYED + 'endpoint = "https://oss.example.cn/raw-mails"\n', "is not a URL"),
        (KEYED + 'regoin = "cn"\n', "did you mean region?"),
    ],
)
def test_a_bucket_that_cannot_be_meant_is_named(write, given, said):
    with pytest.raises(SettingsError, match=re.escape(said)):
        load_settings(write(given))


@pytest.mark.parametrize("host", ["127.0.0.1:9000", "10.0.0.7:9000", "minio:9000", "localhost"])
def test_a_store_of_ones_own_network_may_do_without_tls(write, host):
    settings = load_settings(write(KEYED + f'endpoint = "http://{host}"\n'))
    assert settings.s3.endpoint == f"http://{host}"
