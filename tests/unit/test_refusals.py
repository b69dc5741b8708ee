"""The table of refusals, row by row."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.outbox.refusals import TOKENS, Kind, Refusal, Scope, classify

ROWS = [
    # code, text, phase, kind, scope, minutes, reason
    (421, "HL:REP 126 smtp1", "connect", "temporary", "connection", 30, "ip-limited"),
    (421, "HL:ICC 126 smtp1", "connect", "temporary", "connection", 30, "ip-limited"),
    (421, "HL:IFC", "connect", "temporary", "connection", 30, "ip-limited"),
    (421, "HL:MEP", "connect", "temporary", "connection", 30, "ip-limited"),
    (450, "MI:CEL", "mail", "temporary", "connection", 1, "session-used-up"),
    (451, "MI:DMC", "mail", "temporary", "connection", 1, "session-used-up"),
    (451, "MI:CCL", "mail", "temporary", "connection", 1, "session-used-up"),
    (450, "RP:DRC", "rcpt", "temporary", "connection", 1, "session-used-up"),
    (451, "RP:CCL", "rcpt", "temporary", "connection", 1, "session-used-up"),
    (451, "DT:SPM 126 please try again", "data", "temporary", "letter", 15, "suspected-spam"),
    (451, "MI:SFQ 126 smtp1", "mail", "temporary", "account", 15, "sending-too-fast"),
    (554, "MI:SFQ", "mail", "temporary", "account", 15, "sending-too-fast"),
    (451, "RP:QRC", "rcpt", "temporary", "account", 15, "sending-too-fast"),
    (451, "Requested action aborted: local error", "data", "temporary", "letter", 15, None),
    (451, "too much fail authentication", "auth", "temporary", "account", 240, None),
    (535, "Error: authentication failed", "auth", "account", "account", None, "login-refused"),
    (550, "User has no permission", "mail", "account", "account", None, "sending-not-permitted"),
    (550, "User has no permission", "auth", "account", "account", None, "sending-not-permitted"),
    (550, "MI:STC", "mail", "temporary", "account", 1440, "daily-limit"),
    (554, "MI:STC", "mail", "temporary", "account", 1440, "daily-limit"),
    (550, "RP:TRC", "rcpt", "temporary", "account", 1440, "daily-limit"),
    (550, "RP:RCL", "rcpt", "permanent", "letter", None, "too-many-recipients"),
    (550, "Too much recipient", "rcpt", "permanent", "letter", None, "too-many-recipients"),
    (550, "DT:SPM", "data", "permanent", "letter", None, "judged-spam"),
    (554, "DT:SPM 126 smtp7,x", "data", "permanent", "letter", None, "judged-spam"),
    (554, "DT:SUM", "data", "permanent", "letter", None, "from-not-envelope"),
    (550, "MI:IMF", "mail", "permanent", "letter", None, "against-provider-rules"),
    (550, "MI:SPF", "mail", "permanent", "letter", None, "against-provider-rules"),
    (550, "MI:DMA", "mail", "permanent", "letter", None, "against-provider-rules"),
    (550, "MI:NHD", "mail", "permanent", "letter", None, "against-provider-rules"),
    (550, "RP:FRL", "rcpt", "permanent", "recipient", None, "recipient-against-rules"),
    (550, "Invalid User", "rcpt", "permanent", "recipient", None, "no-such-recipient"),
    (550, "User suspended", "rcpt", "permanent", "recipient", None, "no-such-recipient"),
    (550, "User not found: x@126", "rcpt", "permanent", "recipient", None, "no-such-recipient"),
    (552, "Illegal Attachment", "data", "permanent", "letter", None, "attachment-not-allowed"),
    (552, "Requested mail action aborted: exceeded mailsize limit", "mail", "permanent", "letter", None, "too-large"),  # noqa: E501
    (553, "Mail from must equal authorized user", "mail", "permanent", "account", None, "sender-not-login"),  # noqa: E501
    (501, "mail from address must be same as authorization user", "mail", "permanent", "account", None, "sender-not-login"),  # noqa: E501
    (553, "NULL sender is not allowed", "mail", "permanent", "account", None, "sender-not-login"),
    (553, "authentication is required", "mail", "account", "account", None, "login-refused"),
    (553, "Local user only", "rcpt", "permanent", "account", None, "sender-not-login"),
    (554, "HL:IHU", "mail", "temporary", "account", 240, "suspended-for-hours"),
    (554, "HL:IPB", "mail", "temporary", "account", 240, "suspended-for-hours"),
    (554, "MI:SPB", "mail", "temporary", "account", 240, "suspended-for-hours"),
    (554, "IP in blacklist", "connect", "temporary", "account", 240, "suspended-for-hours"),
    (554, "smtp auth error limit exceed", "auth", "temporary", "account", 240, None),
    # other providers
    (553, "5.7.1 SENDER REJECT", "mail", "permanent", "account", None, "sender-not-login"),
    (550, "Too many connect", "connect", "temporary", "connection", 30, "ip-limited"),
    (526, "Authentication failure", "auth", "account", "account", None, "login-refused"),
    (440, "mail from account doesn't conform with authentication", "mail", "permanent", "account", None, "sender-not-login"),  # noqa: E501
    (436, "\"MAIL FROM\" doesn't conform with authentication", "mail", "permanent", "account", None, "sender-not-login"),  # noqa: E501
    (454, "Transient reject by behaviour spam at Mail From stage", "mail", "temporary", "letter", 15, "suspected-spam"),  # noqa: E501
    (554, "Reject by behaviour spam at Rcpt State", "rcpt", "permanent", "letter", None, "judged-spam"),  # noqa: E501
    (554, "Reject by content spam at DATA State", "data", "permanent", "letter", None, "judged-spam"),  # noqa: E501
    (505, "Recipients number exceeds", "rcpt", "permanent", "letter", None, "too-many-recipients"),
    (510, "Mail too big", "data", "permanent", "letter", None, "too-large"),
    (550, "Ip frequency limited", "connect", "temporary", "connection", 30, "ip-limited"),
    (550, "Connection frequency limited", "mail", "temporary", "connection", 30, "ip-limited"),
    (550, "DMARC check failed.", "data", "permanent", "letter", None, "against-provider-rules"),
    (550, 'The "From" header is missing or invalid.', "data", "permanent", "letter", None, None),
    (535, "login frequency limited", "auth", "temporary", "account", 15, "sending-too-fast"),
    (535, "Login fail. Account is abnormal, service is not open, password is incorrect, login frequency limited, or system is busy", "auth", "account", "account", None, "login-refused"),  # noqa: E501
    (454, "Temporary authentication failure", "auth", "temporary", "connection", 15, None),
    # digits alone
    (421, "", "data", "temporary", "connection", 15, "server-unavailable"),
    (450, "", "rcpt", "temporary", "recipient", 15, "try-again-later"),
    (450, "User unknown for now", "rcpt", "temporary", "recipient", 15, "try-again-later"),
    (550, "", "rcpt", "permanent", "recipient", None, "refused"),
    (554, "", "data", "permanent", "letter", None, "refused"),
    (554, "", "connect", "temporary", "connection", 60, "server-unavailable"),
    (-1, "Malformed", "mail", "temporary", "connection", 15, "server-unavailable"),
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} {row[1][:30]} at {row[2]}")
def test_each_reply_of_the_table_has_its_meaning(row):
    code, text, phase, kind, scope, minutes, reason = row
    refusal = classify(code, text, phase)
    assert (refusal.kind, refusal.scope) == (kind, scope)
    assert refusal.wait == (timedelta(minutes=minutes) if minutes else None)
    assert reason in (None, refusal.reason)


@pytest.mark.parametrize("token", TOKENS)
def test_a_token_speaks_louder_than_the_digits(token):
    assert classify(451, token, "mail") == classify(554, f"{token} 126 smtp1,x", "data")


@given(st.integers(-10, 999), st.text(max_size=80), st.sampled_from(["connect", "auth", "rcpt"]))
def test_every_reply_means_something_and_only_what_may_pass_has_a_wait(code, text, phase):
    refusal = classify(code, text, phase)
    assert isinstance(refusal, Refusal)
    assert (refusal.wait is not None) == (refusal.kind is Kind.TEMPORARY)
    assert isinstance(refusal.scope, Scope)
