"""Secrets: where they come from, who may read their files, and that they are told to nobody."""

from __future__ import annotations

import base64
import sys
import tomllib
from types import ModuleType

import pytest

from bot.checkup.kept_secret import data, secrets
from bot.settings import Account, SettingsError, files_with_secrets, load_settings
from bot.settings.hidden import INSTEAD, emptied, hidden

SECRET = "ABCDEFGHIJKLMNOP"
BOX = '[[accounts]]\naddress = "kepu@126.com"\n'
NAME = "SHOUBIAO_PASSWORD_KEPU_126_COM"


@pytest.fixture
def deployed(tmp_path, monkeypatch):
    """Write settings with a line for the secret, and the secret's file with a mode."""
    monkeypatch.chdir(tmp_path)

    def write(line, mode=0o600):
        (tmp_path / "code").write_text(SECRET + "\n", encoding="utf-8")
        (tmp_path / "code").chmod(mode)
        path = tmp_path / "shoubiao.toml"
        path.write_text(BOX + line, encoding="utf-8")
        return path

    return write


def password(path):
    (account,) = load_settings(path).accounts
    return account.password.get_secret_value()


@pytest.mark.parametrize("mode", [0o604, 0o644, 0o666])
def test_a_password_file_that_anybody_may_read_is_refused_with_the_remedy(mode, deployed):
    with pytest.raises(SettingsError, match=r"chmod 600 .*code"):
        load_settings(deployed('password_file = "code"', mode))


@pytest.mark.parametrize("mode", [0o400, 0o600, 0o640])
def test_one_that_only_the_bot_and_its_group_may_read_is_taken(mode, deployed):
    assert password(deployed('password_file = "code"', mode)) == SECRET


def test_a_file_that_the_environment_names_is_the_affair_of_who_set_it(
    deployed, tmp_path, monkeypatch
):
    monkeypatch.setenv(NAME + "_FILE", str(tmp_path / "code"))
    path = deployed("", 0o444)
    assert password(path) == SECRET
    (told,) = secrets(files_with_secrets(path))
    assert (told.code, told.mark.value) == ("secret.open", "broken")


@pytest.mark.parametrize(
    ("line", "mode", "codes"),
    [
        ('password_file = "code"', 0o600, ["secret.kept"]),
        ('password_file = "code"', 0o640, ["secret.group"]),
        (f'password = "{SECRET}"', 0o600, ["secret.open"]),
        ('password_keyring = "shoubiao"', 0o600, []),
    ],
)
def test_the_doctor_looks_at_the_mode_of_every_file_with_a_secret(line, mode, codes, deployed):
    path = deployed(line, mode)
    path.chmod(0o644)
    assert [one.code for one in secrets(files_with_secrets(path))] == codes


class Keyring(ModuleType):
    """What the package keyring offers: one secret, or a keyring that does not open."""

    def __init__(self, kept, *, opens=True):
        super().__init__("keyring")
        self.errors = ModuleType("keyring.errors")
        self.errors.KeyringError = type("KeyringError", (Exception,), {})
        self.kept, self.opens = kept, opens

    def get_password(self, service, name):
        if not self.opens:
            raise self.errors.KeyringError(SECRET)
        return self.kept.get((service, name))


def keep_in_keyring(monkeypatch, keyring):
    monkeypatch.setitem(sys.modules, "keyring", keyring)
    monkeypatch.setitem(sys.modules, "keyring.errors", keyring and keyring.errors)


def test_the_keyring_is_asked_under_the_service_and_the_address(deployed, monkeypatch):
    keep_in_keyring(monkeypatch, Keyring({("shoubiao", "kepu@126.com"): SECRET}))
    assert password(deployed('password_keyring = "shoubiao"')) == SECRET


@pytest.mark.parametrize(
    ("keyring", "said"),
    [
        (None, "is not installed"),
        (Keyring({}), "keyring set shoubiao kepu@126.com"),
        (Keyring({}, opens=False), "does not open"),
    ],
)
def test_a_keyring_that_gives_nothing_is_told_with_what_to_do(keyring, said, deployed, monkeypatch):
    keep_in_keyring(monkeypatch, keyring)
    with pytest.raises(SettingsError, match=said) as told:
        load_settings(deployed('password_keyring = "shoubiao"'))
    assert SECRET not in str(told.value)


def test_the_keyring_is_loaded_only_where_it_is_named(deployed, monkeypatch):
    keep_in_keyring(monkeypatch, None)  # an import of it would fail
    assert password(deployed('password_file = "code"')) == SECRET


def test_what_a_server_says_back_is_kept_without_the_secret():
    account = Account(address="kepu@126.com", password=SECRET)
    plain = base64.b64encode(f"\0kepu@126.com\0{SECRET}".encode()).decode()
    login = base64.b64encode(SECRET.encode()).decode()
    said = hidden(f"535 {plain} {login} {SECRET} kepu@126.com", account)
    assert said == f"535 {INSTEAD} {INSTEAD} {INSTEAD} kepu@126.com"


def test_a_data_folder_that_others_may_look_into_is_told(tmp_path):
    folder = tmp_path / "data"
    assert [one.code for one in data(folder)] == ["data.new"]
    folder.mkdir()
    folder.chmod(0o755)
    assert [one.code for one in data(folder)] == ["data.open"]
    folder.chmod(0o700)
    assert [one.code for one in data(folder)] == ["data.kept"]


def test_settings_in_a_backup_hold_no_secret_and_are_settings_still():
    told = f"""
command_key = '{SECRET}'  # once: command_key = "{SECRET}"
ledger_url = "postgresql+psycopg://bot:{SECRET}@127.0.0.1/x"
accounts = [{{address = "a@126.com", password = "{SECRET}", username = "a"}}]
"""
    text = emptied(told)
    assert SECRET not in text
    given = tomllib.loads(text)
    assert given["accounts"][0] == {"address": "a@126.com", "password": "", "username": "a"}
    assert given["ledger_url"] == "postgresql+psycopg://bot@127.0.0.1/x"
    plain = 'password_file = "authorisation-code"\n[[accounts]]\naddress = "a@126.com"\n'
    assert emptied(plain) == plain


def test_a_file_that_nobody_has_written_the_code_into_yet_is_told_as_such(deployed, tmp_path):
    path = deployed('password_file = "code"')
    (tmp_path / "code").write_text("\n")
    with pytest.raises(
        SettingsError, match=r"code: is empty; write the authorisation code \(授权码\)"
    ):
        load_settings(path)
