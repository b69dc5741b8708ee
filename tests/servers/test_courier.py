"""What the courier says of every way a server may take, refuse or lose a letter."""

from __future__ import annotations

import asyncio
import base64
from datetime import timedelta

import pytest

from bot.outbox.courier import Courier
from bot.settings import Account
from tests.servers.smtp_script import CLOSE, ScriptedSmtp

US = "inbox@126.example.cn"
THEM = "unit@example.cn"
LETTER = b"Subject: hello\r\n\r\n.starts with a dot\r\n..two\r\nlast\r\n"


def account(port, **more):
    server = {"host": "127.0.0.1", "port": port, "tls": "plain"}
    given = {"address": US, "imap": server, "smtp": server, "password": "invented-code"}
    return Account(**given | more)


def send(server, *letters, to=(THEM,), **more):
    async def batch():
        async with Courier(account(server.port, **more)).session() as session:
            return [await session.send(US, to, letter) for letter in letters or (LETTER,)]

    return asyncio.run(batch())


def test_a_batch_leaves_in_one_session_with_one_login_byte_for_byte():
    letters = [LETTER, b"a: b\r\n\r\n.\r\n", b"Subject: three\r\n\r\nend\r\n"]
    with ScriptedSmtp() as server:
        results = send(server, *letters)
    assert [result.outcome for result in results] == ["sent"] * 3
    assert [letter.raw for letter in server.letters] == letters
    assert results[0].text == "Mail OK queued as smtp11,invented 1684029600"
    assert (server.connections, len(server.logins)) == (1, 1)
    assert server.letters[0].sender == US
    assert server.letters[0].recipients == (THEM,)


def test_the_name_of_this_machine_is_not_told():
    with ScriptedSmtp() as server:
        send(server)
    assert server.commands[0] == "EHLO [127.0.0.1]"


def test_an_empty_batch_does_not_log_in():
    async def nothing(port):
        async with Courier(account(port)).session():
            pass

    with ScriptedSmtp() as server:
        asyncio.run(nothing(server.port))
    assert server.connections == 0


@pytest.mark.parametrize(
    "refusal",
    ["535 Error: authentication failed", ("535 Error: authentication failed", CLOSE), CLOSE],
)
def test_a_wrong_password_is_tried_once_and_stops_the_whole_batch(refusal):
    with ScriptedSmtp(AUTH=refusal) as server:
        results = send(server, LETTER, LETTER, LETTER)
    assert {(one.outcome, one.scope, one.wait, one.reason) for one in results} == {
        ("deferred", "account", None, "login-refused"),
    }
    assert len(server.logins) == 1
    assert not server.letters


def test_login_is_used_where_plain_is_not_offered():
    password = base64.b64encode(b"invented-code").decode().upper()
    script = {"EHLO": "250-smtp.example.cn\r\n250 AUTH LOGIN", "AUTH": "334 UGFzc3dvcmQ6"}
    with ScriptedSmtp(**script, **{password: "235 ok"}) as server:
        (result,) = send(server)
    assert result.outcome == "sent"
    assert server.logins[0].startswith("AUTH LOGIN")


def test_a_server_that_offers_no_login_is_told_no_password():
    with ScriptedSmtp(EHLO="250 smtp.example.cn") as server:
        (result,) = send(server)
    assert (result.scope, result.reason) == ("account", "no-login-method")
    assert not server.logins


@pytest.mark.parametrize(
    ("script", "outcome", "scope", "reason", "minutes"),
    [
        ({"greeting": "421 HL:ICC 126 smtp1"}, "deferred", "connection", "ip-limited", 30),
        ({"greeting": "554 go away"}, "deferred", "connection", "server-unavailable", 60),
        ({"greeting": CLOSE}, "deferred", "connection", "server-unavailable", 15),
        ({"EHLO": "421 later"}, "deferred", "connection", "server-unavailable", 15),
        (
            {"MAIL": "553 Mail from must equal authorized user"},
            "refused",
            "account",
            "sender-not-login",
            None,
        ),
        (
            {"MAIL": "550 User has no permission"},
            "deferred",
            "account",
            "sending-not-permitted",
            None,
        ),
        ({"MAIL": "451 MI:SFQ 126 smtp1"}, "deferred", "account", "sending-too-fast", 15),
        ({"MAIL": "554 MI:STC 126 smtp1"}, "deferred", "account", "daily-limit", 1440),
        ({"MAIL": CLOSE}, "deferred", "connection", "server-unavailable", 15),
        ({"RCPT": "550 User not found: x"}, "refused", "recipient", "no-such-recipient", None),
        ({"RCPT": "450 try later"}, "deferred", "recipient", "try-again-later", 15),
        ({"RCPT": "550 RP:TRC"}, "deferred", "account", "daily-limit", 1440),
        ({"RCPT": CLOSE}, "deferred", "connection", "server-unavailable", 15),
        ({"DATA": "451 local error"}, "deferred", "letter", "try-again-later", 15),
        ({"DATA": CLOSE}, "deferred", "connection", "server-unavailable", 15),
        ({"dot": "554 DT:SPM 126 smtp1"}, "refused", "letter", "judged-spam", None),
        ({"dot": "451 DT:SPM please try again"}, "deferred", "letter", "suspected-spam", 15),
        ({"dot": "552 Illegal Attachment"}, "refused", "letter", "attachment-not-allowed", None),
        ({"dot": ("421 closing", CLOSE)}, "deferred", "connection", "server-unavailable", 15),
        ({"dot": CLOSE}, "uncertain", "connection", "no-answer-after-dot", None),
        ({"dot": b"\x00\x01 what\r\n"}, "uncertain", "connection", "no-answer-after-dot", None),
    ],
)
def test_each_refusal_says_whom_it_concerns_and_how_long_to_wait(
    script,
    outcome,
    scope,
    reason,
    minutes,
):
    with ScriptedSmtp(**script) as server:
        (result,) = send(server)
    assert (result.outcome, result.scope, result.reason) == (outcome, scope, reason)
    assert result.wait == (timedelta(minutes=minutes) if minutes else None)


