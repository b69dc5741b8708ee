"""The doctor logs in as the worker would, says what to do, and knocks at no shut door."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import Clock
from bot.commands.doctor import Asked, examine
from bot.mailboxes.breaker import Breakers, fingerprint
from bot.settings import load_settings
from tests.servers.dovecot import USERS, Dovecot
from tests.servers.imap_script import ScriptedImap
from tests.servers.netease import NetEaseImap, NetEaseSmtp
from tests.servers.qq import BUSY, QqImap, QqSmtp
from tests.servers.smtp_script import CLOSE, ScriptedSmtp
from tests.story.deployment import Deployment

needs_dovecot = pytest.mark.skipif(not Dovecot.installed(), reason="Dovecot is not installed")
SETTINGS = 'min_free_mb = 1\nadmin = ["operator@example.cn"]'
ME = USERS[0]
SECRET = "invented-code"
OLD = b"From: a@example.cn\r\nSubject: x\r\n\r\nx\r\n"


def now():
    return datetime.now(UTC)


def ask(bot, capsys, **how):
    """Return exit status and what is said, by constant, and all that was printed."""
    status = examine(bot.config, Asked(as_json=True, **how))
    printed = capsys.readouterr()
    rows = [json.loads(line) for line in printed.out.splitlines()]
    return status, {row["code"]: row for row in rows}, printed.out + printed.err


def deployed(folder, imap, smtp, **more):
    return Deployment(folder, imap, smtp, accounts=(ME,), settings=SETTINGS, **more)


class Loop(NetEaseSmtp):
    """Delivers what it takes into a mailbox at once, `into` the folder that a rule says."""

    imap = None

    def taken(self, letter):
        super().taken(letter)
        self.imap.put(letter.raw)


@needs_dovecot
def test_all_is_well_where_both_servers_let_us_in(tmp_path, capsys):
    with Dovecot() as server, ScriptedSmtp() as sink:
        bot = Deployment(tmp_path / "bot", server.port, sink.port, settings=SETTINGS)
        status, said, _ = ask(bot, capsys, language="zh")
    assert {"login.in", "inbox.open", "id.said", "smtp.in", "ledger.new"} <= said.keys()
    assert said["people.told"]["says"] == "operator@example.cn"
    assert said["folders.found"]["says"] == "还会看这些文件夹：垃圾邮件, 广告邮件"
    assert {code for code, row in said.items() if row["mark"] == "broken"} <= {"secret.open"}
    assert status == (1 if "secret.open" in said else 0)
    assert not (bot.folder / "data").exists()  # looking makes nothing


@needs_dovecot
def test_a_letter_to_itself_is_sent_and_found_and_not_again_within_the_hour(tmp_path, capsys):
    with Dovecot() as server, DovecotSmtp(server) as sink:
        bot = deployed(tmp_path / "bot", server.port, sink.port)
        (bot.folder / "data").mkdir()
        _, said, _ = ask(bot, capsys, letter=True)
        _, again, _ = ask(bot, capsys, letter=True)
    assert {"smtp.in", "letter.came", "clock.agrees"} <= said.keys()
    assert "letter.lately" in again
    assert len(sink.letters) == 1
    assert b"Auto-Submitted: auto-generated" in sink.letters[0].raw


class DovecotSmtp(ScriptedSmtp):
    """Takes letters and delivers them into a Dovecot's inbox."""

    def __init__(self, server):
        super().__init__()
        self.server = server

    def taken(self, letter):
        import os

        path = self.server.maildir(letter.recipients[0]) / "new" / f"{len(self.letters)}.x"
        path.write_bytes(letter.raw)
        os.chown(path, self.server.owner.pw_uid, self.server.owner.pw_gid)


