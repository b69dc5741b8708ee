"""What a mail server means by its refusal: by token, then by wording, then by digits.

The table is facts, mail §3.3. Its waiting times are what senders reported, not promises: the
digits alone mislead, since NetEase says 554 MI:STC for a limit that is over the next day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Kind(StrEnum):
    """What may help: waiting, nothing, or a person who looks after the account."""

    TEMPORARY = "temporary"
    PERMANENT = "permanent"
    ACCOUNT = "account"


class Scope(StrEnum):
    """What is refused."""

    LETTER = "letter"
    RECIPIENT = "recipient"
    ACCOUNT = "account"
    CONNECTION = "connection"


@dataclass(frozen=True, slots=True)
class Refusal:
    """What to do about a refusal; `wait` is None when waiting does not help."""

    kind: Kind
    scope: Scope
    wait: timedelta | None
    reason: str


def _later(scope: Scope, minutes: float, reason: str) -> Refusal:
    return Refusal(Kind.TEMPORARY, scope, timedelta(minutes=minutes), reason)


def _never(scope: Scope, reason: str) -> Refusal:
    return Refusal(Kind.PERMANENT, scope, None, reason)


def _person(reason: str) -> Refusal:
    return Refusal(Kind.ACCOUNT, Scope.ACCOUNT, None, reason)


_DAY, _HOURS = 24 * 60, 4 * 60
_IP_LIMIT = _later(Scope.CONNECTION, 30, "ip-limited")
_FULL_SESSION = _later(Scope.CONNECTION, 1, "session-used-up")
_ACCOUNT_RATE = _later(Scope.ACCOUNT, 15, "sending-too-fast")
_DAILY = _later(Scope.ACCOUNT, _DAY, "daily-limit")
_SUSPENDED = _later(Scope.ACCOUNT, _HOURS, "suspended-for-hours")
_GREYLISTED = _later(Scope.LETTER, 15, "suspected-spam")
_SPAM = _never(Scope.LETTER, "judged-spam")
_RULES = _never(Scope.LETTER, "against-provider-rules")
_TOO_MANY = _never(Scope.LETTER, "too-many-recipients")
_NO_SUCH = _never(Scope.RECIPIENT, "no-such-recipient")
_SENDER = _never(Scope.ACCOUNT, "sender-not-login")
_TOO_LARGE = _never(Scope.LETTER, "too-large")
_AUTH = _person("login-refused")

TOKENS: dict[str, Refusal] = {
    "HL:REP": _IP_LIMIT,
    "HL:ICC": _IP_LIMIT,
    "HL:IFC": _IP_LIMIT,
    "HL:MEP": _IP_LIMIT,
    "MI:CEL": _FULL_SESSION,
    "MI:DMC": _FULL_SESSION,
    "MI:CCL": _FULL_SESSION,
    "RP:DRC": _FULL_SESSION,
    "RP:CCL": _FULL_SESSION,
    "MI:SFQ": _ACCOUNT_RATE,
    "RP:QRC": _ACCOUNT_RATE,
    "MI:STC": _DAILY,
    "RP:TRC": _DAILY,
    "RP:RCL": _TOO_MANY,
    "DT:SUM": _never(Scope.LETTER, "from-not-envelope"),
    "MI:IMF": _RULES,
    "MI:SPF": _RULES,
    "MI:DMA": _RULES,
    "MI:NHD": _RULES,
    "RP:FRL": _never(Scope.RECIPIENT, "recipient-against-rules"),
    "HL:IHU": _SUSPENDED,
    "HL:IPB": _SUSPENDED,
    "MI:SPB": _SUSPENDED,
}
"""NetEase's tokens; DT:SPM is not here, because its digits tell whether it is final."""

WORDINGS: tuple[tuple[str, Refusal], ...] = (
    (r"user has no permission", _person("sending-not-permitted")),
    (r"auth(entication)? (error|failure)s? limit|too much fail", _SUSPENDED),
    (r"blacklist|black list", _SUSPENDED),
    (r"frequency limited.*password|password.*frequency limited", _AUTH),  # QQ's five causes in one
    (r"login frequency limited", _ACCOUNT_RATE),
    (r"(ip|connection) frequency limited|too many connect", _IP_LIMIT),
    (r"mail from (must equal|address must be same)|null sender|local user only", _SENDER),
    (r"doesn'?t conform with authentication|sender reject", _SENDER),
    (r"authentication is required|authentication required", _AUTH),
    (r"auth\w* (failed|failure|unsuccessful)|authentication credentials invalid", _AUTH),
    (r"transient reject by (behaviou?r|content) spam", _GREYLISTED),
    (r"reject by (behaviou?r|content) spam", _SPAM),
    (r"invalid user|user (suspended|not found|unknown)|no such user|unknown user", _NO_SUCH),
    (r"mailbox (not found|unavailable)|recipient (not found|does not exist)", _NO_SUCH),
    (r"illegal attachment", _never(Scope.LETTER, "attachment-not-allowed")),
    (r"too (much|many) recipient|recipients? (limit|exceed)", _TOO_MANY),
    (r'"from" header is missing or invalid|dmarc check failed', _RULES),
    (r"(mail|message) size|size (limit|exceed)|exceeds? .*size|too (large|big)", _TOO_LARGE),
)
"""Wordings of several providers, lower case, the more special first."""

_ACCOUNT_CODES = frozenset({526, 530, 534, 535, 538})
_ALIYUN = {436: _SENDER, 440: _SENDER, 505: _TOO_MANY, 510: _TOO_LARGE, 552: _TOO_LARGE}
_TOKEN = re.compile(r"\b([A-Z]{2}:[A-Z]{3})\b")


def classify(code: int, text: str, phase: str) -> Refusal:
    """Say what the reply `code text` means.

    `phase` is where it came: "connect", "auth", "mail", "rcpt" or "data" (also for the reply to
    the letter itself).
    """
    return _by_token(code, text) or _by_wording(code, text, phase) or _by_digits(code, phase)


def _by_token(code: int, text: str) -> Refusal | None:
    for token in _TOKEN.findall(text):
        if token == "DT:SPM":  # noqa: S105 - no password
            return _GREYLISTED if code < 500 else _SPAM
        if token in TOKENS:
            return TOKENS[token]
    return None


def _by_wording(code: int, text: str, phase: str) -> Refusal | None:
    said = " ".join(text.lower().split())
    for wording, refusal in WORDINGS:
        if re.search(wording, said):
            return _softened(refusal, code, phase)
    return None


def _softened(refusal: Refusal, code: int, phase: str) -> Refusal:
    """Trust a 4xx that something final in words is not final yet (454 for a login)."""
    if 400 <= code < 500 and refusal.wait is None and refusal is not _SENDER:
        return _by_digits(code, phase)
    return refusal


def _by_digits(code: int, phase: str) -> Refusal:
    if code in _ALIYUN:
        return _ALIYUN[code]
    if code in _ACCOUNT_CODES or (phase == "auth" and 500 <= code < 600):
        return _AUTH
    if phase in {"connect", "auth"} or code == 421 or not 400 <= code < 600:
        return _later(Scope.CONNECTION, 15 if code < 500 else 60, "server-unavailable")
    if code < 500:
        scope = Scope.RECIPIENT if phase == "rcpt" else Scope.LETTER
        return _later(scope, 15, "try-again-later")
    if phase == "mail":
        return _never(Scope.ACCOUNT, "sender-refused")
    scope = Scope.RECIPIENT if phase == "rcpt" else Scope.LETTER
    return _never(scope, "refused")