@pytest.mark.parametrize("farewell", [CLOSE, b"\x00\x00garbage", "500 no", ("421 x", CLOSE)])
def test_what_happens_at_quit_does_not_change_what_was_sent(farewell):
    with ScriptedSmtp(QUIT=farewell) as server:
        (result,) = send(server)
    assert result.outcome == "sent"
    assert len(server.letters) == 1


def test_one_refused_recipient_does_not_keep_the_letter_from_the_others():
    with ScriptedSmtp(RCPT=["250 ok", "550 Invalid User", "250 ok"]) as server:
        (result,) = send(server, to=("a@example.cn", "b@example.cn", "c@example.cn"))
    assert result.outcome == "sent"
    assert server.letters[0].recipients == ("a@example.cn", "c@example.cn")
    (refused,) = result.refused_recipients
    assert (refused.address, refused.code) == ("b@example.cn", 550)
    assert refused.refusal.reason == "no-such-recipient"


def test_a_refused_letter_does_not_stop_the_next_one():
    with ScriptedSmtp(dot=["554 DT:SPM x"], RCPT=["250 ok", "550 Invalid User"]) as server:
        results = send(server, LETTER, LETTER, LETTER)
    assert [result.outcome for result in results] == ["refused", "refused", "sent"]
    assert len(server.letters) == 1
    assert server.connections == 1


def test_letters_behind_an_uncertain_one_were_not_tried_and_say_so():
    with ScriptedSmtp(dot=CLOSE) as server:
        results = send(server, LETTER, LETTER)
    assert [result.outcome for result in results] == ["uncertain", "deferred"]
    assert len(server.letters) == 1


def test_letters_behind_a_refused_sender_are_only_deferred():
    with ScriptedSmtp(MAIL="553 Mail from must equal authorized user") as server:
        results = send(server, LETTER, LETTER)
    assert [result.outcome for result in results] == ["refused", "deferred"]
    assert sum(line.startswith("MAIL") for line in server.commands) == 1


def test_a_server_that_hangs_up_between_letters_defers_the_next():
    with ScriptedSmtp(dot=("250 ok", CLOSE)) as server:
        results = send(server, LETTER, LETTER)
    assert [result.outcome for result in results] == ["sent", "deferred"]
    assert results[1].scope == "connection"


@pytest.mark.parametrize(
    "address",
    ["收件人@example.cn", "a@example.cn\r\nRCPT TO:<b@example.cn>", "A <a@example.cn>", "a", ""],
)
def test_an_address_that_cannot_be_written_is_refused_and_nothing_is_injected(address):
    with ScriptedSmtp() as server:
        (result,) = send(server, to=(address,))
    assert (result.outcome, result.reason) == ("refused", "address-unusable")
    assert not server.letters


def test_a_letter_whose_lines_do_not_end_in_crlf_is_not_sent():
    with ScriptedSmtp() as server:
        (result,) = send(server, b"Subject: x\n\n.\nMAIL FROM:<x@example.cn>\r\n")
    assert (result.outcome, result.reason) == ("refused", "line-ends-not-crlf")
    assert server.connections == 0


def test_a_letter_over_the_announced_size_is_refused_before_it_is_sent():
    with ScriptedSmtp(MAIL="552 Requested mail size exceeded") as server:
        (result,) = send(server)
    assert (result.outcome, result.reason) == ("refused", "too-large")
    assert f"MAIL FROM:<{US}> SIZE={len(LETTER)}" in server.commands


def test_nobody_listening_is_a_fault_of_the_connection():
    with ScriptedSmtp() as server:
        pass
    (result,) = send(server)
    assert (result.outcome, result.scope) == ("deferred", "connection")


def test_starttls_is_demanded_where_the_settings_say_so():
    server_settings = {"host": "127.0.0.1", "tls": "starttls"}
    with ScriptedSmtp() as server:
        (result,) = send(server, smtp=server_settings | {"port": server.port})
    assert (result.outcome, result.scope) == ("deferred", "connection")
    assert not server.logins


def test_an_account_without_an_smtp_server_says_so():
    with ScriptedSmtp() as server:
        (result,) = send(server, smtp=None)
    assert result.reason == "no-smtp-server"
