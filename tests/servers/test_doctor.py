"""The doctor logs in as the worker would, says what to do, and knocks at no shut door."""

from __future__ import annotations

import pytest

from bot.clock import Clock
from bot.commands.doctor import examine
from bot.mailboxes.breaker import Breakers, fingerprint
from tests.servers.dovecot import USERS, Dovecot
from tests.servers.imap_script import ScriptedImap
from tests.servers.smtp_script import ScriptedSmtp
from tests.story.deployment import Deployment

needs_dovecot = pytest.mark.skipif(not Dovecot.installed(), reason="Dovecot is not installed")


@needs_dovecot
def test_all_is_well_where_both_servers_let_us_in(tmp_path, capsys):
    with Dovecot() as server, ScriptedSmtp() as sink:
        settings = 'min_free_mb = 1\nadmin = ["operator@example.cn"]'
        bot = Deployment(tmp_path / "bot", server.port, sink.port, settings=settings)
        status = examine(bot.config, as_json=False)
    told = capsys.readouterr().out
    assert "operator@example.cn" in told
    assert "logged in, the inbox opens" in told
    assert status == (1 if "stay unread" in told else 0), told


def test_a_refused_login_is_told_with_what_to_do_and_is_a_fault(tmp_path, capsys):
    with ScriptedImap(habits=("refuses",)) as server, ScriptedSmtp() as sink:
        bot = Deployment(tmp_path / "bot", server.port, sink.port, accounts=USERS[:1])
        assert examine(bot.config, as_json=False) == 1
    assert "授权码" in capsys.readouterr().out


def test_a_door_that_is_shut_is_not_knocked_at(tmp_path, capsys):
    with ScriptedImap() as server, ScriptedSmtp() as sink:
        bot = Deployment(tmp_path / "bot", server.port, sink.port, accounts=USERS[:1])
        (bot.folder / "data").mkdir()
        doors = Breakers(bot.folder / "data/breakers.json")
        from bot.settings import load_settings

        (account,) = load_settings(bot.config).accounts
        mark = fingerprint(account.username, account.password.get_secret_value())
        doors[USERS[0]] = doors[USERS[0]].refused(Clock().now(), mark)
        assert examine(bot.config, as_json=False) == 1
        assert server.connections == 0
    assert "was refused before" in capsys.readouterr().out


def test_a_server_that_is_not_there_is_told(tmp_path, capsys):
    bot = Deployment(tmp_path / "bot", 1, 1, accounts=USERS[:1])
    assert examine(bot.config, as_json=False) == 1
    told = capsys.readouterr().out
    assert "not reached" in told
    assert "nobody is told of troubles" in told
