"""How to tell that no person wrote a mail (RFC 3834 §2, facts/mail.md §6)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parsers.mail import LOOP_HEADER

if TYPE_CHECKING:
    from parsers.mail import Party
    from parsers.message.headers import Headers
    from parsers.message.structure import Part

_BULK = frozenset({"bulk", "list", "junk", "auto_reply"})
_VACATION_FIELDS = ("x-qq-auto-reply", "x-qq-holidayreply", "x-autoreply", "x-autorespond")
_DAEMONS = re.compile(
    r"(?:mailer-?daemon|postmaster|no-?_?reply|do-?not-?reply|bounces?)(?:[+=.-].*)?@"
)
_REPLIES = re.compile(r"^(?:\s*(?:re|fw|fwd|回复|答复|转发)\s*[:：])+", re.IGNORECASE)
_RECALL = re.compile(r"发信方已撤回邮件|[\[［]撤回邮件|通知[:：]\s*[\[［]撤回邮件")
_SINA = re.compile(r"来自\S{1,100}@\S{3,100}的自动回复$")
_WORDS = re.compile(
    r"自动回复|自动答复|自动应答|休假|外出|假期|automatic reply|auto.?reply|out of office",
    re.IGNORECASE,
)
_PREFIX = re.compile(
    r"\s*(?:自动(?:回复|答复|应答)|automatic reply|auto.?reply)\s*[:：]", re.IGNORECASE
)
_PHRASES = (
    "这是来自QQ邮箱的假期自动回复邮件",
    "这是自动回复 / This is an automatic reply",
    "This is an automatic reply, confirming that your e-mail was received",
)
_RETURNED = re.compile(
    r"来自\S{1,60}的退信|系统退信|^(?:undelivered mail|mail delivery fail)", re.IGNORECASE
)


def read_automatic(root: Part, sender: Party | None, subject: str, text: str) -> str | None:
    """Return the constant of `Mail.automatic`, or None when a person may have written it."""
    headers = root.headers
    if headers.has(LOOP_HEADER.lower()):
        return "own-loop"
    return (
        _report(root, sender, subject)
        or _notice(headers, sender, subject, text)
        or _marked(headers)
        or _machine(headers, sender)
        or ("vacation" if _PREFIX.match(subject) else None)  # no person writes such a subject
    )


def subject_hints(subject: str) -> bool:
    """Whether a subject reads like an automatic answer: a hint, people write 休假申请 too."""
    return _WORDS.match(_REPLIES.sub("", subject).strip()) is not None


def _report(root: Part, sender: Party | None, subject: str) -> str | None:
    """Recognise reports on a mail we sent (RFC 3464, RFC 8098), and QQ's in plain HTML."""
    kinds = {part.type.main for part in root.walk()}
    report = root.type.parameters.get("report-type", "").lower()
    if "message/disposition-notification" in kinds or report == "disposition-notification":
        return "read-receipt"
    if "message/delivery-status" in kinds or report == "delivery-status":
        return "bounce"
    if root.headers.has("x-failed-recipients"):
        return "bounce"
    if _is_daemon(sender) and _RETURNED.search(subject):
        return "bounce"
    return "daemon" if root.type.main == "multipart/report" else None


def _notice(headers: Headers, sender: Party | None, subject: str, text: str) -> str | None:
    """Recall notices and holiday answers, which carry no standard field."""
    if _RECALL.match(subject) or headers.get("x-qq-mid").startswith("tyyjxt-"):
        return "recall"
    if any(headers.get(name).lower() not in {"", "false", "no"} for name in _VACATION_FIELDS):
        return "vacation"
    if _SINA.match(subject) or (sender and "+auto_=" in sender.address):
        return "vacation"
    if "+auto_=" in headers.get("sender") + headers.get("return-path"):
        return "vacation"
    marked = headers.has("x-auto-response-suppress") and subject_hints(subject)
    return "vacation" if marked or text.lstrip().startswith(_PHRASES) else None


def _marked(headers: Headers) -> str | None:
    """Fields by which a mail says it is automatic."""
    stated = headers.get("auto-submitted").partition(";")[0].strip().lower()
    if stated not in {"", "no"}:
        return "auto-submitted"
    if any(name.startswith("list-") for name, _ in headers.fields):
        return "list"
    if headers.get("precedence").lower() in _BULK:
        return "bulk"
    return None


def _machine(headers: Headers, sender: Party | None) -> str | None:
    if _is_daemon(sender):
        return "daemon"
    paths = headers.values("return-path")
    return "null-sender" if paths and re.sub(r"\s", "", paths[0]) == "<>" else None


def _is_daemon(sender: Party | None) -> bool:
    return sender is not None and _DAEMONS.match(sender.address) is not None