@pytest.mark.parametrize(("imap", "smtp"), [(NetEaseImap, Loop), (QqImap, QqSmtp)])
def test_each_provider_lets_the_doctor_in_and_hears_nothing_it_resents(
    imap, smtp, tmp_path, capsys
):
    with imap(now=now) as box, smtp(now, ME) as sink:
        sink.imap = box
        for _ in range(6):
            box.put(OLD)
        bot = deployed(tmp_path / "bot", box.port, sink.port)
        _, said, _ = ask(bot, capsys)
    assert {"login.in", "inbox.open", "window.young", "mail.last", "smtp.in"} <= said.keys()
    assert box.sins == []
    assert len(sink.logins) == len(box.logins) == 1
    assert "folders.found" in said
    assert "Junk" in said["folders.found"]["says"] or "垃圾邮件" in said["folders.found"]["says"]
    assert sink.letters == []


def test_mail_that_goes_back_just_thirty_days_looks_cut(tmp_path, capsys):
    with NetEaseImap(now=now) as box, ScriptedSmtp() as sink:
        for days in (29.5, 20, 10, 5, 1):
            box.put(OLD)
            box.mails[-1].received = now() - timedelta(days=days)
        bot = deployed(tmp_path / "bot", box.port, sink.port)
        _, said, _ = ask(bot, capsys, language="zh")
    assert "收取全部邮件" in said["window.cut"]["todo"]


@pytest.mark.parametrize(
    ("habit", "code", "todo"),
    [
        ({"unsafe": "no"}, "login.unsafe", "kefu@188.com"),
        ({"unsafe": "bye"}, "login.unsafe", "kefu@188.com"),
        ({"password": "another"}, "login.wrong-code", "不是登录密码"),
        ({"refusal": "LOGIN login frequency limited"}, "login.too-often", "半小时"),
        ({"refusal": "IMAP service is not enabled"}, "login.imap-off", "开启 IMAP/SMTP 服务"),
        ({"refusal": "LOGIN Account locked"}, "login.blocked", "解封"),
        ({"refusal": BUSY}, "login.busy", "过几分钟"),
        ({"refusal": "No."}, "login.refused", "重新生成授权码"),
    ],
)
def test_each_refusal_of_a_login_has_its_own_remedy(habit, code, todo, tmp_path, capsys):
    with NetEaseImap(now=now, **habit) as box, ScriptedSmtp() as sink:
        bot = deployed(tmp_path / "bot", box.port, sink.port)
        status, said, _ = ask(bot, capsys, language="zh")
    assert (status, said[code]["mark"]) == (1, "broken")
    assert todo in said[code]["todo"]
    assert "smtp.in" in said  # one server's refusal stops no other check
    assert len(box.logins) == 1


def test_the_one_text_that_qq_has_for_five_causes_is_told_as_five(tmp_path, capsys):
    with QqImap(now=now, password="another") as box, ScriptedSmtp() as sink:
        bot = deployed(tmp_path / "bot", box.port, sink.port)
        _, said, _ = ask(bot, capsys, language="zh")
    assert "依次看" in said["login.five-causes"]["todo"]


@pytest.mark.parametrize(
    ("script", "code", "todo"),
    [
        ({"AUTH": ("535 Error: authentication failed", CLOSE)}, "smtp.login-refused", "授权码"),
        ({"AUTH": "535 Login fail. login frequency limited"}, "smtp.sending-too-fast", "15分钟"),
        ({"greeting": "421 HL:REP 126 smtp1"}, "smtp.ip-limited", "半小时"),
        ({"EHLO": "250 smtp.example.cn"}, "smtp.no-login-method", "465"),
        ({"MAIL": "550 User has no permission"}, "smtp.sending-not-permitted", "停一两天"),
        ({"MAIL": "553 Mail from must equal authorized user"}, "smtp.sender-not-login", "别名"),
        ({"dot": "554 DT:SPM 126 smtp1"}, "smtp.judged-spam", "垃圾"),
        ({"dot": "554 MI:STC 126 smtp1"}, "smtp.daily-limit", "per_day"),
        ({"dot": "550 Strange"}, "smtp.refused", "帮助页"),
    ],
)
def test_each_refusal_to_send_has_its_own_remedy(script, code, todo, tmp_path, capsys):
    with NetEaseImap(now=now) as box, ScriptedSmtp(**script) as sink:
        bot = deployed(tmp_path / "bot", box.port, sink.port)
        status, said, _ = ask(bot, capsys, language="zh", letter=True)
    assert status == 1
    assert todo in said[code]["todo"] + said[code]["says"]
    assert "inbox.open" in said


