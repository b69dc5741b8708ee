"""A QQ-like provider (also exmail): what its IMAP and SMTP do, by facts/mail.md §2.1, §3, §4.1."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import timedelta

from tests.servers.netease import NetEaseImap, NetEaseSmtp

BEFORE = "IMAP4 IMAP4rev1 ID AUTH=PLAIN AUTH=LOGIN NAMESPACE"
AFTER = "IMAP4 IMAP4rev1 XLIST MOVE IDLE XAPPLEPUSHSERVICE NAMESPACE CHILDREN ID UIDPLUS"
REFUSED = (
    "Login fail. Account is abnormal, service is not open, password is incorrect, login frequency "
    "limited, or system is busy. More information at https://help.mail.qq.com/detail/108/1023"
)
BUSY = "System busy!"
LONGEST_SET = 60


@dataclass
class QqImap(NetEaseImap):
    """UIDs are dealt anew at each session; flat SINCE works, all else lists every mail."""

    window: timedelta | None = None
    reorder: bool = True
    uidvalidity: int | None = 3

    def put(self, raw):
        super().put(raw)
        self.mails[-1].uid = len(self.mails) + 10

    def on_capability(self, _command, state):
        return [f"* CAPABILITY {AFTER if state.get('in') else BEFORE}", "TAG OK done"]

    def on_login(self, command, state):
        said = super().on_login(command, state)
        if said == ["TAG OK LOGIN completed"] and self.reorder and len(self.mails) > 1:
            first, second = self.mails[-2:]
            first.uid, second.uid = second.uid, first.uid
        return [line if "Login error" not in line else f"TAG NO {REFUSED}" for line in said]

    def on_list(self, _command, _state):
        return [
            '* LIST (\\NoInferiors) "/" "INBOX"',
            '* LIST (\\NoInferiors) "/" "Sent Messages"',
            '* LIST (\\NoInferiors) "/" "Drafts"',
            '* LIST (\\NoInferiors) "/" "Deleted Messages"',
            '* LIST (\\NoInferiors) "/" "Junk"',
            '* LIST (\\NoSelect \\HasChildren) "/" "&UXZO1mWHTvZZOQ-"',
            "TAG OK LIST completed",
        ]

    def on_examine(self, command, state):
        state["id"] = True  # nobody must say who he is here
        said = super().on_examine(command, state)
        told = f"* OK [UIDVALIDITY {self.uidvalidity}] UIDs valid"
        lines = [told if "UIDVALIDITY" in line else line for line in said]
        return [line for line in lines if self.uidvalidity is not None or line is not told]

    on_select = on_examine

    def on_uid_search(self, command, state):
        """SUBJECT, FROM and what stands in parentheses are ignored; TEXT is refused."""
        asked = command.upper().removeprefix("UID SEARCH ").strip()
        if "TEXT" in asked:
            return ["TAG BAD UID SEARCH invalid argument"]
        if "(" in asked or "SUBJECT" in asked or "FROM" in asked:
            self.sins.append(command)
            uids = " ".join(str(mail.uid) for mail in self._visible(state))
            return [f"* SEARCH {uids}".rstrip(), "TAG OK done"]
        return super().on_uid_search(command, state)

    def on_uid_fetch(self, command, state):
        wanted = command.split(" ")[2]
        if not re.fullmatch(r"[\d,:*]+", wanted) or wanted.count(",") >= LONGEST_SET:
            return ["TAG BAD UID parameters"]
        return super().on_uid_fetch(command, state)


class QqSmtp(NetEaseSmtp):
    """Accepts whatever comes, replaces the Message-ID, and bounces in plain HTML hours later."""

    def _sender(self, said):
        if f"<{self.login}>" not in said:
            return "501 mail from address must be same as authorization user"
        return self.banned or None

    def taken(self, letter):
        before = len(self.bounces)
        super().taken(letter)
        late = [(at + timedelta(hours=2), raw) for at, raw in self.bounces[before:]]
        self.bounces[before:] = late

    def bounce(self, recipient, letter):
        return qq_bounce(recipient, rewritten(letter.raw), self.login, self.now())


def rewritten(raw):
    """Return a letter as its recipient gets it: our Message-ID only in X-OQ-MSGID."""
    name = f"<tencent_{hashlib.sha256(raw).hexdigest()[:32].upper()}@qq.com>".encode()
    old = re.search(rb"(?mi)^Message-ID:\s*(<[^>]+>)\r\n", raw)
    assert old
    return raw.replace(old[0], b"Message-ID: %b\r\nX-OQ-MSGID: %b\r\n" % (name, old[1]), 1)


def qq_bounce(recipient, returned, mailbox, now):
    """Write 来自qq.com的退信: a page, no report; only the subject tells which letter it was."""
    from email import message_from_bytes
    from email.policy import default

    subject = str(message_from_bytes(returned, policy=default)["Subject"])
    page = (
        "<table><tr><td>很抱歉您发送的邮件被退回，以下是该邮件的相关信息：</td></tr>"
        f"<tr><td>被退回邮件</td><td>主 题：{subject}<br>时 间：{now:%Y-%m-%d %H:%M:%S}</td></tr>"
        f"<tr><td>无法发送到 {recipient}</td></tr>"
        "<tr><td>退信原因</td><td>收件人邮件地址不存在，邮件无法送达。</td></tr>"
        "<tr><td>解决方案</td><td>请检查收件人邮箱地址。</td></tr></table>"
    )
    import base64

    body = base64.b64encode(page.encode("gb18030")).decode()
    subject_line = base64.b64encode("来自qq.com的退信".encode("gb2312")).decode()
    return (
        f'From: "PostMaster" <PostMaster@qq.com>\r\nTo: {mailbox}\r\n'
        f"Subject: =?gb2312?B?{subject_line}?=\r\n"
        f"Date: {now:%a, %d %b %Y %H:%M:%S} +0000\r\n"
        f"Message-ID: <tencent_bounce_{now.timestamp()}_{recipient}>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: text/html; charset="gb18030"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
        f"{body}\r\n"
    ).encode()