def test_a_server_that_says_nothing_stops_no_other_check(tmp_path, capsys, monkeypatch):
    from bot.checkup import receiving
    from tests.servers.smtp_script import STALL

    monkeypatch.setattr(receiving, "SECONDS", 1)
    with ScriptedSmtp(greeting=STALL) as silent, ScriptedSmtp() as sink:
        bot = deployed(tmp_path / "bot", silent.port, sink.port)
        status, said, _ = ask(bot, capsys)
        silent.say("greeting")
    assert status == 1
    assert said["check.silent"]["about"] == ME
    assert "smtp.in" in said


def test_a_door_that_is_shut_is_not_knocked_at_unless_told(tmp_path, capsys):
    with ScriptedImap() as server, ScriptedSmtp() as sink:
        bot = deployed(tmp_path / "bot", server.port, sink.port)
        (bot.folder / "data").mkdir()
        doors = Breakers(bot.folder / "data/breakers.json")
        (account,) = load_settings(bot.config).accounts
        mark = fingerprint(account.username, account.password.get_secret_value())
        doors[ME] = doors[ME].refused(Clock().now(), mark)
        status, said, _ = ask(bot, capsys)
        assert (status, server.connections) == (1, 0)
        assert "door.shut" in said
        _, said, _ = ask(bot, capsys, anyway=True)
        assert "login.in" in said


def test_a_server_that_is_not_there_is_told(tmp_path, capsys):
    bot = Deployment(tmp_path / "bot", 1, 1, accounts=USERS[:1])
    status, said, _ = ask(bot, capsys, language="en")
    assert (status, said["net.refused"]["mark"]) == (1, "broken")
    assert "nobody is told of troubles" in said["people.none"]["says"]


def test_the_secret_is_not_shown_though_a_server_says_it_back(tmp_path, capsys):
    import base64

    echo = base64.b64encode(f"\0{ME}\0{SECRET}".encode()).decode()
    with (
        NetEaseImap(now=now, refusal=f"LOGIN {ME} {SECRET} is wrong") as box,
        ScriptedSmtp(AUTH=f"535 what is {echo}?") as sink,
    ):
        bot = deployed(tmp_path / "bot", box.port, sink.port)
        status, _, printed = ask(bot, capsys, letter=True)
    assert status == 1
    assert "<secret>" in printed
    assert SECRET not in printed
    assert echo not in printed


def test_a_certificate_that_nobody_knows_is_told_apart_from_a_port_that_does_not_encrypt(
    tmp_path, capsys
):
    with ScriptedSmtp() as plain:
        bot = deployed(tmp_path / "bot", plain.port, plain.port)
        text = bot.config.read_text().replace('tls = "plain"', 'tls = "tls"')
        bot.config.write_text(text)
        status, said, _ = ask(bot, capsys)
    assert (status, said["tls.none"]["mark"]) == (1, "broken")


def test_a_person_reads_signs_what_to_do_and_how_it_is_altogether(tmp_path, capsys):
    with NetEaseImap(now=now, password="another") as box, ScriptedSmtp() as sink:
        bot = deployed(tmp_path / "bot", box.port, sink.port)
        assert examine(bot.config, Asked(language="zh")) == 1
    printed = capsys.readouterr().out
    assert re.search(rf"(?m)^✗ 收信 {ME}：服务器说授权码不对", printed)
    assert "    → 要用网页版" in printed
    assert "处不通（✗）" in printed
